"""Translation: every string shown to a person passes through `tr`."""

from __future__ import annotations

import gettext
import json
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from balint_desktop import resources
from balint_desktop.i18n import catalogue
from balint_desktop.i18n.system_languages import system_languages

SOURCE = "en"
"""The language the app is written in: it has no catalogue."""


@dataclass(slots=True)
class _InUse:
    """The language in use; None before the first text."""

    language: str = SOURCE
    texts: gettext.NullTranslations | None = None


_in_use = _InUse()
_for_now: ContextVar[_InUse | None] = ContextVar("_for_now", default=None)
_said: set[str] = set()


def use(wanted: Iterable[str]) -> str:
    """Use the first of these languages that the app speaks, English if none, and return it.

    Tags and locale names are read alike: de-CH, de_CH.UTF-8 and de are German, and so is de-CH without a catalogue of
    its own. English counts as spoken, so that what stands after it is not used.
    """
    spoken = available()
    for tag in wanted:
        for candidate in _candidates(tag):
            if candidate in spoken:
                _in_use.language, _in_use.texts = candidate, _texts(candidate)
                return candidate
    _in_use.language, _in_use.texts = SOURCE, _texts(SOURCE)
    return SOURCE


def use_texts(texts: gettext.NullTranslations, tag: str) -> None:
    """Use texts made elsewhere, such as a pseudo-language's."""
    _in_use.language, _in_use.texts = tag, texts


@contextmanager
def in_language(tag: str) -> Iterator[None]:
    """Say what is said meanwhile, in this thread, in the language of a text: English where the app lacks it.

    A pseudo-language in use stays, so that what passes no `tr` is seen in texts, too.
    """
    _current()
    spoken = available()
    known = next((one for one in _candidates(tag) if one in spoken), SOURCE)
    stays = known == SOURCE and _in_use.language not in spoken
    token = _for_now.set(_in_use if stays else _InUse(known, _texts_once(known)))
    try:
        yield
    finally:
        _for_now.reset(token)


def language() -> str:
    """Return the language in use, as a tag."""
    _current()
    return (_for_now.get() or _in_use).language


def available() -> tuple[str, ...]:
    """Return the languages the app speaks, as tags: English, and one for each file in resources/translations."""
    return (SOURCE, *catalogue.tags(_folder()))


def chosen_language(preferences: Path) -> str:
    """Return the language chosen in the settings, from the window's preferences file; empty without a choice."""
    try:
        data = json.loads(preferences.read_text(encoding="utf-8"))
        chosen = data.get("language", "")
    except (OSError, ValueError, AttributeError, RecursionError):
        return ""
    return chosen if isinstance(chosen, str) else ""


def tr(text: str) -> str:
    """Return text in the user's language, or unchanged without a translation."""
    return _noted(_current().gettext(text)) if text else text


def tr_n(one: str, many: str, count: int) -> str:
    """Return the plural form of a text for a count, with {n} still to be filled in."""
    return _noted(_current().ngettext(one, many, count))


def tr_in(context: str, text: str) -> str:
    """Return text in the user's language where the same English means different things in different places."""
    return _current().pgettext(context, text) if text else text


def said() -> frozenset[str]:
    """Return the texts of the program's own that were said since it began, in whichever language, unfilled.

    A heading called *Day* is so told from a person of that name. Nothing that a person typed is among them.
    """
    return frozenset(_said)


def later(text: str) -> str:
    """Return text unchanged, for a table whose rows are translated where they are shown: it is found here."""
    return text


def _noted(text: str) -> str:
    _said.add(text)
    return text


def _current() -> gettext.NullTranslations:
    if _in_use.texts is None:
        use(system_languages())
    return (_for_now.get() or _in_use).texts or gettext.NullTranslations()


def _texts(tag: str) -> gettext.NullTranslations:
    return gettext.NullTranslations() if tag == SOURCE else catalogue.load(_folder(), tag)


@lru_cache(maxsize=8)
def _texts_once(tag: str) -> gettext.NullTranslations:
    return _texts(tag)


def _candidates(tag: str) -> tuple[str, ...]:
    """Return the file names that would serve a tag, the closest first: pt_BR, then pt."""
    name = re.split(r"[.@]", tag, maxsplit=1)[0].replace("-", "_")
    parts = name.split("_")
    return tuple("_".join(parts[:end]) for end in range(len(parts), 0, -1))


def _folder() -> Path:
    return resources.folder("translations")
