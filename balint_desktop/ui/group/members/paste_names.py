"""Paste a list of names: read like a file, then previewed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from balint_desktop.domain.trouble import Trouble
from balint_desktop.i18n import tr
from balint_desktop.roster.plan_import import RosterContent, people_pasted
from balint_desktop.ui.group.members.panel import MemberPanel
from balint_desktop.ui.group.members.wording import paste_problem
from balint_desktop.ui.widgets.note_field import NoteField

_LIMIT = 100_000
_LINES = 8


class PastePanel(MemberPanel):
    """Field for a list of names. `found` is called with the people in it; nothing is written."""

    def __init__(self, found: Callable[[RosterContent], None]) -> None:
        super().__init__("roster-paste", tr("Paste a list of names"), tr("Preview"))
        self._found = found
        self.names = NoteField("roster-paste-names", _LIMIT, _LINES, shown_from=0)
        self.form.row(
            tr("Names"), self.names, "roster-paste-names", tr("One name per line, or rows copied from a spreadsheet.")
        )
        self.form.add(self.names.left_words)

    def open_empty(self) -> None:
        """Show the empty field."""
        self.names.clear()
        self.show()

    def act(self) -> None:
        try:
            found = people_pasted(self.names.toPlainText(), "")
        except Trouble as trouble:
            self.problem.announce(paste_problem(trouble))
            self.names.setFocus()
            return
        self.close_panel()
        self._found(found)

    def forget(self) -> None:
        self.names.clear()

    def first_focus(self) -> QWidget:
        return self.names
