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


def test_it_plays_from_its_beginning_and_follows_the_sound(loaded, deck):
    loaded.play()
    deck.hears(2.5)

    assert loaded.playing
    assert loaded.position_s == 12.5


def test_pausing_stays_where_it_stands_and_playing_goes_on_from_there(loaded, deck):
    loaded.play()
    deck.hears(3.0)
    loaded.pause()
    deck.hears(9.0)
    assert (loaded.position_s, deck.pauses) == (13.0, 1)

    loaded.play()
    deck.hears(1.0)

    assert loaded.position_s == 14.0


def test_seeking_while_playing_goes_on_playing_there_without_a_pause(loaded, deck, qtbot):
    loaded.play()
    with qtbot.assertNotEmitted(loaded.playing_changed):
        loaded.seek(30.0)
    deck.hears(0.5)

    assert loaded.playing
    assert loaded.position_s == 30.5
    assert [from_s for _turn, from_s, _speed in deck.plays] == [10.0, 30.0]
    assert deck.pauses == 0


@pytest.mark.parametrize(("asked", "got"), [(-5.0, 10.0), (99.0, 40.0)])
def test_seeking_stays_inside_the_recording(loaded, asked, got):
    loaded.seek(asked)

    assert loaded.position_s == got


def test_at_the_end_it_stops_and_begins_anew_when_asked(loaded, deck):
    loaded.play()
    deck.ends()
    assert not loaded.playing
    assert loaded.position_s == 40.0

    loaded.play()

    assert loaded.position_s == 10.0


def test_what_an_earlier_turn_still_tells_is_not_heard(loaded, deck):
    loaded.play()
    loaded.seek(15.0)
    deck.ends(play=0)
    deck.hears(9.0, play=0)

    assert loaded.playing
    assert loaded.position_s == 15.0


def test_a_trouble_is_told_and_the_place_is_kept(loaded, deck, qtbot):
    loaded.play()
    deck.hears(3.0)

    with qtbot.waitSignal(loaded.failed) as failed:
        deck.ends(Trouble(TroubleCode.NO_LOUDSPEAKER))

    assert failed.args[0].code is TroubleCode.NO_LOUDSPEAKER
    assert (loaded.playing, loaded.position_s) == (False, 13.0)


def test_it_knows_what_it_stands_in(loaded):
    assert loaded.kind_now() is StretchKind.SOUND
    loaded.seek(22.0)
    assert loaded.kind_now() is StretchKind.GAP


def test_letting_go_stops_the_sound(loaded, deck):
    loaded.play()
    loaded.load(None)

    assert (deck.pauses, deck.closed) == (1, 1)
    assert not loaded.playing
    assert loaded.joined.stretches == ()


def test_the_speed_holds_for_what_plays_and_for_what_is_played_next(loaded, deck):
    loaded.play()
    loaded.set_speed(1.5)
    loaded.set_speed(1.5)
    loaded.seek(30.0)

    assert deck.speeds == [1.5]
    assert [speed for _turn, _from_s, speed in deck.plays] == [1.0, 1.5]


@pytest.mark.parametrize(("rewind_s", "goes_on_s"), [(0.0, 13.0), (2.0, 11.0), (9.0, 10.0)])
def test_after_a_pause_what_was_said_last_is_heard_once_more_where_that_is_wanted(loaded, deck, rewind_s, goes_on_s):
    loaded.rewind_s = rewind_s
    loaded.play()
    deck.hears(3.0)
    loaded.pause()
    loaded.play()

    assert loaded.position_s == goes_on_s


def test_a_place_that_was_sought_is_where_it_plays_from(loaded, deck):
    loaded.rewind_s = 2.0
    loaded.play()
    deck.hears(3.0)
    loaded.pause()
    loaded.seek(30.0)
    loaded.play()

    assert loaded.position_s == 30.0
