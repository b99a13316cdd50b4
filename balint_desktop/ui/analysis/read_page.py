"""The page where a text is read: memos at a passage or on the whole, dated, superseded and never overwritten."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QFontInfo, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidgetItem, QWidget

from balint_desktop.domain.analysis.coding import off_labels, snapped
from balint_desktop.domain.analysis.study import Memo, current_memos
from balint_desktop.domain.transcript.spans import Span
from balint_desktop.domain.trouble import Trouble
from balint_desktop.domain.values import RecordingId, new_id
from balint_desktop.i18n import tr
from balint_desktop.ui.analysis import wording
from balint_desktop.ui.analysis.coding_text import NO_TEXT, CodingText
from balint_desktop.ui.analysis.deps import AnalysisDeps, AnalysisService, OpenStudy
from balint_desktop.ui.analysis.memo_box import MemoBox
from balint_desktop.ui.analysis.memo_words import earlier_versions, first_words, memo_line
from balint_desktop.ui.analysis.uncopied_list import UncopiedList
from balint_desktop.ui.shell.messages import Messages
from balint_desktop.ui.shell.work import Work
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, EscapeRole, button, chip, show_on, when_chosen
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.live_label import LiveLabel
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.shortcuts import shortcut
from balint_desktop.ui.widgets.text import quiet, subheading, text

_WIDE = 50.0
_SIDE = 20.0
# As wide as a widget may be, for Qt.
_ANY = (1 << 24) - 1
_POINTS_AN_INCH = 72


class ReadPage(QWidget):
    """One text and its memos. M, while the text has the focus, begins a memo on what is selected."""

    back = Signal()

    def __init__(self, deps: AnalysisDeps, work: Work, messages: Messages) -> None:
        super().__init__()
        named(self, "read-page")
        self._deps, self._work, self._messages = deps, work, messages
        self._service: AnalysisService | None = None
        self._opened: OpenStudy | None = None
        self._recording = RecordingId("")
        self._memos: tuple[Memo, ...] = ()
        self._asked: tuple[tuple[int, int] | None, str | None] = (None, None)
        self._is_narrow = False
        self._build()
        self._connect()

    def _build(self) -> None:
        self.back_button = button(
            tr("Back to study"), "read-back", self.back.emit, ButtonKind.QUIET, escape=EscapeRole.LEAVE
        )
        self.title = named(subheading(""), "read-title")
        self.text = CodingText("read-text", tr("Text"))
        self.box = MemoBox(self._deps.drafts)
        self.news = LiveLabel("read-news", "quiet")
        self.side = QWidget()
        self.memos = named(UncopiedList(), "read-memos", spoken=tr("Memos"))
        self.none = named(quiet(tr("No memos yet. Select words and press M.")), "read-no-memos")
        self.shown = named(text(""), "read-memo")
        self.history = named(quiet(""), "read-memo-history")
        self.edit_button = button(tr("Edit memo…"), "read-memo-edit", self._on_edit)
        side = layouts.column(self.side, 8)
        side.addWidget(named(subheading(tr("Memos")), "read-memos-heading"))
        side.addWidget(self.none)
        side.addWidget(self.memos, 1)
        for widget in (self.shown, self.history, self.edit_button):
            side.addWidget(widget)
        # Without memos nothing else takes the room, and the heading would float.
        side.addStretch(0)
        self.side_chip = chip(tr("Memos"), "read-memos-show")
        self.memo_button = button(tr("Memo on selection…"), "read-memo-passage", self._on_passage)
        self.memo_button.setToolTip("M")
        self.whole_button = button(tr("Memo on whole text…"), "read-memo-whole", lambda: self._ask(None, None))
        self.foot = flow(self.side_chip, self.memo_button, self.whole_button)
        self.middle = QWidget()
        column = layouts.column(self.middle, 8)
        column.addWidget(self.text, 1)
        column.addWidget(self.box)
        main = QWidget()
        row = layouts.row(main, 16)
        row.addWidget(self.middle, 1)
        row.addWidget(self.side)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(self.back_button)
        head.addWidget(self.title, 1)
        page = layouts.column(self, 8)
        page.addLayout(head)
        page.addWidget(self.news)
        page.addWidget(main, 1)
        page.addWidget(self.foot)

    def _connect(self) -> None:
        self.text.sign_typed.connect(self._on_sign)
        self.memos.currentRowChanged.connect(lambda _: self._show_memo())
        self.box.saved.connect(self._on_saved)
        self.box.closed.connect(self._close_box)
        when_chosen(self.side_chip, lambda on: self._show_side(on=on))
        shortcut(self, "Ctrl+Shift+M", self._on_passage)

    # --- opening and leaving ---

    def show_text(self, service: AnalysisService, opened: OpenStudy, recording: RecordingId) -> None:
        """Show a text of a study from its beginning."""
        self._service, self._opened, self._recording = service, opened, recording
        names = {one.recording: wording.text_name(one) for one in opened.study.texts}
        self.title.setText(names.get(recording, ""))
        self.text.show_text(opened.texts[recording], opened.phases.get(recording, ()))
        self.news.announce("")
        self._show_memos(opened.memos)
        self._close_box()

    def go_to(self, span: Span) -> None:
        """Select a passage, and bring it into view."""
        self.text.go_to(span)
        self.text.select(span)

    def leave(self) -> None:
        """Drop the text; what is half written stays a draft."""
        self.box.leave()
        self._service = self._opened = None
        self.text.show_text(NO_TEXT, ())
        self._show_memos(())

    # --- memos ---

    def _show_memos(self, memos: tuple[Memo, ...]) -> None:
        """Show the memos on the text, those on the whole first, then in order of reading."""
        self._all = memos
        here = (memo for memo in current_memos(memos) if memo.text == self._recording and memo.theme is None)
        self._memos = tuple(sorted(here, key=lambda memo: (-1 if memo.begin is None else memo.begin, memo.wall)))
        chosen = self.memos.currentRow()
        self.memos.clear()
        for memo in self._memos:
            is_mine = self._opened is not None and memo.author == self._opened.me
            item = QListWidgetItem(memo_line(memo, "" if is_mine else self._who(memo)))
            item.setToolTip(self._passage(memo))
            self.memos.addItem(item)
        self.none.setVisible(not self._memos)
        self.memos.setVisible(bool(self._memos))
        self.memos.setCurrentRow(min(max(0, chosen), len(self._memos) - 1))
        self._show_memo()

    def _show_memo(self) -> None:
        """Show the words of the chosen memo, its passage, and how often it was written anew."""
        memo = self._chosen()
        self.shown.setVisible(memo is not None)
        # Somebody else's memo is read; an answer to it is a memo of one's own.
        is_mine = memo is not None and self._opened is not None and memo.author == self._opened.me
        self.edit_button.setVisible(is_mine)
        self.history.setText(self._history(memo) if memo is not None else "")
        self.history.setVisible(bool(self.history.text()))
        if memo is None:
            self.text.show_passage(None)
            return
        self.shown.setText(memo.words)
        if memo.begin is None or memo.end is None:
            self.text.show_passage(None)
        else:
            self.text.show_passage((memo.begin, memo.end))
            if self.memos.hasFocus():
                self.text.go_to((memo.begin, memo.end))

    def _history(self, memo: Memo) -> str:
        """Return who wrote a memo, and the versions before it: each stays, and can be read."""
        about = self._passage(memo)
        lines = [self._who(memo), f"“{first_words(about)}”" if about else tr("On the whole text")]
        return "\n".join([*lines, *earlier_versions(memo, self._all)])

    def _who(self, memo: Memo) -> str:
        return wording.label_of(self._opened.study, memo.author) if self._opened is not None else ""

    def _chosen(self) -> Memo | None:
        row = self.memos.currentRow()
        return self._memos[row] if 0 <= row < len(self._memos) else None

    def _passage(self, memo: Memo) -> str:
        if memo.begin is None or memo.end is None:
            return ""
        return " ".join(self.text.approved.text[memo.begin : memo.end].split())

    def _on_sign(self, sign: str) -> None:
        if sign.casefold() == "m":
            self._on_passage()

    def _on_passage(self) -> None:
        """Begin a memo on what is selected, on the word at the cursor, or on the turn of who speaks there."""
        approved = self.text.approved
        span = off_labels(approved.turns, *snapped(approved.text, *self.text.selected()))
        turn = self.text.turn_at(self.text.place)
        if span[0] == span[1] and turn is not None:
            # On who speaks: about what they say.
            span = (turn.words_begin, turn.end)
        if span[0] >= span[1]:
            self.news.announce(tr("Select the words that the memo is about."))
            self.text.setFocus()
            return
        self._ask(span, None)

    def _on_edit(self) -> None:
        memo = self._chosen()
        if memo is not None:
            span = (memo.begin, memo.end) if memo.begin is not None and memo.end is not None else None
            self._ask(span, memo.id)

    def _ask(self, span: tuple[int, int] | None, supersedes: str | None) -> None:
        if self._opened is None:
            return
        self.news.announce("")
        self._show_side(on=False)
        self._asked = (span, supersedes)
        words = next((memo.words for memo in self._memos if memo.id == supersedes), "")
        about = tr("On the whole text")
        if span is not None:
            self.text.show_passage(span)
            about = f"“{first_words(' '.join(self.text.approved.text[span[0] : span[1]].split()))}”"
        key = supersedes or f"{self._recording}-{span[0]}-{span[1]}" if span else supersedes or self._recording
        with self._messages.act():
            self.box.ask(about, f"{self._opened.study.id}-{key}", words)
        self.foot.hide()

    def _on_saved(self, words: str) -> None:
        service, opened = self._service, self._opened
        if service is None or opened is None:
            return
        span, supersedes = self._asked
        begin, end = span if span is not None else (None, None)
        memo = Memo(new_id(), opened.me, self._deps.now(), words, self._recording, begin, end, None, supersedes)
        self.box.save_button.setEnabled(False)
        self._work.run(
            lambda: service.add_memo(opened.study.id, memo), lambda _: self._on_added(memo), self._on_failed, owner=self
        )

    def _on_added(self, memo: Memo) -> None:
        self.box.save_button.setEnabled(True)
        if self._opened is None:
            return
        self.box.done()
        self._show_memos((*self._all, memo))
        self._close_box()
        self.memos.setCurrentRow(next(at for at, one in enumerate(self._memos) if one.id == memo.id))

    def _on_failed(self, trouble: Trouble) -> None:
        self.box.save_button.setEnabled(True)
        self.box.problem.show_trouble(trouble)

    def _close_box(self) -> None:
        self.box.leave()
        self.foot.show()
        self._show_memo()
        self.text.setFocus()

    # --- room ---

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.StyleChange, QEvent.Type.FontChange} and hasattr(self, "foot"):
            self._fit()

    def _fit(self) -> None:
        em = QFontInfo(self.font()).pointSizeF() * self.logicalDpiY() / _POINTS_AN_INCH
        self._is_narrow = self.width() < _WIDE * em
        self.side.setMinimumWidth(0 if self._is_narrow else round(_SIDE * em))
        self.side.setMaximumWidth(_ANY if self._is_narrow else round(_SIDE * em))
        self.side_chip.setVisible(self._is_narrow)
        self._show_side(on=self._is_narrow and self.side_chip.isChecked())

    def _show_side(self, *, on: bool) -> None:
        show_on(self.side_chip, on)
        self.side.setVisible(on or not self._is_narrow)
        self.middle.setVisible(not on or not self._is_narrow)
