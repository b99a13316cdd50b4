"""Read a part, complete or interrupted, without rewriting or decrypting to disk."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum, StrEnum, auto
from pathlib import Path

import pyrage

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.sealed import disk, names
from balint_desktop.sealed.keys import is_wrong_key, parse_identity, unseal
from balint_desktop.sealed.lock import is_held_elsewhere
from balint_desktop.sealed.part_facts import PartFacts
from balint_desktop.sealed.pieces import Piece, overlay_tail, pieces_agree
from balint_desktop.sealed.stream import CHUNK, SEALED_CHUNK, header_length, whole_chunks
from balint_desktop.sealed.tail import unpad


class PartState(StrEnum):
    """State of a part: complete, ended without closing, changed since it was sealed, or being written."""

    COMPLETE = "complete"
    INTERRUPTED = "interrupted"
    DAMAGED = "damaged"
    IN_USE = "in-use"


@dataclass(frozen=True, slots=True)
class PartSound:
    """A part in memory: its Ogg Opus bytes up to the first lost one, and its facts if they can be opened.

    `further` are the bytes after the loss, each piece with its offset. `tail_contradicts` means that there is a tail
    that opens but does not match the sound beside it.
    """

    ogg: bytes = field(repr=False)
    facts: PartFacts | None
    state: PartState
    further: tuple[Piece, ...] = field(default=(), repr=False)
    tail_contradicts: bool = False

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """Return all pieces, in order."""
        return (Piece(0, self.ogg), *self.further) if self.ogg else self.further


def is_being_written(folder: Path) -> bool:
    """Return whether a recorder holds this part."""
    return is_held_elsewhere(folder / names.LOCK)


def has_sound(folder: Path) -> bool:
    """Return whether a recorder has created the part's file."""
    return (folder / names.AUDIO).exists()


def sha256_of(folder: Path) -> str:
    """Return the SHA-256 of a part's sealed sound on disk. Raise Trouble."""
    path = folder / names.AUDIO
    with disk.report_disk_errors(path):
        disk.require_regular(path)
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()


def read_part(folder: Path, identities: Sequence[str]) -> PartSound:
    """Return a part's sound and facts. Raise Trouble WRONG_KEY if none of the identities fits.

    A key that opens only the facts or only the sound is not a wrong key: the file it does not open is
    damaged.
    """
    in_use = is_being_written(folder)
    facts, facts_refused = read_facts(folder, identities)
    whole = _unseal_whole(folder / names.AUDIO, identities)
    if whole is not None:
        return PartSound(whole, facts, PartState.IN_USE if in_use else PartState.COMPLETE)
    sealed = _bytes_of(folder / names.AUDIO)
    plain, reached = _unseal_as_far_as_it_goes(sealed, identities)
    if (reached is _Reached.WRONG_KEY and facts is None) or (facts_refused and not sealed):
        raise Trouble(TroubleCode.WRONG_KEY)
    if reached is _Reached.END:
        return PartSound(plain, facts, PartState.IN_USE if in_use else PartState.COMPLETE)
    # A part whose facts are closed once ended properly: anything missing was removed, not interrupted.
    closed = facts is not None and facts.closed
    damaged = closed or _stops_short(sealed, plain, reached)
    if closed and (clean := _without_junk(sealed, plain, facts)):
        sealed = clean
    found = _found_pieces(sealed, identities) if damaged and not in_use else _piece(plain)
    pieces, contradicts = _with_tails(folder, found, identities)
    state = PartState.DAMAGED if damaged or contradicts or _has_holes(pieces) else PartState.INTERRUPTED
    ogg = pieces[0].plain if pieces and pieces[0].offset == 0 else b""
    further = tuple(piece for piece in pieces if piece.offset > 0)
    return PartSound(ogg, facts, PartState.IN_USE if in_use else state, further, contradicts)


def _without_junk(sealed: bytes, plain: bytes, facts: PartFacts | None) -> bytes:
    """Return a closed part's file without bytes appended after its end, empty if it has any other damage.

    The end is in the chunk after the last one that opens; the part's facts have its file's SHA-256.
    """
    begin = (header_length(sealed) or 0) + len(plain) // CHUNK * SEALED_CHUNK
    running = hashlib.sha256(sealed[:begin])
    for end in range(begin, min(begin + SEALED_CHUNK, len(sealed)) + 1):
        if facts is not None and running.hexdigest() == facts.sha256:
            return sealed[:end]
        running.update(sealed[end : end + 1])
    return b""


def _stops_short(sealed: bytes, plain: bytes, reached: _Reached) -> bool:
    """Return whether there are chunks that the age library did not return. A killed recorder leaves none."""
    if reached is _Reached.WRONG_KEY:
        return True
    if reached is _Reached.NO_CHUNK:
        return len(sealed) > SEALED_CHUNK
    return len(plain) // CHUNK < whole_chunks(sealed)


