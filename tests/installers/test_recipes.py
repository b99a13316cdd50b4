"""The recipes for Windows and macOS say what the program does, and `make installers-check` tells a wrong one."""

from __future__ import annotations

import ast
import importlib.util
import plistlib
import struct
import sys
import xml.etree.ElementTree as ET
from pathlib import Path
from types import SimpleNamespace

import pytest

from balint_desktop import __version__, command
from balint_desktop.data_folder import data_folder

ROOT = Path(__file__).resolve().parents[2]
INSTALLERS = ROOT / "installers"
WIX = "{http://schemas.microsoft.com/wix/2006/wi}"


def recipe(name):
    """Return a script of a recipe as a module."""
    path = INSTALLERS / name
    spec = importlib.util.spec_from_file_location(f"recipe_{path.stem}", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def check():
    return recipe("check.py")


@pytest.fixture
def script():
    return (INSTALLERS / "windows" / "balint-desktop.iss").read_text(encoding="utf-8-sig")


def setup_lines(script):
    """Return the directives of the installer's first section."""
    body = script.split("[Setup]")[1].split("[Languages]")[0]
    return dict(line.split("=", 1) for line in body.splitlines() if "=" in line and not line.startswith((";", "#")))


def test_the_installer_is_for_one_user_unless_an_administrator_says_otherwise(script):
    lines = setup_lines(script)

    assert lines["PrivilegesRequired"] == "lowest"
    assert lines["PrivilegesRequiredOverridesAllowed"] == "dialog commandline"
    assert lines["ArchitecturesAllowed"] == lines["ArchitecturesInstallIn64BitMode"] == "x64compatible"


def test_an_upgrade_removes_the_libraries_before_it_and_nothing_deletes_the_vault(script, monkeypatch):
    """The vault's folder stands in the script once: where the uninstaller says that it stays."""
    monkeypatch.setattr("platformdirs.user_data_path", lambda name, **_options: Path("{localappdata}") / name)
    vaults = str(data_folder().root).replace("/", "\\")
    code = script.split("[Code]")[1]

    assert script.split("[InstallDelete]")[1].split("[Files]")[0].count("Name:") == 1
    assert 'Name: "{app}\\_internal"' in script
    assert "[UninstallDelete]" not in script
    assert script.count(vaults) == code.count(vaults) == 1
    assert "DelTree" not in code


def test_the_start_menu_opens_the_windowed_program_and_children_are_the_other_one(script):
    programs = [line for line in script.splitlines() if "{autoprograms}" in line]

    assert len(programs) == 1
    assert "balint-desktop-window.exe" in programs[0]
    assert command._CONSOLE_PROGRAM == "balint-desktop.exe"


def test_the_two_languages_of_the_installer_have_the_same_messages(script):
    messages = script.split("[CustomMessages]")[1].split("[Tasks]")[0].split()
    keys = [word.split("=")[0].split(".") for word in messages if "=" in word and "." in word.split("=")[0]]

    assert {key for language, key in keys if language == "en"} == {key for language, key in keys if language == "de"}


def test_windows_compares_the_version_as_four_numbers(tmp_path):
    version_info = recipe("windows/version_info.py")
    text = version_info.write_version_info(tmp_path, __version__).read_text(encoding="utf-8")
    called = {node.func.id for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)}

    assert f"filevers={version_info.numbers(__version__)}" in text
    assert "VSVersionInfo" in called
    assert version_info.numbers("0.12.3") == (0, 12, 3, 0)


