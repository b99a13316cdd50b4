"""The names of groups as they are searched for in texts and files."""

from __future__ import annotations

from collections.abc import Iterable

from balint_desktop.domain.deidentify.known_names import KnownName
from balint_desktop.domain.values import GroupId
from balint_desktop.vault.vault import OpenVault


def known_names(vault: OpenVault, groups: Iterable[GroupId]) -> tuple[KnownName, ...]:
    """Return the names in these groups' rosters; none of a group whose names were destroyed or never entered.

    Raise Trouble VAULT_LOCKED where a roster cannot be read now, SEALED_DAMAGED.
    """
    return tuple(
        KnownName(person.code, person.name, person.short_names, person.heard_as)
        for group in dict.fromkeys(groups)
        if vault.rosters.has(group)
        for person in vault.rosters.read(group).people
    )
