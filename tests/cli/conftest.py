"""Fixtures for the tests of commands: the commands over a data folder, and their outcomes."""

from __future__ import annotations

import contextlib
import io
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from kept_vaults import keep_session, passphrase_file
from shared_copies import share
from vaults import make_vault

from balint_desktop.cli import main as cli
from balint_desktop.domain.study.consent import Purpose


@dataclass(frozen=True)
class Outcome:
    """The outcome of a command."""

    returncode: int
    stdout: str
    stderr: str


@dataclass(frozen=True)
class Program:
    """The commands over one data folder, with the passphrase in a file; `child` runs the program itself."""

    data: Path
    word: Path

    def __call__(self, *arguments, code=0):
        """Run a command that opens the vault, check its exit code, and return the outcome."""
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            came_to = cli.main(["--data-dir", str(self.data), *arguments, "--passphrase-file", str(self.word)])
        done = Outcome(came_to, out.getvalue(), err.getvalue())
        assert (done.returncode, bool(done.stderr)) == (code, bool(code)), (arguments, done)
        return done

    def child(self, *arguments):
        """Run the program itself."""
        command = [sys.executable, "-m", "balint_desktop", "--data-dir", str(self.data), *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    def lines(self, *arguments, code=0):
        """Return the objects a command prints, one per line."""
        return [json.loads(line) for line in self(*arguments, "--json", code=code).stdout.splitlines()]

    def wrong(self, *arguments, code=1):
        """Return the one line that reports the error."""
        (line,) = self(*arguments, code=code).stderr.splitlines()
        return line


@pytest.fixture
def empty(tmp_path):
    """The program over an empty vault."""
    make_vault(tmp_path / "data" / "vault")
    return Program(tmp_path / "data", passphrase_file(tmp_path))


@pytest.fixture
def shared(tmp_path):
    """A recording that one vault has shared with another."""
    return share(tmp_path, make_here=make_vault, this_vault_reads=False)


@pytest.fixture
def reader(shared, tmp_path):
    """The program over the vault that it was shared with."""
    return Program(shared.here.folder.parent, passphrase_file(tmp_path))


@pytest.fixture
def kept_session(tmp_path):
    """A vault with one recorded session."""
    return keep_session(tmp_path / "data", purposes=[Purpose.TRANSCRIPTION])


@pytest.fixture
def program(kept_session, tmp_path):
    """The program over that vault."""
    return Program(kept_session.data, passphrase_file(tmp_path))
