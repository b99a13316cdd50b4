"""The approved text as a document: a paragraph for each line, lines numbered on, title and pages at the edge."""

from __future__ import annotations

from balint_desktop.domain.deidentify.approved import ApprovedText
from balint_desktop.reports.approved_text.lines import text_lines
from balint_desktop.reports.approved_text.words import EdgeWords
from balint_desktop.reports.documents.document import Document, Paragraph, ParagraphStyle, Run


def approved_document(text: ApprovedText, edge: EdgeWords) -> Document:
    """Return a document whose paragraphs are the lines of a text to the letter, who speaks in bold."""
    return Document(edge.title, turns(text), head=edge.title, page=edge.page, shows_title=False, numbers_lines=True)


def turns(text: ApprovedText) -> tuple[Paragraph, ...]:
    """Return the lines of a text as paragraphs."""
    return tuple(
        Paragraph((Run(line.label, bold=True), Run(line.words)), ParagraphStyle.TURN) for line in text_lines(text)
    )
