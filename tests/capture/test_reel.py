import subprocess

import numpy as np
import pytest
from sounds import RATE_HZ, opus, pitch

from balint_desktop.capture.reel_handle import ReelHandle
from balint_desktop.capture.reel_protocol import REQUEST, ReelRequest
from balint_desktop.command import own_command
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.recordings.decode import decode_pcm, pcm_by_part
from balint_desktop.recordings.timeline import PartLength, join_parts


@pytest.fixture
def held():
    """Return a reel with three parts: two of sound, and one that is invalid."""
    reel = ReelHandle(lambda: {1: opus(4.0, 440.0), 2: opus(2.0, 880.0), 3: b"no sound at all"})
    yield reel
    reel.close()


def heard(stream, seconds):
    return np.frombuffer(stream.read(round(seconds * RATE_HZ) * 2), "<i2")


def test_one_child_decodes_any_second_of_any_part(held):
    stream = held.open_part(1, 3.0)
    child = held._process.pid

    assert abs(pitch(heard(stream, 0.5)) - 440) < 5
    assert abs(pitch(heard(held.open_part(2, 1.0), 0.5)) - 880) < 5
    assert abs(pitch(heard(held.open_part(1, 0.25), 0.5)) - 440) < 5
    assert len(heard(stream, 9.0)) == RATE_HZ // 2
    assert heard(stream, 1.0).size == 0
    assert held._process.pid == child


def test_the_reel_returns_what_decoding_from_the_beginning_returns(held):
    from balint_desktop.capture.decode_handle import open_pcm  # noqa: PLC0415  only compared with here

    joined = join_parts([PartLength(1, 10.0, 4.0), PartLength(2, 15.0, 2.0)])
    sounds = {1: opus(4.0, 440.0), 2: opus(2.0, 880.0)}

    assert b"".join(pcm_by_part(joined, held.open_part)) == b"".join(decode_pcm(joined, sounds, open_pcm))


def test_a_missing_part_is_none(held):
    assert held.open_part(9, 0.0) is None


def test_a_part_that_is_not_sound_is_one_expected_trouble_and_the_others_still_play(held):
    with pytest.raises(Trouble) as raised:
        held.open_part(3, 0.0).read(10)

    assert raised.value.code is TroubleCode.CHILD_FAILED
    assert heard(held.open_part(1, 0.0), 0.5).any()


def test_a_killed_child_costs_one_answer_and_is_restarted(held):
    stream = held.open_part(1, 0.0)
    held._process.kill()
    held._process.wait()
    with pytest.raises(Trouble):
        stream.read(100)

    assert abs(pitch(heard(held.open_part(1, 1.0), 0.5)) - 440) < 5


def test_closing_ends_the_child_and_leaves_nothing_to_restart(held):
    stream = held.open_part(1, 0.0)
    process = held._process
    held.close()
    held.start()

    assert process.poll() is not None
    assert held._process is None
    with pytest.raises(Trouble):
        stream.read(100)


@pytest.mark.parametrize(
    "data",
    [b"", b"\0", REQUEST.pack(ReelRequest.HOLD, 1, 1000, 0) + b"cut short", REQUEST.pack(ReelRequest.READ, 1, 0, 10)],
    ids=["nothing", "half a request", "half a part", "a part that is not held"],
)
def test_the_child_ends_with_its_input_and_reveals_nothing_of_what_it_holds(data):
    done = subprocess.run(own_command("reel"), input=data, capture_output=True, check=False)

    assert (done.returncode, done.stderr) == (0, b"")
    assert not done.stdout.strip(b"\0")
