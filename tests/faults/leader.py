"""A process that leads a session without a window: the app's own controller, vault and recorder, and no Qt.

It takes the vault's secret from its standard input, begins a session or goes back to the one that was left, records,
and does something every tenth of a second until it is killed, or told to stop. It tells all of it: see telling.py.
"""

from __future__ import annotations

import contextlib
import queue
import sys
import time
from pathlib import Path

from faults.acts import EVERY_S, Acts
from faults.telling import TellingSessionLog, ordered, tell, telling_recorder, wait_for_end

from balint_desktop import resources
from balint_desktop.domain.clock import SystemClock
from balint_desktop.domain.session.debrief import SessionSetting
from balint_desktop.domain.session.facts import NotNow
from balint_desktop.domain.session.formats import parse_format
from balint_desktop.domain.trouble import Trouble
from balint_desktop.domain.values import RecordingState
from balint_desktop.recordings.recovery import finish_open_parts, last_part_sealed_s
from balint_desktop.session.controller import SessionController
from balint_desktop.session.recording_controller import ProcessState, RecordingController
from balint_desktop.vault.secret import VaultSecret
from balint_desktop.vault.session_recording import VaultRecordingStore
from balint_desktop.vault.vault import OpenVault

_TICK_S = 1.0
FORMAT = resources.text("formats/student-hour.toml")


class Leader:
    """Leads a session until it ends, one way or another."""

    def __init__(self, vault, seed):
        self._vault = vault
        self._seed = seed
        self._posted = queue.SimpleQueue()
        self._said = None
        self._over = False

    def begin(self):
        """Begin a session, or resume the one that was left."""
        vault, group = self._vault, self._vault.log.groups.groups()[0]
        row = vault.log.sessions.unfinished()
        parsed = parse_format(FORMAT)
        session = (
            row.id
            if row is not None
            else vault.log.sessions.start(SessionSetting(group.id, 1, parsed.kind, parsed.key, FORMAT))
        )
        controller = RecordingController(VaultRecordingStore(vault, group, session), telling_recorder, self._posted.put)
        self.session = SessionController(parsed, group, SystemClock(), TellingSessionLog(vault, session), controller)
        self.session.on_change(self._on_change)
        self._acts = Acts(self.session, self._seed)
        if row is None:
            self.session.begin([member.code for member in group.participants])
        else:
            recording = finish_open_parts(vault, session)
            facts = vault.log.sessions.facts(session)
            self.session.restore(facts, last_part_sealed_s(vault, recording) if recording is not None else None)
            vault.begin_session()
        tell("leading", phase=self.session.state.phase, elapsed_s=self.session.elapsed_s(), back=row is not None)

    def _on_change(self):
        """Report the room's state when it changes."""
        controller = self.session.recording.controller
        said = {
            "state": str(self.session.state.recording.state),
            "trouble": str(controller.trouble.code)
            if controller is not None and controller.trouble is not None
            else "",
            "notices": [notice.kind for notice in self.session.notices],
        }
        if said != self._said:
            self._said = said
            tell("said", **said)

    def lead(self):
        """Act until told to stop. Impossible acts are skipped."""
        wait_for_end(lambda: self._posted.put(self._end))
        act_s = tick_s = 0.0
        while not self._over:
            with contextlib.suppress(queue.Empty):
                self._posted.get(timeout=EVERY_S / 4)()
            now_s = time.monotonic()
            with contextlib.suppress(NotNow, Trouble):
                if now_s >= tick_s:
                    tick_s = now_s + _TICK_S
                    self.session.tick()
                    self._see_to_recording()
                if now_s >= act_s:
                    act_s = now_s + EVERY_S
                    self._acts.act()
        self._stop()

    def _see_to_recording(self):
        """Press *Start recording* whenever the room offers it."""
        idle = self.session.recording.controller.state is ProcessState.IDLE
        if idle and self.session.state.recording.state is not RecordingState.STOPPED:
            self.session.recording.start()

    def _end(self):
        self._over = True

    def _stop(self):
        self.session.recording.stop()
        last_s = time.monotonic() + 10
        while self.session.recording.controller.state is not ProcessState.IDLE and time.monotonic() < last_s:
            with contextlib.suppress(queue.Empty):
                self._posted.get(timeout=EVERY_S)()
        tell("stopped")


def main():
    """Run the process."""
    result = ordered()
    vault = OpenVault(Path(result["vault"]), VaultSecret.from_text(result["secret"]), SystemClock())
    leader = Leader(vault, result["seed"])
    leader.begin()
    leader.lead()
    vault.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
