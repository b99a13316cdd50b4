"""Random access to a file's bytes, and a file-like object that joins byte ranges for a decoder."""

from __future__ import annotations

import os
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

_BLOCK = 1 << 20


class FileBytes:
    """File opened for random access. Caches the last block read, since most reads are a few bytes further on."""

    def __init__(self, path: Path) -> None:
        """Open a file. Raise OSError."""
        self._file = path.open("rb", buffering=0)
        self.size = self._file.seek(0, os.SEEK_END)
        self._begins = 0
        self._block = b""

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def read(self, at: int, count: int) -> bytes:
        """Return `count` bytes from a position, fewer at the end of the file. Raise OSError."""
        start = at - self._begins
        if start < 0 or start + min(count, self.size - at) > len(self._block):
            self._begins, start = at, 0
            self._block = self._read(at, max(count, _BLOCK))
        return self._block[start : start + count]

    def find(self, mark: bytes, at: int, until: int | None = None) -> int:
        """Return the position of the first occurrence of `mark` between two positions, or -1."""
        end = self.size if until is None else min(until, self.size)
        while at < end:
            block = self.read(at, min(_BLOCK, end - at))
            found = block.find(mark)
            if found >= 0:
                return at + found
            if len(block) < len(mark) or at + len(block) >= end:
                return -1
            at += len(block) - len(mark) + 1
        return -1

    def is_zero(self, at: int, until: int) -> bool:
        """Return whether all bytes between two positions are zero."""
        while at < until:
            block = self.read(at, min(_BLOCK, until - at))
            if not block or block.count(0) < len(block):
                return not block
            at += len(block)
        return True

    def _read(self, at: int, count: int) -> bytes:
        self._file.seek(at)
        data = bytearray()
        while len(data) < count and (more := self._file.read(count - len(data))):
            data += more
        return bytes(data)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Byte range of a file."""

    begins: int
    length: int

    @property
    def until(self) -> int:
        """Return the end of the range, exclusive."""
        return self.begins + self.length


@dataclass(frozen=True, slots=True)
class Zeros:
    """Zero bytes that are in no file."""

    length: int


Piece = bytes | Stretch | Zeros


class PiecedFile:
    """File-like object for libsndfile that joins byte ranges of a file and bytes in memory.

    libsndfile swallows errors, so the first disk error is stored in `error`. `said_size` is the size reported to
    libsndfile, if different: a decoder that cannot find the end of a stream stops trusting its own estimate of the
    length.
    """

    def __init__(self, source: FileBytes, pieces: Iterable[Piece], said_size: int | None = None) -> None:
        self._source = source
        self._pieces: list[Piece] = []
        self._begins: list[int] = []
        size = 0
        for piece in _joined(pieces):
            self._pieces.append(piece)
            self._begins.append(size)
            size += _length(piece)
        self.size = size
        self._said_size = size if said_size is None else said_size
        self._at = 0
        self.error: OSError | None = None

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes. Called by libsndfile."""
        until = self.size if size < 0 else min(self.size, self._at + size)
        data = bytearray()
        try:
            while self._at < until and (more := self._some(until)):
                data += more
                self._at += len(more)
        except OSError as error:
            self.error = self.error or error
        return bytes(data)

    def tell(self) -> int:
        """Return the position. Called by libsndfile."""
        return self._at

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Seek to a position. Called by libsndfile."""
        self._at = max(0, offset + (0, self._at, self._said_size)[whence])
        return self._at

    def _some(self, until: int) -> bytes:
        which = bisect_right(self._begins, self._at) - 1
        piece, inside = self._pieces[which], self._at - self._begins[which]
        count = min(_length(piece) - inside, until - self._at, _BLOCK)
        if isinstance(piece, Stretch):
            return self._source.read(piece.begins + inside, count)
        return bytes(count) if isinstance(piece, Zeros) else piece[inside : inside + count]


def _length(piece: Piece) -> int:
    return len(piece) if isinstance(piece, bytes) else piece.length


def _joined(pieces: Iterable[Piece]) -> Iterable[Piece]:
    """Yield the pieces, with adjacent byte ranges merged."""
    last: Stretch | None = None
    for piece in pieces:
        if isinstance(piece, Stretch) and last is not None and piece.begins == last.until:
            last = Stretch(last.begins, last.length + piece.length)
            continue
        if last is not None:
            yield last
        last = piece if isinstance(piece, Stretch) else None
        if last is None and _length(piece):
            yield piece
    if last is not None:
        yield last
