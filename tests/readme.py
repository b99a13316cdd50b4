"""Extracts the commands to type from the README, so that they stay correct; and a terminal to run them at."""

from __future__ import annotations

import os
import pty
import re
import subprocess
from pathlib import Path

README = Path(__file__).resolve().parents[1] / "README.md"


def blocks(heading):
    """Return the blocks of commands in the section with that heading."""
    _before, found, after = README.read_text(encoding="utf-8").partition(f"\n## {heading}\n")
    assert found, heading
    return re.findall(r"^```\w*\n(.*?)^```", after.partition("\n## ")[0], re.MULTILINE | re.DOTALL)


def lines_that_open(vault, recording, *, by="passphrase"):
    """Return the commands that open a recording with stock age, for this vault and this recording."""
    by_passphrase, by_recovery_key = blocks("Open a recording without the app")
    where, sealed = re.match(r"(cd \S+\nrecording=\S+\n)(.*)", by_passphrase, re.DOTALL).groups()
    where = re.sub(r"cd \S+", f"cd '{vault}'", where).replace("recordings/ID", f"recordings/{recording}")
    return "set -eu\n" + where + {"passphrase": sealed, "recovery key": by_recovery_key}[by]


def into_file(lines, path):
    """Return the commands with a file instead of the player."""
    before, _bar, player = lines.rpartition("|")
    assert player.strip().startswith("ffplay")
    return f"{before.rstrip()} > '{path}'\n"


def at_terminal(lines, typed, *, asks="", **environment):
    """Run the commands in a shell at a terminal, type an answer as soon as it asks, and return the exit code."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        ["setsid", "--ctty", "sh", "-c", lines],
        stdin=theirs,
        stdout=subprocess.DEVNULL,
        stderr=theirs,
        env={**os.environ, **environment},
    ) as shell:
        os.close(theirs)
        shown = b""
        while asks.encode() not in shown:
            shown += os.read(ours, 1024)
        os.write(ours, typed.encode())
        shell.wait()
    os.close(ours)
    return shell.returncode
