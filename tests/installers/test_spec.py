"""What PyInstaller is asked for on each system: the spec run with its makers recorded. It was never run there."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from balint_desktop import __version__

SPEC = Path(__file__).resolve().parents[2] / "installers" / "common" / "balint-desktop.spec"
# Names as they stand in PySide6's own wheels, and whether a package needs them.
FOUND = {
    "win32": {
        "PySide6/Qt6Gui.dll": True,
        "PySide6/Qt6PrintSupport.dll": True,
        "PySide6/Qt6Network.dll": False,
        "PySide6/Qt6OpenGL.dll": False,
        "PySide6/opengl32sw.dll": False,
        "PySide6/QtNetwork.pyd": False,
        "PySide6/plugins/platforms/qwindows.dll": True,
        "PySide6/plugins/platforms/qdirect2d.dll": False,
        "PySide6/plugins/styles/qmodernwindowsstyle.dll": True,
        "PySide6/plugins/imageformats/qsvg.dll": True,
        "PySide6/plugins/imageformats/qwebp.dll": False,
        "PySide6/plugins/tls/qschannelbackend.dll": False,
        "PySide6/translations/qtbase_de.qm": True,
        "PySide6/translations/qtbase_ja.qm": False,
        "_sounddevice_data/portaudio-binaries/libportaudio64bit.dll": True,
        "python311.dll": True,
    },
    "darwin": {
        "PySide6/Qt/lib/QtGui.framework/Versions/A/QtGui": True,
        "PySide6/Qt/lib/QtDBus.framework/Versions/A/QtDBus": True,
        "PySide6/Qt/lib/QtNetwork.framework/Versions/A/QtNetwork": False,
        "PySide6/Qt/lib/QtNetwork.framework/Resources/Info.plist": False,
        "PySide6/Qt/plugins/platforms/libqcocoa.dylib": True,
        "PySide6/Qt/plugins/styles/libqmacstyle.dylib": True,
        "PySide6/Qt/plugins/tls/libqsecuretransportbackend.dylib": False,
        "PySide6/Qt/translations/qtbase_de.qm": True,
    },
    "linux": {
        "PySide6/Qt/lib/libQt6Gui.so.6": True,
        "PySide6/Qt/lib/libQt6Network.so.6": False,
        "PySide6/Qt/plugins/platforms/libqxcb.so": True,
        "PySide6/Qt/plugins/platforms/libqeglfs.so": False,
        "PySide6/QtNetwork.abi3.so": False,
    },
}


@pytest.fixture
def asked(monkeypatch, tmp_path):
    """Run the spec for a system, and return what it asked PyInstaller for."""
    hooks = ModuleType("PyInstaller.utils.hooks")
    hooks.collect_submodules = lambda package: [package]
    for name, module in (
        ("PyInstaller", ModuleType("x")),
        ("PyInstaller.utils", ModuleType("y")),
        (hooks.__name__, hooks),
    ):
        monkeypatch.setitem(sys.modules, name, module)
    monkeypatch.setattr(sys, "path", [*sys.path])

    def run(platform):
        made = SimpleNamespace(programs=[], folder=None, app=None, archives=0)
        entries = [
            (name.replace("/", "\\") if platform == "win32" else name, "/x", "BINARY") for name in FOUND[platform]
        ]

        def analysis(_scripts, datas, **_more):
            listed = [(str(Path(into) / Path(source).name), source, "DATA") for source, into in datas]
            scripts = [("pyi_rth_pyside6", "/x", "PYSOURCE"), ("launcher", "/x", "PYSOURCE")]
            return SimpleNamespace(pure=[], scripts=scripts, binaries=entries, datas=listed)

        def exe(archive, scripts, options, **more):
            made.programs.append({"options": options, "scripts": [name for name, *_ in scripts], **more})
            return more["name"]

        def pyz(_pure):
            made.archives += 1
            return "archive"

        def collect(*found, **more):
            made.folder = (found, more)

        def bundle(_folder, **more):
            made.app = more

        names = {
            "SPECPATH": str(SPEC.parent),
            "workpath": str(tmp_path),
            "Analysis": analysis,
            "PYZ": pyz,
            "EXE": exe,
            "COLLECT": collect,
            "BUNDLE": bundle,
        }
        monkeypatch.setattr(sys, "platform", platform)
        exec(compile(SPEC.read_text(encoding="utf-8"), str(SPEC), "exec"), names)  # noqa: S102  our own spec
        monkeypatch.undo()
        return made

    return run


@pytest.mark.parametrize("platform", FOUND)
def test_a_package_takes_of_qt_what_a_window_without_a_network_needs(asked, platform):
    (*programs, binaries, _datas), _more = asked(platform).folder

    assert {inside.replace("\\", "/") for inside, _, _ in binaries} == {
        n for n, wanted in FOUND[platform].items() if wanted
    }
    assert programs


def test_windows_has_a_command_line_and_a_window_with_icon_and_version(asked):
    made = asked("win32")

    assert [(one["name"], one["console"]) for one in made.programs] == [
        ("balint-desktop", True),
        ("balint-desktop-window", False),
    ]
    for one in made.programs:
        assert Path(one["icon"]).read_bytes().startswith(b"\0\0\1\0")
        assert __version__ in Path(one["version"]).read_text(encoding="utf-8")
    assert made.archives == 1
    assert made.app is None


def test_a_mac_has_an_app_with_a_window_that_says_why_it_wants_the_microphone(asked):
    made = asked("darwin")
    (program,) = made.programs

    assert program["console"] is False
    assert Path(program["entitlements_file"]).is_file()
    assert Path(program["icon"]).read_bytes().startswith(b"icns")
    plist = made.app["info_plist"]
    assert plist["NSMicrophoneUsageDescription"].endswith("Start recording.")
    assert plist["NSAppSleepDisabled"] is True
    assert plist["CFBundleLocalizations"] == ["de", "en"]
    assert "_" not in made.app["bundle_identifier"]
    assert made.app["version"] == __version__


def test_a_linux_program_prints_where_it_is_started(asked):
    made = asked("linux")

    assert [(one["name"], one["console"], one["icon"]) for one in made.programs] == [("balint-desktop", True, None)]
    assert made.app is None


@pytest.mark.parametrize("platform", FOUND)
def test_what_is_printed_into_a_pipe_is_utf_8_on_every_system(asked, platform):
    assert {tuple(one["options"]) for one in asked(platform).programs} == {(("X utf8", None, "OPTION"),)}


@pytest.mark.parametrize("platform", FOUND)
def test_nothing_runs_before_the_program_that_would_load_qt_in_a_child(asked, platform):
    assert [one["scripts"] for one in asked(platform).programs] == [["launcher"]] * (2 if platform == "win32" else 1)
