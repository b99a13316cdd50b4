"""What becomes of each place that may identify, and the places of a word together: suggestions under decisions."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from balint_desktop.domain.deidentify.decisions import Decision, DecisionKind, Decisions, TermPlace
from balint_desktop.domain.deidentify.reading import ReadingLine, ReadingText
from balint_desktop.domain.deidentify.suggestions import Layer, Suggestion
from balint_desktop.domain.transcript.spans import Span
from balint_desktop.domain.transcript.transcript import Speaker

_POSSESSIVE = re.compile("[’']s$", re.IGNORECASE)


class MarkState(StrEnum):
    """What becomes of a place."""

    REPLACED = "replaced"
    TO_DECIDE = "to-decide"
    LEFT = "left"
    NOTE = "note"
    """Nothing is replaced: a person who reads it is to notice."""


@dataclass(frozen=True, slots=True)
class TextMark:
    """A place that may identify, what becomes of it, and what it then says (`replacement`, empty but for REPLACED).

    `is_single` is whether it was decided for this place alone.
    """

    suggestion: Suggestion
    place: TermPlace
    state: MarkState
    replacement: str = ""
    is_single: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """All places of a word in a text. `text` is how it is most often written."""

    key: str
    text: str
    layer: Layer
    replacement: str
    others: tuple[str, ...]
    marks: tuple[TextMark, ...]

    @property
    def is_open(self) -> bool:
        """Return whether any of its places waits for a decision."""
        return any(mark.state is MarkState.TO_DECIDE for mark in self.marks)


def marks_of(reading: ReadingText, suggestions: Iterable[Suggestion], decisions: Decisions) -> tuple[TextMark, ...]:
    """Return what becomes of each suggestion, in order of the text.

    What a person marked counts only where it is decided. A name of the roster is replaced without being asked, and is
    never left: a decision that would leave it, made before the name was on the roster, counts no more.
    """
    seen: set[tuple[str, TermPlace]] = set()
    found = []
    for one in sorted(suggestions, key=lambda each: each.begin):
        place = place_of(reading, one.begin, one.text)
        while (one.key, place) in seen:
            place = TermPlace(place.turn_id, place.nth + 1)
        seen.add((one.key, place))
        decision = decisions.decided(one.key, place)
        if decision is not None or one.layer is not Layer.MARKED:
            found.append(_mark(one, place, decision))
    return tuple(found)


def place_of(reading: ReadingText, begin: int, term: str) -> TermPlace:
    """Return the place of a term: counted by what its line says before it, whatever else is found there."""
    line = reading.line_at(begin)
    return TermPlace(line.turn_id or 0, sum(1 for at, _ in _occurrences(reading, line, term) if at < begin))


def places_in(reading: ReadingText, term: str) -> tuple[Span, ...]:
    """Return where a term is in a text, in any case, but for what is in brackets already."""
    every = (span for line in reading.lines for span in _occurrences(reading, line, term))
    return tuple(span for span in every if not any(a < span[1] and span[0] < b for a, b in reading.fixed))


def with_single_places(
    reading: ReadingText, suggestions: Iterable[Suggestion], decisions: Decisions
) -> tuple[Suggestion, ...]:
    """Return suggestions with the places that a person marked for that place alone, which no layer finds."""
    found = list(suggestions)
    for one in decisions.single.values():
        if one.layer is not Layer.MARKED or one.at is None:
            continue
        for line in reading.lines:
            places = _occurrences(reading, line, one.term) if (line.turn_id or 0) == one.at.turn_id else []
            for begin, end in places[one.at.nth : one.at.nth + 1]:
                if not any(other.begin < end and begin < other.end for other in found):
                    text = reading.text[begin:end]
                    found.append(Suggestion(begin, end, Layer.MARKED, text, one.key, one.replacement))
    return tuple(sorted(found, key=lambda each: each.begin))


def _occurrences(reading: ReadingText, line: ReadingLine, term: str) -> list[Span]:
    words = r"\s+".join(map(re.escape, _POSSESSIVE.sub("", term).split()))
    pattern = re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)
    return [found.span() for found in pattern.finditer(reading.text, line.begin, line.end)]


def _mark(suggestion: Suggestion, place: TermPlace, decision: Decision | None) -> TextMark:
    is_single = decision is not None and decision.at is not None
    if decision is not None and decision.verdict is DecisionKind.REPLACE:
        return TextMark(suggestion, place, MarkState.REPLACED, decision.replacement, is_single)
    if decision is not None and suggestion.layer is not Layer.ROSTER:
        return TextMark(suggestion, place, MarkState.LEFT, "", is_single)
    if decision is not None:
        return TextMark(suggestion, place, MarkState.TO_DECIDE)
    if suggestion.layer is Layer.ROSTER:
        return TextMark(suggestion, place, MarkState.REPLACED, suggestion.replacement)
    return TextMark(suggestion, place, MarkState.NOTE if suggestion.layer is Layer.STORY else MarkState.TO_DECIDE)


def terms_of(marks: Sequence[TextMark]) -> tuple[Term, ...]:
    """Return the places grouped by word, in order of each word's first place."""
    groups: dict[str, list[TextMark]] = {}
    for mark in marks:
        groups.setdefault(mark.suggestion.key, []).append(mark)
    return tuple(_term(key, tuple(found)) for key, found in groups.items())


def _term(key: str, marks: tuple[TextMark, ...]) -> Term:
    (text, _), *_ = Counter(mark.suggestion.text for mark in marks).most_common(1)
    first = marks[0].suggestion
    others = dict.fromkeys(other for mark in marks for other in mark.suggestion.others)
    return Term(key, text, first.layer, first.replacement, tuple(others), marks)


def line_text(reading: ReadingText, line: ReadingLine, marks: Iterable[TextMark]) -> str:
    """Return a line as it will read: the places that are replaced, replaced. `marks` may be those of all lines."""
    pieces, at = [], line.begin
    for mark in marks:
        one = mark.suggestion
        if mark.state is MarkState.REPLACED and line.begin <= one.begin < line.end:
            pieces += [reading.text[at : one.begin], mark.replacement]
            at = one.end
    return "".join([*pieces, reading.text[at : line.end]])


def page_text(
    reading: ReadingText, marks: Sequence[TextMark], page: int, speaker_words: Callable[[Speaker], str]
) -> str:
    """Return what a page will say, with who speaks: what a person reads and ticks."""
    by_line = marks_by_line(reading, marks)
    lines = [
        (f"{speaker_words(line.speaker)}: " if line.speaker is not None else "")
        + line_text(reading, line, by_line.get(line.begin, ()))
        for line in reading.lines
        if line.page == page
    ]
    return "\n\n".join(lines)


def marks_by_line(reading: ReadingText, marks: Iterable[TextMark]) -> dict[int, list[TextMark]]:
    """Return the marks of each line that has any, by where the line begins."""
    found: dict[int, list[TextMark]] = {}
    for mark in marks:
        found.setdefault(reading.line_at(mark.suggestion.begin).begin, []).append(mark)
    return found


def page_sha256(text: str) -> str:
    """Return the fingerprint of a page as it was read."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
