import subprocess

import numpy as np
import pytest
from kept_vaults import keep_session
from sounds import RATE_HZ, loudness, pitch

from balint_desktop.capture.decode_handle import encoded, open_pcm
from balint_desktop.capture.virtual_microphone import VirtualMicrophone
from balint_desktop.exchange.vault_shelf import VaultShelf
from balint_desktop.ui.recordings.playback import Playback
from balint_desktop.ui.recordings.sound import SoundDeck


@pytest.fixture
def opened(tmp_path):
    vault = keep_session(tmp_path / "data").made.open()
    shelf = VaultShelf(vault, open_pcm, encoded)
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
