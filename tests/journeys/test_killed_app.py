"""An app killed with its recorder in a session, and a recovery that is killed itself: nothing is lost.

The app is killed once; each test has a copy of what that left.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import bad_vaults
import pytest
from clocks import ShiftedClock
from faulty_microphone import FaultyMicrophone
from kept_vaults import keep_session
from real_window import opened, window_on
from running import is_running
from virtual_microphone import microphone, samples
from waiting import wait_until

from balint_desktop.recordings.recovery import finish_open_parts
from balint_desktop.sealed.reading import PartState, read_part
from balint_desktop.session.notices import NoticeKind
from balint_desktop.text.durations import clock, duration_words

__all__ = ["microphone", "window_on"]
pytestmark = [pytest.mark.journey, pytest.mark.audio, pytest.mark.xdist_group("killed app")]
TESTS = Path(__file__).resolve().parent.parent
_THE_APP = """
import sys, pathlib
from PySide6.QtWidgets import QApplication
from real_window import Window
app = QApplication([])
window = Window(app, pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[1]))
window.unlock()
window.get_ready()
window.wait("a microphone", lambda: window.sees("open-room-without"))
window.press("open-room")
window.press("begin")
window.start_recording()
window.find_any("recording-pause")
controller = window.desktop.session.flow.session.recording.controller
window.wait("sealed sound", lambda: controller.status is not None and controller.status.sealed_s > 2.0)
print(controller._recorder.pid, flush=True)
window.live(600)
"""


@pytest.fixture(scope="module")
def killed_once(tmp_path_factory):
    """Kill an app and its recorder in a session; return what remains."""
    kept = keep_session(tmp_path_factory.mktemp("killed") / "data", redacted=False)
    path = {"PYTHONPATH": os.pathsep.join([str(TESTS), os.environ.get("PYTHONPATH", "")])}
    command = [sys.executable, "-c", _THE_APP, str(kept.data)]
    with (
        FaultyMicrophone() as microphone,
        subprocess.Popen(command, stdout=subprocess.PIPE, env={**microphone.environment, **path}) as app,
    ):
        recorder = int(app.stdout.readline())
        os.kill(recorder, signal.SIGKILL)
        app.kill()
    # Its pending writes are on disk by now, or never will be.
    wait_until(lambda: not is_running(recorder))
    return kept


@pytest.fixture
def killed(killed_once, tmp_path):
    """A data folder whose app and recorder were both killed in a session."""
    shutil.copytree(killed_once.data, tmp_path / "data")
    made = replace(killed_once.made, folder=tmp_path / "data" / "vault")
    return replace(killed_once, data=tmp_path / "data", made=made)


def test_an_app_killed_with_its_recorder_returns_to_the_room_and_recovery_rewrites_nothing(
    killed, window_on, microphone
):
    recordings = killed.made.folder / "recordings"
    before = bad_vaults.files(recordings)
    # By its clock some seconds are missing, however quickly it returns: less than one is not reported.
    window = window_on(killed.data, ShiftedClock(ahead_s=5.0))
    window.unlock()
    window.find_any("notice-back-again")
    words, session = window.reads("notice-back-again"), window.desktop.session.flow.session
    (back,) = [notice for notice in session.notices if notice.kind is NoticeKind.BACK_AGAIN]
    assert back.not_recorded_s > 5.0
    log = window.desktop.context.vault.current.log.sessions
    (lost,) = [fact for fact in log.facts(log.unfinished().id) if fact.kind == "recording-lost"]
    assert back.not_recorded_s == lost.seconds
    assert words == f"Back at {clock(back.now_s)}. {duration_words(back.not_recorded_s)} were not recorded."
    assert bad_vaults.files(recordings) == before
    assert window.reads("recording-words") == "Not recording now"

    window.press("recording-again")
    window.find_any("recording-pause")
    window.lead_to_the_end()
    window.stop_recording()
    window.debrief()
    window.close()

    after = bad_vaults.files(recordings)
    assert {name: sealed for name, sealed in after.items() if name in before} == before
    with opened(killed) as vault:
        row = vault.log.recordings.recordings()[0]
        key = vault.recording_key(row.id)
        states = [read_part(vault.part_folder(row.id, part.part), [key.secret]).state for part in row.parts]
        assert states == [PartState.INTERRUPTED, PartState.COMPLETE]


_RECOVERY = """
import sys, pathlib
from vaults import PASSPHRASE
from balint_desktop.domain.clock import SystemClock
from balint_desktop.recordings.recovery import finish_open_parts, last_part_sealed_s
from balint_desktop.vault import opening
from balint_desktop.vault.vault import OpenVault
folder = pathlib.Path(sys.argv[1])
vault = OpenVault(folder, opening.secret_by_recovery_key(folder, sys.argv[2]), SystemClock())
session = vault.log.sessions.unfinished().id
print("open", flush=True)
recording = finish_open_parts(vault, session)
print("finished", flush=True)
last_part_sealed_s(vault, recording)
print("read", flush=True)
sys.stdin.read()
"""


@pytest.mark.parametrize("word", ["open", "finished", "read"])
def test_a_recovery_that_is_killed_loses_nothing(killed, word):
    recordings = killed.made.folder / "recordings"
    before = bad_vaults.files(recordings)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(TESTS), os.environ.get("PYTHONPATH", "")])}
    command = [sys.executable, "-c", _RECOVERY, str(killed.made.folder), killed.made.recovery_key]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment) as run:
        while run.stdout.readline().strip() != word:
            assert run.poll() is None
        run.kill()

    assert bad_vaults.files(recordings) == before
    with opened(killed) as vault:
        row = vault.log.recordings.recordings()[0]
        finish_open_parts(vault, row.session)
        key = vault.recording_key(row.id)
        part = read_part(vault.part_folder(row.id, 1), [key.secret])
        assert part.state is PartState.INTERRUPTED
        assert len(samples(part.ogg)) > 0
        assert vault.log.recordings.recording(row.id).parts[0].sha256 is not None
        assert vault.log.audit.broken_at() is None
    assert bad_vaults.files(recordings) == before
