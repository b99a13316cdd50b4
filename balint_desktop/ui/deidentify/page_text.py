"""A text that is read and marked, not typed in: a page that is de-identified, or an approved text."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QResizeEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from balint_desktop.domain.deidentify.marks import MarkState
from balint_desktop.domain.transcript.spans import Span
from balint_desktop.ui.deidentify.positions import from_qt, to_qt
from balint_desktop.ui.deidentify.shown_page import ShownPage
from balint_desktop.ui.theme.theme import colours_now
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.uncopied_text import UncopiedText

_KEEP = QTextCursor.MoveMode.KeepAnchor
_Underline = QTextCharFormat.UnderlineStyle


class ReadText(UncopiedText):
    """Read-only, with a cursor. Nothing that is selected in it leaves the window. Places are code points."""

    cursor_moved = Signal()
    page_asked = Signal(int)
    """Page Up or Page Down at an end of the text: -1 or 1."""

    def __init__(self, identifier: str, spoken: str) -> None:
        super().__init__()
        named(self, identifier, spoken=spoken)
        self.page = ShownPage()
        self._in_colours = ""
        self._least_lines = 3
        self._current: Span | None = None
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setAcceptDrops(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setCursorWidth(2)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByKeyboard | Qt.TextInteractionFlag.TextSelectableByMouse
        )
        self.cursorPositionChanged.connect(self.cursor_moved)
        self._fit()

    # --- what is shown ---

    def show_page(self, page: ShownPage) -> None:
        """Show a page. Where the text stays as it was, only its marks are drawn anew."""
        is_new = page.text != self.page.text
        self.page = page
        if is_new:
            self.blockSignals(True)
            self.setPlainText(page.text)
            self.blockSignals(False)
            self._lay_out()
        self._format()
        self.show_current(None)

    def show_current(self, span: Span | None) -> None:
        """Draw a frame around a place, or around none."""
        self._current = span
        if span is None:
            self.setExtraSelections([])
            return
        shown = QTextEdit.ExtraSelection()
        shown.cursor = self._cursor(span)
        shown.format.setBackground(QColor(colours_now().accent_soft))
        shown.format.setForeground(QColor(colours_now().ink))
        self.setExtraSelections([shown])

    def _format(self) -> None:
        self._in_colours = colours_now().name
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        # A new text takes the format in which the one before began: its label is bold.
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.setCharFormat(QTextCharFormat())
        bold, taken, open_, left, note = (QTextCharFormat() for _ in range(5))
        bold.setFontWeight(QFont.Weight.Bold)
        taken.setForeground(QColor(colours_now().quiet_ink))
        open_.setFontWeight(QFont.Weight.Bold)
        open_.setForeground(QColor(colours_now().accent))
        left.setUnderlineStyle(_Underline.SingleUnderline)
        note.setUnderlineStyle(_Underline.DotLine)
        formats = {MarkState.REPLACED: taken, MarkState.TO_DECIDE: open_, MarkState.LEFT: left}
        for span in self.page.labels:
            self._cursor(span).setCharFormat(bold)
        for piece in self.page.pieces:
            if piece.mark is not None and piece.mark.state in formats:
                self._cursor((piece.begin, piece.end)).setCharFormat(formats[piece.mark.state])
        for span in self.page.notes:
            self._cursor(span).mergeCharFormat(note)
        cursor.endEditBlock()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._lay_out()

    def _lay_out(self) -> None:
        """Break all lines at once: Qt would count a turn it has not shown as one line, and stop short of the end."""
        block = self.document().begin()
        while block.isValid():
            self.blockBoundingRect(block)
            block = block.next()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.StyleChange, QEvent.Type.FontChange} and hasattr(self, "_current"):
            self._fit()
            self._lay_out()
            if self._in_colours and self._in_colours != colours_now().name:
                self._format()
                self.show_current(self._current)

    def set_least_lines(self, lines: int) -> None:
        """Show at least so many lines, however little room there is."""
        if lines != self._least_lines:
            self._least_lines = lines
            self._fit()

    def _fit(self) -> None:
        edges = round(2 * self.document().documentMargin()) + 2 * self.frameWidth()
        self.setMinimumHeight(self._least_lines * self.fontMetrics().lineSpacing() + edges)

    # --- where one is ---

    @property
    def is_end_in_view(self) -> bool:
        """Whether the last line is seen."""
        end = QTextCursor(self.document())
        end.movePosition(QTextCursor.MoveOperation.End)
        return self.isVisible() and self.cursorRect(end).bottom() <= self.viewport().height()

    def selected(self) -> Span:
        """Return what is selected, or the place of the cursor twice."""
        cursor = self.textCursor()
        text = self.page.text
        return from_qt(text, cursor.selectionStart()), from_qt(text, cursor.selectionEnd())

    @property
    def has_selection(self) -> bool:
        """Whether anything is selected."""
        return self.textCursor().hasSelection()

    def go_to(self, span: Span) -> None:
        """Move the cursor to the beginning of a place, frame it and bring it into view."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(to_qt(self.page.text, span[0]))
        self.setTextCursor(cursor)
        self.show_current(span)
        self.ensureCursorVisible()

    def move_cursor(self, at: int) -> None:
        """Move the cursor, without scrolling further than needed."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(to_qt(self.page.text, min(at, len(self.page.text))))
        self.setTextCursor(cursor)

    def select(self, span: Span) -> None:
        """Select a place."""
        self.setTextCursor(self._cursor(span))
        self.ensureCursorVisible()

    def _cursor(self, span: Span) -> QTextCursor:
        cursor = QTextCursor(self.document())
        cursor.setPosition(to_qt(self.page.text, span[0]))
        cursor.setPosition(to_qt(self.page.text, span[1]), _KEEP)
        return cursor

    # --- keys ---

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown} and not event.modifiers():
            bar = self.verticalScrollBar()
            forward = event.key() == Qt.Key.Key_PageDown
            if bar.value() == (bar.maximum() if forward else bar.minimum()):
                self.page_asked.emit(1 if forward else -1)
                return
            super().keyPressEvent(event)
        elif event.text().strip() and event.text().isprintable() and not event.modifiers():
            # Digits are the page's answers.
            event.ignore()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            event.ignore()
        else:
            super().keyPressEvent(event)


def plain(text: str, labels: Iterable[Span] = ()) -> ShownPage:
    """Return a text as a page without marks."""
    return ShownPage(text, (), tuple(labels))
