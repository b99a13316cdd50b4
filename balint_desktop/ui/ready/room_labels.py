"""Choose what stands for people in the room: codes, seats or initials."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from balint_desktop.domain.group.group import Group, RoomLabels
from balint_desktop.domain.group.labels import labels_in_room
from balint_desktop.domain.group.roster import Roster
from balint_desktop.domain.trouble import Trouble
from balint_desktop.domain.values import ParticipantCode
from balint_desktop.i18n import tr
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.attempt import Attempt
from balint_desktop.ui.widgets.buttons import chip, show_on, when_chosen
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.lifetime import while_alive
from balint_desktop.ui.widgets.names_source import NamesSource
from balint_desktop.ui.widgets.text import quiet


class RoomLabelsBox(QWidget):
    """Three pills, one of them on; hidden where the group has neither seats nor names.

    Initials are made when they are chosen, or as the page opens where the group chose them before and the names can
    be read without asking for the passphrase. Only the initials stay in memory.
    """

    changed = Signal()

    def __init__(self, group: Group, names: NamesSource | None, report: Callable[[Trouble], object]) -> None:
        super().__init__()
        self._group = group
        self._names = names
        self._report = report
        self.labels: Mapping[ParticipantCode, str] = {}
        self.chosen = RoomLabels.CODES
        self.chips: dict[RoomLabels, QPushButton] = {}
        for kind, words in (
            (RoomLabels.CODES, tr("Codes")),
            (RoomLabels.SEATS, tr("Seats")),
            (RoomLabels.INITIALS, tr("Initials")),
        ):
            made = chip(words, f"room-labels-{kind}")
            when_chosen(made, partial(self._on_chosen, kind))
            self.chips[kind] = made
        has_seats = any(member.seat is not None for member in group.participants)
        has_names = names is not None and names.exist()
        self.is_offered = has_seats or has_names
        column = layouts.column(self, 6)
        column.addWidget(quiet(tr("On the screen, show people as")))
        column.addWidget(flow(*self.chips.values()))
        self.chips[RoomLabels.SEATS].setVisible(has_seats)
        self.chips[RoomLabels.INITIALS].setVisible(has_names)
        self._show()
        self._restore(group.room_labels)

    def _restore(self, kind: RoomLabels) -> None:
        """Choose what the group chose the last time, if that needs no passphrase."""
        can_read = self._names is not None and self._names.exist() and self._names.can_read()
        if kind is RoomLabels.SEATS or (kind is RoomLabels.INITIALS and can_read):
            self.choose(kind)

    def _on_chosen(self, kind: RoomLabels, _on: bool) -> None:
        self.choose(kind)

    def choose(self, kind: RoomLabels) -> None:
        """Choose a kind; initials once the names were read."""
        self._show()
        if kind is RoomLabels.INITIALS and self._names is not None:
            with Attempt(self._report):
                self._names.read(while_alive(self, partial(self._apply, kind)))
        else:
            self._apply(kind, Roster())

    def _apply(self, kind: RoomLabels, names: Roster) -> None:
        self.chosen = kind
        self.labels = labels_in_room(self._group.participants, kind, seat_words, names)
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        for kind, made in self.chips.items():
            show_on(made, kind is self.chosen)


def seat_words(number: int) -> str:
    """Return the label of a seat."""
    return tr("Seat {n}").format(n=number)
