"""The text of a transcript as it is shown: a block a turn, with when and who beside it; a view of a sitting."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
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

from balint_desktop.domain.transcript.spans import Span
from balint_desktop.domain.transcript.transcript import Transcript, Turn
from balint_desktop.i18n import tr
from balint_desktop.recordings.summary import PhaseMark
from balint_desktop.ui.theme.theme import colours_now
from balint_desktop.ui.transcripts import lines as line_rules
from balint_desktop.ui.transcripts.gutter import Gutter
from balint_desktop.ui.transcripts.lines import LineMaker, ShownLine, ShownLineKind, ShownWord
from balint_desktop.ui.transcripts.sitting import Sitting
from balint_desktop.ui.widgets.naming import named

# A little longer than a word, so that the mark of what is heard does not flicker between two.
_HEARD_MS = 300
# States of a block: a new one has -1.
_PLAIN, _FORMATTED = -1, 1
# More than any screen shows.
_FIRST_TURNS = 60
# However large the letters are.
_LEAST_LINES = 3
_Move = QTextCursor.MoveOperation
_KEEP = QTextCursor.MoveMode.KeepAnchor


class TranscriptView(QPlainTextEdit):
    """Shows a sitting's text. A change of the text writes the blocks whose lines have changed, and no other."""

    pointed = Signal(int)
    """A word was clicked: its beginning, in session milliseconds."""
    synced = Signal()
    """The blocks show the sitting's text again."""
    completed = Signal()
    """The whole of a text that was opened is there, after what is seen of it has been painted."""

    def __init__(self, sitting: Sitting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "transcript-text", spoken=tr("Transcript"))
        self._sitting = sitting
        self._maker = LineMaker()
        self.lines: list[ShownLine] = []
        self._begins: list[tuple[int, int]] | None = None
        self._pieces: dict[int, tuple[Turn, str, list[ShownWord]]] = {}
        self._is_syncing = False
        self._formatted_in = ""
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setAcceptDrops(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setCursorWidth(2)
        self._gutter = Gutter(self, self)
        self._gutter.pressed.connect(self._on_gutter_pressed)
        self._fit_gutter()
        self.updateRequest.connect(self._on_update_request)
        self._is_partial = False
        self._rest = QTimer(self, singleShot=True, interval=0)
        self._rest.timeout.connect(self.complete)
        sitting.changed.connect(self._sync)

    # --- the text ---

    def show_text(self, audible: Sequence[Span], phases: Sequence[PhaseMark]) -> None:
        """Show the sitting's text from its beginning."""
        self._maker = LineMaker(audible, phases)
        self._pieces.clear()
        self._begins = None
        self.show_lines()
        first = next((at for at, line in enumerate(self.lines) if line.turn is not None), 0)
        self.setTextCursor(QTextCursor(self.document().findBlockByNumber(first)))
        self.synced.emit()

    def set_times(self, *, are_known: bool) -> None:
        """Show when each turn begins, or no times: those of a session without a recording are only an order."""
        if are_known != self._gutter.has_times:
            self._gutter.has_times = are_known
            self._fit_gutter()

    def show_lines(self) -> None:
        """Write all blocks anew: first those that can be seen, the others once they are painted."""
        transcript = self._sitting.transcript
        self.lines = self._maker.lines(Transcript(transcript.turns[:_FIRST_TURNS]))
        self._begins = None
        self._is_syncing = True
        self.setPlainText("\n".join([line.text for line in self.lines]))
        self._is_syncing = False
        # What is quiet or bold becomes so with the rest, a moment after the words are there.
        self._is_partial = True
        self.viewport().update()

    def complete(self) -> None:
        """Write the blocks that were left for later."""
        self._rest.stop()
        if self._is_partial:
            self._is_partial = False
            self._sync()
            self._format_seen()
            self.completed.emit()

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
        cursor = self.textCursor()
        ends = cursor.anchor(), cursor.position()
        self._is_syncing = True
        if len(old) == len(new) and all(a.kind is b.kind for a, b in zip(old, new, strict=True)):
            first = cursor.blockNumber()
            many = (1, 1) if ahead <= first < ahead + len(new) else (0, 0)
            kept = self._text_from(first, many[0])
            for number, line in enumerate(new, start=ahead):
                self._sync_block(number, line)
        else:
            # Text moves from one turn to another, as where one is split: all that changed counts.
            first, many = ahead, (len(old), len(new)) if max(ends) >= self._begin_of(ahead) else (0, 0)
            kept = self._text_from(first, many[0])
            self._replace_blocks(ahead, len(old), [line.text for line in new])
        if many != (0, 0):
            self._keep_cursor(ends, self._begin_of(first), kept, self._text_from(first, many[1]))
        self._is_syncing = False
        self._format_seen()
        self.viewport().update()
        self._gutter.update()
        self.synced.emit()

    def _begin_of(self, number: int) -> int:
        """Return where a block begins, or would begin behind the last."""
        block = self.document().findBlockByNumber(number)
        return block.position() if block.isValid() else self.document().characterCount()

    def _text_from(self, first: int, many: int) -> str:
        """Return the text of so many blocks, each with its end."""
        return "".join(f"{self.document().findBlockByNumber(first + at).text()}\n" for at in range(many))

    def _keep_cursor(self, ends: tuple[int, int], begin: int, before: str, now: str) -> None:
        """Move the cursor, once a text has changed, to the words that it was at."""
        most = self.document().characterCount() - 1
        anchor, position = (
            min(most, at if at < begin else begin + line_rules.moved(before, now, at - begin)) for at in ends
        )
        cursor = QTextCursor(self.document())
        cursor.setPosition(anchor)
        cursor.setPosition(position, _KEEP)
        self.setTextCursor(cursor)

    def _sync_block(self, number: int, line: ShownLine) -> None:
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
        # Of what replaced a block, the first takes over its state; those that are new have none.
        for number in (first, first + max(0, len(texts) - 1)):
            document.findBlockByNumber(number).setUserState(_PLAIN)

    def _select_blocks(self, cursor: QTextCursor, first: int, many: int) -> None:
        last = self.document().findBlockByNumber(first + many - 1)
        cursor.setPosition(self.document().findBlockByNumber(first).position())
        cursor.setPosition(last.position() + last.length() - 1, _KEEP)

    def _format_seen(self) -> None:
        """Format the blocks that are seen and are not formatted yet: a cursor in a block lays it out, which costs."""
        if self._is_syncing or self._is_partial:
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
            cursor.setCharFormat(bold if line.kind is ShownLineKind.PHASE else quiet)
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

    def _pieces_of(self, number: int, text: str) -> list[ShownWord]:
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

    def line_at_cursor(self) -> ShownLine | None:
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

    def below_word(self) -> QPoint:
        """Return where a menu for the word at the cursor opens, on the screen; the word is brought into view."""
        self.reveal(self.textCursor())
        begin = QTextCursor(self.textCursor())
        begin.setPosition(begin.selectionStart())
        return self.viewport().mapToGlobal(self.cursorRect(begin).bottomLeft())

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
        self.reveal(cursor)

    def reveal(self, cursor: QTextCursor) -> None:
        """Bring a position into view: unless it is seen already, to a third of the height."""
        if self._is_seen(cursor, self.viewport().height()):
            return
        block = cursor.block()
        self.blockBoundingRect(block)
        inside = block.layout().lineForTextPosition(cursor.positionInBlock())
        line = block.firstLineNumber() + (inside.lineNumber() if inside.isValid() else 0)
        rows = self.viewport().height() // max(1, self.fontMetrics().lineSpacing())
        self.verticalScrollBar().setValue(max(0, line - rows // 3))

    def _is_seen(self, cursor: QTextCursor, height: int) -> bool:
        place = self.cursorRect(cursor)
        return place.top() >= 0 and place.bottom() <= height

    def _number_of(self, turn_id: int) -> int | None:
        self.complete()
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
            self.reveal(shown.cursor)

    def _heard_line(self, at_ms: int) -> int | None:
        self.complete()
        if self._begins is None:
            self._begins = [(line.at_ms, at) for at, line in enumerate(self.lines) if line.turn is not None]
        found = bisect_right(self._begins, (at_ms, len(self.lines))) - 1
        return self._begins[found][1] if found >= 0 else None

    def _heard_word(self, number: int, at_ms: int) -> ShownWord | None:
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
        return heard[0] if heard is not None and at_ms < heard[1].until_ms + _HEARD_MS else None

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
        if self._is_partial:
            self._rest.start()
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
        if not self._is_seen(self.textCursor(), self.viewport().height()) and self._is_seen(
            self.textCursor(), self.viewport().height() + max(0, event.oldSize().height() - event.size().height())
        ):
            # What was seen still is, with a bar over the text.
            self.reveal(self.textCursor())
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
        self._gutter.measure()
        self.setViewportMargins(self._gutter.sizeHint().width(), 0, 0, 0)
        edges = self.height() - self.viewport().height() + round(2 * self.document().documentMargin())
        self.setMinimumHeight(_LEAST_LINES * self.fontMetrics().lineSpacing() + edges)
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

    def _on_gutter_pressed(self, turn: Turn) -> None:
        self.go_to(turn.id)
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.pointed.emit(turn.from_ms)

    def go_to_offset(self, turn_id: int, offset: int) -> None:
        """Move the cursor to so many characters from a turn's beginning."""
        number = self._number_of(turn_id)
        if number is not None:
            block = self.document().findBlockByNumber(number)
            cursor = QTextCursor(block)
            cursor.setPosition(block.position() + min(offset, block.length() - 1))
            self.setTextCursor(cursor)
            self.ensureCursorVisible()

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


def _x(line: QTextLine, at: int) -> float:
    """Return where a position is in a line. PySide returns the position as well."""
    found: Any = line.cursorToX(at)
    return float(found[0])


def _underline(painter: QPainter, block: QTextBlock, place: QRectF, piece: ShownWord) -> None:
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
