"""Choose who leads: own role and colleagues, preset from last time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QPushButton, QVBoxLayout, QWidget

from balint_desktop.domain.accreditation.values import (
    Colleague,
    ColleagueId,
    ColleagueRole,
    Leaders,
    OwnRole,
    SessionColleague,
)
from balint_desktop.domain.values import GroupId
from balint_desktop.i18n import tr
from balint_desktop.text import accreditation
from balint_desktop.text.capital import with_capital
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, button, chip
from balint_desktop.ui.widgets.fields import ChoiceField, ShortField
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.live_label import ProblemLabel
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.tab_order import follow_layout
from balint_desktop.ui.widgets.text import small, text
from balint_desktop.vault.log.log import Log


@dataclass(frozen=True, slots=True)
class LeadersDeps:
    """Dependencies of the box: the last session's leaders, the colleagues, and adding a colleague."""

    leaders: Leaders
    colleagues: Sequence[Colleague]
    add: Callable[[str], Colleague]


def leaders_deps(log: Log, group: GroupId | None) -> LeadersDeps:
    """Return the dependencies for a group's next session, preset from its last one. Raise Trouble."""
    return LeadersDeps(
        log.leaders.last_leaders(group),
        log.leaders.colleagues(),
        lambda label: log.leaders.save_colleague(Colleague(ColleagueId(""), label)),
    )


class LeadersBox(QWidget):
    """Pills for the own role, a pill and a role per colleague, and a field for a new colleague."""

    changed = Signal()

    def __init__(self, leading: LeadersDeps | None = None) -> None:
        super().__init__()
        named(self, "leaders")
        self._add = leading.add if leading is not None else None
        self.own = {role: chip(with_capital(accreditation.own_role(role)), f"own-{role}") for role in OwnRole}
        for role, pill in self.own.items():
            pill.setAccessibleDescription(tr("Your own role"))
            pill.setToolTip(accreditation.own_role_meaning(role))
            pill.clicked.connect(lambda _=False, role=role: self._on_own(role))
        self.colleagues: dict[ColleagueId, tuple[Colleague, QPushButton, QComboBox]] = {}
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        self.hint = named(small(tr("You chose “alone”, but a colleague led too.")), "leaders-hint")
        self.observers_agree = named(
            QCheckBox(tr("Everyone who observes has agreed to be recorded")), "leaders-observers-agree"
        )
        self.co_leaders = named(
            small(tr("Co-leaders decide on recording together with you, so only observers are asked here.")),
            "leaders-co-leaders",
        )
        self.problem = ProblemLabel("leaders-problem")
        self.label = named(
            ShortField(), "leaders-label", spoken=tr("Label of a colleague"), description=tr("Initials are enough.")
        )
        self.label.setPlaceholderText(tr("Initials or label"))
        self.label.returnPressed.connect(self._on_add)
        self.add_button = button(tr("Add person"), "leaders-add", self._on_add, ButtonKind.QUIET)
        self._build()
        if leading is not None:
            self.show_leading(leading)

    def _build(self) -> None:
        column = layouts.column(self, 8)
        column.addWidget(flow(text(tr("You")), *self.own.values(), spacing=10))
        column.addLayout(self._rows)
        column.addWidget(flow(self.label, self.add_button))
        column.addWidget(self.co_leaders)
        column.addWidget(self.observers_agree)
        column.addWidget(self.hint)
        column.addWidget(self.problem)
        self.hint.hide()
        self.co_leaders.hide()
        self.observers_agree.hide()
        self.observers_agree.toggled.connect(lambda _: self.changed.emit())

    def show_leading(self, leading: LeadersDeps) -> None:
        """Show the leaders among all colleagues."""
        self._add = leading.add
        layouts.clear(self._rows)
        self.colleagues.clear()
        for role, pill in self.own.items():
            pill.setChecked(role is leading.leaders.own)
        there = {one.colleague.id: one.role for one in leading.leaders.colleagues}
        for colleague in leading.colleagues:
            self._add_colleague(colleague, there.get(colleague.id))
        self.observers_agree.setChecked(leading.leaders.observers_agree)
        self._show_hint()
        follow_layout(self)

    def leaders(self) -> Leaders:
        """Return the chosen leaders."""
        own = next((role for role, pill in self.own.items() if pill.isChecked()), None)
        there = tuple(
            SessionColleague(colleague, ColleagueRole(role.currentData()))
            for colleague, pill, role in self.colleagues.values()
            if pill.isChecked()
        )
        return Leaders(own, there, self.observers_agree.isChecked())

    def _add_colleague(self, colleague: Colleague, role: ColleagueRole | None) -> None:
        pill = chip(colleague.label, f"beside-{colleague.id}")
        pill.setAccessibleDescription(tr("{label} is present").format(label=colleague.label))
        pill.setChecked(role is not None)
        chosen = named(
            ChoiceField(), f"beside-{colleague.id}-role", spoken=tr("Role of {label}").format(label=colleague.label)
        )
        for one in ColleagueRole:
            chosen.addItem(with_capital(accreditation.colleague_role(one)), one)
        chosen.setCurrentIndex(chosen.findData(role or ColleagueRole.CO_LEAD))
        chosen.setVisible(role is not None)
        pill.clicked.connect(lambda on: self._on_there(chosen, on))
        chosen.currentIndexChanged.connect(self._ask_observers_again)
        chosen.currentIndexChanged.connect(self._on_changed)
        self.colleagues[colleague.id] = (colleague, pill, chosen)
        self._rows.addWidget(flow(pill, chosen))

    def _on_own(self, role: OwnRole) -> None:
        for other, pill in self.own.items():
            if other is not role:
                pill.setChecked(False)
        self._on_changed()

    def _on_there(self, role: QComboBox, on: bool) -> None:
        role.setVisible(on)
        self._ask_observers_again()
        self._on_changed()

    def _ask_observers_again(self) -> None:
        """Clear the observers' agreement: another person may be among them."""
        self.observers_agree.setChecked(False)

    def _on_changed(self) -> None:
        self._show_hint()
        self.changed.emit()

    def _show_hint(self) -> None:
        leaders = self.leaders()
        self.hint.setVisible(leaders.is_contradictory)
        self.co_leaders.setVisible(leaders.has_co_leader)
        self.observers_agree.setVisible(leaders.has_observer)

    def _on_add(self) -> None:
        """Add a new colleague, marked as present."""
        if self._add is None:
            return
        if not self.label.text().strip():
            self.label.setFocus()
            return
        with self.problem.attempt():
            colleague = self._add(self.label.text())
            self.label.clear()
            self._add_colleague(colleague, ColleagueRole.CO_LEAD)
            follow_layout(self)
            self._on_changed()
