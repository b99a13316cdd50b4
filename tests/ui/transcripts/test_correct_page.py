"""The page: saving, who speaks, what was heard, marks, the next place, the pedal, signing off."""

import threading
from dataclasses import replace

import accessible
import pytest
from correcting_bench import ROW, TRANSCRIPT, turn
from languages.pseudo import TAG, PseudoTexts
from PySide6.QtCore import QEvent, QItemSelectionModel, QPoint, QRegularExpression, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QMenu, QWidget
from qt_events import process_events

from balint_desktop import i18n
from balint_desktop.domain.transcript.listened import Listened
from balint_desktop.domain.transcript.open_places import Need
from balint_desktop.domain.transcript.transcript import UNKNOWN, Transcript, WordKind, transcript_of
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.ui.shell import saver
from balint_desktop.ui.theme.theme import Appearance
from balint_desktop.ui.transcripts.deps import SignedOff
from balint_desktop.ui.transcripts.keys import all_keys

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def press(bench, key, *, on=None, repeats=False):
    QApplication.sendEvent(
        on or bench.edit, QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, "", repeats)
    )


def release(bench, key, *, on=None, repeats=False):
    event = QKeyEvent(QEvent.Type.KeyRelease, key, Qt.KeyboardModifier.NoModifier, "", repeats)
    QApplication.sendEvent(on or bench.edit, event)


# --- without a recording ---


def test_a_session_that_was_never_recorded_has_no_times_no_legend_and_nothing_that_plays(correcting):
    bench = correcting(row=replace(ROW, has_recording=False), sound=None, audible=())
    page = bench.page
    bench.at(4)

    for widget in (page.player, page.strip, page.legend):
        assert not widget.isVisible()
    assert "F4" not in page.keys_line.text()
    assert ":" not in page.where.text() + page.edit.accessibleDescription()
    assert not [place for place in range(page.places.model().rowCount()) if "0:" in place_words(page, place)]
    assert not page.edit.findChild(QWidget, "transcript-gutter").has_times
    page.ask_to_sign_off()
    assert "recording" not in page.sign_off.findChild(QLabel, "sign-off-about").text()


def test_one_that_was_recorded_has_them(correcting):
    bench = correcting()
    bench.at(4)

    assert bench.page.strip.isVisible()
    assert ":" in bench.page.where.text()
    assert bench.page.edit.findChild(QWidget, "transcript-gutter").has_times
    bench.page.ask_to_sign_off()
    assert "against the recording" in bench.page.sign_off.findChild(QLabel, "sign-off-about").text()


def place_words(page, place):
    return page.places.model().index(place, 0).data()


# --- saving ---


def test_each_change_is_saved_without_being_asked_for(correcting, qtbot):
    bench = correcting()
    bench.at_end(4)
    bench.type(" Tell me.")
    qtbot.waitUntil(lambda: bench.service.saved[-1:] == [bench.transcript])

    assert bench.transcript.turn(4).words[-1].text == "me."


def test_what_was_typed_last_is_saved_before_the_page_is_left(correcting):
    bench = correcting()
    bench.at_end(4)
    bench.type(" Tell me.")
    bench.page.leave()

    assert [word.text for word in bench.service.saved[-1].turn(4).words][-2:] == ["Tell", "me."]
    assert bench.edit.toPlainText() == ""
    assert bench.transcript.turns == ()


def test_a_save_that_fails_is_reported_once_tried_again_and_nothing_is_lost(correcting, qtbot, monkeypatch):
    monkeypatch.setattr(saver, "_RETRY_MS", 10)
    bench = correcting()
    bench.page.saver._retry.setInterval(10)
    said = []
    bench.messages.shown.connect(lambda message: said.append(message.text))
    bench.service.trouble = Trouble(TroubleCode.DISK_FULL, folder="/x")
    bench.at_end(4)
    bench.type(" one")
    bench.edit.commit()
    qtbot.waitUntil(lambda: bench.page.saver.is_failing)
    bench.type(" two")
    bench.edit.commit()
    qtbot.waitUntil(bench.page.saver._retry.isActive)
    assert len(said) == 1
    assert bench.page.save_state.text() == "Not saved yet. Trying again."

    bench.service.trouble = None
    qtbot.waitUntil(lambda: bench.page.saver.is_saved)

    assert bench.service.saved[-1] == bench.transcript
    assert bench.page.save_state.isHidden()
    assert said[-1] == "Saved again. Nothing was lost."


def test_leaving_on_a_full_disk_keeps_the_text_on_the_page(correcting):
    bench = correcting()
    bench.at_end(4)
    bench.type(" one")
    bench.service.trouble = Trouble(TroubleCode.DISK_FULL, folder="/x")
    with pytest.raises(Trouble):
        bench.page.leave()

    assert bench.words(4) == "What is that anger like? one"
    bench.service.trouble = None
    bench.page.leave()
    assert bench.service.saved[-1].turn(4).words[-1].text == "one"


