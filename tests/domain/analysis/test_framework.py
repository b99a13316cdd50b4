"""The framework: coders' codes drawn together, parted, and fixed."""

from __future__ import annotations

from dataclasses import replace

from balint_desktop.domain.analysis.codebook import Code, Codebook
from balint_desktop.domain.analysis.framework import (
    FixedFramework,
    Framework,
    FrameworkAct,
    FrameworkChange,
    FrameworkMove,
    SameCode,
    framework_change,
)

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


def test_codes_of_a_round_that_began_with_the_framework_are_those_of_it():
    book = Codebook().with_code("x", "Anger")
    made = Framework(book, (SameCode("one", "a", "x"),), (FixedFramework(1, 1.0, book),))
    own = Codebook().with_code("mine", "Fury")

    assert made.same_in({"two": book, "one": own}) == {("two", "x"): "x", ("one", "a"): "x"}


def test_a_coders_code_is_moved_into_another_code_of_the_framework():
    made = Framework().with_code("one", ANGER, "x").with_code("two", RAGE, "y")

    moved = made.moved_into("two", RAGE, "x")

    assert names(moved) == ["Anger"]
    assert moved.same_as == {("one", "a"): "x", ("two", "r"): "x"}
    assert moved.moved_into("two", RAGE, "x") == moved


def test_what_came_in_and_what_left_is_noted_with_its_reason():
    before = Framework().with_code("one", ANGER, "x")

    added = before.with_code("two", RAGE, "y").noted_since(before, 5.0, "The same thing")
    left = added.parted("two", "r").noted_since(added, 6.0)

    assert added.moves == (FrameworkMove(5.0, FrameworkAct.DRAWN_IN, "two", "r", "y", "The same thing"),)
    assert left.moves == (*added.moves, FrameworkMove(6.0, FrameworkAct.TAKEN_OUT, "two", "r", "y"))


def test_what_changed_between_two_versions_is_counted_by_code():
    before = Codebook().with_code("x", "Anger").with_code("y", "Safety").with_code("z", "Loss")
    after = before.without_code("z").with_code("n", "Shame")
    after = after.with_changed(replace(after.code("x"), name="Rage", definition="At the team"))
    after = after.with_changed(replace(after.code("y"), parent="x"))

    change = framework_change(before, after)

    assert change == FrameworkChange(
        added=("Shame",), removed=("Loss",), renamed=(("Anger", "Rage"),), redefined=("Rage",), moved=("Safety",)
    )
    assert change.count == 4
    assert framework_change(after, after).count == 0


def test_codes_whose_parent_went_did_not_move_themselves():
    before = Codebook().with_code("p", "Safety").with_code("c", "Not alone", "p")

    assert framework_change(before, before.without_code("p")) == FrameworkChange(removed=("Safety",))
