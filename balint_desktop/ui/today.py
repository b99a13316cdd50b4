"""What comes next: the place one lands in, with the next session of each group and one button to get ready."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from balint_desktop.domain.trouble import Trouble
from balint_desktop.i18n import tr
from balint_desktop.ui.messages import Messages
from balint_desktop.ui.naming import named
from balint_desktop.ui.place import Place
from balint_desktop.ui.today_cards import NextSession, when
from balint_desktop.ui.widgets.buttons import ButtonKind, button
from balint_desktop.ui.widgets.card import Card
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.narrow import column_in
from balint_desktop.ui.widgets.text import quiet, subheading, text


@dataclass(frozen=True, slots=True)
class TodayView:
    """What Today shows. `unfinished` is the sentence on a session to return to, `way_to_vault` the words of a button.

    Each is empty where there is none.
    """

    lines: tuple[NextSession, ...] = ()
    unfinished: str = ""
    has_vault: bool = True
    way_to_vault: str = ""


class TodayPlace(Place):
    """Cards, one for each group. `look` gathers what is shown each time the place comes into view."""

    get_ready_asked = Signal(str)  # the group's id
    return_asked = Signal()
    name_group_asked = Signal()
    without_group_asked = Signal()
    vault_asked = Signal()

    def __init__(self, look: Callable[[], TodayView], messages: Messages) -> None:
        super().__init__("today", tr("Today"))
        self._look = look
        self._messages = messages
        self._first: QPushButton | None = None
        self._cards = QWidget()
        self._rows = column_in(self._cards)
        self._rows.setSpacing(14)
        self.body.addWidget(self._cards)
        self.body.addStretch(1)

    def first_focus(self) -> QPushButton | None:
        return self._first

    def entered(self) -> None:
        try:
            view = self._look()
        except Trouble as trouble:
            self._messages.trouble(trouble)
            return
        self._clear()
        if view.unfinished:
            self._add(self._unfinished_card(view.unfinished))
        for number, line in enumerate(view.lines):
            self._add(self._group_card(line, is_first=number == 0 and not view.unfinished))
        self._add_other_ways(view)

    def _add_other_ways(self, view: TodayView) -> None:
        alone = button(
            tr("A session without a group"),
            "without-group",
            self.without_group_asked.emit,
            ButtonKind.QUIET if view.has_vault else ButtonKind.PRIMARY,
            shortcut="Alt+W",
            description=tr("The clock and the prompts; nothing is recorded or kept."),
        )
        if not view.has_vault:
            self._add(quiet(tr("The clock and the prompts. No microphone, and nothing is kept.")))
            ways = [alone]
            if view.way_to_vault:
                ways.append(button(view.way_to_vault, "way-to-vault", self.vault_asked.emit, shortcut="Alt+V"))
            self._add(flow(*ways))
            self._first = self._first or alone
            return
        if not view.lines:
            self._add(text(tr("Name your first group, and its next session will stand here.")))
        kind = ButtonKind.QUIET if view.lines else ButtonKind.PRIMARY
        name_group = button(tr("Name a group"), "name-group", self.name_group_asked.emit, kind, shortcut="Alt+N")
        self._add(flow(name_group, alone))
        self._first = self._first or name_group

    def _unfinished_card(self, words: str) -> Card:
        card = Card("unfinished-card")
        card.body.setSpacing(10)
        card.body.addWidget(subheading(tr("A session is not closed yet")))
        card.body.addWidget(named(text(words), "unfinished-words"))
        back = button(
            tr("Return to it"), "return-to-session", self.return_asked.emit, ButtonKind.PRIMARY, shortcut="Alt+R"
        )
        card.body.addWidget(back)
        self._first = back
        return card

    def _group_card(self, line: NextSession, *, is_first: bool) -> Card:
        identifier = f"group-card-{line.group.id}"
        card = Card(identifier)
        card.body.setContentsMargins(20, 16, 20, 16)
        card.body.setSpacing(6)
        card.body.addWidget(named(subheading(line.group.name), f"{identifier}-name"))
        card.body.addWidget(named(quiet(when(line)), f"{identifier}-when"))
        card.body.addSpacing(4)
        ready = button(
            tr("Get ready"),
            f"get-ready-{line.group.id}",
            lambda: self.get_ready_asked.emit(line.group.id),
            ButtonKind.PRIMARY if is_first and not line.all_done else ButtonKind.PLAIN,
            shortcut="Alt+G" if is_first else "",
            description=line.group.name,
        )
        card.body.addWidget(ready)
        if is_first:
            self._first = ready
        return card

    def _add(self, widget: QWidget) -> None:
        self._rows.addWidget(widget)

    def _clear(self) -> None:
        self._first = None
        while (item := self._rows.takeAt(0)) is not None:
            item.widget().hide()
            item.widget().deleteLater()
