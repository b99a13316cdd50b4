"""The code of the playing child, with a loudspeaker that accepts as much as the test allows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sounds import RATE_HZ, tone

from balint_desktop.capture.play_protocol import PlayCommand, PlayCommandReader, PlayVerb
from balint_desktop.capture.player import PlaybackEngine
from balint_desktop.domain.trouble import Trouble, TroubleCode


class FakeLoudspeaker:
    latency_s = 0.2

    def __init__(self):
        self.is_open = False
        self.is_over = False
        self.queued = b""
        self.taken = b""

    @property
    def queued_s(self):
        return len(self.queued) / 2 / RATE_HZ

    @property
    def played_s(self):
        return len(self.taken) / 2 / RATE_HZ

    def open(self):
        self.is_open = True

    def close(self):
        self.is_open = False

    def write(self, sound):
        self.queued += sound

    def clear(self):
        self.queued = b""

    def takes(self, seconds):
        size = round(seconds * RATE_HZ) * 2
        self.taken += self.queued[:size]
        self.queued = self.queued[size:]


class Bench:
    """A child that plays, and a clock that the test moves."""

    def __init__(self):
        self.loudspeakers = []
        self.reports = []
        self.now_s = 100.0
        self.engine = PlaybackEngine(self._new, self.reports.append)

    def _new(self):
        self.loudspeakers.append(FakeLoudspeaker())
        return self.loudspeakers[-1]

    @property
    def loud(self):
        return self.loudspeakers[-1]

    def send(self, verb, turn=1, **more):
        self.engine.obey(PlayCommand(verb, turn, **more))

    def goes_on(self, seconds, *, takes=True):
        for _ in range(round(seconds / 0.1)):
            self.engine.step(self.now_s)
            self.now_s += 0.1
            if takes:
                self.loud.takes(0.1)
        self.engine.step(self.now_s)

    @property
    def last(self):
        return self.reports[-1]


@pytest.fixture
def bench():
    return Bench()


def test_a_turn_plays_to_its_end_and_reports_it(bench):
    bench.send(PlayVerb.BEGIN)
    bench.send(PlayVerb.SOUND, sound=tone(1.0).tobytes())
    bench.send(PlayVerb.NO_MORE)
    bench.goes_on(0.5)
    assert (bench.last["turn"], bench.last["over"]) == (1, False)
    assert bench.last["seconds"] == pytest.approx(0.5, abs=0.11)
    bench.goes_on(0.6)
    assert (bench.last["seconds"], bench.last["over"]) == (1.0, False)
    bench.goes_on(0.2)

    assert bench.last == {"turn": 1, "seconds": 1.0, "over": True}
    assert bench.loud.taken == tone(1.0).tobytes()
    assert bench.engine.is_idle


def test_a_new_turn_is_heard_at_once_without_queued_sound(bench):
    bench.send(PlayVerb.BEGIN)
    bench.send(PlayVerb.SOUND, sound=tone(3.0, 440.0).tobytes())
    bench.goes_on(0.5)
    bench.send(PlayVerb.BEGIN, turn=2)
    bench.send(PlayVerb.SOUND, turn=1, sound=tone(1.0, 440.0).tobytes())
    bench.send(PlayVerb.SOUND, turn=2, sound=tone(1.0, 880.0).tobytes())
    bench.goes_on(0.5)

    assert bench.loud.taken[-RATE_HZ:] == tone(1.0, 880.0).tobytes()[:RATE_HZ]
    assert bench.last["turn"] == 2
    assert len(bench.loudspeakers) == 1


def test_a_pause_is_silent_at_once(bench):
    bench.send(PlayVerb.BEGIN)
    bench.send(PlayVerb.SOUND, sound=tone(3.0).tobytes())
    bench.goes_on(0.3)
    bench.send(PlayVerb.PAUSE)

    assert bench.loud.queued == b""
    assert bench.engine.is_idle


def test_the_position_follows_the_sound_at_any_speed(bench):
    bench.send(PlayVerb.BEGIN, speed=2.0)
    bench.send(PlayVerb.SOUND, sound=tone(9.0).tobytes())
    bench.goes_on(2.0)
    assert bench.last["seconds"] == pytest.approx(4.0, abs=0.1)

    bench.send(PlayVerb.SPEED, speed=1.0)
    bench.goes_on(1.0)

    assert bench.last["seconds"] == pytest.approx(5.0, abs=0.1)


def test_a_change_of_speed_is_heard_at_once(bench):
    bench.send(PlayVerb.BEGIN)
    bench.send(PlayVerb.SOUND, sound=tone(9.0).tobytes())
    bench.goes_on(1.0)
    bench.send(PlayVerb.SPEED, speed=2.0)
    before = len(bench.loud.taken)
    bench.goes_on(1.0)

    assert bench.last["seconds"] == pytest.approx(3.0, abs=0.15)
    assert (len(bench.loud.taken) - before) / 2 / RATE_HZ == pytest.approx(1.0, abs=0.11)


def test_a_short_pause_keeps_the_loudspeaker_open_and_a_long_one_reopens_it(bench):
    bench.send(PlayVerb.BEGIN)
    bench.send(PlayVerb.PAUSE)
    bench.goes_on(5.0)
    assert bench.loud.is_open

    bench.goes_on(6.0)
    assert not bench.loud.is_open
    bench.send(PlayVerb.BEGIN, turn=2)

    assert len(bench.loudspeakers) == 2


def test_a_loudspeaker_that_stops_by_itself_is_a_trouble(bench):
    bench.send(PlayVerb.BEGIN)
    bench.send(PlayVerb.SOUND, sound=tone(3.0).tobytes())
    bench.goes_on(0.5)
    bench.loud.is_over = True

    with pytest.raises(Trouble) as raised:
        bench.goes_on(0.5, takes=False)
    assert raised.value.code is TroubleCode.NO_LOUDSPEAKER


def test_a_loudspeaker_stalled_for_three_seconds_is_a_trouble(bench):
    bench.send(PlayVerb.BEGIN)
    bench.send(PlayVerb.SOUND, sound=tone(3.0).tobytes())
    bench.goes_on(0.5)
    bench.goes_on(2.5, takes=False)

    with pytest.raises(Trouble):
        bench.goes_on(1.5, takes=False)


def test_late_sound_is_waited_for(bench):
    bench.send(PlayVerb.BEGIN)
    bench.goes_on(5.0)
    bench.send(PlayVerb.SOUND, sound=tone(1.0).tobytes())
    bench.goes_on(0.5)

    assert bench.last["seconds"] == pytest.approx(0.5, abs=0.1)


@given(st.data())
def test_messages_are_read_from_the_pipe_however_they_are_split(data):
    commands = [
        PlayCommand(PlayVerb.BEGIN, 1, 1.5),
        PlayCommand(PlayVerb.SOUND, 1, sound=b"12345678"),
        PlayCommand(PlayVerb.NO_MORE, 1),
        PlayCommand(PlayVerb.PAUSE),
    ]
    stream = b"".join(one.to_bytes() for one in commands)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(stream)), max_size=6)))
    reader = PlayCommandReader()

    read = []
    for begin, end in zip([0, *cuts], [*cuts, len(stream)], strict=True):
        read.extend(reader.feed(stream[begin:end]))

    assert read == commands