def test_the_text_and_what_was_heard_are_never_saved_at_once(correcting, qtbot):
    bench = correcting()
    inside, most = [], []

    def save(*_):
        inside.append(1)
        most.append(len(inside))
        threading.Event().wait(0.02)
        inside.pop()

    bench.service.save = bench.service.save_listened = save
    bench.page.show_opened(bench.service, bench.opened)
    for number in range(4):
        bench.page.listened_saver.save(Listened(((0, number),)))
        bench.at_end(4)
        bench.type("x")
        bench.edit.commit()
        qtbot.waitUntil(lambda: bench.page.saver.is_saved and bench.page.listened_saver.is_saved)

    assert len(most) >= 8
    assert max(most) == 1


# --- who speaks ---


@pytest.mark.parametrize(
    ("key", "expected"), [("0", "F"), ("1", "P1"), ("3", "P4"), ("8", "several"), ("9", "unknown")]
)
def test_alt_and_a_digit_set_the_speaker_of_the_turn(correcting, key, expected):
    bench = correcting()
    bench.at(2, 3)
    bench.key(Key(Key.Key_0 + int(key)), ALT)

    assert bench.transcript.turn(2).speaker == expected
    assert bench.words(2) == "It made me angry. With the registrar, and then with her."


def test_a_digit_nobody_has_does_nothing(correcting):
    bench = correcting()
    bench.at(2, 3)
    bench.key(Key.Key_7, ALT)

    assert bench.transcript == TRANSCRIPT


def test_who_speaks_locks_the_text_plays_faster_and_sets_speakers_while_it_plays(correcting):
    one_run = transcript_of(turn(n, UNKNOWN, 60 + 10 * n, "Some words that were said.") for n in range(1, 5))
    bench = correcting(transcript=one_run)
    bench.page.who_chip.click()
    bench.edit.setFocus()
    bench.plays(80.5, 0.2)
    bench.type("x1")
    assert bench.playback.speed == 1.25
    bench.deck.hears(20.0)
    bench.key(Key.Key_0)

    assert [one.speaker for one in bench.transcript.turns] == ["unknown", "P1", "P1", "F"]
    assert [[word.text for word in one.words] for one in bench.transcript.turns] == [
        [word.text for word in one.words] for one in one_run.turns
    ]
    bench.page.who_chip.click()
    assert bench.playback.speed == 1.0
    assert not bench.edit.isReadOnly()


def test_a_button_sets_the_speaker_too_and_says_who(correcting, announced):
    bench = correcting()
    bench.at(4, 0)
    bench.page.room.buttons["P2"].click()

    assert bench.transcript.turn(4).speaker == "P2"
    assert announced[-1] == "P2"


# --- listened ---


def test_what_is_played_counts_as_heard_and_is_saved(correcting, qtbot):
    bench = correcting()
    assert bench.page.heard.text() == "heard 10%"
    bench.plays(100.0, 3.0)
    bench.deck.hears(6.0)
    bench.playback.pause()
    qtbot.waitUntil(lambda: bench.page.listened_saver.is_saved)

    assert bench.page.listening.listened == Listened(((0, 40_000), (100_000, 106_000)))
    assert bench.service.saved_listened[-1] == bench.page.listening.listened
    assert bench.page.heard.text() == "heard 11%"


def test_what_is_skipped_is_not_heard(correcting):
    bench = correcting()
    bench.plays(100.0, 1.0)
    bench.key(Key.Key_F5)
    bench.deck.hears(1.0)
    bench.playback.seek(50.0)
    bench.deck.hears(0.5)

    assert bench.page.listening.listened.spans == (
        (0, 40_000),
        (50_000, 50_500),
        (100_000, 101_000),
        (106_000, 107_000),
    )


@pytest.mark.parametrize(("speed", "is_heard"), [(1.25, True), (1.5, True), (2.0, False)])
def test_what_is_played_too_fast_for_words_is_not_heard(correcting, speed, is_heard):
    bench = correcting()
    bench.playback.set_speed(speed)
    bench.plays(100.0, 1.0)

    assert (len(bench.page.listening.listened.spans) == 2) is is_heard


# --- places ---


def test_the_list_has_each_place_with_its_reason_in_order(correcting, qtbot):
    bench = correcting()
    qtbot.waitUntil(lambda: bench.page.places.places != [])
    model = bench.page.places.model()

    assert [model.index(row).data() for row in range(model.rowCount())] == [
        "1:12  “registrar” doubtful",
        "1:22  not understood, 4 s",
        "1:35  “small” doubtful",
        "1:36  unclear",
        "1:41  te reo Māori, for a speaker",
    ]


