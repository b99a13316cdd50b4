"""What a coder's Word copy says of an approved text: codings, memos and highlights, each checked against the text.

The rule of comments, which the copy's first page and Help tell: a short line is a code, or several with semicolons
between; what follows a colon, or stands on further lines, is a memo; whatever else is a memo alone.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum

from balint_desktop.domain.analysis.file_agreement import turn_bounds
from balint_desktop.domain.analysis.line_alignment import LineGap, aligned_lines
from balint_desktop.domain.analysis.placing import placed_codings
from balint_desktop.domain.analysis.project import ProjectCoding
from balint_desktop.domain.analysis.word_copy import WordComment, WordCopy, read_word_copy
from balint_desktop.domain.hidden_signs import one_line
from balint_desktop.domain.transcript.spans import Span
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import RecordingId
from balint_desktop.domain.word_parts import WordFileError, WordFileFault

LONGEST_CODE = 60
"""A longer line is a memo."""
_MEMO_WORDS = frozenset({"memo", "note", "notiz"})
# What Google Docs writes as a comment where somebody resolved a thread or took that back.
_ACTS = frozenset({"_Marked as resolved_", "_Re-opened_"})
_COLON = re.compile(r"\s*:\s+")
_MOST_EXAMPLES = 3
_LONGEST_EXAMPLE = 80
# Less than half of the lines, by their length: it is another text.
_LEAST_ALIKE = 0.5
_LEAST_LIKE_LINE = 0.3
_LEAST_EDITED = 0.5
# Bounds on what a copy that was written anew can cost.
_MOST_COMPARED = 40_000
_MOST_TRIED = 50
_MOST_LIKELY = 5
_CODES = {
    WordFileFault.KIND: TroubleCode.WORD_COPY_KIND,
    WordFileFault.LARGE: TroubleCode.WORD_COPY_LARGE,
    WordFileFault.DAMAGED: TroubleCode.WORD_COPY_DAMAGED,
}


@dataclass(frozen=True, slots=True)
class CommentMeaning:
    """What a comment is: the codes that it gives, in the order typed, and a memo, either of which may be empty."""

    codes: tuple[str, ...] = ()
    memo: str = ""


@dataclass(frozen=True, slots=True)
class ReturnedReply:
    """A reply to a comment. `wall` is seconds since 1970, None where it is not said; so in every class here."""

    author: str
    words: str
    wall: float | None = None


@dataclass(frozen=True, slots=True)
class ReturnedComment:
    """A comment on a passage of the approved text.

    `quoted` are the words that it was put on. `is_moved` is whether they were found elsewhere in a turn that was
    changed in the copy. Where it was not placed, `begin` and `end` are None.
    """

    author: str
    words: str
    meaning: CommentMeaning
    quoted: str
    begin: int | None = None
    end: int | None = None
    wall: float | None = None
    replies: tuple[ReturnedReply, ...] = ()
    is_resolved: bool = False
    is_moved: bool = False


@dataclass(frozen=True, slots=True)
class ReturnedHighlight:
    """A highlighted passage of the approved text, in a colour #rrggbb; not placed where `begin` and `end` are None."""

    colour: str
    quoted: str
    begin: int | None = None
    end: int | None = None
    is_moved: bool = False


@dataclass(frozen=True, slots=True)
class HighlightColour:
    """A colour of the copy: how many passages have it, and the first few of them. Its code is asked for."""

    colour: str
    count: int
    examples: tuple[str, ...]


class LineChange(StrEnum):
    """What happened to a line in the copy."""

    CHANGED = "changed"
    ADDED = "added"
    TAKEN_OUT = "taken-out"
    TRACKED = "tracked"
    """Edited with tracked changes, which are not taken: the text is as it was given."""


@dataclass(frozen=True, slots=True)
class ChangedLine:
    """A line that the copy has otherwise. `turn` counts the approved text's turns from 0, None for one that was added.

    `words` are the copy's, empty for a turn that was taken out.
    """

    change: LineChange
    turn: int | None
    words: str = ""


