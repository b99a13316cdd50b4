"""Roster files: read, recover after a crash, reseal on renewal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from balint_desktop.domain.group.roster import Roster
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import GroupId
from balint_desktop.sealed import disk, keys, rewrite_file
from balint_desktop.sealed.keys import Identity
from balint_desktop.vault.layout import VaultLayout
from balint_desktop.vault.log.audit import AuditAct
from balint_desktop.vault.log.log import Log

_ENDING = ".age"


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


def all_files(places: VaultLayout) -> dict[GroupId, Path]:
    """Return every roster on the disk, by its group."""
    return {GroupId(path.name.removesuffix(_ENDING)): path for path in sorted(places.rosters.glob(f"*{_ENDING}"))}


def recover(places: VaultLayout, log: Log, wall: float) -> None:
    """Finish an interrupted change, or roll it back if the log has no record of it. Raise Trouble."""
    for row in log.rosters.destroyed():
        if row.completed_wall is None:
            rewrite_file.destroy(places.roster(row.group))
            with log.together():
                log.rosters.note_destroyed(row.group, wall)
                log.audit.add(AuditAct.ROSTER_DESTROYED, {"group": row.group})
    awaited = log.rosters.changes()
    for group in dict.fromkeys([*awaited, *_with_unfinished_change(places)]):
        rewrite_file.recover(places.roster(group), awaited.get(group))
        if group in awaited:
            log.rosters.forget_change(group)


def _with_unfinished_change(places: VaultLayout) -> Iterator[GroupId]:
    """Yield the groups with an unfinished change next to their roster."""
    for ending in (rewrite_file.INCOMING, rewrite_file.OUTGOING):
        for path in sorted(places.rosters.glob(f"*{_ENDING}{ending}")):
            yield GroupId(path.name.removesuffix(_ENDING + ending))


def reseal_all(places: VaultLayout, log: Log, identities: Sequence[Identity], wall: float) -> tuple[GroupId, ...]:
    """Seal every roster to the first identity only. Return those that did not open and still need the old one.

    Raise Trouble. A file that was never sealed to this vault is left unchanged.
    """
    recover(places, log, wall)
    left: list[GroupId] = []
    for group, path in all_files(places).items():
        with disk.report_disk_errors(path):
            data = disk.read_small_file(path)
        try:
            keys.unseal(data, [identities[0].secret])
            continue
        except Trouble as trouble:
            if trouble.code is not TroubleCode.WRONG_KEY:
                left.append(group)
                continue
        try:
            opened = keys.unseal(data, [one.secret for one in identities])
        except Trouble as trouble:
            if trouble.code is not TroubleCode.WRONG_KEY:
                left.append(group)
            continue
        rewrite_file.write_aside(path, keys.seal(opened, [identities[0].recipient]))
        rewrite_file.swap_in(path)
    return tuple(left)
