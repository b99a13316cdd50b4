"""Wording of a list that is read aloud: one, two and three."""

from __future__ import annotations

from collections.abc import Sequence

from balint_desktop.i18n import tr


def listed(words: Sequence[str]) -> str:
    """Return one, two and three."""
    if len(words) < 2:
        return "".join(words)
    return tr("{several} and {last}").format(several=", ".join(words[:-1]), last=words[-1])
