"""Form for a group's frame."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from balint_desktop.domain.group.dates import MAX_SESSIONS
from balint_desktop.domain.group.group import Group, Weekday
from balint_desktop.domain.values import GroupId
from balint_desktop.i18n import tr
from balint_desktop.ui.group.readers.readers import Readers
from balint_desktop.ui.today.cards import full_day
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, EscapeRole, button, show_on, when_chosen
from balint_desktop.ui.widgets.fields import ChoiceField, NumberField, chosen
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.form import Form, labelled
from balint_desktop.ui.widgets.live_label import ProblemLabel
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.narrow import column_in
from balint_desktop.ui.widgets.tab_order import follow_layout
from balint_desktop.ui.widgets.text import heading, quiet, small


@dataclass(frozen=True, slots=True)
class FormatChoice:
    """A selectable session format: key and name."""

    key: str
    name: str


class GroupEditor(QWidget):
    """The form. It emits `saved` with the group, or `cancelled`.

    What a first evening does not need is behind *More options*: the format, and who can open the recordings.
    """

    saved = Signal(object)
    cancelled = Signal()

    def __init__(self, formats: Sequence[FormatChoice]) -> None:
        super().__init__()
        named(self, "group-editor")
        self._group = Group(GroupId(""), "")
        self.title = named(heading(""), "group-editor-heading")
        self.name = QLineEdit()
        self.sessions = NumberField(1, MAX_SESSIONS)
        self.day = ChoiceField()
        self.format = ChoiceField()
        self.support = QLineEdit()
        self.research = named(QCheckBox(tr("Recorded for research")), "group-research")
        self.research_words = named(
            small(tr("Prompts based on published findings are off until you switch them on.")), "group-research-words"
        )
        self.readers = Readers()
        self.more_button = button(tr("More options"), "group-more", kind=ButtonKind.QUIET)
        self.more_button.setCheckable(True)
        self.problem = ProblemLabel("group-problem")
        self.save_button = button(tr("Save"), "group-save", self.save, ButtonKind.PRIMARY, shortcut="Ctrl+S")
        self.cancel_button = button(tr("Cancel"), "group-cancel", self.cancelled.emit, escape=EscapeRole.CANCEL)
        self._fill_choices(formats)
        self._more = self._build_more()
        self._build()
        when_chosen(self.more_button, lambda on: self._show_more(on=on))
        self.research.toggled.connect(lambda _: self._on_research())
        self.name.returnPressed.connect(self.save)
        self.support.returnPressed.connect(self.save)

    def change(self, group: Group) -> None:
        """Show a group for editing."""
        self.show_group(group)

    def show_sessions(self, *, offered: bool) -> None:
        """Show or hide the number of sessions; it is hidden where a calendar determines it."""
        self._sessions_row.setVisible(offered)

    def show_group(self, group: Group) -> None:
        """Fill the form from a group."""
        self._group = group
        self.problem.announce("")
        self.name.setText(group.name)
        self.sessions.setValue(group.sessions)
        self.day.setCurrentIndex(max(0, self.day.findData(group.weekday)))
        self.format.setCurrentIndex(max(0, self.format.findData(group.format_key)))
        self.support.setText(group.support)
        self.research.setChecked(group.for_research)
        self.readers.show_readers(group.readers, this_vault=group.this_vault_reads)
        self._on_research()
        self._show_more(on=group.for_research or bool(group.readers) or not group.this_vault_reads)

    def group(self) -> Group:
        """Return the group from the form's values: what the form does not show stays as it was."""
        return replace(
            self._group,
            name=" ".join(self.name.text().split()),
            sessions=self.sessions.value(),
            weekday=chosen(self.day, Weekday),
            format_key=chosen(self.format, str) or "student-hour",
            support=" ".join(self.support.text().split()),
            for_research=self.research.isChecked(),
            this_vault_reads=self.readers.this_vault.isChecked(),
            readers=self.readers.readers(),
        )

    def save(self) -> None:
        """Validate and emit the group."""
        if not self.name.text().strip():
            self._refuse(tr("Enter a name for the group."), self.name)
        elif self.readers.half_typed() and not self.readers.add_typed():
            self._refuse(tr("Finish adding the reader, or clear both fields."), self.readers.key_field)
        elif self.readers.has_no_reader():
            words = tr("Someone must be able to open the recordings: this vault, or at least one other reader.")
            self._refuse(words, self.readers.label_field)
        else:
            self.problem.announce("")
            self.saved.emit(self.group())

    def _refuse(self, words: str, field: QWidget) -> None:
        """Say why the form cannot be saved, and focus the field."""
        if not field.isVisibleTo(self):
            self._show_more(on=True)
        self.problem.announce(words)
        field.setFocus()

    def _on_research(self) -> None:
        self.research_words.setVisible(self.research.isChecked())

    def _show_more(self, *, on: bool) -> None:
        show_on(self.more_button, on)
        self.more_button.setText(tr("Fewer options") if on else tr("More options"))
        self._more.setVisible(on)
        follow_layout(self)

    def _fill_choices(self, formats: Sequence[FormatChoice]) -> None:
        self.day.addItem(tr("No usual day"), None)
        for day in Weekday:
            self.day.addItem(full_day(day), day)
        for choice in formats:
            self.format.addItem(choice.name, choice.key)

    def _build(self) -> None:
        column = column_in(self)
        column.setSpacing(14)
        column.addWidget(self.title)
        column.addWidget(self._frame())
        column.addWidget(flow(self.more_button))
        column.addWidget(self._more)
        column.addWidget(self.problem)
        column.addWidget(flow(self.save_button, self.cancel_button))
        column.addStretch(1)

    def _build_more(self) -> QWidget:
        more = QWidget()
        column = layouts.column(more, 14)
        column.addWidget(labelled(tr("Session format"), self.format, "group-format"))
        column.addWidget(quiet(tr("Who can open the recordings")))
        column.addWidget(self.readers)
        return more

    def _frame(self) -> Form:
        form = Form()
        form.row(tr("Name"), self.name, "group-name")
        self._sessions_row = labelled(tr("Sessions"), self.sessions, "group-sessions")
        form.add(flow(self._sessions_row, labelled(tr("Usual day"), self.day, "group-day"), spacing=16))
        self._rest_of_frame(form)
        return form

    def _rest_of_frame(self, form: Form) -> None:
        form.row(tr("Support (you will read this out)"), self.support, "group-support")
        form.add(self.research)
        form.add(self.research_words)
