"""What Groups works with: the vault's groups, the formats that can be read, the readers, and a group's sections."""

from __future__ import annotations

from typing import TYPE_CHECKING

from balint_desktop.domain.group.dates import day_of
from balint_desktop.domain.group.people import Group
from balint_desktop.domain.values import GroupId
from balint_desktop.i18n import tr
from balint_desktop.ui.group.form.deps import GroupCare
from balint_desktop.ui.group.form.editor import FormatChoice
from balint_desktop.ui.group.list.place import GroupsPlace
from balint_desktop.ui.widgets.sections import Section, SectionEntry

if TYPE_CHECKING:
    from balint_desktop.app.context import Owner


def build_groups(owner: Owner) -> GroupsPlace:
    """Build the place where groups are named, and the page of each."""

    def formats() -> list[FormatChoice]:
        return [FormatChoice(line.key, line.name) for line in owner.formats.lines() if not line.problem]

    readers = owner.open_vault().readers
    return GroupsPlace(
        readers,
        formats,
        owner.messages,
        readers,
        sections=group_sections(owner),
        undoing=owner.undoing,
        care=_care(owner),
    )


def _care(owner: Owner) -> GroupCare:
    log = owner.open_vault().log

    def copy_study(earlier: GroupId, new: GroupId) -> None:
        study = log.consents.study(earlier)
        if study is not None:
            log.consents.save_study(new, study)
        # The periods come from the same approval.
        for kind, clock in log.keeping.clocks(earlier).clocks.items():
            log.keeping.set_clock(new, kind, clock)

    return GroupCare(log.dates, lambda: day_of(owner.clock.now().wall), copy_study)


def group_sections(owner: Owner) -> tuple[SectionEntry[Group], ...]:
    """Return what the page of a group has after *About*, in the order of its row: a section is a line here.

    Each is built when it is first seen, and is shown the group, read anew, each time it comes into view.
    """

    def dates() -> Section[Group]:
        from balint_desktop.app.dates import build_dates

        return build_dates(owner)

    def members() -> Section[Group]:
        from balint_desktop.app.members import build_members

        return build_members(owner)

    def evaluation() -> Section[Group]:
        from balint_desktop.app.evaluation import build_evaluation

        return build_evaluation(owner)

    def keeping() -> Section[Group]:
        from balint_desktop.app.retention import build_keeping

        return build_keeping(owner)

    def reports() -> Section[Group]:
        from balint_desktop.app.reports import build_reports

        return build_reports(owner)

    def consents() -> Section[Group]:
        from balint_desktop.app.consents import build_consents

        return build_consents(owner)

    return (
        SectionEntry("dates", tr("Dates"), dates),
        SectionEntry("members", tr("Members"), members),
        SectionEntry("consents", tr("Consents"), consents),
        SectionEntry("evaluation", tr("Evaluation"), evaluation),
        SectionEntry("keeping", tr("Keeping"), keeping),
        SectionEntry("reports", tr("Reports"), reports),
    )
