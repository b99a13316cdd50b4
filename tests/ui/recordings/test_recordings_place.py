from dataclasses import replace

import pytest
from accessible import cut, nameless, out_of_reading_order, unreachable
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from recordings_shown import OPENED

from balint_desktop.domain.study.consent import Purpose
from balint_desktop.domain.study.doors import Door, Passage
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import SoundSource
from balint_desktop.recordings.source_losses import SourceLoss
from balint_desktop.recordings.summary import Condition, OpenRecording, RecordingSummary, Verification
from balint_desktop.recordings.timeline import JoinedRecording, StretchKind, TimelineStretch
from balint_desktop.ui.recordings import wording
from balint_desktop.ui.shell.messages import MessageKind
from balint_desktop.ui.theme.theme import colours_now

WHOLE = RecordingSummary("whole", Condition.COMPLETE, "Wednesday group", 3, 1_772_600_767.0, 3600.0, 2)


def listed(condition):
    known = condition is not Condition.UNKNOWN
    return RecordingSummary(condition.value, condition, "Wednesday group" if known else "", 2 if known else None)


def words(widget):
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def press(place, identifier):
    place.findChild(QPushButton, identifier).click()


def test_an_empty_list_says_so(make):
    place = make()

    assert "No recordings yet." in words(place)
    assert not place.table.isVisible()


def test_each_condition_has_its_own_words(make):
    place = make(*(listed(condition) for condition in Condition))

    model = place.table.model()
    found = {model.data(model.index(row, 4)) for row in range(model.rowCount())}
    assert found == {wording.condition(condition) for condition in Condition}
    assert len({wording.condition_sentence(condition) for condition in Condition}) == len(Condition)


def test_a_recording_unknown_to_the_log_is_an_alarm(make):
    place = make(WHOLE, listed(Condition.UNKNOWN))

    assert "1 recording needs attention" in words(place)


def test_intact_recordings_raise_no_alarm(make):
    assert "attention" not in words(make(WHOLE, listed(Condition.INTERRUPTED)))


@pytest.mark.parametrize("condition", [Condition.IN_USE, Condition.NOT_OURS, Condition.EMPTY])
def test_a_recording_that_cannot_be_opened_has_a_page_that_says_why(make, work, qtbot, condition):
    place = make(listed(condition))
    place._open_button.click()
    qtbot.waitUntil(lambda: not work.busy)

    assert wording.condition_sentence(condition) in words(place)
    assert not place.page.player.isVisible()
    assert not place.page.export_button.isVisible()
    assert place.page.verify_button.isVisible()


def test_an_open_recording_shows_where_and_why_it_is_silent(opened):
    shown = words(opened)

    assert "8:00 to 10:00: off the record" in shown
    assert "17:00 to 18:00: removed" in shown
    assert "19:58 to 21:00: not recorded" in shown


def test_a_recording_of_a_call_tells_its_sources_and_where_one_was_missing(opened, qtbot):
    losses = (SourceLoss(SoundSource.CALL, 2000.0, 2020.0),)
    opened.page.show_opened(replace(OPENED, listed=replace(WHOLE, has_call=True), losses=losses))

    qtbot.waitUntil(lambda: "33:20 to 33:40: only the microphone was recorded" in words(opened))
    assert "microphone and call" in words(opened)


def test_a_recording_of_the_microphone_alone_says_nothing_of_sources(opened):
    assert "call" not in words(opened)


def test_damage_is_stated_in_words_and_shown_in_the_strip(opened, qtbot):
    stretches = (
        TimelineStretch(StretchKind.SOUND, 60, 2000, 1),
        TimelineStretch(StretchKind.DAMAGED, 2000, 2020, 1),
        TimelineStretch(StretchKind.SOUND, 2020, 3660, 1),
    )
    damaged = replace(WHOLE, condition=Condition.DAMAGED)
    whole = grabbed(opened.page)
    opened.page.show_opened(OpenRecording(damaged, JoinedRecording(stretches), sounds={1: b""}))

    qtbot.waitUntil(lambda: "33:20 to 33:40: damaged" in words(opened))
    assert "everything else plays" in words(opened)
    seen = QColor(colours_now().trouble_edge).rgb()
    assert seen not in whole
    assert seen in grabbed(opened.page)


