"""The mark by which Windows' installer sees that the program runs."""

from __future__ import annotations

import ctypes
from pathlib import Path
from types import SimpleNamespace

from other_systems import RecordedCalls, SystemOf

from balint_desktop.ui.shell import running_mark

SCRIPT = Path(__file__).parents[3] / "installers" / "windows" / "balint-desktop.iss"


def test_the_installer_looks_for_the_marks_that_the_program_makes(monkeypatch):
    kernel = RecordedCalls(CreateMutexW=1)
    monkeypatch.setattr(running_mark, "sys", SystemOf("win32"))
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernel32=kernel), raising=False)

    running_mark.set_running_mark()

    names = [name.value for _, (_security, _owner, name) in kernel.calls]
    assert f"\nAppMutex={','.join(names)}\n" in SCRIPT.read_text(encoding="utf-8")


def test_a_windows_that_refuses_the_mark_opens_the_window_all_the_same(monkeypatch):
    monkeypatch.setattr(running_mark, "sys", SystemOf("win32"))
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernel32=RecordedCalls()), raising=False)

    assert running_mark.set_running_mark() is None
