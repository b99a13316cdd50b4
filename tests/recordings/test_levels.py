import pytest

from balint_desktop.recordings.levels import level_heights
from balint_desktop.recordings.timeline import JoinedRecording, StretchKind, TimelineStretch
from balint_desktop.sealed.part_levels import letter

LOUD, QUIET = letter(-20.0), letter(-62.0)


def test_each_column_is_as_high_as_the_overall_level_of_its_seconds():
    joined = JoinedRecording((TimelineStretch(StretchKind.SOUND, 100.0, 140.0, 1),))

    found = level_heights(joined, {1: LOUD * 10 + QUIET * 10 + (LOUD + QUIET) * 5 + LOUD * 10}, 4)

    assert found == (1.0, 0.0, pytest.approx(0.5), 1.0)


def test_a_quiet_recording_is_drawn_as_clearly_as_a_loud_one():
    joined = JoinedRecording((TimelineStretch(StretchKind.SOUND, 0.0, 2.0, 1),))

    assert level_heights(joined, {1: letter(-38.0) + letter(-60.0)}, 2) == (1.0, pytest.approx(14 / 36))


def test_an_empty_room_is_not_drawn_like_speech():
    joined = JoinedRecording((TimelineStretch(StretchKind.SOUND, 0.0, 2.0, 1),))

    assert level_heights(joined, {1: letter(-62.0) * 2}, 2) == (pytest.approx(14 / 36, abs=0.4),) * 2
    assert max(level_heights(joined, {1: letter(-62.0) * 2}, 2)) < 0.5


@pytest.mark.parametrize("kind", [StretchKind.STRUCK, StretchKind.OFF_RECORD, StretchKind.GAP])
def test_silenced_sound_has_no_height_whatever_levels_were_stored(kind):
    joined = JoinedRecording(
        (
            TimelineStretch(StretchKind.SOUND, 0.0, 10.0, 1),
            TimelineStretch(kind, 10.0, 20.0, None if kind is StretchKind.GAP else 1, 10.0),
            TimelineStretch(StretchKind.SOUND, 20.0, 30.0, 1, 20.0),
        )
    )

    assert level_heights(joined, {1: LOUD * 30}, 3) == (1.0, None, 1.0)


def test_each_part_has_its_own_levels_on_the_sessions_clock():
    joined = JoinedRecording(
        (
            TimelineStretch(StretchKind.SOUND, 60.0, 70.0, 1),
            TimelineStretch(StretchKind.GAP, 70.0, 80.0),
            TimelineStretch(StretchKind.SOUND, 80.0, 90.0, 2),
        )
    )

    assert level_heights(joined, {1: LOUD * 10, 2: QUIET * 10}, 3) == (1.0, None, 0.0)


def test_without_a_known_level_there_is_no_height():
    joined = JoinedRecording((TimelineStretch(StretchKind.SOUND, 0.0, 20.0, 1),))

    assert level_heights(joined, {1: LOUD * 10}, 2) == (1.0, None)
    assert level_heights(joined, {}, 2) == (None, None)
    assert level_heights(JoinedRecording(), {}, 2) == (None, None)
    assert level_heights(joined, {1: LOUD}, 0) == ()


def test_a_second_whose_middle_lies_outside_a_stretch_does_not_count_for_it():
    joined = JoinedRecording((TimelineStretch(StretchKind.SOUND, 0.0, 1.8, 1, 0.6),))

    # The part's first second has its middle before the stretch, and its third after it.
    assert level_heights(joined, {1: QUIET + LOUD + QUIET}, 1) == (1.0,)