def grabbed(page):
    """Return the colours that the strip shows."""
    image = page.findChild(QWidget, "recording-strip").grab().toImage()
    return {image.pixel(x, y) for x in range(image.width()) for y in range(image.height())}


def test_it_plays_from_a_phase(opened, deck, playback):
    press(opened, "recording-phase-3")

    assert playback.playing
    assert playback.position_s == 1020.0
    assert "17:00 of 61:00 · removed" in words(opened)


def test_it_plays_from_a_mark_that_names_itself(opened, playback):
    assert "name to remove" in opened.findChild(QPushButton, "recording-mark-1").text()

    press(opened, "recording-mark-2")

    assert playback.position_s == 1500.0


def test_one_button_plays_and_pauses(opened, playback):
    press(opened, "recording-play")
    assert opened.page.play_button.text() == "Pause"

    press(opened, "recording-play")

    assert not playback.playing
    assert opened.page.play_button.text() == "Play"


def test_keys_move_the_slider_and_the_sound(opened, qtbot, playback):
    bar = opened.page.seek_bar
    bar.setFocus()

    qtbot.keyClick(bar, Qt.Key.Key_PageUp)
    assert playback.position_s == 120.0
    qtbot.keyClick(bar, Qt.Key.Key_Right)
    assert playback.position_s == 125.0
    assert bar.accessibleName() == "Position in the recording"
    assert bar.accessibleDescription() == "2:05 of 61:00"


def test_the_slider_follows_the_sound_without_moving_it(opened, deck, playback):
    press(opened, "recording-play")
    deck.hears(30.0)

    assert opened.page.seek_bar.value() == 90
    assert len(deck.plays) == 1


def test_it_seeks_fifteen_seconds_forward_and_back(opened, playback):
    press(opened, "recording-later")
    press(opened, "recording-later")
    press(opened, "recording-earlier")

    assert playback.position_s == 75.0


def test_verifying_reports_its_findings(opened, work, qtbot):
    press(opened, "recording-verify")
    qtbot.waitUntil(lambda: not work.busy)

    assert "Part 1: complete, 20 min" in words(opened)
    assert opened.page.verify_button.isEnabled()


def test_a_result_without_a_fingerprint_says_so():
    part = wording.verdict(Verification("r", Condition.INTERRUPTED)).splitlines()

    assert part == [wording.condition_sentence(Condition.INTERRUPTED)]


def test_exporting_says_that_the_file_is_not_encrypted(make, work, qtbot, tmp_path):
    place = make(WHOLE, where=tmp_path / "out.wav")
    place._open_button.click()
    qtbot.waitUntil(place.page.player.isVisible)
    assert "An exported file is not encrypted" in words(place)

    place.page.use.use.choose(Purpose.SUPERVISION)
    press(place, "recording-export")
    qtbot.waitUntil(lambda: not work.busy)

    assert place.shelf.exported == [tmp_path / "out.wav"]
    assert place.shelf.noted == [Passage(Door.SOUND_FILE, "whole", Purpose.SUPERVISION)]
    assert "not encrypted" in place._messages.last.text


def test_nothing_is_exported_before_a_use_is_chosen(opened):
    assert not opened.page.export_button.isEnabled()

    opened.page.use.use.choose(Purpose.ANALYSIS)
    assert opened.page.export_button.isEnabled()


def test_a_use_chosen_for_one_recording_is_not_chosen_for_the_next(opened):
    opened.page.use.use.choose(Purpose.ANALYSIS)
    opened.show_list()
    opened._open(WHOLE)

    assert opened.page.use.purpose() is None


