"""Attendance and presenter, by code, on request."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QPushButton, QWidget

from balint_desktop.domain.group.group import Participant
from balint_desktop.domain.values import ParticipantCode
from balint_desktop.i18n import tr
from balint_desktop.session.controller import SessionController
from balint_desktop.ui.room.panel import RoomPanel
from balint_desktop.ui.widgets.buttons import button, chip, show_on, when_chosen
from balint_desktop.ui.widgets.flow import FlowLayout
from balint_desktop.ui.widgets.live_label import LiveLabel
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.slots import Slot
from balint_desktop.ui.widgets.text import quiet, text


def in_seats(members: tuple[Participant, ...]) -> list[Participant]:
    """Return the members in seating order; those without a seat come last, in the order of their codes."""
    return sorted(members, key=lambda p: (p.seat is None, p.seat or 0, int(p.code[1:])))


class AttendancePanel(RoomPanel):
    """Chips for attendance, and for the presenter of each case.

    `labels` are what to show for a code: a seat or initials, if chosen beforehand. They are stored nowhere.
    `others` are who leads or observes besides.
    """

    def __init__(
        self,
        session: SessionController,
        labels: Mapping[ParticipantCode, str] | None = None,
        others: Sequence[str] = (),
    ) -> None:
        super().__init__("who", tr("Who is here"))
        self._session = session
        self._labels = dict(labels or {})
        self._changed: tuple[ParticipantCode, bool] | None = None
        self._here: dict[ParticipantCode, QPushButton] = {}
        self._presents: dict[tuple[int, ParticipantCode], QPushButton] = {}
        members = in_seats(session.group.participants)
        if members:
            self.body.addWidget(quiet(tr("Update this if someone arrives late or leaves. No reason is stored.")))
        else:
            self.body.addWidget(named(text(_nobody_words(session)), "who-nobody"))
        self.body.addWidget(self._flow("who-here", [self._here_chip(member.code) for member in members]))
        if others:
            words = tr("Also here: {people}").format(people=", ".join(others))
            self.body.addWidget(named(text(words), "who-others"))
        self.change = LiveLabel("who-change", keeps_room=True)
        self.undo = button(tr("Undo"), "who-undo", self._on_undo)
        self.body.addWidget(self.change)
        self.body.addWidget(Slot(self.undo))
        self.observer = chip(tr("An observer or visitor is here"), "observer-here")
        self.observer_agrees = chip(tr("They agree to being recorded"), "observer-agrees")
        when_chosen(self.observer, self._on_observer)
        when_chosen(self.observer_agrees, self._on_observer_agrees)
        observers = self._flow("who-observers", [self.observer, self.observer_agrees])
        self.body.addWidget(observers)
        # Not a word of recording where there is none.
        observers.setVisible(session.recording.controller is not None)
        cases = session.format.cases if members else 0
        for case in range(1, cases + 1):
            label = tr("Who presents") if cases == 1 else tr("Who presents case {n}").format(n=case)
            self.body.addSpacing(10)
            self.body.addWidget(named(text(label), f"who-case-{case}"))
            chips = [self._presenter_chip(case, member.code) for member in members]
            self.body.addWidget(self._flow(f"who-presents-{case}", chips))
        if members:
            self.body.addWidget(quiet(tr("You can leave this open, and correct it after the session.")))
        self.body.addStretch(1)

    def first_focus(self) -> QWidget:
        return next(iter(self._here.values()), self.back)

    def opened(self) -> None:
        """Forget the last change: it was seen."""
        self._show_change(None)

    def _label(self, code: ParticipantCode) -> str:
        return self._labels.get(code, code)

    def _on_here(self, code: ParticipantCode, *, here: bool) -> None:
        if here:
            self._session.mark_arrived(code)
        else:
            self._session.mark_left(code)
        self._show_change((code, here))

    def _on_observer(self, here: bool) -> None:
        """Off the record until an observer has agreed: they count like everyone in the room."""
        if here:
            self._session.mark_observer_arrived(agreed=False)
        else:
            self._session.mark_observer_left()
        # The room's view says nothing of observers, so that it may be the same as before.
        self.refresh()

    def _on_observer_agrees(self, agreed: bool) -> None:
        self._session.mark_observer_arrived(agreed=agreed)
        self.refresh()

    def _on_undo(self) -> None:
        if self._changed is not None:
            code, here = self._changed
            self._on_here(code, here=not here)
            self._show_change(None)

    def _show_change(self, change: tuple[ParticipantCode, bool] | None) -> None:
        """Show at once what a press has changed, and offer to undo it in the same place."""
        self._changed = change
        slot = self.undo.parentWidget()
        if isinstance(slot, Slot):
            slot.show_page(self.undo if change is not None else None)
        if change is None:
            self.change.setText("")
        else:
            template = tr("{who} is here.") if change[1] else tr("{who} has left.")
            self.change.announce(template.format(who=self._label(change[0])))

    def refresh(self) -> None:
        state = self._session.state
        show_on(self.observer, state.observer_here)
        show_on(self.observer_agrees, state.observer_here and state.observers_agree)
        self.observer_agrees.setEnabled(state.observer_here)
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
        made = chip(self._label(code), f"here-{code}")
        made.setAccessibleDescription(tr("{who} is in the room").format(who=self._label(code)))
        when_chosen(made, lambda on: self._on_here(code, here=on))
        self._here[code] = made
        return made

    def _presenter_chip(self, case: int, code: ParticipantCode) -> QPushButton:
        made = chip(self._label(code), f"presents-{case}-{code}")
        made.setAccessibleDescription(tr("{who} presents").format(who=self._label(code)))
        when_chosen(made, lambda on: self._session.choose_presenter(code if on else None, case))
        self._presents[case, code] = made
        return made


def _nobody_words(session: SessionController) -> str:
    if not session.group.id:
        return tr("This session has no group, so no one is listed and nothing is stored.")
    return tr("This group has no members yet. After the session, add them under Groups.")
