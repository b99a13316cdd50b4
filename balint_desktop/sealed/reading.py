"""Reading a part back, whatever became of its recorder. Nothing is rewritten, and nothing is put on the disk."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

import pyrage

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.sealed import names
from balint_desktop.sealed.keys import parsed_identity, unseal
from balint_desktop.sealed.lock import is_held_elsewhere
from balint_desktop.sealed.part_facts import PartFacts
from balint_desktop.sealed.stream import CHUNK, whole_chunks
from balint_desktop.sealed.tail import unpadded


class PartState(StrEnum):
    """How a part is: whole, without a proper end, changed since it was sealed, or being written."""

    COMPLETE = "complete"
    INTERRUPTED = "interrupted"
    DAMAGED = "damaged"
    IN_USE = "in-use"


@dataclass(frozen=True, slots=True)
class PartSound:
    """A part in memory: its Ogg Opus bytes as far as they are sound, and its facts where they open."""

    ogg: bytes = field(repr=False)
    facts: PartFacts | None
    state: PartState


class _Sink:
    def __init__(self) -> None:
        self.plain = bytearray()

    def write(self, data: bytes) -> int:
        self.plain += data
        return len(data)

    def flush(self) -> None:
        """Do nothing: memory needs none. Called by the library."""


def is_being_written(folder: Path) -> bool:
    """Tell whether a recorder holds this part."""
    return is_held_elsewhere(folder / names.LOCK)


def has_sound(folder: Path) -> bool:
    """Tell whether a recorder got as far as making the part's file."""
    return (folder / names.AUDIO).exists()


def sha256_of(folder: Path) -> str:
    """Return the SHA-256 of a part's sealed sound, as it is on the disk now."""
    with (folder / names.AUDIO).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read_part(folder: Path, identities: Sequence[str]) -> PartSound:
    """Return a part's sound and facts. Raise Trouble WRONG_KEY where none of the identities fits."""
    in_use = is_being_written(folder)
    facts = _read_facts(folder, identities)
    sealed = _bytes_of(folder / names.AUDIO)
    plain, ended = _unseal_as_far_as_it_goes(sealed, identities)
    broken = not ended and len(plain) // CHUNK < whole_chunks(sealed)
    if ended:
        return PartSound(plain, facts, PartState.IN_USE if in_use else PartState.COMPLETE)
    ogg = _with_tail(folder, plain, identities)
    if in_use:
        return PartSound(ogg, facts, PartState.IN_USE)
    # A part that says it was closed had a proper end once: what is missing now was taken, not interrupted.
    if broken or (facts is not None and facts.closed):
        return PartSound(ogg, facts, PartState.DAMAGED)
    return PartSound(ogg, facts, PartState.INTERRUPTED)


def read_facts(folder: Path, identities: Sequence[str]) -> PartFacts | None:
    """Return what a part says of itself, None where that is missing or damaged. Raise Trouble WRONG_KEY."""
    return _read_facts(folder, identities)


def _read_facts(folder: Path, identities: Sequence[str]) -> PartFacts | None:
    data = _bytes_of(folder / names.FACTS)
    try:
        return PartFacts.from_json(unseal(data, identities)) if data else None
    except Trouble as trouble:
        if trouble.code is TroubleCode.WRONG_KEY:
            raise
        return None


def _bytes_of(path: Path) -> bytes:
    """Return a file's bytes, none where it is missing: a recorder may die before its first write."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""


def _unseal_as_far_as_it_goes(sealed: bytes, identities: Sequence[str]) -> tuple[bytes, bool]:
    """Return the plain bytes of every sound chunk, and whether the proper end was among them."""
    plain, ended = _unseal_stream(sealed, identities)
    if ended or not sealed:
        return plain, ended
    # A file cut exactly after a chunk makes the library take that chunk for the last one, which it is not. With a
    # byte behind it, it is read for what it is.
    longer, _ = _unseal_stream(sealed + b"\0", identities)
    return max(plain, longer, key=len), False


def _unseal_stream(sealed: bytes, identities: Sequence[str]) -> tuple[bytes, bool]:
    sink = _Sink()
    try:
        pyrage.decrypt_io(io.BytesIO(sealed), sink, [parsed_identity(secret) for secret in identities])
    except OSError:
        return bytes(sink.plain), False
    except pyrage.DecryptError as error:
        if "No matching keys" in str(error):
            raise Trouble(TroubleCode.WRONG_KEY) from error
        return b"", False
    return bytes(sink.plain), True


def _with_tail(folder: Path, plain: bytes, identities: Sequence[str]) -> bytes:
    """Return plain with the tail that reaches furthest. A tail that does not authenticate is passed over."""
    best = plain
    if not folder.exists():
        return best
    for name, path in names.tails(folder):
        try:
            tail = unpadded(unseal(_bytes_of(path), identities))
        except Trouble:
            continue
        if name.offset <= len(plain) and name.offset + len(tail) > len(best):
            best = plain[: name.offset] + tail
    return best
