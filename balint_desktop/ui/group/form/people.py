"""Who is in a new group: a number of members, or a pasted list of names."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from balint_desktop.domain.group.group import MAX_MEMBERS, Participant, new_participants
from balint_desktop.domain.group.roster import Person
from balint_desktop.domain.trouble import Trouble
from balint_desktop.i18n import tr, tr_n
from balint_desktop.roster.pasted_names import people_in_text
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import chip, show_on, when_chosen
from balint_desktop.ui.widgets.fields import NumberField
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.form_state import NAMES
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.tab_order import follow_layout
from balint_desktop.ui.widgets.text import quiet, small

_LINES = 6


class PeopleFields(QWidget):
    """A number, or names one a line: the names go to the sealed roster, and nowhere else."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        named(self, "group-people", spoken=tr("Who is in the group"))
        self.by_number = chip(tr("Number only"), "people-by-number")
        self.by_names = chip(tr("Paste names"), "people-by-names")
        self.count = named(NumberField(1, MAX_MEMBERS), "group-count", spoken=tr("Number of members"))
        self.names = named(QPlainTextEdit(), "group-names", spoken=tr("Names, one per line"))
        self.names.setTabChangesFocus(True)
        # No draft takes them: only the sealed roster may hold them.
        self.names.setProperty(NAMES, True)
        self.names.setPlaceholderText(tr("One name per line"))
        self.words = named(small(""), "group-names-words")
        label = named(quiet(tr("Who is in the group?")), "group-people-label")
        column = layouts.column(self, 6)
        column.addWidget(label)
        column.addWidget(flow(self.by_number, self.by_names, self.count))
        column.addWidget(self.names)
        column.addWidget(self.words)
        when_chosen(self.by_number, lambda _on: self._choose(names=False))
        when_chosen(self.by_names, lambda _on: self._choose(names=True))
        self.names.textChanged.connect(self._show_count)
        self._choose(names=False)

    @property
    def takes_names(self) -> bool:
        """Whether names are pasted."""
        return self.by_names.isChecked()

    def set_count(self, count: int) -> None:
        """Show a number of members."""
        self.count.setValue(count)

    def people(self) -> tuple[Person, ...]:
        """Return the pasted people, none where a number is given. Raise Trouble where no line is a name."""
        return people_in_text(self.names.toPlainText()) if self.takes_names else ()

    def participants(self) -> tuple[Participant, ...]:
        """Return as many new members as there are names, or as the number says. Raise Trouble."""
        return new_participants(len(self.people()) if self.takes_names else self.count.value())

    def problem(self) -> str:
        """Return why the list of names cannot be used, empty if it can."""
        try:
            count = len(self.people())
        except Trouble:
            return tr("Paste at least one name, or choose “Number only”.")
        if count > MAX_MEMBERS:
            return tr("The list has {n} names; a group can have at most {most}.").format(n=count, most=MAX_MEMBERS)
        return ""

    def _choose(self, *, names: bool) -> None:
        show_on(self.by_number, not names)
        show_on(self.by_names, names)
        self.count.setVisible(not names)
        self.names.setVisible(names)
        self.names.setFixedHeight(self.names.fontMetrics().lineSpacing() * _LINES + 16)
        self._show_count()
        if names and self.isVisible():
            follow_layout(self)
            self.names.setFocus()

    def _show_count(self) -> None:
        n = len(self.people()) if self.takes_names and not self.problem() else 0
        count = tr_n(
            "{n} person. The names are sealed in this vault; records use codes.",
            "{n} people. The names are sealed in this vault; records use codes.",
            n,
        )
        self.words.setText(count.format(n=n) if n else tr("The names are sealed in this vault; records use codes."))
        self.words.setVisible(self.takes_names)
        self.changed.emit()
