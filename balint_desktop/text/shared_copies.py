"""Wording of importing a sealed copy, for the window and the command line."""

from __future__ import annotations

from balint_desktop.domain.study.consent import Purpose
from balint_desktop.domain.study.retention import RetainedKind, RetentionPeriod
from balint_desktop.domain.study.shared_session import SharedSession
from balint_desktop.i18n import tr
from balint_desktop.text import retention
from balint_desktop.text.consents import purpose_name
from balint_desktop.text.lists import listed
from balint_desktop.vault.import_copy import ImportedCopy


def imported(copy: ImportedCopy) -> list[str]:
    """Return the result of an import, a sentence each: where it went, and what it may be used for."""
    words = (
        tr("Session {number} was imported into the new group {group}.")
        if copy.is_new_group
        else tr("Session {number} was imported into {group}.")
    )
    return [
        words.format(number=copy.shared.number, group=copy.group.name),
        uses(copy.shared),
        *(_period(kind, copy.shared.periods[kind]) for kind in copy.differing),
        *([] if copy.group.opens_here else [tr("It is sealed to that group’s readers, and this vault is not one.")]),
    ]


def uses(shared: SharedSession) -> str:
    """Return what a recording may be used for, by the answers of everyone in it on the day it was shared."""
    purposes = [purpose_name(one) for one in Purpose if one in shared.purposes and one is not Purpose.RECORDING]
    if not purposes:
        return unknown_uses() if shared.shared_for is None else tr("It may be played here, and used for nothing else.")
    return tr("Everyone in it agreed to: {purposes}.").format(purposes=listed(purposes))


def unknown_uses() -> str:
    """Return what holds for a copy of an earlier version."""
    return tr("It does not say what it may be used for: you can play it here, and no more. Ask for a new copy.")


def _period(kind: RetainedKind, period: RetentionPeriod) -> str:
    words = tr("{kind}: your group’s retention period applies. The copy came with another: {period}")
    return words.format(kind=retention.title(kind), period=retention.clock(period))
