"""The list of spellings that is shipped with the app."""

from __future__ import annotations

from functools import cache

from balint_desktop import resources
from balint_desktop.domain.transcript.spelling_list import SpellingList, parse_spellings


@cache
def shipped_spellings() -> SpellingList:
    """Return the spellings of te reo Māori."""
    return parse_spellings(resources.text("words/te-reo.toml"))
