"""How numbers are typed: a field with two small arrows."""

from __future__ import annotations

from PySide6.QtWidgets import QSpinBox


def number_field(lowest: int, highest: int, value: int | None = None) -> QSpinBox:
    """Return a field for a whole number."""
    field = QSpinBox()
    field.setRange(lowest, highest)
    if value is not None:
        field.setValue(value)
    # WORKAROUND: a style sheet's padding does not reach the text of a spin box (seen with Qt 6.12)
    field.lineEdit().setTextMargins(8, 0, 0, 0)
    return field
