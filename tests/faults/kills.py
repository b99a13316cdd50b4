"""The cost of a kill: of the recorder, of the window's process, or of both, at any moment, repeatedly.

Ten tries in a row are one session, left and gone back to each time, so that a kill also meets what others left.
"""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from faults.leader import FORMAT
from faults.led import Ended, Led, wait_until_gone
from faults.room import Room
from faults.stage import Stage, lost_sound
from faults.table import Row, Try, came_to_nothing

from balint_desktop.domain.session.formats import parse_format
from balint_desktop.domain.session.state import replay
from balint_desktop.domain.trouble import Trouble
from balint_desktop.sealed.reading import PartState

RECORDER, WINDOW, BOTH = "the recorder", "the window", "both"
_IN_A_ROW = 10
_WITH_WINDOW = 0.1
# A chunk is complete after some twenty seconds; a fifth of the kills come around then, the others before.
_EARLY_S, _LATE_S, _LATE = (0.0, 8.0), (18.0, 26.0), 0.2
_SEALED_WITHIN_S = 1.0
_CLOCK_WITHIN_S = 0.2
_LONGEST_S = 20.0
Say = Callable[[str], None]


@dataclass(frozen=True)
class Kill:
    """One try: what was killed, the kind of process that led the session, and the result."""

    what: str
    kind: str
    tried: Try


def kills(room: Room, times: int, seed: int, say: Say) -> list[Row]:
    """Kill repeatedly, and return a line for each of the three."""
    done: list[Kill] = []
    while len(done) < times:
        row = min(_IN_A_ROW, times - len(done))
        with tempfile.TemporaryDirectory(prefix="faults-") as folder:
            for kill in _session(Stage(Path(folder), room.environment), room, row, seed + len(done), say):
                done.append(kill)
                say(f"killed {kill.what} ({kill.kind}): {kill.tried}")
    return [_row(what, [kill for kill in done if kill.what == what]) for what in (RECORDER, WINDOW, BOTH)]


def _row(what: str, done: list[Kill]) -> Row:
    with_window = sum(kill.kind == "window" for kill in done)
    meaning = {
        RECORDER: "said: in the room",
        WINDOW: "said: until the recorder had sealed and ended",
        BOTH: "said at the next start",
    }[what]
    return Row(f"Killed: {what}", [kill.tried for kill in done], f"{meaning}; {with_window} with the real window")


def _session(stage: Stage, room: Room, tries: int, seed: int, say: Say) -> Iterator[Kill]:
    """Yield the tries of one session."""
    lots = random.Random(seed)
    session = _Session(stage, room, lots)
    what, kind, number = BOTH, "leader", 0
    try:
        session.start(None)
        for number in range(tries):  # noqa: B007  told where a try comes to nothing
            what, kind = lots.choice((RECORDER, WINDOW, BOTH)), session.led.kind
            yield Kill(what, kind, session.kill(what))
        failed = session.finish()
        if failed:
            yield Kill(what, kind, Try(failed=failed))
    except (Ended, Trouble, OSError, subprocess.SubprocessError) as error:
        say(f"seed {seed}, try {number}, {what} ({kind}): {error}")
        yield Kill(what, kind, came_to_nothing(error, f"seed {seed}, try {number}: "))
    finally:
        session.end()


