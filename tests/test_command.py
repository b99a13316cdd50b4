"""How the program starts itself again, and what a windowed program of Windows lacks."""

from __future__ import annotations

import errno
import subprocess
import sys
from types import SimpleNamespace

import pytest

from balint_desktop import __main__ as program
from balint_desktop import command


@pytest.fixture
def frozen(monkeypatch, tmp_path):
    """Pretend to be the windowed program of a package, with the console program beside it where asked."""

    def pretend(platform, *, beside):
        window = tmp_path / "balint-desktop-window.exe"
        if beside:
            (tmp_path / "balint-desktop.exe").touch()
        monkeypatch.setattr(command, "sys", SimpleNamespace(platform=platform, executable=str(window), frozen=True))
        return window

    return pretend


def test_a_packaged_windows_program_starts_its_children_as_the_program_that_has_streams(frozen):
    window = frozen("win32", beside=True)

    assert command.own_command("recorder") == [str(window.with_name("balint-desktop.exe")), "recorder"]


@pytest.mark.parametrize(("platform", "beside"), [("win32", False), ("linux", True), ("darwin", True)])
def test_any_other_packaged_program_starts_itself(frozen, platform, beside):
    window = frozen(platform, beside=beside)

    assert command.own_command("devices") == [str(window), "devices"]


def test_a_checkout_starts_the_interpreter():
    assert command.own_command("devices") == [sys.executable, "-m", "balint_desktop", "devices"]


def test_on_windows_a_child_opens_no_console_and_hears_no_ctrl_c(monkeypatch):
    monkeypatch.setattr(command, "sys", SimpleNamespace(platform="win32"))
    monkeypatch.setattr(subprocess, "CREATE_NO_WINDOW", 0x08000000, raising=False)
    monkeypatch.setattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0x200, raising=False)

    assert command.own_session() == {"creationflags": 0x08000200}


@pytest.mark.parametrize(
    ("expected", "platform", "error"),
    [
        (True, "linux", BrokenPipeError(errno.EPIPE, "")),
        (True, "win32", OSError(errno.EINVAL, "")),
        (False, "linux", OSError(errno.EINVAL, "")),
        (False, "win32", OSError(errno.ENOSPC, "")),
    ],
)
def test_a_pipe_without_a_reader_is_known_by_each_systems_error(monkeypatch, expected, platform, error):
    monkeypatch.setattr(command, "sys", SimpleNamespace(platform=platform))

    assert command.is_reader_gone(error) is expected


def test_a_program_without_streams_gets_some_that_lead_nowhere(monkeypatch):
    for name in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(sys, name, None)

    program.have_streams()
    print("nobody reads this")
    sys.stdout.flush()
    made = (sys.stdin, sys.stdout, sys.stderr)

    assert sys.stdin.read() == ""
    for stream in made:
        stream.close()


def test_streams_that_are_there_stay(monkeypatch):
    before = (sys.stdin, sys.stdout, sys.stderr)

    program.have_streams()

    assert (sys.stdin, sys.stdout, sys.stderr) == before
