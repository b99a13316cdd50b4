"""The codes and themes of a compared round as a list, and what can be done with the chosen one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from balint_desktop.i18n import tr
from balint_desktop.ui.analysis.comparison import Comparison
from balint_desktop.ui.analysis.matters import Matter
from balint_desktop.ui.analysis.uncopied_list import UncopiedList
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, button
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.text import quiet

LIST_LINES = 18
"""How many lines a list of matters is high at most."""


class MattersView(QWidget):
    """Emits what is asked of the chosen Matter, and `undo_asked`. It changes nothing."""

    decide_asked = Signal(object)
    same_asked = Signal(object)
    apart_asked = Signal(object)
    add_asked = Signal(object)
    passages_asked = Signal(object)
    undo_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._comparison: Comparison | None = None
        self._matters: tuple[Matter, ...] = ()
        self._can_change = False
        self.list = named(UncopiedList(), "compare-matters", spoken=tr("Codes and themes"))
        self.list.setWordWrap(True)
        self.none = named(
            quiet(tr("Nothing to compare yet. No other coder’s closed round has arrived.")), "compare-none"
        )
        self.same_button = button(tr("Same code"), "compare-same", lambda: self._emit(self.same_asked.emit))
        self.apart_button = button(tr("Not the same"), "compare-apart", lambda: self._emit(self.apart_asked.emit))
        self.add_button = button(tr("Add to framework"), "compare-add", lambda: self._emit(self.add_asked.emit))
        self.decide_button = button(
            tr("Decide…"), "compare-decide", lambda: self._emit(self.decide_asked.emit), ButtonKind.PRIMARY
        )
        self.show_button = button(tr("Show passages"), "compare-show-of", lambda: self._emit(self.passages_asked.emit))
        self.undo_button = button(tr("Undo"), "compare-undo", self.undo_asked.emit, repeats=True)
        self.order = named(quiet(""), "compare-order")
        column = layouts.column(self, 10)
        column.addWidget(self.none)
        column.addWidget(self.list)
        acts = (self.decide_button, self.same_button, self.apart_button, self.add_button, self.show_button)
        column.addWidget(flow(*acts, self.undo_button))
        column.addWidget(self.order)
        column.addStretch(1)
        self.setFocusProxy(self.list)
        self.list.currentRowChanged.connect(lambda _: self._allow())

    def show_matters(self, comparison: Comparison, *, can_change: bool, can_undo: bool) -> None:
        """Show what is talked about. `can_change` is whether there is a framework to change."""
        self._comparison, self._can_change = comparison, can_change
        self._matters = comparison.matters()
        self.none.setVisible(len(comparison.coders) < 2)
        self.list.show_lines([comparison.line(one) for one in self._matters], LIST_LINES)
        self.undo_button.setVisible(can_undo)
        self._allow()

    def show_order(self, words: str) -> None:
        """Show when one's own round was closed, and whose coding was opened after it."""
        self.order.setText(words)
        self.order.setVisible(bool(words))

    def forget(self) -> None:
        """Drop every word."""
        self._comparison, self._matters = None, ()
        self.list.clear()
        self.order.clear()

    def _matter(self) -> Matter | None:
        row = self.list.currentRow()
        return self._matters[row] if 0 <= row < len(self._matters) else None

    def _allow(self) -> None:
        comparison, matter = self._comparison, self._matter()
        self.decide_button.setEnabled(matter is not None)
        can_change = self._can_change and comparison is not None and matter is not None
        is_pair = matter is not None and matter.pair is not None
        is_same = comparison is not None and matter is not None and comparison.is_same(matter)
        has_code = matter is not None and bool(matter.code)
        is_known = comparison is not None and matter is not None and comparison.is_known(matter.code)
        self.show_button.setVisible(can_change and has_code)
        self.same_button.setVisible(can_change and is_pair and not is_same)
        self.apart_button.setVisible(can_change and is_pair and is_same)
        self.add_button.setVisible(can_change and has_code and not is_pair and not is_known)

    def _emit(self, ask: Callable[[Matter], None]) -> None:
        matter = self._matter()
        if matter is not None:
            ask(matter)
