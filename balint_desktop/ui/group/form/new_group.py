"""Form for a new group: name, dates, who, and whether everyone has agreed to be recorded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtWidgets import QCheckBox, QWidget

from balint_desktop.domain.group.dates import Plan, every_days, not_cancelled
from balint_desktop.domain.group.group import Group
from balint_desktop.domain.group.templates import (
    TEMPLATES,
    GroupTemplate,
    from_template,
    template_from_group,
    with_dates,
)
from balint_desktop.domain.values import GroupId, new_id
from balint_desktop.i18n import tr
from balint_desktop.ui.group.dates.planning import PlanFields
from balint_desktop.ui.group.form.edit_group import FormatChoice, GroupEditor
from balint_desktop.ui.group.form.people import PeopleFields
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.dates import focus_unreadable
from balint_desktop.ui.widgets.fields import ChoiceField
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.form import Form
from balint_desktop.ui.widgets.form_state import changed_values, read_state, write_state
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.text import quiet, small
from balint_desktop.ui.widgets.yes_no import YesNo
from balint_desktop.vault.new_group import NewGroup


class NewGroupEditor(GroupEditor):
    """Group form with date fields in place of a session count and a usual day. Past dates are allowed.

    `earlier` are the groups whose frame may be copied, newest first; members are never copied.
    """

    def __init__(
        self,
        formats: Sequence[FormatChoice],
        today: date,
        earlier: Sequence[Group] = (),
        plan_of: Callable[[GroupId], Plan] = lambda _: (),
    ) -> None:
        self._plan_of = plan_of
        self._filled: dict[str, Any] = {}
        self._has_earlier = bool(earlier)
        self.begin = ChoiceField()
        for template in TEMPLATES:
            self.begin.addItem(tr(template.name), template)
        for group in earlier:
            self.begin.addItem(tr("Same as {group}").format(group=group.name), group)
        self.plans = named(QCheckBox(tr("Plan the dates now")), "group-plans")
        self.plans.setChecked(True)
        self.dates = PlanFields("group-plan", today)
        self.people = PeopleFields()
        self.everyone_agreed = YesNo("everyone-agreed")
        self._agreed_question = quiet(tr("Has everyone agreed to be recorded?"))
        self._agreed_words = named(small(""), "everyone-agreed-words")
        super().__init__(formats)
        for hidden in (self.sessions, self.day):
            hidden.setParent(self)
            hidden.hide()
        self.begin.currentIndexChanged.connect(lambda _: self._begin_from(self.begin.currentData()))
        self.plans.toggled.connect(self.dates.show_dates)

    @property
    def copied_from(self) -> Group | None:
        """Return the earlier group whose frame was copied, None for a template."""
        chosen = self.begin.currentData()
        return chosen if isinstance(chosen, Group) else None

    def new(self) -> None:
        """Show an empty form with the usual frame."""
        self.title.setText(tr("New group") if self._has_earlier else tr("Your first group"))
        self._begin_from(self.begin.currentData())

    def group(self) -> Group:
        """Return the group from the form's values. Raise Trouble for an unreadable day or list of names."""
        group = replace(super().group(), participants=self.people.participants())
        return with_dates(group, self.dates.count.value(), self.plan())

    def new_group(self) -> NewGroup:
        """Return the group with its dates, names and answer. Raise Trouble."""
        group = self.group()
        # In a research group each person's answers are entered by purpose.
        agreed = not group.for_research and self.everyone_agreed.answer is True
        earlier = self.copied_from.id if self.copied_from is not None else None
        return NewGroup(group, self.plan(), self.people.people(), everyone_agreed=agreed, earlier=earlier)

    def plan(self) -> Plan:
        """Return the planned dates, empty if planning is left for later. Raise Trouble NO_SUCH_DAY."""
        return self.dates.plan() if self.plans.isChecked() else ()

    def save(self) -> None:
        with self.problem.attempt() as attempt:
            self.plan()
        if attempt.trouble is not None:
            if not focus_unreadable(self.dates):
                self.dates.first.setFocus()
        elif words := self.people.problem():
            self._refuse(words, self.people.names)
        else:
            super().save()

    def _begin_from(self, source: GroupTemplate | Group) -> None:
        """Fill the form from a template or group; whatever was changed by hand stays."""
        by_hand = changed_values(self, self._filled) if self._filled else {}
        name, group = self.name.text(), GroupId(new_id())
        if isinstance(source, Group):
            plan = not_cancelled(self._plan_of(source.id))
            made = template_from_group(source, group, name)
            self.dates.propose(source.sessions, every_days(plan), plan[0].time if plan else "")
        else:
            made = from_template(source, group, name)
            self.dates.propose(source.sessions, source.every)
        self.show_group(made)
        self.people.set_count(len(made.participants))
        self._filled = read_state(self)
        by_hand.pop(self.begin.objectName(), None)
        write_state(self, by_hand)

    def _on_research(self) -> None:
        super()._on_research()
        research = self.research.isChecked()
        for part in (self._agreed_question, self.everyone_agreed.yes, self.everyone_agreed.no):
            part.setVisible(not research)
        self._agreed_words.setText(
            tr("Each person’s consents are entered under Consents, once the group is saved.")
            if research
            else tr("Ask the whole group once. Without a yes from everyone, sessions run without a recording.")
        )

    def _frame(self) -> Form:
        form = Form()
        form.row(tr("Name"), self.name, "group-name")
        form.row(tr("Template"), self.begin, "group-begin")
        form.add(self.dates)
        form.add(self.people)
        answers = self.everyone_agreed
        for made in (answers.yes, answers.no):
            made.setAccessibleDescription(tr("Has everyone agreed to be recorded?"))
        asked = QWidget()
        column = layouts.column(asked, 6)
        column.addWidget(self._agreed_question)
        column.addWidget(flow(answers.yes, answers.no))
        column.addWidget(self._agreed_words)
        form.add(asked)
        self._rest_of_frame(form)
        return form

    def _rest_of_frame(self, form: Form) -> None:
        super()._rest_of_frame(form)
        form.add(self.plans)
