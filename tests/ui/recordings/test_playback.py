import pytest

from balint_desktop.domain.session.state import Moment
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.recordings.summary import Condition, OpenRecording, RecordingSummary
from balint_desktop.recordings.timeline import JoinedRecording, StretchKind, TimelineStretch

JOINED = JoinedRecording(
    (
        TimelineStretch(StretchKind.SOUND, 10, 20, 1),
        TimelineStretch(StretchKind.GAP, 20, 25),
        TimelineStretch(StretchKind.SOUND, 25, 40, 2),
    )
)
OPENED = OpenRecording(RecordingSummary("r", Condition.COMPLETE), JOINED, moments=(Moment,))


@pytest.fixture
def loaded(playback):
    playback.load(OPENED)
    return playback


def test_nothing_plays_before_a_recording_is_open(playback, deck):
    playback.play()

    assert not playback.playing
    assert deck.plays == []


def test_it_plays_from_the_beginning_and_follows_the_sound(loaded, deck):
    loaded.play()
    deck.hears(2.5)

    assert loaded.playing
    assert loaded.position_s == 12.5


def test_pausing_keeps_the_position_and_playing_resumes_there(loaded, deck):
    loaded.play()
    deck.hears(3.0)
    loaded.pause()
    deck.hears(9.0)
    assert (loaded.position_s, deck.pauses) == (13.0, 1)

    loaded.play()
    deck.hears(1.0)

    assert loaded.position_s == 14.0


def test_seeking_while_playing_continues_there_without_a_pause(loaded, deck, qtbot):
    loaded.play()
    with qtbot.assertNotEmitted(loaded.playing_changed):
        loaded.seek(30.0)
    deck.hears(0.5)

    assert loaded.playing
    assert loaded.position_s == 30.5
    assert [from_s for _turn, from_s, _speed in deck.plays] == [10.0, 30.0]
    assert deck.pauses == 0


@pytest.mark.parametrize(("asked", "got"), [(-5.0, 10.0), (99.0, 40.0)])
def test_seeking_stays_within_the_recording(loaded, asked, got):
    loaded.seek(asked)

    assert loaded.position_s == got


def test_it_stops_at_the_end_and_restarts_on_request(loaded, deck):
    loaded.play()
    deck.ends()
    assert not loaded.playing
    assert loaded.position_s == 40.0

    loaded.play()

    assert loaded.position_s == 10.0


def test_reports_of_an_earlier_turn_are_ignored(loaded, deck):
    loaded.play()
    loaded.seek(15.0)
    deck.ends(play=0)
    deck.hears(9.0, play=0)

    assert loaded.playing
    assert loaded.position_s == 15.0


def test_a_trouble_is_reported_and_the_position_is_preserved(loaded, deck, qtbot):
    loaded.play()
    deck.hears(3.0)

    with qtbot.waitSignal(loaded.failed) as failed:
        deck.ends(Trouble(TroubleCode.NO_LOUDSPEAKER))

    assert failed.args[0].code is TroubleCode.NO_LOUDSPEAKER
    assert (loaded.playing, loaded.position_s) == (False, 13.0)


def test_it_knows_the_current_stretch(loaded):
    assert loaded.kind_now() is StretchKind.SOUND
    loaded.seek(22.0)
    assert loaded.kind_now() is StretchKind.GAP


def test_closing_stops_the_sound(loaded, deck):
    loaded.play()
    loaded.load(None)

    assert (deck.pauses, deck.closed) == (1, 1)
    assert not loaded.playing
    assert loaded.joined.stretches == ()


def test_the_speed_applies_to_the_current_and_the_next_playback(loaded, deck):
    loaded.play()
    loaded.set_speed(1.5)
    loaded.set_speed(1.5)
    loaded.seek(30.0)

    assert deck.speeds == [1.5]
    assert [speed for _turn, _from_s, speed in deck.plays] == [1.0, 1.5]


@pytest.mark.parametrize(("rewind_s", "goes_on_s"), [(0.0, 13.0), (2.0, 11.0), (9.0, 10.0)])
def test_after_a_pause_the_last_words_are_repeated_if_wanted(loaded, deck, rewind_s, goes_on_s):
    loaded.rewind_s = rewind_s
    loaded.play()
    deck.hears(3.0)
    loaded.pause()
    loaded.play()

    assert loaded.position_s == goes_on_s


def test_playback_starts_from_the_sought_position(loaded, deck):
    loaded.rewind_s = 2.0
    loaded.play()
    deck.hears(3.0)
    loaded.pause()
    loaded.seek(30.0)
    loaded.play()

    assert loaded.position_s == 30.0