@dataclass(frozen=True, slots=True)
class ReturnedCopy:
    """All of a copy that came back. `authors` are the comments' writers, as often as they wrote, replies too."""

    comments: tuple[ReturnedComment, ...] = ()
    highlights: tuple[ReturnedHighlight, ...] = ()
    not_placed: tuple[ReturnedComment | ReturnedHighlight, ...] = ()
    colours: tuple[HighlightColour, ...] = ()
    changes: tuple[ChangedLine, ...] = ()
    authors: tuple[tuple[str, int], ...] = ()


def read_returned_copy(data: bytes, name: str, text: str) -> ReturnedCopy:
    """Return what a coder's Word copy says of an approved text.

    Raise Trouble: WORD_COPY_KIND, WORD_COPY_LARGE, WORD_COPY_DAMAGED, WORD_COPY_OTHER_TEXT.
    """
    with copy_faults(name):
        copy = read_word_copy(data)
    found = returned_copy(copy, text)
    if found is None:
        raise Trouble(TroubleCode.WORD_COPY_OTHER_TEXT, name=name)
    return found


@contextmanager
def copy_faults(name: str) -> Iterator[str]:
    """Raise Trouble for a file that is no Word document: WORD_COPY_KIND, WORD_COPY_LARGE, WORD_COPY_DAMAGED."""
    try:
        yield name
    except WordFileError as error:
        raise Trouble(_CODES[error.fault], name=name) from error


def matching_text(copy: WordCopy, texts: Mapping[RecordingId, str]) -> tuple[RecordingId, ReturnedCopy] | None:
    """Return which text a copy is of, the one with the fewest changes, and what it says of it. None for none."""
    found = ((recording, returned_copy(copy, text)) for recording, text in texts.items())
    fitting = [(recording, one) for recording, one in found if one is not None]
    return min(fitting, key=lambda one: len(one[1].changes), default=None)


def returned_copy(copy: WordCopy, text: str) -> ReturnedCopy | None:
    """Return what a copy says of an approved text, None where it is a copy of another text."""
    lines = _Lines(text, copy)
    if not lines.is_same_text:
        return None
    written = [one for one in copy.comments if one.words not in _ACTS]
    replies: dict[str, list[ReturnedReply]] = {}
    for one in written:
        if one.parent is not None:
            replies.setdefault(one.parent, []).append(ReturnedReply(one.author, one.words, one.wall))
    comments = [
        _comment(one, lines, replies.get(one.id, ()))
        for one in written
        if one.parent is None and (one.words or one.id in replies)
    ]
    highlights = [_highlight(one.colour, (one.begin, one.end), lines) for one in copy.highlights]
    writers = Counter(one.author for one in written if one.words)
    found: list[ReturnedComment | ReturnedHighlight] = [*comments, *highlights]
    return ReturnedCopy(
        tuple(sorted((one for one in comments if one.begin is not None), key=_place)),
        tuple(sorted((one for one in highlights if one.begin is not None), key=_place)),
        tuple(one for one in found if one.begin is None),
        tuple(_colours(highlights)),
        tuple(lines.changes(copy.edited)),
        tuple(sorted(writers.items(), key=lambda one: (-one[1], one[0]))),
    )


def comment_meaning(words: str) -> CommentMeaning:
    """Return what a comment is: codes, a memo, or both."""
    first, _, rest = words.strip().partition("\n")
    rest = rest.strip()
    parts = _COLON.split(first, maxsplit=1)
    head, said = one_line(parts[0]), parts[1].strip() if len(parts) > 1 else ""
    if head.casefold() in _MEMO_WORDS and len(parts) > 1:
        return CommentMeaning((), "\n".join(one for one in (said, rest) if one))
    head = head.removesuffix(":").rstrip() if not said else head
    codes = tuple(dict.fromkeys(one for one in map(one_line, head.split(";")) if one))
    if not codes or any(len(one) > LONGEST_CODE for one in codes):
        return CommentMeaning((), words.strip())
    return CommentMeaning(codes, "\n".join(one for one in (said, rest) if one))


def _place(one: ReturnedComment | ReturnedHighlight) -> tuple[int, int]:
    return one.begin or 0, one.end or 0