def test_one_key_goes_through_what_is_to_be_heard_and_round_again(correcting, qtbot):
    bench = correcting()
    qtbot.waitUntil(lambda: bench.page.places.places != [])
    seen = []
    for _ in range(6):
        bench.key(Key.Key_J, CTRL)
        seen.append(bench.edit.textCursor().selectedText())
    for _ in range(2):
        bench.key(Key.Key_J, CTRL | SHIFT)
        seen.append(bench.edit.textCursor().selectedText())

    last = "[te reo Māori: for a speaker]"
    listed = ["registrar,", "[not understood, 4 s]", "small", "[unclear, 4 s]", last]
    assert seen == [*listed, "registrar,", last, "[unclear, 4 s]"]


def test_a_word_that_a_person_marked_is_gone_to_where_the_list_has_it(correcting, qtbot):
    bench = correcting()
    bench.at(4, 3)
    bench.key(Key.Key_U, CTRL)
    bench.at(3)
    seen = []
    for _ in bench.page.places.places:
        bench.key(Key.Key_J, CTRL)
        row = bench.page.places.currentIndex().row()
        seen.append(bench.page.places.places[row])

    in_order = bench.page.places.places
    assert [place.turn_id for place in in_order] == [2, 3, 4, 5, 5, 5]
    assert seen in [in_order[at:] + in_order[:at] for at in range(len(in_order))]


def test_turns_without_a_speaker_are_counted_apart_and_the_number_leads_to_them(correcting):
    named = turn(1, "P1", 60, "I imagine ~she was.")
    bench = correcting(transcript=transcript_of((named, turn(2, UNKNOWN, 70, "Yes."), turn(3, UNKNOWN, 80, "No."))))
    bench.page.edit.complete()
    assert [one.need for one in bench.page.places.places] == [Need.DOUBTFUL]
    assert bench.page.unnamed_button.text() == "2 turns without a speaker"
    bench.page.unnamed_button.click()
    assert bench.page.who_chip.isChecked()
    assert bench.playback.position_s == 70.0
    bench.key(Key.Key_1)

    assert {one.speaker for one in bench.transcript.turns} == {"P1"}
    assert bench.page.unnamed_button.isHidden()


def test_a_place_is_played_from_a_little_before_it(correcting, qtbot):
    bench = correcting()
    qtbot.waitUntil(lambda: bench.page.places.places != [])
    bench.key(Key.Key_J, CTRL)

    assert bench.playback.position_s == TRANSCRIPT.turn(2).words[6].from_ms / 1000 - 1.0


def test_going_on_confirms_nothing_and_the_key_for_right_does(correcting, qtbot):
    bench = correcting()
    qtbot.waitUntil(lambda: bench.page.places.places != [])
    bench.key(Key.Key_J, CTRL)
    assert bench.transcript == TRANSCRIPT

    bench.key(Key.Key_K, CTRL)

    assert bench.transcript.turn(2).words[6].probability is None
    assert bench.transcript.turn(2).words[6].text == "registrar,"
    assert bench.edit.textCursor().selectedText() == "[not understood, 4 s]"
    assert [place.need for place in bench.page.places.places].count(Need.DOUBTFUL) == 1


def test_a_place_without_words_is_not_confirmed_away(correcting, qtbot):
    bench = correcting()
    bench.at(3, 0)
    bench.key(Key.Key_K, CTRL)

    assert bench.transcript == TRANSCRIPT


def test_no_guess_is_shown_until_it_is_asked_for_at_its_place(correcting):
    bench = correcting()
    bench.at(2, 1)
    assert bench.page.guess_button.isHidden()
    assert "climate" not in bench.edit.toPlainText()

    bench.edit.go_to(3, 0)
    assert (bench.page.guess_button.isHidden(), bench.page.guess.isHidden()) == (False, True)
    bench.page.guess_button.click()
    assert bench.page.guess.text() == "The machine guessed: “the climate ula”. It is often wrong."
    assert bench.transcript == TRANSCRIPT

    bench.at(2, 1)
    assert bench.page.guess.isHidden()


# --- marks ---


def test_a_word_is_marked_unclear_in_its_time(correcting):
    bench = correcting()
    bench.at(2, 6, 2)
    bench.key(Key.Key_U, CTRL)

    word, before = bench.transcript.turn(2).words[6], TRANSCRIPT.turn(2).words[6]
    assert (word.kind, word.from_ms, word.until_ms) == (WordKind.UNCLEAR, before.from_ms, before.until_ms)
    assert "It made me angry. With the [unclear, 1 s] and then with her." in bench.lines()


def test_selected_words_become_one_mark(correcting):
    bench = correcting()
    bench.edit.go_to(2, 4, 3)
    bench.key(Key.Key_U, CTRL)

    assert bench.words(2) == "It made me angry. <unclear> and then with her."


