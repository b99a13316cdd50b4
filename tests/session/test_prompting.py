"""Which prompts the room shows, and how they are counted."""

from __future__ import annotations

import pytest
from sessions import shipped

from balint_desktop.library.formats import shipped_bank
from balint_desktop.session.prompting import PromptSelection

BANK = shipped_bank()


class Bench:
    def __init__(self, format_key="student-hour", *, themes=True):
        self.counted = 0
        self.format = shipped(format_key)
        self.selection = PromptSelection(BANK, self.format, self._count, themes=themes)

    def _count(self):
        self.counted += 1

    def enter(self, key):
        phase = next(phase for phase in self.format.phases if phase.key == key)
        self.selection.enter_phase(phase, 600.0)
        return self

    @property
    def ids(self):
        return [prompt.id for prompt in self.selection.prompts]


@pytest.fixture
def reflecting():
    return Bench().enter("reflection")


def test_before_a_phase_is_entered_nothing_is_shown_and_no_chip_offered():
    bench = Bench()

    assert bench.selection.prompts == ()
    assert bench.selection.chips() == ()
    assert bench.counted == 0


def test_a_phase_shows_its_prompts_and_counts_each_one_shown(reflecting):
    assert 1 <= len(reflecting.ids) <= 2
    assert reflecting.counted == len(reflecting.ids)
    assert reflecting.selection.chips()


def test_a_prompt_that_comes_back_after_a_chip_pressed_by_mistake_is_counted_once(reflecting):
    chip = reflecting.selection.chips()[0].key
    seen = set(reflecting.ids)
    for situation in (chip, None, chip, None, chip):
        reflecting.selection.set_situation(situation, 500.0)
        seen.update(reflecting.ids)

    assert reflecting.counted == len(seen)


def test_further_prompts_appear_on_request_and_restart_with_a_situation(reflecting):
    first = reflecting.ids
    reflecting.selection.select_others()
    others = reflecting.ids
    assert others != first

    situation = reflecting.selection.chips()[0].key
    reflecting.selection.set_situation(situation, 500.0)
    assert reflecting.selection.situation == situation
    assert not set(reflecting.ids) & set(first)
    reflecting.selection.set_situation(None, 500.0)
    assert reflecting.selection.situation is None


def test_a_new_phase_clears_the_previous_situation(reflecting):
    reflecting.selection.set_situation(reflecting.selection.chips()[0].key, 500.0)
    reflecting.enter("close")

    assert reflecting.selection.situation is None


def test_prompts_from_the_studys_findings_are_not_shown_when_off(reflecting):
    def themed():
        found = set()
        for _ in range(12):
            found |= {prompt.id for prompt in reflecting.selection.prompts if prompt.theme}
            reflecting.selection.select_others()
        return found

    assert themed()
    reflecting.selection.set_themes(themes=False, left_s=600.0)
    assert not reflecting.selection.themes
    assert not themed()


def said(bench, *lines):
    return bench.selection.set_said(lines)


def test_a_prompt_that_the_card_says_already_is_not_shown_beside_it():
    bench = Bench().enter("presentation")
    reflection = next(phase for phase in bench.format.phases if phase.key == "reflection")
    bench.selection.enter_phase(reflection, 600.0, reflection.words)

    assert "P29" not in bench.ids
    for _press in range(12):
        bench.selection.select_others()
        assert "P29" not in bench.ids


def test_a_prompt_on_the_screen_gives_way_when_the_card_comes_to_say_it():
    bench = Bench().enter("questions")
    assert bench.ids[0] == "P23"
    assert said(bench, "Let’s keep the “why” questions for the group.")
    assert "P23" not in bench.ids
    assert not said(bench, "Something else.")


def test_what_was_said_to_get_into_a_phase_is_offered_last_there():
    call = Bench().enter("call")

    assert call.ids == ["P12", "P15"]


def test_switching_the_themes_off_drops_a_situation_that_rests_on_them(reflecting):
    reflecting.selection.set_situation("hierarchy", 500.0)
    reflecting.selection.set_themes(themes=False, left_s=500.0)

    assert reflecting.selection.situation is None
    assert "hierarchy" not in {chip.key for chip in reflecting.selection.chips()}


def test_where_nothing_is_recorded_no_prompt_or_chip_is_about_the_recorder():
    hour = shipped("student-hour")
    selection = PromptSelection(BANK, hour, lambda: None, themes=True, recorded=False)
    assert not any("record" in prompt.text for prompt in selection.care_prompts())
    for phase in hour.phases:
        selection.enter_phase(phase, 100.0)
        assert "off-record" not in {chip.key for chip in selection.chips()}
        for _press in range(20):
            assert not any("record" in prompt.text for prompt in selection.prompts)
            selection.select_others()


def test_core_questions_replace_the_prompts_unless_a_situation_is_chosen():
    bench = Bench("evaluation")
    for phase in bench.format.phases:
        bench.selection.enter_phase(phase, 600.0)
        if bench.selection.is_guided:
            break
    assert bench.selection.is_guided
    assert bench.ids == []

    bench.selection.set_situation(bench.selection.chips()[0].key, 600.0)

    assert not bench.selection.is_guided
    assert bench.ids


def test_each_prompt_shows_its_basis_and_care_is_always_offered(reflecting):
    assert all(reflecting.selection.basis(prompt) for prompt in reflecting.selection.prompts)
    assert reflecting.selection.care_prompts() == tuple(one for one in BANK.care_prompts() if one.online is not True)
