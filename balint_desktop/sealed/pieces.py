"""Plaintext of a stream with holes: pieces by offset, and overlaying a tail."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Piece:
    """Contiguous plain bytes, and the offset of the first in the stream."""

    offset: int
    plain: bytes = field(repr=False)

    @property
    def end(self) -> int:
        """Return the offset after the last byte."""
        return self.offset + len(self.plain)

    def between(self, begin: int, end: int) -> Piece:
        """Return the piece between two offsets of the stream; it may be empty."""
        begin, end = max(begin, self.offset), min(end, self.end)
        return Piece(begin, self.plain[begin - self.offset : max(begin, end) - self.offset])


def pieces_agree(pieces: Iterable[Piece], other: Piece) -> bool:
    """Return whether a piece has the same bytes as the others wherever they overlap."""
    return all(
        piece.between(other.offset, other.end).plain == other.between(piece.offset, piece.end).plain
        for piece in pieces
        if piece.offset < other.end and other.offset < piece.end
    )


def overlay_tail(pieces: Sequence[Piece], other: Piece) -> tuple[Piece, ...]:
    """Return the pieces with one more, joining adjacent ones."""
    before = [piece.between(0, other.offset) for piece in pieces if piece.offset < other.offset]
    after = [piece.between(other.end, piece.end) for piece in pieces if piece.end > other.end]
    return _joined(piece for piece in (*before, other, *after) if piece.plain)


def _joined(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    joined: list[list[Piece]] = []
    for piece in pieces:
        if joined and joined[-1][-1].end == piece.offset:
            joined[-1].append(piece)
        else:
            joined.append([piece])
    return tuple(Piece(run[0].offset, b"".join(piece.plain for piece in run)) for run in joined)