def test_the_language_is_asked_for_once(correcting):
    bench = correcting()
    bench.edit.go_to(3, 0)
    bench.key(Key.Key_O, CTRL)
    assert not bench.page.language_box.isHidden()
    assert bench.page.language_box.language.text() == "te reo Māori"
    bench.page.language_box.language.setText("Gagana [Sāmoa]")
    bench.page.language_box.mark_button.click()
    bench.edit.go_to(4, 3, 1)
    bench.key(Key.Key_O, CTRL)

    assert "[Gagana Sāmoa: for a speaker]" in bench.lines()
    assert bench.words(4) == "What is that Gagana Sāmoa like?"
    assert bench.deps.settings.other_language == "Gagana Sāmoa"
    assert bench.page.language_box.isHidden()


def test_the_menu_offers_no_word_for_distress(correcting, qtbot):
    bench = correcting()
    bench.at(4, 1)
    bench.key(Key.Key_M, CTRL)
    menu = bench.page.findChild(QMenu, "transcript-marks-menu")

    assert [action.text() for action in menu.actions()] == ["Unclear", "Several people at once", "Another language…"]
    menu.actions()[1].trigger()
    menu.close()
    assert bench.transcript.turn(4).words[1].kind is WordKind.OVERLAP


# --- playing ---


def test_keys_play_and_seek_while_typing(correcting):
    bench = correcting()
    bench.at(4, 2)
    bench.key(Key.Key_F2)
    assert (bench.playback.playing, bench.playback.position_s) == (True, 90.0)
    bench.key(Key.Key_F4)
    assert not bench.playback.playing
    bench.key(Key.Key_F3)
    assert bench.playback.position_s == 85.0
    bench.key(Key.Key_F8)
    assert bench.playback.position_s == 90.0
    bench.key(Key.Key_Return, CTRL)

    assert (bench.playback.playing, bench.playback.position_s) == (True, TRANSCRIPT.turn(4).words[2].from_ms / 1000)
    assert bench.transcript == TRANSCRIPT


def test_keys_move_by_phase_and_change_the_speed_while_typing(correcting):
    bench = correcting()
    bench.key(Key.Key_PageDown, CTRL)
    assert bench.playback.position_s == 65.0
    bench.key(Key.Key_Up, CTRL)
    assert bench.playback.speed == 1.25
    bench.key(Key.Key_Down, CTRL)
    bench.key(Key.Key_Down, CTRL)

    assert bench.playback.speed == 0.75


def test_the_pedal_plays_while_it_is_held(correcting):
    bench = correcting()
    bench.page.keys_panel.pedal.setChecked(True)
    assert bench.deps.settings.pedal_holds
    for key in (Key.Key_F4, Key.Key_F9):
        press(bench, key)
        for _ in range(4):
            release(bench, key, repeats=True)
            press(bench, key, repeats=True)
            assert bench.playback.playing
        release(bench, key)
        assert not bench.playback.playing

    assert len(bench.deck.plays) == 2


def test_a_pedal_let_go_outside_the_window_pauses(correcting):
    bench = correcting()
    bench.page.keys_panel.pedal.setChecked(True)
    press(bench, Key.Key_F4)
    bench.page.hide()

    assert not bench.playback.playing


def test_without_the_setting_one_press_plays_on(correcting):
    bench = correcting()
    bench.key(Key.Key_F4)
    assert bench.playback.playing
    bench.key(Key.Key_F4)

    assert not bench.playback.playing


# --- find ---


def test_words_are_found_counted_and_replaced(correcting):
    bench = correcting()
    bench.at(1, 0)
    bench.key(Key.Key_H, CTRL)
    bar = bench.page.find_bar
    bar.phrase.setText("with")
    assert bar.count.text() == "2 places"
    bench.key(Key.Key_Return, on=bar.phrase)
    assert bench.edit.textCursor().selectedText() == "With"
    bar.replacement.setText("at")
    bar.replace_button.click()
    assert bench.words(2) == "It made me angry. at the registrar, and then with her."
    assert bar.count.text() == "1 place"
    bar.match_case.setChecked(True)
    assert bar.replace_all_button.text() == "Replace all (1)"
    bar.replace_all_button.click()
    assert bench.words(2) == "It made me angry. at the registrar, and then at her."
    assert bar.count.text() == "1 replaced"

    bench.key(Key.Key_Z, CTRL)
    bench.key(Key.Key_Z, CTRL)
    assert bench.transcript == TRANSCRIPT


def test_a_word_of_te_reo_that_is_spelt_right_is_found_and_never_replaced_by_the_way(correcting):
    bench = correcting(transcript=transcript_of((turn(1, "P4", 60, "Her whānau and the whanau."),)))
    bench.at(1, 0)
    bench.key(Key.Key_H, CTRL)
    bar = bench.page.find_bar
    bar.phrase.setText("whanau")
    bar.replacement.setText("final")
    assert bar.count.text() == "2 places"
    assert bar.replace_all_button.text() == "Replace all (1)"
    bar.go_next()
    assert bench.edit.textCursor().selectedText() == "whānau"
    bar.replace_button.click()
    assert bar.count.text() == "Not replaced: a word of te reo Māori, spelt right."
    bar.replace_all_button.click()

    assert bench.words(1) == "Her whānau and the final."


