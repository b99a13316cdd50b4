"""Every attack of the table has the outcome that it must have."""

from __future__ import annotations

from collections import Counter

import pytest
from vault_attacks.registry import ATTACKS, NotHere
from vault_attacks.run import KINDS, load

load()


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: f"{attack.kind}: {attack.name}")
def test_an_attack_has_its_outcome(attack, tmp_path):
    try:
        outcome = attack.act(tmp_path)
    except NotHere as reason:
        pytest.skip(str(reason))

    assert outcome == attack.outcome


def test_there_are_five_attacks_of_each_kind_at_least():
    counts = Counter(attack.kind for attack in ATTACKS)

    assert {kind: counts[kind] for kind in KINDS if counts[kind] < 5} == {}


def test_no_two_attacks_have_one_name():
    assert [name for name, count in Counter(attack.name for attack in ATTACKS).items() if count > 1] == []
