"""Destroying a recording in the page: a reason, the limits, a second act; and never a dialog."""

from __future__ import annotations

from dataclasses import replace

import pytest
from accessible import cut, nameless, out_of_reading_order, unreachable
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from qt_events import process_events

from balint_desktop.domain.session.debrief import Destroyed
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.recordings.summary import Condition, RecordingSummary
from balint_desktop.ui.recordings import wording
from balint_desktop.ui.recordings.destruction import DestroyPanel
from balint_desktop.ui.shell.messages import MessageKind
from balint_desktop.ui.widgets import in_view, layouts
from balint_desktop.ui.widgets.page_area import PageArea

WHOLE = RecordingSummary(
    "whole", Condition.COMPLETE, "Wednesday group", 3, 1_772_600_767.0, 3600.0, 2, readers=("Study",)
)
GONE = replace(WHOLE, condition=Condition.DESTROYED, destroyed=Destroyed(1_772_700_000.0, "the time is over", 1.0))
BACKUP = "The backup of 3 March on the blue stick still holds it."


def reads(place, identifier):
    label = place.findChild(QLabel, identifier)
    return label.text() if label.isVisibleTo(place) else ""


def press(place, identifier):
    place.findChild(QPushButton, identifier).click()


@pytest.fixture
def asked(make, work, qtbot):
    """Return the place with the card for destroying open."""
    place = make(WHOLE)
    place._backups = lambda _recording: (BACKUP,)
    place._open_button.click()
    qtbot.waitUntil(lambda: not work.busy)
    press(place, "recording-destroy")
    return place


def test_before_the_second_act_the_page_states_what_it_cannot_reach(asked):
    shown = reads(asked, "recording-destroy-reach")

    assert shown.startswith(BACKUP)
    assert "raw image" in shown
    assert asked.shelf.destroyed == []


def test_without_a_reason_nothing_is_destroyed(asked):
    asked.page.destroying.why.setText("   ")
    press(asked, "recording-destroy-now")

    assert asked.shelf.destroyed == []
    assert "Enter a reason" in reads(asked, "recording-destroy-problem")


def test_with_a_reason_the_second_act_destroys_it_and_the_list_is_shown(asked, playback):
    asked.page.destroying.why.setText("transcribed and checked")
    press(asked, "recording-destroy-now")

    assert asked.shelf.destroyed == [("whole", "transcribed and checked")]
    assert not asked.page.isVisible()
    assert playback.joined.seconds == 0
    assert "destroyed" in asked._messages.last.text


def test_it_can_still_be_cancelled_and_the_reason_is_forgotten(asked):
    asked.page.destroying.why.setText("transcribed")
    press(asked, "recording-destroy-cancel")

    assert asked.shelf.destroyed == []
    assert asked.page.destroying.why.text() == ""
    assert asked.page.destroying.ask_button.isVisible()


def test_a_recording_held_by_a_recorder_is_reported_as_in_use(asked):
    asked.shelf.trouble = Trouble(TroubleCode.PART_IN_USE)
    asked.page.destroying.why.setText("by mistake")
    press(asked, "recording-destroy-now")

    assert asked._messages.last.kind is MessageKind.TROUBLE
    assert asked.page.isVisible()


def waiting(asked, count):
    """Open the card again, with that many stretches for a speaker of another language in the transcript."""
    asked._transcripts = lambda _recording: count
    asked._offer_again()
    press(asked, "recording-destroy")
    asked.page.destroying.why.setText("transcribed and checked")


def test_the_card_says_that_the_transcript_is_destroyed_with_the_recording(asked):
    assert reads(asked, "recording-destroy-transcript") == ""
    waiting(asked, 0)
    assert reads(asked, "recording-destroy-transcript") == "Its transcript is destroyed with it."
    press(asked, "recording-destroy-now")

    assert asked.shelf.destroyed == [("whole", "transcribed and checked")]


def test_where_a_stretch_waits_for_a_speaker_of_another_language_it_asks_once_more(asked):
    waiting(asked, 2)
    assert "2 stretches in the transcript are in another language" in reads(asked, "recording-destroy-transcript")
    press(asked, "recording-destroy-now")
    assert asked.shelf.destroyed == []
    assert "no one ever can" in reads(asked, "recording-destroy-once-more-confirm-words")
    press(asked, "recording-destroy-once-more-confirm-cancel")
    assert asked.shelf.destroyed == []
    press(asked, "recording-destroy-now")
    press(asked, "recording-destroy-once-more-confirm-do")

    assert asked.shelf.destroyed == [("whole", "transcribed and checked")]


@pytest.mark.parametrize("condition", [Condition.DESTROYED, Condition.IN_USE, Condition.UNKNOWN])
def test_it_is_not_offered_without_files_of_ours_to_destroy(make, condition, work, qtbot):
    place = make(replace(WHOLE, condition=condition))
    place._open_button.click()
    qtbot.waitUntil(lambda: not work.busy)

    assert not place.page.destroying.ask_button.isVisible()


def test_a_destroyed_recording_is_listed_calmly_with_when_and_why(make):
    place = make(GONE)

    assert not place._alarm.isVisible()
    place._open_button.click()
    assert reads(place, "recording-readers").endswith("the time is over")
    assert reads(place, "recording-condition") == wording.condition_sentence(Condition.DESTROYED)
    assert not place.page.player.isVisible()


def test_a_recording_restored_after_destruction_is_an_alarm(make):
    assert make(replace(GONE, condition=Condition.BACK))._alarm.isVisible()


def test_the_page_shows_to_whom_a_recording_is_sealed(make):
    place = make(replace(WHOLE, condition=Condition.EMPTY))
    place._open_button.click()

    assert reads(place, "recording-readers") == "Sealed to this vault and Study."


def test_a_recording_that_excludes_this_vault_says_so():
    result = wording.keys(replace(WHOLE, this_vault_reads=False, readers=("Study", "Coordinator")))

    assert result.startswith("Sealed to Study and Coordinator. It cannot be opened with this vault")


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_the_card_is_named_reachable_in_order_and_fits(asked, qtbot, theme, scale):
    theme.set_scale(scale)
    asked.resize(1040, 720)

    assert nameless(asked) == []
    assert unreachable(asked) == []
    assert out_of_reading_order(asked) == []
    qtbot.waitUntil(lambda: cut(asked) == [])


def test_what_it_asks_is_in_view_in_a_low_window(qtbot, theme):
    panel, page = DestroyPanel(), QWidget()
    column = layouts.column(page)
    column.addWidget(QLabel("\n" * 20))
    column.addWidget(panel)
    area = PageArea(page, "around", "Around")
    qtbot.addWidget(area)
    area.resize(640, 300)
    area.show()
    panel.set_recording((), offered=True)
    panel.ask()
    process_events()

    assert in_view.is_in_view(panel.why)
