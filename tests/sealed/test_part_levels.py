import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balint_desktop.domain.part_marks import parse_mark
from balint_desktop.sealed.part_facts import PartFacts, PlacedMark
from balint_desktop.sealed.part_levels import SILENT_DB, letter, level_db, silence_levels


@given(st.floats(min_value=SILENT_DB, max_value=0.0))
def test_a_level_is_restored_to_within_a_decibel(told_db):
    assert level_db(letter(told_db)) == pytest.approx(told_db, abs=1.0)


@pytest.mark.parametrize(("told_db", "kept_db"), [(-120.0, SILENT_DB), (3.0, 0.0)])
def test_values_beyond_the_scale_are_clamped(told_db, kept_db):
    assert level_db(letter(told_db)) == kept_db


def test_an_unknown_letter_is_silence():
    assert level_db("?") == SILENT_DB


def test_every_second_that_a_stretch_touches_is_silenced():
    assert silence_levels("ZZZZZZ", 1.9, 3.1) == "ZAAAZZ"
    assert silence_levels("ZZ", -5.0, 99.0) == "AA"
    assert silence_levels("ZZ", 7.0, 9.0) == "ZZ"


def test_the_size_of_the_facts_does_not_reveal_who_talked():
    silent = PartFacts(0.0, levels="A" * 1800, marks=(PlacedMark(1.0, parse_mark("a name to remove")),))
    loud = PartFacts(0.0, levels="Z" * 1800)

    assert len(silent.to_json()) == len(loud.to_json())
    assert len(loud.to_json()) % 4096 == 0
    assert PartFacts.from_json(silent.to_json()) == silent


def test_facts_written_before_levels_existed_still_open():
    result = PartFacts.from_json(b'{"offset_s": 1.5, "marks": [{"at_s": 2.0, "text": "pause"}], "closed": true}')

    assert result == PartFacts(1.5, marks=(PlacedMark(2.0, parse_mark("pause")),), closed=True)
    assert result.levels == ""


def test_unknown_fields_of_a_later_version_are_ignored():
    later = json.loads(PartFacts(1.5, levels="AB").to_json()) | {"weather": "rain"}

    assert PartFacts.from_json(json.dumps(later).encode()) == PartFacts(1.5, levels="AB")
