"""Attendance and presenter, by code, on request."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QWidget

from balint_desktop.domain.group.group import Participant
from balint_desktop.domain.values import ParticipantCode
from balint_desktop.i18n import tr
from balint_desktop.session.controller import SessionController
from balint_desktop.ui.room.panel import RoomPanel
from balint_desktop.ui.widgets.buttons import chip, show_on, when_chosen
from balint_desktop.ui.widgets.flow import FlowLayout
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.text import quiet, text


def in_seats(members: tuple[Participant, ...]) -> list[Participant]:
    """Return the members in seating order; those without a seat come last, in the order of their codes."""
    return sorted(members, key=lambda p: (p.seat is None, p.seat or 0, int(p.code[1:])))


class WhoPanel(RoomPanel):
    """Chips for attendance, and for the presenter of each case."""

    def __init__(self, session: SessionController) -> None:
        super().__init__("who", tr("Who is here"))
        self._session = session
        self._here: dict[ParticipantCode, QPushButton] = {}
        self._presents: dict[tuple[int, ParticipantCode], QPushButton] = {}
        members = in_seats(session.group.participants)
        self.body.addWidget(quiet(tr("Tap whoever arrives late or leaves. No reason is kept.")))
        self.body.addWidget(self._flow("who-here", [self._here_chip(member.code) for member in members]))
        cases = session.format.cases
        for case in range(1, cases + 1):
            label = tr("Who presents") if cases == 1 else tr("Who presents case {n}").format(n=case)
            self.body.addSpacing(10)
            self.body.addWidget(named(text(label), f"who-case-{case}"))
            chips = [self._presenter_chip(case, member.code) for member in members]
            self.body.addWidget(self._flow(f"who-presents-{case}", chips))
        self.body.addWidget(quiet(tr("You can leave this open and put it right after the session.")))
        self.body.addStretch(1)

    def first_focus(self) -> QWidget:
        return next(iter(self._here.values()), self.back)

    def refresh(self) -> None:
        state = self._session.state
        for code, made in self._here.items():
            show_on(made, code in state.present)
        for (case, code), made in self._presents.items():
            show_on(made, state.presenters.get(case) == code)
            made.setEnabled(code in state.attended)

    def _flow(self, identifier: str, chips: list[QPushButton]) -> QWidget:
        holder = named(QWidget(), identifier)
        row = FlowLayout(holder)
        for made in chips:
            row.addWidget(made)
        return holder

    def _here_chip(self, code: ParticipantCode) -> QPushButton:
        made = chip(code, f"here-{code}")
        made.setAccessibleDescription(tr("{code} is in the room").format(code=code))
        when_chosen(made, lambda on: self._session.mark_arrived(code) if on else self._session.mark_left(code))
        self._here[code] = made
        return made

    def _presenter_chip(self, case: int, code: ParticipantCode) -> QPushButton:
        made = chip(code, f"presents-{case}-{code}")
        made.setAccessibleDescription(tr("{code} presents").format(code=code))
        when_chosen(made, lambda on: self._session.choose_presenter(code if on else None, case))
        self._presents[case, code] = made
        return made
