"""Small models for the tests of the models: files of a few bytes, and a list that knows one of them."""

from __future__ import annotations

import hashlib
import random
import zipfile
from pathlib import Path

from balint_desktop.transcription.model_store import ModelStore
from balint_desktop.transcription.models import ListedModel, ModelFile, ModelList

FILES = {
    "config.json": b'{"lang_ids": []}',
    "tokenizer.json": b'{"model": {}}',
    "vocabulary.txt": b"a\nb\n" * 100,
    # Weights hardly shrink in a zip.
    "model.bin": random.Random(1).randbytes(2_300_000),
}


def model_file(name: str, data: bytes) -> ModelFile:
    return ModelFile(name, hashlib.sha256(data).hexdigest(), len(data))


LISTED = ListedModel(
    name="small.en",
    purpose="recommended",
    licence="MIT",
    source="https://example.org/small.en",
    languages=("en",),
    memory_mb=700,
    files=tuple(model_file(name, data) for name, data in FILES.items()),
)
KNOWN = ModelList((LISTED,), ("en", "de", "mi"))


def store(data: Path) -> ModelStore:
    return ModelStore(data / "models", KNOWN)


def model_folder(path: Path, **other: bytes | None) -> Path:
    """Write a model into a folder: the listed one, but for these files (their dots written as __), None for without."""
    path.mkdir(parents=True, exist_ok=True)
    for name, data in (FILES | _named(other)).items():
        if data is not None:
            (path / name).write_bytes(data)
    return path


def model_zip(path: Path, folder: str = "", **other: bytes | None) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in (FILES | _named(other)).items():
            if data is not None:
                packed.writestr(f"{folder}{name}", data)
    return path


def _named(other: dict[str, bytes | None]) -> dict[str, bytes | None]:
    return {name.replace("__", "."): data for name, data in other.items()}
