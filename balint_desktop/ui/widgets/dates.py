"""Date and time fields, in the user's locale or ISO."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date

from PySide6.QtCore import QDate, QDateTime, QLocale, Qt, QTime, Signal
from PySide6.QtGui import QFocusEvent, QMouseEvent, QValidator
from PySide6.QtWidgets import QAbstractSpinBox, QDateEdit, QLineEdit

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.i18n import tr

# 14, 14:00, 14.00, 14h00, 1400; with am, a.m., pm, p.m. or without.
_TIME = re.compile(r"(\d{1,2})(?:\s*[:.h]?\s*(\d{2}))?\s*(?:([ap])\.?\s*m\.?)?")


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
    """A day, typed or picked from a calendar.

    Qt's own field would turn an impossible day into another one without a word; this one keeps what was typed, and
    `day` raises Trouble for it. It may be empty, for a day that has to be chosen; `edited` tells of every change.
    """

    edited = Signal()

    def __init__(self, day: date) -> None:
        # Before Qt's own beginning, which looks at its text already.
        self._typed = ""
        self._is_empty = False
        self._listens = False
        super().__init__(_q(day))
        self.setCalendarPopup(True)
        # What is half typed is no day yet.
        self.setKeyboardTracking(False)
        form = QLocale().dateFormat(QLocale.FormatType.ShortFormat)
        self.setDisplayFormat(form if "yyyy" in form else form.replace("yy", "yyyy"))
        self.lineEdit().textEdited.connect(self._on_typed)
        self.editingFinished.connect(self._on_finished)
        self.dateChanged.connect(lambda _: self._on_changed())

    def day(self) -> date:
        """Return the day that stands there. Raise Trouble NO_SUCH_DAY where there is none, as on 31 February."""
        day = self._read(self.lineEdit().text())
        if day is None:
            raise Trouble(TroubleCode.NO_SUCH_DAY, name=self.lineEdit().text().strip())
        first = self.minimumDate()
        return max(day, date(first.year(), first.month(), first.day()))

    def has_day(self) -> bool:
        """Tell whether a day stands there."""
        return self._read(self.lineEdit().text()) is not None

    def clear_day(self) -> None:
        """Let no day stand there until one is typed or picked."""
        self._typed = ""
        self._is_empty = True
        self.lineEdit().clear()
        self.edited.emit()

    def set_first(self, first: date) -> None:
        """Let no earlier day be chosen; one that is typed all the same counts as that day."""
        self.setMinimumDate(_q(first))

    def set_day(self, day: date) -> None:
        """Choose a day."""
        self._typed = ""
        self._is_empty = False
        self.setDate(_q(day))
        # The same day again changes nothing for Qt, and would leave what was typed.
        self.lineEdit().setText(self.textFromDateTime(self.dateTime()))
        self.edited.emit()

    def validate(self, text: str, pos: int) -> tuple[QValidator.State, str, int]:
        known = self._read(text) is not None
        return (QValidator.State.Acceptable if known else QValidator.State.Intermediate), text, pos

    def textFromDateTime(self, moment: QDateTime) -> str:
        return "" if self._is_empty else super().textFromDateTime(moment)

    def dateTimeFromText(self, text: str) -> QDateTime:
        day = self._read(text)
        return QDateTime(_q(day) if day is not None else self.date(), QTime(0, 0))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if not self._listens and self.calendarWidget() is not None:
            # Picking the day that the field had before it was emptied is no change for Qt.
            self.calendarWidget().clicked.connect(lambda _: self._on_changed())
            self.calendarWidget().activated.connect(lambda _: self._on_changed())
            self._listens = True

    def focusInEvent(self, event: QFocusEvent) -> None:
        if self._is_empty:
            # Qt would select a number of a day that is not there.
            QAbstractSpinBox.focusInEvent(self, event)
            return
        super().focusInEvent(event)
        if event.reason() is not Qt.FocusReason.MouseFocusReason:
            # A day is typed as a whole: Qt would select its first number alone.
            self.lineEdit().selectAll()

    def focusNextPrevChild(self, forward: bool) -> bool:
        # Tab leaves the field: Qt would go through its numbers first.
        return QAbstractSpinBox.focusNextPrevChild(self, forward)

    def _read(self, text: str) -> date | None:
        """Return a typed day, in the order of the locale; a year may be left out, or have two digits."""
        order = [part[0] for part in re.findall(r"d+|M+|y+", self.displayFormat())]
        typed = [part for part in re.split(r"[^0-9]+", text) if part]
        if len(typed) == len(order) - 1:
            typed.insert(order.index("y"), str(self.date().year()))
        if len(typed) != len(order) or any(len(part) > 4 for part in typed):
            return None
        told = dict(zip(order, typed, strict=True))
        year = told["y"] if len(told["y"]) != 2 else f"20{told['y']}"
        try:
            return date(int(year), int(told["M"]), int(told["d"])) if len(year) == 4 else None
        except ValueError:
            return None

    def _on_typed(self, text: str) -> None:
        self._typed = text
        self._is_empty = not text
        self.edited.emit()

    def _on_changed(self) -> None:
        if self._is_empty:
            self._is_empty = False
            self.lineEdit().setText(self.textFromDateTime(self.dateTime()))
        self.edited.emit()

    def _on_finished(self) -> None:
        """Keep what was typed in view where it is no day: Qt has put the last one back."""
        if self._typed and self._read(self._typed) is None:
            self.lineEdit().setText(self._typed)
        else:
            self._typed = ""


class TimeField(QLineEdit):
    """A time of the day, kept as 14:00 and typed as one likes: 14, 14:00, 1400, 2 pm; empty where none is set."""

    def __init__(self, time: str = "") -> None:
        super().__init__()
        self.setPlaceholderText(tr("not set"))
        self.setMaximumWidth(self.fontMetrics().horizontalAdvance("00:00 pm") * 2)
        self.editingFinished.connect(self._on_finished)
        self.set_time(time)

    def time_of_day(self) -> str:
        """Return the time, empty where none is set. Raise Trouble NO_SUCH_TIME."""
        time = _read_time(self.text())
        if time is None:
            raise Trouble(TroubleCode.NO_SUCH_TIME, name=self.text().strip())
        return time

    def set_time(self, time: str) -> None:
        """Put a time there, or none."""
        self.setText(time_words(time))

    def _on_finished(self) -> None:
        """Write what was typed as the locale does; what is no time stays as it is."""
        time = _read_time(self.text())
        if time is not None:
            self.set_time(time)


def _read_time(text: str) -> str | None:
    """Return a typed time as HH:MM, empty where nothing was typed, None where it is none."""
    found = _TIME.fullmatch(text.strip().casefold())
    if found is None:
        return None if text.strip() else ""
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "")[:1]
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None


def _q(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
