"""Read a coder's Word copy (.docx), whoever wrote it: its text as it was given, comments, highlights, tracked changes.

Tracked changes are read as refused, so that the text is the one that went out. Nothing is resolved, followed or run.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from balint_desktop.domain.deidentify.reading import BETWEEN_LINES
from balint_desktop.domain.hidden_signs import one_line, strip_hidden
from balint_desktop.domain.transcript.spans import Span
from balint_desktop.domain.word_parts import (
    DOCUMENT,
    FALLBACK,
    SIGNS,
    WordFileError,
    WordFileFault,
    WordXmlReader,
    attribute,
    word_parts,
)

_FOLDERS = r"(?:[^/]+/)*"
_PARTS = {
    "document": DOCUMENT,
    "comments": re.compile(_FOLDERS + r"comments\d*\.xml", re.IGNORECASE),
    "threads": re.compile(_FOLDERS + r"commentsExtended\d*\.xml", re.IGNORECASE),
    "ids": re.compile(_FOLDERS + r"commentsIds\d*\.xml", re.IGNORECASE),
    "moments": re.compile(_FOLDERS + r"commentsExtensible\d*\.xml", re.IGNORECASE),
}
# More than any coder writes; a copy holds one session.
_MOST_COMMENTS = 20_000
_MOST_PARAGRAPHS = 20_000
_MOST_SIGNS = 1_000_000
# All that comments are put on, one after the other.
_MOST_COMMENTED = 20_000_000
_LONGEST_NAME = 120
_LONGEST_WORDS = 20_000
# Programs write threads of one level.
_DEEPEST_THREAD = 20

_ADDED = frozenset({"ins", "moveTo"})
_TAKEN = frozenset({"del", "moveFrom"})
# What stands a second time, or is no text of the page.
_UNSEEN = frozenset({FALLBACK, "txbxContent", "sectPr", "rt"})
# Word's sixteen colours (ECMA-376, 17.18.40).
_COLOURS = {
    "black": "#000000",
    "blue": "#0000ff",
    "cyan": "#00ffff",
    "darkBlue": "#000080",
    "darkCyan": "#008080",
    "darkGray": "#808080",
    "darkGreen": "#008000",
    "darkMagenta": "#800080",
    "darkRed": "#800000",
    "darkYellow": "#808000",
    "green": "#00ff00",
    "lightGray": "#c0c0c0",
    "magenta": "#ff00ff",
    "red": "#ff0000",
    "yellow": "#ffff00",
}
_HEX = re.compile(r"[0-9A-Fa-f]{6}")
_WHITE = "#ffffff"
# Hangul's vowels and last consonants, which are composed with what is before them.
_JOINING = frozenset(map(chr, range(0x1160, 0x1200)))


@dataclass(frozen=True, slots=True)
class WordComment:
    """A comment: by whom, when (ISO 8601, or empty), on what. `span` is None where it is on nothing of the text.

    `begin` equals `end` in the span of one that was set at a place without choosing words. `parent` is the comment that
    it answers. Its words are without hidden signs, a line for each paragraph.
    """

    id: str
    author: str
    words: str
    span: Span | None
    initials: str = ""
    created: str = ""
    parent: str | None = None
    is_resolved: bool = False

    @property
    def wall(self) -> float | None:
        """Return when it was written in seconds since 1970, None where that is not said."""
        try:
            moment = datetime.fromisoformat(self.created)
            return (moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)).timestamp()
        except (ValueError, OverflowError):
            return None


@dataclass(frozen=True, slots=True)
class WordHighlight:
    """A stretch in a colour, #rrggbb."""

    colour: str
    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class WordCopy:
    """A copy as it came back. Spans are code points of `text`: NFC, its paragraphs with an empty line between two.

    `paragraphs` are where they are; those without a letter or sign are none. `edited` counts, from 0, the paragraphs
    in which changes are tracked.
    """

    text: str
    paragraphs: tuple[Span, ...] = ()
    comments: tuple[WordComment, ...] = ()
    highlights: tuple[WordHighlight, ...] = ()
    edited: frozenset[int] = frozenset()