class _Session:
    """A session that is killed repeatedly."""

    def __init__(self, stage: Stage, room: Room, lots: random.Random) -> None:
        self._stage = stage
        self._room = room
        self._lots = lots
        self._part = 0
        self._pids: set[int] = set()
        self._wrote = False
        self._failed: list[str] = []
        self.led: Led | None = None

    def end(self) -> None:
        """End whatever still runs."""
        if self.led is not None:
            self.led.end()

    def start(self, facts) -> None:
        """Start a process that leads, and check that it resumes at the current session time."""
        kind = "window" if self._lots.random() < _WITH_WINDOW else "leader"
        self.led = self._stage.lead(kind, self._lots.random())
        leading = self.led.wait_for("leading")
        if facts:
            state = replay(parse_format(FORMAT), facts)
            elapsed_s = leading["at_s"] + _boot_ahead_s() - facts[0].at.boot
            self._expect(leading["back"] and leading["phase"] == state.phase, "back in another phase")
            self._expect(abs(leading["elapsed_s"] - elapsed_s) < _CLOCK_WITHIN_S, "back at another second")
            self.led.wait(lambda one: one["what"] == "said" and one["notices"])

    def kill(self, what: str) -> Try:
        """Kill at a random moment, and return the loss."""
        recorder = self._recorder()
        moment_s = self._lots.uniform(*(_LATE_S if self._lots.random() < _LATE else _EARLY_S))
        time.sleep(max(0.0, recorder["at_s"] + moment_s - time.monotonic()))
        killed_s = time.monotonic()
        if what in {RECORDER, BOTH}:
            os.kill(recorder["pid"], signal.SIGKILL)
        if what in {WINDOW, BOTH}:
            self.led.kill()
        if what is RECORDER:
            return self._recorder_killed(recorder, killed_s)
        return self._window_killed(recorder, killed_s, what)

    def _recorder(self):
        """Return the next recorder, and check that it writes the next part.

        One that was killed before it began to write leaves its number to the next.
        """
        recorder = self.led.wait(lambda one: one["what"] == "recorder" and one["pid"] not in self._pids)
        self._expect(recorder["part"] in {self._part, self._part + 1}, "a part was passed over")
        if recorder["part"] == self._part:
            self._expect(not self._wrote, "a part was written over")
        self._part = recorder["part"]
        self._pids.add(recorder["pid"])
        return recorder

    def _recorder_killed(self, recorder, killed_s) -> Try:
        said = self.led.wait_until_said(killed_s)
        return Try(self._lost(recorder, killed_s), None, said["at_s"] - killed_s, self._take_failed())

    def _window_killed(self, recorder, killed_s, what) -> Try:
        self.led.wait_end()
        gone = wait_until_gone(recorder["pid"], _LONGEST_S)
        ended_s = time.monotonic() - killed_s
        self._expect(gone, "the recorder goes on without a window")
        lost_s = self._lost(recorder, killed_s, properly=what is WINDOW)
        if what is WINDOW:
            self._expect(ended_s <= _SEALED_WITHIN_S, f"the recorder ended only after {ended_s:.1f} s")
        self._expect(self._stage.all_opens(), "not everything before opens")
        facts = self._stage.lost_facts(self.led)
        self.led.end()
        with self._stage.vault() as vault:
            kept = vault.log.sessions.facts(vault.log.sessions.sessions()[0].id)
        self.start(kept)
        return Try(lost_s, facts, ended_s if what is WINDOW else None, self._take_failed())

    def finish(self) -> tuple[str, ...]:
        """Stop properly, and check that nothing is missing."""
        self._recorder()
        with contextlib.suppress(Ended):
            self.led.wait_for("level", 5.0)
        self._expect(self.led.stop(), "the session did not stop properly")
        self._expect(not self._stage.lost_facts(self.led), "a committed fact was lost in the end")
        self._expect(self._stage.all_opens(), "not everything opens in the end")
        return self._take_failed()

    def _lost(self, recorder, killed_s, *, properly=False) -> float:
        levels = [one for one in self.led.all("level") if recorder["at_s"] < one["at_s"] and one["seconds"] > 0]
        self._wrote = any(one["sealed"] > 0 for one in levels)
        heard = self._room.witness.heard_by(killed_s)
        lost = lost_sound(self._stage, self._room.witness, recorder["folder"], heard, levels[0] if levels else None)
        state = PartState.COMPLETE if properly and levels else PartState.INTERRUPTED
        self._expect(lost.state in {state, PartState.COMPLETE}, f"the part is {lost.state}")
        return lost.seconds

    def _expect(self, holds: object, otherwise: str) -> None:
        if not holds:
            self._failed.append(otherwise)

    def _take_failed(self) -> tuple[str, ...]:
        failed, self._failed = tuple(self._failed), []
        return failed


def _boot_ahead_s() -> float:
    """Return how far the clock that counts sleep is ahead of the one that does not."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) - time.monotonic()