def test_an_msi_has_a_component_for_each_file_that_stays_the_same_in_the_next_version(check, tmp_path):
    msi = recipe("windows/msi.py")
    first, second = (ET.fromstring(msi.wxs(check.stub(tmp_path), version, "x.ico")) for version in ("0.1.0", "0.2.0"))  # noqa: S314  ours

    def guids(tree):
        return {
            component.find(f"{WIX}File").get("Source"): component.get("Guid")
            for component in tree.iter(f"{WIX}Component")
            if component.find(f"{WIX}File") is not None
        }

    assert set(guids(first)) == set(check.STUB)
    assert guids(first) == guids(second)
    assert len(set(guids(first).values())) == len(check.STUB)
    codes = {tree.find(f"{WIX}Product").get("UpgradeCode") for tree in (first, second)}
    assert {code.upper() for code in codes} == codes
    assert len(codes) == 1


def test_an_msi_without_the_window_is_refused(tmp_path):
    (tmp_path / "balint-desktop.exe").touch()

    with pytest.raises(SystemExit, match="window"):
        recipe("windows/msi.py").wxs(tmp_path, "0.1.0", "x.ico")


def test_the_icons_hold_each_size_where_their_directories_say():
    icons = recipe("common/icons.py")
    data = icons.ico()
    _, kind, count = struct.unpack_from("<HHH", data)
    entries = [struct.unpack_from("<BBBBHHII", data, 6 + 16 * place) for place in range(count)]

    assert kind == 1
    assert [entry[0] or 256 for entry in entries] == list(icons.ICO_PX)
    assert all(data[at : at + 8] == b"\x89PNG\r\n\x1a\n" for *_, at in entries)
    assert entries[-1][6] + entries[-1][7] == len(data)
    macs = icons.icns()
    assert (macs[:4], struct.unpack_from(">I", macs, 4)[0]) == (b"icns", len(macs))


def test_a_mac_gives_the_program_the_microphone_under_the_hardened_runtime():
    entitlements = plistlib.loads((INSTALLERS / "macos" / "entitlements.plist").read_bytes())

    assert entitlements["com.apple.security.device.audio-input"] is True
    assert "com.apple.security.network.client" not in entitlements


def test_no_program_of_a_mac_is_a_console_program():
    """PyInstaller makes an app of a console program one without a window (LSBackgroundOnly)."""
    spec = (INSTALLERS / "common" / "balint-desktop.spec").read_text(encoding="utf-8")

    assert 'console=sys.platform != "darwin"' in spec


def test_a_line_of_the_check_says_what_became_of_each_recipe_and_why(check, capsys, monkeypatch):
    def wrong(_folder):
        check.require(not check.STUB, "the microphone is missing")

    def absent(_folder):
        check.tool("a-tool-that-nobody-has")

    checks = (check.Check("one", lambda _folder: "fine"), check.Check("two", wrong), check.Check("three", absent))
    monkeypatch.setattr(check, "CHECKS", checks)
    outcomes = check.outcomes
    monkeypatch.setattr(check, "outcomes", lambda: outcomes(checks))

    assert check.main() == 1
    assert capsys.readouterr().out.splitlines() == [
        "ok      one: fine",
        "FAILED  two: the microphone is missing",
        "not run three: a-tool-that-nobody-has is not installed",
    ]


@pytest.mark.parametrize("name", ["entitlements", "python_scripts", "icons"])
def test_what_needs_no_other_program_passes(check, tmp_path, name):
    assert getattr(check, name)(tmp_path)


def test_a_manifest_that_asks_for_the_network_fails(check, monkeypatch, tmp_path):
    answers = iter(['{"finish-args": ["--socket=pulseaudio"]}', '{"finish-args": ["--share=network"]}'])
    monkeypatch.setattr(check, "tool", lambda name: name)
    monkeypatch.setattr(
        check.subprocess, "run", lambda *_, **__: SimpleNamespace(returncode=0, stdout=next(answers), stderr="")
    )

    assert check.flatpak(tmp_path)
    with pytest.raises(check.WrongError, match="network"):
        check.flatpak(tmp_path)


def test_a_failing_program_fails_its_check_with_what_it_said(check):
    with pytest.raises(check.WrongError, match="exit code 3: it is wrong"):
        check.run(sys.executable, "-c", "import sys; print('it is wrong'); sys.exit(3)")
