"""A page of a text as it is shown: what is taken out, to decide and left marked in it, and where each came from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from balint_desktop.domain.deidentify.marks import MarkState, TextMark, marks_by_line
from balint_desktop.domain.deidentify.reading import BETWEEN_LINES, ReadingText
from balint_desktop.domain.deidentify.suggestions import Layer
from balint_desktop.domain.transcript.spans import Span
from balint_desktop.domain.transcript.transcript import Speaker

TO_DECIDE = "‹{term}›"


@dataclass(frozen=True, slots=True)
class ShownPiece:
    """A stretch of the page and of the text that it shows. `mark` is what became of it, None for words as they are.

    The text's stretch is shown as it is where there is no mark, or one that replaces nothing.
    """

    begin: int
    end: int
    from_begin: int
    from_end: int
    mark: TextMark | None = None


@dataclass(frozen=True, slots=True)
class ShownPage:
    """A page: its text, its pieces in order, and where each line's label stands. Code points, ends exclusive."""

    text: str = ""
    pieces: tuple[ShownPiece, ...] = ()
    labels: tuple[Span, ...] = ()
    notes: tuple[Span, ...] = ()

    def shown(self, begin: int, end: int) -> Span | None:
        """Return where a stretch of the text is shown, None where no part of it is on the page."""
        found = [one for one in self.pieces if one.from_begin < end and begin < one.from_end]
        if not found:
            return None
        first, last = found[0], found[-1]
        return (
            first.begin if first.mark is not None else first.begin + max(0, begin - first.from_begin),
            last.end if last.mark is not None else last.begin + min(end, last.from_end) - last.from_begin,
        )

    def mark_at(self, begin: int, end: int) -> TextMark | None:
        """Return the first mark that a stretch of the page touches."""
        return next(
            (
                one.mark
                for one in self.pieces
                if one.mark is not None and one.begin <= end and begin <= one.end and (begin == end or one.end > begin)
            ),
            None,
        )

    def source(self, at: int) -> int | None:
        """Return the place in the text of a place on the page, None on a page without words."""
        before = [one for one in self.pieces if one.begin <= at]
        if not before:
            return self.pieces[0].from_begin if self.pieces else None
        one = before[-1]
        return min(one.from_end, one.from_begin + at - one.begin)

    def words_in(self, begin: int, end: int) -> Span | None:
        """Return the whole words of the text that a stretch of the page covers.

        None where it covers no word, more than one turn, or anything that is marked already.
        """
        touched = [one for one in self.pieces if one.begin < end and begin < one.end]
        if len(touched) != 1 or touched[0].mark is not None:
            return None
        piece = touched[0]
        piece_text = self.text[piece.begin : piece.end]
        covered = [
            found.span()
            for found in re.finditer(r"\w+(?:[’'.\-]\w+)*", piece_text)
            if found.start() < end - piece.begin and begin - piece.begin < found.end()
        ]
        if not covered:
            return None
        return piece.from_begin + covered[0][0], piece.from_begin + covered[-1][1]


def shown_page(
    reading: ReadingText, marks: Sequence[TextMark], page: int, speaker_words: Callable[[Speaker], str]
) -> ShownPage:
    """Return a page of a text. `marks` may be those of all pages."""
    by_line = marks_by_line(reading, marks)
    writer = _PageWriter(reading)
    for line in reading.lines:
        if line.page == page:
            label = f"{speaker_words(line.speaker)}: " if line.speaker is not None else ""
            writer.add(line.begin, line.end, label, by_line.get(line.begin, ()))
    return writer.written()


class _PageWriter:
    """Writes line after line, and notes where each piece stands."""

    def __init__(self, reading: ReadingText) -> None:
        self._reading = reading
        self._texts: list[str] = []
        self._at = 0
        self._pieces: list[ShownPiece] = []
        self._labels: list[Span] = []
        self._story: list[Span] = []

    def add(self, begin: int, end: int, label: str, marks: Iterable[TextMark]) -> None:
        if self._texts:
            self._write(BETWEEN_LINES)
        if label:
            self._labels.append(self._write(label))
        at = begin
        for mark in marks:
            one = mark.suggestion
            if is_story(mark) and mark.state is not MarkState.REPLACED:
                if mark.state is MarkState.NOTE:
                    self._story.append((one.begin, one.end))
            elif one.begin >= at:
                self._piece(at, one.begin)
                self._piece(one.begin, one.end, mark)
                at = one.end
        self._piece(at, end)

    def _piece(self, begin: int, end: int, mark: TextMark | None = None) -> None:
        if begin < end:
            term = self._reading.text[begin:end]
            shown = term if mark is None else shown_mark(mark, term)
            self._pieces.append(ShownPiece(*self._write(shown), begin, end, mark))

    def _write(self, text: str) -> Span:
        begin = self._at
        self._texts.append(text)
        self._at += len(text)
        return begin, self._at

    def written(self) -> ShownPage:
        page = ShownPage("".join(self._texts), tuple(self._pieces), tuple(self._labels))
        notes = tuple(span for span in (page.shown(*one) for one in self._story) if span is not None)
        return ShownPage(page.text, page.pieces, page.labels, notes)


def is_story(mark: TextMark) -> bool:
    """Return whether a mark is a note on the story: dismissed, it is nothing that was left on purpose."""
    return mark.suggestion.layer is Layer.STORY


def shown_mark(mark: TextMark, term: str) -> str:
    """Return what a page shows at a mark."""
    if mark.state is MarkState.REPLACED:
        return mark.replacement
    return TO_DECIDE.format(term=term) if mark.state is MarkState.TO_DECIDE else term
