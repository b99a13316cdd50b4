"""Several troubles at once: which to show, and what ends it."""

from __future__ import annotations

import pytest

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.session.recording_troubles import Cause, RecordingTroubles

MUTED = Trouble(TroubleCode.MICROPHONE_MUTED)
DISK = Trouble(TroubleCode.DISK_LOW)


@pytest.fixture
def troubles():
    return RecordingTroubles()


def test_without_troubles_nothing_is_shown(troubles):
    assert troubles.first is None
    assert not troubles.has(Cause.MUTED)


def test_the_more_severe_trouble_is_shown_and_the_other_once_it_is_over(troubles):
    troubles.begin(Cause.DISK, DISK)
    troubles.begin(Cause.MUTED, MUTED)

    assert troubles.first is MUTED
    troubles.end(Cause.MUTED)
    assert troubles.first is DISK
    troubles.end(Cause.DISK, Cause.MICROPHONE)
    assert troubles.first is None


def test_repeating_a_trouble_shows_nothing_new_unless_a_figure_changed(troubles):
    def dropped(seconds):
        return troubles.begin(Cause.DROPPED, Trouble(TroubleCode.SOUND_DROPPED, lost_s=seconds))

    assert [dropped(0.1), dropped(0.1), dropped(0.2)] == [True, False, True]
    assert troubles.first.details == {"lost_s": 0.2}


def test_a_new_start_clears_all_troubles(troubles):
    troubles.begin(Cause.DISK, DISK)
    troubles.begin(Cause.ENDED, MUTED)
    troubles.clear()

    assert troubles.first is None


def test_an_end_is_more_severe_than_all_before_it():
    assert sorted(Cause) == [
        Cause.ENDED,
        Cause.MICROPHONE,
        Cause.SILENT,
        Cause.MUTED,
        Cause.COMPUTER,
        Cause.CHANGED,
        Cause.DISK,
        Cause.DROPPED,
    ]
