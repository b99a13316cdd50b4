import subprocess
from pathlib import Path

import numpy as np
import pytest
from kept_vaults import keep_session
from sounds import RATE_HZ, loudness, pitch

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


@pytest.fixture
def loudspeaker(monkeypatch):
    """Return a process that hears what is played."""
    with VirtualMicrophone() as microphone:
        for name, value in microphone.environment.items():
            monkeypatch.setenv(name, value)
        command = ["parec", "--device=cable.monitor", "--format=s16le", "--rate=48000", "--channels=1"]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as hearing:
            yield hearing
            hearing.kill()


def heard(hearing):
    """Return what was heard, from its first sound on."""
    hearing.terminate()
    samples = np.frombuffer(hearing.stdout.read(), "<i2")
    loud = np.flatnonzero(np.abs(samples.astype(int)) > 500)
    return samples[loud[0] :] if len(loud) else samples[:0]


@pytest.mark.audio
def test_a_recording_is_heard_from_where_it_stands_and_struck_parts_are_silent(qtbot, work, opened, loudspeaker):
    playback = Playback(SoundDeck, work.post)
    playback.load(opened)
    playback.seek(61.0)
    playback.play()
    qtbot.waitUntil(lambda: playback.position_s > 65.3, timeout=20_000)
    playback.pause()

    sound = heard(loudspeaker)
    # One second of sound, what was struck (with its margin: 61.5 to 64.5), sound again.
    assert abs(pitch(sound[: RATE_HZ // 3]) - 440) < 5
    assert loudness(sound[RATE_HZ : 3 * RATE_HZ]) < 0.001
    assert loudness(sound[round(3.3 * RATE_HZ) : round(3.6 * RATE_HZ)]) > 0.1
    assert not playback.playing
    playback.load(None)


@pytest.mark.audio
def test_it_plays_to_its_end_and_says_so(qtbot, work, opened, loudspeaker):
    playback = Playback(SoundDeck, work.post)
    playback.load(opened)
    playback.seek(73.0)
    playback.play()
    qtbot.waitUntil(lambda: not playback.playing, timeout=20_000)

    assert playback.position_s == pytest.approx(74.0)
    playback.load(None)
    assert abs(pitch(heard(loudspeaker)[: RATE_HZ // 2]) - 880) < 5


@pytest.mark.audio
def test_faster_is_sooner_over_at_the_same_pitch(qtbot, work, opened, loudspeaker):
    playback = Playback(SoundDeck, work.post)
    playback.load(opened)
    playback.set_speed(2.0)
    playback.seek(70.0)
    playback.play()
    qtbot.waitUntil(lambda: not playback.playing, timeout=20_000)
    playback.load(None)

    sound = heard(loudspeaker)
    loud = np.flatnonzero(np.abs(sound.astype(int)) > 500)
    assert (loud[-1] - loud[0]) / RATE_HZ == pytest.approx(2.0, abs=0.1)
    assert abs(pitch(sound[: RATE_HZ // 2]) - 880) < 5


@pytest.mark.audio
def test_a_seek_while_it_plays_is_heard_at_once_and_what_waited_is_not(qtbot, work, opened, loudspeaker):
    playback = Playback(SoundDeck, work.post)
    playback.load(opened)
    playback.seek(65.0)
    playback.play()
    qtbot.waitUntil(lambda: playback.position_s > 65.3, timeout=20_000)
    playback.seek(70.5)
    qtbot.waitUntil(lambda: playback.position_s > 71.5, timeout=20_000)
    playback.load(None)

    sound = heard(loudspeaker)
    low = [abs(pitch(sound[at : at + 4800]) - 440) < 15 for at in range(0, len(sound) - 4800, 4800)]
    # 440 Hz for the third of a second that was listened to and what the sound system holds; 880 from then on.
    assert 2 <= sum(low) <= 10
    assert not any(low[sum(low) + 1 :])
    assert abs(pitch(sound[RATE_HZ : RATE_HZ + 9600]) - 880) < 15


def test_no_child_is_left_once_a_recording_is_let_go_of(qtbot, work, opened):
    playback = Playback(SoundDeck, work.post)
    playback.load(opened)
    deck = playback._deck
    qtbot.waitUntil(lambda: deck._reel._process is not None and deck._player._child is not None)
    reel, player = deck._reel._process, deck._player._child
    playback.load(None)

    assert reel.poll() is not None
    assert player.wait(10.0) is not None


def test_the_children_hold_no_key_and_nothing_is_put_on_the_disk(qtbot, work, opened, tmp_path):
    before = sorted(path for path in tmp_path.rglob("*") if path.is_file())
    playback = Playback(SoundDeck, work.post)
    playback.load(opened)
    deck = playback._deck
    qtbot.waitUntil(lambda: deck._reel._process is not None and deck._player._child is not None)
    told = [Path(f"/proc/{pid}") for pid in (deck._reel._process.pid, deck._player._child.pid)]
    arguments = b"".join((child / "cmdline").read_bytes() for child in told)
    environment = b"".join((child / "environ").read_bytes() for child in told)
    held = [Path(link).resolve() for child in told for link in (child / "fd").iterdir()]
    playback.load(None)

    assert b"AGE-SECRET-KEY" not in arguments + environment
    assert not [path for path in held if path.is_relative_to(tmp_path)]
    assert sorted(path for path in tmp_path.rglob("*") if path.is_file()) == before
