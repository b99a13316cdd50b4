"""The handle of a process under test: its timed reports, and a way to kill it or its recorder."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

from running import is_running

from balint_desktop.domain.values import RecordingState

_LONGEST_S = 60.0


class Ended(Exception):  # noqa: N818  it names what happened
    """The process under test ended, or was silent, when it should have continued."""


class Led:
    """A process that leads a session: `leader` or `window`. It opens the vault with its secret, or a passphrase."""

    def __init__(self, kind, *, vault, environment, seed, **opens):
        self.kind = kind
        self.received = []
        self._heard = threading.Condition()
        self.process = subprocess.Popen(
            [sys.executable, "-m", f"faults.{kind}"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=Path(vault).parent,
            env={**environment, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )
        self._errors = b""
        self._hearing = [threading.Thread(target=hear, daemon=True) for hear in (self._listen, self._hear_errors)]
        for thread in self._hearing:
            thread.start()
        order = {"vault": str(vault), "seed": seed, **opens}
        self.process.stdin.write(json.dumps(order).encode() + b"\n")
        self.process.stdin.flush()

    def _listen(self):
        for line in self.process.stdout:
            with self._heard:
                # A kill may truncate the last line.
                with contextlib.suppress(ValueError):
                    self.received.append(json.loads(line))
                self._heard.notify_all()
        with self._heard:
            self.received.append({"what": "end", "at_s": time.monotonic()})
            self._heard.notify_all()

    def _hear_errors(self):
        for line in self.process.stderr:
            self._errors = (self._errors + line)[-4000:]

    def all(self, what):
        """Return all its reports of one kind."""
        return [one for one in list(self.received) if one["what"] == what]

    def wait(self, found, longest_s=_LONGEST_S):
        """Return the first matching report. Raise Ended if none comes."""
        last_s, at = time.monotonic() + longest_s, 0
        with self._heard:
            while True:
                for one in self.received[at:]:
                    if found(one):
                        return one
                    if one["what"] == "end":
                        raise Ended(f"{self.kind} ended: {self._errors.decode(errors='replace')[-600:]}")
                at = len(self.received)
                left_s = last_s - time.monotonic()
                if left_s <= 0:
                    raise Ended(f"{self.kind} did not tell it; last: {self.received[-2:]}")
                self._heard.wait(left_s)

    def wait_for(self, what, longest_s=_LONGEST_S, **expected):
        """Return the first report of that kind with these details."""
        return self.wait(
            lambda one: one["what"] == what and all(one[name] == value for name, value in expected.items()), longest_s
        )

    def wait_until_said(self, fault_s, longest_s=_LONGEST_S):
        """Return the room's first message after a fault: a trouble, or that it is not recording now."""
        return self.wait(
            lambda one: (
                one["what"] == "said"
                and one["at_s"] > fault_s
                and (one["trouble"] or one["state"] == RecordingState.LOST)
            ),
            longest_s,
        )

    def facts(self):
        """Return the facts it reported as committed."""
        return [one["fact"] for one in self.all("fact")]

    def kill(self, number=signal.SIGKILL):
        """Kill the leading process."""
        self.process.send_signal(number)

    def wait_end(self):
        """Wait until it has ended and its output was read."""
        self.process.wait(_LONGEST_S)
        self.wait_quietly()

    def wait_quietly(self):
        with self._heard:
            self._heard.wait_for(lambda: self.received and self.received[-1]["what"] == "end", _LONGEST_S)

    def stop(self):
        """Let it stop properly, and return whether it did."""
        with contextlib.suppress(OSError):
            self.process.stdin.close()
        try:
            return self.process.wait(_LONGEST_S) == 0
        except subprocess.TimeoutExpired:
            return False
        finally:
            self.end()

    def end(self):
        """End it and its recorder, whatever state they are in."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self.wait_quietly()
        for thread in self._hearing:
            thread.join(_LONGEST_S)
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            with contextlib.suppress(OSError):
                stream.close()
        for one in self.all("recorder"):
            if not wait_until_gone(one["pid"], 5.0):
                with contextlib.suppress(OSError):
                    os.kill(one["pid"], signal.SIGKILL)


def wait_until_gone(pid, longest_s):
    """Wait until a process has ended, and return whether it has."""
    last_s = time.monotonic() + longest_s
    while is_running(pid):
        if time.monotonic() > last_s:
            return False
        time.sleep(0.005)
    return True
