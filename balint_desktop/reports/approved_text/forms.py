"""The forms in which an approved text leaves, and its very characters in each."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from balint_desktop.domain.deidentify.approved import ApprovedText
from balint_desktop.reports.approved_text.document import approved_document
from balint_desktop.reports.approved_text.lines import text_lines
from balint_desktop.reports.approved_text.vtt import vtt
from balint_desktop.reports.approved_text.words import EdgeWords
from balint_desktop.reports.documents.open_document import to_odt
from balint_desktop.reports.documents.word_file import to_docx


class TextForm(StrEnum):
    """A form, by the ending of its files."""

    DOCX = ".docx"
    ODT = ".odt"
    TXT = ".txt"
    VTT = ".vtt"


def form_of(path: Path) -> TextForm | None:
    """Return the form that a file's name asks for, None for an ending of no form."""
    return next((form for form in TextForm if form == path.suffix.lower()), None)


def has_times(text: ApprovedText) -> bool:
    """Return whether a text says when anything was said: one that was imported without times has no cues."""
    return any(turn.until_ms for turn in text.turns)


def write_form(form: TextForm, text: ApprovedText, edge: EdgeWords) -> bytes:
    """Return the bytes of a file that holds a text to the letter. Plain text is UTF-8 without a byte order mark."""
    if form is TextForm.TXT:
        return text.text.encode()
    if form is TextForm.VTT:
        return vtt(text_lines(text))
    document = approved_document(text, edge)
    return to_docx(document) if form is TextForm.DOCX else to_odt(document)
