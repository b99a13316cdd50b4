"""The text that is read for what identifies: the lines of a transcript as one text, with the turn of each."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from balint_desktop.domain.transcript.rendering import Bracket, TextLine, bracket_of, text_lines
from balint_desktop.domain.transcript.spans import Span
from balint_desktop.domain.transcript.transcript import PAGE_MS, Speaker, Transcript, WordKind

BETWEEN_LINES = "\n\n"


@dataclass(frozen=True, slots=True)
class ReadingLine:
    """A line of the text: from `begin` to `end` in code points, without who speaks. Times are session milliseconds.

    `turn_id` and `speaker` are None for brackets on their own.
    """

    begin: int
    end: int
    turn_id: int | None
    speaker: Speaker | None
    from_ms: int
    until_ms: int

    @property
    def page(self) -> int:
        """Return the number of the page it is read on, from 1: five minutes each."""
        return self.from_ms // PAGE_MS + 1


@dataclass(frozen=True, slots=True)
class ReadingText:
    """A transcript to be read: `fixed` are the brackets in it, and `doubtful` the words the engine doubted."""

    text: str
    lines: tuple[ReadingLine, ...]
    fixed: tuple[Span, ...] = ()
    doubtful: tuple[Span, ...] = ()

    def line_at(self, place: int) -> ReadingLine:
        """Return the line in which a code point lies. Raise IndexError in an empty text."""
        at = bisect_right(self.lines, place, key=lambda line: line.begin) - 1
        return self.lines[max(0, at)]

    def pages(self) -> tuple[int, ...]:
        """Return the numbers of the pages that have a line, in order."""
        return tuple(sorted({line.page for line in self.lines}))


def reading_text(
    transcript: Transcript, unavailable: Iterable[Span], bracket_words: Callable[[Bracket], str]
) -> ReadingText:
    """Return the text of a transcript. `bracket_words` puts into words what stands in brackets."""
    writer = _ReadingWriter(bracket_words)
    for line in text_lines(transcript, unavailable):
        writer.add(line)
    return writer.written()


class _ReadingWriter:
    """Writes line after line, and notes where each stands."""

    def __init__(self, bracket_words: Callable[[Bracket], str]) -> None:
        self._words = bracket_words
        self._pieces: list[str] = []
        self._at = 0
        self._lines: list[ReadingLine] = []
        self._fixed: list[Span] = []
        self._doubtful: list[Span] = []

    def add(self, line: TextLine) -> None:
        if self._lines:
            self._append(BETWEEN_LINES)
        begin = self._at
        if line.words:
            for number, word in enumerate(line.words):
                if number:
                    self._append(" ")
                if word.kind is not WordKind.SPOKEN:
                    self._fixed.append(self._append(self._words(bracket_of(word))))
                else:
                    span = self._append(word.text)
                    if word.is_doubtful:
                        self._doubtful.append(span)
        else:
            for part in line.parts:
                self._fixed.append(self._append(part if isinstance(part, str) else self._words(part)))
        until = max((word.until_ms for word in line.words), default=line.from_ms)
        self._lines.append(ReadingLine(begin, self._at, line.turn_id, line.speaker, line.from_ms, until))

    def _append(self, text: str) -> Span:
        begin = self._at
        self._pieces.append(text)
        self._at += len(text)
        return begin, self._at

    def written(self) -> ReadingText:
        return ReadingText("".join(self._pieces), tuple(self._lines), tuple(self._fixed), tuple(self._doubtful))
