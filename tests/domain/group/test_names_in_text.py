"""Names of a roster in a note: found in any spelling, and words that are also names only where they are written so."""

from __future__ import annotations

import pytest

from balint_desktop.domain.group.names_in_text import names_in
from balint_desktop.domain.group.roster import Person
from balint_desktop.domain.values import participant_code

NAMES = (
    "Ada Mori",
    "Béla Őszi",
    "Hope Ngata",
    "Will O’Brien",
    "Joy Young",
    "Anne-Marie van der Berg",
    "An He",
    "May Grace",
    "李小龙",
    "نور الهدى",
)
PEOPLE = [Person(participant_code(number), name) for number, name in enumerate(NAMES, start=1)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ada was quiet.", ("Ada",)),
        ("It was ada who said it", ("ada",)),
        ("ADA’S story", ("ADA",)),
        ("Mori's story and Ada's", ("Mori", "Ada")),
        ("Bela, and BÉLA, and Be\u0301la", ("Bela", "BÉLA", "Béla")),
        ("We heard Oszi", ("Oszi",)),
        ("We listened to Hope.", ("Hope",)),
        ("Hope was quiet.", ("Hope",)),
        ("Then (Joy) cried", ("Joy",)),
        ("I asked Will to wait", ("Will",)),
        ("Will O'Brien spoke", ("Will O'Brien",)),
        ("O’Brien spoke", ("O’Brien",)),
        ("Anne-Marie and Berg", ("Anne-Marie", "Berg")),
        ("We heard An and He spoke", ("An", "He")),
        ("An He spoke.", ("An He",)),
        ("In May Grace came", ("May Grace",)),
        ("今天李小龙说话", ("李小龙",)),
        ("تحدثت نور اليوم", ("نور",)),
    ],
)
def test_a_name_is_found_as_it_is_written(text, expected):
    assert names_in(text, PEOPLE) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Nothing of the kind.",
        "There was hope, and joy; we will see.",
        "Will we come back to it? Will the group? May I wait? Will you?",
        "Adamant, Morison, Canada, hopeful, enjoy, willing",
        "the van der valk",
        "He waited. An hour went by. She and he. You may do so.",
        "it was a young group with grace",
        "P1 and P2 spoke",
    ],
)
def test_a_word_that_is_no_name_here_is_not_found(text):
    assert names_in(text, PEOPLE) == ()


def test_each_name_is_given_once_in_the_order_of_the_text():
    assert names_in("Mori, Ada, Mori", PEOPLE) == ("Mori", "Ada")


def test_without_a_roster_nothing_is_found():
    assert names_in("Ada Mori", ()) == ()
