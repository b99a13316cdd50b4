"""The page of one group: name, way back, sections."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from balint_desktop.domain.group.group import Group
from balint_desktop.i18n import tr
from balint_desktop.ui.widgets.buttons import ButtonKind, EscapeRole, button
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.narrow import column_in
from balint_desktop.ui.widgets.sections import SectionEntry, Sections
from balint_desktop.ui.widgets.text import heading


class GroupPage(QWidget):
    """The group page. `again` re-reads a group each time a section comes into view; it may raise Trouble."""

    back = Signal()

    def __init__(self, entries: Sequence[SectionEntry[Group]], again: Callable[[Group], Group]) -> None:
        super().__init__()
        named(self, "group-page")
        self.title = named(heading(""), "group-page-heading")
        self.back_button = button(
            tr("All groups"),
            "group-back",
            self.back.emit,
            ButtonKind.QUIET,
            shortcut="Alt+Left",
            escape=EscapeRole.LEAVE,
        )
        self.sections = Sections("group-sections", entries)
        self.sections.again = again
        self.sections.subject_shown.connect(lambda group: self.title.setText(group.name))
        column = column_in(self)
        column.setSpacing(14)
        column.addWidget(flow(self.back_button))
        column.addWidget(self.title)
        column.addWidget(self.sections)
        column.addStretch(1)

    def show_group(self, group: Group, section: str = "") -> None:
        """Show a group in the given section, or in the current one. Raise Trouble."""
        self.sections.show_subject(group, section)

    def refresh(self) -> None:
        """Refresh the current section. Raise Trouble."""
        self.sections.show_section(self.sections.current)

    def first_focus(self) -> QWidget:
        """Return the widget that gets the focus first."""
        section = self.sections.section(self.sections.current)
        first = section.first_focus() if section is not None else None
        return first or self.sections.chips[self.sections.current]
