"""The gate: what in a text, or in the finished bytes of a file, would still say who somebody is.

It refuses, says the place and not the name, and has no way around it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import accumulate, chain

from balint_desktop.domain.deidentify import known_names
from balint_desktop.domain.deidentify.approved import ApprovedText, Redaction, redacted
from balint_desktop.domain.deidentify.approved_files import NoBodyError, body_text, is_of_body, outside_body
from balint_desktop.domain.deidentify.decisions import Decisions
from balint_desktop.domain.deidentify.file_texts import FileText, TextKind, file_texts
from balint_desktop.domain.deidentify.known_names import KnownName, NameFound
from balint_desktop.domain.deidentify.marks import MarkState, TextMark, marks_by_line, page_sha256, page_text
from balint_desktop.domain.deidentify.own_words import OwnWords
from balint_desktop.domain.deidentify.reading import BETWEEN_LINES, ReadingText
from balint_desktop.domain.deidentify.replacements import replacement_problem
from balint_desktop.domain.hidden_signs import one_line, strip_hidden
from balint_desktop.domain.transcript.spans import Span
from balint_desktop.domain.transcript.transcript import Speaker

# Signs that join letters, or keep them apart, and are not seen.
_JOINERS = frozenset("\u034f\u200b\u200c\u200d\u2060")
# Such a sign as `escape_hidden` writes it out in a spreadsheet or on paper.
_WRITTEN_OUT = re.compile(r"\\u([0-9a-f]{4})")

# Figures, days, times, ids and fingerprints: an audit trail has thousands.
_NO_NAME = re.compile(r"[\d\s.,:/+TZ-]*|[0-9a-f]{16,}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_IDS = re.compile(r"\b(?=[a-f-]*[0-9])[0-9a-f]{4,}(?:-[0-9a-f]{4,})*\b")
# In code points: a text that is shorter has too few words to tell that it is written without capitals.
_SHORT = 80
_BETWEEN_TEXTS = "\n\n.\n\nKxqz kxqz\n\n.\n\n"


class FindingKind(StrEnum):
    """Why a text may not leave."""

    NAME = "name"
    UNDECIDED = "undecided"
    UNREAD = "unread"
    OTHER_TEXT = "other-text"
    """It is not the text of the version that was approved."""
    UNREADABLE = "unreadable"
    """What is there cannot be read, so that nobody knows what it holds."""
    QUOTATION = "quotation"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class GateFinding:
    """A place where something was found. `part` is where in a file: a file in an archive, "file name", a row.

    `begin` and `end` are code points in that part's text, None where the part as a whole is meant; `page` is the page
    of a text that is being approved. Nothing of it holds a word of the text.
    """

    kind: FindingKind
    part: str = ""
    begin: int | None = None
    end: int | None = None
    page: int | None = None


def findings_before_approval(
    reading: ReadingText,
    marks: Sequence[TextMark],
    decisions: Decisions,
    names: Sequence[KnownName],
    *,
    readers_needed: int,
    speaker_words: Callable[[Speaker], str],
) -> tuple[GateFinding, ...]:
    """Return what keeps a text from being approved: undecided, unread or changed since, a name that would stay.

    In order of the text, a page that was not read before what stands on it. Places are those of `reading`.
    """
    in_replacements = list(_in_replacements(reading, marks, decisions, names))
    begins = {one.begin for one in in_replacements}
    found = [
        *_undecided(reading, marks),
        *_unread(reading, marks, decisions, readers_needed, speaker_words),
        *(one for one in _staying(reading, marks, names) if one.begin not in begins),
        *in_replacements,
    ]
    return tuple(sorted(found, key=lambda one: (one.page or 0, -1 if one.begin is None else one.begin)))


def _undecided(reading: ReadingText, marks: Iterable[TextMark]) -> Iterator[GateFinding]:
    for mark in marks:
        if mark.state is MarkState.TO_DECIDE:
            one = mark.suggestion
            page = reading.line_at(one.begin).page
            yield GateFinding(FindingKind.UNDECIDED, "", one.begin, one.end, page)


def _unread(
    reading: ReadingText,
    marks: Sequence[TextMark],
    decisions: Decisions,
    readers_needed: int,
    speaker_words: Callable[[Speaker], str],
) -> Iterator[GateFinding]:
    """Yield the pages that too few different people have read as they are now."""
    for page in reading.pages():
        sha256 = page_sha256(page_text(reading, marks, page, speaker_words))
        readers = {
            one_line(tick.by).casefold() for tick in decisions.ticks if (tick.page, tick.sha256) == (page, sha256)
        }
        if len(readers - {""}) < max(1, readers_needed):
            yield GateFinding(FindingKind.UNREAD, page=page)


def _staying(reading: ReadingText, marks: Sequence[TextMark], names: Sequence[KnownName]) -> Iterator[GateFinding]:
    """Yield the names in the text as it would be, by where they stand in the text as it is read.

    Not those that wait for a decision: they are found already.
    """
    left = _spans(marks, MarkState.LEFT)
    undecided = _spans(marks, MarkState.TO_DECIDE)
    text, begins = _resulting(reading, marks)
    for one in _names_in(text, names):
        span = begins.before(one.begin), begins.before(one.end - 1) + 1
        if not (_is_within(span, undecided) or (one.is_word and _is_within(span, left))):
            yield GateFinding(FindingKind.NAME, "", *span, reading.line_at(span[0]).page)


def _in_replacements(
    reading: ReadingText, marks: Iterable[TextMark], decisions: Decisions, names: Sequence[KnownName]
) -> Iterator[GateFinding]:
    """Yield where a replacement that a person typed says what it is to hide, or what is replaced elsewhere."""
    known: dict[tuple[str, str], bool] = {}
    for mark in marks:
        one = mark.suggestion
        is_typed = mark.replacement not in {one.replacement, *one.others}
        if mark.state is not MarkState.REPLACED or not is_typed:
            continue
        pair = mark.replacement, one.text
        if pair not in known:
            known[pair] = replacement_problem(*pair, names, decisions) is not None
        if known[pair]:
            yield GateFinding(FindingKind.NAME, "", one.begin, one.end, reading.line_at(one.begin).page)


def _spans(marks: Iterable[TextMark], state: MarkState) -> list[Span]:
    return [(one.suggestion.begin, one.suggestion.end) for one in marks if one.state is state]


@dataclass(frozen=True, slots=True)
class _Moves:
    """Where the pieces of a text come from: places in the new text, and in the one before."""

    after: tuple[int, ...]
    sources: tuple[int, ...]
    is_copied: tuple[bool, ...]

    def before(self, place: int) -> int:
        """Return where a code point of the new text was; for what replaces something, where that begins."""
        at = max(0, bisect_right(self.after, place) - 1)
        return self.sources[at] + (place - self.after[at] if self.is_copied[at] else 0)


def _resulting(reading: ReadingText, marks: Iterable[TextMark]) -> tuple[str, _Moves]:
    """Return the text as it would be, and where each piece of it comes from."""
    by_line = marks_by_line(reading, marks)
    pieces: list[str] = []
    after: list[int] = []
    sources: list[int] = []
    copied: list[bool] = []
    length = 0

    def add(text: str, source: int, *, is_copied: bool) -> None:
        nonlocal length
        pieces.append(text)
        after.append(length)
        sources.append(source)
        copied.append(is_copied)
        length += len(text)

    for line in reading.lines:
        if pieces:
            add(BETWEEN_LINES, line.begin, is_copied=False)
        at = line.begin
        found = by_line.get(line.begin, [])
        for mark in found:
            if mark.state is MarkState.REPLACED:
                add(reading.text[at : mark.suggestion.begin], at, is_copied=True)
                add(mark.replacement, mark.suggestion.begin, is_copied=False)
                at = mark.suggestion.end
        add(reading.text[at : line.end], at, is_copied=True)
    return "".join(pieces), _Moves(tuple(after), tuple(sources), tuple(copied))


def findings_in_approved(text: ApprovedText, names: Sequence[KnownName]) -> tuple[GateFinding, ...]:
    """Return the names of a roster in an approved text, but for words that were left on purpose.

    A name that is no word is found also where it was left: it came onto the roster later.
    """
    return tuple(
        GateFinding(FindingKind.NAME, "", one.begin, one.end)
        for one in _names_in(text.text, names)
        if not (one.is_word and _is_within((one.begin, one.end), text.left))
    )


def findings_before_redaction(
    before: ApprovedText, redactions: Sequence[Redaction], decisions: Decisions, names: Sequence[KnownName]
) -> tuple[GateFinding, ...]:
    """Return what keeps redactions from being made: names left in the text, and what a replacement must not say.

    Places are those of the text as it is before.
    """
    ordered = sorted(redactions, key=lambda one: one.begin)
    found = [
        (one.begin, one.end)
        for one in ordered
        if replacement_problem(one.replacement, before.text[one.begin : one.end], names, decisions) is not None
    ]
    found += [
        _before_redaction(ordered, finding.begin, finding.end)
        for finding in findings_in_approved(redacted(before, ordered), names)
        if finding.begin is not None and finding.end is not None
    ]
    return tuple(GateFinding(FindingKind.NAME, "", *span) for span in sorted(set(found)))


def _before_redaction(ordered: Iterable[Redaction], begin: int, end: int) -> Span:
    """Return where a stretch of a redacted text was, all of each redaction that it touches."""
    moved, first, last = 0, None, None
    for one in ordered:
        at = one.begin + moved
        if begin < at:
            first = begin - moved if first is None else first
        elif begin < at + len(one.replacement):
            first = one.begin if first is None else first
        if end <= at:
            last = end - moved if last is None else last
        elif end <= at + len(one.replacement):
            last = one.end if last is None else last
        moved += len(one.replacement) - (one.end - one.begin)
    return begin - moved if first is None else first, end - moved if last is None else last


def findings_in_file(
    name: str,
    data: bytes,
    names: Sequence[KnownName],
    approved: ApprovedText | None = None,
    *,
    own_words: OwnWords | None = None,
    holds: Sequence[ApprovedText] = (),
) -> tuple[GateFinding, ...]:
    """Return what a finished file, with its name, must not hold. `approved` is the text it is said to be.

    Its body is then that text to the letter, in which words that were left may stand, and nowhere else in it. `holds`
    are approved texts that are in it to the letter, each as a part of its own, as in a project.

    A PDF, and whatever is not known here, is unreadable: give what it was made of (`made_of` of what leaves).
    `own_words` are the program's own, which are no names. A part that was found is given once.
    """
    own = own_words or OwnWords()
    found: list[GateFinding] = []
    beside: Iterator[FileText] = iter(())
    in_body: Callable[[FileText], bool] = lambda _text: False  # noqa: E731
    if approved is not None:
        found += _other_text(name, data, approved)
        if not found:
            found += [replace(one, part="text") for one in findings_in_approved(approved, names)]
            in_body = is_of_body(name, approved)
            beside = outside_body(name, data)
    held = {one.text for one in holds}
    found += [replace(one, part="text") for text in holds for one in findings_in_approved(text, names)]
    texts = [text for text in chain(file_texts(name, data), beside) if not in_body(text) and text.text not in held]
    names_of = _names_of_each({text.text for text in texts}, names)
    for text in texts:
        if text.kind is TextKind.UNREADABLE:
            found.append(GateFinding(FindingKind.UNREADABLE, text.part))
        else:
            found += _in_text(text, names_of.get(text.text, ()), own)
    return tuple({(one.kind, one.part): one for one in reversed(found)}.values())[::-1]


def _other_text(name: str, data: bytes, approved: ApprovedText) -> list[GateFinding]:
    try:
        is_same = body_text(name, data) == approved.text
    except NoBodyError:
        is_same = False
    return [] if is_same else [GateFinding(FindingKind.OTHER_TEXT, "text")]


def _in_text(text: FileText, names: Iterable[NameFound], own: OwnWords) -> Iterator[GateFinding]:
    for one in names:
        is_ours = own.cover(text.text, one.begin, one.end)
        if not (is_ours or (one.is_word and text.kind is TextKind.LABEL)):
            yield GateFinding(FindingKind.NAME, text.part, one.begin, one.end)


def _names_of_each(texts: Iterable[str], names: Sequence[KnownName]) -> dict[str, tuple[NameFound, ...]]:
    """Return the names in each text that has any. Short ones, such as a table's cells, are searched together.

    Between two of them stand breaks that no name reaches over, and words that keep the whole from looking as if it was
    written without capitals.
    """
    found: dict[str, tuple[NameFound, ...]] = {}
    short: list[str] = []
    for text in texts:
        if _NO_NAME.fullmatch(text):
            continue
        if len(text) <= _SHORT:
            short.append(text)
        elif names_in := _names_in(text, names):
            found[text] = names_in
    begins = [0, *accumulate(len(text) + len(_BETWEEN_TEXTS) for text in short)]
    for one in _names_in(_BETWEEN_TEXTS.join(short), names):
        at = bisect_right(begins, one.begin) - 1
        text, begin = short[at], begins[at]
        if one.end - begin <= len(text):
            found[text] = (*found.get(text, ()), replace(one, begin=one.begin - begin, end=one.end - begin))
    return found


def _names_in(text: str, names: Sequence[KnownName]) -> tuple[NameFound, ...]:
    """Return the names in a text, also where signs that are not seen stand within one."""
    if not names or not text.strip():
        return ()
    # Their letters are many words of one or two, in which there is no name.
    text = _IDS.sub(lambda one: " " * len(one[0]), text)
    found = known_names.find_names(text, names)
    signs = {sign for sign in set(text) if sign in _JOINERS or not strip_hidden(sign)}
    written = [one.span() for one in _WRITTEN_OUT.finditer(text) if not strip_hidden(chr(int(one[1], 16)))]
    if not signs and not written:
        return found
    skipped = {at for begin, end in written for at in range(begin, end)}
    places = [at for at, sign in enumerate(text) if sign not in signs and at not in skipped]
    plain = "".join(text[at] for at in places)
    also = (
        replace(one, begin=places[one.begin], end=places[one.end - 1] + 1)
        for one in known_names.find_names(plain, names)
    )
    return tuple(sorted({*found, *also}, key=lambda one: (one.begin, one.end)))


def _is_within(span: Span, spans: Iterable[Span]) -> bool:
    return any(begin <= span[0] and span[1] <= end for begin, end in spans)