def read_word_copy(data: bytes) -> WordCopy:
    """Return what a document holds. Raise WordFileError."""
    parts = word_parts(data, _PARTS)
    document = _DocumentReader()
    document.read(parts["document"])
    places = _Places(document.paragraphs())
    notes = _CommentsReader()
    threads, ids, moments = _AttributesReader(), _AttributesReader(), _AttributesReader()
    for reader, part in ((notes, "comments"), (threads, "threads"), (ids, "ids"), (moments, "moments")):
        if part in parts:
            reader.read(parts[part])
    comments = tuple(_comments(notes.comments, document, places, _Threads(threads, ids, moments)))
    if sum(one.span[1] - one.span[0] for one in comments if one.span is not None) > _MOST_COMMENTED:
        raise WordFileError(WordFileFault.LARGE)
    return WordCopy(
        places.text,
        places.paragraphs,
        comments,
        tuple(_highlights(document, places)),
        frozenset(number for at, number in places.numbers.items() if at in document.edited),
    )


def _comments(
    found: Mapping[str, _Comment], document: _DocumentReader, places: _Places, threads: _Threads
) -> Iterator[WordComment]:
    by_paragraph = {one: comment.id for comment in found.values() for one in comment.paragraphs}
    spans: dict[str, Span | None] = {}
    for comment in found.values():
        raw = document.ranges.get(comment.id)
        spans[comment.id] = places.span(*raw) if raw is not None else None
    for comment in found.values():
        above = threads.parent(comment, by_paragraph)
        span = spans[comment.id]
        if span is None and above is not None:
            span = spans[above]
        yield WordComment(
            comment.id,
            one_line(comment.author)[:_LONGEST_NAME],
            strip_hidden(unicodedata.normalize("NFC", "\n".join(comment.lines)))[:_LONGEST_WORDS].strip(),
            span,
            one_line(comment.initials)[:_LONGEST_NAME],
            threads.moment(comment) or one_line(comment.created)[:_LONGEST_NAME],
            above,
            threads.is_resolved(comment),
        )


def _highlights(document: _DocumentReader, places: _Places) -> Iterator[WordHighlight]:
    """Yield the stretches in a colour; two of one colour with nothing but space between them are one."""
    last: WordHighlight | None = None
    for colour, begin, end in document.coloured:
        span = places.span(begin, end)
        if span is None or not places.text[span[0] : span[1]].strip():
            continue
        if last is not None and last.colour == colour and not places.text[last.end : span[0]].strip():
            last = WordHighlight(colour, last.begin, span[1])
            continue
        if last is not None:
            yield last
        last = WordHighlight(colour, *span)
    if last is not None:
        yield last


class _Places:
    """The text of some paragraphs, and where each place of the document is in it."""

    def __init__(self, paragraphs: list[tuple[int, str]]) -> None:
        pieces: list[str] = []
        self._raw: list[int] = []
        self._begins: list[int] = []
        self._maps: list[list[int] | int] = []
        self.numbers: dict[int, int] = {}
        bounds: list[Span] = []
        at = 0
        for index, (raw, text) in enumerate(paragraphs):
            if not text.strip():
                continue
            if pieces:
                at += len(BETWEEN_LINES)
            composed, places = _composed(text)
            self._raw.append(raw)
            self._begins.append(at)
            self._maps.append(places)
            self.numbers[index] = len(pieces)
            pieces.append(composed)
            bounds.append((at, at + len(composed)))
            at += len(composed)
        self.paragraphs = tuple(bounds)
        self.text = BETWEEN_LINES.join(pieces)

    def span(self, begin: int, end: int) -> Span | None:
        """Return where a stretch of the document is, None where it is before, behind or between all of the text."""
        first, last = self._place(begin, is_end=False), self._place(max(begin, end), is_end=True)
        if first is None or last is None:
            return None
        return first, max(first, last)

    def _place(self, raw: int, *, is_end: bool) -> int | None:
        at = bisect_right(self._raw, raw) - 1
        # An end at the very beginning of a paragraph is the end of the one before.
        if is_end and at > 0 and self._raw[at] == raw:
            at -= 1
        if at < 0:
            return (0 if not is_end else None) if self._raw else None
        inside, places = raw - self._raw[at], self._maps[at]
        length = places if isinstance(places, int) else len(places) - 1
        if inside > length and not is_end and at + 1 < len(self._begins):
            # It begins in an empty paragraph: with the next one that has text.
            return self._begins[at + 1]
        inside = min(inside, length)
        return self._begins[at] + (inside if isinstance(places, int) else places[inside])


def _composed(text: str) -> tuple[str, list[int] | int]:
    """Return a text in NFC with where each of its places is then, or with its length where none moves."""
    if unicodedata.is_normalized("NFC", text):
        return text, len(text)
    pieces: list[str] = []
    places: list[int] = []
    at = 0
    for cluster in _clusters(text):
        piece = unicodedata.normalize("NFC", cluster)
        places += [at + min(offset, len(piece)) for offset in range(len(cluster))]
        pieces.append(piece)
        at += len(piece)
    return "".join(pieces), [*places, at]


