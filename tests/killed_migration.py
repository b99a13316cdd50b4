"""Children that migrate a log to this version, each killed before the statement with its number.

They are forked from one process that has the program loaded: what is killed is a process, as outside, and starts at
once. Run as a program it reads a line of JSON for each child, [log, key, number], and answers with its end: null where
it was killed, the number of statements where it was let live, or what went wrong.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

from balint_desktop.domain.clock import SystemClock
from balint_desktop.vault.log import database as databases
from balint_desktop.vault.log.log import Log


class Migrations:
    """The process from which children are forked, one at a time."""

    def __init__(self):
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        self._process = subprocess.Popen(
            [sys.executable, __file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=environment,
        )

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._process.communicate()

    def killed_at(self, path, key, number):
        """Migrate in a child that dies there; return the number of statements, None if it was killed."""
        self._process.stdin.write(json.dumps([str(path), key, number]) + "\n")
        self._process.stdin.flush()
        end = json.loads(self._process.stdout.readline())
        assert not isinstance(end, str), end
        return end


def _end_of(path, key, number):
    """Fork a child that migrates, and return how it ended."""
    heard, says = os.pipe()
    child = os.fork()
    if not child:
        os.close(heard)
        try:
            found = migrate(path, key, number)
        except Exception as error:  # noqa: BLE001  whatever it is, the test says it
            found = repr(error)
        os.write(says, json.dumps(found).encode())
        os._exit(0)
    os.close(says)
    with os.fdopen(heard, "rb") as reader:
        said = reader.read()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL:
        return None
    return json.loads(said) if said else f"ended with {status}"


def migrate(path, key, number):
    """Migrate a log, and return the number of statements; killed before the one with that number."""
    seen = 0

    def counted(cursor, sql, values):
        nonlocal seen
        seen += 1
        if seen == number:
            os.kill(os.getpid(), signal.SIGKILL)
        return True

    made = databases.apsw.Connection

    def watched(*arguments, **more):
        connection = made(*arguments, **more)
        connection.exec_trace = counted
        return connection

    databases.apsw.Connection = watched
    Log(path, key, SystemClock()).close()
    return seen


if __name__ == "__main__":
    for line in sys.stdin:
        log, its_key, before = json.loads(line)
        print(json.dumps(_end_of(Path(log), its_key, before)), flush=True)
