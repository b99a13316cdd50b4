"""Date and time fields, in the user's locale or ISO."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, datetime, timedelta
from functools import lru_cache

from PySide6.QtCore import QDate, QLocale, QSize, Qt, QTime, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.i18n import tr
from balint_desktop.text.days import Conventions, conventions, parse_day, parse_time
from balint_desktop.ui.widgets.calendar import CalendarPopup
from balint_desktop.ui.widgets.in_view import scroll_to

_LONGEST = 60
_STEP_MINUTES = 5
_EXAMPLE = date(2026, 3, 24)


# --- locale formats ---


def day_words(day: date | None) -> str:
    """Format a day in full, in the user's locale."""
    return tr("no date") if day is None else QLocale().toString(_q(day), QLocale.FormatType.LongFormat)


def day_at(wall: float | None) -> str:
    """Format the day of a moment (seconds since 1970) for a column, in the user's locale."""
    return tr("not started") if wall is None else short_day(_day_of(wall))


def day_and_time_at(wall: float | None) -> str:
    """Format day and time of a moment (seconds since 1970) for a column, in the user's locale."""
    if wall is None:
        return tr("not started")
    return tr("{day}, {time}").format(day=short_day(_day_of(wall)), time=time_at(wall))


def time_at(wall: float) -> str:
    """Format the time of day of a moment (seconds since 1970) in the user's locale."""
    return time_words(f"{datetime.fromtimestamp(wall).astimezone():%H:%M}")


def _day_of(wall: float) -> date:
    return datetime.fromtimestamp(wall).astimezone().date()


def short_day(day: date | None) -> str:
    """Format a day for a column, in the user's locale, with a four-digit year."""
    return "" if day is None else QLocale().toString(_q(day), _short_form())


def time_words(time: str) -> str:
    """Format a time stored as 14:00 in the user's locale; empty if there is none."""
    return QLocale().toString(QTime.fromString(time, "HH:mm"), QLocale.FormatType.ShortFormat) if time else ""


def as_typed() -> Conventions:
    """Return the locale's date and time order, for parsing input."""
    # By the formats and not by the locale's name alone: a system lets its user customise them.
    return _conventions(QLocale().name(), _short_form(), QLocale().dateFormat(QLocale.FormatType.LongFormat))


@lru_cache(maxsize=8)
def _conventions(_locale: str, short: str, long: str) -> Conventions:
    locale, forms = QLocale(), (QLocale.FormatType.LongFormat, QLocale.FormatType.ShortFormat)
    # As in a whole day, too: there some languages inflect a month, or write a word together with it.
    without_weekday = re.sub("ddd+", "", long)
    months = [
        [
            *(name(number, form) for form in forms for name in (locale.monthName, locale.standaloneMonthName)),
            _without_numbers(locale.toString(QDate(2026, number, 1), without_weekday)),
        ]
        for number in range(1, 13)
    ]
    # With the weekday and without, since some scripts attach it to the preceding word.
    shapes = (long, without_weekday, "dddd", "ddd")
    written = [locale.toString(QDate(2026, 3, day), shape) for day in range(1, 8) for shape in shapes]
    order = "dMy" if _is_plain(locale) else "".join(dict.fromkeys(re.findall("[dMy]", short)))
    return conventions(order, months, written, [locale.amText()], [locale.pmText()])


def _without_numbers(day: str) -> str:
    """Return the words of a written day, empty if its month is a number."""
    return re.sub(r"\d+", "", day) if len(re.findall(r"\d+", day)) == 2 else ""


def _is_plain(locale: QLocale) -> bool:
    """Return whether no language is set. Qt would then write 28 11 2026, as nobody does: ISO it is."""
    return locale.language() == QLocale.Language.C


def _short_form() -> str:
    if _is_plain(QLocale()):
        return "yyyy-MM-dd"
    form = QLocale().dateFormat(QLocale.FormatType.ShortFormat)
    return form if "yyyy" in form else form.replace("yy", "yyyy")


def _q(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)


# --- fields ---


