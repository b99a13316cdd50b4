"""Choices at a doubtful place: by key and by button, chosen by hand alone, undone like any edit; listening again."""

import accessible
import pytest
from correcting_bench import turn
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMenu, QPushButton
from qt_events import process_events

from balint_desktop.domain.transcript.transcript import Transcript, WordKind, transcript_of
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.text.trouble import sentence
from balint_desktop.ui.theme.theme import Appearance

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SAID = transcript_of(
    (
        turn(1, "P4", 60, "The ~cuter, came and sat with us, and ~far ~now went home."),
        turn(2, "unknown", 70, "<not-understood>"),
        turn(3, "P2", 80, "Then the ~cuter left. <unclear> The ~registrar stayed."),
    )
)
MACHINE = {(word.from_ms, word.until_ms): word.text for one in SAID.turns for word in one.words if word.text}


@pytest.fixture
def bench(correcting):
    return correcting(transcript=SAID, machine_words=MACHINE, may_hear_again=True)


def look(bench):
    return bench.page.second_look


def offered(bench):
    """Return the words on the choices' buttons, in order."""
    process_events()
    box = look(bench)
    buttons = [one for one in box.findChildren(QPushButton) if one.objectName().startswith("transcript-offer-")]
    return [one.text() for one in buttons if one.isVisibleTo(box)]


def menu_rows(bench):
    (menu,) = [one for one in bench.page.findChildren(QMenu) if one.objectName() == "transcript-offers-menu"]
    return menu, [one.text() for one in menu.actions()]


def hears(bench, qtbot, *texts):
    """Have the place at the cursor heard again, as these."""
    bench.key(Key.Key_R, CTRL)
    bench.service.hearings[-1].hears(*texts)
    qtbot.waitUntil(lambda: not look(bench)._is_hearing)


# --- spellings ---


def test_at_a_doubtful_word_spellings_are_offered_and_nothing_has_changed(bench):
    bench.key(Key.Key_J, CTRL)

    assert offered(bench)[0] == "kuia"
    assert look(bench)._heading.isVisible()
    assert bench.transcript == SAID


def test_at_a_word_without_a_doubt_there_is_nothing(bench):
    bench.at(1, 2)

    assert not look(bench).isVisible()
    assert offered(bench) == []


def test_a_press_takes_a_spelling_with_the_time_and_the_comma_and_undo_takes_it_back(bench):
    bench.key(Key.Key_J, CTRL)
    offered(bench)
    bench.page.findChild(QPushButton, "transcript-offer-0").click()
    word = bench.transcript.turn(1).words[1]

    assert (word.text, word.from_ms, word.until_ms) == ("kuia,", 60_350, 60_650)
    assert not word.is_doubtful
    bench.key(Key.Key_Z, CTRL)
    assert bench.transcript == SAID


def test_by_keys_alone_the_menu_opens_at_the_first_and_enter_takes_it(bench):
    bench.key(Key.Key_J, CTRL)
    bench.key(Key.Key_I, CTRL)
    menu, rows = menu_rows(bench)

    assert rows[0] == "&1  kuia"
    assert rows[-1] == "Listen again"
    assert menu.activeAction() is menu.actions()[0]
    bench.key(Key.Key_Return, on=menu)
    assert bench.words(1).startswith("The kuia, came")


def test_a_number_in_the_menu_takes_that_spelling(bench):
    bench.key(Key.Key_J, CTRL)
    second = offered(bench)[1]
    bench.key(Key.Key_I, CTRL)
    bench.key(Key.Key_2, on=menu_rows(bench)[0])

    assert bench.words(1).startswith(f"The {second}, came")


def test_two_doubtful_neighbours_are_offered_one_word_that_says_what_it_replaces(bench):
    bench.at(1, 8)

    assert offered(bench)[0] == "whānau for “far now”"
    look(bench).choose(0)
    assert bench.words(1) == "The cuter, came and sat with us, and whānau went home."


def test_what_was_typed_for_the_same_word_comes_first_the_second_time(bench):
    bench.at(1, 1, many=1)
    bench.edit.go_to(1, 1)
    bench.type("cutter,")
    bench.edit.commit()
    bench.at(3, 2)

    assert offered(bench)[:2] == ["cutter", "kuia"]


def test_a_screen_reader_is_told_once_at_each_place(bench, announced):
    bench.key(Key.Key_J, CTRL)
    bench.edit.cursor_moved.emit()

    assert [words for words in announced if words.startswith("Was it one of these? kuia")] == [
        f"Was it one of these? {', '.join(offered(bench))}"
    ]


