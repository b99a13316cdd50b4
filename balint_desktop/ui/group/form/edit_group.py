"""Form to edit a group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from balint_desktop.domain.group.dates import MAX_SESSIONS
from balint_desktop.domain.group.group import MAX_MEMBERS, Group, Weekday, new_participants
from balint_desktop.domain.values import GroupId, new_id
from balint_desktop.i18n import tr
from balint_desktop.ui.group.form.members import Members
from balint_desktop.ui.group.readers.readers import Readers
from balint_desktop.ui.today.cards import full_day
from balint_desktop.ui.widgets.buttons import ButtonKind, button
from balint_desktop.ui.widgets.fields import ChoiceField, NumberField, chosen
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.form import Form, labelled
from balint_desktop.ui.widgets.live_label import ProblemLabel
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.narrow import column_in
from balint_desktop.ui.widgets.tab_order import follow_layout
from balint_desktop.ui.widgets.text import heading, small, subheading

_USUAL_PARTICIPANTS = 6


@dataclass(frozen=True, slots=True)
class FormatChoice:
    """A selectable session format: key and name."""

    key: str
    name: str


class GroupEditor(QWidget):
    """The form. It emits `saved` with the group, or `cancelled`."""

    saved = Signal(object)
    cancelled = Signal()

    def __init__(self, formats: Sequence[FormatChoice]) -> None:
        super().__init__()
        named(self, "group-editor")
        self._id = GroupId("")
        self._shown = Group(self._id, "")
        self.title = named(heading(""), "group-editor-heading")
        self.name = QLineEdit()
        self.sessions = NumberField(1, MAX_SESSIONS)
        self.count = NumberField(1, MAX_MEMBERS)
        self.day = ChoiceField()
        self.format = ChoiceField()
        self.support = QLineEdit()
        self.research = named(QCheckBox(tr("This group is recorded for research")), "group-research")
        self.members = Members()
        self.readers = Readers()
        self.problem = ProblemLabel("group-problem")
        self.save_button = button(tr("Save"), "group-save", self.save, ButtonKind.PRIMARY, shortcut="Ctrl+S")
        self.cancel_button = button(tr("Cancel"), "group-cancel", self.cancelled.emit, shortcut="Esc")
        self._members_box = self._build_members()
        self._fill_choices(formats)
        self._build()
        self.count.valueChanged.connect(self._on_count)
        self.name.returnPressed.connect(self.save)

    def new(self) -> None:
        """Show an empty form with the default frame."""
        self.title.setText(tr("Name a group"))
        self.show_group(Group(GroupId(new_id()), "", participants=new_participants(_USUAL_PARTICIPANTS)))

    def change(self, group: Group) -> None:
        """Show a group for editing."""
        self.title.setText(tr("Change the group"))
        self.show_group(group)

    def hide_members(self) -> None:
        """Hide the members: an existing group has a section for them, and their number never decreases."""
        self._count_row.hide()
        self._members_box.hide()

    def show_sessions(self, *, offered: bool) -> None:
        """Show or hide the number of sessions; it is hidden where a calendar determines it."""
        self._sessions_row.setVisible(offered)

    def show_group(self, group: Group) -> None:
        """Fill the form from a group."""
        self._shown = group
        self._id = group.id
        self.problem.announce("")
        self.name.setText(group.name)
        self.sessions.setValue(group.sessions)
        self.count.setValue(max(1, len(group.participants)))
        self.members.show_participants(group.participants)
        self.day.setCurrentIndex(max(0, self.day.findData(group.weekday)))
        self.format.setCurrentIndex(max(0, self.format.findData(group.format_key)))
        self.support.setText(group.support)
        self.research.setChecked(group.for_research)
        self.readers.show_readers(group.readers, this_vault=group.this_vault_reads)
        follow_layout(self)

    def group(self) -> Group:
        """Return the group from the form's values."""
        return replace(
            self._shown,
            id=self._id,
            name=" ".join(self.name.text().split()),
            sessions=self.sessions.value(),
            participants=self.members.participants(),
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
            self.problem.announce(tr("Give the group a name first."))
            self.name.setFocus()
            return
        if self.readers.half_typed() and not self.readers.add_typed():
            self.problem.announce(tr("Finish the reader you began, or empty its two fields."))
            self.readers.key_field.setFocus()
            return
        if self.readers.has_no_reader():
            self.problem.announce(
                tr("Somebody must be able to open the recordings: this vault, or at least one other reader.")
            )
            self.readers.label_field.setFocus()
            return
        self.problem.announce("")
        self.saved.emit(self.group())

    def _on_count(self, count: int) -> None:
        self.members.set_count(count)
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
        column.addWidget(self.problem)
        column.addWidget(flow(self.save_button, self.cancel_button))
        column.addSpacing(10)
        column.addWidget(self._members_box)
        column.addWidget(subheading(tr("Who may open the recordings")))
        column.addWidget(self.readers)
        column.addStretch(1)

    def _build_members(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 10)
        column.setSpacing(14)
        column.addWidget(subheading(tr("Participants")))
        column.addWidget(small(tr("Codes stand for people in all that is kept. The signed forms stay with you.")))
        column.addWidget(self.members)
        return box

    def _frame(self) -> Form:
        form = Form()
        form.row(tr("Name"), self.name, "group-name")
        self._sessions_row = labelled(tr("Sessions"), self.sessions, "group-sessions")
        self._count_row = labelled(tr("Participants"), self.count, "group-count")
        usual_day = labelled(tr("Usual day"), self.day, "group-day")
        form.add(flow(self._sessions_row, self._count_row, usual_day, spacing=16))
        self._rest_of_frame(form)
        return form

    def _rest_of_frame(self, form: Form) -> None:
        form.row(tr("Session format"), self.format, "group-format")
        form.row(
            tr("Support, named aloud"),
            self.support,
            "group-support",
            tr("Who students can turn to afterwards. It is said at every opening, and shown when someone needs care."),
        )
        form.add(self.research)
        form.add(
            small(tr("In a research group, prompts that rest on the study's own findings are off until you say so."))
        )
