"""Roster files, and what is sealed beside a roster: read, recover after a crash, reseal on renewal.

Beside the roster of a group are its study numbers and its decisions: they lead to people, too, and go with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from balint_desktop.domain.group.roster import Roster
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import GroupId
from balint_desktop.sealed import disk, keys, rewrite_file
from balint_desktop.sealed.keys import Identity
from balint_desktop.vault.layout import DECISIONS_ENDING, NUMBERS_ENDING, VaultLayout
from balint_desktop.vault.log.audit import AuditAct
from balint_desktop.vault.log.log import Log

_ENDING = ".age"
_BESIDE = (NUMBERS_ENDING, DECISIONS_ENDING)


def read(path: Path, identities: Sequence[Identity]) -> Roster:
    """Return a roster, empty where there is none. Raise Trouble SEALED_DAMAGED, WRONG_KEY."""
    with disk.report_disk_errors(path):
        try:
            data = disk.read_small_file(path)
        except FileNotFoundError:
            return Roster()
    try:
        return Roster.from_json(keys.unseal(data, [one.secret for one in identities]))
    except ValueError as error:
        raise Trouble(TroubleCode.SEALED_DAMAGED, name=path.name) from error
    except Trouble as trouble:
        raise Trouble(trouble.code, name=path.name) from trouble


def all_files(places: VaultLayout) -> tuple[Path, ...]:
    """Return every roster on the disk, and what is beside it."""
    return tuple(sorted(places.rosters.glob(f"*{_ENDING}")))


def files_of(places: VaultLayout, group: GroupId) -> tuple[Path, ...]:
    """Return where a group's roster is, and what may be beside it; the roster last."""
    return (*(places.rosters / f"{group}{ending}" for ending in _BESIDE), places.roster(group))


def _group_of(path: Path) -> GroupId:
    """Return the group of a roster, or of what is beside it."""
    ending = next((ending for ending in _BESIDE if path.name.endswith(ending)), _ENDING)
    return GroupId(path.name.removesuffix(ending))


def recover(places: VaultLayout, log: Log, wall: float) -> None:
    """Finish an interrupted change, or roll it back if the log has no record of it. Raise Trouble."""
    for row in log.rosters.destroyed():
        if row.completed_wall is None:
            for path in files_of(places, row.group):
                rewrite_file.destroy(path)
            with log.together():
                log.rosters.note_destroyed(row.group, wall)
                log.audit.add(AuditAct.ROSTER_DESTROYED, {"group": row.group})
    awaited = {places.roster(group): (group, sha256) for group, sha256 in log.rosters.changes().items()}
    for path in dict.fromkeys([*awaited, *_with_unfinished_change(places)]):
        group, sha256 = awaited.get(path, (None, None))
        rewrite_file.recover(path, sha256)
        if group is not None:
            log.rosters.forget_change(group)


def _with_unfinished_change(places: VaultLayout) -> Iterator[Path]:
    """Yield the files with an unfinished change next to them."""
    for ending in (rewrite_file.INCOMING, rewrite_file.OUTGOING):
        for path in sorted(places.rosters.glob(f"*{_ENDING}{ending}")):
            yield path.with_name(path.name.removesuffix(ending))


def reseal_all(places: VaultLayout, log: Log, identities: Sequence[Identity], wall: float) -> tuple[GroupId, ...]:
    """Seal every roster, and what is beside it, to the first identity only.

    Return the groups of those that did not open and still need the old one.
    Raise Trouble. A file that was never sealed to this vault is left unchanged.
    """
    recover(places, log, wall)
    left: list[GroupId] = []
    for path in all_files(places):
        with disk.report_disk_errors(path):
            data = disk.read_small_file(path)
        try:
            keys.unseal(data, [identities[0].secret])
            continue
        except Trouble as trouble:
            if trouble.code is not TroubleCode.WRONG_KEY:
                left.append(_group_of(path))
                continue
        try:
            opened = keys.unseal(data, [one.secret for one in identities])
        except Trouble as trouble:
            if trouble.code is not TroubleCode.WRONG_KEY:
                left.append(_group_of(path))
            continue
        rewrite_file.write_aside(path, keys.seal(opened, [identities[0].recipient]))
        rewrite_file.swap_in(path)
    return tuple(dict.fromkeys(left))
