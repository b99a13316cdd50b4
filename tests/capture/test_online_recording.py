"""An online session on a virtual sound server: two voices in one sealed recording, and either source lost."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from running import is_running
from sounds import tone
from virtual_microphone import RATE_HZ, find, loudness_db, playing, samples
from waiting import GENEROUS_S, wait_until

from balint_desktop import command
from balint_desktop.capture.source_clock import LARGEST_SETTLING
from balint_desktop.domain.recorder import RecorderEventKind as Kind
from balint_desktop.domain.recorder import RecorderState
from balint_desktop.domain.trouble import TroubleCode
from balint_desktop.domain.values import SoundSource
from balint_desktop.recordings.source_losses import source_losses
from balint_desktop.rehearsal.virtual_microphone import CALL, CALL_MONITOR, speech
from balint_desktop.sealed.reading import PartState

pytestmark = pytest.mark.audio
ROOM_HZ, CALL_HZ = 440.0, 1500.0
_HEARD_DB, _NOT_HEARD_DB = -30.0, -60.0
# A player takes some tenths of a second to connect, longer on a busy machine.
_STARTS_WITHIN_S = 0.6
_ALLOWED_S = 0.04
_SILENT_S = 3.0


@pytest.fixture(scope="module")
def answer(tmp_path_factory):
    """Return a sound file of another voice, on the call."""
    words = "Thank you. When you told us about her hands I noticed that mine had grown quite cold."
    return speech(tmp_path_factory.mktemp("answer") / "answer.wav", words)


@contextlib.contextmanager
def both_heard(microphone):
    """Play a tone of its own on each source for the duration of the block."""
    with playing(microphone, tone(1.0, ROOM_HZ).tobytes()), playing(microphone, tone(1.0, CALL_HZ).tobytes(), CALL):
        yield


def until_both_heard(online):
    online.until(lambda: online.status.level_db > _HEARD_DB and (online.status.computer_db or -120.0) > _HEARD_DB)


def record_on(online, seconds=2.0):
    """Wait until so much more is written, and return where it begins and ends, without its first and last moments."""
    from_s = online.status.seconds + 0.6
    online.until_seconds(from_s + seconds)
    return from_s, from_s + seconds - 0.6


def strength_db(sound, hz, span):
    """Return how loud a tone is in a stretch of sound, in dB of full scale.

    By tenths of a second: the call is read a little faster or slower, which turns the phase of a longer piece.
    """
    size = RATE_HZ // 10
    piece = sound[round(span[0] * RATE_HZ) : round(span[1] * RATE_HZ)]
    tenths = piece[: len(piece) // size * size].reshape(-1, size)
    wave = np.exp(-2j * np.pi * hz * np.arange(size) / RATE_HZ)
    return 10 * np.log10(2 * np.mean(np.abs(np.mean(tenths * wave, axis=1)) ** 2) + 1e-18)


def heard_in(sound, span):
    """Return whether the room and whether the call are heard in a stretch of sound."""
    levels = (strength_db(sound, ROOM_HZ, span), strength_db(sound, CALL_HZ, span))
    assert all(level > _HEARD_DB or level < _NOT_HEARD_DB for level in levels), levels
    return tuple(level > _HEARD_DB for level in levels)


def alike_at_any_pace(piece, recorded):
    """Return the similarity of a piece of the call, which a busy computer reads up to LARGEST_SETTLING off its pace."""
    places = np.arange(len(piece))
    paces = np.linspace(1 - LARGEST_SETTLING, 1 + LARGEST_SETTLING, 11)
    return max(find(np.interp(places * pace, places, piece), recorded)[1] for pace in paces)


def test_two_voices_one_in_the_room_and_one_on_the_call_are_found_at_their_offsets(microphone, online, spoken, answer):
    online.start()
    online.until(lambda: online.status.computer_db is not None)
    starts_s = {}
    for sound, output in ((spoken, "cable"), (answer, CALL)):
        starts_s[output] = time.monotonic()
        assert microphone.play(sound, output).wait(GENEROUS_S) == 0
    code, lasted = online.stop()

    assert code == 0
    part, recorded = online.part(), online.sound()
    assert part.state is PartState.COMPLETE
    assert (part.facts.device, part.facts.computer) == ("default", CALL_MONITOR)
    assert lasted.is_length_of(recorded)
    in_room_s, alike_in_room = find(samples(spoken), recorded)
    assert alike_in_room > 0.95
    on_call_s, _ = find(samples(answer), recorded)
    assert on_call_s - in_room_s == pytest.approx(starts_s[CALL] - starts_s["cable"], abs=_STARTS_WITHIN_S)
    size = RATE_HZ // 4
    pieces = [(at, samples(answer)[at : at + size]) for at in range(0, len(samples(answer)) - size, size)]
    alike = []
    for at, piece in pieces:
        near = at + round((on_call_s - _ALLOWED_S) * RATE_HZ)
        if loudness_db(piece) > _HEARD_DB:
            alike.append(alike_at_any_pace(piece, recorded[near : near + size + round(2 * _ALLOWED_S * RATE_HZ)]))
    assert len(alike) > 8
    assert float(np.median(alike)) > 0.9


def test_a_call_whose_output_is_unplugged_is_told_and_the_room_goes_on_until_it_joins_again(microphone, online):
    with playing(microphone, tone(1.0, ROOM_HZ).tobytes()):
        # The call ends first: the sound server would move it to the output that the microphone hears.
        with playing(microphone, tone(1.0, CALL_HZ).tobytes(), CALL):
            online.start()
            until_both_heard(online)
            before = record_on(online)
        microphone.remove_call()
        online.until_event(Kind.COMPUTER_LOST)
        without = record_on(online)
        assert online.status.state is RecorderState.RECORDING
        assert online.status.computer_db is None
        microphone.add_call()
        online.until_event(Kind.COMPUTER_BACK)
        with playing(microphone, tone(1.0, CALL_HZ).tobytes(), CALL):
            until_both_heard(online)
            after = record_on(online)
        code, lasted = online.stop()

    assert code == 0
    sound = online.sound()
    assert lasted.is_length_of(sound)
    assert [report.trouble for report in online.reports(Kind.COMPUTER_LOST)] == [TroubleCode.COMPUTER_SOUND_LOST]
    assert [heard_in(sound, span) for span in (before, without, after)] == [(True, True), (True, False), (True, True)]
    assert online.part().state is PartState.COMPLETE
    assert_missing(online, SoundSource.CALL, without)


def test_a_microphone_that_is_unplugged_is_told_and_the_call_goes_on_until_it_is_back(microphone, online):
    with both_heard(microphone):
        online.start()
        until_both_heard(online)
        before = record_on(online)
        microphone.run("pactl", "unload-module", "module-remap-source")
        online.until_event(Kind.DEVICE_LOST)
        without = record_on(online)
        assert online.status.state is RecorderState.RECORDING
        microphone.plug_in_microphone()
        online.until_event(Kind.DEVICE_BACK)
        until_both_heard(online)
        after = record_on(online)
        code, lasted = online.stop()

    assert code == 0
    sound = online.sound()
    assert lasted.is_length_of(sound)
    assert online.reports(Kind.DEVICE_LOST)[0].trouble is TroubleCode.ONLY_COMPUTER_SOUND
    assert [heard_in(sound, span) for span in (before, without, after)] == [(True, True), (False, True), (True, True)]
    # The call bridged the loss: not a moment of the part is filled with silence.
    assert online.reports(Kind.GAP) == []
    assert_missing(online, SoundSource.MICROPHONE, without)


def test_a_call_on_which_nothing_is_played_is_told_after_the_time_and_ends_with_the_next_sound(
    microphone, online, monkeypatch
):
    shorten_silence(monkeypatch)
    with playing(microphone, tone(1.0, ROOM_HZ).tobytes()):
        with playing(microphone, tone(1.0, CALL_HZ).tobytes(), CALL):
            online.start()
            until_both_heard(online)
            record_on(online, _SILENT_S)
        assert Kind.COMPUTER_SILENT not in online.kinds
        online.until_event(Kind.COMPUTER_SILENT)
        assert online.status.state is RecorderState.RECORDING
        assert Kind.COMPUTER_HEARD not in online.kinds
        with playing(microphone, tone(1.0, CALL_HZ).tobytes(), CALL):
            online.until_event(Kind.COMPUTER_HEARD)
        code, lasted = online.stop()

    assert code == 0
    assert [report.trouble for report in online.reports(Kind.COMPUTER_SILENT)] == [TroubleCode.COMPUTER_SOUND_SILENT]
    assert Kind.COMPUTER_LOST not in online.kinds
    assert lasted.is_length_of(online.sound())


def shorten_silence(monkeypatch):
    """Let the recorders started from now on report a silent call after seconds instead of minutes."""
    program = (
        "import sys; from balint_desktop.capture import watchdog; from balint_desktop.__main__ import main; "
        f"watchdog.NOTHING_PLAYED_S = {_SILENT_S}; sys.exit(main())"
    )
    monkeypatch.setattr(command, "own_command", lambda *arguments: [sys.executable, "-c", program, *arguments])


def assert_missing(online, source, span):
    """Check that the part tells of one loss, of this source, in which the span lies."""
    (loss,) = source_losses([online.part().facts])
    assert loss.source is source
    assert loss.from_s < span[0]
    assert loss.until_s > span[1]


def test_off_the_record_nothing_of_either_is_written(microphone, online):
    with both_heard(microphone):
        online.start()
        until_both_heard(online)
        before = record_on(online)
        online.handle.pause()
        online.until(lambda: online.status.state is RecorderState.PAUSED)
        assert (online.status.level_db, online.status.computer_db) == (-120.0, -120.0)
        online.until_seconds(online.status.seconds + 1.5)
        online.handle.resume()
        until_both_heard(online)
        after = record_on(online)
        code, _ = online.stop()

    assert code == 0
    sound, marks = online.sound(), online.part().facts.marks
    paused, resumed = (placed.at_s for placed in marks[:2])
    assert loudness_db(sound[round((paused + 0.1) * RATE_HZ) : round((resumed - 0.02) * RATE_HZ)]) < -80
    assert heard_in(sound, before) == heard_in(sound, after) == (True, True)


def test_without_a_microphone_the_call_alone_is_recorded_and_the_microphone_is_told_missing(microphone, online):
    online.device = "no such microphone"
    with playing(microphone, tone(1.0, CALL_HZ).tobytes(), CALL):
        online.start()
        online.until_event(Kind.DEVICE_LOST)
        online.until(lambda: (online.status.computer_db or -120.0) > _HEARD_DB)
        span = record_on(online)
        code, _ = online.stop()

    assert code == 0
    assert online.reports(Kind.DEVICE_LOST)[0].trouble is TroubleCode.ONLY_COMPUTER_SOUND
    assert heard_in(online.sound(), span) == (False, True)


def test_a_monitor_that_does_not_exist_is_told_and_never_replaced_by_the_microphone(microphone, online):
    online.monitor = "nothing.monitor"
    with playing(microphone, tone(1.0, ROOM_HZ).tobytes()):
        online.start()
        online.until_event(Kind.COMPUTER_LOST)
        online.until(lambda: online.status.level_db > _HEARD_DB)
        online.until_seconds(online.status.seconds + 6.0)
        code, _ = online.stop()

    assert code == 0
    assert {status.computer_db for _, status in online.statuses} == {None}
    assert Kind.COMPUTER_BACK not in online.kinds


def test_the_child_that_hears_the_call_ends_with_a_recorder_that_is_killed(microphone, online):
    online.start()
    online.until(lambda: online.status.computer_db is not None)
    children = Path(f"/proc/{online.handle.pid}/task/{online.handle.pid}/children").read_text(encoding="ascii").split()
    hearing = [int(pid) for pid in children if b"computer-sound" in Path(f"/proc/{pid}/cmdline").read_bytes()]
    os.kill(online.handle.pid, signal.SIGKILL)
    online.handle.wait(GENEROUS_S)

    assert len(hearing) == 1
    assert wait_until(lambda: not is_running(hearing[0]))
