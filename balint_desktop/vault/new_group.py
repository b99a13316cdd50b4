"""Add a group to the vault: its frame, its calendar, and the terms of a study that it inherits from an earlier one."""

from __future__ import annotations

from balint_desktop.domain.group.dates import Plan
from balint_desktop.domain.group.group import Group
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import GroupId
from balint_desktop.vault.log.log import Log
from balint_desktop.vault.vault import OpenVault


def add_group(vault: OpenVault, group: Group, plan: Plan = (), earlier: GroupId | None = None) -> None:
    """Add a group in one transaction. Raise Trouble, GROUP_UNNAMED and LAST_READER among others.

    If based on an earlier group it inherits the study's terms and the retention periods, which come from the same
    approval; never an answer to a consent.
    """
    if not group.name.strip():
        raise Trouble(TroubleCode.GROUP_UNNAMED)
    with vault.log.together():
        vault.readers.save_group(group)
        if plan:
            vault.log.dates.save_plan(group.id, plan)
        if earlier is not None:
            _inherit_terms(vault.log, earlier, group.id)


def _inherit_terms(log: Log, earlier: GroupId, new: GroupId) -> None:
    study = log.consents.study(earlier)
    if study is not None:
        log.consents.save_study(new, study)
    for kind, clock in log.retention.clocks(earlier).clocks.items():
        log.retention.set_clock(new, kind, clock)
