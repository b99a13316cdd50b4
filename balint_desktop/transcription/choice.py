"""Which model hears a recording, and in which language: named by a person, never detected."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache

from balint_desktop import resources
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.transcription.model_store import InstalledModel, ModelStore

ENGLISH = "en"
_BEST_FIRST = ("recommended", "overnight", "other-languages", "first-look", "tests")


class LanguageError(ValueError):
    """A model does not hear this language; the text is the languages that it hears."""


@cache
def language_names() -> Mapping[str, str]:
    """Return the English name of each language by its code."""
    return tomllib.loads(resources.text("models/languages.toml"))


def choose_model(store: ModelStore, name: str = "") -> InstalledModel:
    """Return the model with that name, or the best of those on this computer. Raise Trouble NO_MODEL, MODEL_MISSING."""
    if name:
        return store.find(name)
    models = store.installed()
    if not models:
        raise Trouble(TroubleCode.NO_MODEL)
    return min(models, key=_rank)


def _rank(model: InstalledModel) -> int:
    return _BEST_FIRST.index(model.listed.purpose) if model.listed is not None else len(_BEST_FIRST)


def choose_language(model: InstalledModel, named: str = "") -> str:
    """Return the code of a language that a model hears, from its code or English name; English if none is named.

    Raise LanguageError.
    """
    wanted = named.strip().casefold() or ENGLISH
    names = language_names()
    found = [code for code in model.languages if wanted in {code, names.get(code, code).casefold()}]
    if len(found) != 1:
        raise LanguageError(", ".join(sorted(names.get(code, code) for code in model.languages)))
    return found[0]