def test_a_text_that_is_signed_off_while_the_bar_is_open_is_not_replaced_in(correcting):
    bench = correcting()
    bench.key(Key.Key_H, CTRL)
    bench.page.find_bar.phrase.setText("with")
    bench.page.find_bar.replacement.setText("at")
    bench.page._on_signed("AB", "")
    bench.page.find_bar.replace_all_button.click()

    assert bench.transcript == TRANSCRIPT
    assert not bench.page.find_bar.replacement.isVisible()


@pytest.mark.parametrize(
    ("phrase", "replacement", "offered"),
    [
        ("registrar", "[P4]", "P4"),
        ("registrar", " P4 ", "P4"),
        ("registrar", "P9", None),
        ("registrar", "the P4", None),
        ("registrar", "", None),
        ("at", "P4", None),
    ],
)
def test_a_word_that_was_replaced_by_a_members_code_may_be_added_to_how_the_name_is_heard(
    correcting, phrase, replacement, offered
):
    bench, heard = correcting(), []
    bench.page._deps = replace(
        bench.deps, labels=lambda _recording: {"P4": "P4"}, heard_as=lambda _recording, *one: heard.append(one)
    )
    bench.key(Key.Key_H, CTRL)
    bar = bench.page.find_bar
    bar.phrase.setText(phrase)
    bar.replacement.setText(replacement)
    assert bar.heard_button.isHidden()
    bar.replace_all_button.click()

    assert bar.heard_button.isHidden() is (offered is None)
    if offered is not None:
        assert bar.heard_button.text() == "Add to “Heard as” of P4"
        bar.heard_button.click()
        assert heard == [("P4", phrase)]
        assert bar.heard_button.isHidden()


def test_a_page_without_a_roster_offers_to_add_nothing_to_it(correcting):
    bench = correcting()
    bench.key(Key.Key_H, CTRL)
    bench.page.find_bar.phrase.setText("registrar")
    bench.page.find_bar.replacement.setText("P4")
    bench.page.find_bar.replace_all_button.click()

    assert bench.page.find_bar.heard_button.isHidden()


# --- signing off ---


def test_signing_off_says_what_was_heard_and_what_is_left_and_asks_for_a_reason(correcting):
    bench = correcting()
    bench.page.sign_off_button.click()
    form = bench.page.sign_off
    assert form.summary.text() == (
        "Listened to 0:40 of 6:30. Left open: 2 doubtful words, 1 place not understood, 1 unclear place "
        "and 1 place in another language. "
        "Until someone who speaks that language has listened, the recording is not offered for destruction."
    )
    form.do_button.click()
    form.by.setText("AB")
    form.do_button.click()
    form.reason.setPlainText("No time left")
    form.do_button.click()
    assert bench.service.signed == []
    assert "or tick that no one has" in form.problem.text()
    form.not_heard.setChecked(True)
    form.do_button.click()

    assert [(by, reason) for by, reason, _ in bench.service.signed] == [("AB", "No time left")]
    assert bench.page.signed.text().startswith("Signed off by AB on ")
    assert bench.edit.isReadOnly()


def test_what_is_signed_off_was_saved_before(correcting):
    bench = correcting()
    bench.at_end(4)
    bench.type(" Yes.")
    bench.page.sign_off_button.click()
    bench.page._on_signed("AB", "")

    assert bench.service.signed[0][2].turn(4).words[-1].text == "Yes."


def test_without_anything_left_no_reason_is_asked(correcting):
    bench = correcting(transcript=transcript_of((turn(1, "P1", 60, "Yes."),)), listened=Listened(((0, 400_000),)))
    bench.page.sign_off_button.click()
    form = bench.page.sign_off

    assert form.summary.text() == "Listened to 6:30 of 6:30. No place is left open."
    assert form.reason.isHidden() or not form.reason.isVisibleTo(form)
    form.by.setText("AB")
    form.do_button.click()
    assert bench.service.signed[0][:2] == ("AB", "")


def test_a_text_that_was_signed_off_changes_only_after_edit_again(correcting):
    bench = correcting(signed=SignedOff("AB", 1_772_600_767.0, "enough"))
    bench.at_end(4)
    bench.type("x")
    for key, modifier in ((Key.Key_1, ALT), (Key.Key_U, CTRL), (Key.Key_K, CTRL), (Key.Key_Backspace, CTRL)):
        bench.key(key, modifier)
    bench.key(Key.Key_Return)
    bench.page.room.buttons["P1"].click()
    assert bench.transcript == TRANSCRIPT

    bench.page.again_button.click()
    bench.type("x")
    bench.edit.commit()

    assert bench.service.reopened == ["whole"]
    assert bench.words(4) == "What is that anger like?x"
    assert bench.page.signed.isHidden()


# --- the page itself ---


