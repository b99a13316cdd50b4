"""An approved text that is read and coded: read-only, with its phases as headings and its codings beside it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShowEvent,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextFormat,
)
from PySide6.QtWidgets import QTextEdit

from balint_desktop.domain.deidentify.approved import ApprovedText, ApprovedTurn
from balint_desktop.domain.transcript.spans import Span
from balint_desktop.recordings.summary import PhaseMark
from balint_desktop.ui.analysis.lanes import Lanes
from balint_desktop.ui.analysis.positions import TextPlaces
from balint_desktop.ui.theme.theme import colours_now
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.uncopied_text import UncopiedText

NO_TEXT = ApprovedText(0, "", ())
# A line above the text, for the heading of its first phase.
_LEAD = 1
_PLAIN, _FORMATTED = -1, 1
_LEAST_LINES = 3
_KEEP = QTextCursor.MoveMode.KeepAnchor
_HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


class CodingText(UncopiedText):
    """The text. Keys without Ctrl belong to the page, which is told the sign of each. Places are code points.

    Nothing that is selected here leaves the window. Only what is seen is formatted and painted.
    """

    cursor_moved = Signal()
    sign_typed = Signal(str)
    """A sign was typed, such as k, [ or 1; whatever the layout of the keyboard is."""
    delete_asked = Signal()

    def __init__(self, identifier: str, spoken: str) -> None:
        super().__init__()
        named(self, identifier, spoken=spoken)
        self.lanes: Lanes | None = None
        self._in_colours = ""
        self._is_formatting = False
        self._shown: Span | None = None
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setAcceptDrops(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setCursorWidth(2)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByKeyboard | Qt.TextInteractionFlag.TextSelectableByMouse
        )
        self.show_text(NO_TEXT, ())
        self.cursorPositionChanged.connect(self._on_cursor_moved)
        self.updateRequest.connect(self._on_update_request)

    def set_lanes(self, lanes: Lanes) -> None:
        """Show codings beside the text."""
        self.lanes = lanes
        self._fit()

    # --- the text ---

    def show_text(self, text: ApprovedText, phases: Sequence[PhaseMark]) -> None:
        """Show a text from its beginning."""
        self.approved = text
        self.places = TextPlaces(text.text, _LEAD)
        self._turn_begins = [turn.begin for turn in text.turns]
        self._headings = _headings(text.turns, phases)
        self._phases = [(phase.at_s * 1000, phase.label) for phase in phases]
        self.blockSignals(True)
        # Qt writes a text as what is at the cursor was written: bold, where that is who speaks.
        self.setCurrentCharFormat(QTextCharFormat())
        self.setPlainText("\n" * _LEAD + text.text if text.text else "")
        self.blockSignals(False)
        self._heading_blocks = {
            self.document().findBlock(self.places.to_qt(begin)).blockNumber() - 1: label
            for begin, label in self._headings.items()
        }
        self.setExtraSelections([])
        self._shown = None
        self.move_cursor(text.turns[0].begin if text.turns else 0)
        self._format_seen()
        self.cursor_moved.emit()

    def turn_at(self, place: int) -> ApprovedTurn | None:
        """Return the turn that a place is in, or the one before it."""
        at = bisect_left(self._turn_begins, place + 1) - 1
        return self.approved.turns[at] if at >= 0 else None

    def phase_at(self, place: int) -> str:
        """Return the phase that a place is in, empty where it is not known."""
        turn = self.turn_at(place)
        before = [label for at_ms, label in self._phases if turn is not None and at_ms <= turn.from_ms]
        return before[-1] if before else ""

    # --- where one is ---

    def selected(self) -> Span:
        """Return what is selected, or the place of the cursor twice."""
        cursor = self.textCursor()
        return self.places.from_qt(cursor.selectionStart()), self.places.from_qt(cursor.selectionEnd())

    @property
    def place(self) -> int:
        """The place of the cursor."""
        return self.places.from_qt(self.textCursor().position())

    def move_cursor(self, place: int) -> None:
        """Move the cursor; nothing is selected then."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._within(self.places.to_qt(place)))
        self.setTextCursor(cursor)

    def go_to(self, span: Span) -> None:
        """Move the cursor to the beginning of a passage, and bring it into view with some of what is before it."""
        self.move_cursor(span[0])
        seen = self.cursorRect()
        if not 0 <= seen.top() <= self.viewport().height() - 2 * seen.height():
            self.centerCursor()

    def select(self, span: Span) -> None:
        """Select a passage."""
        self.setTextCursor(self._cursor(span))

    def show_passage(self, span: Span | None) -> None:
        """Frame a passage, or none."""
        if span == self._shown:
            return
        self._shown = span
        if span is None:
            self.setExtraSelections([])
            return
        colours = colours_now()
        shown = QTextEdit.ExtraSelection()
        shown.cursor = self._cursor(span)
        shown.format.setBackground(QColor(colours.accent_soft))
        shown.format.setForeground(QColor(colours.ink))
        shown.format.setProperty(QTextFormat.Property.OutlinePen, QPen(QColor(colours.accent), 1))
        self.setExtraSelections([shown])

    def _cursor(self, span: Span) -> QTextCursor:
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._within(self.places.to_qt(span[0])))
        cursor.setPosition(self._within(self.places.to_qt(span[1])), _KEEP)
        return cursor

    def _within(self, position: int) -> int:
        return min(position, max(0, self.document().characterCount() - 1))

    def _on_cursor_moved(self) -> None:
        if not self._is_formatting:
            self.cursor_moved.emit()

    # --- keys ---

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _sign(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        sign = _sign(event)
        if sign:
            self.sign_typed.emit(sign)
        elif event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace} and not event.modifiers() & _HELD:
            self.delete_asked.emit()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            event.ignore()
        else:
            super().keyPressEvent(event)

    # --- painting ---

    def visible_blocks(self) -> Iterator[tuple[QTextBlock, QRectF]]:
        """Yield the blocks that are seen, and where they are."""
        block = self.firstVisibleBlock()
        if not block.isValid():
            return
        place = self.blockBoundingGeometry(block).translated(self.contentOffset())
        bottom = self.viewport().height()
        while block.isValid() and place.top() <= bottom:
            yield block, place
            top = place.bottom()
            block = block.next()
            place = self.blockBoundingRect(block).translated(0, top)
            place.moveTop(top)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._heading_blocks:
            return
        painter = QPainter(self.viewport())
        painter.setPen(QColor(colours_now().quiet_ink))
        bold = QFont(self.font())
        bold.setBold(True)
        painter.setFont(bold)
        clip, margin = event.rect(), self.document().documentMargin()
        for block, place in self.visible_blocks():
            label = self._heading_blocks.get(block.blockNumber())
            if label and place.bottom() >= clip.top() and place.top() <= clip.bottom():
                painter.drawText(QPointF(margin, place.top() + self.fontMetrics().ascent()), label)

    def _format_seen(self) -> None:
        """Make the labels of turns that are seen bold: a cursor in a block lays it out, which costs."""
        if self._is_formatting:
            return
        self._is_formatting = True
        bold = QTextCharFormat()
        bold.setFontWeight(QFont.Weight.Bold)
        quiet = QTextCharFormat()
        quiet.setForeground(QColor(colours_now().quiet_ink))
        for block, _ in self.visible_blocks():
            if block.userState() == _FORMATTED or not block.length() > 1:
                continue
            turn = self.turn_at(self.places.from_qt(block.position()))
            if turn is not None and self.places.to_qt(turn.begin) == block.position():
                cursor = QTextCursor(block)
                length = len(turn.speaker) + 1 if turn.speaker else block.length() - 1
                cursor.setPosition(block.position() + min(length, block.length() - 1), _KEEP)
                cursor.setCharFormat(bold if turn.speaker else quiet)
            block.setUserState(_FORMATTED)
        self._is_formatting = False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.lanes is not None and self.lanes.width() != self.lanes.sizeHint().width():
            # Another width has room for another number of columns.
            self._fit()
        self._place_lanes()
        self._format_seen()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()
        self._format_seen()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        self._format_seen()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() not in {QEvent.Type.StyleChange, QEvent.Type.FontChange} or not hasattr(self, "_in_colours"):
            return
        self._fit()
        if self._in_colours != colours_now().name:
            self._in_colours = colours_now().name
            block = self.document().firstBlock()
            while block.isValid():
                block.setUserState(_PLAIN)
                block = block.next()
            shown, self._shown = self._shown, None
            self.show_passage(shown)
            self._format_seen()

    def fit_lanes(self) -> None:
        """Give the lanes the room that they ask for now."""
        if self.lanes is not None and self.lanes.width() != self.lanes.sizeHint().width():
            self._fit()
        if self.lanes is not None:
            self.lanes.describe()
            self.lanes.update()

    def _fit(self) -> None:
        edges = round(2 * self.document().documentMargin()) + 2 * self.frameWidth() + 2
        self.setMinimumHeight(_LEAST_LINES * self.fontMetrics().lineSpacing() + edges)
        if self.lanes is not None:
            self.setViewportMargins(0, 0, self.lanes.sizeHint().width(), 0)
            self._place_lanes()

    def _place_lanes(self) -> None:
        if self.lanes is not None:
            viewport = self.viewport().geometry()
            wide = self.lanes.sizeHint().width()
            self.lanes.setGeometry(QRect(viewport.right() + 1, viewport.top(), wide, viewport.height()))

    def _on_update_request(self, rect: QRect, dy: int) -> None:
        if self.lanes is not None and (dy or rect.height() > 2 * self.fontMetrics().lineSpacing()):
            self.lanes.update()


def _headings(turns: Sequence[ApprovedTurn], phases: Sequence[PhaseMark]) -> dict[int, str]:
    """Return the label of each phase by where its first turn begins."""
    found: dict[int, str] = {}
    before = ""
    for turn in turns:
        began = [phase.label for phase in phases if phase.at_s * 1000 <= turn.from_ms]
        if began and began[-1] != before:
            before = found[turn.begin] = began[-1]
    return found


def _sign(event: QKeyEvent) -> str:
    """Return the sign that a key types, empty for others. AltGr, which types [ on some keyboards, is no shortcut."""
    text = event.text()
    held = event.modifiers() & _HELD
    is_alt_gr = held == (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    types = not held or is_alt_gr or bool(event.modifiers() & Qt.KeyboardModifier.GroupSwitchModifier)
    return text if types and len(text) == 1 and text.isprintable() and not text.isspace() else ""
