"""From code to theme: what is a step of its own, and what it changed."""

from __future__ import annotations

from dataclasses import replace

from balint_desktop.domain.analysis.study import StudyTheme, ThemeState
from balint_desktop.domain.analysis.theme_history import ThemeChange, ThemeStep, steps_after, theme_changes

THEME = StudyTheme("one", "New theme", codes=("anger",))
FIRST = ThemeStep("one", 0.0, "New theme", ThemeState.CANDIDATE, ("anger",))


def test_a_new_theme_is_a_step():
    assert steps_after((), [THEME], 0.0) == (FIRST,)


def test_nothing_changed_is_none():
    assert steps_after((FIRST,), [replace(THEME, central_idea="Words")], 5000.0) == (FIRST,)


def test_a_name_that_is_still_being_typed_is_one_step():
    steps = steps_after((FIRST,), [replace(THEME, name="Tough")], 30.0)

    assert steps == (replace(FIRST, name="Tough"),)


def test_a_change_later_is_a_step_of_its_own():
    steps = steps_after((FIRST,), [replace(THEME, codes=("anger", "fear"))], 600.0)

    assert steps == (FIRST, ThemeStep("one", 600.0, "New theme", ThemeState.CANDIDATE, ("anger", "fear")))


def test_a_state_is_never_overwritten():
    steps = steps_after((FIRST,), [replace(THEME, state=ThemeState.REVIEWED)], 1.0)
    steps = steps_after(steps, [replace(THEME, state=ThemeState.NAMED)], 2.0)

    assert [one.state for one in steps] == [ThemeState.CANDIDATE, ThemeState.REVIEWED, ThemeState.NAMED]


def test_a_clock_that_was_put_back_overwrites_nothing():
    steps = steps_after((replace(FIRST, wall=1000.0),), [replace(THEME, name="Later")], 0.0)

    assert [one.name for one in steps] == ["New theme", "Later"]


def test_what_changed_is_told_code_by_code():
    steps = (
        FIRST,
        ThemeStep("two", 1.0, "Other", ThemeState.CANDIDATE, ()),
        ThemeStep("one", 700.0, "Tough", ThemeState.REVIEWED, ("fear",)),
    )

    assert theme_changes(steps, "one") == (
        ThemeChange(0.0, ThemeState.CANDIDATE, "New theme", ("anger",), ()),
        ThemeChange(700.0, ThemeState.REVIEWED, "Tough", ("fear",), ("anger",)),
    )
