"""How days and times are typed and shown: as the user's locale writes it, and kept as 2026-03-04."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

from PySide6.QtCore import QDate, QLocale, QTime
from PySide6.QtWidgets import QDateEdit

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.i18n import tr


def day_words(day: date | None) -> str:
    """Return a day in full, as the user's locale writes it."""
    return tr("no date") if day is None else QLocale().toString(_q(day), QLocale.FormatType.LongFormat)


def day_short(day: date | None) -> str:
    """Return a day for a column, as the user's locale writes it, its year in four digits."""
    if day is None:
        return ""
    form = QLocale().dateFormat(QLocale.FormatType.ShortFormat)
    return QLocale().toString(_q(day), form if "yyyy" in form else form.replace("yy", "yyyy"))


def time_words(time: str) -> str:
    """Return a time that is kept as 14:00 as the user's locale writes it; empty where there is none."""
    return QLocale().toString(QTime.fromString(time, "HH:mm"), QLocale.FormatType.ShortFormat) if time else ""


def typed_day(text: str) -> date:
    """Return the day that was typed as the user's locale writes days, or as 2026-03-04.

    Raise Trouble NO_SUCH_DAY for 31 February, and for what is no day at all.
    """
    line = text.strip()
    with suppress(ValueError):
        return date.fromisoformat(line)
    form = QLocale().dateFormat(QLocale.FormatType.ShortFormat)
    long = form if "yyyy" in form else form.replace("yy", "yyyy")
    day = QLocale().toDate(line, long)
    if not day.isValid() or not 1 <= day.year() <= 9999:
        raise Trouble(TroubleCode.NO_SUCH_DAY, name=line)
    return date(day.year(), day.month(), day.day())


class DateField(QDateEdit):
    """A day, typed or picked from a calendar. `first` is the earliest that may be chosen."""

    def __init__(self, day: date, first: date | None = None) -> None:
        super().__init__(_q(day))
        self.setCalendarPopup(True)
        form = QLocale().dateFormat(QLocale.FormatType.ShortFormat)
        self.setDisplayFormat(form if "yyyy" in form else form.replace("yy", "yyyy"))
        if first is not None:
            self.set_first(first)

    def day(self) -> date:
        """Return the day that is chosen."""
        chosen = self.date()
        return date(chosen.year(), chosen.month(), chosen.day())

    def set_first(self, first: date) -> None:
        """Let no earlier day be chosen."""
        self.setMinimumDate(_q(first))

    def set_day(self, day: date) -> None:
        """Choose a day."""
        self.setDate(_q(day))


def _q(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
