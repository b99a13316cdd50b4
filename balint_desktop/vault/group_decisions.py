"""What a group has decided about words that identify, in all of its texts: one sealed file beside its roster.

roster/<group>-decisions.age   sealed to this vault, as the roster is, and destroyed with it
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from balint_desktop.domain.deidentify.decisions import Decision, Decisions, decisions_from_json, decisions_to_json
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import GroupId
from balint_desktop.sealed import disk, rewrite_file
from balint_desktop.sealed.keys import Identity, seal, unseal
from balint_desktop.vault import roster_files
from balint_desktop.vault.layout import VaultLayout

_PADDED_TO = 4096


def read_group_decisions(places: VaultLayout, group: GroupId, identities: Sequence[Identity]) -> Mapping[str, Decision]:
    """Return the decisions for all of a word in a group, by its key. Raise Trouble SEALED_DAMAGED, WRONG_KEY."""
    path = places.group_decisions(group)
    with roster_files.changing, disk.report_disk_errors(path):
        try:
            data = disk.read_small_file(path)
        except FileNotFoundError:
            return {}
    try:
        return decisions_from_json(unseal(data, [one.secret for one in identities])).everywhere
    except ValueError as error:
        raise Trouble(TroubleCode.SEALED_DAMAGED, name=path.name) from error
    except Trouble as trouble:
        raise Trouble(trouble.code, name=path.name) from trouble


def write_group_decisions(
    places: VaultLayout, group: GroupId, identities: Sequence[Identity], decisions: Mapping[str, Decision]
) -> None:
    """Store the decisions of a group; the bytes before are overwritten. Raise Trouble; they are then unchanged."""
    with roster_files.changing:
        if decisions == read_group_decisions(places, group, identities):
            return
        data = decisions_to_json(Decisions(everywhere=decisions))
        padded = data + b" " * (-len(data) % _PADDED_TO)
        rewrite_file.rewrite(places.group_decisions(group), seal(padded, [identities[0].recipient]))
