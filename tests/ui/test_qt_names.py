"""Qt's names are used only with Qt's meaning: no class of ours shadows one with something else."""

from __future__ import annotations

import ast
import inspect
import pkgutil
import textwrap
from importlib import import_module

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

import balint_desktop

# Virtual functions that Qt calls, according to its documentation. In addition, every event handler.
_QT_CALLS = {
    *("event", "eventFilter", "nativeEventFilter", "focusNextPrevChild", "run", "showPopup"),
    *("mimeTypes", "mimeData"),
    *("sizeHint", "minimumSizeHint", "hasHeightForWidth", "heightForWidth"),
    *("addItem", "count", "itemAt", "takeAt", "minimumSize", "expandingDirections", "setGeometry"),
    *("rowCount", "columnCount", "data", "headerData", "sort", "paint", "selectionChanged", "moveCursor"),
    *("scrollContentsBy", "createMimeDataFromSelection", "canInsertFromMimeData", "insertFromMimeData"),
    *("validate", "valueFromText", "textFromValue", "dateTimeFromText", "textFromDateTime"),
}


def replaced(made):
    """Return Qt's names that a class shadows with something Qt does not call."""
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


def test_no_qt_name_has_another_meaning():
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


def test_a_method_a_signal_and_an_attribute_shadowing_qt_are_found():
    assert replaced(_Mover) == {"move", "destroy", "close"}
