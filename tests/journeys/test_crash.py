"""Unencrypted data left on disk by a crash of the window or the recorder during a recording: none."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys

import pytest
import watermark
from faults.led import wait_until_gone
from faults.memory import forms_of_keys
from faults.room import Room
from faults.stage import Stage
from journeys.conftest import watch_if_allowed
from waiting import GENEROUS_S

pytestmark = [pytest.mark.journey, pytest.mark.audio]
_MARK = "a memory that was left behind"


@pytest.fixture
def cores():
    """Enable core dumps for crashing processes, as some machines do."""
    before = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (before[1], before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_CORE, before)


@pytest.fixture
def watch():
    made = watch_if_allowed()
    if made is None:
        pytest.skip("not run: watching every file needs root")
    return made


def is_another(report, recorder):
    """Return whether a report is that of the recorder of the next part."""
    return report["what"] == "recorder" and report["part"] > recorder["part"]


def test_a_crash_leaves_nothing_unencrypted_not_even_a_core(tmp_path, cores, watch):
    with watch, Room() as room:
        stage = Stage(tmp_path, {**room.environment, **watch.environment})
        led = stage.lead("window", 1, stage.made.passphrase)
        try:
            recorder = led.wait_for("recorder")
            led.wait(lambda one: one["what"] == "level" and one["sealed"] > 1)
            os.kill(recorder["pid"], signal.SIGSEGV)
            # Where the next recorder is there at once, the trouble is over before anybody looks.
            led.wait(lambda one: (one["what"] == "said" and one["trouble"]) or is_another(one, recorder))
            led.kill(signal.SIGABRT)
            led.wait_end()
        finally:
            led.end()
        assert wait_until_gone(recorder["pid"], GENEROUS_S)
        assert led.process.returncode == -signal.SIGABRT
        cores_left = list(tmp_path.glob("core*"))
        _leave_a_core(tmp_path)

    keys = forms_of_keys(stage, stage.parts()[0].parent)
    secrets = [b"Fault group", b"OggS", *pieces_of_signal(), *(form for forms in keys.values() for form in forms)]
    watch.leave_out(folder=tmp_path)
    assert any("/tail-" in one.path for one in watch.written)
    assert cores_left == []
    assert watch.holding(secrets) == set()
    left = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(left) > 5
    assert [path for path in left if any(form in path.read_bytes() for form in secrets)] == []


def _leave_a_core(folder):
    """Crash a process with known memory, and check that it dumps core: otherwise a missing core would prove nothing."""
    holds = f"import os; held = {_MARK!r}; os.abort()"
    subprocess.run([sys.executable, "-c", holds], cwd=folder, check=False)
    left = [path for path in folder.glob("core*") if _MARK.encode() in path.read_bytes()]
    assert left or _cores_go_elsewhere(), "no core was left, so that none could be found"
    for path in folder.glob("core*"):
        path.unlink()


def _cores_go_elsewhere():
    with open("/proc/sys/kernel/core_pattern", encoding="utf-8") as pattern:  # noqa: PTH123  one line of the kernel's
        return pattern.read().startswith(("|", "/"))


def pieces_of_signal():
    """Return eight consecutive samples from many places of the signal, as a file of samples would hold them."""
    sound = watermark.pcm(watermark.signal(60))
    return [sound[at : at + 16] for at in range(4000, len(sound) - 16, 9616)]
