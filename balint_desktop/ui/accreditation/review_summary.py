"""Reviews of a period, as text to copy: the only way out of the vault, and the leader's own."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from balint_desktop.domain.accreditation.reviews import ReviewedSession
from balint_desktop.domain.accreditation.values import Supervision
from balint_desktop.domain.study.doors import Door
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.i18n import tr
from balint_desktop.reports.accreditation import reviews_text
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, EscapeRole, button
from balint_desktop.ui.widgets.clipboard import GatedText, copy_text
from balint_desktop.ui.widgets.dates import DateField, day_words
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.form import side_by_side
from balint_desktop.ui.widgets.live_label import ProblemLabel
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.text import small

_HALF_A_YEAR = timedelta(days=182)
_LINES = 14


class HalfYearPage(QWidget):
    """First and last day above, the text below; it updates with the days."""

    back = Signal()

    def __init__(self) -> None:
        super().__init__()
        named(self, "gathered", spoken=tr("Reviews of a period"))
        self._reviews: tuple[ReviewedSession, ...] = ()
        self._supervisions: tuple[Supervision, ...] = ()
        day = date(2000, 1, 1)
        self.first, self.last = DateField(day), DateField(day)
        self.first.changed.connect(self._show)
        self.last.changed.connect(self._show)
        self.problem = ProblemLabel("gathered-problem")
        self.text = named(GatedText(Door.OWN_REVIEW), "gathered-text", spoken=tr("Reviews of a period"))
        self.text.setTabChangesFocus(True)
        self.copy_button = button(tr("Copy text"), "gathered-copy", self.copy, ButtonKind.PRIMARY)
        self.back_button = button(tr("Back to reviews"), "gathered-back", self.back.emit, escape=EscapeRole.LEAVE)
        self.unencrypted_note = named(
            small(tr("The copied text is not encrypted. Check it first: no names, nothing about a case.")),
            "gathered-told",
        )
        column = layouts.column(self, 12)
        days = side_by_side((tr("From"), self.first, "gathered-first"), (tr("Until"), self.last, "gathered-last"))
        for widget in (days, self.problem, self.text, flow(self.copy_button, self.back_button), self.unencrypted_note):
            column.addWidget(widget)

    def show_half_year(
        self, reviews: tuple[ReviewedSession, ...], supervisions: tuple[Supervision, ...], today: date
    ) -> None:
        """Show the last half year."""
        self._reviews, self._supervisions = reviews, supervisions
        # While both dates are being set, the last day may precede the first; this is not an error.
        with QSignalBlocker(self.first), QSignalBlocker(self.last):
            self.first.set_day(today - _HALF_A_YEAR)
            self.last.set_day(today)
        self._show()

    def copy(self) -> None:
        """Copy the text to the clipboard; locking clears it."""
        copy_text(Door.OWN_REVIEW, self.text.toPlainText())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.text.setFixedHeight(self.text.fontMetrics().lineSpacing() * _LINES)

    def _show(self) -> None:
        gathered = ""
        with self.problem.attempt() as attempt:
            first, last = self.first.day(), self.last.day()
            if last < first:
                raise Trouble(TroubleCode.ENDS_BEFORE_IT_BEGINS)
            gathered = reviews_text(self._reviews, self._supervisions, first, last, day_words)
        self.copy_button.setEnabled(attempt.trouble is None)
        self.text.setPlainText(gathered)
