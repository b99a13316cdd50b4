"""The files that can be exported of sessions, audit trail and group, and their names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from balint_desktop.domain.group.group import Group
from balint_desktop.domain.session.session_record import SessionRecord
from balint_desktop.i18n import tr
from balint_desktop.reports.audit_trail import audit_json, audit_table
from balint_desktop.reports.group_account import AuditHead
from balint_desktop.reports.sessions import attendance_table, phases_table, questions_table, sessions_table, to_json
from balint_desktop.reports.spreadsheet import to_xlsx
from balint_desktop.reports.tables import ExportTable, to_csv
from balint_desktop.ui.export.export_file import FileForm
from balint_desktop.vault.log.audit import AuditRow

Records = Callable[[], Sequence[SessionRecord]]
Groups = Callable[[], Iterable[Group]]


def log_forms(records: Records, groups: Groups) -> tuple[FileForm, ...]:
    """Return the file formats of the log: without codes first; *by-code* in the ending marks those with codes."""

    def sheets(*, by_code: bool) -> bytes:
        exported = records()
        tables = [sessions_table(exported), phases_table(exported)]
        questions = questions_table(exported)
        if questions.rows:
            tables.append(questions)
        return to_xlsx([*tables, attendance_table(exported, groups())] if by_code else tables)

    return (
        FileForm(tr("Spreadsheet"), ".xlsx", "log", lambda: sheets(by_code=False)),
        FileForm(
            tr("Spreadsheet, with attendance by code"), ".by-code.xlsx", "log-by-code", lambda: sheets(by_code=True)
        ),
        FileForm(tr("CSV, one row per session"), ".csv", "log", lambda: to_csv(sessions_table(records()))),
        FileForm(tr("CSV, one row per phase"), ".phases.csv", "log-phases", lambda: to_csv(phases_table(records()))),
        FileForm(
            tr("CSV, one row per evaluation question"),
            ".questions.csv",
            "log-questions",
            lambda: to_csv(questions_table(records())),
        ),
        attendance_csv(records, groups),
        FileForm(
            tr("JSON, everything, with presenters by code"),
            ".by-code.json",
            "log-in-full",
            lambda: to_json(records()).encode(),
        ),
    )


def attendance_csv(records: Records, groups: Groups) -> FileForm:
    """Return attendance as CSV, one row per participant and session."""

    def rows() -> bytes:
        return to_csv(attendance_table(records(), groups()))

    return FileForm(tr("CSV, attendance by code"), ".by-code.csv", "attendance", rows)


def audit_forms(read: Callable[[], tuple[Sequence[AuditRow], AuditHead]]) -> tuple[FileForm, ...]:
    """Return the file formats of the audit trail."""
    return (
        FileForm(tr("Audit trail as CSV"), ".audit.csv", "audit-trail", lambda: to_csv(audit_table(*read()))),
        FileForm(
            tr("Audit trail as JSON, for checking with a program"),
            ".audit.json",
            "audit-trail",
            lambda: audit_json(*read()).encode(),
        ),
    )


def table_forms(table: Callable[[], ExportTable], ending: str) -> tuple[FileForm, ...]:
    """Return the file formats of a table."""
    return (
        FileForm(tr("Spreadsheet"), ".xlsx", ending, lambda: to_xlsx((table(),))),
        FileForm(tr("CSV"), ".csv", ending, lambda: to_csv(table())),
    )
