"""The editor of a transcript: what is typed in a turn becomes a change of the text."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QMimeData, Qt, QTimer, Signal
from PySide6.QtGui import (
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QWidget

from balint_desktop.domain.transcript import editing
from balint_desktop.domain.transcript.spans import Span
from balint_desktop.domain.transcript.transcript import Turn
from balint_desktop.recordings.summary import PhaseMark
from balint_desktop.ui.transcripts import lines as line_rules
from balint_desktop.ui.transcripts.sitting import Sitting
from balint_desktop.ui.transcripts.text_view import TranscriptView
from balint_desktop.ui.widgets.undo_keys import takes_undo, undo_step

PAUSE_MS = 250
"""Typing counts once it has paused for so long…"""
LONGEST_MS = 400
"""…or has gone on for so long: with the save that follows, nothing is older than a second."""

_Move = QTextCursor.MoveOperation
_KEEP = QTextCursor.MoveMode.KeepAnchor
_DELETIONS = (
    (QKeySequence.StandardKey.DeleteStartOfWord, _Move.PreviousWord),
    (QKeySequence.StandardKey.DeleteEndOfWord, _Move.NextWord),
    (QKeySequence.StandardKey.Delete, _Move.NextCharacter),
)
_OUR_CONTROL_KEYS = frozenset(
    {
        Qt.Key.Key_I,
        Qt.Key.Key_J,
        Qt.Key.Key_K,
        Qt.Key.Key_U,
        Qt.Key.Key_M,
        Qt.Key.Key_O,
        Qt.Key.Key_R,
        Qt.Key.Key_F,
        Qt.Key.Key_H,
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_PageDown,
        Qt.Key.Key_Space,
        Qt.Key.Key_Return,
        Qt.Key.Key_Enter,
    }
)


class TranscriptEdit(TranscriptView):
    """The editor. Typing changes one block, and becomes a change of the sitting's text at its next pause.

    Places without words are single characters to the cursor. Remarks between turns cannot be typed in. Nothing that
    is copied here leaves the window.
    """

    cursor_moved = Signal()
    turn_left = Signal()
    typed = Signal()
    split_asked = Signal()
    undo_asked = Signal()
    redo_asked = Signal()

    def __init__(self, sitting: Sitting, parent: QWidget | None = None) -> None:
        super().__init__(sitting, parent)
        self._dirty: set[int] = set()
        self._line_at = -1
        self._position_before = 0
        self._clip = ""
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.commit)
        self._longest = QTimer(self, singleShot=True, interval=LONGEST_MS)
        self._longest.timeout.connect(self.commit)
        self._restore = QTimer(self, singleShot=True, interval=0)
        self._restore.timeout.connect(self._on_restore)
        self.document().contentsChange.connect(self._on_contents_change)
        self.cursorPositionChanged.connect(self._on_cursor_moved)
        self.synced.connect(self._on_cursor_moved)
        QGuiApplication.clipboard().dataChanged.connect(self._on_clipboard_changed)

    def show_text(self, audible: Sequence[Span], phases: Sequence[PhaseMark]) -> None:
        """Show the sitting's text from its beginning; what was typed and not committed is forgotten."""
        self._pause.stop()
        self._longest.stop()
        self._dirty.clear()
        self._line_at = -1
        self._clip = ""
        super().show_text(audible, phases)

    def commit(self) -> None:
        """Make what was typed a change of the text."""
        self._pause.stop()
        self._longest.stop()
        text = self._sitting.transcript
        for number in sorted(self._dirty):
            turn, typed = self.lines[number].turn, self.document().findBlockByNumber(number).text()
            if turn is not None and not line_rules.is_unchanged(turn, typed):
                text = editing.retyped(text, turn.id, line_rules.typed_words(turn, typed))
        self._dirty.clear()
        self._sitting.apply(text)

    # --- typing ---

    def event(self, event: QEvent) -> bool:
        # Keys of the page's own, which a text field would keep for itself, such as Ctrl+K.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_ours(event):
            event.ignore()
            return False
        return takes_undo(event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        act = self._standard_act(event)
        if act is not None:
            act()
        elif _is_ours(event):
            event.ignore()
        elif self.isReadOnly():
            self._read_only_key(event)
        else:
            self._edit_key(event)

    def _standard_act(self, event: QKeyEvent) -> Callable[[], object] | None:
        standard = QKeySequence.StandardKey
        step = undo_step(event)
        if step is not None:
            return self.undo_asked.emit if step < 0 else self.redo_asked.emit
        acts: tuple[tuple[QKeySequence.StandardKey, Callable[[], object]], ...] = (
            (standard.Copy, self.copy_here),
            (standard.Cut, self.cut_here),
            (standard.Paste, self.paste_here),
        )
        return next((act for key, act in acts if event.matches(key)), None)

    def _edit_key(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.split_asked.emit()
        elif event.key() == Qt.Key.Key_Backspace and not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            word = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            self._delete(_Move.PreviousWord if word else _Move.PreviousCharacter)
        elif (move := _deletion(event)) is not None:
            self._delete(move)
        elif _types(event):
            if self._may_type():
                super().keyPressEvent(event)
        else:
            super().keyPressEvent(event)

    def _read_only_key(self, event: QKeyEvent) -> None:
        # What is typed belongs to the page here, such as the digits of Who speaks?
        if _types(event) or event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        if not event.commitString() or self._may_type():
            super().inputMethodEvent(event)

    def copy_here(self) -> None:
        """Keep what is selected for pasting here; the system's clipboard is open to every other program."""
        cursor = self.textCursor()
        if cursor.hasSelection():
            self._clip = " ".join(cursor.selectedText().split())

    def cut_here(self) -> None:
        """Copy what is selected, and delete it."""
        if self.textCursor().hasSelection() and not self.isReadOnly():
            self.copy_here()
            self._delete(_Move.NoMove)

    def paste_here(self) -> None:
        """Insert what was copied last, here or elsewhere, as one line."""
        text = self._clip or " ".join(QGuiApplication.clipboard().text().split())
        if text and not self.isReadOnly() and self._may_type():
            self.textCursor().insertText(text)

    def createMimeDataFromSelection(self) -> QMimeData:
        # For the clipboard, the mouse's own one and dragging, all of which leave the window.
        return QMimeData()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasText()

    def insertFromMimeData(self, source: QMimeData) -> None:
        text = " ".join(source.text().split())
        if text and not self.isReadOnly() and self._may_type():
            self.textCursor().insertText(text)

    def _may_type(self) -> bool:
        """Return whether typing may go on where the cursor is. What is selected over several turns is deleted first."""
        cursor = self.textCursor()
        if cursor.hasSelection() and self._spans_blocks(cursor):
            self._delete(_Move.NoMove)
        return self.turn_at_cursor() is not None

    def _spans_blocks(self, cursor: QTextCursor) -> bool:
        document = self.document()
        return (
            document.findBlock(cursor.selectionStart()).blockNumber()
            != document.findBlock(cursor.selectionEnd()).blockNumber()
        )

    def _delete(self, move: QTextCursor.MoveOperation) -> None:
        """Delete what is selected, or to where the cursor would move. At a turn's edge, join it to its neighbour."""
        cursor = self.textCursor()
        if not cursor.hasSelection():
            if cursor.atBlockStart() and move in {_Move.PreviousCharacter, _Move.PreviousWord}:
                self._join(self.turn_at_cursor(), before=True)
                return
            if cursor.atBlockEnd() and move in {_Move.NextCharacter, _Move.NextWord}:
                self._join(self.turn_at_cursor(), before=False)
                return
            cursor.movePosition(move, _KEEP)
            self._widen(cursor)
        if self._spans_blocks(cursor):
            self._delete_across(cursor)
        elif self.turn_at_cursor() is not None:
            cursor.removeSelectedText()
            self.setTextCursor(cursor)

    def _join(self, turn: Turn | None, *, before: bool) -> None:
        """Join a turn to the one before it, or the next one to it; the cursor stays where the two meet."""
        self.commit()
        if turn is None:
            return
        turns = self._sitting.transcript.turns
        at = self._sitting.transcript.index(turn.id)
        first = at - 1 if before else at
        if not 0 <= first < len(turns) - 1:
            return
        one, two = turns[first], turns[first + 1]
        met = len(line_rules.turn_text(one))
        self._sitting.apply(editing.joined(self._sitting.transcript, two.id))
        self.go_to_offset(one.id, met)

    def _delete_across(self, cursor: QTextCursor) -> None:
        """Delete words in several turns, and join those that it began and ended in."""
        begin, end = cursor.selectionStart(), cursor.selectionEnd()
        self.commit()
        text, touched = self._sitting.transcript, []
        first, last = (self.document().findBlock(at).blockNumber() for at in (begin, end))
        for number in range(first, last + 1):
            turn, block = self.lines[number].turn, self.document().findBlockByNumber(number)
            if turn is None:
                continue
            low, high = max(0, begin - block.position()), min(block.length() - 1, end - block.position())
            head = block.text()[:low]
            rest = f"{head} {block.text()[high:]}"
            touched.append((turn.id, len(" ".join(head.split())) + (bool(head.strip()) and head[-1].isspace())))
            text = editing.retyped(text, turn.id, line_rules.typed_words(turn, rest))
        if not touched:
            return
        for turn_id, _ in touched[1:]:
            text = editing.joined(text, turn_id)
        self._sitting.apply(text)
        self.go_to_offset(*touched[0])

    def _on_contents_change(self, position: int, removed: int, added: int) -> None:
        if self._is_syncing or self.isReadOnly() or (removed == added == 0):
            return
        number = self.document().findBlock(position).blockNumber()
        is_turn = number < len(self.lines) and self.lines[number].turn is not None
        if not is_turn or self.document().blockCount() != len(self.lines):
            # Written past the keys, as a screen reader can: the text is what the sitting says.
            self._restore.start()
            return
        self._dirty.add(number)
        self._pause.start()
        if not self._longest.isActive():
            self._longest.start()
        self.typed.emit()

    def _on_restore(self) -> None:
        self._pause.stop()
        self._longest.stop()
        self._dirty.clear()
        self.show_lines()

    # --- the cursor ---

    def _on_cursor_moved(self) -> None:
        if self._is_syncing:
            return
        cursor = self.textCursor()
        if self._widen(cursor, forward=cursor.position() >= self._position_before):
            self._position_before = cursor.position()
            self.setTextCursor(cursor)
            return
        self._position_before = cursor.position()
        if cursor.charFormat().foreground().style() != Qt.BrushStyle.NoBrush and not cursor.hasSelection():
            # What is typed behind a place without words is a word.
            self.setCurrentCharFormat(QTextCharFormat())
        number = cursor.blockNumber()
        if number != self._line_at:
            before, self._line_at = self._line_at, number
            self._leave(before)
            self._gutter.update()
        self.cursor_moved.emit()

    def _leave(self, number: int) -> None:
        """Commit the turn that the cursor has left, and tidy its spaces."""
        self.commit()
        if 0 <= number < len(self.lines):
            line = self.lines[number]
            block = self.document().findBlockByNumber(number)
            if line.turn is not None and block.text() != line.text and line_rules.is_unchanged(line.turn, block.text()):
                self._is_syncing = True
                self._replace_blocks(number, 1, [line.text])
                self._is_syncing = False
                self._format_seen()
        self.turn_left.emit()

    def _widen(self, cursor: QTextCursor, *, forward: bool = True) -> bool:
        """Move both ends of a cursor out of places without words; return whether one was inside."""
        anchor, position = cursor.anchor(), cursor.position()
        if anchor == position:
            bounds = self._place_around(position)
            if bounds is None:
                return False
            cursor.setPosition(bounds[1] if forward else bounds[0])
            return True
        low, high = min(anchor, position), max(anchor, position)
        around_low, around_high = self._place_around(low), self._place_around(high)
        if around_low is None and around_high is None:
            return False
        low = around_low[0] if around_low else low
        high = around_high[1] if around_high else high
        cursor.setPosition(low if anchor < position else high)
        cursor.setPosition(high if anchor < position else low, _KEEP)
        return True

    # --- the mouse ---

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() is Qt.MouseButton.LeftButton and not self.textCursor().hasSelection():
            at_ms = self._ms_at(self.cursorForPosition(event.position().toPoint()))
            if at_ms is not None:
                self.pointed.emit(at_ms)

    def _on_clipboard_changed(self) -> None:
        self._clip = ""


def _is_ours(event: QKeyEvent) -> bool:
    """Return whether a key is one of the page's own with Ctrl."""
    without_shift = event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
    return without_shift == Qt.KeyboardModifier.ControlModifier and event.key() in _OUR_CONTROL_KEYS


def _types(event: QKeyEvent) -> bool:
    """Return whether a key writes something. AltGr counts as Ctrl and Alt on some systems."""
    control, alt = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
    return event.text().isprintable() and bool(event.text()) and event.modifiers() & (control | alt) != control


def _deletion(event: QKeyEvent) -> QTextCursor.MoveOperation | None:
    return next((move for key, move in _DELETIONS if event.matches(key)), None)
