"""Labelled fields side by side, wrapping where the width runs out."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.form import Form


def beside(*rows: tuple[str, QWidget, str]) -> QWidget:
    """Return labelled fields beside each other: label, field, identifier."""
    forms = []
    for label, field, identifier in rows:
        form = Form()
        form.row(label, field, identifier)
        forms.append(form)
    return flow(*forms, spacing=16)