def _comment(comment: WordComment, lines: _Lines, replies: Sequence[ReturnedReply]) -> ReturnedComment:
    quoted, span, is_moved = lines.placed(comment.span) if comment.span is not None else ("", None, False)
    begin, end = span if span is not None else (None, None)
    return ReturnedComment(
        comment.author,
        comment.words,
        comment_meaning(comment.words),
        quoted,
        begin,
        end,
        comment.wall,
        tuple(replies),
        comment.is_resolved,
        is_moved,
    )


def _highlight(colour: str, stretch: Span, lines: _Lines) -> ReturnedHighlight:
    quoted, span, is_moved = lines.placed(stretch)
    begin, end = span if span is not None else (None, None)
    return ReturnedHighlight(colour, quoted, begin, end, is_moved)


def _colours(highlights: Iterable[ReturnedHighlight]) -> Iterator[HighlightColour]:
    by_colour: dict[str, list[str]] = {}
    for one in highlights:
        by_colour.setdefault(one.colour, []).append(one.quoted)
    for colour, quoted in by_colour.items():
        yield HighlightColour(colour, len(quoted), tuple(_shortened(one) for one in quoted[:_MOST_EXAMPLES]))


def _shortened(words: str) -> str:
    words = one_line(words)
    return words if len(words) <= _LONGEST_EXAMPLE else f"{words[:_LONGEST_EXAMPLE].rsplit(' ', 1)[0]} …"


