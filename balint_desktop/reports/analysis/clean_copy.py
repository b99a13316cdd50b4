"""The clean copy of an approved text that goes out to a coder in Word, and the page to print for one on paper.

Its body is the approved text and nothing else; how to code is told in the header of the first page, which no program
counts, numbers or comments on, and which the copy's reader does not take for text.
"""

from __future__ import annotations

import html
from collections.abc import Sequence

from balint_desktop.domain.analysis.line_numbers import NumberedLine, line_numbered
from balint_desktop.domain.analysis.word_coding import LONGEST_CODE
from balint_desktop.domain.deidentify.approved import ApprovedText
from balint_desktop.i18n import language, tr
from balint_desktop.reports.approved_text.document import turns
from balint_desktop.reports.documents.document import CodingPage, Document
from balint_desktop.reports.documents.word_file import to_docx


def clean_copy(name: str, approved: ApprovedText) -> bytes:
    """Return a Word document of an approved text, to be coded: numbered lines, a wide margin, no work of anybody."""
    return to_docx(
        Document(
            title=name,
            blocks=turns(approved),
            language=language(),
            foot=copy_name(name, approved),
            shows_title=False,
            numbers_lines=True,
            for_coding=CodingPage((copy_name(name, approved), *coding_rules())),
        )
    )


def copy_name(name: str, approved: ApprovedText) -> str:
    """Return what a copy is called: the session and the version of its text."""
    return tr("{session}, version {version}").format(session=name, version=approved.version)


def coding_rules() -> tuple[str, ...]:
    """Return how to code in Word, a paragraph each."""
    return (
        tr(
            "How to code: select a passage and add a comment (Review, New Comment). Type the code as one short line of "
            "up to {most} characters: “Anger”. Put semicolons between several codes: “Anger; Guilt”."
        ).format(most=LONGEST_CODE),
        tr(
            "To add a memo to a code, type it after a colon and a space, “Anger: turns on the patient”, or on the "
            "lines below. Anything longer than a code is a memo, and so is what begins with “Memo:”."
        ),
        tr("You can also highlight passages, one colour for each code. Tell the study what each colour means."),
        tr("Please do not edit the text. Save the document as Word (.docx) and send it back the way it came."),
    )


def paper_copy(name: str, approved: ApprovedText) -> str:
    """Return HTML to print for a coder who works on paper: the lines that a person types codings in by."""
    lines = line_numbered(approved.text)
    heading = html.escape(copy_name(name, approved))
    rule = html.escape(
        tr(
            "Write each code in the margin with the lines that it covers: “Anger 12–15”. "
            "The line numbers are the same on screen."
        )
    )
    return f"<h1>{heading}</h1><p>{rule}</p>{numbered_lines_html(lines)}"


def numbered_lines_html(lines: Sequence[NumberedLine]) -> str:
    """Return numbered lines as HTML, each on a line of its own in letters of one width."""
    wide = len(str(len(lines)))
    rows: list[str] = []
    for line in lines:
        if line.begins_turn and rows:
            rows.append("")
        rows.append(f"{line.number:>{wide}}  {html.escape(line.words)}")
    return f'<pre style="font-family: monospace">{chr(10).join(rows)}</pre>'
