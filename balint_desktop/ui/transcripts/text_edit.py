"""The text of a transcript as one editor: a block a turn, a view of the sitting that it belongs to."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QMimeData, QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShowEvent,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextFormat,
    QTextLine,
)
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from balint_desktop.domain.transcript import editing
from balint_desktop.domain.transcript.spans import Span
from balint_desktop.domain.transcript.transcript import Turn
from balint_desktop.i18n import tr
from balint_desktop.recordings.summary import PhaseMark
from balint_desktop.ui.theme.theme import colours_now
from balint_desktop.ui.transcripts import lines as line_rules
from balint_desktop.ui.transcripts.gutter import Gutter
from balint_desktop.ui.transcripts.lines import Line, LineKind, LineMaker, Piece
from balint_desktop.ui.transcripts.sitting import Sitting
from balint_desktop.ui.widgets.naming import named

PAUSE_MS = 300
"""Typing counts once it has paused for so long…"""
LONGEST_MS = 650
"""…or has gone on for so long: with the save that follows, nothing is older than a second."""

# States of a block: a new one has -1.
_PLAIN, _FORMATTED = -1, 1
_Move = QTextCursor.MoveOperation
_KEEP = QTextCursor.MoveMode.KeepAnchor
_DELETIONS = (
    (QKeySequence.StandardKey.DeleteStartOfWord, _Move.PreviousWord),
    (QKeySequence.StandardKey.DeleteEndOfWord, _Move.NextWord),
    (QKeySequence.StandardKey.Delete, _Move.NextCharacter),
)
_OUR_CONTROL_KEYS = frozenset(
    {
        Qt.Key.Key_J,
        Qt.Key.Key_K,
        Qt.Key.Key_U,
        Qt.Key.Key_M,
        Qt.Key.Key_O,
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


class TranscriptEdit(QPlainTextEdit):
    """The editor. Typing changes one block, and becomes a change of the sitting's text at its next pause.

    Places without words are single characters to the cursor. Remarks between turns cannot be typed in. Nothing that
    is copied here leaves the window.
    """

    pointed = Signal(int)
    """A word was clicked: its beginning, in session milliseconds."""
    cursor_moved = Signal()
    turn_left = Signal()
    typed = Signal()
    split_asked = Signal()
    undo_asked = Signal()
    redo_asked = Signal()

    def __init__(self, sitting: Sitting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "transcript-text", spoken=tr("Transcript"))
        self._sitting = sitting
        self._maker = LineMaker()
        self.lines: list[Line] = []
        self._begins: list[tuple[int, int]] | None = None
        self._pieces: dict[int, tuple[Turn, str, list[Piece]]] = {}
        self._dirty: int | None = None
        self._line_at = -1
        self._position_before = 0
        self._is_syncing = False
        self._clip = ""
        self._formatted_in = ""
        self._pressed = QPointF()
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setAcceptDrops(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setCursorWidth(2)
        self._gutter = Gutter(self)
        self._fit_gutter()
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.commit)
        self._longest = QTimer(self, singleShot=True, interval=LONGEST_MS)
        self._longest.timeout.connect(self.commit)
        self.document().contentsChange.connect(self._on_contents_change)
        self.cursorPositionChanged.connect(self._on_cursor_moved)
        self.updateRequest.connect(self._on_update_request)
        sitting.changed.connect(self._sync)
        QGuiApplication.clipboard().dataChanged.connect(self._on_clipboard_changed)

    # --- the text ---

    def show_text(self, audible: Sequence[Span], phases: Sequence[PhaseMark]) -> None:
        """Show the sitting's text from its beginning."""
        self._pause.stop()
        self._longest.stop()
        self._maker = LineMaker(audible, phases)
        self._dirty = None
        self._pieces.clear()
        self._begins = None
        self.lines = self._maker.lines(self._sitting.transcript)
        self._is_syncing = True
        self.setPlainText("\n".join([line.text for line in self.lines]))
        self._is_syncing = False
        self._line_at = -1
        self._fit_gutter()
        first = next((at for at, line in enumerate(self.lines) if line.turn is not None), 0)
        self.setTextCursor(QTextCursor(self.document().findBlockByNumber(first)))
        self._on_cursor_moved()

    def commit(self) -> None:
        """Make what was typed a change of the text."""
        self._pause.stop()
        self._longest.stop()
        if self._dirty is None:
            return
        line = self.lines[self._dirty]
        text = self.document().findBlockByNumber(self._dirty).text()
        self._dirty = None
        if line.turn is not None and not line_rules.is_unchanged(line.turn, text):
            words = line_rules.typed_words(line.turn, text)
            self._sitting.apply(editing.retyped(self._sitting.transcript, line.turn.id, words))

    def _sync(self) -> None:
        """Change the blocks whose lines have changed, and no other."""
        before = self.lines
        now = self._maker.lines(self._sitting.transcript)
        most = min(len(before), len(now))
        ahead = 0
        while ahead < most and before[ahead].is_same(now[ahead]):
            ahead += 1
        behind = 0
        while behind < most - ahead and before[-1 - behind].is_same(now[-1 - behind]):
            behind += 1
        self.lines = now
        self._begins = None
        old, new = before[ahead : len(before) - behind], now[ahead : len(now) - behind]
        if not old and not new:
            return
        at = self._bookmark(before)
        self._is_syncing = True
        if len(old) == len(new) and all(a.kind is b.kind for a, b in zip(old, new, strict=True)):
            for number, line in enumerate(new, start=ahead):
                self._sync_block(number, line)
        else:
            self._replace_blocks(ahead, len(old), [line.text for line in new])
        self._is_syncing = False
        self._format_seen()
        if at is not None and self.textCursor().blockNumber() != self._number_of(at[0]):
            self._go_to_offset(*at)
        self.viewport().update()
        self._gutter.update()
        self._on_cursor_moved()

    def _sync_block(self, number: int, line: Line) -> None:
        """Show a line in its block. Spaces that were just typed stay until the cursor leaves it."""
        text = self.document().findBlockByNumber(number).text()
        is_here = number == self.textCursor().blockNumber() and self.hasFocus()
        is_as_typed = line.turn is not None and is_here and line_rules.is_unchanged(line.turn, text)
        if text != line.text and not is_as_typed:
            self._replace_blocks(number, 1, [line.text])
        self.document().findBlockByNumber(number).setUserState(_PLAIN)

    def _replace_blocks(self, first: int, many: int, texts: Sequence[str]) -> None:
        document = self.document()
        cursor = QTextCursor(document)
        cursor.beginEditBlock()
        if many == document.blockCount():
            cursor.select(QTextCursor.SelectionType.Document)
            cursor.insertText("\n".join(texts), QTextCharFormat())
        elif many and texts:
            self._select_blocks(cursor, first, many)
            cursor.insertText("\n".join(texts), QTextCharFormat())
        elif texts and first < document.blockCount():
            cursor.setPosition(document.findBlockByNumber(first).position())
            cursor.insertText("".join(f"{text}\n" for text in texts), QTextCharFormat())
        elif texts:
            cursor.movePosition(_Move.End)
            cursor.insertText("".join(f"\n{text}" for text in texts), QTextCharFormat())
        else:
            self._select_blocks(cursor, first, many)
            if first > 0:
                end = cursor.position()
                cursor.setPosition(document.findBlockByNumber(first).position() - 1)
                cursor.setPosition(end, _KEEP)
            else:
                cursor.movePosition(_Move.NextCharacter, _KEEP)
            cursor.removeSelectedText()
        cursor.endEditBlock()
        block = document.findBlockByNumber(first)
        for _ in texts:
            block.setUserState(_PLAIN)
            block = block.next()

    def _select_blocks(self, cursor: QTextCursor, first: int, many: int) -> None:
        last = self.document().findBlockByNumber(first + many - 1)
        cursor.setPosition(self.document().findBlockByNumber(first).position())
        cursor.setPosition(last.position() + last.length() - 1, _KEEP)

    def _format_seen(self) -> None:
        """Format the blocks that are seen and are not formatted yet: a cursor in a block lays it out, which costs."""
        if self._is_syncing:
            return
        self._is_syncing = True
        for number, block, _ in self.visible_blocks():
            if block.userState() != _FORMATTED and number < len(self.lines):
                self._format(number, block)
                block.setUserState(_FORMATTED)
        self._is_syncing = False

    def _format(self, number: int, block: QTextBlock) -> None:
        """Make remarks and places without words quiet, and headings of phases bold."""
        line = self.lines[number]
        quiet = QTextCharFormat()
        quiet.setForeground(QColor(colours_now().quiet_ink))
        cursor = QTextCursor(block)
        if line.turn is None:
            bold = QTextCharFormat()
            bold.setFontWeight(QFont.Weight.Bold)
            cursor.movePosition(_Move.EndOfBlock, _KEEP)
            cursor.setCharFormat(bold if line.kind is LineKind.PHASE else quiet)
            return
        if len(block.textFormats()) > 1:
            cursor.movePosition(_Move.EndOfBlock, _KEEP)
            cursor.setCharFormat(QTextCharFormat())
        for piece in self._pieces_of(number, block.text()) if "[" in block.text() else ():
            if piece.is_place:
                self._select(cursor, block, piece.start, piece.end)
                cursor.setCharFormat(quiet)

    @staticmethod
    def _select(cursor: QTextCursor, block: QTextBlock, start: int, end: int) -> None:
        cursor.setPosition(block.position() + start)
        cursor.setPosition(block.position() + end, _KEEP)

    def _pieces_of(self, number: int, text: str) -> list[Piece]:
        """Return the words of a block; remembered as long as neither its turn nor its text changes."""
        turn = self.lines[number].turn
        if turn is None:
            return []
        known = self._pieces.get(turn.id)
        if known is not None and known[0] is turn and known[1] == text:
            return known[2]
        places = line_rules.places_of(turn) if "[" in text else {}
        found = line_rules.pieces(text, places)
        self._pieces[turn.id] = (turn, text, found)
        return found

    # --- where the cursor is ---

    def turn_at_cursor(self) -> Turn | None:
        """Return the turn that the cursor is in; None in a remark."""
        number = self.textCursor().blockNumber()
        return self.lines[number].turn if number < len(self.lines) else None

    def turns_at_cursor(self) -> list[Turn]:
        """Return the turns that are selected, or the one at the cursor."""
        cursor, document = self.textCursor(), self.document()
        first, last = (document.findBlock(at).blockNumber() for at in (cursor.selectionStart(), cursor.selectionEnd()))
        return [line.turn for line in self.lines[first : last + 1] if line.turn is not None]

    def line_at_cursor(self) -> Line | None:
        """Return the line that the cursor is in; None without a text."""
        number = self.textCursor().blockNumber()
        return self.lines[number] if number < len(self.lines) else None

    def words_at_cursor(self) -> tuple[Turn, int, int] | None:
        """Return the turn and the words that are selected, or the one at the cursor: first, and after the last.

        Call `commit` before. None in a remark or between words; a selection over several turns counts for the one
        that the cursor is in.
        """
        cursor, turn = self.textCursor(), self.turn_at_cursor()
        if turn is None:
            return None
        block = cursor.block()
        begin = max(0, cursor.selectionStart() - block.position())
        end = min(block.length() - 1, cursor.selectionEnd() - block.position())
        found = self._pieces_of(cursor.blockNumber(), block.text())
        if begin == end:
            inside = [at for at, one in enumerate(found) if one.start <= begin <= one.end][-1:]
        else:
            inside = [at for at, one in enumerate(found) if one.start < end and one.end > begin]
        return (turn, inside[0], inside[-1] + 1) if inside else None

    def words_before_cursor(self) -> int:
        """Return how many words of its turn are before the cursor; inside a word the nearer of its ends counts."""
        cursor = self.textCursor()
        offset = cursor.positionInBlock()
        found = self._pieces_of(cursor.blockNumber(), cursor.block().text())
        return sum(1 for one in found if (one.start + one.end) / 2 < offset)

    def ms_at_cursor(self) -> int | None:
        """Return the moment of the word at the cursor."""
        return self._ms_at(self.textCursor())

    def go_to(self, turn_id: int, at_word: int | None = None, many: int = 1) -> None:
        """Move the cursor to a turn's beginning, or select words of it, and bring them into view."""
        number = self._number_of(turn_id)
        if number is None:
            return
        block = self.document().findBlockByNumber(number)
        cursor = QTextCursor(block)
        if at_word is not None:
            found = self._pieces_of(number, block.text())[at_word : at_word + many]
            if found:
                self._select(cursor, block, found[0].start, found[-1].end)
        self.setTextCursor(cursor)
        self.reveal(number)

    def reveal(self, number: int) -> None:
        """Bring a line into view: unless it is seen already, to a third of the height."""
        seen = [at for at, _, _ in self.visible_blocks()]
        if seen and seen[0] <= number < seen[-1]:
            return
        bar = self.verticalScrollBar()
        line = self.document().findBlockByNumber(number).firstLineNumber()
        rows = self.viewport().height() // max(1, self.fontMetrics().lineSpacing())
        bar.setValue(max(0, line - rows // 3))

    def _number_of(self, turn_id: int) -> int | None:
        return next(
            (at for at, line in enumerate(self.lines) if line.turn is not None and line.turn.id == turn_id), None
        )

    def _ms_at(self, cursor: QTextCursor) -> int | None:
        number = cursor.blockNumber()
        if number >= len(self.lines):
            return None
        turn = self.lines[number].turn
        if turn is None:
            return self.lines[number].at_ms
        offset = cursor.positionInBlock()
        at_ms = turn.from_ms
        for piece, word in line_rules.matched(turn, self._pieces_of(number, cursor.block().text())):
            if piece.start > offset:
                break
            at_ms = turn.words[word].from_ms
        return at_ms

    # --- the word that is heard ---

    def show_heard(self, at_ms: int | None, *, follow: bool) -> None:
        """Highlight the word that is heard; bring it into view where the page is to `follow`."""
        if at_ms is None:
            self.setExtraSelections([])
            return
        number = self._heard_line(at_ms)
        place = self._heard_word(number, at_ms) if number is not None else None
        if number is None or place is None:
            self.setExtraSelections([])
            return
        colours = colours_now()
        shown = QTextEdit.ExtraSelection()
        shown.cursor = QTextCursor(self.document())
        self._select(shown.cursor, self.document().findBlockByNumber(number), place.start, place.end)
        shown.format.setBackground(QColor(colours.accent_soft))
        shown.format.setProperty(QTextFormat.Property.OutlinePen, QPen(QColor(colours.accent), 2))
        self.setExtraSelections([shown])
        if follow:
            self.reveal(number)

    def _heard_line(self, at_ms: int) -> int | None:
        if self._begins is None:
            self._begins = [(line.at_ms, at) for at, line in enumerate(self.lines) if line.turn is not None]
        found = bisect_right(self._begins, (at_ms, len(self.lines))) - 1
        return self._begins[found][1] if found >= 0 else None

    def _heard_word(self, number: int, at_ms: int) -> Piece | None:
        turn = self.lines[number].turn
        if turn is None:
            return None
        heard = None
        for piece, at in line_rules.matched(
            turn, self._pieces_of(number, self.document().findBlockByNumber(number).text())
        ):
            word = turn.words[at]
            if word.from_ms > at_ms:
                break
            heard = (piece, word)
        # A little longer than the word, so that the mark does not flicker between two.
        return heard[0] if heard is not None and at_ms < heard[1].until_ms + PAUSE_MS else None

    # --- painting ---

    def visible_blocks(self) -> Iterator[tuple[int, QTextBlock, QRectF]]:
        """Yield the blocks that are seen, with their numbers and where they are."""
        block = self.firstVisibleBlock()
        if not block.isValid():
            return
        place = self.blockBoundingGeometry(block).translated(self.contentOffset())
        bottom = self.viewport().height()
        while block.isValid() and place.top() <= bottom:
            yield block.blockNumber(), block, place
            top = place.bottom()
            block = block.next()
            place = self.blockBoundingRect(block).translated(0, top)
            place.moveTop(top)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setPen(QPen(QColor(colours_now().accent), 2, Qt.PenStyle.DotLine))
        clip = event.rect()
        for number, block, place in self.visible_blocks():
            turn = self.lines[number].turn if number < len(self.lines) else None
            if turn is None or place.bottom() < clip.top() or place.top() > clip.bottom():
                continue
            for piece, at in line_rules.matched(turn, self._pieces_of(number, block.text())):
                if turn.words[at].is_doubtful:
                    _underline(painter, block, place, piece)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        inside = self.contentsRect()
        self._gutter.setGeometry(QRect(inside.left(), inside.top(), self._gutter.sizeHint().width(), inside.height()))
        self._format_seen()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.StyleChange, QEvent.Type.FontChange} and hasattr(self, "_gutter"):
            self._fit_gutter()
            if self._formatted_in != colours_now().name:
                self._formatted_in = colours_now().name
                block = self.document().firstBlock()
                while block.isValid():
                    block.setUserState(_PLAIN)
                    block = block.next()

    def _fit_gutter(self) -> None:
        self.setViewportMargins(self._gutter.sizeHint().width(), 0, 0, 0)
        self._gutter.update()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        self._format_seen()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._format_seen()

    def _on_update_request(self, rect: QRect, dy: int) -> None:
        if dy:
            self._gutter.scroll(0, dy)
        else:
            self._gutter.update(0, rect.y(), self._gutter.width(), rect.height())

    # --- typing ---

    def event(self, event: QEvent) -> bool:
        # Keys of the page's own, which a text field would keep for itself, such as Ctrl+K.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if _is_ours(event):
                event.ignore()
                return False
            if _undoes(event):
                event.accept()
                return True
        return super().event(event)

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
        acts: tuple[tuple[QKeySequence.StandardKey, Callable[[], object]], ...] = (
            (standard.Undo, self.undo_asked.emit),
            (standard.Redo, self.redo_asked.emit),
            (standard.Copy, self.copy),
            (standard.Cut, self.cut),
            (standard.Paste, self.paste),
        )
        found = next((act for key, act in acts if event.matches(key)), None)
        return self.redo_asked.emit if found is None and _undoes(event) else found

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

    def copy(self) -> None:
        """Keep what is selected for pasting here; the system's clipboard is open to every other program."""
        cursor = self.textCursor()
        if cursor.hasSelection():
            self._clip = " ".join(cursor.selectedText().split())

    def cut(self) -> None:
        """Copy what is selected, and delete it."""
        if self.textCursor().hasSelection() and not self.isReadOnly():
            self.copy()
            self._delete(_Move.NoMove)

    def paste(self) -> None:
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
        self._go_to_offset(one.id, met)

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
        self._go_to_offset(*touched[0])

    def _go_to_offset(self, turn_id: int, offset: int) -> None:
        number = self._number_of(turn_id)
        if number is not None:
            block = self.document().findBlockByNumber(number)
            cursor = QTextCursor(block)
            cursor.setPosition(block.position() + min(offset, block.length() - 1))
            self.setTextCursor(cursor)
            self.ensureCursorVisible()

    def _on_contents_change(self, _position: int, removed: int, added: int) -> None:
        if self._is_syncing or self.isReadOnly() or (removed == added == 0):
            return
        number = self.textCursor().blockNumber()
        if number >= len(self.lines) or self.lines[number].turn is None:
            return
        self._dirty = number
        self._pause.start()
        if not self._longest.isActive():
            self._longest.start()
        self.typed.emit()

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

    def _place_around(self, position: int) -> tuple[int, int] | None:
        """Return where a place without words begins and ends that a position is inside of."""
        block = self.document().findBlock(position)
        number, offset = block.blockNumber(), position - block.position()
        if number >= len(self.lines) or "[" not in block.text():
            return None
        for piece in self._pieces_of(number, block.text()):
            if piece.is_place and piece.start < offset < piece.end:
                return block.position() + piece.start, block.position() + piece.end
        return None

    def _bookmark(self, shown: Sequence[Line]) -> tuple[int, int] | None:
        """Return the turn that the cursor is in, and the offset there: blocks around it are about to change."""
        cursor = self.textCursor()
        turn = shown[cursor.blockNumber()].turn if cursor.blockNumber() < len(shown) else None
        return (turn.id, cursor.positionInBlock()) if turn is not None else None

    # --- the mouse ---

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = event.position()
        super().mousePressEvent(event)

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


def _undoes(event: QKeyEvent) -> bool:
    standard = QKeySequence.StandardKey
    is_redo = event.key() == Qt.Key.Key_Y and event.modifiers() == Qt.KeyboardModifier.ControlModifier
    return is_redo or event.matches(standard.Undo) or event.matches(standard.Redo)


def _types(event: QKeyEvent) -> bool:
    """Return whether a key writes something. AltGr counts as Ctrl and Alt on some systems."""
    control, alt = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
    return event.text().isprintable() and bool(event.text()) and event.modifiers() & (control | alt) != control


def _deletion(event: QKeyEvent) -> QTextCursor.MoveOperation | None:
    return next((move for key, move in _DELETIONS if event.matches(key)), None)


def _x(line: QTextLine, at: int) -> float:
    """Return where a position is in a line. PySide returns the position as well."""
    found: Any = line.cursorToX(at)
    return float(found[0])


def _underline(painter: QPainter, block: QTextBlock, place: QRectF, piece: Piece) -> None:
    """Draw a dotted line under a word, over as many lines of the block as it wraps to."""
    layout = block.layout()
    at = piece.start
    while at < piece.end:
        line = layout.lineForTextPosition(at)
        if not line.isValid():
            return
        end = min(piece.end, line.textStart() + line.textLength())
        left, right = _x(line, at), _x(line, end)
        y = place.top() + line.y() + line.ascent() + 3
        painter.drawLine(QPointF(place.left() + left, y), QPointF(place.left() + right, y))
        at = max(end, at + 1)
