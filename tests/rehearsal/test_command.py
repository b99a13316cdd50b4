import shutil

import pytest
from other_systems import SystemOf

from balint_desktop.rehearsal import command, screen


def test_missing_tools_are_reported_with_what_to_install(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(command.shutil, "which", lambda name: None if name in {"espeak-ng", "pactl"} else name)

    wrong = command.rehearse(str(tmp_path / "out"))

    assert "sudo apt install espeak-ng pulseaudio-utils" in wrong
    assert len(wrong.splitlines()) == 1
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_other_systems_are_told_of_the_self_test_instead(monkeypatch, tmp_path, platform):
    monkeypatch.setattr(command.shutil, "which", lambda _name: None)
    monkeypatch.setattr(command, "sys", SystemOf(platform))

    assert command.rehearse(str(tmp_path / "out")).endswith("run: balint-desktop doctor --self-test")


def test_an_existing_screen_is_used_first(monkeypatch):
    monkeypatch.setenv("DISPLAY", ":7")

    with screen.screen() as shown:
        assert shown.environment == {}


def test_without_any_screen_it_renders_in_memory(monkeypatch):
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setattr(screen.shutil, "which", lambda _name: None)

    with screen.screen() as shown:
        assert shown.environment == {"QT_QPA_PLATFORM": "offscreen"}


@pytest.mark.skipif(shutil.which("Xvfb") is None, reason="not run: Xvfb is not installed")
def test_a_virtual_screen_starts_and_stops(monkeypatch):
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)

    started = []
    start = screen._started
    monkeypatch.setattr(screen, "_started", lambda: started.append(start()) or started[0])

    with screen.screen() as shown:
        process, display = started[0]
        assert shown.environment == {"DISPLAY": display}
        assert process.poll() is None

    assert process.poll() is not None
