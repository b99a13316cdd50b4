import pytest

from balint_desktop.domain.session import Moment
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.exchange.joining import Joined, Kind, Stretch
from balint_desktop.exchange.listed import Condition, Listed, Opened

JOINED = Joined((Stretch(Kind.SOUND, 10, 20, 1), Stretch(Kind.GAP, 20, 25), Stretch(Kind.SOUND, 25, 40, 2)))
OPENED = Opened(Listed("r", Condition.COMPLETE), JOINED, moments=(Moment,))


@pytest.fixture
def loaded(playback):
    playback.load(OPENED)
    return playback


def test_nothing_plays_before_a_recording_is_open(playback, player):
    playback.play()

    assert not playback.playing
    assert player.starts == []


def test_it_plays_from_its_beginning_and_follows_the_sound(loaded, player):
    loaded.play()
    player.hears(2.5)

    assert loaded.playing
    assert loaded.position_s == 12.5


def test_pausing_stays_where_it_stands_and_playing_goes_on_from_there(loaded, player):
    loaded.play()
    player.hears(3.0)
    loaded.pause()
    player.hears(9.0)
    assert (loaded.position_s, player.stops) == (13.0, 1)

    loaded.play()
    player.hears(1.0)

    assert loaded.position_s == 14.0


def test_seeking_while_playing_goes_on_playing_there(loaded, player):
    loaded.play()
    loaded.seek(30.0)
    player.hears(0.5)

    assert loaded.playing
    assert loaded.position_s == 30.5
    assert (len(player.starts), player.stops) == (2, 1)


@pytest.mark.parametrize(("asked", "got"), [(-5.0, 10.0), (99.0, 40.0)])
def test_seeking_stays_inside_the_recording(loaded, asked, got):
    loaded.seek(asked)

    assert loaded.position_s == got


def test_at_the_end_it_stops_and_begins_anew_when_asked(loaded, player):
    loaded.play()
    player.ends()
    assert not loaded.playing
    assert loaded.position_s == 40.0

    loaded.play()

    assert loaded.position_s == 10.0


def test_an_end_told_by_a_player_that_was_replaced_is_not_heard(loaded, player):
    loaded.play()
    first = player.starts[0]
    loaded.seek(15.0)
    first[2](None)
    first[1](9.0)

    assert loaded.playing
    assert loaded.position_s == 15.0


def test_a_trouble_is_told_and_the_place_is_kept(loaded, player, qtbot):
    loaded.play()
    player.hears(3.0)

    with qtbot.waitSignal(loaded.failed) as failed:
        player.ends(Trouble(TroubleCode.NO_LOUDSPEAKER))

    assert failed.args[0].code is TroubleCode.NO_LOUDSPEAKER
    assert (loaded.playing, loaded.position_s) == (False, 13.0)


def test_a_player_that_does_not_start_is_told(loaded, player, qtbot, monkeypatch):
    def failing(*_args):
        raise Trouble(TroubleCode.CHILD_FAILED)

    monkeypatch.setattr(loaded, "_start_playing", failing)

    with qtbot.waitSignal(loaded.failed):
        loaded.play()

    assert not loaded.playing


def test_it_knows_what_it_stands_in(loaded):
    assert loaded.kind_now() is Kind.SOUND
    loaded.seek(22.0)
    assert loaded.kind_now() is Kind.GAP


def test_letting_go_stops_the_sound(loaded, player):
    loaded.play()
    loaded.load(None)

    assert player.stops == 1
    assert loaded.joined.stretches == ()
