"""Serialising facts: every fact is written as plain values and read back unchanged."""

from __future__ import annotations

import json
from dataclasses import fields

import pytest
from clocks import WoundClock
from hypothesis import given
from hypothesis import strategies as st

from balint_desktop.domain.clock import Instant
from balint_desktop.domain.session.facts import KINDS, Began, Fact, from_fields, to_fields
from balint_desktop.domain.values import MarkKind, participant_code

codes = st.integers(1, 99).map(participant_code)
seconds = st.floats(-7200, 7200, allow_nan=False)
VALUES = {
    "present": st.lists(codes, max_size=10).map(tuple),
    "phase": st.integers(0, 20),
    "seconds": seconds,
    "wall": st.floats(0, 4e9),
    "case": st.integers(1, 9),
    "question": st.integers(1, 9),
    "code": codes,
    "recording": st.uuids().map(str),
    "part": st.integers(1, 99),
    "why": st.text(max_size=30),
    "deck": st.text(max_size=30),
    "themes": st.booleans(),
    "agreed": st.booleans(),
    "mark": st.sampled_from(MarkKind),
}
instants = st.builds(Instant, st.floats(0, 4e9), st.floats(0, 1e7), st.sampled_from(["boot-1", "boot-2"]))


def facts_of(kind):
    found = {field.name: VALUES[field.name] for field in fields(KINDS[kind]) if field.name != "at"}
    if kind == "presenter-chosen":
        found["code"] = codes | st.none()
    return st.builds(KINDS[kind], at=instants, **found)


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
def test_a_fact_is_read_back_unchanged(kind, data):
    fact = data.draw(facts_of(kind))

    content = json.loads(json.dumps(to_fields(fact)))

    assert from_fields(fact.kind, fact.at, content) == fact


def test_every_kind_of_fact_is_known_by_its_name():
    # by name: a dataclass with slots is made twice, and the first one lingers
    assert {cls.__name__ for cls in KINDS.values()} == {cls.__name__ for cls in Fact.__subclasses__()}
    assert all(kind == cls.kind for kind, cls in KINDS.items())


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("danced", {}),
        ("", {}),
        ("step-taken", {}),
        ("step-taken", {"phase": 1, "why": "x"}),
        ("marked", {"mark": "somebody wept"}),
    ],
)
def test_an_unknown_fact_is_refused(kind, expected):
    with pytest.raises(ValueError, match=r"unknown|holds|not a valid"):
        from_fields(kind, WoundClock().now(), expected)


def test_the_moment_is_stored_separately():
    assert to_fields(Began(at=WoundClock().now(), present=())) == {"present": ()}
