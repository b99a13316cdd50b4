"""Analysis in the window, over a real vault: listed when of use, and led from a new study to its second round."""

from __future__ import annotations

import pages.example_vault as example
import pytest
from pages.walk import Walk
from waiting import wait_until

from balint_desktop.domain.analysis.study import MatterOutcome, RoundKind
from balint_desktop.domain.study.consent import Answer, Purpose
from balint_desktop.ui.shell.shell import PlaceKey
from balint_desktop.vault.log.consents import ConsentCollection


@pytest.fixture
def walk(qapp, tmp_path, monkeypatch):
    with Walk(qapp, tmp_path, monkeypatch) as made:
        made._window().fill()
        yield made


def is_listed(walk):
    walk.shell.show_place(PlaceKey.TODAY)
    walk.settle()
    return walk._visible("place-analysis") is not None


def test_it_is_listed_once_a_text_is_approved(walk):
    assert not is_listed(walk)

    example.approve(walk._window_now().vault)

    assert is_listed(walk)
    assert walk._visible("place-analysis").shortcut().toString() == "Ctrl+0"


def test_a_text_that_somebody_refused_to_have_analysed_is_not_offered(walk):
    log = walk._window_now().vault.log
    example.approve(walk._window_now().vault)
    refused = [(example.MEMBERS[0].code, Purpose.ANALYSIS)]
    log.consents.enter(example.TEACHING.id, refused, Answer.DECLINED, ConsentCollection(log.consents.today()))
    assert is_listed(walk)
    walk.shell.show_place(PlaceKey.ANALYSIS)
    wait_until(lambda: (walk.settle(), not walk.context.work.busy)[1])

    walk._press("analysis-new")

    assert walk.page.set_up.form.texts == {}


def test_a_study_is_led_from_its_setting_up_to_its_second_round(walk):
    walk._open_analysis("")
    place = walk.page

    def press(button):
        button.click()
        wait_until(lambda: (walk.settle(), not walk.context.work.busy)[1])

    press(place.studies.new_button)
    place.set_up.form.name.setText("Being with distress")
    press(place.set_up.form.save_button)
    press(place.study_page.round_button)
    press(place.round_form.open_button)
    press(place.study_page.code_button)
    coding = place.code_page
    code = coding.sitting.new_code("Fatigue")
    coding.text.move_cursor(coding.text.approved.turns[0].begin + 8)
    coding._give(code)
    assert coding.where.text().startswith("Open · R")
    press(coding.close_button)
    press(coding.confirm.do_button)

    press(place.study_page.compare_button)
    compare = place.compare_page
    press(compare.matters.add_button)
    compare.show_view("framework")
    press(compare.framework.fix_button)
    press(compare.framework.confirm.do_button)
    compare.show_view("matters")
    press(compare.matters.decide_button)
    compare.form.outcome.choose((MatterOutcome.KEEP, ""))
    for tick in compare.form.agreed.values():
        tick.setChecked(True)
    press(compare.form.save_button)
    press(compare.back_button)
    press(place.study_page.round_button)
    press(place.round_form.open_button)

    opened = place.visit.opened
    first, second = opened.rounds
    assert first.has_closed(opened.me)
    assert (second.kind, second.framework) == (RoundKind.FRAMEWORK, 1)
    assert [one.outcome for one in opened.decisions] == [MatterOutcome.KEEP]
