"""Which page of Help belongs to what is shown in the window."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from balint_desktop.ui.shell.place import Place
from balint_desktop.ui.widgets.sections import Sections

# By the names of widgets: places and gates, sections of a page, and parts of the first start.
_PLACES = {
    "first-start": "first-start",
    "unlock": "first-start",
    "another-vault": "first-start",
    "restore-another": "backups",
    "today": "today",
    "groups": "groups",
    "log": "log",
    "recordings": "recordings",
    "transcripts": "transcripts",
    "analysis": "analysis",
    "path": "accreditation",
    "settings": "settings",
    "ready": "get-ready",
    "room": "room",
    "closing": "debrief",
    "review-now": "debrief",
}
_SECTIONS = {
    "group-sections": {
        "dates": "dates",
        "members": "members",
        "recording": "consent",
        "consents": "consent",
        "evaluation": "evaluation",
        "retention": "retention",
        "reports": "reports",
    },
    "settings-parts": {
        "vault": "recovery-key",
        "backups": "backups",
        "audit": "sealing",
        "transcription": "models",
    },
}
_PARTS = {
    "recovery-page": "recovery-key",
    "type-back-page": "recovery-key",
    "restore-page": "backups",
    "transcript-correct": "correcting",
    "deidentify": "deidentifying",
    "approved": "deidentifying",
    "code-page": "coding",
    "themes-page": "themes",
    "compare-page": "comparing",
    "report-page": "analysis-report",
    "word-form": "word-copies",
    "paper-form": "word-copies",
    "files-page": "coding-files",
}


def page_of(shown: QWidget | None) -> str:
    """Return the key of the page of Help for a place or a gate as it is shown, empty for the list of all pages."""
    if shown is None:
        return ""
    if isinstance(shown, Place) and shown.help_page:
        return shown.help_page
    for part, page in _PARTS.items():
        found = shown.findChild(QWidget, part)
        if found is not None and found.isVisibleTo(shown):
            return page
    for sections in shown.findChildren(Sections):
        page = _SECTIONS.get(sections.objectName(), {}).get(sections.current, "")
        if page and sections.isVisibleTo(shown):
            return page
    return _PLACES.get(shown.objectName(), "")