class _TypedField(QLineEdit):
    """A line edit that parses a value leniently, and reformats it in the user's locale on leaving.

    Unreadable input stays as typed, and reading it raises Trouble. The mouse wheel changes nothing.
    """

    changed = Signal()
    """Emitted when the value was set, or typing ended with another value or unreadable text."""

    def __init__(self) -> None:
        super().__init__()
        self._announced = ""
        # What this field has written itself is never parsed: no locale's format can make it refuse that.
        self._written_itself: tuple[str, object] = ("", None)
        self.setMaxLength(_LONGEST)
        self.editingFinished.connect(self._on_finished)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in {Qt.FocusReason.OtherFocusReason, Qt.FocusReason.ShortcutFocusReason}:
            # Focused by the page: select the text, as Tab does, so that typing replaces it.
            self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        way = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        if way is None or event.modifiers() & Qt.KeyboardModifier.AltModifier:
            super().keyPressEvent(event)
            return
        # An unreadable value cannot be stepped.
        with suppress(Trouble):
            self._step(way)

    def _step(self, way: int) -> None:
        """Step the value up or down. May raise Trouble."""
        raise NotImplementedError

    def _read(self) -> object:
        """Return the value. May raise Trouble."""
        raise NotImplementedError

    def _format(self, value: object) -> str:
        """Return a value as the user's locale writes it."""
        raise NotImplementedError

    def _write(self, value: object) -> None:
        self._written_itself = (self._format(value), value)
        self.setText(self._written_itself[0])

    def can_be_read(self) -> bool:
        """Return whether the field holds a valid value, or is empty and optional."""
        try:
            self._read()
        except Trouble:
            return False
        return True

    def _on_finished(self) -> None:
        with suppress(Trouble):
            self._write(self._read())
        self._emit_changed()

    def _emit_changed(self) -> None:
        if self.text() != self._announced:
            self._announced = self.text()
            self.changed.emit()


def focus_unreadable(form: QWidget) -> bool:
    """Focus the first unreadable day or time of a form; return whether there is one."""
    wrong = [field for field in form.findChildren(_TypedField) if field.isVisibleTo(form) and not field.can_be_read()]
    if wrong:
        wrong[0].setFocus()
        scroll_to(wrong[0])
    return bool(wrong)


