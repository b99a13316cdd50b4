"""Form to enter consent answers: who, purpose, date, form version, answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from balint_desktop.domain.study.consent import FORM_LIMIT, Answer, Purpose, TakenBy
from balint_desktop.domain.values import ParticipantCode
from balint_desktop.i18n import tr
from balint_desktop.ui.group.consents import wording
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, button
from balint_desktop.ui.widgets.dates import DateField
from balint_desktop.ui.widgets.fields import ChoiceField
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.form import beside
from balint_desktop.ui.widgets.live_label import ProblemLabel
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.text import small
from balint_desktop.vault.log.consents import Taking


class Entering(QWidget):
    """The fields and the three answers. It tells `answered` with the answer."""

    answered = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        named(self, "consents-entering", spoken=tr("Entering answers"))
        self._codes: tuple[ParticipantCode, ...] = ()
        self.whom = ChoiceField()
        self.what = ChoiceField()
        self.day = DateField(date(2000, 1, 1))
        self.form = QLineEdit()
        self.form.setMaxLength(FORM_LIMIT)
        self.taker = ChoiceField()
        self.given = button(tr("Given"), "consents-given", lambda: self.answered.emit(Answer.GIVEN), shortcut="Alt+G")
        self.declined = button(
            tr("Declined"), "consents-declined", lambda: self.answered.emit(Answer.DECLINED), shortcut="Alt+D"
        )
        self.withdrawn = button(
            tr("Withdrawn"), "consents-withdrawn", lambda: self.answered.emit(Answer.WITHDRAWN), shortcut="Alt+W"
        )
        self.all_button = button(
            tr("Everyone, every purpose"), "consents-all", self.choose_all, ButtonKind.QUIET, shortcut="Alt+A"
        )
        self.problem = ProblemLabel("consents-problem")
        self._build()

    def show_choices(self, codes: Sequence[ParticipantCode], today: date, form: str, *, has_coordinator: bool) -> None:
        """Offer these codes, and the day and form that are likely."""
        self._codes = tuple(codes)
        self.whom.clear()
        self.whom.addItem(tr("Everyone"), None)
        for code in codes:
            self.whom.addItem(code, code)
        self.day.set_range(last=today)
        self.day.set_day(today)
        self.form.setText(form)
        self.taker.setCurrentIndex(0 if has_coordinator else 1)
        self.choose_all()

    def choose(self, code: str, purpose: str) -> None:
        """Choose one person and one purpose, as the grid was walked to."""
        self.whom.setCurrentIndex(self.whom.findData(code))
        self.what.setCurrentIndex(self.what.findData(Purpose(purpose)))

    def choose_all(self) -> None:
        """Choose everyone and every purpose."""
        self.whom.setCurrentIndex(0)
        self.what.setCurrentIndex(0)

    def codes(self) -> tuple[ParticipantCode, ...]:
        """Return for whom."""
        code = self.whom.currentData()
        return self._codes if code is None else (ParticipantCode(code),)

    def purposes(self) -> tuple[Purpose, ...]:
        """Return for what."""
        purpose = self.what.currentData()
        return tuple(Purpose) if purpose is None else (Purpose(purpose),)

    def taking(self) -> Taking:
        """Return how they are taken."""
        return Taking(self.day.day(), " ".join(self.form.text().split()), TakenBy(self.taker.currentData()))

    def _build(self) -> None:
        self.what.addItem(tr("Every purpose"), None)
        for purpose in Purpose:
            self.what.addItem(wording.purpose_name(purpose), purpose)
        for taken_by in (TakenBy.COORDINATOR, TakenBy.FACILITATOR):
            self.taker.addItem(wording.taker_word(taken_by), taken_by)
        column = layouts.column(self, 10)
        column.addWidget(
            beside(
                (tr("For whom"), self.whom, "consents-whom"),
                (tr("For what"), self.what, "consents-what"),
                (tr("On which day"), self.day, "consents-day"),
                (tr("Form version"), self.form, "consents-form"),
                (tr("Taken by"), self.taker, "consents-taker"),
            )
        )
        column.addWidget(flow(self.given, self.declined, self.withdrawn, self.all_button))
        column.addWidget(self.problem)
        column.addWidget(
            named(
                small(
                    tr(
                        "An answer for many is entered for those not asked yet and those who agreed before. Whoever "
                        "declined or withdrew is left as they are: choose the one person and purpose for that."
                    )
                ),
                "consents-many-help",
            )
        )
