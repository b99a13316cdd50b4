"""The shipped program as a screen reader sees it: operated from outside, over AT-SPI, by accessible names."""

from __future__ import annotations

import pytest
import screen_reader
from kept_vaults import keep_session
from vaults import PASSPHRASE

pytestmark = [
    pytest.mark.journey,
    pytest.mark.xdist_group("screen reader"),
    pytest.mark.skipif(not screen_reader.is_there(), reason="there is no AT-SPI bus, or no virtual screen"),
]


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    data = tmp_path_factory.mktemp("data")
    keep_session(data, redacted=False)
    with screen_reader.a_reader_of(data) as reading:
        reading.type("Passphrase", PASSPHRASE)
        reading.press("Unlock", "push button")
        reading.find("Today", "label")
        yield reading


def places(reader):
    """Return the accessible names in the navigation."""
    reader.find("Places")
    shown = reader.shown()
    (depth,) = {thing.depth for thing in shown if thing.name == "Places"}
    at = next(number for number, thing in enumerate(shown) if thing.name == "Places") + 1
    offered = []
    while shown[at].depth > depth:
        offered.append(shown[at])
        at += 1
    return [thing.name for thing in offered if thing.role == "check box"]


def test_every_place_is_reached_by_its_name_and_announces_itself(reader):
    offered = places(reader)
    assert {"Today", "Groups", "Log", "Recordings", "Settings"} <= set(offered)
    for name in offered:
        reader.press(name, "check box")
        # A heading, and not only the name in the navigation.
        reader.find(name, "label")


def test_every_focusable_element_says_what_it_is(reader):
    nameless = []
    for name in places(reader):
        reader.press(name, "check box")
        reader.find(name, "label")
        nameless += [(name, thing.role, thing.path) for thing in reader.shown() if thing.takes_keys and not thing.name]
    assert not nameless


def test_a_group_is_created_through_the_screen_reader_and_appears_on_today(reader):
    reader.press("Groups", "check box")
    reader.press("New group", "push button")
    reader.type("Name", "Thursday group")
    reader.press("Save", "push button")
    reader.find("Thursday group")
    reader.press("Today", "check box")
    reader.find("Thursday group", "label")


def test_each_cell_of_the_log_names_its_column(reader):
    reader.press("Log", "check box")
    reader.find("Sessions")
    assert "cell" in reader.find("Group: Wednesday group").role
