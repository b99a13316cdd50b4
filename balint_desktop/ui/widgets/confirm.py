"""Confirmation in place before an act on many: one question, the act with its number, and Cancel."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from balint_desktop.i18n import tr
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, EscapeRole, button
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.live_label import announce
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.page_area import area_around
from balint_desktop.ui.widgets.tab_order import follow_layout
from balint_desktop.ui.widgets.text import text


class Confirm(QWidget):
    """A confirmation, hidden until asked. Cancel gets the focus, so that a repeated key press confirms nothing.

    `closed` is emitted when the question is hidden, answered or not.
    """

    closed = Signal()

    def __init__(self, identifier: str) -> None:
        super().__init__()
        named(self, f"{identifier}-confirm")
        self._act: Callable[[], None] = lambda: None
        self._back: QWidget | None = None
        self.words = named(text(""), f"{identifier}-confirm-words")
        self.do_button = button("", f"{identifier}-confirm-do", self._on_do, ButtonKind.PRIMARY)
        self.cancel_button = button(
            tr("Cancel"), f"{identifier}-confirm-cancel", self._on_cancel, escape=EscapeRole.CANCEL
        )
        column = layouts.column(self, 10)
        column.addWidget(self.words)
        column.addWidget(flow(self.do_button, self.cancel_button))
        self.hide()

    @property
    def is_asking(self) -> bool:
        """Whether the question is shown."""
        return not self.isHidden()

    def ask(self, words: str, act_label: str, act: Callable[[], None], back: QWidget) -> None:
        """Show the question. `act` is called once confirmed; `back` gets the focus otherwise."""
        self._act, self._back = act, back
        self.words.setText(words)
        self.do_button.setText(act_label)
        self.do_button.setAccessibleDescription(words)
        self.show()
        follow_layout(self)
        self.cancel_button.setFocus()
        area = area_around(self)
        if area is not None:
            area.reveal(self.cancel_button)
        announce(self, words)

    def dismiss(self) -> None:
        """Hide the question unanswered."""
        self._act, self._back = lambda: None, None
        if self.is_asking:
            self.hide()
            self.closed.emit()

    def _on_do(self) -> None:
        act = self._act
        self.dismiss()
        act()

    def _on_cancel(self) -> None:
        back = self._back
        self.dismiss()
        if back is not None:
            back.setFocus()
