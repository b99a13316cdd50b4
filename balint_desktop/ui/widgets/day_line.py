"""A date field that may be empty."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QLocale
from PySide6.QtWidgets import QLineEdit

from balint_desktop.i18n import tr
from balint_desktop.ui.widgets.dates import day_short


class DayLine(QLineEdit):
    """A day or none. What is typed stays as it is until it is read."""

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText(tr("no day; such as {day}").format(day=day_short(date(2026, 3, 24))))

    def show_day(self, day: date | None) -> None:
        """Show a day, or none."""
        self.setText(day_short(day))

    def day(self) -> date | None:
        """Return the day, None where nothing is typed. Raise ValueError where it is no day there is."""
        typed = self.text().strip()
        if not typed:
            return None
        form = QLocale().dateFormat(QLocale.FormatType.ShortFormat)
        for one in (form if "yyyy" in form else form.replace("yy", "yyyy"), "yyyy-MM-dd", "d/M/yyyy", "d.M.yyyy"):
            read = QLocale().toDate(typed, one)
            if read.isValid():
                return _day(read)
        raise ValueError(typed)


def _day(read: QDate) -> date:
    return date(read.year(), read.month(), read.day())
