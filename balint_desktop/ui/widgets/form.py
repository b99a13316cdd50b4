"""How a form is built: one call sets label, buddy, accessible name and description, so that no row can forget."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from balint_desktop.ui.naming import named
from balint_desktop.ui.widgets.text import small, text


class Form(QVBoxLayout):
    """Rows below each other: the label, the field under it, a remark under that. Reads well at every text size."""

    def __init__(self, spacing: int = 14) -> None:
        super().__init__()
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)

    def row(self, label: str, field: QWidget, identifier: str, help_text: str = "") -> QLabel:
        """Add a labelled field, and return its label. An & in the label gives the field a key (Alt and the letter)."""
        row = QVBoxLayout()
        row.setSpacing(4)
        label_widget = named(text(label, "quiet"), f"{identifier}-label")
        named(field, identifier, spoken=label.replace("&", ""), description=help_text)
        if field.focusPolicy() != field.focusPolicy().NoFocus:
            label_widget.setTextFormat(label_widget.textFormat().PlainText)
            label_widget.setBuddy(field)
        row.addWidget(label_widget)
        row.addWidget(field)
        if help_text:
            row.addWidget(named(small(help_text), f"{identifier}-help"))
        self.addLayout(row)
        return label_widget

    def widget(self, widget: QWidget) -> None:
        """Add something that needs no label, such as a tick with its own words."""
        self.addWidget(widget)
