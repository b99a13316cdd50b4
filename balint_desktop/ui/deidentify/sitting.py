"""One sitting at de-identifying: suggestions, decisions, what becomes of each place, and all that Undo undoes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from balint_desktop.domain.deidentify.decisions import Decision, Decisions, PageTick
from balint_desktop.domain.deidentify.marks import (
    Term,
    TextMark,
    marks_of,
    page_sha256,
    page_text,
    terms_of,
    with_single_places,
)
from balint_desktop.domain.deidentify.reading import ReadingText
from balint_desktop.domain.deidentify.suggestions import Layer, Suggestion
from balint_desktop.domain.transcript.spans import Span
from balint_desktop.ui.deidentify.shown_page import is_story

_CODE = re.compile(r"\[P[1-9][0-9]?\]")


class DeidentifySitting(QObject):
    """The decisions on one text. Every change goes through `apply`; the page is a view of it."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.forget()

    def begin(self, reading: ReadingText, suggestions: Iterable[Suggestion], decisions: Decisions) -> None:
        """Begin with a text; earlier steps are forgotten."""
        self.reading, self.decisions = reading, decisions
        self.pages = reading.pages()
        self._found: dict[Span, Suggestion] = {}
        self._suggestions = self._remembered(suggestions)
        self._before: list[Decisions] = []
        self._after: list[Decisions] = []
        self._compute()

    def forget(self) -> None:
        """Drop the text and all decisions."""
        self.begin(ReadingText("", ()), (), Decisions())

    # --- changes ---

    def apply(self, decisions: Decisions) -> bool:
        """Make a change, and return whether it was one."""
        if decisions == self.decisions:
            return False
        self._before.append(self.decisions)
        self._after.clear()
        self._set(decisions)
        return True

    def undo(self) -> bool:
        """Go one step back; return whether there was one."""
        return self._step(self._before, self._after)

    def redo(self) -> bool:
        """Go one step forward again; return whether there was one."""
        return self._step(self._after, self._before)

    def show_suggestions(self, suggestions: Iterable[Suggestion]) -> None:
        """Go on with what was suggested anew."""
        self._suggestions = self._remembered(suggestions)
        self._compute()
        self.changed.emit()

    def mark(self, begin: int, end: int, decision: Decision) -> bool:
        """Apply a decision on words that a person marked; that place shows it before it is looked for elsewhere."""
        marked = Suggestion(begin, end, Layer.MARKED, self.reading.text[begin:end], decision.key, decision.replacement)
        self._suggestions = (*self._suggestions, marked)
        return self.apply(self.decisions.with_decision(decision))

    def tick(self, page: int, by: str, wall: float) -> bool:
        """Record that a person has read a page."""
        return self.apply(self.decisions.with_tick(PageTick(page, by, self._sha256[page], wall)))

    def untick(self, page: int, by: str) -> bool:
        """Record that a person has not read a page."""
        return self.apply(self.decisions.without_tick(page, by))

    # --- what follows from them ---

    @property
    def open_terms(self) -> int:
        """How many words wait for a decision."""
        return sum(1 for term in self.terms if term.is_open)

    def readers_of(self, page: int) -> frozenset[str]:
        """Return who has read a page as it is now, by label."""
        sha256 = self._sha256[page]
        return frozenset(one.by for one in self.decisions.ticks if one.page == page and one.sha256 == sha256)

    def is_changed_since_read(self, page: int, by: str) -> bool:
        """Return whether a person has read a page that has changed since."""
        return any(
            one.page == page and one.by == by and one.sha256 != self._sha256[page] for one in self.decisions.ticks
        )

    def pages_read(self, readers_needed: int) -> int:
        """Return how many pages were read by as many people as are needed."""
        return sum(1 for page in self.pages if len(self.readers_of(page)) >= readers_needed)

    def known_label(self, label: str) -> str:
        """Return a label as it was written before, in whatever case it is typed now."""
        known = {one.by.casefold(): one.by for one in self.decisions.ticks}
        return known.get(label.casefold(), label)

    def term(self, key: str) -> Term | None:
        """Return a word, or a note on the story, None where the text has it no more."""
        return next((one for one in (*self.terms, *self.notes) if one.key == key), None)

    def term_at(self, begin: int) -> Term | None:
        """Return the word that has a mark at a place of the text."""
        return next((term for term in self.terms if any(one.suggestion.begin == begin for one in term.marks)), None)

    def page_of(self, mark: TextMark) -> int:
        """Return the page that a mark is on."""
        return self.reading.line_at(mark.suggestion.begin).page

    def _step(self, source: list[Decisions], target: list[Decisions]) -> bool:
        if not source:
            return False
        target.append(self.decisions)
        self._set(source.pop())
        return True

    def _set(self, decisions: Decisions) -> None:
        self.decisions = decisions
        self._compute()
        self.changed.emit()

    def _compute(self) -> None:
        found = with_single_places(self.reading, map(self._as_found_first, self._suggestions), self.decisions)
        marks = marks_of(self.reading, found, self.decisions)
        self.marks: tuple[TextMark, ...] = marks
        self.terms: tuple[Term, ...] = terms_of([one for one in marks if not is_story(one)])
        self.notes: tuple[Term, ...] = terms_of([one for one in marks if is_story(one)])
        by_page: dict[int, list[TextMark]] = {page: [] for page in self.pages}
        for mark in self.marks:
            by_page[self.page_of(mark)].append(mark)
        self._sha256 = {
            page: page_sha256(page_text(self.reading, of_page, page, str)) for page, of_page in by_page.items()
        }

    def _remembered(self, suggestions: Iterable[Suggestion]) -> tuple[Suggestion, ...]:
        """Return suggestions, and remember by which rule each place was found first."""
        every = tuple(suggestions)
        for one in every:
            if one.layer is not Layer.MARKED:
                self._found[one.begin, one.end] = one
        return every

    def _as_found_first(self, one: Suggestion) -> Suggestion:
        """Return a suggestion as it was before it was decided: looked for anew, what is replaced counts as marked."""
        if one.layer is not Layer.MARKED:
            return one
        decision = self.decisions.everywhere.get(one.key)
        if (one.begin, one.end) in self._found:
            return self._found[one.begin, one.end]
        if decision is None or decision.layer in {Layer.MARKED, Layer.ROSTER}:
            return one
        # A code is what the word sounds like; what was typed is no answer that is ready.
        ready = decision.replacement if _CODE.fullmatch(decision.replacement) else one.replacement
        return replace(one, layer=decision.layer, replacement=ready)
