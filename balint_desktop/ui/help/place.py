"""Help in the navigation, or over another page."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from balint_desktop.i18n import tr
from balint_desktop.ui.help.reader import HelpReader
from balint_desktop.ui.shell.place import Place
from balint_desktop.ui.widgets.buttons import EscapeRole, button
from balint_desktop.ui.widgets.narrow import READABLE, narrow


class HelpPlace(Place):
    """Help in the navigation, or over another page, which it then gives back when it is closed.

    Ctrl+F or typing searches; Escape closes, or goes back to the page before, to the results or the list.
    """

    close_asked = Signal()

    def __init__(self, page: str = "", *, closes: bool = False) -> None:
        super().__init__("help", tr("Help"))
        self.close_button = button(tr("Close Help"), "help-close", self.close_asked.emit, escape=EscapeRole.CANCEL)
        self.reader = HelpReader(self.close_button)
        self.reader.page = page
        self.field, self.found, self.back_button = self.reader.field, self.reader.found, self.reader.back_button
        self.show_page, self.show_list = self.reader.show_page, self.reader.show_list
        self.body.addWidget(narrow(self.reader, READABLE))
        self.body.addStretch(1)
        self.close_button.setVisible(closes)

    def enter_view(self) -> None:
        self.reader.show_again()

    def first_focus(self) -> QWidget:
        return self.back_button if self.reader.page else self.field

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Search for what is typed anywhere on the page."""
        typed = event.text()
        held = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if typed.strip() and typed.isprintable() and not held:
            self.reader.search_for(typed)
        else:
            super().keyPressEvent(event)
