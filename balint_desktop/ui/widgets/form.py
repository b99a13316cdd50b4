"""Form rows: label, buddy, accessible name and description in one call."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.text import small, text


class Form(QWidget):
    """Rows of a label, the field under it, and a remark below. Works at every text size.

    A widget, not a layout: a layout without a widget would not keep its children alive.
    """

    def __init__(self, spacing: int = 14) -> None:
        super().__init__()
        self._rows = layouts.column(self, spacing)

    def row(self, label: str, field: QWidget, identifier: str, help_text: str = "") -> QLabel:
        """Add a labelled field, and return its label. An & in the label sets a mnemonic (Alt and the letter)."""
        row = QVBoxLayout()
        row.setSpacing(4)
        self._rows.addLayout(row)
        label_widget = named(text(label, "quiet"), f"{identifier}-label")
        named(field, identifier, spoken=label.replace("&", ""), description=help_text)
        if field.focusPolicy() != Qt.FocusPolicy.NoFocus:
            label_widget.setBuddy(field)
        row.addWidget(label_widget)
        row.addWidget(field)
        if help_text:
            row.addWidget(named(small(help_text), f"{identifier}-help"))
        return label_widget

    def add(self, widget: QWidget) -> None:
        """Add a widget without a label, such as a tick with its own text."""
        self._rows.addWidget(widget)


def labelled(label: str, field: QWidget, identifier: str) -> Form:
    """Return a field under its label."""
    form = Form()
    form.row(label, field, identifier)
    return form


def side_by_side(*rows: tuple[str, QWidget, str]) -> QWidget:
    """Return labelled fields side by side, wrapping at the available width; the fields of a line are level.

    A row is a label, a field and an identifier.
    """
    return flow(*(labelled(*row) for row in rows), spacing=16, at_foot=True)
