"""How a package starts the program."""

from __future__ import annotations

import os
import runpy
from pathlib import Path

import pytest

from balint_desktop import __main__ as program

LAUNCHER = str(Path(__file__).resolve().parents[2] / "installers" / "common" / "launcher.py")


@pytest.fixture
def launch(monkeypatch):
    """Run the launcher, and return the environment that the program sees."""

    def run():
        seen = {}
        monkeypatch.setattr(program, "main", lambda: seen.update(os.environ) or 3)
        with pytest.raises(SystemExit) as ended:
            runpy.run_path(LAUNCHER, run_name="__main__")
        assert ended.value.code == 3
        return seen

    # Set, so that what the launcher makes of it is undone.
    monkeypatch.setenv("PYINSTALLER_RESET_ENVIRONMENT", "0")
    return run


@pytest.mark.parametrize("before", [None, "/opt/lib"])
def test_a_program_of_the_system_is_started_with_the_systems_libraries(launch, monkeypatch, before):
    """PyInstaller puts the package's libraries in front; xdg-open, ffmpeg and pactl must not load them."""
    monkeypatch.setenv("LD_LIBRARY_PATH", "/usr/lib/balint-desktop/_internal")
    monkeypatch.delenv("LD_LIBRARY_PATH_ORIG", raising=False)
    if before:
        monkeypatch.setenv("LD_LIBRARY_PATH_ORIG", before)

    seen = launch()

    assert seen.get("LD_LIBRARY_PATH") == before
    assert "LD_LIBRARY_PATH_ORIG" not in seen
    assert seen["PYINSTALLER_RESET_ENVIRONMENT"] == "1"


def test_the_plugins_of_the_systems_qt_are_not_loaded(launch, monkeypatch):
    monkeypatch.setenv("QT_PLUGIN_PATH", "/usr/lib/x86_64-linux-gnu/qt6/plugins")

    assert "QT_PLUGIN_PATH" not in launch()
