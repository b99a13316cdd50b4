"""Read the authentic chunks of an age file, where a damaged chunk costs only that chunk; write a file of one chunk."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from balint_desktop.sealed.age_header import Header, derive_key, open_stanza, read_header, seal_stanza
from balint_desktop.sealed.pieces import Piece
from balint_desktop.sealed.stream import CHUNK, NONCE, SEALED_CHUNK

_PAYLOAD_INFO = b"payload"
# A header whose end is not found may still have further lines before the first chunk.
_LONGEST_REST = 1024
# A moved chunk is tried at every free number, up to a limit: a try takes about 75 µs.
_MAX_TRIES = 6_000


@dataclass(frozen=True, slots=True)
class Unsealed:
    """Readable chunks of an age file. `ended` means that its proper end is among them.

    `as_sealed` is False if anything was changed after sealing: the header, a chunk, their order, or trailing bytes.
    """

    pieces: tuple[Piece, ...]
    ended: bool
    as_sealed: bool


def unseal_chunks(data: bytes, secrets: Sequence[str]) -> Unsealed | None:
    """Decrypt every chunk that authenticates; return None if no key (AGE-SECRET-KEY-1…) opens the header.

    Each chunk authenticates its own number, so one that was moved or duplicated is restored to its place.
    """
    header = read_header(data, secrets)
    return None if header is None else unseal_payload(data, header)


def unseal_payload(data: bytes, header: Header) -> Unsealed:
    """Decrypt every chunk that authenticates with a header's file key."""
    start = _start(data, header)
    if start is None:
        return Unsealed((), ended=False, as_sealed=False)
    return _Search(data, _Stream.at(data, start, header.file_key), start).run(header)


def seal_one_chunk(plain: bytes, file_key: bytes) -> bytes:
    """Return the nonce and the only chunk of a file that is sealed with this file key. Raise ValueError if too long."""
    if len(plain) > CHUNK:
        raise ValueError("one chunk has at most 64 KiB")
    nonce = os.urandom(NONCE)
    return nonce + seal_stanza(plain, bytes(11) + b"\x01", derive_key(file_key, nonce, _PAYLOAD_INFO))


@dataclass(frozen=True, slots=True)
class _Stream:
    """The chunks' key. A chunk's nonce is its number and a flag for the last one."""

    key: bytes = field(repr=False)

    @classmethod
    def at(cls, data: bytes, start: int, file_key: bytes) -> _Stream:
        return cls(derive_key(file_key, data[start - NONCE : start], _PAYLOAD_INFO))

    def open(self, sealed: bytes, number: int, *, last: bool) -> bytes | None:
        return open_stanza(sealed, number.to_bytes(11, "big") + bytes([last]), self.key)


def _start(data: bytes, header: Header) -> int | None:
    """Return the offset of the first chunk; if the header is not valid, find it by authenticating chunks."""
    if header.sound:
        return header.length
    behind = range(header.stanza_end + NONCE, min(header.stanza_end + _LONGEST_REST, len(data)))
    places = behind if header.length is None else (header.length, *behind)
    return next((place for place in places if _is_start(data, place, header.file_key)), header.length)


def _is_start(data: bytes, start: int, file_key: bytes) -> bool:
    """Return whether the first chunk begins there: it or the second one authenticates."""
    stream = _Stream.at(data, start, file_key)
    first, second = (data[start + n * SEALED_CHUNK : start + (n + 1) * SEALED_CHUNK] for n in (0, 1))
    alone = not second
    return (
        stream.open(first, 0, last=alone) is not None
        or stream.open(second, 1, last=len(data) - start <= 2 * SEALED_CHUNK) is not None
        or stream.open(second, 1, last=False) is not None
    )


class _Search:
    """One search through all chunks of a file: first each in its place, then the moved ones."""

    def __init__(self, data: bytes, stream: _Stream, start: int) -> None:
        self._stream = stream
        self._slots = [data[at : at + SEALED_CHUNK] for at in range(start, len(data), SEALED_CHUNK)]
        self._found: dict[int, bytes] = {}
        self._number_of: dict[int, int] = {}
        self._last: int | None = None
        self._tries = 0

    def run(self, header: Header) -> Unsealed:
        for slot in range(len(self._slots)):
            self._accept(slot, slot)
        strays = [slot for slot in range(len(self._slots)) if slot not in self._number_of]
        self._restore_moved(strays)
        in_place = all(self._number_of.get(slot) == slot for slot in range(len(self._slots)))
        ended = self._last is not None and self._last == max(self._found)
        return Unsealed(tuple(self._pieces()), ended, header.sound and in_place)

    def _accept(self, slot: int, number: int) -> bool:
        """Accept a slot as the chunk of that number, if it authenticates as such."""
        if number in self._found:
            return False
        sealed = self._slots[slot]
        self._tries += 1
        plain = self._stream.open(sealed, number, last=False) if len(sealed) == SEALED_CHUNK else None
        if plain is None and slot == len(self._slots) - 1:
            plain = self._stream.open(sealed, number, last=True)
            self._last = number if plain is not None else self._last
        if plain is None:
            return False
        self._found[number] = plain
        self._number_of[slot] = number
        return True

    def _restore_moved(self, strays: Sequence[int]) -> None:
        """Restore moved chunks to their places. Chunks after an inserted one are shifted alike."""
        shift = 0
        highest = len(self._slots) + len(strays)
        for slot in strays:
            # The lowest free number first: chunks after a duplicated one are one place too far.
            free = (number for number in range(highest) if number not in self._found)
            for number in (slot + shift, *free):
                if self._tries >= _MAX_TRIES:
                    return
                if number >= 0 and self._accept(slot, number):
                    shift = number - slot
                    break

    def _pieces(self) -> Iterator[Piece]:
        numbers = sorted(self._found)
        run: list[int] = []
        for number in numbers:
            if run and number != run[-1] + 1:
                yield self._piece(run)
                run = []
            run.append(number)
        if run:
            yield self._piece(run)

    def _piece(self, run: Sequence[int]) -> Piece:
        return Piece(run[0] * CHUNK, b"".join(self._found[number] for number in run))