class _Opener(QToolButton):
    """The button of a calendar, of the size that the style sheet gives: Qt's hint has room for an icon beside it."""

    def sizeHint(self) -> QSize:
        self.ensurePolished()
        return self.minimumSize()

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class DateField(_TypedField):
    """A day, typed or picked from a calendar. An `optional` one may be left empty.

    It may also be empty until a day is chosen. `edited` is emitted on every change, partial input included.
    """

    edited = Signal()

    def __init__(self, day: date | None = None, *, optional: bool = False) -> None:
        super().__init__()
        self._optional = optional
        self._first: date | None = None
        self._last: date | None = None
        # A missing year is taken from the previous day, where the calendar opens, too.
        self._near = day
        self._button = _Opener(self)
        self._button.setProperty("kind", "calendar")
        # The style sheet draws its arrow; the space Qt reserves for an icon would be too wide.
        self._button.setIconSize(QSize(0, 0))
        self._button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._button.setCursor(Qt.CursorShape.ArrowCursor)
        self._button.setAccessibleName(tr("Calendar"))
        self._button.setToolTip(tr("Open the calendar (Alt+Down)"))
        self._button.clicked.connect(self.show_calendar)
        if optional:
            self.setPlaceholderText(tr("no date; e.g. {day}").format(day=short_day(_EXAMPLE)))
        self.set_day(day)
        self.textChanged.connect(lambda _: self.edited.emit())

    def has_day(self) -> bool:
        """Return whether the field holds a readable day within the range."""
        try:
            self.day()
        except Trouble:
            return False
        return True

    def clear_day(self) -> None:
        """Clear the day; the calendar still opens at the previous one."""
        self.set_day(None)

    def day(self) -> date:
        """Return the day.

        Raise Trouble: DAY_MISSING, NO_SUCH_DAY, and DAY_TOO_EARLY or DAY_TO_COME outside the range.
        """
        text, shown = self._written_itself
        day = shown if text == self.text() and isinstance(shown, date) else self._parsed()
        if self._first is not None and day < self._first:
            raise Trouble(TroubleCode.DAY_TOO_EARLY)
        if self._last is not None and day > self._last:
            raise Trouble(TroubleCode.DAY_TO_COME)
        return day

    def _parsed(self) -> date:
        """Parse what was typed; the example in the reason for a refusal is as the locale writes it."""
        try:
            return parse_day(self.text(), as_typed(), self._near)
        except Trouble as trouble:
            raise Trouble(trouble.code, **{**trouble.details, "example": short_day(_EXAMPLE)}) from trouble

    def day_or_none(self) -> date | None:
        """Return the day, None if an optional field is empty. Raise Trouble as `day` does."""
        return None if self._optional and not self.text().strip() else self.day()

    def set_range(self, first: date | None = None, last: date | None = None) -> None:
        """Set the first and the last day; the last is today for days in the past."""
        self._first, self._last = first, last

    def set_day(self, day: date | None) -> None:
        """Show a day, clamped to the range; None clears it."""
        if day is not None and self._first is not None:
            day = max(day, self._first)
        if day is not None and self._last is not None:
            day = min(day, self._last)
        self._write(day)
        self._emit_changed()

    def show_calendar(self) -> None:
        """Open a calendar below the field."""
        with suppress(Trouble):
            self._near = self.day()
        calendar = CalendarPopup(self, self._near or _EXAMPLE, self._first, self._last)
        calendar.chosen.connect(self._on_chosen)
        calendar.open_below(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.show_calendar()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        side = self._button.sizeHint()
        # Inside the frame, so that its arrow is below that of a list.
        self._button.setGeometry(self.width() - side.width() - 1, (self.height() - side.height()) // 2, *side.toTuple())
        self.setTextMargins(0, 0, side.width() // 2, 0)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        wide = self.fontMetrics().horizontalAdvance(short_day(date(2026, 12, 28)))
        return QSize(wide + 3 * hint.height(), hint.height())

    def _read(self) -> date | None:
        return self.day_or_none()

    def _format(self, value: object) -> str:
        return short_day(value if isinstance(value, date) else None)

    def _emit_changed(self) -> None:
        with suppress(Trouble):
            self._near = self.day_or_none() or self._near
        super()._emit_changed()

    def _step(self, way: int) -> None:
        with suppress(OverflowError):
            self.set_day(self.day() + timedelta(days=way))

    def _on_chosen(self, day: QDate) -> None:
        self.set_day(date(day.year(), day.month(), day.day()))
        self.setFocus()


class TimeField(_TypedField):
    """A time of the day, in any usual form: 14, 14:00, 1400, 2 pm. An `optional` one may be left empty."""

    def __init__(self, time: str = "", *, optional: bool = True) -> None:
        super().__init__()
        self._optional = optional
        self.setPlaceholderText(tr("not set"))
        self.setMaximumWidth(self.fontMetrics().horizontalAdvance("00:00 pm") * 2)
        self.set_time(time)

    def time_of_day(self) -> str:
        """Return the time as 14:00, empty if none is set. Raise Trouble TIME_MISSING, NO_SUCH_TIME."""
        text, shown = self._written_itself
        time = shown if text == self.text() and isinstance(shown, str) else parse_time(self.text(), as_typed())
        if not time and not self._optional:
            raise Trouble(TroubleCode.TIME_MISSING)
        return time

    def set_time(self, time: str) -> None:
        """Show a time stored as 14:00, or none."""
        self._write(time)
        self._emit_changed()

    def _read(self) -> str:
        return self.time_of_day()

    def _format(self, value: object) -> str:
        return time_words(str(value))

    def _step(self, way: int) -> None:
        time = QTime.fromString(self.time_of_day(), "HH:mm")
        if time.isValid():
            self.set_time(time.addSecs(60 * _STEP_MINUTES * way).toString("HH:mm"))
