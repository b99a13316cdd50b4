"""Translation: every string shown to a person passes through `tr`."""

from __future__ import annotations

import gettext
from functools import lru_cache

from balint_desktop import resources


@lru_cache(maxsize=1)
def _catalogue() -> gettext.NullTranslations:
    return gettext.translation("balint_desktop", localedir=resources.folder("translations"), fallback=True)


def tr(text: str) -> str:
    """Return text in the user's language, or unchanged without a translation."""
    return _catalogue().gettext(text) if text else text


def tr_n(one: str, many: str, count: int) -> str:
    """Return the plural form of a text for a count, with {n} still to be filled in."""
    return _catalogue().ngettext(one, many, count)