def _clusters(text: str) -> Iterator[str]:
    """Yield the pieces of a text that are composed on their own: a letter with all that is put on it."""
    begin = 0
    for at in range(1, len(text)):
        if not unicodedata.combining(text[at]) and text[at] not in _JOINING:
            yield text[begin:at]
            begin = at
    yield text[begin:]


class _DocumentReader(WordXmlReader):
    """Collects text with all changes refused, and what lies over it. Places count the signs as they are read."""

    def __init__(self) -> None:
        super().__init__()
        self.ranges: dict[str, Span] = {}
        self.coloured: list[tuple[str, int, int]] = []
        self.edited: set[int] = set()
        self._begins: dict[str, int] = {}
        self._pieces: list[str] = []
        self._at = 0
        self._breaks: list[int] = []
        self._unseen_from: int | None = None
        self._added_from: int | None = None
        self._path: list[str] = []
        self._in_text = False
        self._colour = ""
        self._is_joined = False

    def paragraphs(self) -> list[tuple[int, str]]:
        """Return the paragraphs with where each begins."""
        text = "".join(self._pieces)
        begins = [0, *(place + 1 for place in self._breaks)]
        ends = [*self._breaks, len(text)]
        return [(begin, text[begin:end]) for begin, end in zip(begins, ends, strict=True)]

    def begin(self, local: str, attributes: Mapping[str, str], *, is_word: bool) -> None:
        inside = self._path[-1] if self._path else ""
        self._path.append(local if is_word else "")
        if self._unseen_from is not None:
            return
        if local in _UNSEEN:
            self._unseen_from = self.depth
        elif is_word:
            self._begin_seen(local, attributes, inside)

    def _begin_seen(self, local: str, attributes: Mapping[str, str], inside: str) -> None:
        self._in_text = local in {"t", "delText"}
        if local in _ADDED | _TAKEN:
            self._begin_change(local, inside)
        elif local == "r":
            self._colour = ""
        elif local in {"highlight", "shd"} and inside == "rPr" and self._path[-3:-2] == ["r"]:
            self._colour = _colour(local, attributes) or self._colour
        elif local in SIGNS and inside == "r":
            self._add(SIGNS[local])
        elif local == "commentRangeStart":
            self._begins.setdefault(attribute(attributes, "id"), self._at)
        elif local == "commentRangeEnd":
            self._close(attribute(attributes, "id"))
        elif local == "commentReference":
            name = attribute(attributes, "id")
            if name not in self.ranges:
                self._begins.setdefault(name, self._at)
                self._close(name)

    def _begin_change(self, local: str, inside: str) -> None:
        if inside == "rPr" and "pPr" in self._path:
            # The mark of a paragraph that was added: what follows is the same paragraph as it was given.
            self._is_joined = self._is_joined or local in _ADDED
            self.edited.add(len(self._breaks))
        elif inside not in {"trPr", "tblPr", "tcPr", "rPr", "numPr"}:
            self.edited.add(len(self._breaks))
            if local in _ADDED and self._added_from is None:
                self._added_from = self.depth

    def end(self, local: str, *, is_word: bool) -> None:
        self._path.pop()
        self._in_text = False
        if self._unseen_from is not None:
            if self._unseen_from == self.depth:
                self._unseen_from = None
            return
        if self._added_from == self.depth:
            self._added_from = None
        if local == "p" and is_word:
            if not self._is_joined:
                self._breaks.append(self._at)
                self._pieces.append("\n")
                self._at += 1
            self._is_joined = False
            self._colour = ""
            if len(self._breaks) > _MOST_PARAGRAPHS or self._at > _MOST_SIGNS:
                raise WordFileError(WordFileFault.LARGE)

    def characters(self, text: str) -> None:
        if self._in_text:
            self._add(text)

    def _add(self, text: str) -> None:
        if self._added_from is not None:
            return
        self._pieces.append(text)
        if self._colour:
            last = self.coloured[-1] if self.coloured else ("", 0, -1)
            if last[0] == self._colour and last[2] == self._at:
                self.coloured[-1] = (self._colour, last[1], self._at + len(text))
            else:
                self.coloured.append((self._colour, self._at, self._at + len(text)))
        self._at += len(text)

    def _close(self, name: str) -> None:
        begin = self._begins.get(name)
        if begin is not None and name not in self.ranges:
            self.ranges[name] = (begin, self._at)