def _has_holes(pieces: Sequence[Piece]) -> bool:
    return len(pieces) > 1 or any(piece.offset > 0 for piece in pieces)


def _piece(plain: bytes) -> tuple[Piece, ...]:
    return (Piece(0, plain),) if plain else ()


def _found_pieces(sealed: bytes, identities: Sequence[str]) -> tuple[Piece, ...]:
    # Imported only for damaged files, not at every start of the app.
    from balint_desktop.sealed.chunks import unseal_chunks  # noqa: PLC0415

    unsealed = unseal_chunks(sealed, identities)
    return () if unsealed is None else unsealed.pieces


def read_facts(folder: Path, identities: Sequence[str]) -> tuple[PartFacts | None, bool]:
    """Return the facts if they open, and whether they exist but are sealed to another key."""
    data = _bytes_of(folder / names.FACTS)
    try:
        return PartFacts.from_json(unseal(data, identities)) if data else None, False
    except Trouble as trouble:
        return None, trouble.code is TroubleCode.WRONG_KEY


def _bytes_of(path: Path) -> bytes:
    """Return a file's bytes, empty if it is missing: a recorder may die before its first write. Raise Trouble."""
    with disk.report_disk_errors(path):
        try:
            disk.require_regular(path)
            return path.read_bytes()
        except FileNotFoundError:
            return b""
        except OSError as error:
            if error.errno != errno.EIO:
                raise
            return disk.read_around_bad_sectors(path)


class _Reached(Enum):
    """How far the age library read."""

    END = auto()
    SOME_CHUNKS = auto()
    NO_CHUNK = auto()
    WRONG_KEY = auto()


def _unseal_whole(path: Path, identities: Sequence[str]) -> bytes | None:
    """Decrypt a complete file; return None for any other, which is then examined chunk by chunk.

    Read while decrypting, so that memory is bounded by the size of the sound.
    """
    try:
        disk.require_regular(path)
        with path.open("rb") as file:
            plain, reached = _unseal_stream(file, identities)
    except OSError:
        return None
    return plain if reached is _Reached.END else None


def _unseal_as_far_as_it_goes(sealed: bytes, identities: Sequence[str]) -> tuple[bytes, _Reached]:
    """Return the plain bytes of every chunk before the first that does not authenticate, and how far it read."""
    plain, reached = _unseal_stream(io.BytesIO(sealed), identities)
    if reached is not _Reached.SOME_CHUNKS:
        return plain, reached
    # For a file truncated exactly after a chunk the library takes that chunk for the last one. With a
    # byte appended, it is read correctly.
    longer, _ = _unseal_stream(io.BytesIO(sealed + b"\0"), identities)
    return max(plain, longer, key=len), _Reached.SOME_CHUNKS


def _unseal_stream(sealed: io.BufferedIOBase, identities: Sequence[str]) -> tuple[bytes, _Reached]:
    # BytesIO.getvalue() shares its buffer; any other way of gathering the bytes would copy them.
    plain = io.BytesIO()
    try:
        pyrage.decrypt_io(sealed, plain, [parse_identity(secret) for secret in identities])
    except OSError:
        return plain.getvalue(), _Reached.SOME_CHUNKS
    except pyrage.DecryptError as error:
        return b"", _Reached.WRONG_KEY if is_wrong_key(error) else _Reached.NO_CHUNK
    return plain.getvalue(), _Reached.END


def _with_tails(folder: Path, pieces: tuple[Piece, ...], identities: Sequence[str]) -> tuple[tuple[Piece, ...], bool]:
    """Return the pieces with the tails' bytes, and whether a tail that opens does not match them.

    A tail that does not authenticate is skipped. Its name gives its offset and is not authenticated, so the tail
    must agree with the sound it overlaps.
    """
    contradicts = False
    for name, path in names.tails(folder) if folder.is_dir() else ():
        try:
            tail = Piece(name.offset, unpad(unseal(_bytes_of(path), identities)))
        except Trouble:
            continue
        if name.offset % CHUNK or not pieces_agree(pieces, tail):
            contradicts = True
        else:
            pieces = overlay_tail(pieces, tail)
    return pieces, contradicts


def last_written_wall(folder: Path) -> float | None:
    """Return the time of the last write to a part's sound (seconds since 1970), None if it has no sound."""
    if not folder.is_dir():
        return None
    times: list[float] = []
    for path in (folder / names.AUDIO, *(path for _name, path in names.tails(folder))):
        # A tail is deleted when its successor is written.
        with contextlib.suppress(FileNotFoundError):
            times.append(path.stat().st_mtime)
    return max(times, default=None)