def test_where_there_is_no_doubt_the_key_says_so(bench, announced):
    bench.at(1, 2)
    bench.key(Key.Key_I, CTRL)

    assert announced[-1] == "There is no doubtful word here."


def test_in_a_text_that_is_locked_nothing_is_offered(bench):
    bench.key(Key.Key_J, CTRL)
    bench.page.who_chip.click()
    assert not look(bench).isVisible()
    bench.page.who_chip.click()
    bench.at(1, 1)
    assert look(bench).isVisible()
    bench.page.sitting.is_locked = True
    bench.at(1, 1, 1)

    assert not look(bench).isVisible()


# --- listening again ---


def test_readings_are_shown_and_nothing_is_changed_until_one_is_chosen(bench, qtbot):
    bench.key(Key.Key_J, CTRL)
    bench.key(Key.Key_J, CTRL)
    bench.key(Key.Key_J, CTRL)
    bench.key(Key.Key_J, CTRL)
    hears(bench, qtbot, "i noho tahi mātou")

    assert bench.transcript == SAID
    assert offered(bench) == ["i noho tahi mātou"]
    look(bench).choose(0)
    assert bench.words(2) == "i noho tahi mātou"
    bench.key(Key.Key_Z, CTRL)
    assert bench.transcript == SAID


def test_a_long_reading_stands_as_text_above_its_button(bench, qtbot):
    bench.at(2, 0)
    long = "the climate is what she said to us on the ward that night"
    hears(bench, qtbot, long)

    assert offered(bench) == ["Use this"]
    assert look(bench).findChild(QLabel, "transcript-reading-0").text() == f"“{long}”"
    assert bench.page.findChild(QPushButton, "transcript-offer-0").accessibleDescription() == long
    look(bench).choose(0)
    assert bench.words(2) == long


def test_what_is_heard_leads_to_a_spelling_that_comes_before_it(bench, qtbot):
    bench.at(3, 6)
    hears(bench, qtbot, "fānau")

    assert offered(bench)[:1] == ["whānau"]
    assert "fānau" in offered(bench)


def test_while_it_listens_it_says_how_far_it_is_pauses_the_sound_and_can_be_stopped(bench, qtbot):
    bench.key(Key.Key_J, CTRL)
    bench.playback.play()
    bench.key(Key.Key_R, CTRL)
    qtbot.waitUntil(lambda: look(bench)._state.text() == "Listening again, 1 of 3…")

    assert not bench.playback.playing
    assert not look(bench).hear_button.isVisible()
    bench.at(1, 3)
    assert look(bench).stop_button.isVisible()
    look(bench).stop_button.click()
    assert not look(bench)._is_hearing
    assert not look(bench).isVisible()


def test_whoever_presses_by_keyboard_stays_at_what_follows(bench, qtbot):
    bench.at(2, 0)
    look(bench).hear_button.setFocus()
    bench.key(Key.Key_Space, on=look(bench).hear_button)
    assert look(bench).stop_button.hasFocus()
    bench.service.hearings[-1].hears("i noho tahi")
    qtbot.waitUntil(lambda: not look(bench)._is_hearing)
    assert bench.page.focusWidget().text() == "i noho tahi"
    bench.key(Key.Key_Space, on=bench.page.focusWidget())

    assert bench.words(2) == "i noho tahi"
    assert bench.edit.hasFocus()


def test_while_a_form_is_in_the_place_of_the_text_neither_key_acts(bench):
    bench.at(2, 0)
    bench.page.keys_button.click()
    for key in (Key.Key_I, Key.Key_R):
        bench.key(key, CTRL, on=bench.page.keys_panel.close_button)

    assert bench.service.hearings == []
    assert bench.page.findChildren(QMenu) == []


def test_what_is_heard_after_a_stop_is_dropped(bench, qtbot):
    bench.at(2, 0)
    bench.key(Key.Key_R, CTRL)
    hearing = bench.service.hearings[-1]
    look(bench).stop_button.click()
    hearing.hears("late")
    qtbot.waitUntil(lambda: not bench.work.busy)

    assert offered(bench) == []


