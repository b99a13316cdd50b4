"""Search snippets: a short piece of text around the first match."""

from __future__ import annotations

import re

from balint_desktop.domain.folding import plain

_AROUND = 60


def snippet(text: str, words: str) -> str:
    """Return the text around the first word that starts with one of the terms, ignoring case and accents."""
    line = " ".join(text.split())
    bare = plain(line)
    found = re.search("|".join(rf"\b{re.escape(word)}" for word in re.findall(r"\w+", plain(words))) or r"\A", bare)
    # Removing accents may shorten a text; then its beginning is shown rather than a wrong excerpt.
    at = found.start() if found is not None and len(bare) == len(line) else 0
    first = line.rfind(" ", 0, max(0, at - _AROUND)) + 1 if at > _AROUND else 0
    last = line.find(" ", at + _AROUND)
    return ("… " if first else "") + line[first : last if last >= 0 else None] + (" …" if last >= 0 else "")
