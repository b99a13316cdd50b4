"""The five seconds for real: a voice is heard, comes back from the loudspeaker, and no file takes it up."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import numpy as np
import pytest
import soundfile
from ready_bench import ReadyBench
from virtual_microphone import RATE_HZ, find, microphone, samples, spoken

from balint_desktop.capture.devices_handle import list_devices
from balint_desktop.capture.try_handle import TryOut
from balint_desktop.rehearsal.virtual_microphone import DEVICE

__all__ = ["microphone", "spoken"]
pytestmark = pytest.mark.audio
WORDS_S = 3.0
# A successful open, for writing, as strace tells it.
_OPENED = re.compile(r"(?:open|openat|creat)\((?:AT_FDCWD, )?\"([^\"]*)\".*(?:O_WRONLY|O_RDWR|O_CREAT).* = \d")


@pytest.fixture
def page(work, look_at, microphone):
    """Open the page on the virtual microphone, with nothing faked."""
    bench = ReadyBench(work, device=DEVICE, list_microphones=lambda: list_devices(20.0), try_out=TryOut)
    look_at(bench.page)
    bench.page.entered()
    yield bench.page
    bench.page.left()


@pytest.fixture
def words(spoken, tmp_path):
    """Return three seconds of speech, as a sound file."""
    path = tmp_path / "words.wav"
    soundfile.write(path, samples(spoken)[: round(WORDS_S * RATE_HZ)], RATE_HZ)
    return path


def test_what_was_said_is_played_back(page, microphone, words, qtbot, tmp_path):
    says = page.microphone.problem.text
    qtbot.waitUntil(lambda: page.microphone.device == DEVICE, timeout=20_000)
    heard = tmp_path / "in-the-room.wav"
    witness = ["parecord", "--device=cable.monitor", "--rate=48000", "--channels=1", "--file-format=wav", str(heard)]
    with subprocess.Popen(witness, env=dict(microphone.environment)) as listening:
        page.microphone.try_button.click()
        qtbot.waitUntil(lambda: says() == "Say something." and page.microphone._listening is not None)
        microphone.play(words)
        qtbot.waitUntil(lambda: page.microphone.level.share > 0.3, timeout=10_000)
        qtbot.waitUntil(lambda: says() == "Playing it back.", timeout=20_000)
        qtbot.waitUntil(lambda: says() == "That was it. Nothing of it was kept.", timeout=20_000)
        listening.terminate()

    room, said = samples(heard), samples(words)
    first_s, alike = find(said, room)
    assert alike > 0.8
    room[round(first_s * RATE_HZ) :][: len(said)] = 0.0
    again_s, alike = find(said, room)
    assert alike > 0.8
    assert abs(again_s - first_s) > WORDS_S - 0.1
    assert np.abs(said).max() > 0.05


def test_no_file_is_opened_for_writing(microphone, words, tmp_path):
    told = tmp_path / "opened.txt"
    trace = ["strace", "-f", "--seccomp-bpf", "-e", "trace=open,openat,creat", "-o", str(told)]
    trying = [sys.executable, "-m", "balint_desktop", "try", "--device", DEVICE, "--seconds", "1"]
    microphone.play(words)
    with subprocess.Popen(
        [*trace, *trying],
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as child:
        # Its input stays open: the end of it means stop.
        said = child.stdout.read()

    assert b'"playing"' in said
    assert child.returncode == 0
    opened = {found.group(1) for found in map(_OPENED.search, told.read_text().splitlines()) if found}
    # Devices are no files; the cookie is what the sound server's own library shows it at the door.
    assert {path for path in opened if not path.startswith("/dev/")} <= {microphone.environment["PULSE_COOKIE"]}