def test_an_export_that_is_not_agreed_to_is_refused_before_a_file_is_named(opened):
    opened.shelf.closed = {Door.SOUND_FILE}
    opened._ask = None
    opened.page.use.use.choose(Purpose.ANALYSIS)
    press(opened, "recording-export")

    assert opened.shelf.exported == []
    assert opened._messages.last.text.startswith("Not everyone has agreed to this use of the recording.")


def test_an_answer_that_changes_while_the_file_dialog_is_open_still_counts(opened, tmp_path):
    def ask(*_):
        opened.shelf.closed = {Door.SOUND_FILE}
        return tmp_path / "out.wav"

    opened._ask = ask
    opened.page.use.use.choose(Purpose.ANALYSIS)
    press(opened, "recording-export")

    assert opened.shelf.exported == []
    assert opened._messages.last.kind is MessageKind.TROUBLE


def test_others_listen_only_where_supervision_is_agreed_to(opened):
    opened.page.others_listen.click()
    assert opened.page.others_listen.isChecked()
    assert opened.shelf.asked[-1] == (Door.SUPERVISION, "whole", Purpose.SUPERVISION)

    opened.page.others_listen.click()
    opened.shelf.closed = {Door.SUPERVISION}
    opened.page.others_listen.click()
    assert not opened.page.others_listen.isChecked()
    assert opened._messages.last.text.startswith("Not everyone has agreed to this use of the recording.")


def test_a_recording_that_is_closed_to_an_assessor_is_not_opened_to_be_played(make):
    place = make(WHOLE)
    place.shelf.closed = {Door.PLAY}
    place._open_button.click()

    assert not place.page.player.isVisible()
    assert place.shelf.asked == [(Door.PLAY, "whole", None)]
    assert place._messages.last.kind is MessageKind.TROUBLE


def test_cancelling_the_file_dialog_exports_nothing(opened, work):
    opened.page.use.use.choose(Purpose.ANALYSIS)
    press(opened, "recording-export")

    assert opened.shelf.exported == []
    assert not work.busy


@pytest.mark.parametrize("identifier", ["recording-verify", "recording-export"])
def test_a_trouble_is_reported_and_the_button_is_enabled_again(make, work, qtbot, tmp_path, identifier):
    place = make(WHOLE, where=tmp_path / "out.wav")
    place._open_button.click()
    qtbot.waitUntil(place.page.player.isVisible)
    place.page.use.use.choose(Purpose.ANALYSIS)
    place.shelf.trouble = Trouble(TroubleCode.DISK_FULL)

    press(place, identifier)
    qtbot.waitUntil(lambda: not work.busy)

    assert place._messages.last.kind is MessageKind.TROUBLE
    assert place.findChild(QPushButton, identifier).isEnabled()


def test_leaving_the_place_stops_the_sound_and_releases_it(opened, deck, playback):
    press(opened, "recording-play")
    opened.leave_view()

    assert deck.closed == 1
    assert opened._opened is None
    assert playback.joined.stretches == ()


def test_the_log_can_open_a_recording_before_the_list_is_loaded(make, work, qtbot):
    place = make()
    place.shelf.recordings = (WHOLE,)
    place.show_recording("whole")
    place.enter_view()
    qtbot.waitUntil(place.page.player.isVisible)

    assert "Wednesday group, session 3" in words(place)


def test_going_back_shows_the_list(opened):
    press(opened, "recording-back")

    assert opened.table.isVisible()
    assert not opened.page.isVisible()


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("open_first", [False, True])
def test_everything_has_a_name_a_key_and_enough_room(make, qtbot, theme, scale, open_first):
    theme.set_scale(scale)
    place = make(WHOLE, listed(Condition.UNKNOWN))
    if open_first:
        place._open_button.click()
        qtbot.waitUntil(place.page.player.isVisible)

    assert nameless(place) == []
    assert unreachable(place) == []
    assert out_of_reading_order(place) == []
    qtbot.waitUntil(lambda: cut(place) == [])