def test_it_is_remembered_for_its_place_and_forgotten_with_the_page(bench, qtbot):
    bench.at(2, 0)
    hears(bench, qtbot, "i noho tahi")
    bench.at(1, 2)
    assert offered(bench) == []
    bench.at(2, 0)
    assert offered(bench) == ["i noho tahi"]
    bench.page.leave()

    assert look(bench)._readings == {}
    assert look(bench)._choices == []


def test_nothing_else_heard_is_said(bench, qtbot):
    bench.at(2, 0)
    hears(bench, qtbot)

    assert look(bench)._state.text() == "The machine heard nothing else."


def test_one_that_is_stopped_by_a_session_says_so(bench, qtbot):
    bench.at(2, 0)
    bench.key(Key.Key_R, CTRL)
    bench.service.hearings[-1].end(None)
    qtbot.waitUntil(lambda: not look(bench)._is_hearing)

    assert look(bench)._state.text() == "Stopped."


@pytest.mark.parametrize("code", [TroubleCode.ENGINE_MISSING, TroubleCode.NO_MODEL, TroubleCode.LISTENING_WAITS])
def test_what_is_missing_is_said_in_one_message(bench, code):
    bench.service.hearing_trouble = Trouble(code)
    bench.at(2, 0)
    bench.key(Key.Key_R, CTRL)

    assert bench.messages.last.text == sentence(Trouble(code))
    assert not look(bench)._is_hearing


def test_a_failure_is_said_and_leaves_the_text(bench, qtbot):
    bench.at(2, 0)
    bench.key(Key.Key_R, CTRL)
    bench.service.hearings[-1].end(Trouble(TroubleCode.LISTENING_FAILED))
    qtbot.waitUntil(lambda: not look(bench)._is_hearing)

    assert "could not listen again" in bench.messages.last.text
    assert bench.transcript == SAID


def test_leaving_the_page_stops_it(bench, qtbot):
    bench.at(2, 0)
    bench.key(Key.Key_R, CTRL)
    bench.page.leave()
    qtbot.waitUntil(lambda: not bench.work.busy)

    assert not look(bench)._is_hearing
    assert bench.service.hearings[-1]._ended.is_set()


def test_where_the_recording_may_not_be_heard_it_is_not_offered(correcting):
    bench = correcting(transcript=SAID, machine_words=MACHINE)
    bench.at(2, 0)
    assert not look(bench).isVisible()
    bench.key(Key.Key_R, CTRL)
    assert bench.service.hearings == []
    bench.at(1, 1)
    assert not look(bench).hear_button.isVisible()
    bench.key(Key.Key_I, CTRL)
    assert "Listen again" not in menu_rows(bench)[1]


@pytest.mark.parametrize("word", [1, 2])
def test_a_place_that_a_person_left_unclear_or_a_word_without_doubt_is_not_heard_again(bench, word):
    bench.at(3, {1: 4, 2: 0}[word])
    bench.key(Key.Key_R, CTRL)

    assert bench.service.hearings == []


def test_a_choice_for_a_place_that_has_changed_meanwhile_changes_nothing(bench):
    bench.key(Key.Key_J, CTRL)
    offered(bench)
    bench.at(3, 6)
    bench.page.sitting.apply(Transcript(bench.transcript.turns[:2]))
    before = bench.transcript
    look(bench).choose(0)

    assert bench.transcript == before
    assert {word.kind for word in bench.transcript.turn(2).words} == {WordKind.NOT_UNDERSTOOD}


# --- how it looks ---


def test_with_large_letters_the_choices_are_a_menu_and_the_page_is_no_higher(bench, theme, qtbot):
    theme.set_scale(2.0)
    bench.page.resize(1088, 664)
    bench.at(2, 0)
    hears(bench, qtbot, "one two three four five six seven", "i noho tahi", "mātou")
    process_events()

    assert look(bench).menu_button.isVisible()
    assert look(bench).menu_button.text() == "Was it one of these? 3"
    assert offered(bench) == []
    assert bench.page.minimumSizeHint().height() <= 664
    assert bench.edit.height() >= 100
    theme.set_scale(1.0)


@pytest.mark.parametrize("appearance", [Appearance.DARK, Appearance.CONTRAST])
def test_each_choice_has_a_name_in_every_look(bench, theme, qtbot, appearance):
    theme.choose(appearance)
    bench.at(2, 0)
    hears(bench, qtbot, "the climate is what she said to us on the ward that night", "mātou")

    assert offered(bench) == ["mātou", "Use this"]
    assert accessible.nameless(bench.page) == []
    theme.choose(Appearance.LIGHT)
