"""Recording faults in the real window: reported calmly at once and recovered, with nothing lost but the gap.

Real children, a real sound server with a microphone, real sealed files and log; processes are really killed.
"""

from __future__ import annotations

import os
import signal
from pathlib import Path

import numpy as np
import pytest
from clocks import ShiftedClock
from faulty_microphone import OTHER_DEVICE
from kept_vaults import keep_session
from noting import note_each
from PySide6.QtWidgets import QAbstractButton
from real_window import opened, window_on
from virtual_microphone import RATE_HZ, find, loudness_db, microphone, samples, spoken, voice

from balint_desktop.rehearsal.virtual_microphone import DEVICE
from balint_desktop.sealed.reading import PartState, read_part
from balint_desktop.ui.room.notices import RoomNotices

__all__ = ["microphone", "spoken", "voice", "window_on"]
pytestmark = [pytest.mark.journey, pytest.mark.audio]
TESTS = Path(__file__).resolve().parent.parent


class Session:
    """A session being recorded in the real window."""

    def __init__(self, window, kept, clock):
        self.window = window
        self.kept = kept
        self.clock = clock
        window.unlock()
        window.get_ready()
        window.wait("a microphone", lambda: window.sees("open-room-without"))
        window.press("open-room")
        window.press("begin")
        notices = window.desktop.shell.findChild(RoomNotices)
        self._said = note_each(notices, "show_notice", lambda _notice, words, **_: words)
        window.start_recording()
        window.find_any("recording-pause")

    @property
    def recording(self):
        return self.window.desktop.session.flow.session.recording

    @property
    def controller(self):
        return self.recording.controller

    @property
    def recorder(self):
        return self.controller._recorder.pid

    def until_recorded(self, seconds):
        """Wait until that much of this part is sealed."""
        self.window.wait(
            f"{seconds} s", lambda: self.controller.status is not None and self.controller.status.sealed_s >= seconds
        )

    def says(self, *words):
        """Wait until the recording's line has shown that, even for a moment."""
        self.window.wait(words[0], lambda: any(all(word in line for word in words) for line in self._said))

    def line(self):
        return self.window.reads("recording-trouble") if self.window.sees("recording-trouble") else ""

    def until_gone_on(self):
        """Wait until the gap is reported and recording continues."""
        self.window.find_any("notice-gap")
        self.window.find_any("recording-pause")
        self.window.wait("the trouble's end", lambda: not self.window.sees("recording-trouble"))

    def choices(self):
        """Return the offered microphones: their names, and their buttons' names."""
        names = self.window.names("use-microphone-")
        return {self.window.find(QAbstractButton, name).text(): name for name in names}

    def end(self):
        """Lead to the end, seal, close the window, and return the log's record."""
        self.window.lead_to_the_end()
        self.window.stop_recording()
        self.window.debrief()
        self.window.close()

    def parts(self, vault):
        """Return the parts of this session's recording, read from the disk."""
        row = vault.log.recordings.recordings()[0]
        key = vault.recording_key(row.id)
        return [read_part(vault.part_folder(row.id, part.part), [key.secret]) for part in row.parts]

    def kinds(self, vault, but=()):
        session = vault.log.sessions.sessions()[0]
        facts = vault.log.sessions.facts(session.id)
        return [fact.kind for fact in facts if fact.kind.startswith("recording-") and fact.kind not in but]


# A busy machine may delay sound for so long that it leaves a gap of its own.
GAPS = {"recording-gap"}


@pytest.fixture
def session(window_on, tmp_path, microphone, voice):
    clock = ShiftedClock()
    kept = keep_session(tmp_path / "data", redacted=False)
    with opened(kept) as vault:
        # By name, since a sound server replaces a missing default microphone by another one.
        vault.log.set_setting("microphone", DEVICE)
    return Session(window_on(kept.data, clock), kept, clock)


def test_a_killed_recorder_is_reported_and_the_next_part_starts_by_itself(session, spoken):
    session.until_recorded(5.5)
    os.kill(session.recorder, signal.SIGKILL)
    session.says("The recorder stopped unexpectedly.", "is sealed.", "It is being restarted.")
    session.until_gone_on()
    session.until_recorded(3.0)
    session.end()

    with opened(session.kept) as vault:
        first, second = session.parts(vault)
        assert (first.state, second.state) == (PartState.INTERRUPTED, PartState.COMPLETE)
        _, alike = find(samples(second.ogg)[-2 * RATE_HZ :], np.tile(samples(spoken), 2))
        assert alike > 0.9
        assert session.kinds(vault, GAPS) == [
            "recording-started",
            "recording-lost",
            "recording-started",
            "recording-stopped",
        ]
        row = vault.log.recordings.recordings()[0]
        assert [part.first_seen_at_recovery for part in row.parts] == [True, False]


