"""Wording of an exported approved text: its title, its pages, its forms."""

from __future__ import annotations

from balint_desktop.domain.values import SessionKind
from balint_desktop.i18n import tr


def edge_title(number: int, kind: SessionKind, version: int) -> str:
    """Return the title above each page: of which session, which version; of no group, which may be called by a name."""
    template = (
        tr("Approved text of evaluation session {number}, version {version}")
        if kind is SessionKind.EVALUATION
        else tr("Approved text of session {number}, version {version}")
    )
    return template.format(number=number, version=version)


def edge_page() -> str:
    """Return which page of how many, with {n} and {count} in place of the two."""
    return tr("Page {n} of {count}")
