"""Tables of an analysis for spreadsheets: quotations, codebook, audit trail."""

from __future__ import annotations

from balint_desktop.domain.analysis.line_numbers import line_numbered, lines_of_span
from balint_desktop.domain.analysis.project import ProjectCode
from balint_desktop.domain.analysis.refi_write import codebook_to_qdc
from balint_desktop.reports.analysis.account import AnalysisAccount
from balint_desktop.reports.analysis.trail import trail_lines
from balint_desktop.reports.documents.document import PRODUCER
from balint_desktop.reports.tables import ColumnKind, ExportTable, TableColumn, local_moment


def quotations_table(account: AnalysisAccount) -> ExportTable:
    """Return the quotations that may be quoted, by theme, in the order of the sessions."""
    columns = (
        TableColumn("theme", "the theme the quotation was chosen for"),
        TableColumn("session", "the session it was said in"),
        TableColumn("speaker", "study numbers or roles of who speaks in it"),
        TableColumn("lines", "numbers of its lines in the line-numbered text"),
        TableColumn("quotation", "as it is printed; […] where words are left out"),
    )
    numbered = {recording: line_numbered(text.text) for recording, text in account.texts.items()}
    rows = []
    for theme in account.reported_themes:
        for one in sorted(account.quotations(theme), key=lambda one: (account.session_number(one.text), one.begin)):
            first, last = lines_of_span(numbered[one.text], one.begin, one.end)
            session = account.session(one.text)
            rows.append(
                (
                    theme.name,
                    session.name if session is not None else "",
                    ", ".join(account.speakers(one)),
                    str(first) if first == last else f"{first}–{last}",
                    one.shown,
                )
            )
    return ExportTable("quotations", columns, rows)


def codebook_table(account: AnalysisAccount) -> ExportTable:
    """Return the codes with what each means, those under a code after it."""
    columns = (
        TableColumn("code", "name of the code"),
        TableColumn("under", "the code it is nested under"),
        TableColumn("definition", "what the code means"),
        TableColumn("when to use", "when it is given"),
        TableColumn("when not to use", "when it is not given"),
        TableColumn("example", "an example, in the coders’ words"),
        TableColumn("retired", "whether it is given no more", ColumnKind.YES_NO),
        TableColumn("passages", "how many passages of the last round it was given to", ColumnKind.COUNT),
    )
    book, uses = account.codebook, account.uses()
    names = {code.guid: code.name for code in book.codes}
    rows = [
        (
            code.name,
            names.get(code.parent or "", ""),
            code.definition,
            code.when,
            code.when_not,
            code.example,
            code.is_retired,
            uses.get(code.name.casefold(), 0),
        )
        for _, code in book.nested()
    ]
    return ExportTable("codebook", columns, rows)


def trail_table(account: AnalysisAccount) -> ExportTable:
    """Return the audit trail of the analysis."""
    columns = (
        TableColumn("when", "when it happened", ColumnKind.MOMENT),
        TableColumn("event", "what happened"),
        TableColumn("by", "who did it, or who agreed"),
        TableColumn("words", "what was written: a memo, a reason"),
    )
    rows = [(local_moment(one.wall), one.event, one.by, one.words) for one in trail_lines(account)]
    return ExportTable("audit trail", columns, rows)


def codebook_qdc(account: AnalysisAccount) -> bytes:
    """Return the codebook in the exchange format REFI-QDA (.qdc)."""
    return codebook_to_qdc(
        [
            ProjectCode(
                code.guid,
                code.name,
                "\n\n".join(part for part in (code.definition, code.when, code.when_not, code.example) if part),
                code.colour,
                code.parent,
                is_codable=not code.is_retired,
            )
            for code in account.codebook.codes
        ],
        PRODUCER,
    )
