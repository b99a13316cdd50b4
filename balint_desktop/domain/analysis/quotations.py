"""Quotations: what is printed of a passage, who speaks in it, and whether the passage still says so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from balint_desktop.domain.analysis.study import Quotation
from balint_desktop.domain.deidentify.approved import ApprovedText
from balint_desktop.domain.transcript.spans import Span, merged

LEFT_OUT = "[…]"
_LEFT_OUT = re.compile(r"\[\s*(?:…|\.\.\.)\s*\]")


def shown_words(text: ApprovedText, begin: int, end: int, left_out: Iterable[Span] = ()) -> str:
    """Return what is printed of a passage: each turn on its line, with […] where words are left out."""
    out = merged(left_out)
    lines = (_shown_turn(text.text, max(begin, turn.begin), min(end, turn.end), out) for turn in text.turns)
    return "\n".join(line for line in lines if line)


def _shown_turn(text: str, begin: int, end: int, left_out: Sequence[Span]) -> str:
    pieces: list[str] = []
    at = begin
    for low, high in (*((max(begin, low), min(end, high)) for low, high in left_out), (end, end)):
        if low <= high and begin < end:
            pieces += [text[at:low].strip(), LEFT_OUT if low < high else ""]
            at = high
    return " ".join(piece for piece in pieces if piece)


def is_faithful(quotation: Quotation, text: ApprovedText) -> bool:
    """Return whether what is printed is what the passage says, but for what […] leaves out.

    It is no more where words were taken out of the text since: printed, they would leave nonetheless.
    """
    if not 0 <= quotation.begin < quotation.end <= len(text.text):
        return False
    passage = " ".join(text.text[quotation.begin : quotation.end].split())
    at = 0
    pieces = [" ".join(piece.split()) for piece in _LEFT_OUT.split(quotation.shown)]
    for piece in filter(None, pieces):
        found = passage.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    return any(pieces)


def speakers(text: ApprovedText, begin: int, end: int) -> tuple[str, ...]:
    """Return who speaks in a passage, by study number or role, in order; none for brackets alone."""
    return tuple(dict.fromkeys(_speakers(text, begin, end)))


def _speakers(text: ApprovedText, begin: int, end: int) -> Iterator[str]:
    for turn in text.turns:
        if turn.begin < end and begin < turn.end and turn.speaker:
            yield turn.speaker
