"""Propose dates: first day, time, number, interval; the last one as the evaluation."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from balint_desktop.domain.group.dates import A_WEEK, MAX_SESSIONS, Plan, new_plan
from balint_desktop.domain.trouble import Trouble
from balint_desktop.i18n import tr, tr_n
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.dates import DateField, TimeField, day_words
from balint_desktop.ui.widgets.fields import ChoiceField, NumberField
from balint_desktop.ui.widgets.form import side_by_side
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.text import small

_USUAL = 6


class PlanFields(QWidget):
    """Fields of a proposed calendar, with a one-sentence summary."""

    changed = Signal()

    def __init__(self, identifier: str, today: date) -> None:
        super().__init__()
        self._today = today
        self.first = DateField(today)
        self.time = TimeField()
        self.count = NumberField(1, MAX_SESSIONS, _USUAL)
        self.every = ChoiceField()
        for words, days in ((tr("every week"), A_WEEK), (tr("every two weeks"), 2 * A_WEEK), (tr("every day"), 1)):
            self.every.addItem(words, days)
        self.evaluates = named(QCheckBox(tr("The last session is the evaluation")), f"{identifier}-evaluates")
        self.evaluates.setChecked(True)
        self.words = named(small(""), f"{identifier}-words")
        column = layouts.column(self, 10)
        column.addWidget(
            side_by_side(
                (tr("First session"), self.first, f"{identifier}-first"),
                (tr("Time"), self.time, f"{identifier}-time"),
                (tr("Sessions"), self.count, f"{identifier}-count"),
                (tr("How often"), self.every, f"{identifier}-every"),
            )
        )
        column.addWidget(self.evaluates)
        column.addWidget(self.words)
        self.first.changed.connect(self._show)
        self.time.changed.connect(self._show)
        self.count.valueChanged.connect(self._show)
        self.every.currentIndexChanged.connect(self._show)
        self._first_time = self.time.text()
        self._show()

    def reset(self) -> None:
        """Fill the fields as at first."""
        self.first.set_day(self._today)
        self.time.setText(self._first_time)
        self.count.setValue(_USUAL)
        self.every.setCurrentIndex(0)
        self.evaluates.setChecked(True)

    def plan(self, after: int = 0) -> Plan:
        """Return the proposed calendar; `after` is the highest number held. Raise Trouble NO_SUCH_DAY."""
        return new_plan(
            self.first.day(),
            self.count.value(),
            self.time.time_of_day(),
            every=self.every.currentData(),
            after=after,
            last_evaluates=self.evaluates.isChecked(),
        )

    def propose(self, sessions: int, every: int, time: str = "") -> None:
        """Fill the fields from another frame; the first day stays."""
        self.count.setValue(sessions)
        if self.every.findData(every) < 0:
            self.every.addItem(tr_n("every {n} day", "every {n} days", every).format(n=every), every)
        self.every.setCurrentIndex(self.every.findData(every))
        if time:
            self.time.set_time(time)

    def show_dates(self, on: bool) -> None:
        """Show the date fields, or the number of sessions alone."""
        for field in (self.first, self.time, self.every, self.evaluates, self.words):
            field.setEnabled(on)

    def _show(self) -> None:
        n = self.count.value()
        summary = tr_n("{n} session, on {day}.", "{n} sessions, the last on {day}.", n)
        self.words.setText("")
        # An invalid date or time is reported when the calendar is planned.
        with suppress(Trouble):
            self.words.setText(summary.format(n=n, day=day_words(self.plan()[-1].day)))
        self.changed.emit()
