"""The models known to the app: their files with hashes, languages, size and purpose."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

WEIGHTS = "model.bin"
CONFIG = "config.json"
TOKENIZER = "tokenizer.json"
VOCABULARIES = ("vocabulary.txt", "vocabulary.json")
FEATURES = "preprocessor_config.json"
"""Newer models have it; the others do without."""

# The rule of Whisper itself: a model for English alone has one token less.
_MULTILINGUAL_TOKENS = 51_865
_MULTILINGUAL = "multilingual"
ENGLISH = ("en",)


@dataclass(frozen=True, slots=True)
class ModelFile:
    """One file of a model. `sha256` is empty where it is not known."""

    name: str
    sha256: str
    bytes: int


@dataclass(frozen=True, slots=True)
class ListedModel:
    """A model on the list. `purpose` is a code; its words are in `text/models.py`."""

    name: str
    purpose: str
    licence: str
    source: str
    languages: tuple[str, ...]
    memory_mb: int
    files: tuple[ModelFile, ...]

    @property
    def is_multilingual(self) -> bool:
        """Return whether it hears more than English."""
        return self.languages != ENGLISH

    @property
    def is_for_tests(self) -> bool:
        """Return whether it is of use to the tests alone."""
        return self.purpose == "tests"

    @property
    def bytes(self) -> int:
        """Return its size on the disk."""
        return sum(file.bytes for file in self.files)

    @property
    def is_known(self) -> bool:
        """Return whether the hash of every file is known: only then can a copy of it be checked."""
        return all(file.sha256 for file in self.files)

    def sha256_of(self, name: str) -> str:
        """Return the hash of a file, empty if it has no such file or its hash is not known."""
        return next((file.sha256 for file in self.files if file.name == name), "")


@dataclass(frozen=True, slots=True)
class ModelList:
    """The list, in the order in which models are offered. `languages` are those of a multilingual model."""

    models: tuple[ListedModel, ...]
    languages: tuple[str, ...]

    def named(self, name: str) -> ListedModel | None:
        """Return the model with that name."""
        return next((model for model in self.models if model.name == name), None)

    def match(self, files: Iterable[ModelFile]) -> ListedModel | None:
        """Return the model that has exactly these files, None if the list has no such model."""
        found = {file.name: file.sha256 for file in files}
        return next((model for model in self.models if model.is_known and _hashes(model) == found), None)

    def resembled(self, files: Iterable[ModelFile]) -> tuple[ListedModel, str] | None:
        """Return the model that these files are nearly, and the first of its files that is missing or another."""
        found = {file.name: file.sha256 for file in files}
        for sign in (WEIGHTS, CONFIG):
            for model in self.models:
                if found.get(sign) and found[sign] == model.sha256_of(sign):
                    other = next((one.name for one in model.files if one.sha256 != found.get(one.name)), None)
                    return (model, other) if other is not None else None
        return None


def parse_models(text: str) -> ModelList:
    """Parse the list. Raise ValueError or KeyError: it is shipped with the app."""
    data = tomllib.loads(text)
    languages = tuple(data[_MULTILINGUAL].split())
    return ModelList(tuple(_model(one, languages) for one in data["model"]), languages)


def is_multilingual_vocabulary(tokens: int) -> bool:
    """Return whether a model with so many tokens hears more than English."""
    return tokens >= _MULTILINGUAL_TOKENS


def _model(data: Mapping[str, Any], languages: tuple[str, ...]) -> ListedModel:
    files = tuple(ModelFile(one["name"], one.get("sha256", ""), one["bytes"]) for one in data["files"])
    return ListedModel(
        name=data["name"],
        purpose=data["purpose"],
        licence=data["licence"],
        source=data["source"],
        languages=languages if data["languages"] == _MULTILINGUAL else tuple(data["languages"].split()),
        memory_mb=data["memory_mb"],
        files=files,
    )


def _hashes(model: ListedModel) -> dict[str, str]:
    return {file.name: file.sha256 for file in model.files}
