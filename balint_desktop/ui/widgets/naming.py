"""Name a widget for tests and for screen readers."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

W = TypeVar("W", bound=QWidget)


def named(widget: W, identifier: str, spoken: str = "", description: str = "") -> W:
    """Set the widget's identifier and accessible name; return the widget.

    `spoken` is for widgets without text. A label or button with text is read out by that text: a second
    name would hide a label's text and freeze a button's, so that is rejected here.
    """
    widget.setObjectName(identifier)
    if hasattr(widget, "setAccessibleIdentifier"):  # since Qt 6.9
        widget.setAccessibleIdentifier(identifier)
    if spoken:
        if isinstance(widget, QLabel) or (isinstance(widget, QAbstractButton) and widget.text()):
            raise ValueError(f"{identifier} is read out by its text and needs no other name")
        widget.setAccessibleName(spoken)
    if description:
        widget.setAccessibleDescription(description)
    return widget
