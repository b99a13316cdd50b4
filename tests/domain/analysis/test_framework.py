"""The framework: coders' codes drawn together, parted, and fixed."""

from __future__ import annotations

from balint_desktop.domain.analysis.codebook import Code
from balint_desktop.domain.analysis.framework import FixedFramework, Framework

ANGER = Code("a", "Anger", "#e69f00", definition="Turned on the patient")
RAGE = Code("r", "Rage", "#56b4e9")
FURY = Code("f", "Fury", "#009e73", definition="Shown")


def names(framework):
    return [code.name for code in framework.book.codes]


def test_a_coders_code_is_drawn_in_with_what_was_written_of_it():
    made = Framework().with_code("one", ANGER, "new")

    assert names(made) == ["Anger"]
    assert made.book.code("new").definition == "Turned on the patient"
    assert made.same_as == {("one", "a"): "new"}
    assert made.with_code("one", ANGER, "again") == made


def test_two_codes_said_to_be_the_same_are_one_of_the_framework():
    made = Framework().joined(("one", ANGER), ("two", RAGE), "new")

    assert names(made) == ["Anger"]
    assert made.same_as == {("one", "a"): "new", ("two", "r"): "new"}


def test_codes_of_the_framework_become_one_where_their_coders_codes_do():
    made = Framework().with_code("one", ANGER, "x").with_code("two", FURY, "y")

    joined = made.joined(("one", ANGER), ("two", FURY), "unused")

    assert names(joined) == ["Anger"]
    assert joined.book.code("x").definition == "Turned on the patient\nShown"
    assert set(joined.same_as.values()) == {"x"}


def test_a_code_of_the_same_name_is_the_same():
    made = Framework().with_code("one", ANGER, "x").with_code("two", Code("b", "anger", "#e69f00"), "y")

    assert names(made) == ["Anger"]
    assert made.same_as["two", "b"] == "x"


def test_a_code_that_stands_for_no_coders_code_any_more_goes():
    made = Framework().joined(("one", ANGER), ("two", RAGE), "new")

    assert names(made.parted("two", "r")) == ["Anger"]
    assert names(made.parted("two", "r").parted("one", "a")) == []


def test_it_is_fixed_until_something_changes():
    made = Framework().with_code("one", ANGER, "x")
    fixed = Framework(made.book, made.same, (FixedFramework(1, 1.0, made.book),))

    assert not made.is_fixed
    assert fixed.is_fixed
    assert not fixed.with_code("two", RAGE, "y").is_fixed
