"""The packages of the transcription engine for Windows and macOS put it where the app looks for it."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path, PureWindowsPath

import pytest

from balint_desktop.transcription.engine_location import MAC_FOLDER, PROGRAM, packaged_engines

ROOT = Path(__file__).resolve().parents[2]
INSTALLERS = ROOT / "installers"
WIX = "{http://schemas.microsoft.com/wix/2006/wi}"


def recipe(name, monkeypatch):
    """Return a script of a recipe as a module, beside whose folder it finds its own."""
    path = INSTALLERS / name
    monkeypatch.setattr(sys, "path", [str(path.parent), str(INSTALLERS / "common"), *sys.path])
    spec = importlib.util.spec_from_file_location(f"engine_recipe_{path.parent.name}_{path.stem}", path)
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, spec.name, module)
    spec.loader.exec_module(module)
    return module


def directives(script):
    """Return the directives of an installer's first section."""
    body = script.split("[Setup]")[1].split("[Languages]")[0]
    return dict(line.split("=", 1) for line in body.splitlines() if "=" in line and not line.startswith((";", "#")))


@pytest.fixture
def script():
    return (INSTALLERS / "windows" / f"{PROGRAM}.iss").read_text(encoding="utf-8-sig")


@pytest.fixture
def app_script():
    return (INSTALLERS / "windows" / "balint-desktop.iss").read_text(encoding="utf-8-sig")


@pytest.fixture
def macos(monkeypatch):
    return recipe("macos/build_transcribe.py", monkeypatch)


@pytest.fixture
def msi(monkeypatch):
    return recipe("windows/msi.py", monkeypatch)


