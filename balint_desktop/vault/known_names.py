"""The names of groups as they are searched for in texts and files."""

from __future__ import annotations

import functools
from collections.abc import Iterable

from balint_desktop import resources
from balint_desktop.domain.deidentify.known_names import KnownName, everyday_apart
from balint_desktop.domain.deidentify.word_lists import Dictionary
from balint_desktop.domain.values import GroupId
from balint_desktop.vault.vault import OpenVault


def known_names(vault: OpenVault, groups: Iterable[GroupId]) -> tuple[KnownName, ...]:
    """Return the names in these groups' rosters, everyday words for them apart.

    There are none of a group whose names were destroyed or never entered.

    Raise Trouble VAULT_LOCKED where a roster cannot be read now, SEALED_DAMAGED.
    """
    everyday = _everyday_words()
    return tuple(
        everyday_apart(KnownName(person.code, person.name, person.short_names, person.heard_as), everyday)
        for group in dict.fromkeys(groups)
        if vault.rosters.has(group)
        for person in vault.rosters.read(group).people
    )


@functools.cache
def _everyday_words() -> Dictionary:
    """Return the words that are in every talk, some 80 kB."""
    return Dictionary(resources.unpacked("words/common-english.gz"))