class _Lines:
    """An approved text and a copy's text, line by line."""

    def __init__(self, text: str, copy: WordCopy) -> None:
        self._text, self._copied = text, copy.text
        self._turns = turn_bounds(text)
        self._paragraphs = copy.paragraphs
        self._begins = [begin for begin, _ in self._paragraphs]
        self._line_keys = [_key(text[begin:end]) for begin, end in self._turns]
        self._keys = [_key(copy.text[begin:end]) for begin, end in self._paragraphs]
        alignment = aligned_lines(self._line_keys, self._keys)
        self._same = {paragraph: line for line, paragraph in alignment.pairs}
        self._gaps = alignment.gaps
        self._like = {at: line for gap in self._gaps for at, line in self._like_lines(gap)}

    @property
    def is_same_text(self) -> bool:
        """Return whether enough of the approved text is in the copy."""
        edited = (line for at, line in self._like.items() if self._is_edited(at, line))
        found = {*self._same.values(), *edited}
        return sum(len(self._line_keys[at]) for at in found) >= _LEAST_ALIKE * sum(map(len, self._line_keys))

    def _is_edited(self, paragraph: int, line: int) -> bool:
        """Return whether most words are those of a line: any two turns share some, whatever they are about."""
        words, others = set(self._keys[paragraph].split()), set(self._line_keys[line].split())
        return len(words & others) > _LEAST_EDITED * max(len(words), len(others))

    def placed(self, span: Span) -> tuple[str, Span | None, bool]:
        """Return a passage's words, where it is in the approved text, None if it is not, and whether it was moved.

        It is widened to whole words; a place without words is its turn.
        """
        paragraph = self._paragraph_at(span[0])
        if paragraph is None:
            return "", None, False
        begin, end = whole_words(self._copied, *span)
        if begin == end:
            begin, end = whole_words(self._copied, *self._paragraphs[paragraph])
        quoted = self._copied[begin:end]
        first, last = self._exact(begin), self._exact(end - 1)
        if first is not None and last is not None and first <= last:
            # Words between that were changed: the passage is still from this word to that one.
            return quoted, (first, last + 1), _key(self._text[first : last + 1]) != _key(quoted)
        found = self._by_words(begin, quoted)
        return quoted, found, found is not None

    def changes(self, tracked: frozenset[int]) -> Iterator[ChangedLine]:
        """Yield what the copy has otherwise, in the order of the copy."""
        found = [
            (at, ChangedLine(LineChange.TRACKED, self._same[at], self._words(at))) for at in tracked if at in self._same
        ]
        for gap in self._gaps:
            left = set(range(gap.first, gap.last))
            for at in range(gap.begin, gap.end):
                line = self._like.get(at)
                change = LineChange.ADDED if line is None else LineChange.CHANGED
                found.append((at, ChangedLine(change, line, self._words(at))))
                left -= {line}
            found += [(gap.end, ChangedLine(LineChange.TAKEN_OUT, line)) for line in sorted(left)]
        return (one for _, one in sorted(found, key=lambda one: one[0]))

    def _words(self, paragraph: int) -> str:
        begin, end = self._paragraphs[paragraph]
        return self._copied[begin:end]

    def _paragraph_at(self, place: int) -> int | None:
        at = bisect_right(self._begins, place) - 1
        return at if at >= 0 else None

    def _exact(self, place: int) -> int | None:
        """Return where a sign of a paragraph is in the turn that is the same, None in one that was changed."""
        paragraph = self._paragraph_at(place)
        line = self._same.get(paragraph) if paragraph is not None else None
        if paragraph is None or line is None:
            return None
        # The same but for space around them, which both may have.
        first, last = self._turns[line]
        inside = place - self._paragraphs[paragraph][0] - _space_before(self._words(paragraph))
        found = first + _space_before(self._text[first:last]) + inside
        return found if first <= found < last else None

    def _by_words(self, begin: int, quoted: str) -> Span | None:
        """Return where words are found once, in the turn that they are in as far as that can be known."""
        paragraph = self._paragraph_at(begin)
        if paragraph is None:
            return None
        gap = next((one for one in self._gaps if one.begin <= paragraph < one.end), None)
        if gap is None:
            likely = [self._same[paragraph]]
        else:
            others = range(gap.first, min(gap.last, gap.first + _MOST_TRIED))
            likely = [at for at in dict.fromkeys((self._like.get(paragraph), *others)) if at is not None]
        found = (self._in_turn(line, quoted) for line in likely)
        return next((span for span in found if span is not None), None)

    def _in_turn(self, line: int, quoted: str) -> Span | None:
        """Return where words are in a turn, None where they are not there, or more than once."""
        first, last = self._turns[line]
        turn, wanted = _plain(self._text[first:last]), _plain(quoted)
        if turn.count(wanted) != 1:
            return None
        coding = ProjectCoding("", "", 0, min(len(wanted), len(turn)), "", quoted=wanted)
        placed = placed_codings(turn, [coding]).placed
        return next(((first + one.begin, first + one.end) for one in placed), None)

    def _like_lines(self, gap: LineGap) -> Iterator[tuple[int, int]]:
        """Yield each changed paragraph of a gap with the line that it is most like; none for one that is like none."""
        lines = {line: set(self._line_keys[line].split()) for line in range(gap.first, gap.last)}
        is_small = len(lines) * (gap.end - gap.begin) <= _MOST_COMPARED
        having: dict[str, list[int]] = {}
        for line, words in lines.items():
            for word in words:
                having.setdefault(word, []).append(line)
        for paragraph in range(gap.begin, gap.end):
            words = set(self._keys[paragraph].split())
            likely: Iterable[int] = lines
            if not is_small:
                # Of many lines, those that have the most of its rarer words.
                found = (having.get(word, []) for word in words)
                shared = Counter(line for some in found if len(some) <= _MOST_TRIED for line in some)
                likely = sorted(line for line, _ in shared.most_common(_MOST_LIKELY))
            shares = [(len(words & lines[at]) / max(1, min(len(words), len(lines[at]))), -at) for at in likely]
            share, line = max(shares, default=(0.0, 0))
            if share > _LEAST_LIKE_LINE:
                yield paragraph, -line


def whole_words(text: str, begin: int, end: int) -> Span:
    """Return a selection widened to whole words and without the space around them; one of space alone is empty."""
    while begin < end and text[begin].isspace():
        begin += 1
    while end > begin and text[end - 1].isspace():
        end -= 1
    if begin < end:
        while begin > 0 and not text[begin - 1].isspace():
            begin -= 1
        while end < len(text) and not text[end].isspace():
            end += 1
    return begin, end


# Signs that programs put in place of others, one for one.
_LIKE = str.maketrans("\u00a0\u202f\u2007\t’‘“”\u2011", "    ''\"\"-")


def _plain(text: str) -> str:
    """Return a text with one sign for each that programs put in place of it; every place stays where it is."""
    return text.translate(_LIKE)


def _key(line: str) -> str:
    return unicodedata.normalize("NFC", line).translate(_LIKE).replace("\n", " ").strip()


def _space_before(line: str) -> int:
    return len(line) - len(line.lstrip())
