"""Members in the group form: consent to recording and seat, per code."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QCheckBox, QLabel, QSpinBox, QWidget

from balint_desktop.domain.group.group import Participant, new_participants
from balint_desktop.i18n import tr
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.fields import NumberField
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.text import quiet

_SEATS = 40


class Members(QWidget):
    """One row per participant."""

    def __init__(self) -> None:
        super().__init__()
        named(self, "members", spoken=tr("Participants"))
        self._known: dict[str, Participant] = {}
        self._rows: list[tuple[Participant, QCheckBox, QLabel, QSpinBox]] = []
        self._grid = layouts.grid(self)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(3, 1)

    def show_participants(self, participants: tuple[Participant, ...]) -> None:
        """Show these participants."""
        self._remember()
        self._known |= {p.code: p for p in participants}
        self._show(participants)

    def set_count(self, count: int) -> None:
        """Set the number of participants; a code shown again keeps its earlier ticks."""
        self._remember()
        self._show(tuple(self._known.get(p.code, p) for p in new_participants(count)))

    def participants(self) -> tuple[Participant, ...]:
        """Return the participants with their ticks and seats."""
        return tuple(
            replace(p, agreed_to_recording=agreed.isChecked(), seat=seat.value() or None)
            for p, agreed, _, seat in self._rows
        )

    def _remember(self) -> None:
        self._known |= {p.code: p for p in self.participants()}

    def _show(self, participants: tuple[Participant, ...]) -> None:
        for _, *widgets in self._rows:
            for widget in widgets:
                layouts.discard(self._grid, widget)
        self._rows = [self._row(number, p) for number, p in enumerate(participants)]

    def _row(self, number: int, p: Participant) -> tuple[Participant, QCheckBox, QLabel, QSpinBox]:
        agreed = named(QCheckBox(tr("{code} has agreed to being recorded").format(code=p.code)), f"agreed-{p.code}")
        agreed.setChecked(p.agreed_to_recording)
        seat = named(NumberField(0, _SEATS), f"seat-{p.code}", spoken=tr("Seat of {code}").format(code=p.code))
        seat.setSpecialValueText(tr("none"))
        seat.setValue(p.seat or 0)
        label = named(quiet(tr("Seat")), f"seat-{p.code}-label")
        label.setWordWrap(False)
        label.setBuddy(seat)
        self._grid.addWidget(agreed, number, 0)
        self._grid.addWidget(label, number, 1)
        self._grid.addWidget(seat, number, 2)
        return p, agreed, label, seat
