"""Number fields and drop-down lists. The mouse wheel scrolls the page over them, and changes none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QValidator, QWheelEvent
from PySide6.QtWidgets import QComboBox, QSpinBox

T = TypeVar("T")

_QUARTER_MINUTES = 15


def pass_to_page(event: QWheelEvent) -> None:
    """Leave a turn of the wheel to the page, also where the field has the focus.

    Its first field often has that as a page opens, and whoever turns the wheel over it means to scroll.
    """
    event.ignore()


class ChoiceField(QComboBox):
    """A drop-down list of a few values."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        pass_to_page(event)


def chosen(of: QComboBox, kind: Callable[[Any], T]) -> T | None:
    """Return the chosen value, None if its row has none.

    The enum member is rebuilt: Qt stores it as a plain string.
    """
    value = of.currentData()
    return kind(value) if value is not None else None


class NumberField(QSpinBox):
    """A whole number, with two small arrows."""

    def __init__(self, lowest: int, highest: int, value: int | None = None) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setRange(lowest, highest)
        if value is not None:
            self.setValue(value)
        # WORKAROUND: a style sheet's padding does not reach the text of a spin box (seen with Qt 6.12)
        self.lineEdit().setTextMargins(8, 0, 0, 0)

    def wheelEvent(self, event: QWheelEvent) -> None:
        pass_to_page(event)


class HoursField(NumberField):
    """A duration in hours, in steps of a quarter of an hour, in the user's number format."""

    def __init__(self, most_hours: int, minutes: int) -> None:
        super().__init__(1, most_hours * 4)
        self.set_minutes(minutes)

    def minutes(self) -> int:
        """Return the duration in minutes."""
        return self.value() * _QUARTER_MINUTES

    def set_minutes(self, minutes: int) -> None:
        """Show a duration, to the nearest quarter of an hour."""
        self.setValue(round(minutes / _QUARTER_MINUTES))

    def textFromValue(self, value: int) -> str:
        return QLocale().toString(value / 4, "f", QLocale.FloatingPointPrecisionOption.FloatingPointShortest.value)

    def valueFromText(self, text: str) -> int:
        hours, is_number = QLocale().toDouble(text.strip())
        return round(hours * 4) if is_number else self.value()

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        hours, is_number = QLocale().toDouble(text.strip())
        fits = is_number and self.minimum() <= round(hours * 4) <= self.maximum()
        return (QValidator.State.Acceptable if fits else QValidator.State.Intermediate), text, position
