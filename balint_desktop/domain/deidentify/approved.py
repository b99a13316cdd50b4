r"""The approved text: frozen, canonical, the only thing that positions in the analysis count on.

NFC, line ends are `\n` alone, no byte order mark, no tabs; a line for each turn with who speaks, an empty line between
two. Positions are code points, ends exclusive, and every export of the text writes these very characters. A name that
was missed makes a next version, with the map of how positions moved; of the version before nothing is stored but its
fingerprint and that map.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from balint_desktop.domain.deidentify.marks import MarkState, TextMark, line_text, marks_by_line
from balint_desktop.domain.deidentify.reading import BETWEEN_LINES, ReadingLine, ReadingText
from balint_desktop.domain.deidentify.study_numbers import StudyNumbers
from balint_desktop.domain.foreign import foreign_errors
from balint_desktop.domain.transcript.spans import Span
from balint_desktop.domain.transcript.transcript import PAGE_MS, SEVERAL, UNKNOWN, Speaker
from balint_desktop.domain.values import ParticipantCode

NOT_AVAILABLE = "[not available]"
ANOTHER_PERSON = "[another person]"
LABEL_END = ": "
_VERSION = 1
_BRACKETS = re.compile(r"\[[^\[\]\n]*\]")
_CODE_SIGN = "P"
_BRACKET = re.compile(r"\[[^\[\]]*\]")
_NOBODY_KNOWN = frozenset({SEVERAL, UNKNOWN})


@dataclass(frozen=True, slots=True)
class ApprovedTurn:
    """A line of an approved text, from `begin` to `end` with its label. Times are session milliseconds.

    `speaker` is its label, a study number (R3) or what stands for a role in the language of the text; empty for
    brackets on their own. `role` is LEADER, CO_LEADER, SEVERAL or UNKNOWN, None for who has a number.
    """

    begin: int
    end: int
    speaker: str
    from_ms: int
    until_ms: int
    role: Speaker | None = None

    @property
    def words_begin(self) -> int:
        """Return where what is said begins, after the label."""
        return self.begin + len(self.speaker) + len(LABEL_END) if self.speaker else self.begin


@dataclass(frozen=True, slots=True)
class Redaction:
    """A stretch of a version, from `begin` to `end`, that the next version has as `replacement`."""

    begin: int
    end: int
    replacement: str


@dataclass(frozen=True, slots=True)
class ApprovedText:
    """A version of an approved text. `left` are words in it that were left on purpose: names, by their look alone.

    `redactions` are those that led from each earlier version to the next: the first from version 1 to 2. `gap` is what
    stands where something is not available, in the language of the text.
    """

    version: int
    text: str
    turns: tuple[ApprovedTurn, ...]
    left: tuple[Span, ...] = ()
    redactions: tuple[tuple[Redaction, ...], ...] = ()
    gap: str = NOT_AVAILABLE

    @property
    def sha256(self) -> str:
        """Return its fingerprint: the SHA-256 of its UTF-8 bytes, which are those of every export."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def pages(self) -> int:
        """Return how many pages of five minutes it has."""
        return len({turn.from_ms // PAGE_MS for turn in self.turns})

    @property
    def has_numbers(self) -> bool:
        """Return whether a study number speaks in it."""
        return any(turn.speaker and turn.role is None for turn in self.turns)

    def moved(self, span: Span, version: int) -> Span | None:
        """Return where a span of an earlier version is in this one, None where all of it was taken out.

        A span that ends inside a redaction keeps its rest.
        """
        found: Span | None = span
        for redactions in self.redactions[version - 1 :]:
            found = None if found is None else moved(redactions, found)
        return found


def approved_text(
    reading: ReadingText,
    marks: Sequence[TextMark],
    numbers: StudyNumbers,
    role_words: Callable[[Speaker], str],
    gap: str = NOT_AVAILABLE,
) -> ApprovedText:
    """Return version 1 of a text. `role_words` names who has no code. Raise KeyError for a code without a number."""
    by_line = marks_by_line(reading, marks)
    pieces: list[str] = []
    turns: list[ApprovedTurn] = []
    left: list[Span] = []
    at = 0
    for line in reading.lines:
        if turns:
            pieces.append(BETWEEN_LINES)
            at += len(BETWEEN_LINES)
        speaker, role = _speaker(line, numbers, role_words)
        label = f"{speaker}{LABEL_END}" if speaker else ""
        found = by_line.get(line.begin, [])
        body = numbers.in_text(_canonical(line_text(reading, line, found)))
        left += [
            (at + len(label) + begin, at + len(label) + end) for begin, end in _left(reading, line, found, numbers)
        ]
        pieces.append(label + body)
        turns.append(ApprovedTurn(at, at + len(label) + len(body), speaker, line.from_ms, line.until_ms, role))
        at += len(label) + len(body)
    return ApprovedText(1, "".join(pieces), tuple(turns), tuple(left), gap=gap)


def _left(reading: ReadingText, line: ReadingLine, marks: Iterable[TextMark], numbers: StudyNumbers) -> Iterable[Span]:
    """Yield where words that were left stand in the text of a line, as it was approved."""
    marks = list(marks)
    for mark in marks:
        if mark.state is MarkState.LEFT:
            one = mark.suggestion
            before = ReadingLine(line.begin, one.begin, line.turn_id, line.speaker, line.from_ms, line.until_ms)
            begin = len(numbers.in_text(_canonical(line_text(reading, before, marks))))
            yield begin, begin + len(_canonical(reading.text[one.begin : one.end]))


def _speaker(
    line: ReadingLine, numbers: StudyNumbers, role_words: Callable[[Speaker], str]
) -> tuple[str, Speaker | None]:
    """Return the label of a line, empty for brackets on their own, and the role of who has no number."""
    if line.speaker is None:
        return "", None
    if line.speaker.startswith(_CODE_SIGN):
        return numbers.label(ParticipantCode(line.speaker)), None
    return _canonical(role_words(line.speaker)), line.speaker


def _canonical(text: str) -> str:
    return unicodedata.normalize("NFC", text.replace("\t", " "))


def redacted(text: ApprovedText, redactions: Iterable[Redaction]) -> ApprovedText:
    """Return the next version of a text.

    Raise ValueError where two redactions overlap, or one is neither in what a single turn says nor whole turns: what is
    left of a turn would be another's words.
    """
    ordered = tuple(sorted(redactions, key=lambda one: one.begin))
    at, pieces = 0, []
    for one in ordered:
        if not at <= one.begin < one.end <= len(text.text) or not _fits_turns(text, one):
            raise ValueError("redactions overlap, or part a turn from its speaker")
        pieces += [text.text[at : one.begin], one.replacement]
        at = one.end
    turns = [_moved_turn(turn, ordered) for turn in text.turns]
    left = [span for span in (moved(ordered, span) for span in text.left) if span is not None]
    return ApprovedText(
        text.version + 1,
        "".join([*pieces, text.text[at:]]),
        tuple(turn for turn in turns if turn is not None),
        tuple(left),
        (*text.redactions, ordered),
        text.gap,
    )


def redactions_in(text: ApprovedText, span: Span, replacement: str) -> tuple[Redaction, ...]:
    """Return the redactions of a stretch of a text: one in each turn that it touches, beside who speaks there."""
    found = []
    for turn in text.turns:
        begin, end = max(span[0], turn.words_begin), min(span[1], turn.end)
        if begin < end:
            found.append(Redaction(begin, end, replacement))
    return tuple(found)


def with_whole_brackets(text: ApprovedText, redactions: Iterable[Redaction]) -> tuple[Redaction, ...]:
    """Return redactions that part no brackets: one that begins or ends inside takes them whole.

    Of two that then overlap the first stays, over the stretch of both.
    """
    brackets = [found.span() for found in _BRACKETS.finditer(text.text)]
    found: list[Redaction] = []
    for one in sorted(redactions, key=lambda each: each.begin):
        begin, end = one.begin, one.end
        for first, last in brackets:
            if first < end and begin < last:
                begin, end = min(begin, first), max(end, last)
        if found and begin < found[-1].end:
            found[-1] = replace(found[-1], end=max(end, found[-1].end))
        else:
            found.append(replace(one, begin=begin, end=end))
    return tuple(found)


def _fits_turns(text: ApprovedText, one: Redaction) -> bool:
    """Return whether a redaction is within what one turn says, or exactly some whole turns."""
    first = next((turn for turn in text.turns if turn.begin <= one.begin < turn.end), None)
    last = next((turn for turn in text.turns if turn.begin < one.end <= turn.end), None)
    if first is None or last is None:
        return False
    if first == last and first.words_begin <= one.begin:
        return True
    return (one.begin, one.end) == (first.begin, last.end)


def _moved_turn(turn: ApprovedTurn, redactions: Sequence[Redaction]) -> ApprovedTurn | None:
    """Return a turn in the next version: brackets alone where all of it is redacted, None inside a longer redaction."""
    for one in redactions:
        if one.begin <= turn.begin and turn.end <= one.end:
            if one.begin < turn.begin:
                return None
            begin = turn.begin + shift_before(redactions, turn.begin)
            return ApprovedTurn(begin, begin + len(one.replacement), "", turn.from_ms, turn.until_ms)
    begin = turn.begin + shift_before(redactions, turn.begin)
    return replace(turn, begin=begin, end=turn.end + shift_before(redactions, turn.end))


def moved(redactions: Iterable[Redaction], span: Span) -> Span | None:
    """Return where a span is after some redactions, None where all of it was taken out."""
    ordered = sorted(redactions, key=lambda one: one.begin)
    begin, end = span
    for one in ordered:
        if one.begin <= begin and end <= one.end:
            return None
        if one.begin <= begin < one.end:
            begin = one.end
        if one.begin < end <= one.end:
            end = one.begin
    return begin + shift_before(ordered, begin), end + shift_before(ordered, end)


def shift_before(redactions: Iterable[Redaction], place: int) -> int:
    """Return by how many code points a place moves: what the redactions that end before it add or take."""
    return sum(len(one.replacement) - (one.end - one.begin) for one in redactions if one.end <= place)


def without_turns_of(
    text: ApprovedText, speaker: str | None, spans: Collection[Span] = (), another: str = ANOTHER_PERSON
) -> tuple[Redaction, ...]:
    """Return the redactions that take a person's turns out: each stretch of them becomes one gap.

    Where others speak of them, their number becomes `another`, the brackets of another person in the text's language.

    `spans` are times, in session milliseconds, that are known to be theirs: turns of several or of nobody known that
    begin there go, too; where it is not known which number is theirs (None), all that begin there. A gap says neither
    whose words it had nor how many (practice, corrections, section 5); one that touches another gap is one with it.
    """
    runs: list[tuple[int, int, bool]] = []
    for turn in text.turns:
        may_be_theirs = bool(turn.speaker) and (speaker is None or turn.role in _NOBODY_KNOWN)
        is_theirs = bool(speaker) and turn.speaker == speaker
        is_theirs = is_theirs or (may_be_theirs and any(begin <= turn.from_ms < end for begin, end in spans))
        is_gap = not turn.speaker and text.text[turn.begin : turn.end] == text.gap
        if not (is_theirs or is_gap):
            runs.append((turn.end, turn.end, False))
        elif runs and runs[-1][0] < runs[-1][1]:
            begin, _, has_theirs = runs[-1]
            runs[-1] = (begin, turn.end, has_theirs or is_theirs)
        else:
            runs.append((turn.begin, turn.end, is_theirs))
    gaps = [Redaction(begin, end, text.gap) for begin, end, has_theirs in runs if has_theirs]
    return tuple(sorted([*gaps, *_mentions(text, speaker, gaps, another)], key=lambda one: one.begin))


def _mentions(text: ApprovedText, speaker: str | None, gaps: Sequence[Redaction], another: str) -> Iterable[Redaction]:
    """Yield the redactions of a person's number in the brackets of turns that stay."""
    if not speaker:
        return
    number = re.compile(rf"\b{re.escape(speaker)}\b")
    for turn in text.turns:
        if any(one.begin <= turn.begin and turn.end <= one.end for one in gaps):
            continue
        for bracket in _BRACKET.finditer(text.text, turn.words_begin, turn.end):
            for found in number.finditer(text.text, *bracket.span()):
                yield Redaction(*found.span(), another.strip("[]"))


def unknown_turns(text: ApprovedText) -> int:
    """Return how many turns of a text have no single known speaker."""
    return sum(turn.role in _NOBODY_KNOWN for turn in text.turns)


def approved_to_json(text: ApprovedText) -> bytes:
    """Return an approved text as UTF-8 JSON."""
    message = {
        "format": _VERSION,
        "version": text.version,
        "text": text.text,
        "turns": [[one.begin, one.end, one.speaker, one.from_ms, one.until_ms, one.role] for one in text.turns],
        "left": text.left,
        "gap": text.gap,
        "redactions": [[[one.begin, one.end, one.replacement] for one in step] for step in text.redactions],
    }
    return json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode()


def approved_from_json(data: bytes) -> ApprovedText:
    """Return a stored text. Raise ValueError where the bytes are none, or of a later version."""
    with foreign_errors(ValueError("not an approved text")):
        message: Mapping[str, Any] = json.loads(data)
        if message["format"] != _VERSION:
            raise ValueError("an approved text of another version")
        text = ApprovedText(
            int(message["version"]),
            str(message["text"]),
            tuple(_read_turn(turn) for turn in message["turns"]),
            tuple((int(a), int(b)) for a, b in message["left"]),
            tuple(tuple(Redaction(int(a), int(b), str(by)) for a, b, by in step) for step in message["redactions"]),
            str(message["gap"]),
        )
        # Half of a pair has no bytes in UTF-8: what is read can be written.
        approved_to_json(text)
        spans = [(turn.begin, turn.end) for turn in text.turns]
        if not all(0 <= begin <= end <= len(text.text) for begin, end in (*spans, *text.left)):
            raise ValueError("not an approved text: a place outside it")
        if any(not 0 <= one.begin <= one.end for step in text.redactions for one in step):
            raise ValueError("not an approved text: a redaction of no place")
        if any(one[1] > other[0] for one, other in pairwise(spans)):
            raise ValueError("not an approved text: turns that overlap")
        return text


def _read_turn(row: Sequence[Any]) -> ApprovedTurn:
    begin, end, speaker, from_ms, until_ms, role = row
    known = None if role is None else Speaker(str(role))
    return ApprovedTurn(int(begin), int(end), str(speaker), int(from_ms), int(until_ms), known)
