"""Names of groups as they are searched for in texts and files."""

from __future__ import annotations

import pytest
from clocks import WoundClock
from vaults import make_vault

from balint_desktop.domain.deidentify.known_names import KnownName
from balint_desktop.domain.group.group import Group, new_participants
from balint_desktop.domain.group.roster import Person, Roster
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import GroupId, participant_code
from balint_desktop.vault.known_names import known_names

GROUP, OTHER, NAMELESS = GroupId("ours"), GroupId("theirs"), GroupId("nameless")
P1 = participant_code(1)


@pytest.fixture
def vault(tmp_path):
    vault = make_vault(tmp_path / "vault").open(WoundClock())
    for group in (GROUP, OTHER, NAMELESS):
        vault.log.groups.save_group(Group(group, str(group), participants=new_participants(2)))
    vault.rosters.save(
        {
            GROUP: Roster((Person(P1, "Siobhán Walsh", "s@example.org", ("Shiv",), ("Shivon", "Shove")),)),
            OTHER: Roster((Person(P1, "Ada Mori"),)),
        }
    )
    yield vault
    vault.close()


def test_names_of_several_groups_are_one_list_each_group_once_everyday_words_for_them_apart(vault):
    assert known_names(vault, [GROUP, NAMELESS, OTHER, GROUP]) == (
        KnownName(P1, "Siobhán Walsh", ("Shiv",), ("Shivon",), ("Shove",)),
        KnownName(P1, "Ada Mori"),
    )


def test_no_name_is_known_once_the_names_are_destroyed(vault):
    vault.rosters.destroy(GROUP)

    assert known_names(vault, [GROUP]) == ()


def test_a_roster_whose_key_is_out_of_memory_is_not_taken_for_empty(vault):
    vault.begin_session()

    with pytest.raises(Trouble) as caught:
        known_names(vault, [GROUP])
    assert caught.value.code is TroubleCode.VAULT_LOCKED
    assert known_names(vault, [NAMELESS]) == ()