@pytest.mark.parametrize("form", ["text", "sign-off", "keys", "find", "who"])
@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("appearance", [Appearance.LIGHT, Appearance.CONTRAST])
def test_it_fits_beside_the_navigation_and_all_of_it_is_named_and_reachable(correcting, theme, form, scale, appearance):
    theme.choose(appearance)
    theme.set_scale(scale)
    bench = correcting()
    bench.page.resize(996 if scale == 2.0 else 1088, 664)
    {
        "text": lambda: None,
        "sign-off": bench.page.sign_off_button.click,
        "keys": bench.page.keys_button.click,
        "find": bench.page.find_button.click,
        "who": bench.page.who_chip.click,
    }[form]()
    for _ in range(4):
        process_events()

    assert bench.page.size().height() == 664
    assert accessible.nameless(bench.page) == []
    assert accessible.out_of_reading_order(bench.page) == []
    assert accessible.unreachable(bench.page) == []
    assert accessible.cut(bench.page) == []


def test_in_a_narrow_window_the_list_is_opened_over_the_text(correcting, qtbot):
    bench = correcting()
    qtbot.waitUntil(lambda: bench.page.places.places != [])
    bench.page.resize(640, 640)
    process_events()
    assert bench.page.side.isHidden()
    bench.page.side_chip.click()
    assert (bench.page.side.isVisible(), bench.edit.isVisible()) == (True, False)
    bench.page.places.setCurrentIndex(bench.page.places.model().index(1))
    bench.key(Key.Key_Return, on=bench.page.places)

    assert (bench.page.side.isVisible(), bench.edit.isVisible()) == (False, True)
    assert bench.edit.textCursor().selectedText() == "[not understood, 4 s]"


def test_where_the_cursor_is_is_read_out(correcting, announced):
    bench = correcting()
    bench.at(4, 0)

    assert bench.edit.accessibleDescription() == "1:30 · facilitator · Group reflects"
    assert announced[-1] == "1:30 · facilitator · Group reflects"
    assert bench.page.where.text() == "1:30 · facilitator · Group reflects"


def test_a_place_that_a_screen_reader_selects_is_gone_to(correcting, qtbot):
    bench = correcting()
    qtbot.waitUntil(lambda: bench.page.places.places != [])
    places = bench.page.places
    # As a row's only action does it from outside.
    places.selectionModel().select(places.model().index(0), QItemSelectionModel.SelectionFlag.Toggle)
    qtbot.waitUntil(lambda: bench.edit.textCursor().selectedText() == "registrar,")


@pytest.mark.parametrize("focus", ["places", "who_chip", "back_button"])
def test_undo_is_the_texts_wherever_the_focus_is(correcting, qtbot, focus):
    bench = correcting()
    window = QMainWindow()
    qtbot.addWidget(window)
    window.setCentralWidget(bench.page)
    others = QAction("Undo", window)
    others.setShortcut("Ctrl+Z")
    window.addAction(others)
    undone = []
    others.triggered.connect(lambda: undone.append(True))
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    bench.at_end(4)
    bench.type(" one")
    widget = getattr(bench.page, focus)
    widget.setFocus()
    bench.key(Key.Key_Z, CTRL, on=widget)
    assert (bench.transcript, undone) == (TRANSCRIPT, [])

    bench.key(Key.Key_Y, CTRL, on=widget)
    assert bench.words(4).endswith(" one")
    bench.page.leave()
    window.takeCentralWidget()


def test_digits_say_who_speaks_while_the_list_has_the_focus(correcting, qtbot):
    bench = correcting()
    qtbot.waitUntil(lambda: bench.page.places.places != [])
    bench.page.who_chip.click()
    bench.playback.seek(91.0)
    bench.page.places.setFocus()
    bench.key(Key.Key_2, on=bench.page.places)

    assert bench.transcript.turn(4).speaker == "P2"


def test_an_empty_text_has_a_turn_to_type_in(correcting):
    bench = correcting(transcript=Transcript())
    bench.type("First words.")
    bench.edit.commit()

    assert [word.text for word in bench.transcript.turns[0].words] == ["First", "words."]
    assert bench.transcript.turns[0].until_ms == 400_000


