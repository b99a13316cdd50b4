"""What is entered in a form: every named field in it, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QListWidget, QPlainTextEdit, QSpinBox, QWidget

# Properties of fields that are never read or written here: names of people, and the tick that confirms an act.
NAMES = "names"
CONFIRMS = "confirms"


def read_state(form: QWidget) -> dict[str, Any]:
    """Return the value of each named field in a form, by its identifier."""
    values = {field.objectName(): _value(field) for field in form.findChildren(QWidget) if _is_named(field)}
    return {name: value for name, value in values.items() if value is not None}


def write_state(form: QWidget, values: dict[str, Any]) -> None:
    """Enter these values; a field or an item of a list that is not there any more is left alone."""
    for field in form.findChildren(QWidget):
        if _is_named(field) and field.objectName() in values:
            _set(field, values[field.objectName()])


def changed_values(form: QWidget, filled: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values that differ from those the form was filled with."""
    return {name: value for name, value in read_state(form).items() if filled.get(name) != value}


def _is_named(field: QWidget) -> bool:
    if isinstance(field, QLineEdit) and field.echoMode() is not QLineEdit.EchoMode.Normal:
        return False  # a passphrase, which is stored nowhere
    if field.property(CONFIRMS):
        return False
    if field.property(NAMES):
        return False  # names of people, which are in the sealed roster and nowhere else
    # Qt names the line edit inside a spin box itself.
    return bool(field.objectName()) and not field.objectName().startswith("qt_")


def _value(field: QWidget) -> Any:
    if isinstance(field, QPlainTextEdit):
        return field.toPlainText()
    if isinstance(field, QLineEdit):
        return field.text()
    if isinstance(field, QSpinBox):
        return field.value()
    if isinstance(field, QComboBox):
        return field.currentText()
    if isinstance(field, QListWidget):
        items = (field.item(place) for place in range(field.count()))
        return [item.text() for item in items if item.checkState() is Qt.CheckState.Checked]
    return field.isChecked() if isinstance(field, QAbstractButton) and field.isCheckable() else None


def _set(field: QWidget, value: Any) -> None:
    if isinstance(field, QPlainTextEdit):
        field.setPlainText(str(value))
    elif isinstance(field, QLineEdit):
        field.setText(str(value))
    elif isinstance(field, QSpinBox) and isinstance(value, int):
        field.setValue(value)
    elif isinstance(field, QComboBox) and (place := field.findText(str(value))) >= 0:
        field.setCurrentIndex(place)
    elif isinstance(field, QListWidget):
        for item in (field.item(place) for place in range(field.count())):
            item.setCheckState(Qt.CheckState.Checked if item.text() in value else Qt.CheckState.Unchecked)
    elif isinstance(field, QAbstractButton):
        field.setChecked(bool(value))
