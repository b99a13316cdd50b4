"""A text read page by page: the page, the way to the others, who reads, and which pages were read to their end."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from balint_desktop.domain.deidentify.marks import TextMark
from balint_desktop.domain.transcript.spans import Span
from balint_desktop.i18n import tr, tr_n
from balint_desktop.text.lists import listed
from balint_desktop.text.transcripts import speaker_words
from balint_desktop.ui.deidentify.approve_form import LABEL_LIMIT
from balint_desktop.ui.deidentify.left_open import SittingStore
from balint_desktop.ui.deidentify.page_text import ReadText
from balint_desktop.ui.deidentify.shown_page import ShownPage, shown_page
from balint_desktop.ui.deidentify.sitting import DeidentifySitting
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import button
from balint_desktop.ui.widgets.fields import ShortField
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.live_label import LiveLabel, ProblemLabel, announce
from balint_desktop.ui.widgets.named_note import NameCheck
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.text import small, text


class ReadingColumn(QWidget):
    """The page is a view of the sitting. Ticks are decisions of it; a page is ticked only once its end was seen."""

    cursor_moved = Signal()
    """By a person; not where the text is shown anew or gone to."""

    def __init__(
        self,
        sitting: DeidentifySitting,
        store: SittingStore,
        wall: Callable[[], float],
        framed: Callable[[], Span | None],
    ) -> None:
        """`framed` returns the stretch of the text that is decided now; `wall` is now, seconds since 1970."""
        super().__init__()
        self._sitting, self._store, self._wall, self._framed = sitting, store, wall, framed
        self._readers_needed = 1
        self.page = 0
        self._seen: set[int] = set()
        self._is_filling = False
        self._build()
        self._lay_out()
        self._connect()

    def _build(self) -> None:
        self.text = ReadText("deidentify-text", tr("Text to de-identify"))
        self._legend = named(
            small(tr("[ ] taken out   ‹ › to decide   underlined: left on purpose   dotted: a rare detail")),
            "deidentify-legend",
        )
        self.page_label = named(text(""), "deidentify-page")
        self.page_label.setWordWrap(False)
        self.previous_button = button(tr("Previous page"), "deidentify-page-previous", partial(self.turn_by, -1))
        self.next_button = button(tr("Next page"), "deidentify-page-next", partial(self.turn_by, 1))
        self._reader_label = named(text(tr("Read by"), "quiet"), "deidentify-reader-label")
        self._reader_label.setWordWrap(False)
        self.reader = named(ShortField(), "deidentify-reader", spoken=tr("Read by (initials or label)"))
        self.reader.setPlaceholderText(tr("initials or label"))
        self.reader.setMaxLength(LABEL_LIMIT)
        self.reader.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._reader_label.setBuddy(self.reader)
        self.read = named(QCheckBox(tr("I have read this page")), "deidentify-read")
        self.read_state = LiveLabel("deidentify-read-state", "quiet")
        self.problem = ProblemLabel("deidentify-problem")
        self.name_check = NameCheck(self.problem.announce)

    def _lay_out(self) -> None:
        column = layouts.column(self, 6)
        column.addWidget(self.text, 1)
        column.addWidget(self._legend)
        turning = (self.page_label, self.previous_button, self.next_button)
        column.addWidget(flow(*turning, self._reader_label, self.reader, self.read, between_lines=4))
        column.addWidget(self.read_state)
        column.addWidget(self.problem)

    def _connect(self) -> None:
        self.text.cursor_moved.connect(self._on_cursor)
        self.text.page_asked.connect(self.turn_by)
        self.text.verticalScrollBar().valueChanged.connect(self.see)
        self.text.verticalScrollBar().rangeChanged.connect(self.see)
        self.read.clicked.connect(self._on_read)
        self.reader.editingFinished.connect(self._on_reader)
        self.reader.textChanged.connect(self.show_ticks)

    # --- opening and leaving ---

    def begin(self, readers_needed: int, page: int) -> None:
        """Show the sitting's text from a page, or from the first that is not read by as many as are needed."""
        self._readers_needed = readers_needed
        self.page = 0
        self._seen.clear()
        self.reader.setText(self._store.read_reader())
        pages = self._sitting.pages
        unread = [one for one in pages if len(self._sitting.readers_of(one)) < readers_needed]
        self.turn_to(page if page in pages else (unread or list(pages) or [0])[0])

    def forget(self) -> None:
        """Drop the words of the text."""
        self._seen.clear()
        self.text.show_page(ShownPage())

    # --- the page ---

    @property
    def here(self) -> int:
        """Where the cursor is, as a place in the text."""
        return self.text.page.source(self.text.selected()[0]) or 0

    def turn_to(self, page: int) -> None:
        """Show a page, from its beginning."""
        if page == self.page:
            return
        self.page = page
        self._is_filling = True
        self.text.show_page(shown_page(self._sitting.reading, self._sitting.marks, page, speaker_words))
        self.text.move_cursor(0)
        self._is_filling = False
        self.frame()
        self.problem.announce("")
        pages = self._sitting.pages
        at = pages.index(page) if page in pages else 0
        self.page_label.setText(tr("Page {n} of {many}").format(n=at + 1, many=len(pages)))
        for turn in (self.previous_button, self.next_button):
            turn.setVisible(len(pages) > 1)
        self.previous_button.setEnabled(at > 0)
        self.next_button.setEnabled(at + 1 < len(pages))
        self.text.setAccessibleDescription(self.page_label.text())
        self.show_ticks()
        self.see()

    def turn_by(self, pages: int) -> None:
        """Turn so many pages forward, or back where negative."""
        every = self._sitting.pages
        at = every.index(self.page) + pages if self.page in every else 0
        if 0 <= at < len(every):
            self.turn_to(every[at])
            announce(self.text, self.page_label.text())

    def show_marks(self) -> None:
        """Show the page as it is now; the cursor and what is seen stay where they are."""
        source, bar = self.text.page.source(self.text.selected()[0]), self.text.verticalScrollBar().value()
        page = shown_page(self._sitting.reading, self._sitting.marks, self.page, speaker_words)
        is_same = page.text == self.text.page.text
        self._is_filling = True
        self.text.show_page(page)
        if source is not None and not is_same:
            span = page.shown(source, source + 1)
            if span is not None:
                self.text.move_cursor(span[0])
            self.text.verticalScrollBar().setValue(bar)
        self._is_filling = False
        self.frame()

    def frame(self) -> None:
        """Frame the place that is being decided, if it is on the page."""
        span = self._framed()
        self.text.show_current(self.text.page.shown(*span) if span is not None else None)

    def go_to(self, mark: TextMark) -> None:
        """Turn to a place, and bring it into view with the cursor before it."""
        self.turn_to(self._sitting.page_of(mark))
        span = self.text.page.shown(mark.suggestion.begin, mark.suggestion.end)
        if span is not None:
            self._is_filling = True
            self.text.go_to(span)
            self._is_filling = False
        self.see()

    def go_to_stretch(self, span: Span) -> None:
        """Turn to a stretch of the text, and bring it into view."""
        page = self._sitting.reading.line_at(span[0]).page
        if page in self._sitting.pages:
            self.turn_to(page)
            shown = self.text.page.shown(*span)
            if shown is not None:
                self.text.go_to(shown)

    def words_to_mark(self) -> Span | None:
        """Return the words that are selected, or the one at the cursor; None, and say so, where none can be marked."""
        begin, end = self.text.selected()
        span = self.text.page.words_in(begin, max(end, begin + 1)) or (
            self.text.page.words_in(begin - 1, begin) if begin == end and begin else None
        )
        if span is None:
            self.problem.announce(tr("Select words of one turn that are not marked yet."))
            self.text.setFocus()
        else:
            self.problem.announce("")
        return span

    def mark_at_cursor(self) -> TextMark | None:
        """Return the mark at the cursor, None where there is none or words are selected."""
        begin, end = self.text.selected()
        return self.text.page.mark_at(begin, end) if begin == end else None

    def _on_cursor(self) -> None:
        if not self._is_filling:
            # What was said of the words that were selected is so no more.
            self.problem.announce("")
            self.cursor_moved.emit()

    # --- who has read it ---

    def label(self) -> str:
        """Return who reads, as it was written before; empty where nobody was entered."""
        return self._sitting.known_label(" ".join(self.reader.text().split()))

    def show_ticks(self) -> None:
        """Show whether the reader has read this page, and whether it has changed since."""
        if self.page not in self._sitting.pages:
            return
        by = self.label()
        readers = self._sitting.readers_of(self.page)
        self.read.setChecked(bool(by) and by in readers)
        self.read.setEnabled(self.page in self._seen or self.read.isChecked())
        if not self.read.isEnabled():
            words = _not_seen()
        elif by and self._sitting.is_changed_since_read(self.page, by):
            words = tr("This page has changed since you read it.")
        elif self._readers_needed > 1:
            words = _readers_words(sorted(readers), self._readers_needed)
        else:
            words = tr("Read by {readers}").format(readers=listed(sorted(readers))) if readers - {by} else ""
        self.read_state.follow(words)

    def see(self) -> None:
        """Allow a page to be ticked once its end was seen."""
        if self._is_filling or self.page in self._seen or self.page not in self._sitting.pages:
            return
        if self.text.is_end_in_view:
            self._seen.add(self.page)
            self.show_ticks()

    def focus_tick(self) -> None:
        """Give the focus to the tick of the page, where it can be ticked."""
        if self.read.isEnabled():
            self.read.setFocus()

    def toggle_read(self) -> None:
        """Tick the page, or take the tick back."""
        self._on_read(not self.read.isChecked())

    def _on_reader(self) -> None:
        if self.page in self._sitting.pages:
            self._store.save_reader(self.label())
            self.problem.announce("")

    def _on_read(self, is_read: bool) -> None:
        by = self.label()
        if self.page not in self._sitting.pages:
            return
        if not by:
            self.read.setChecked(False)
            self.problem.announce(tr("Enter who reads first: initials or a label."))
            self.reader.setFocus()
            return
        if is_read and self.page not in self._seen:
            self.read.setChecked(False)
            self.read_state.announce(_not_seen())
            return
        self.problem.announce("")
        if is_read and not self.name_check.may_save(by):
            self.read.setChecked(False)
            self.reader.setFocus()
            return
        self._store.save_reader(by)
        if is_read:
            self._sitting.tick(self.page, by, self._wall())
        else:
            self._sitting.untick(self.page, by)

    # --- size ---

    def set_narrow(self, *, narrow: bool) -> None:
        """Leave the room to the text where there is little."""
        self._legend.setVisible(not narrow)
        # Its field says the same.
        self._reader_label.setVisible(not narrow)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self, self.see)


def _not_seen() -> str:
    return tr("Scroll to the end of this page before you tick it.")


def _readers_words(readers: list[str], needed: int) -> str:
    if not readers:
        return tr_n("{n} person reads this page.", "{n} people read this page.", needed).format(n=needed)
    read = tr("Read by {readers}").format(readers=listed(readers))
    missing = needed - len(readers)
    if missing <= 0:
        return read
    return tr("{read}; one more reader is needed").format(read=read)
