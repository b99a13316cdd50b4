"""Set up: a study is created, changed, given authors, and destroyed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from analysis_bench import (
    FIRST,
    ME,
    ROUND,
    SECOND,
    STUDY,
    TEXTS,
    FakeAnalysis,
    current,
    opened,
)
from PySide6.QtWidgets import QWidget
from window_fakes import DraftRows

from balint_desktop.domain.analysis.study import (
    Approach,
    AuthorRole,
    Workplace,
)
from balint_desktop.domain.key_words import key_words
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.ui.widgets.drafts import Drafts
from balint_desktop.ui.widgets.enter_escape import press_escape


def test_a_study_is_created_with_the_texts_ticked_and_its_first_author(analysis, settle):
    place = analysis(FakeAnalysis(study=None))
    place.studies.new_button.click()
    settle()
    place.set_up.form.name.setText("Being with distress")
    place.set_up.form.question.setPlainText("What do they meet?")
    place.set_up.form.approach.setCurrentIndex(list(Approach).index(Approach.REFLEXIVE))
    place.set_up.form.texts[FIRST].setChecked(False)
    place.set_up.form.without_evaluation.setChecked(True)
    place.set_up.form.label.setText("Coder 1")

    place.set_up.form.save_button.click()
    settle()

    study = place.service.study
    assert (study.name, study.question, study.approach) == (
        "Being with distress",
        "What do they meet?",
        Approach.REFLEXIVE,
    )
    assert study.texts == TEXTS[1:]
    assert [one.recording for one in study.analysed] == [SECOND]
    assert [one.label for one in study.authors] == ["Coder 1"]
    assert current(place) is place._study


@pytest.mark.parametrize(
    ("missing", "words"),
    [("name", "Enter a name for the study."), ("label", "Enter what you are called in the study.")],
)
def test_what_is_missing_is_said_and_the_field_has_the_focus(analysis, settle, missing, words):
    place = analysis(FakeAnalysis(study=None))
    place.studies.new_button.click()
    settle()
    place.set_up.form.name.setText("Being with distress")
    getattr(place.set_up.form, missing).clear()

    place.set_up.form.save_button.click()

    assert place.set_up.form.problem.text() == words
    assert getattr(place.set_up.form, missing).hasFocus()
    assert place.service.study is None


def test_a_half_typed_study_is_there_again(analysis, settle):
    rows = DraftRows()
    place = analysis(FakeAnalysis(study=None), drafts=Drafts(rows))
    place.studies.new_button.click()
    settle()
    place.set_up.form.name.setText("Half a na")
    place.leave_view()

    place.enter_view()
    settle()
    place.studies.new_button.click()
    settle()

    assert place.set_up.form.name.text() == "Half a na"


def test_an_author_is_added_edited_and_removed_while_the_form_above_stays(analysis, settle):
    place = opened(analysis, settle)
    place.study_page.set_up_button.click()
    place.set_up.form.name.setText("Half typed")
    place.set_up.authors.add_button.click()
    place.set_up.authors.label.setText("Supervisor")
    place.set_up.authors.role.setCurrentIndex(list(AuthorRole).index(AuthorRole.SUPERVISOR))
    place.set_up.authors.positionality.setPlainText("Trained in psychoanalysis")
    place.set_up.authors.save_button.click()
    settle()

    made = place.service.study.authors[-1]
    assert (made.label, made.role, made.positionality) == (
        "Supervisor",
        AuthorRole.SUPERVISOR,
        "Trained in psychoanalysis",
    )
    assert place.set_up.form.name.text() == "Half typed"

    place.set_up.authors.authors.setCurrentRow(3)
    place.set_up.authors.remove_button.click()
    place.set_up.authors.confirm.do_button.click()
    settle()
    assert place.service.study.authors == STUDY.authors


def test_nobody_removes_themselves_and_no_label_is_there_twice(analysis, settle):
    place = opened(analysis, settle)
    place.study_page.set_up_button.click()
    place.set_up.authors.authors.setCurrentRow(0)

    assert not place.set_up.authors.remove_button.isEnabled()

    place.set_up.authors.add_button.click()
    place.set_up.authors.label.setText("coder 2")
    place.set_up.authors.save_button.click()
    assert place.set_up.authors.problem.text() == "Another author already has this label."


_KEY = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"


def test_the_eight_words_of_an_authors_key_are_shown_as_it_is_pasted(analysis, settle):
    place = opened(analysis, settle)
    place.study_page.set_up_button.click()
    place.set_up.authors.add_button.click()
    place.set_up.authors.label.setText("Coder 4")
    place.set_up.authors.key.setText(f" {_KEY.upper()} ")
    assert place.set_up.authors.key_words.words.text() == " ".join(key_words(_KEY)[:4]) + " · " + " ".join(
        key_words(_KEY)[4:]
    )

    place.set_up.authors.save_button.click()
    settle()

    assert place.service.study.authors[-1].reader_key == _KEY


def test_what_is_no_key_is_refused_and_whoever_codes_here_needs_none(analysis, settle):
    place = opened(analysis, settle)
    place.study_page.set_up_button.click()
    place.set_up.authors.add_button.click()
    place.set_up.authors.label.setText("Coder 4")
    place.set_up.authors.key.setText("age1nothing")
    place.set_up.authors.save_button.click()
    assert place.set_up.authors.problem.text().startswith("This is not a reader key.")
    place.set_up.authors.key.setText(_KEY)
    assert place.set_up.authors.problem.text() == ""
    assert (
        place.set_up.authors.key_words.findChild(QWidget, "author-key-words-help")
        .text()
        .startswith("Read these words to the coder")
    )

    place.set_up.authors.workplace.setCurrentIndex(list(Workplace).index(Workplace.HERE))
    place.set_up.authors.save_button.click()
    settle()

    assert place.service.study.authors[-1].reader_key == ""


def test_saving_the_form_keeps_the_authors(analysis, settle):
    place = opened(analysis, settle)
    place.study_page.set_up_button.click()
    place.set_up.form.governance.setText("Our iwi partners")

    place.set_up.form.save_button.click()
    settle()

    assert place.service.study == replace(STUDY, governance="Our iwi partners")


def test_a_half_typed_author_is_asked_about_before_the_study_is_saved(analysis, settle):
    place = opened(analysis, settle)
    place.study_page.set_up_button.click()
    place.set_up.form.governance.setText("Our iwi partners")
    place.set_up.authors.add_button.click()
    place.set_up.authors.label.setText("Coder 4")
    place.set_up.form.save_button.click()
    settle()

    assert place.set_up.authors.problem.text() == "Save this author first, or cancel."
    assert place.set_up.authors.label.hasFocus()
    assert place.service.study == STUDY

    place.set_up.authors.cancel_button.click()
    place.set_up.form.save_button.click()
    settle()
    assert place.service.study == replace(STUDY, governance="Our iwi partners")


def test_an_author_that_was_left_half_typed_does_not_keep_a_new_study_from_being_created(analysis, settle):
    place = opened(analysis, settle, drafts=Drafts(DraftRows()))
    place.study_page.set_up_button.click()
    place.set_up.authors.add_button.click()
    place.set_up.authors.label.setText("Coder 4")
    place._show_list()
    settle()
    place.studies.new_button.click()
    settle()
    place.set_up.form.name.setText("Another")
    place.set_up.form.label.setText("Coder 1")
    place.set_up.form.save_button.click()
    settle()

    assert place.service.study.name == "Another"


def test_create_pressed_twice_makes_one_study_and_says_that_it_is_being_made(analysis, settle):
    place = analysis(FakeAnalysis(study=None))
    place.studies.new_button.click()
    settle()
    place.set_up.form.name.setText("Being with distress")

    place.set_up.form.save_button.click()
    said = place.set_up.form.news.text()
    place.set_up.form.save_button.click()
    place.set_up.form.save()
    settle()

    assert said == "Creating the study…"
    assert [one[0] for one in place.service.asked].count("create") == 1


def test_a_study_that_could_not_be_created_can_be_tried_again(analysis, settle):
    place = analysis(FakeAnalysis(study=None))
    place.studies.new_button.click()
    settle()
    place.set_up.form.name.setText("Being with distress")
    place.service.trouble = Trouble(TroubleCode.DISK_FULL)
    place.set_up.form.save_button.click()
    settle()
    assert place.set_up.form.problem.text()
    place.service.trouble = None

    place.set_up.form.save_button.click()
    settle()

    assert place.service.study.name == "Being with distress"


def test_a_round_and_an_author_pressed_twice_are_one(analysis, settle):
    place = opened(analysis, settle, FakeAnalysis(rounds=()))
    place.study_page.round_button.click()
    settle()
    for _ in range(2):
        place.round_form.open_button.click()
    settle()
    place.study_page.set_up_button.click()
    place.set_up.authors.add_button.click()
    place.set_up.authors.label.setText("Coder 4")
    for _ in range(2):
        place.set_up.authors.save_button.click()
    settle()

    assert len(place.service.rounds) == 1
    assert [one.label for one in place.service.study.authors].count("Coder 4") == 1


def test_a_study_is_destroyed_once_that_is_confirmed(analysis, settle, messages):
    place = opened(analysis, settle)
    place.study_page.set_up_button.click()
    place.set_up.destroy_button.click()
    asked = place.set_up.confirm.words.text()
    assert place.service.study is not None

    place.set_up.confirm.do_button.click()
    settle()

    assert asked.startswith("Destroy “Being with distress” for good?")
    assert place.service.asked[-3] == ("destroy", "study-1")
    assert current(place) is place._list
    assert place.studies.none.isVisible()


def test_a_study_under_a_hold_stays_and_that_is_said(analysis, settle, messages):
    place = opened(analysis, settle)
    place.study_page.set_up_button.click()
    place.set_up.destroy_button.click()
    place.service.trouble = Trouble(TroubleCode.HELD)

    place.set_up.confirm.do_button.click()
    settle()

    assert "legal hold" in messages.last.text
    assert current(place) is place._set_up


def test_a_study_that_came_in_a_file_is_set_up_elsewhere_and_can_be_destroyed(analysis, settle):
    place = opened(analysis, settle, FakeAnalysis(rounds=(replace(ROUND, authors=(ME,)),), is_guest=True))
    place.study_page.set_up_button.click()
    settle()
    page = place.set_up

    assert [one.isVisible() for one in (page.form, page.authors)] == [False, False]
    assert [one.isVisible() for one in (page.guest_line, page.destroy_button)] == [True, True]
    assert page.back_button.hasFocus()


def test_a_new_study_has_nothing_to_destroy(analysis, settle):
    place = analysis(FakeAnalysis(study=None))
    place.studies.new_button.click()
    settle()

    assert not place.set_up.destroy_button.isVisible()


def test_after_creating_and_saving_the_focus_is_on_what_is_next(analysis, settle):
    place = analysis(FakeAnalysis(study=None))
    place.studies.new_button.click()
    settle()
    place.set_up.form.name.setText("Being with distress")
    place.set_up.form.save_button.click()
    settle()
    created = place.study_page.round_button.hasFocus()
    place.study_page.set_up_button.click()
    place.set_up.form.save_button.click()
    settle()

    assert created
    assert place.study_page.round_button.hasFocus()


def test_tab_reaches_every_text_before_the_study_is_created(analysis, settle):
    place = analysis(FakeAnalysis(study=None))
    place.studies.new_button.click()
    settle()
    order, at = [], place.set_up.form.name
    while at is not place.set_up.form.save_button:
        at = at.nextInFocusChain()
        order.append(at)

    ticks = list(place.set_up.form.texts.values())
    assert [one for one in order if one in ticks] == ticks


def test_escape_in_a_new_study_keeps_what_is_typed_and_cancel_does_not(analysis, settle):
    place = analysis(FakeAnalysis(study=None), drafts=Drafts(DraftRows()))

    def typed_again():
        place.studies.new_button.click()
        settle()
        return place.set_up.form.name.text()

    typed_again()
    place.set_up.form.name.setText("Half a na")
    press_escape(place, place.set_up.form.name)
    settle()
    after_escape = typed_again()
    place.set_up.form.cancel_button.click()
    settle()

    assert (after_escape, typed_again()) == ("Half a na", "")
