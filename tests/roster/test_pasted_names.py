"""A pasted list of names: one a line, in whatever way lists are kept."""

from __future__ import annotations

import pytest

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.roster.pasted_names import people_in_text


def names(text):
    return [(person.code, person.name) for person in people_in_text(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Aroha Ngata\nBen Okoro",
        "Aroha Ngata\r\nBen Okoro\r\n",
        "\n\n  Aroha   Ngata  \n\nBen Okoro\n",
        "Name\nAroha Ngata\nBen Okoro",
        "Aroha Ngata\nBen Okoro\nAROHA NGATA\n",
    ],
)
def test_each_line_is_a_person_once(text):
    assert names(text) == [("P1", "Aroha Ngata"), ("P2", "Ben Okoro")]


def test_a_contact_in_a_table_is_kept_with_its_person():
    (person,) = people_in_text("Name\tEmail\nAroha Ngata\taroha@example.org\n")

    assert (person.name, person.contact) == ("Aroha Ngata", "aroha@example.org")


@pytest.mark.parametrize("text", ["", "   \n \n", "\t\n"])
def test_a_list_without_a_name_is_refused(text):
    with pytest.raises(Trouble) as refused:
        people_in_text(text)

    assert refused.value.code is TroubleCode.ROSTER_FILE_EMPTY
