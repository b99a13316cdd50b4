"""Study numbers of a group: draw them once, read them, and say what stands for a code outside the vault."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from secrets import SystemRandom

from balint_desktop.domain.deidentify.study_numbers import StudyNumbers
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import GroupId, ParticipantCode
from balint_desktop.sealed import disk, keys, rewrite_file
from balint_desktop.vault.log.audit import AuditAct
from balint_desktop.vault.log.log import Log
from balint_desktop.vault.vault import OpenVault


def read_numbers(vault: OpenVault, group: GroupId) -> StudyNumbers:
    """Return the study numbers of a group: none before the first are drawn, or once the names were destroyed.

    Raise Trouble VAULT_LOCKED, SEALED_DAMAGED.
    """
    secrets = vault.secrets()
    vault.rosters.recover()
    path = vault.places.study_numbers(group)
    with disk.report_disk_errors(path):
        try:
            data = disk.read_small_file(path)
        except FileNotFoundError:
            return StudyNumbers()
    try:
        return StudyNumbers.from_json(keys.unseal(data, list(secrets)))
    except ValueError as error:
        raise Trouble(TroubleCode.SEALED_DAMAGED, name=path.name) from error
    except Trouble as trouble:
        raise Trouble(trouble.code, name=path.name) from trouble


def draw_numbers(vault: OpenVault, group: GroupId, codes: Iterable[ParticipantCode] = ()) -> StudyNumbers:
    """Return the study numbers of a group, with one for everyone who was ever in it and for each of the codes.

    Those drawn before stay. Where the names were destroyed, the new ones begin above the old. Raise Trouble
    VAULT_LOCKED, SEALED_DAMAGED, what the disk reports, KeyError for an unknown group.
    """
    numbers = read_numbers(vault, group)
    everyone = [member.code for member in vault.log.groups.group(group).participants]
    if not numbers.numbers:
        numbers = StudyNumbers(above=_greatest_drawn(vault.log, group))
    drawn = numbers.drawn_for([*everyone, *codes], _shuffled)
    if drawn == numbers:
        return numbers
    path = vault.places.study_numbers(group)
    rewrite_file.rewrite(path, keys.seal(drawn.to_json(), [vault.recipient]))
    # A number that is drawn before its row counts: nothing has left with it.
    vault.log.audit.add(
        AuditAct.STUDY_NUMBERS_DRAWN,
        {"group": group, "count": len(drawn.numbers) - len(numbers.numbers), "above": drawn.above},
    )
    return drawn


def has_numbers(vault: OpenVault, group: GroupId) -> bool:
    """Return whether what leaves has study numbers: not once the names were destroyed, when codes link to nobody."""
    if vault.places.study_numbers(group).exists() or vault.rosters.has(group):
        return True
    return all(row.group != group for row in vault.log.rosters.destroyed())


def _shuffled(numbers: Sequence[int]) -> Sequence[int]:
    return SystemRandom().sample(numbers, len(numbers))


def _greatest_drawn(log: Log, group: GroupId) -> int:
    """Return the greatest number that was ever given in a group: it is in files, whatever became of the table."""
    details = (json.loads(row.details) for row in log.audit.rows() if row.act == AuditAct.STUDY_NUMBERS_DRAWN)
    return max((int(one["above"]) for one in details if one["group"] == group), default=0)
