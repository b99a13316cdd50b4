"""Shipped pathways cite their sources; an unusable file is refused with line and reason."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balint_desktop import resources
from balint_desktop.domain.accreditation.pathways import Aim, Pathway, from_plain, parse_pathway, to_plain
from balint_desktop.domain.accreditation.progress import Measure
from balint_desktop.domain.session.format_lines import FormatError

SHIPPED = {path.stem: parse_pathway(path.read_text("utf-8")) for path in resources.folder("pathways").glob("*.toml")}
GOOD = 'key = "a"\nname = "A"\nsource = "its page"\ndated = "2026"\n[[aim]]\ncount = "cases"\nwanted = 30\n'


def test_there_is_a_starting_point_for_each_of_three_societies():
    assert set(SHIPPED) == {"uk", "bsanz", "abs"}


@pytest.mark.parametrize("key", SHIPPED)
def test_each_pathway_cites_its_source_and_its_age(key):
    assert SHIPPED[key].key == key
    assert SHIPPED[key].source
    assert SHIPPED[key].dated
    assert "also asks for" in SHIPPED[key].about


@pytest.mark.parametrize(
    ("key", "wanted"),
    [
        ("uk", {Measure.SESSIONS_CO_LED: 20, Measure.MEMBER_SESSIONS: 20, Measure.WEEKENDS: 2}),
        (
            "bsanz",
            {
                Measure.CASES: 30,
                Measure.SESSIONS: 20,
                Measure.SUPERVISIONS_YEAR: 10,
                Measure.FACE_TO_FACE: 50,
            },
        ),
        ("abs", {Measure.MONTHS: 24, Measure.SUPERVISIONS_RECORDED: 12, Measure.INTENSIVES: 3}),
    ],
)
def test_the_figures_are_those_of_the_practice_page(key, wanted):
    assert {aim.measure: aim.target for aim in SHIPPED[key].aims} == wanted


def test_the_uk_figures_are_marked_as_the_earlier_ones():
    assert "June 2023" in SHIPPED["uk"].about
    assert "have not seen the new figures" in SHIPPED["uk"].about
    assert "earlier" in SHIPPED["uk"].name


def test_a_mere_recommendation_is_marked():
    assert [aim.measure for aim in SHIPPED["bsanz"].aims if aim.desirable] == [Measure.FACE_TO_FACE]


@pytest.mark.parametrize(
    ("change", "line", "reason"),
    [
        (('source = "its page"\n', ""), 1, "“source” is missing"),
        (('"cases"', '"smiles"'), 6, "not something the app counts"),
        (("wanted = 30", "wanted = 0"), 7, "whole number"),
        (("wanted = 30", "wanted = 2.5"), 7, "whole number"),
        (("wanted = 30", "wanted = true"), 7, "whole number"),
        (("wanted = 30", "stars = 5"), 7, "not recognised here"),
        (("[[aim]]", "[[aim"), 5, "not TOML"),
    ],
)
def test_an_unusable_file_is_refused_with_line_and_reason(change, line, reason):
    assert parse_pathway(GOOD).aims == (Aim(Measure.CASES, 30),)
    with pytest.raises(FormatError, match=reason) as caught:
        parse_pathway(GOOD.replace(*change))
    assert caught.value.line == line


def test_a_pathway_without_an_aim_is_refused_at_its_first_line():
    with pytest.raises(FormatError, match=r"at least one \[\[aim\]\]") as caught:
        parse_pathway(GOOD.split("[[aim]]", maxsplit=1)[0])
    assert caught.value.line == 1


@pytest.mark.parametrize(("wanted", "allowed"), [(1, True), (999, True), (1000, False), (-1, False)])
def test_an_aim_is_from_one_to_999(wanted, allowed):
    text = GOOD.replace("wanted = 30", f"wanted = {wanted}")
    if allowed:
        assert parse_pathway(text).aims == (Aim(Measure.CASES, wanted),)
    else:
        with pytest.raises(FormatError, match="whole number from 1 to 999"):
            parse_pathway(text)


texts = st.text(max_size=20)
aims = st.builds(Aim, st.sampled_from(Measure), st.integers(1, 999), st.booleans(), texts)


@given(st.builds(Pathway, texts, texts, texts, texts, texts, st.lists(aims, max_size=9).map(tuple)))
def test_a_changed_pathway_is_read_back_unchanged(pathway):
    assert from_plain(json.loads(json.dumps(to_plain(pathway)))) == pathway


def test_an_aim_of_a_later_version_is_skipped_and_the_others_apply():
    result = to_plain(parse_pathway(GOOD))
    result["aims"] = [{"count": "moons", "wanted": 1, "desirable": False, "note": ""}, *result["aims"]]

    assert from_plain(result).aims == (Aim(Measure.CASES, 30),)
