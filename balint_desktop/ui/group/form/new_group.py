"""Form for a new group: name, template, dates."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtWidgets import QCheckBox

from balint_desktop.domain.group.dates import Plan, every_days, not_cancelled
from balint_desktop.domain.group.group import Group
from balint_desktop.domain.group.templates import (
    TEMPLATES,
    GroupTemplate,
    from_template,
    template_from_group,
    with_dates,
)
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import GroupId, new_id
from balint_desktop.i18n import tr
from balint_desktop.ui.group.dates.planning import PlanFields
from balint_desktop.ui.group.form.edit_group import FormatChoice, GroupEditor
from balint_desktop.ui.widgets.dates import day_words, focus_unreadable
from balint_desktop.ui.widgets.fields import ChoiceField
from balint_desktop.ui.widgets.form import Form, side_by_side
from balint_desktop.ui.widgets.naming import named


class NewGroupEditor(GroupEditor):
    """Group form with date fields in place of a session count and a usual day.

    `earlier` are the groups whose frame may be copied, newest first; members are never copied.
    """

    def __init__(
        self,
        formats: Sequence[FormatChoice],
        today: date,
        earlier: Sequence[Group] = (),
        plan_of: Callable[[GroupId], Plan] = lambda _: (),
    ) -> None:
        self._today = today
        self._plan_of = plan_of
        self.begin = ChoiceField()
        for template in TEMPLATES:
            self.begin.addItem(tr(template.name), template)
        for group in earlier:
            self.begin.addItem(tr("As {group} was").format(group=group.name), group)
        self.plans = named(QCheckBox(tr("Plan the dates now")), "group-plans")
        self.plans.setChecked(True)
        self.dates = PlanFields("group-plan", today)
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
        self.title.setText(tr("Name a group"))
        self._id = GroupId(new_id())
        self._begin_from(self.begin.currentData())

    def group(self) -> Group:
        return with_dates(super().group(), self.dates.count.value(), self.plan())

    def plan(self) -> Plan:
        """Return the planned dates, empty if planning is left for later. Raise Trouble NO_SUCH_DAY."""
        return self.dates.plan() if self.plans.isChecked() else ()

    def save(self) -> None:
        with self.problem.attempt() as attempt:
            plan = self.plan()
            if plan and plan[0].day < self._today:
                raise Trouble(TroubleCode.DAY_OVER, day=day_words(plan[0].day))
        if attempt.trouble is None:
            super().save()
        elif not focus_unreadable(self.dates):
            self.dates.first.setFocus()

    def _begin_from(self, source: GroupTemplate | Group) -> None:
        """Fill the form from a template or group; the typed name and the first day stay."""
        name = self.name.text()
        if isinstance(source, Group):
            plan = not_cancelled(self._plan_of(source.id))
            self.show_group(template_from_group(source, self._id, name))
            self.dates.propose(source.sessions, every_days(plan), plan[0].time if plan else "")
        else:
            self.show_group(from_template(source, self._id, name))
            self.dates.propose(source.sessions, source.every)

    def _frame(self) -> Form:
        form = Form()
        form.row(tr("Name"), self.name, "group-name")
        form.row(tr("Begin from"), self.begin, "group-begin")
        form.add(self.plans)
        form.add(self.dates)
        form.add(side_by_side((tr("Participants"), self.count, "group-count")))
        self._rest_of_frame(form)
        return form
