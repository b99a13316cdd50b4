import subprocess
import threading
from itertools import groupby
from pathlib import Path

import numpy as np
import pytest
from kept_vaults import keep_session
from sounds import RATE_HZ, pitch
from waiting import GENEROUS_S, wait_until

from balint_desktop.capture.decode_handle import encode_pcm, open_pcm
from balint_desktop.recordings.service import RecordingService
from balint_desktop.rehearsal.virtual_microphone import VirtualMicrophone
from balint_desktop.ui.recordings.playback import Playback
from balint_desktop.ui.recordings.sound import SoundDeck


@pytest.fixture
def opened(tmp_path):
    vault = keep_session(tmp_path / "data").made.open()
    shelf = RecordingService(vault, open_pcm, encode_pcm)
    (sources,) = shelf.sources()
    yield shelf.open(sources)
    vault.close()


class Loudspeaker:
    """Records the output on a private sound server."""

    def __init__(self):
        command = ["parec", "--device=cable.monitor", "--latency-msec=50"]
        command += ["--raw", "--format=s16le", "--rate=48000", "--channels=1"]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE)
        self._sound = b""
        self._reader = threading.Thread(target=self._listen, daemon=True)
        self._reader.start()

    def _listen(self):
        while piece := self._process.stdout.read1(1 << 16):
            self._sound += piece

    def heard(self):
        """Return the output in tenths of a second, from the first sound to the last: its samples, 0 if silent.

        A busy machine may let a moment of silence in, and take none of the sound away.
        """
        wait_until(lambda: any(self._loud()) and not any(self._loud()[-5:]), "the silence after it")
        loud = self._loud()
        first, last = loud.index(True), len(loud) - loud[::-1].index(True)
        return self._tenths()[first:last]

    def _tenths(self):
        samples = np.frombuffer(self._sound[: len(self._sound) // TENTH // 2 * TENTH * 2], "<i2")
        return list(samples.reshape(-1, TENTH))

    def _loud(self):
        return [is_loud(tenth) for tenth in self._tenths()]

    def close(self):
        self._process.kill()
        self._process.wait()
        self._reader.join(GENEROUS_S)
        self._process.stdout.close()


TENTH = RATE_HZ // 10


def is_loud(samples):
    return bool(np.abs(samples.astype(int)).max() > 500)


def loud_s(samples):
    """Return the number of loud seconds, to a hundredth of a second."""
    hundredths = samples[: len(samples) // (TENTH // 10) * (TENTH // 10)].reshape(-1, TENTH // 10)
    return sum(is_loud(one) for one in hundredths) / 100


def pitches(tenths):
    """Return the pitches heard, in order, with one entry for each time one began."""
    heard = [round(pitch(tenth) / 10) * 10 for tenth in tenths if loud_s(tenth) == 0.1]
    return [hz for hz, _ in groupby(heard)]


@pytest.fixture
def loudspeaker(monkeypatch):
    """Return a recorder of the loudspeaker's output."""
    with VirtualMicrophone() as microphone:
        for name, value in microphone.environment.items():
            monkeypatch.setenv(name, value)
        hearing = Loudspeaker()
        yield hearing
        hearing.close()


@pytest.mark.audio
def test_a_recording_is_heard_from_its_position_and_redacted_sound_is_silent(qtbot, work, opened, loudspeaker):
    playback = Playback(SoundDeck, work.post)
    playback.load(opened)
    playback.seek(61.0)
    playback.play()
    qtbot.waitUntil(lambda: playback.position_s > 65.3)
    playback.pause()

    heard = loudspeaker.heard()
    # Half a second of sound, the redaction (with its margin: 61.5 to 64.5), sound again.
    runs = [(silent, len(list(run))) for silent, run in groupby(heard, lambda tenth: not is_loud(tenth))]
    at = max(range(len(runs)), key=lambda number: runs[number] if runs[number][0] else (False, 0))
    before, after = sum(length for _, length in runs[:at]), sum(length for _, length in runs[at + 1 :])
    assert runs[at][1] >= 29
    assert loud_s(np.concatenate(heard[:before])) == pytest.approx(0.5, abs=0.1)
    assert loud_s(np.concatenate(heard[-after:])) > 0.3
    assert pitches(heard) == [440]
    assert not playback.playing
    playback.load(None)


@pytest.mark.audio
def test_it_plays_to_its_end_and_reports_it(qtbot, work, opened, loudspeaker):
    playback = Playback(SoundDeck, work.post)
    playback.load(opened)
    playback.seek(73.0)
    playback.play()
    qtbot.waitUntil(lambda: not playback.playing)

    assert playback.position_s == pytest.approx(74.0)
    playback.load(None)
    heard = loudspeaker.heard()
    assert pitches(heard) == [880]
    assert loud_s(np.concatenate(heard)) == pytest.approx(1.0, abs=0.1)


@pytest.mark.audio
def test_faster_playback_ends_sooner_at_the_same_pitch(qtbot, work, opened, loudspeaker):
    playback = Playback(SoundDeck, work.post)
    playback.load(opened)
    playback.set_speed(2.0)
    playback.seek(70.0)
    playback.play()
    qtbot.waitUntil(lambda: not playback.playing)
    playback.load(None)

    heard = loudspeaker.heard()
    assert loud_s(np.concatenate(heard)) == pytest.approx(2.0, abs=0.1)
    assert pitches(heard) == [880]


@pytest.mark.audio
def test_a_seek_during_playback_is_heard_with_nothing_of_the_old_position_after_it(qtbot, work, opened, loudspeaker):
    playback = Playback(SoundDeck, work.post)
    playback.load(opened)
    playback.seek(65.0)
    playback.play()
    qtbot.waitUntil(lambda: playback.position_s > 65.3)
    playback.seek(70.5)
    qtbot.waitUntil(lambda: playback.position_s > 71.5)
    playback.load(None)

    heard = loudspeaker.heard()
    # tests/capture/test_player.py counts how much queued sound is still heard.
    assert pitches(heard) == [440, 880]


def test_closing_a_recording_leaves_no_child_process(qtbot, work, opened):
    playback = Playback(SoundDeck, work.post)
    playback.load(opened)
    deck = playback._deck
    qtbot.waitUntil(lambda: deck._reel._process is not None and deck._player._child is not None)
    reel, player = deck._reel._process, deck._player._child
    playback.load(None)

    assert reel.poll() is not None
    assert player.wait(GENEROUS_S) is not None


def test_the_children_hold_no_key_and_write_nothing_to_disk(qtbot, work, opened, tmp_path):
    before = sorted(path for path in tmp_path.rglob("*") if path.is_file())
    playback = Playback(SoundDeck, work.post)
    playback.load(opened)
    deck = playback._deck
    qtbot.waitUntil(lambda: deck._reel._process is not None and deck._player._child is not None)
    found = [Path(f"/proc/{pid}") for pid in (deck._reel._process.pid, deck._player._child.pid)]
    arguments = b"".join((child / "cmdline").read_bytes() for child in found)
    environment = b"".join((child / "environ").read_bytes() for child in found)
    held = [Path(link).resolve() for child in found for link in (child / "fd").iterdir()]
    playback.load(None)

    assert b"AGE-SECRET-KEY" not in arguments + environment
    assert not [path for path in held if path.is_relative_to(tmp_path)]
    assert sorted(path for path in tmp_path.rglob("*") if path.is_file()) == before
