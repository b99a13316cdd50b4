"""Add a group to the vault: its frame, its calendar, its names, and what it inherits from an earlier one."""

from __future__ import annotations

from dataclasses import dataclass

from balint_desktop.domain.group.dates import Plan
from balint_desktop.domain.group.group import Group
from balint_desktop.domain.group.roster import Person, Roster
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import GroupId
from balint_desktop.vault.group_agreement import enter_for_everyone
from balint_desktop.vault.log.log import Log
from balint_desktop.vault.vault import OpenVault


@dataclass(frozen=True, slots=True)
class NewGroup:
    """A group as its form was filled in.

    `people` are its members' names, where they were given; `everyone_agreed` is the answer of the whole group to being
    recorded; `earlier` the group whose frame was copied.
    """

    group: Group
    plan: Plan = ()
    people: tuple[Person, ...] = ()
    everyone_agreed: bool = False
    earlier: GroupId | None = None


def add_group(vault: OpenVault, new: NewGroup) -> None:
    """Add a group, all of it or nothing. Raise Trouble, GROUP_UNNAMED, LAST_READER and VAULT_LOCKED among others.

    If based on an earlier group it inherits the study's terms and the retention periods, which come from the same
    approval; never an answer to a consent.
    """
    group = new.group
    if not group.name.strip():
        raise Trouble(TroubleCode.GROUP_UNNAMED)

    def rows() -> None:
        vault.readers.save_group(group)
        if new.plan:
            vault.log.dates.save_plan(group.id, new.plan)
        if new.earlier is not None:
            _inherit_terms(vault.log, new.earlier, group.id)
        if new.everyone_agreed:
            enter_for_everyone(vault.log, group.id, agreed=True)

    if new.people:
        vault.rosters.save({group.id: Roster().with_people(new.people)}, rows)
    else:
        with vault.log.together():
            rows()


def _inherit_terms(log: Log, earlier: GroupId, new: GroupId) -> None:
    study = log.consents.study(earlier)
    if study is not None:
        log.consents.save_study(new, study)
    for kind, clock in log.retention.clocks(earlier).clocks.items():
        log.retention.set_clock(new, kind, clock)