def test_a_recorder_that_dies_at_once_is_reported_and_one_press_resumes(window_on, tmp_path, microphone, voice):
    clock = ShiftedClock()
    kept = keep_session(tmp_path / "data", redacted=False)
    # A recorder that dies within five seconds is not restarted by itself: no time passes.
    with clock.held():
        session = Session(window_on(kept.data, clock), kept, clock)
        session.until_recorded(1.0)
        os.kill(session.recorder, signal.SIGKILL)
        session.says("The recorder stopped unexpectedly.", "Start recording again")
        assert not session.recording.resumes_by_itself
        assert session.controller._recorder is None

    session.window.press("recording-again")
    session.window.find_any("say-again")
    session.until_gone_on()
    assert "not recorded" in session.window.reads("notice-gap")


def test_a_frozen_sound_server_is_reported_closes_the_part_and_recording_resumes_afterwards(session, microphone, voice):
    session.until_recorded(1.0)
    # Not retried yet: with no time passing, nothing is due.
    with session.clock.held():
        microphone.freeze()
        session.says("The microphone has stopped sending sound.", "is sealed.")
        session.says("The sound system is not responding.", "Recording resumes by itself when it responds.")
        assert session.window.reads("recording-words") == "Not recording now"
        assert not session.window.sees("recording-start")
        assert not session.window.sees("recording-stop")
        # Everything else in the room continues.
        session.window.press("step")
        assert session.window.reads("phase-title") == "Call for a case"
    microphone.thaw()
    voice()
    session.until_gone_on()
    session.end()

    with opened(session.kept) as vault:
        assert [part.state for part in session.parts(vault)] == [PartState.COMPLETE] * 2


def test_choosing_another_microphone_in_the_room_resumes_recording(session, microphone):
    session.until_recorded(2.0)
    microphone.add_another()
    microphone.unplug()
    session.says("The microphone has stopped sending sound.", "choose another")
    session.window.press("recording-choose")
    session.window.wait("the choices", lambda: OTHER_DEVICE in session.choices())
    session.window.press(session.choices()[OTHER_DEVICE])
    session.until_gone_on()
    session.until_recorded(2.0)
    session.end()

    with opened(session.kept) as vault:
        first, second = session.parts(vault)
        assert (first.facts.device, second.facts.device) == (DEVICE, OTHER_DEVICE)
        assert (first.state, second.state) == (PartState.COMPLETE, PartState.COMPLETE)
        assert loudness_db(samples(second.ogg)) > -30
        kinds = session.kinds(vault, GAPS)
        assert kinds == ["recording-started", "recording-lost", "recording-started", "recording-stopped"]
        # And it is remembered next time.
        assert vault.log.setting("microphone") == OTHER_DEVICE


def test_the_same_microphone_is_used_again_when_it_returns_and_the_gap_is_logged(session, microphone, voice):
    session.until_recorded(2.0)
    microphone.unplug()
    session.says("The microphone has stopped sending sound.")
    microphone.plug_in()
    voice()
    session.until_gone_on()
    session.end()

    with opened(session.kept) as vault:
        (part,) = session.parts(vault)
        assert part.state is PartState.COMPLETE
        assert session.kinds(vault, GAPS) == ["recording-started", "recording-stopped"]
        assert "recording-gap" in session.kinds(vault)


def test_a_muted_microphone_is_reported_and_the_report_is_cleared(session, microphone):
    session.until_recorded(1.0)
    microphone.mute()
    session.says("The microphone is muted")
    microphone.mute(muted=False)
    session.window.wait("its end", lambda: not session.window.sees("recording-trouble"))


def test_a_suspended_recorder_is_reported_and_the_report_is_cleared(session):
    session.until_recorded(1.0)
    recorder = session.recorder
    os.kill(recorder, signal.SIGSTOP)
    try:
        session.says("The recorder is not responding.", "is sealed.")
        session.window.wait("no light", lambda: session.window.reads("recording-words") == "Not recording now")
    finally:
        os.kill(recorder, signal.SIGCONT)
    session.window.wait("its voice", lambda: "does not answer" not in session.line())
    session.window.wait("its light", lambda: session.window.reads("recording-words") == "Recording")
    assert session.recorder == recorder
