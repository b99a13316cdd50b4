"""The time to seal the keys of many recordings to another reader, and to renew the vault's keys over them."""

from __future__ import annotations

import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from recorded_vaults import OURS, TRANSCRIBER, prepared

from balint_desktop.domain.group.group import Reader
from balint_desktop.domain.session.debrief import SessionSetting
from balint_desktop.domain.values import SessionKind


@dataclass(frozen=True)
class Took:
    """Seconds for that many recordings: adding a reader to all, and renewing the keys; and their CPU time."""

    recordings: int
    adding_s: float
    adding_cpu_s: float
    renewing_s: float
    renewing_cpu_s: float


def measure(count: int = 1000) -> Took:
    """Make that many recordings, change their readers, renew the keys, and time both."""
    with tempfile.TemporaryDirectory() as folder:
        made = prepared(Path(folder) / "vault")
        vault = made.vault.open()
        for number in range(count - len(made.vault.ours)):
            session = vault.log.sessions.start(SessionSetting(OURS.id, number, SessionKind.CASE, "x", ""))
            vault.log._database.run("INSERT INTO facts VALUES (?, 1, 'began', 0, 0, 'boot', '{}')", (session,))
            vault.new_recording(OURS, session)
        began, cpu = time.perf_counter(), time.process_time()
        done = vault.readers.add([OURS.id], Reader("Transcriber", TRANSCRIBER.recipient), earlier=True).done
        adding_s, adding_cpu_s = time.perf_counter() - began, time.process_time() - cpu
        made.put_in()
        began, cpu = time.perf_counter(), time.process_time()
        vault.confirm_renewal()
        vault, _secret = made.restart()
        renewing_s, renewing_cpu_s = time.perf_counter() - began, time.process_time() - cpu
        left = vault.renewed.left if vault.renewed is not None else None
        vault.close()
        if done != count or left != ():
            raise AssertionError(f"{done} were sealed anew, {left} could not be")
        return Took(count, adding_s, adding_cpu_s, renewing_s, renewing_cpu_s)


if __name__ == "__main__":
    print(measure())
