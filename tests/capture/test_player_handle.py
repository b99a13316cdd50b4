"""The handle of the playing child: with the real child on a private sound server, and with one that fails early."""

import queue
import subprocess

import pytest
from sounds import tone
from waiting import GENEROUS_S

from balint_desktop.capture.play_protocol import PlayCommand, PlayVerb
from balint_desktop.capture.player_handle import PlayerHandle
from balint_desktop.command import own_command
from balint_desktop.domain.trouble import Trouble, TroubleCode


class Heard:
    """A player, and what it reported."""

    def __init__(self, prepare=lambda: None):
        self.positions = queue.SimpleQueue()
        self.ends = queue.SimpleQueue()
        self.player = PlayerHandle(
            lambda turn, seconds: self.positions.put((turn, seconds)),
            lambda turn, trouble: self.ends.put((turn, trouble)),
            prepare,
        )
        self.player.start()

    def until(self, turn, seconds):
        """Wait until that much of a turn was played."""
        while (position := self.positions.get(timeout=GENEROUS_S))[0] != turn or position[1] < seconds:
            pass
        return position[1]

    def end(self):
        return self.ends.get(timeout=GENEROUS_S)


@pytest.fixture
def heard():
    made = Heard()
    yield made
    made.player.close()
    made.player._feeder.join(GENEROUS_S)
    assert not made.player._feeder.is_alive()


def pieces(seconds, drawn=None):
    for number in range(round(seconds * 10)):
        if drawn is not None:
            drawn.append(number)
        yield tone(0.1).tobytes()


@pytest.mark.audio
def test_one_child_plays_turn_after_turn_and_reports_only_the_last(microphone, heard):
    heard.player.play(1, pieces(60))
    heard.until(1, 0.3)
    child = heard.player._child.pid
    heard.player.play(2, pieces(0.5))

    assert heard.end() == (2, None)
    heard.player.play(3, pieces(0.3), speed=1.5)
    assert heard.end() == (3, None)
    assert heard.player._child.pid == child


@pytest.mark.audio
def test_only_a_few_seconds_are_drawn_ahead_and_nothing_after_a_pause(microphone, heard):
    drawn = []
    heard.player.play(1, pieces(60, drawn))
    heard.until(1, 0.5)
    drawn_s = len(drawn) / 10
    # A position reported afterwards can only be further on than when that much was drawn.
    heard.positions = queue.SimpleQueue()
    assert drawn_s < heard.until(1, 0.0) + 5
    heard.player.pause()
    heard.player.play(2, pieces(0.2))
    heard.end()
    before = len(drawn)
    heard.player.play(3, pieces(0.2))
    heard.end()

    assert len(drawn) == before


@pytest.mark.audio
def test_a_killed_child_is_a_trouble_and_the_next_turn_starts_a_new_one(microphone, heard):
    heard.player.play(1, pieces(60))
    heard.until(1, 0.2)
    heard.player._child.kill()
    turn, trouble = heard.end()
    assert (turn, trouble.code) == (1, TroubleCode.NO_LOUDSPEAKER)

    heard.player.play(2, pieces(0.3))

    assert heard.end() == (2, None)


@pytest.mark.audio
def test_failing_sound_is_reported_with_its_own_trouble(microphone, heard):
    def failing():
        yield tone(0.1).tobytes()
        raise Trouble(TroubleCode.CHILD_FAILED)

    heard.player.play(1, failing())

    turn, trouble = heard.end()
    assert (turn, trouble.code) == (1, TroubleCode.CHILD_FAILED)


def test_a_missing_loudspeaker_is_reported(heard, monkeypatch, tmp_path):
    # No server answers there, and the machine has no sound card.
    monkeypatch.setenv("PULSE_SERVER", f"unix:{tmp_path}/nobody")
    monkeypatch.setenv("ALSA_CONFIG_PATH", str(tmp_path / "none"))
    made = Heard()
    made.player.play(1, pieces(1))
    turn, trouble = made.end()
    made.player.close()

    assert (turn, trouble.code) == (1, TroubleCode.NO_LOUDSPEAKER)


def test_a_failed_preparation_is_not_reported_before_it_is_needed():
    def failing():
        raise Trouble(TroubleCode.CHILD_FAILED)

    made = Heard(failing)
    made.player.close()
    made.player._feeder.join(GENEROUS_S)

    assert made.ends.empty()
    assert not made.player._feeder.is_alive()


@pytest.mark.audio
@pytest.mark.parametrize(
    "commands", [(), (PlayCommand(PlayVerb.BEGIN, 1), PlayCommand(PlayVerb.SOUND, 1, sound=bytes(480_000)))]
)
def test_the_child_ends_with_its_input_whatever_it_is_doing(microphone, commands):
    stream = b"".join(one.to_bytes() for one in commands)
    done = subprocess.run(own_command("play"), input=stream, capture_output=True, timeout=GENEROUS_S, check=False)

    assert (done.returncode, done.stderr) == (0, b"")
