"""How a package starts the program."""

from __future__ import annotations

import os
import runpy
from pathlib import Path

import pytest

from balint_desktop import __main__ as program

LAUNCHER = str(Path(__file__).resolve().parents[2] / "installers" / "common" / "launcher.py")


@pytest.mark.parametrize("before", [None, "/opt/lib"])
def test_a_program_of_the_system_is_started_with_the_systems_libraries(monkeypatch, before):
    """PyInstaller puts the package's libraries in front; xdg-open, ffmpeg and pactl must not load them."""
    seen = {}
    monkeypatch.setenv("LD_LIBRARY_PATH", "/usr/lib/balint-desktop/_internal")
    monkeypatch.delenv("LD_LIBRARY_PATH_ORIG", raising=False)
    monkeypatch.delenv("PYINSTALLER_RESET_ENVIRONMENT", raising=False)
    if before:
        monkeypatch.setenv("LD_LIBRARY_PATH_ORIG", before)
    monkeypatch.setattr(program, "main", lambda: seen.update(os.environ) or 3)

    with pytest.raises(SystemExit) as ended:
        runpy.run_path(LAUNCHER, run_name="__main__")

    assert ended.value.code == 3
    assert seen.get("LD_LIBRARY_PATH") == before
    assert "LD_LIBRARY_PATH_ORIG" not in seen
    assert seen["PYINSTALLER_RESET_ENVIRONMENT"] == "1"
