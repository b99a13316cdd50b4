"""What Qt has a name for keeps that meaning: under a name of Qt's a class of ours has only what Qt itself calls."""

from __future__ import annotations

import ast
import inspect
import pkgutil
import textwrap
from importlib import import_module

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

import balint_desktop

# Virtual functions that Qt calls, as its documentation says. Beside them, every handler of an event.
_QT_CALLS = {
    *("event", "eventFilter", "nativeEventFilter", "focusNextPrevChild", "run"),
    *("sizeHint", "minimumSizeHint", "hasHeightForWidth", "heightForWidth"),
    *("addItem", "count", "itemAt", "takeAt", "minimumSize", "expandingDirections", "setGeometry"),
    *("rowCount", "columnCount", "data", "headerData", "sort", "paint"),
    *("validate", "valueFromText", "textFromValue", "dateTimeFromText", "textFromDateTime"),
}


def replaced(made):
    """Return the names of Qt's under which a class has something that Qt does not call."""
    names = {name for name in (*vars(made), *_set_on_self(made)) if not name.startswith("__")}
    names -= _QT_CALLS | {"staticMetaObject"}
    qt = [base for base in made.__mro__ if base.__module__.startswith("PySide6")]
    return {name for name in names if not name.endswith("Event") and any(name in vars(base) for base in qt)}


def _set_on_self(made):
    for node in ast.walk(ast.parse(textwrap.dedent(inspect.getsource(made)))):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) and ast.unparse(node.value) == "self":
            yield node.attr


def _our_classes():
    for module in pkgutil.walk_packages(balint_desktop.__path__, "balint_desktop."):
        if module.name.split(".")[1] in {"ui", "app"}:
            for one in vars(import_module(module.name)).values():
                if inspect.isclass(one) and one.__module__ == module.name:
                    yield one


def test_no_name_of_qts_means_anything_else():
    found = {f"{one.__module__}.{one.__name__}": names for one in _our_classes() if (names := replaced(one))}

    assert found == {}


class _Mover(QWidget):
    destroy = Signal()

    def __init__(self):
        super().__init__()
        self.move = "a panel"

    def close(self):
        return True

    def sizeHint(self):  # noqa: N802  as Qt spells it
        return super().sizeHint()

    def showEvent(self, event):  # noqa: N802  as Qt spells it
        super().showEvent(event)


def test_a_method_a_signal_and_an_attribute_in_qts_place_are_found():
    assert replaced(_Mover) == {"move", "destroy", "close"}