def test_nothing_of_the_text_stays_on_the_page_that_was_left(correcting, qtbot):
    bench = correcting()
    qtbot.waitUntil(lambda: bench.page.places.places != [])
    bench.edit.go_to(3, 0)
    bench.page.guess_button.click()
    bench.edit.go_to(2, 6, 1)
    bench.key(Key.Key_C, CTRL)
    bench.key(Key.Key_F, CTRL)
    bench.page.leave()

    texts = [one.text() for one in bench.page.findChildren(QLabel)] + [bench.page.find_bar.phrase.text()]
    assert not [text for text in texts if "registrar" in text or "climate" in text]
    assert (bench.edit.toPlainText(), bench.edit._clip, bench.edit._pieces) == ("", "", {})
    assert (bench.page.places.places, bench.page.places._known._known) == ([], {})
    assert not bench.page.sitting.undo()


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("form", ["text", "sign-off", "keys", "find", "who"])
def test_it_fits_in_a_language_that_is_longer(correcting, theme, monkeypatch, scale, form):
    monkeypatch.setattr(i18n, "_in_use", i18n._InUse())
    i18n.use_texts(PseudoTexts(), TAG)
    theme.set_scale(scale)
    bench = correcting()
    bench.page.resize(996 if scale == 2.0 else 1088, 664)
    {
        "text": lambda: None,
        "sign-off": bench.page.sign_off_button.click,
        "keys": bench.page.keys_button.click,
        "find": bench.page.find_button.click,
        "who": bench.page.who_chip.click,
    }[form]()
    for _ in range(4):
        process_events()

    assert bench.page.size().toTuple() == (996 if scale == 2.0 else 1088, 664)
    assert accessible.cut(bench.page) == []


def test_nothing_says_whose_words_were_withdrawn(correcting):
    bench = correcting(transcript=transcript_of((turn(1, "P4", 60, "<withdrawn>"), turn(2, "P1", 70, "Yes."))))
    bench.at(1)

    assert bench.page.where.text() == "1:00 · Open"
    assert "P4" not in bench.edit.accessibleDescription()


# --- large letters, and what stays where it is ---

LONG = "I thought it was said to me and I did not know what it was that I had heard. " * 12


def at_a_small_window(bench, scale):
    bench.page.resize(996 if scale == 2.0 else 1088, 664)
    for _ in range(4):
        process_events()


def is_on_the_page(bench, widget):
    inside = widget.rect().translated(widget.mapTo(bench.page, QPoint(0, 0)))
    return widget.isVisible() and bench.page.rect().contains(inside)


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_finding_leaves_every_button_on_the_page_three_lines_and_the_word_that_was_found(correcting, theme, scale):
    theme.set_scale(scale)
    bench = correcting(transcript=transcript_of((turn(1, "P4", 20, LONG), turn(2, "P1", 120, LONG + "Chicago"))))
    at_a_small_window(bench, scale)
    bench.page.find_button.click()
    bench.page.find_bar.phrase.setText("Chicago")
    bench.page.find_bar.go_next()
    for _ in range(4):
        process_events()

    page, edit = bench.page, bench.edit
    for made in (page.marks_button, page.find_button, page.keys_button, page.sign_off_button, page.who_chip):
        assert is_on_the_page(bench, made)
    assert edit.viewport().height() >= 3 * edit.fontMetrics().lineSpacing()
    assert edit.textCursor().selectedText() == "Chicago"
    assert edit.viewport().rect().contains(edit.cursorRect())


def test_a_bar_over_the_text_leaves_the_word_at_the_cursor_in_sight(correcting):
    bench = correcting(transcript=transcript_of((turn(1, "P4", 20, LONG * 6),)))
    at_a_small_window(bench, 1.0)
    bench.at(1, 4)
    rows = bench.edit.viewport().height() // bench.edit.fontMetrics().lineSpacing()
    cursor = bench.edit.textCursor()
    cursor.movePosition(cursor.MoveOperation.Down, n=rows - 3)
    bench.edit.setTextCursor(cursor)
    assert bench.edit.viewport().rect().contains(bench.edit.cursorRect())
    bench.page.find_button.click()
    for _ in range(4):
        process_events()

    assert bench.edit.viewport().rect().contains(bench.edit.cursorRect())


def test_with_large_letters_who_speaks_shows_the_people_with_their_digits_and_the_keys(correcting, theme):
    theme.set_scale(2.0)
    bench = correcting()
    at_a_small_window(bench, 2.0)
    assert not bench.page.room.isVisible()
    bench.page.who_chip.click()
    for _ in range(4):
        process_events()

    shown = [made.text() for made in bench.page.room.buttons.values() if is_on_the_page(bench, made)]
    assert shown == ["0  facilitator", "1  P1", "2  P2", "3  P4", "8  several", "9  not known"]
    assert is_on_the_page(bench, bench.page.keys_line)
    assert bench.edit.viewport().height() >= 3 * bench.edit.fontMetrics().lineSpacing()

    bench.page.who_chip.click()
    assert not bench.page.room.isVisible()
    bench.page.resize(1600, 664)
    process_events()
    assert bench.page.room.isVisibleTo(bench.page.side)


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_no_button_at_the_foot_moves_with_what_is_shown_beside_it(correcting, theme, scale):
    theme.set_scale(scale)
    bench = correcting()
    at_a_small_window(bench, scale)
    bench.edit.complete()

    def places():
        for _ in range(4):
            process_events()
        page = bench.page
        foot = (page.player.play_button, page.side_chip, page.who_chip, page.marks_button, page.sign_off_button)
        return [(made.mapTo(page._foot, QPoint(0, 0)), made.size()) for made in foot]

    before = places()
    for change in (
        bench.playback.play,
        lambda: bench.playback.seek(205.0),
        lambda: bench.playback.seek(399.0),
        bench.playback.pause,
        lambda: bench.playback.set_speed(0.5),
        bench.page.who_chip.click,
        bench.page.who_chip.click,
        lambda: (bench.at(2, 6, 2), bench.page.acts.confirm()),
    ):
        change()
        assert places() == before


