"""Enter presses the focused button, or the one act of the form that is filled in; Escape closes what is open.

Both act on keys that no widget wanted: a table that opens a row, a field with an act of its own and a list that is
open have had them first.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import SIGNAL
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QLineEdit, QPushButton, QWidget

from balint_desktop.ui.widgets.buttons import ButtonKind, EscapeRole, escape_role, press_by_escape
from balint_desktop.ui.widgets.form import Form


def press_enter(focus: QWidget | None) -> bool:
    """Press what Enter stands for at the focused widget; return whether there is anything."""
    button = focus if isinstance(focus, QPushButton) else _act_of_form(focus)
    if button is None or not button.isEnabled():
        return False
    button.click()
    return True


def press_escape(page: QWidget | None, focus: QWidget | None) -> bool:
    """Press the innermost button that cancels, else the innermost that leaves; return whether there is one.

    Innermost is what stands around the focus, else the page's last.
    """
    if page is None:
        return False
    for role in (EscapeRole.CANCEL, EscapeRole.LEAVE):
        for around in (*_upwards(focus, page), page):
            found = [one for one in _buttons(around) if escape_role(one) is role]
            if found:
                press_by_escape(found[-1])
                return True
    return False


def _act_of_form(field: QWidget | None) -> QPushButton | None:
    """Return the one primary button of the form that a field is in."""
    if not isinstance(field, QLineEdit | QComboBox | QAbstractSpinBox) or _has_act(field):
        return None
    is_in_form = False
    for around in _upwards(field, field.window()):
        is_in_form = is_in_form or isinstance(around, Form)
        acts = [one for one in _buttons(around) if one.property("kind") == ButtonKind.PRIMARY.value]
        if acts:
            return acts[0] if is_in_form and len(acts) == 1 else None
    return None


def _has_act(field: QWidget) -> bool:
    return isinstance(field, QLineEdit) and field.receivers(SIGNAL("returnPressed()")) > 0


def _buttons(within: QWidget) -> list[QPushButton]:
    return [one for one in within.findChildren(QPushButton) if one.isVisible() and one.isEnabled()]


def _upwards(widget: QWidget | None, last: QWidget) -> Iterator[QWidget]:
    """Yield the widgets around one, from the inside to before the last."""
    around = widget.parentWidget() if widget is not None and last.isAncestorOf(widget) else None
    while around is not None and around is not last:
        yield around
        around = around.parentWidget()
