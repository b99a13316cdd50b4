"""The real try-out: five seconds of a voice are played back by the loudspeaker, and no file stores them."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest
import watermark
from noting import note_each
from ready_bench import ReadyBench
from virtual_microphone import microphone, playing, samples

from balint_desktop.capture.devices_handle import list_devices
from balint_desktop.capture.try_handle import TryOut
from balint_desktop.rehearsal.virtual_microphone import DEVICE

__all__ = ["microphone"]
pytestmark = pytest.mark.audio
# A successful open, for writing, as strace shows it.
_OPENED = re.compile(r"(?:open|openat|creat)\((?:AT_FDCWD, )?\"([^\"]*)\".*(?:O_WRONLY|O_RDWR|O_CREAT).* = \d")


@pytest.fixture
def page(work, look_at, microphone):
    """Open the page on the virtual microphone, with nothing faked."""
    bench = ReadyBench(work, device=DEVICE, list_microphones=lambda: list_devices(20.0), try_out=TryOut)
    look_at(bench.page)
    bench.page.enter_view()
    yield bench.page
    bench.page.leave_view()


def test_the_voice_is_played_back(page, microphone, qtbot, tmp_path):
    qtbot.waitUntil(lambda: page.microphone.device == DEVICE)
    said = note_each(page.microphone.problem, "setText")
    levels = note_each(page.microphone.level, "set_level")
    heard = tmp_path / "in-the-room.wav"
    # A loudspeaker that the microphone does not hear: any sound there comes from the page.
    for command in (("load-module", "module-null-sink", "sink_name=loud"), ("set-default-sink", "loud")):
        subprocess.run(["pactl", *command], env=dict(microphone.environment), check=True, stdout=subprocess.DEVNULL)
    witness = ["parecord", "--device=loud.monitor", "--rate=48000", "--channels=1", "--file-format=wav", str(heard)]
    with subprocess.Popen(witness, env=dict(microphone.environment)) as listening:
        with playing(microphone, watermark.endless()):
            page.microphone.try_button.click()
            qtbot.waitUntil(lambda: said[-1:] == ["Sounds fine? Nothing was kept."])
        listening.terminate()

    assert [words for words in said if words] == [
        "Say something.",
        "Playing it back…",
        "Sounds fine? Nothing was kept.",
    ]
    assert max(level for level in levels if level is not None) > -40
    # Each second carries its number. Five are played back; a busy machine may drop a moment of two.
    seconds = [found.second for found in watermark.find(samples(heard))]
    assert len(seconds) >= 2
    assert seconds == sorted(set(seconds))


def test_no_file_is_opened_for_writing(microphone, tmp_path):
    result = tmp_path / "opened.txt"
    trace = ["strace", "-f", "--seccomp-bpf", "-e", "trace=open,openat,creat", "-o", str(result)]
    trying = [sys.executable, "-m", "balint_desktop", "try", "--device", DEVICE, "--seconds", "1"]
    with (
        playing(microphone, watermark.endless()),
        subprocess.Popen(
            [*trace, *trying],
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        ) as child,
    ):
        # Its input stays open: the end of it means stop.
        said = child.stdout.read()

    assert b'"playing"' in said
    assert child.returncode == 0
    opened = {found.group(1) for found in map(_OPENED.search, result.read_text().splitlines()) if found}
    # Devices are not files; the cookie is the sound server's own authentication.
    assert {path for path in opened if not path.startswith("/dev/")} <= {microphone.environment["PULSE_COOKIE"]}