def _colour(local: str, attributes: Mapping[str, str]) -> str:
    """Return the colour of a highlight or a shading as #rrggbb, empty where it is none that is seen on white."""
    if local == "highlight":
        return _COLOURS.get(attribute(attributes, "val"), "")
    fill = attribute(attributes, "fill")
    colour = f"#{fill.lower()}" if _HEX.fullmatch(fill) else ""
    return "" if colour == _WHITE else colour


@dataclass(slots=True)
class _Comment:
    """A comment as it is in its part. `paragraphs` are the ids of its paragraphs."""

    id: str
    author: str
    initials: str
    created: str
    lines: list[str] = field(default_factory=list)
    paragraphs: list[str] = field(default_factory=list)


class _CommentsReader(WordXmlReader):
    """Collects comments. Changes tracked in one are read as taken: it is its writer's own text."""

    def __init__(self) -> None:
        super().__init__()
        self.comments: dict[str, _Comment] = {}
        self._now: _Comment | None = None
        self._in_text = False
        self._length = 0

    def begin(self, local: str, attributes: Mapping[str, str], *, is_word: bool) -> None:
        self._in_text = False
        if not is_word:
            return
        if local == "comment":
            self._now = _Comment(
                attribute(attributes, "id"),
                attribute(attributes, "author"),
                attribute(attributes, "initials"),
                attribute(attributes, "date"),
            )
            self.comments.setdefault(self._now.id, self._now)
            self._length = 0
            if len(self.comments) > _MOST_COMMENTS:
                raise WordFileError(WordFileFault.LARGE)
        elif self._now is None:
            return
        elif local == "p":
            self._now.lines.append("")
            paragraph = attribute(attributes, "paraId").upper()
            # A program that writes no ids says of nothing what it answers.
            self._now.paragraphs += [paragraph] if paragraph else []
        elif local in SIGNS:
            self.add(SIGNS[local])
        self._in_text = local == "t"

    def end(self, local: str, *, is_word: bool) -> None:
        self._in_text = False
        if local == "comment" and is_word:
            self._now = None

    def characters(self, text: str) -> None:
        if self._in_text:
            self.add(text)

    def add(self, text: str) -> None:
        if self._now is not None and self._now.lines and self._length <= _LONGEST_WORDS:
            self._now.lines[-1] += text
            self._length += len(text)


class _AttributesReader(WordXmlReader):
    """Collects the attributes of the small parts that programs keep beside the comments."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[dict[str, str]] = []

    def begin(self, local: str, attributes: Mapping[str, str], *, is_word: bool) -> None:  # noqa: ARG002
        if len(self.rows) > _MOST_COMMENTS:
            raise WordFileError(WordFileFault.LARGE)
        self.rows.append({name.rpartition("}")[2]: value for name, value in attributes.items()})

    def end(self, local: str, *, is_word: bool) -> None:
        """Do nothing: all is in attributes."""


class _Threads:
    """Which comment answers which, whether it is resolved, and when it was written, by the ids of paragraphs."""

    def __init__(self, threads: _AttributesReader, ids: _AttributesReader, moments: _AttributesReader) -> None:
        self._threads = {row["paraId"].upper(): row for row in threads.rows if "paraId" in row}
        self._ids = {row["paraId"].upper(): row.get("durableId", "").upper() for row in ids.rows if "paraId" in row}
        self._moments = {row["durableId"].upper(): row.get("dateUtc", "") for row in moments.rows if "durableId" in row}

    def parent(self, comment: _Comment, by_paragraph: Mapping[str, str]) -> str | None:
        """Return the comment that one answers: the first of its thread, and never itself."""
        above, seen = comment.id, {comment.id}
        paragraphs = comment.paragraphs
        for _ in range(_DEEPEST_THREAD):
            row = next((self._threads[one] for one in paragraphs if one in self._threads), None)
            one = "" if row is None else row.get("paraIdParent", "").upper()
            if by_paragraph.get(one, above) in seen:
                break
            above = by_paragraph[one]
            seen.add(above)
            paragraphs = [one]
        return above if above != comment.id else None

    def is_resolved(self, comment: _Comment) -> bool:
        """Return whether a comment was marked as done."""
        return any(self._threads.get(one, {}).get("done") in {"1", "true"} for one in comment.paragraphs)

    def moment(self, comment: _Comment) -> str:
        """Return when a comment was written in universal time, empty where it is not said."""
        found = (self._moments.get(self._ids.get(one, ""), "") for one in comment.paragraphs)
        return one_line(next((one for one in found if one), ""))[:_LONGEST_NAME]
