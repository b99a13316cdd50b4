"""A child that migrates a log to this version, and is killed before the statement with that number.

It says how many statements there were where it is let live. Run as a program: killed_migration.py LOG KEY NUMBER.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from balint_desktop.domain.clock import SystemClock
from balint_desktop.vault.log import database as databases
from balint_desktop.vault.log.log import Log


def killed_at(path, key, number):
    """Migrate in a child that dies before that statement. Return the number of statements, None if it was killed."""
    done = subprocess.run(
        [sys.executable, __file__, str(path), key, str(number)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    if done.returncode == -signal.SIGKILL:
        return None
    if done.returncode:
        raise AssertionError(done.stderr)
    return int(done.stdout)


def main(path, key, number):
    """Run the child."""
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
    print(seen)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
