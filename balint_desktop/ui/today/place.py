"""The place Today: next sessions, open matters, Get ready."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from balint_desktop.domain.values import GroupId, ParticipantCode
from balint_desktop.i18n import tr, tr_n
from balint_desktop.ui.shell.messages import Messages
from balint_desktop.ui.shell.place import Place
from balint_desktop.ui.today.cards import NextSession, when
from balint_desktop.ui.today.open_matters import OpenLine
from balint_desktop.ui.today.transcribing import TranscribingLine
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, button
from balint_desktop.ui.widgets.card import Card
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.narrow import READABLE, column_in, narrow
from balint_desktop.ui.widgets.tab_order import follow_layout
from balint_desktop.ui.widgets.text import quiet, small, subheading, text

# As many as can be taken in at a glance; a button shows the rest.
_CARDS = 3
_OPEN_LINES = 4


@dataclass(frozen=True, slots=True)
class Presented:
    """Members who have presented and who have not, by code."""

    presented: tuple[ParticipantCode, ...] = ()
    not_yet: tuple[ParticipantCode, ...] = ()


@dataclass(frozen=True, slots=True)
class TodayView:
    """Today's contents. `unfinished` is the sentence on a session to resume, `vault_offer` a button's label.

    `backup` is how old the last backup is, where no open matter says so. Each is empty if there is none.
    """

    lines: tuple[NextSession, ...] = ()
    unfinished: str = ""
    still_runs: bool = False
    has_vault: bool = True
    vault_offer: str = ""
    open_lines: tuple[OpenLine, ...] = ()
    backup: str = ""


class TodayPlace(Place):
    """One card for each group, and open matters. `look` gathers the contents each time the place comes into view.

    `presented` returns who has presented, for the facilitator only: requested for one group at a time and removed
    when the page is left. It returns nothing during a session, and is not offered without a vault. `transcribing`
    returns the line on the transcription that runs or waits, empty without one.
    """

    get_ready_asked = Signal(str)  # the group's id
    return_asked = Signal()
    create_group_asked = Signal()
    coding_file_asked = Signal()
    without_group_asked = Signal()
    vault_asked = Signal()
    open_asked = Signal(object)  # the open matter
    transcripts_asked = Signal()

    def __init__(
        self,
        look: Callable[[], TodayView],
        messages: Messages,
        presented: Callable[[GroupId], Presented | None] | None = None,
        transcribing: Callable[[], str] = str,
    ) -> None:
        super().__init__("today", tr("Today"))
        self._look = look
        self._messages = messages
        self._presented = presented
        self._transcribing = transcribing
        self._first: QPushButton | None = None
        self._view = TodayView()
        self._shows_all = False
        self._cards = QWidget()
        self._rows = column_in(self._cards)
        self._rows.setSpacing(14)
        self.transcribing_line = TranscribingLine()
        self.transcribing_line.asked.connect(self.transcripts_asked)
        self.body.addWidget(self._cards)
        self.body.addWidget(narrow(self.transcribing_line, READABLE))
        self.body.addStretch(1)

    def first_focus(self) -> QPushButton | None:
        return self._first

    def enter_view(self) -> None:
        with self._messages.attempt():
            self._view = self._look()
            self._show()
            self.show_transcribing()

    def show_transcribing(self) -> None:
        """Show how far a transcription is: this line alone, since progress comes often."""
        self.transcribing_line.show_words(self._transcribing())

    def refresh(self) -> None:
        """Gather the contents again while the page is in view; what has the focus keeps it."""
        with self._messages.attempt():
            view = self._look()
            if view == self._view:
                return
            self._view = view
            focus = self.focusWidget()
            name = focus.objectName() if focus is not None and self._cards.isAncestorOf(focus) else ""
            self._show()
            # The earlier ones are hidden, and deleted later.
            for again in self._cards.findChildren(QPushButton, name) if name else ():
                if not again.isHidden():
                    again.setFocus()

    def leave_view(self) -> None:
        """Remove who has presented, so that no later viewer sees it."""
        for asked in self._cards.findChildren(QPushButton):
            if asked.isCheckable():
                asked.setChecked(False)
        self._shows_all = False

    def _show(self) -> None:
        view = self._view
        self._clear()
        if view.unfinished:
            self._rows.addWidget(self._unfinished_card(view))
        shown = view.lines if self._shows_all else view.lines[:_CARDS]
        for number, line in enumerate(shown):
            self._rows.addWidget(self._group_card(line, is_first=number == 0 and not view.unfinished))
            if number == 0 and view.open_lines:
                self._rows.addWidget(self._open_card(view.open_lines))
        if not view.lines and view.open_lines:
            self._rows.addWidget(self._open_card(view.open_lines))
        self._add_other_ways(view)
        follow_layout(self)

    def _show_all(self) -> None:
        self._shows_all = True
        self._show()
        if self._first is not None:
            self._first.setFocus()

    def _more_button(self, hidden: int) -> QPushButton:
        return button(
            tr_n("{n} more group", "{n} more groups", hidden).format(n=hidden),
            "today-more",
            self._show_all,
            ButtonKind.QUIET,
            shortcut="Alt+M",
        )

    def _coding_file_button(self) -> QPushButton:
        return button(tr("Open a coding file…"), "today-coding-file", self.coding_file_asked.emit, ButtonKind.QUIET)

    def _add_other_ways(self, view: TodayView) -> None:
        alone = button(
            tr("Session without a group"),
            "without-group",
            self.without_group_asked.emit,
            ButtonKind.QUIET if view.has_vault else ButtonKind.PRIMARY,
            shortcut="Alt+W",
            description=tr("Clock and prompts only. Nothing is recorded or saved."),
        )
        if not view.has_vault:
            self._rows.addWidget(quiet(tr("Clock and prompts only. Nothing is recorded or saved.")))
            ways = [alone]
            if view.vault_offer:
                ways.append(button(view.vault_offer, "way-to-vault", self.vault_asked.emit, shortcut="Alt+V"))
            self._rows.addWidget(flow(*ways))
            self._first = self._first or alone
            return
        if not view.lines:
            self._rows.addWidget(text(tr("Create your first group and its next session will appear here.")))
        kind = ButtonKind.QUIET if view.lines else ButtonKind.PRIMARY
        name_group = button(tr("New group"), "name-group", self.create_group_asked.emit, kind, shortcut="Alt+N")
        hidden = 0 if self._shows_all else len(view.lines) - _CARDS
        more = [self._more_button(hidden)] if hidden > 0 else []
        # Who codes for somebody else's study may lead no group at all.
        coding_file = [self._coding_file_button()] if not view.lines else []
        self._rows.addWidget(flow(*more, name_group, alone, *coding_file))
        if view.backup:
            self._rows.addWidget(named(small(view.backup), "today-backup"))
        self._first = self._first or name_group

    def _unfinished_card(self, view: TodayView) -> Card:
        card = Card("unfinished-card")
        card.body.setSpacing(10)
        card.body.addWidget(
            subheading(tr("Your session is still running") if view.still_runs else tr("Your session is not finished"))
        )
        card.body.addWidget(named(text(view.unfinished), "unfinished-words"))
        back = button(
            tr("Return to the session"),
            "return-to-session",
            self.return_asked.emit,
            ButtonKind.PRIMARY,
            shortcut="Alt+R",
        )
        card.body.addWidget(back)
        self._first = back
        return card

    def _group_card(self, line: NextSession, *, is_first: bool) -> Card:
        identifier = f"group-card-{line.group}"
        card = Card(identifier, roomy=True)
        card.body.setSpacing(6)
        card.body.addWidget(named(subheading(line.name), f"{identifier}-name"))
        card.body.addWidget(named(quiet(when(line)), f"{identifier}-when"))
        card.body.addSpacing(4)
        ready = button(
            tr("Get ready"),
            f"get-ready-{line.group}",
            lambda: self.get_ready_asked.emit(line.group),
            ButtonKind.PRIMARY if is_first and not line.all_done else ButtonKind.PLAIN,
            shortcut="Alt+G" if is_first else "",
            description=line.name,
        )
        if is_first:
            self._first = ready
        if self._presented is None or line.number == 1:
            card.body.addWidget(ready)
            return card
        presented_label = named(quiet(""), f"{identifier}-presented")
        presented_label.hide()
        who = button(tr("Who has presented"), f"{identifier}-who", kind=ButtonKind.QUIET, description=line.name)
        who.setCheckable(True)
        who.toggled.connect(lambda on: self._show_presented(line.group, presented_label, on=on))
        card.body.addWidget(flow(ready, who))
        card.body.addWidget(presented_label)
        return card

    def _show_presented(self, group: GroupId, label: QLabel, *, on: bool) -> None:
        label.setText("")
        with self._messages.attempt():
            found = self._presented(group) if on and self._presented is not None else None
            if found is not None:
                label.setText(presented_words(found))
            label.setVisible(found is not None)

    def _open_card(self, lines: tuple[OpenLine, ...]) -> Card:
        card = Card("today-open", roomy=True)
        card.body.setSpacing(6)
        card.body.addWidget(named(subheading(tr("To do")), "today-open-title"))
        shown = lines if self._shows_all else lines[:_OPEN_LINES]
        for number, line in enumerate(shown, start=1):
            card.body.addWidget(self._open_line(number, line))
        if len(lines) > len(shown):
            left = len(lines) - len(shown)
            words = tr_n("{n} more", "{n} more", left).format(n=left)
            card.body.addWidget(button(words, "today-open-more", self._show_all, ButtonKind.QUIET))
        return card

    def _open_line(self, number: int, line: OpenLine) -> QWidget:
        holder = QWidget()
        row = layouts.row(holder, 16)
        lead = button(
            line.button,
            f"today-open-{number}",
            lambda: self.open_asked.emit(line.matter),
            ButtonKind.QUIET,
            description=line.words,
        )
        row.addWidget(named(text(line.words), f"today-open-{number}-words"), 1)
        row.addWidget(lead)
        return holder

    def _clear(self) -> None:
        self._first = None
        layouts.clear(self._rows)


def presented_words(presented: Presented) -> str:
    """Return who has presented and who has not, without counts."""
    have, have_not = ", ".join(presented.presented), ", ".join(presented.not_yet)
    if not presented.presented:
        return tr("No one has presented yet.")
    if not presented.not_yet:
        return tr("Everyone has presented.")
    return tr("Presented: {have}. Not yet: {have_not}.").format(have=have, have_not=have_not)
