"""Filters of the Log: group, year, kind, recorded, entered afterwards, presenter."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from balint_desktop.domain.group.group import Group
from balint_desktop.domain.values import GroupId, ParticipantCode, SessionKind
from balint_desktop.i18n import tr
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, button, chip
from balint_desktop.ui.widgets.fields import ChoiceField, chosen
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.naming import named
from balint_desktop.vault.log.summaries import SessionQuery


class LogFilters(QWidget):
    """A row of filters. Each shows its name while it does not filter."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.group = _choice("log-filter-group", tr("Group"))
        self.year = _choice("log-filter-year", tr("Year"))
        self.kind = _choice("log-filter-kind", tr("Type"))
        self.recorded = _choice("log-filter-recorded", tr("Recorded or not"))
        self.presenter = _choice("log-filter-presenter", tr("Presenter"))
        self.entered = chip(tr("Entered afterwards"), "log-filter-entered")
        self.all_button = button(tr("Show all"), "log-filter-all", self.show_all, ButtonKind.QUIET)
        self._codes: dict[str, tuple[str, ...]] = {}
        _offer(
            self.kind,
            tr("All types"),
            [(tr("Case sessions"), SessionKind.CASE), (tr("Evaluations"), SessionKind.EVALUATION)],
        )
        _offer(self.recorded, tr("Recorded or not"), [(tr("Recorded"), True), (tr("Not recorded"), False)])
        column = layouts.column(self)
        choices = (self.group, self.year, self.kind, self.recorded, self.presenter)
        column.addWidget(flow(*choices, self.entered, self.all_button))
        for choice in choices:
            choice.currentIndexChanged.connect(self._on_changed)
        self.entered.toggled.connect(self._on_changed)
        self.set_options((), ())

    def selected(self) -> SessionQuery:
        """Return the selected filters."""
        return SessionQuery(
            group=chosen(self.group, GroupId),
            year=chosen(self.year, int),
            kind=chosen(self.kind, SessionKind),
            recorded=chosen(self.recorded, bool),
            entered=True if self.entered.isChecked() else None,
            presenter=chosen(self.presenter, ParticipantCode),
        )

    def set_options(self, groups: Sequence[Group], years: Sequence[int]) -> None:
        """Set the groups and years to choose from; a selection that is still available is retained."""
        self._codes = {group.id: tuple(member.code for member in group.participants) for group in groups}
        _offer(self.group, tr("All groups"), [(group.name, group.id) for group in groups])
        _offer(self.year, tr("All years"), [(str(year), year) for year in years])
        self._offer_presenters()

    def show_all(self) -> None:
        """Reset all filters."""
        for widget in (self.group, self.year, self.kind, self.recorded, self.presenter):
            widget.setCurrentIndex(0)
        self.entered.setChecked(False)

    def _on_changed(self, *_: object) -> None:
        if self.sender() is self.group:
            self._offer_presenters()
        self.all_button.setVisible(self.selected() != SessionQuery())
        self.changed.emit()

    def _offer_presenters(self) -> None:
        """Set the presenter codes of the selected group: the same code in another group is another person."""
        codes = self._codes.get(self.group.currentData() or "", ())
        _offer(self.presenter, tr("Any presenter"), [(code, code) for code in codes])
        self.presenter.setVisible(bool(codes))
        self.all_button.setVisible(self.selected() != SessionQuery())


def _choice(identifier: str, spoken: str) -> QComboBox:
    made = named(ChoiceField(), identifier, spoken=spoken)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    return made


def _offer(choice: QComboBox, nothing: str, offers: Sequence[tuple[str, object]]) -> None:
    before = choice.currentData()
    choice.blockSignals(True)
    choice.clear()
    choice.addItem(nothing, None)
    for words, value in offers:
        choice.addItem(words, value)
        if value == before and before is not None:
            choice.setCurrentIndex(choice.count() - 1)
    choice.blockSignals(False)