def test_the_setup_goes_beside_the_folder_of_the_app(script, monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    (engine,) = packaged_engines(Path("/programs/Balint Desktop/balint-desktop.exe"))

    assert directives(script)["DefaultDirName"] == "{code:EngineFolder}"
    assert f"ExtractFileDir(RemoveBackslash(AppFolder(IsAdminInstallMode)))) + '{engine.parent.name}'" in script
    assert engine.name == PureWindowsPath(directives(script)["UninstallDisplayIcon"]).name


def test_it_never_takes_the_folder_of_an_earlier_setup_for_granted(script):
    """The app may have been moved since, and would look beside its new folder."""
    assert directives(script)["UsePreviousAppDir"] == "no"


def test_the_setup_finds_the_app_by_the_key_of_its_own_setup(script, app_script):
    (key,) = re.findall(r"Uninstall\\(\{[0-9A-F-]+\})_is1", script)

    assert "{" + key == directives(app_script)["AppId"]
    assert directives(script)["AppId"] != directives(app_script)["AppId"]


def test_both_setups_ask_for_the_same_rights_the_same_system_and_a_closed_window(script, app_script):
    same = (
        "PrivilegesRequired",
        "PrivilegesRequiredOverridesAllowed",
        "ArchitecturesAllowed",
        "MinVersion",
        "AppMutex",
    )

    assert {name: directives(script)[name] for name in same} == {name: directives(app_script)[name] for name in same}


def test_an_upgrade_deletes_the_libraries_before_it_and_nothing_else(script):
    deleted = script.split("[InstallDelete]")[1].split("[Files]")[0]

    assert deleted.count("Name:") == 1
    assert 'Type: filesandordirs; Name: "{app}\\_internal"' in deleted
    assert "[UninstallDelete]" not in script
    assert "DelTree" not in script


def test_every_refusal_is_said_in_both_languages(script):
    listed = script.split("[CustomMessages]")[1].split("[InstallDelete]")[0]
    english, german = (set(re.findall(rf"^{language}\.(\w+)=", listed, re.MULTILINE)) for language in ("en", "de"))

    assert set(re.findall(r"CustomMessage\('(\w+)'\)", script)) == english == german


def test_the_setup_shows_what_may_be_done_with_the_parts_that_are_not_free(script):
    assert directives(script)["LicenseFile"] == r"{#Frozen}\LICENCE.txt"


def test_an_msi_puts_the_engine_beside_the_folder_of_the_app(msi, tmp_path):
    (tmp_path / f"{PROGRAM}.exe").touch()
    tree = ET.fromstring(msi.wxs(tmp_path, "0.1.0", "x.ico", msi.ENGINE))  # noqa: S314  ours
    (program_files,) = (one for one in tree.iter(f"{WIX}Directory") if one.get("Id") == "ProgramFiles64Folder")

    assert [one.get("Name") for one in program_files] == [PROGRAM]
    assert list(tree.iter(f"{WIX}Shortcut")) == []
    assert msi.ENGINE.upgrade_code != msi.APP.upgrade_code


def test_an_msi_of_the_engine_without_the_engine_is_refused(msi, tmp_path):
    (tmp_path / msi.APP.program).touch()

    with pytest.raises(SystemExit, match=PROGRAM):
        msi.wxs(tmp_path, "0.1.0", "x.ico", msi.ENGINE)


def test_a_macs_package_shows_the_licence_and_is_for_its_processor(macos):
    tree = ET.fromstring(macos.distribution("0.2.0", "arm64").encode())  # noqa: S314  ours

    assert tree.find("license").get("file") == "LICENCE.txt"
    assert tree.find("options").get("hostArchitectures") == "arm64"
    assert {one.get("id") for one in tree.iter("pkg-ref")} == {macos.IDENTIFIER}
    assert [one.text for one in tree.findall("pkg-ref")] == ["engine.pkg"]


def test_a_macs_package_goes_where_the_app_looks_and_nowhere_else(macos, monkeypatch, tmp_path):
    """pkgbuild would let a bundle inside follow a copy of it that lies elsewhere."""
    commands = []

    def runs(command, **_options):
        commands.append(command)
        if "--analyze" in command:
            found = [{"RootRelativeBundlePath": "_internal/Python.framework", "ChildBundles": [{"x": 1}]}]
            Path(command[-1]).write_bytes(macos.plistlib.dumps(found))

    monkeypatch.setattr(macos.subprocess, "run", runs)
    monkeypatch.setattr(macos, "WORK", tmp_path / "work")
    macos.write_package(tmp_path / "frozen", tmp_path / "engine.pkg")
    (built,) = (one for one in commands if one[0] == "pkgbuild" and "--analyze" not in one)
    options = dict(zip(built[1:-1:2], built[2:-1:2], strict=True))
    (bundle,) = macos.plistlib.loads(Path(options["--component-plist"]).read_bytes())

    assert options["--install-location"] == str(MAC_FOLDER)
    assert options["--root"] == str(tmp_path / "frozen")
    assert os.access(Path(options["--scripts"]) / "preinstall", os.X_OK)
    for one in (bundle, *bundle["ChildBundles"]):
        assert one["BundleIsRelocatable"] is one["BundleIsVersionChecked"] is False
    assert commands[-1][0] == "productbuild"


@pytest.mark.parametrize("end", ["", "/"])
def test_an_upgrade_on_a_mac_deletes_the_engine_before_it(tmp_path, end):
    engine = tmp_path / "Application Support" / PROGRAM
    (engine / "_internal").mkdir(parents=True)
    other = engine.with_name("balint-desktop")
    other.mkdir()

    assert preinstall(f"{engine}{end}").returncode == 0
    assert [one.name for one in engine.parent.iterdir()] == [other.name]
    assert preinstall(f"{engine}{end}").returncode == 0


def test_it_deletes_no_other_folder(tmp_path):
    (tmp_path / "vault").touch()
    done = preinstall(str(tmp_path))

    assert (done.returncode, [one.name for one in tmp_path.iterdir()]) == (1, ["vault"])
    assert str(tmp_path) in done.stderr


def preinstall(folder):
    """Run the script as macOS's installer does."""
    script = INSTALLERS / "macos" / "transcribe-scripts" / "preinstall"
    return subprocess.run(
        ["/bin/sh", str(script), "engine.pkg", folder, "/"], capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("system", ["windows", "macos"])
def test_it_is_built_on_its_own_system_alone(system, monkeypatch, capsys):
    monkeypatch.setattr(sys, "platform", "linux")

    assert recipe(f"{system}/build_transcribe.py", monkeypatch).main() == 1
    assert "is built on" in capsys.readouterr().err
