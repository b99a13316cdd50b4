"""The page where a person codes: codes on the left, the text with its codings, what they mean on the right."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QFontInfo, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from balint_desktop.domain.analysis.coding import Coding, Edge
from balint_desktop.domain.analysis.history import CoderWork
from balint_desktop.domain.analysis.study import CodingRound
from balint_desktop.domain.transcript.spans import Span
from balint_desktop.domain.trouble import Trouble
from balint_desktop.domain.values import RecordingId
from balint_desktop.i18n import tr, tr_in, tr_n
from balint_desktop.ui.analysis import wording
from balint_desktop.ui.analysis.code_boxes import CodeAct, CodeBox, GiveBox
from balint_desktop.ui.analysis.code_keys import REPEATED, SHORTCUTS, SIGNS, CodeAction, action_name, keys_line, keys_of
from balint_desktop.ui.analysis.codes_tree import CodesBox
from balint_desktop.ui.analysis.coding_sitting import CodingSitting
from balint_desktop.ui.analysis.coding_text import NO_TEXT, CodingText
from balint_desktop.ui.analysis.deps import AnalysisDeps, AnalysisService, OpenStudy
from balint_desktop.ui.analysis.lanes import Lanes
from balint_desktop.ui.analysis.passage_panel import PassagePanel
from balint_desktop.ui.shell.messages import Messages
from balint_desktop.ui.shell.saver import Saver
from balint_desktop.ui.shell.work import Work
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import (
    ButtonKind,
    EscapeRole,
    button,
    chip,
    set_escape_role,
    show_on,
    when_chosen,
)
from balint_desktop.ui.widgets.confirm import Confirm
from balint_desktop.ui.widgets.fields import ChoiceField
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.live_label import LiveLabel, announce
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.shortcuts import shortcut
from balint_desktop.ui.widgets.text import small, text
from balint_desktop.ui.widgets.undo_keys import takes_undo, undo_step

# In ems: below this one column is shown at a time; below that height what opens over the text takes the foot's room.
_WIDE, _LOW = 58.0, 26.0
_CODES_SIDE, _PASSAGE_SIDE = 18.0, 15.0
# As wide as a widget may be, for Qt.
_ANY = (1 << 24) - 1
_POINTS_AN_INCH = 72
_QUOTED = 160


class CodePage(QWidget):
    """One round of one coder. Tree, text and panel are views of one sitting, which is saved at each step."""

    back = Signal()
    closed = Signal(object)
    """The coder's own round is closed."""

    def __init__(self, deps: AnalysisDeps, work: Work, messages: Messages) -> None:
        super().__init__()
        named(self, "code-page")
        self._deps, self._work, self._messages = deps, work, messages
        self._opened: OpenStudy | None = None
        self._round: CodingRound | None = None
        self._service: AnalysisService | None = None
        self._selected = (0, 0)
        self._phase_at = ""
        self.sitting = CodingSitting(deps.now, self)
        self.saver: Saver[CoderWork] = Saver(work, self._on_save_failed, self._on_saved_again, threading.Lock(), self)
        self._build_head()
        self._build_middle()
        self._build_foot()
        self._lay_out()
        self._connect()
        self._set_narrow(narrow=True)

    # --- opening and leaving ---

    def show_study(
        self, service: AnalysisService, opened: OpenStudy, coding_round: CodingRound, work: CoderWork
    ) -> None:
        """Show one's own coding in a round, at what was coded last; of a closed round, at the first text."""
        self._service, self._opened, self._round = service, opened, coding_round
        # What was said of another round.
        self._inform("")
        study, number = opened.study, coding_round.number
        self.code_box.study = study.id
        self.saver.begin(lambda value: service.save_work(study.id, number, opened.me, value))
        self.sitting.begin(work, is_locked=coding_round.has_closed(opened.me))
        self.texts.blockSignals(True)
        self.texts.clear()
        for one in study.analysed:
            self.texts.addItem(wording.text_name(one), one.recording)
        shown = {one.recording for one in study.analysed} if not self.sitting.is_locked else set()
        last = max((one for one in work.codings.all if one.text in shown), key=lambda one: one.wall, default=None)
        if last is not None:
            # Back from a lock, nobody looks for where they were.
            self.texts.setCurrentIndex(self.texts.findData(last.text))
        self.texts.blockSignals(False)
        self.close_button.setVisible(study.approach.has_rounds and not self.sitting.is_locked)
        self.title.setText(self._title())
        self._close_boxes()
        self._show_text()
        self._refresh()
        if last is not None:
            self.text.go_to((last.begin, last.end))

    def go_to(self, recording: RecordingId, span: Span) -> None:
        """Show a text, and select a passage in it."""
        self.texts.setCurrentIndex(max(0, self.texts.findData(recording)))
        self.text.go_to(span)
        self.text.select(span)

    def leave(self) -> None:
        """Save what is not saved yet, and drop the study. Raise Trouble if it cannot be saved."""
        if self._opened is None:
            return
        self.panel.commit()
        self.saver.flush()
        self._opened = self._service = self._round = None
        self._inform("")
        self.give_box.hide()
        self.code_box.leave()
        self.confirm.dismiss()
        self.sitting.begin(CoderWork())
        self._show_text()
        self._refresh()

    @property
    def opened(self) -> OpenStudy | None:
        """The study on the page."""
        return self._opened

    def _title(self) -> str:
        opened, coding_round = self._opened, self._round
        if opened is None or coding_round is None:
            return ""
        who = wording.label_of(opened.study, opened.me)
        if not opened.study.approach.has_rounds:
            return tr("You are {who}").format(who=who)
        words = tr("Round {n}, you are {who}").format(n=coding_round.number, who=who)
        return tr("{round} (closed)").format(round=words) if self.sitting.is_locked else words

    # --- building ---

    def _build_head(self) -> None:
        self.back_button = button(
            tr("Back to study"), "code-back", self.back.emit, ButtonKind.QUIET, escape=EscapeRole.LEAVE
        )
        self.texts = named(ChoiceField(), "code-texts", spoken=tr("Text"))
        self.title = named(text("", "quiet"), "code-title")
        self.title.setWordWrap(False)
        self.save_state = LiveLabel("code-save-state")
        self.save_state.setWordWrap(False)
        self.where = named(text("", "quiet"), "code-where")
        self.where.setWordWrap(False)

    def _build_middle(self) -> None:
        self.codes = CodesBox(self.sitting)
        self.tree = self.codes.tree
        self.text = CodingText("code-text", tr("Text to code"))
        self.lanes = Lanes(self.sitting, self.text, self.text)
        self.text.set_lanes(self.lanes)
        self.give_box = GiveBox(self.sitting)
        self.code_box = CodeBox(self.sitting, self._deps.drafts)
        self.confirm = Confirm("code-close")
        self.panel = PassagePanel(self.sitting)
        self.news = LiveLabel("code-news", "quiet")

    def _build_foot(self) -> None:
        self.codes_chip = chip(tr_in("analysis", "Codes"), "code-codes-show")
        self.panel_chip = chip(tr("This passage"), "code-passage-show")
        self.give_button = button(action_name(CodeAction.GIVE), "code-give-open", partial(self._do, CodeAction.GIVE))
        self.give_button.setToolTip(keys_of(CodeAction.GIVE))
        self.new_button = button(action_name(CodeAction.NEW), "code-new", partial(self._do, CodeAction.NEW))
        self.new_button.setToolTip(keys_of(CodeAction.NEW))
        self.more_button = button(tr("More…"), "code-more", self._on_more)
        self.close_button = button(tr("Close my round…"), "code-close-round", self._on_close_round)
        self.keys_line = named(small(keys_line()), "code-keys-line")

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(self.back_button)
        head.addWidget(self.texts)
        head.addWidget(self.title, 1)
        head.addWidget(self.save_state)
        self.middle = QWidget()
        column = layouts.column(self.middle, 6)
        column.addWidget(self.give_box)
        column.addWidget(self.code_box)
        column.addWidget(self.text, 1)
        column.addWidget(self.panel.memo_form)
        column.addWidget(self.where)
        self._row = QWidget()
        # The window may be made narrower than three columns in one step: two of them hide then.
        self._row.setMinimumWidth(1)
        row = layouts.row(self._row, 16)
        row.addWidget(self.codes)
        row.addWidget(self.middle, 1)
        row.addWidget(self.panel)
        self.foot = flow(
            self.codes_chip, self.panel_chip, self.give_button, self.new_button, self.more_button, self.close_button
        )
        page = layouts.column(self, 6)
        page.addLayout(head)
        page.addWidget(self.news)
        page.addWidget(self.confirm)
        page.addWidget(self._row, 1)
        page.addWidget(self.foot)
        page.addWidget(self.keys_line)

    def _connect(self) -> None:
        self.sitting.changed.connect(self._on_changed)
        self.sitting.current_changed.connect(self._show_current)
        self.texts.currentIndexChanged.connect(lambda _: self._show_text())
        self.text.cursor_moved.connect(self._on_cursor_moved)
        self.text.sign_typed.connect(self._on_sign)
        self.text.delete_asked.connect(partial(self._do, CodeAction.REMOVE))
        self.text.customContextMenuRequested.connect(lambda at: self._open_menu(self.text.mapToGlobal(at)))
        self.lanes.chosen.connect(self._on_chosen)
        self.tree.code_opened.connect(self._give)
        self.tree.menu_asked.connect(self._open_menu)
        self.tree.currentItemChanged.connect(lambda *_: self._show_panel())
        self.panel.chosen.connect(self._on_chosen)
        self.panel.memo_asked.connect(partial(self._do, CodeAction.MEMO))
        self.panel.memo_closed.connect(self._close_boxes)
        self.give_box.given.connect(self._give)
        self.give_box.new_given.connect(self._give_new)
        self.give_box.closed.connect(self._close_boxes)
        self.code_box.done.connect(self._on_code_done)
        self.code_box.closed.connect(self._close_boxes)
        when_chosen(self.codes_chip, lambda on: self._show_side(self.codes_chip if on else None))
        when_chosen(self.panel_chip, lambda on: self._show_side(self.panel_chip if on else None))
        for action, key in SHORTCUTS.items():
            shortcut(self, key, partial(self._do, action), repeats=action in REPEATED)
        for widget in (self.text, self.tree):
            widget.installEventFilter(self)

    # --- what is shown ---

    def _show_text(self) -> None:
        """Show the chosen text, with its codings."""
        opened = self._opened
        recording = RecordingId(str(self.texts.currentData() or "")) if opened is not None else RecordingId("")
        approved = opened.texts.get(recording) if opened is not None else None
        self.panel.commit()
        if opened is None or approved is None:
            self.sitting.show_text(RecordingId(""), "")
            self.text.show_text(NO_TEXT, ())
        else:
            self.sitting.show_text(recording, approved.text, approved.turns)
            self.text.show_text(approved, opened.phases.get(recording, ()))
        self.text.fit_lanes()
        self._show_current()

    def _refresh(self) -> None:
        self.tree.show_codes()
        self.text.fit_lanes()
        self._show_current()
        is_open = not self.sitting.is_locked
        for one in (self.give_button, self.new_button):
            one.setEnabled(is_open)

    def _on_changed(self) -> None:
        self._refresh()
        self.saver.save(self.sitting.work)

    def _show_current(self) -> None:
        """Frame the coding in hand, and show what it is."""
        one = self.sitting.in_hand()
        self.text.show_passage((one.begin, one.end) if one is not None else None)
        if one is not None:
            self.tree.choose(one.code)
        self.lanes.update()
        self._show_panel()

    def _show_panel(self) -> None:
        one = self.sitting.in_hand()
        place = one.begin if one is not None else self.text.place
        self.panel.show_place(self.sitting.at(place), self.tree.chosen())
        if self.foot.isHidden() and not self._is_box_open:
            # The memo closed as another coding was taken in hand.
            self._make_room(opens=False)

    def _on_cursor_moved(self) -> None:
        """Follow the cursor: the coding in hand is the shortest at it, unless that in hand is at it, too."""
        place = self.text.place
        begin, end = self.text.selected()
        if begin != end:
            self._selected = (begin, end)
        else:
            self._selected = (place, place)
        here = [one.guid for one in self.sitting.at(place)]
        if self.sitting.current not in here:
            self.sitting.choose(here[0] if here else "")
        else:
            self._show_panel()
        turn, phase = self.text.turn_at(place), self.text.phase_at(place)
        self.where.setText(" · ".join(word for word in (phase, turn.speaker if turn is not None else "") if word))
        if phase != self._phase_at:
            self._phase_at = phase
            if phase and self.text.hasFocus():
                announce(self.text, phase)

    def _on_chosen(self, guid: str) -> None:
        """Take a coding in hand that was pointed at, and go to it."""
        one = next((each for each in self.sitting.codings if each.guid == guid), None)
        if one is not None:
            self.sitting.choose(guid)
            self.text.go_to((one.begin, one.end))
            self._read_aloud(one)

    def _read_aloud(self, one: Coding) -> None:
        """Read a coding aloud: its code, then its words."""
        name = self.sitting.book.code(one.code).name
        words = self.sitting.passage(one)
        shown = words if len(words) <= _QUOTED else f"{words[:_QUOTED].rsplit(' ', 1)[0]} …"
        announce(self.text, tr("{code}: “{passage}”").format(code=name, passage=shown))

    # --- acts ---

    def _on_sign(self, sign: str) -> None:
        action = SIGNS.get(sign.casefold())
        if action is not None:
            self._do(action)
        elif sign.isdigit() and 0 < int(sign) <= len(self.sitting.recent):
            self._give(self.sitting.recent[int(sign) - 1])

    def _do(self, action: CodeAction) -> None:
        self._messages.begin_act()
        self._acts()[action]()

    def _acts(self) -> dict[CodeAction, Callable[[], object]]:
        sitting = self.sitting
        return {
            CodeAction.GIVE: self._on_give,
            CodeAction.REPEAT: self._on_repeat,
            CodeAction.BEGIN_BACK: lambda: self._move(Edge.BEGIN, forward=False),
            CodeAction.BEGIN_ON: lambda: self._move(Edge.BEGIN, forward=True),
            CodeAction.END_BACK: lambda: self._move(Edge.END, forward=False),
            CodeAction.END_ON: lambda: self._move(Edge.END, forward=True),
            CodeAction.MEMO: self._on_memo,
            CodeAction.SPLIT: lambda: self._report(
                done=sitting.split(self.text.place),
                words=tr("Split."),
                otherwise=tr("Put the cursor inside a coded passage to split it."),
            ),
            CodeAction.REMOVE: self._on_remove,
            CodeAction.NEXT: lambda: self._go(forward=True),
            CodeAction.PREVIOUS: lambda: self._go(forward=False),
            CodeAction.NEW: lambda: self._ask(CodeAct.NEW),
            CodeAction.RENAME: lambda: self._ask(CodeAct.RENAME),
            CodeAction.MERGE: lambda: self._ask(CodeAct.MERGE),
            CodeAction.NEST: lambda: self._ask(CodeAct.NEST),
            CodeAction.RETIRE: self._on_retire,
            CodeAction.UNDO: lambda: self._undo(back=True),
            CodeAction.REDO: lambda: self._undo(back=False),
        }

    def _on_give(self) -> None:
        if not self._may_change():
            return
        begin, end = self.sitting.words_in(*self._selected)
        if begin == end:
            self._inform(tr("Select the words to code first."))
            return
        self._close_boxes(focus=False)
        self._make_room(opens=True)
        self._show_side(None)
        self.give_box.ask()

    def _on_repeat(self) -> None:
        if self.sitting.last:
            self._give(self.sitting.last)
        else:
            announce(self.text, tr("No code given yet."))

    def _give(self, code: str) -> None:
        """Give a code to what is selected, or to the word at the cursor."""
        begin, end = self._selected
        if not self._may_change():
            return
        if self.sitting.book.code(code).is_retired:
            self._inform(tr("This code is retired. Use it again from its menu first."))
        elif self.sitting.give(code, begin, end):
            one = self.sitting.in_hand()
            if one is not None:
                self.text.move_cursor(one.begin)
                self._read_aloud(one)
        self._close_boxes()

    def _give_new(self, name: str) -> None:
        if self._may_change():
            code = self.sitting.new_code(name)
            self._give(code)

    def _move(self, edge: Edge, *, forward: bool) -> None:
        one = self.sitting.in_hand()
        if one is None:
            announce(self.text, tr("Nothing is coded here."))
        elif self.sitting.move(edge, forward=forward):
            moved = self.sitting.in_hand()
            if moved is not None and not moved.begin <= self.text.place <= moved.end:
                self.text.move_cursor(moved.begin)
            if moved is not None:
                announce(self.text, self.sitting.passage(moved))

    def _on_memo(self) -> None:
        """Open the memo under the passage, which stays in view."""
        one = self.sitting.in_hand()
        if one is None:
            self._inform(tr("Put the cursor in a coded passage to write a memo on it."))
            return
        self._close_boxes(focus=False)
        self._make_room(opens=True)
        self._show_side(None)
        self.panel.open_memo()
        layout = self.middle.layout()
        if layout is not None:
            layout.activate()
        self.text.go_to((one.begin, one.end))

    def _on_remove(self) -> None:
        one = self.sitting.in_hand()
        name = self.sitting.book.code(one.code).name if one is not None else ""
        words = tr("“{code}” removed here.").format(code=name)
        self._report(done=self.sitting.remove(), words=words, otherwise=tr("Nothing is coded here."))

    def _go(self, *, forward: bool) -> None:
        one = self.sitting.beside(self.text.place, forward=forward)
        if one is None:
            announce(self.text, tr("No more passages."))
            return
        self._on_chosen(one.guid)
        self.text.setFocus()

    def _ask(self, act: CodeAct) -> None:
        if not self._may_change():
            return
        code = self._code_in_hand() if act is not CodeAct.NEW else ""
        if act is not CodeAct.NEW and not code:
            self._inform(tr("Choose a code first."))
            return
        self._close_boxes(focus=False)
        self._make_room(opens=True)
        self._show_side(None)
        with self._messages.attempt():
            self.code_box.ask(act, code)

    def _on_retire(self) -> None:
        code = self._code_in_hand()
        if not self._may_change():
            return
        if not code:
            self._inform(tr("Choose a code first."))
            return
        was = self.sitting.book.code(code)
        self.sitting.retire(code, is_retired=not was.is_retired)
        words = (
            tr("“{code}” is in use again.") if was.is_retired else tr("“{code}” is retired. Its passages stay coded.")
        )
        self._inform(words.format(code=was.name))

    def _undo(self, *, back: bool) -> None:
        self.panel.commit()
        changed = self.sitting.undo() if back else self.sitting.redo()
        if changed is False:
            announce(self.text, tr("Nothing to undo.") if back else tr("Nothing to redo."))
            return
        if isinstance(changed, Coding):
            self.text.go_to((changed.begin, changed.end))
        announce(self.text, tr("Undone.") if back else tr("Redone."))

    def _on_code_done(self, code: str) -> None:
        self._close_boxes()
        self.tree.choose(code)
        self._show_panel()

    def _report(self, *, done: bool, words: str, otherwise: str) -> None:
        announce(self.text, words if done else otherwise)

    def _inform(self, words: str) -> None:
        self.news.announce(words)

    def _may_change(self) -> bool:
        self.news.announce("")
        if self.sitting.is_locked:
            self._inform(tr("Your round is closed. Your coding can no longer be changed."))
        return not self.sitting.is_locked

    def _code_in_hand(self) -> str:
        one = self.sitting.in_hand()
        return self.tree.chosen() or (one.code if one is not None else "")

    def _close_boxes(self, *, focus: bool = True) -> None:
        self.panel.commit()
        for box in (self.give_box, self.panel.memo_form):
            box.hide()
        self.code_box.leave()
        self._make_room(opens=False)
        if focus:
            self.text.setFocus()

    # --- the menu ---

    def _on_more(self) -> None:
        self._open_menu(self.more_button.mapToGlobal(QPoint(0, self.more_button.height())))

    def menu(self) -> QMenu:
        """Return the menu of everything that can be done, with its keys."""
        menu = named(QMenu(self), "code-menu", spoken=tr("More"))
        code = self._code_in_hand()
        is_retired = bool(code) and self.sitting.book.code(code).is_retired
        parts = (
            (CodeAction.GIVE, CodeAction.REPEAT, CodeAction.MEMO),
            (CodeAction.BEGIN_BACK, CodeAction.BEGIN_ON, CodeAction.END_BACK, CodeAction.END_ON),
            (CodeAction.SPLIT, CodeAction.REMOVE, CodeAction.NEXT, CodeAction.PREVIOUS),
            (CodeAction.NEW, CodeAction.RENAME, CodeAction.MERGE, CodeAction.NEST, CodeAction.RETIRE),
            (CodeAction.UNDO, CodeAction.REDO),
        )
        for part in parts:
            for action in part:
                words = action_name(action, is_retired=is_retired)
                row = menu.addAction(f"{words}\t{keys_of(action)}", partial(self._do, action))
                row.setEnabled(not self.sitting.is_locked or action in {CodeAction.NEXT, CodeAction.PREVIOUS})
            menu.addSeparator()
        menu.aboutToHide.connect(menu.deleteLater, Qt.ConnectionType.QueuedConnection)
        return menu

    def _open_menu(self, at: QPoint) -> None:
        self.menu().popup(at)

    # --- closing one's round ---

    def _on_close_round(self) -> None:
        count = len(self.sitting.work.codings.all)
        words = tr_n(
            "Close your round with {n} coded passage? You cannot change it afterwards.",
            "Close your round with {n} coded passages? You cannot change them afterwards.",
            count,
        ).format(n=count)
        if self._opened is not None and self._opened.is_guest:
            words = f"{words} {tr('Then you can send it back.')}"
        elif self._round is not None and len(self._round.authors) > 1:
            words = f"{words} {tr('Then you can open what the others coded, and compare.')}"
        self._close_boxes(focus=False)
        self.confirm.ask(words, tr("Close my round"), self._close_round, self.close_button)

    def _close_round(self) -> None:
        service, opened, coding_round = self._service, self._opened, self._round
        if service is None or opened is None or coding_round is None:
            return
        self.panel.commit()
        with self._messages.act():
            self.saver.flush()
            self.sitting.is_locked = True
            self._refresh()
            self._work.run(
                lambda: service.close_round(opened.study.id, coding_round.number, opened.me),
                self.closed.emit,
                self._on_close_failed,
                owner=self,
            )

    def _on_close_failed(self, trouble: Trouble) -> None:
        self.sitting.is_locked = False
        self._refresh()
        self._messages.trouble(trouble)

    # --- saving ---

    def _on_save_failed(self, trouble: Trouble) -> None:
        self.save_state.follow(tr("Not saved yet"))
        self._messages.trouble(trouble)

    def _on_saved_again(self) -> None:
        self.save_state.follow(tr("Saved"))

    # --- room and keys ---

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Undo and redo where nothing is typed; in a field they are the field's own."""
        if takes_undo(event):
            return True
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = undo_step(event)
            if step is not None:
                self._do(CodeAction.UNDO if step < 0 else CodeAction.REDO)
                return True
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.StyleChange, QEvent.Type.FontChange} and hasattr(self, "keys_line"):
            self._fit()

    def _em(self) -> float:
        return QFontInfo(self.font()).pointSizeF() * self.logicalDpiY() / _POINTS_AN_INCH

    def _fit(self) -> None:
        em = self._em()
        is_beside = self.width() >= _WIDE * em
        for side, ems in ((self.codes, _CODES_SIDE), (self.panel, _PASSAGE_SIDE)):
            side.setMinimumWidth(round(ems * em) if is_beside else 0)
            side.setMaximumWidth(round(ems * em) if is_beside else _ANY)
        self._set_narrow(narrow=self.width() < _WIDE * em)
        self.keys_line.setVisible(self.height() >= _LOW * em)
        self.title.setVisible(self.width() >= 0.6 * _WIDE * em)
        self._make_room(opens=self._is_box_open)

    @property
    def _is_box_open(self) -> bool:
        return not all(box.isHidden() for box in (self.give_box, self.code_box, self.panel.memo_form))

    def _make_room(self, *, opens: bool) -> None:
        is_low = self.height() < _LOW * self._em()
        self.foot.setVisible(not (opens and is_low))
        self.where.setVisible(not is_low)

    def _set_narrow(self, *, narrow: bool) -> None:
        self._is_narrow = narrow
        self.codes_chip.setVisible(narrow)
        self.panel_chip.setVisible(narrow)
        shown = next((one for one in (self.codes_chip, self.panel_chip) if one.isChecked()), None)
        self._show_side(shown if narrow else None)

    def _show_side(self, shown: QWidget | None) -> None:
        """Where there is room for one column alone, show a side in place of the text, or the text."""
        for one, side in ((self.codes_chip, self.codes), (self.panel_chip, self.panel)):
            show_on(one, one is shown)
            # What is in place of the text is closed before the page is left.
            set_escape_role(one, EscapeRole.CANCEL if one is shown else None)
            side.setVisible(not self._is_narrow or one is shown)
        self.middle.setVisible(not self._is_narrow or shown is None)