@pytest.mark.parametrize(("key", "name"), [(Key.Key_I, "transcript-offers-menu"), (Key.Key_M, "transcript-marks-menu")])
def test_a_menu_that_a_key_opens_is_at_the_word(correcting, qtbot, key, name):
    bench = correcting(may_hear_again=True)
    bench.edit.go_to(2, 6)
    begin = bench.edit.textCursor()
    begin.setPosition(begin.selectionStart())
    word = bench.edit.viewport().mapToGlobal(bench.edit.cursorRect(begin).bottomLeft())
    bench.key(key, CTRL)
    menu = bench.page.findChild(QMenu, name)

    assert (menu.pos() - word).manhattanLength() <= 4
    menu.close()


def test_replacing_by_nothing_says_that_it_deletes(correcting):
    bench = correcting()
    bar = bench.page.find_bar
    bar.open_bar("with", replace=True)
    assert (bar.replace_button.text(), bar.replace_all_button.text()) == ("Delete", "Delete all (2)")
    bar.replacement.setText("at")
    assert (bar.replace_button.text(), bar.replace_all_button.text()) == ("Replace", "Replace all (2)")
    bar.replacement.setText(" ")
    bar.replace_all_button.click()

    assert bench.words(2) == "It made me angry. the registrar, and then her."
    assert bar.count.text() == "2 deleted"
    assert (bar.replace_all_button.text(), bar.replace_all_button.isEnabled()) == ("Replace all", False)


def test_there_is_one_playhead_also_after_coming_back(correcting):
    bench = correcting()
    bench.playback.seek(123.0)
    bench.page.leave()
    bench.page.show_opened(bench.service, bench.opened)

    assert bench.page.strip._at_s == bench.playback.position_s
    assert bench.page.player.position.text().startswith("0:00 of ")


def test_the_time_over_the_text_is_that_of_the_word_at_the_cursor(correcting, announced):
    bench = correcting()
    bench.at(2, 0)
    said = len(announced)
    bench.edit.go_to(2, 6)

    assert bench.page.where.text() == "1:12 · P2 · Group reflects"
    assert bench.edit.accessibleDescription() == "1:10 · P2 · Group reflects"
    assert not [words for words in announced[said:] if "P2" in words]


@pytest.mark.parametrize("signed", [None, SignedOff("AB", 1_772_600_767.0, "")])
def test_opening_a_transcript_sets_what_may_be_changed_once(correcting, monkeypatch, signed):
    bench = correcting()
    bench.page.leave()
    asked = []
    allow = bench.page._allow_editing
    monkeypatch.setattr(bench.page, "_allow_editing", lambda: (asked.append(1), allow()))
    bench.page.show_opened(bench.service, replace(bench.opened, signed=signed))

    assert len(asked) == 1
    assert bench.edit.isReadOnly() is (signed is not None)


def test_an_empty_turn_is_not_split_again(correcting):
    bench = correcting(transcript=Transcript())
    for _ in range(3):
        bench.key(Key.Key_Return)
    assert len(bench.transcript.turns) == 1
    bench.type("First words.")
    for _ in range(3):
        bench.key(Key.Key_Return)

    assert [len(one.words) for one in bench.transcript.turns] == [2, 0]


def test_the_list_of_keys_does_not_wrap_where_there_is_room(correcting):
    bench = correcting()
    at_a_small_window(bench, 1.0)
    bench.page.keys_button.click()
    process_events()

    shown = bench.page.keys_panel.findChildren(QLabel, QRegularExpression(r"^transcript-key-\d+$"))
    assert len(shown) == len(all_keys())
    assert [key.text() for key in shown if key.height() >= 2 * key.fontMetrics().lineSpacing()] == []


@pytest.mark.parametrize("opener", ["find_button", "who_chip", "side_chip"])
def test_in_a_low_window_what_is_opened_takes_the_room_of_buttons_that_begin_something(correcting, opener):
    bench = correcting()
    # A screen of 1280 by 720 at a scale factor of two, beside the navigation.
    bench.page.resize(433, 312)
    for _ in range(4):
        process_events()
    getattr(bench.page, opener).click()
    for _ in range(4):
        process_events()

    assert bench.page.size().toTuple() == (433, 312)
    assert accessible.cut(bench.page) == []
    foot = (bench.page.player.play_button, bench.page.who_chip)
    assert all(is_on_the_page(bench, made) for made in foot)
    rows = bench.edit.viewport().height() // bench.edit.fontMetrics().lineSpacing()
    assert rows >= 3 or opener == "side_chip"
