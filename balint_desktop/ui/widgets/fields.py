"""Number fields, and the value that is chosen in a drop-down list."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QLocale
from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QComboBox, QSpinBox

T = TypeVar("T")

_QUARTER_MINUTES = 15


def chosen(of: QComboBox, kind: Callable[[Any], T]) -> T | None:
    """Return the value that is chosen, None where the line has none.

    It is made of its kind again: Qt keeps an enumeration's member as a bare string, which only looks like one.
    """
    value = of.currentData()
    return kind(value) if value is not None else None


def number_field(lowest: int, highest: int, value: int | None = None) -> QSpinBox:
    """Return a field for a whole number."""
    field = QSpinBox()
    field.setRange(lowest, highest)
    if value is not None:
        field.setValue(value)
    # WORKAROUND: a style sheet's padding does not reach the text of a spin box (seen with Qt 6.12)
    field.lineEdit().setTextMargins(8, 0, 0, 0)
    return field


class HoursField(QSpinBox):
    """A length in hours, in steps of a quarter of an hour, typed and shown as the user's locale writes numbers."""

    def __init__(self, most_hours: int, minutes: int) -> None:
        super().__init__()
        self.setRange(1, most_hours * 4)
        self.set_minutes(minutes)
        # WORKAROUND: as above
        self.lineEdit().setTextMargins(8, 0, 0, 0)

    def minutes(self) -> int:
        """Return the length in minutes."""
        return self.value() * _QUARTER_MINUTES

    def set_minutes(self, minutes: int) -> None:
        """Show a length, to the nearest quarter of an hour."""
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
