"""The files that can be exported of sessions, audit trail and group, and their names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtWidgets import QLabel

from balint_desktop.domain.group.group import Group
from balint_desktop.domain.session.session_record import SessionRecord
from balint_desktop.i18n import tr
from balint_desktop.reports.audit_trail import audit_json, audit_table
from balint_desktop.reports.group_account import AuditHead
from balint_desktop.reports.outside_labels import OutsideLabels
from balint_desktop.reports.sessions import attendance_table, phases_table, questions_table, sessions_table, to_json
from balint_desktop.reports.spreadsheet import to_xlsx
from balint_desktop.reports.tables import ExportTable, to_csv
from balint_desktop.ui.export.export_file import FileForm
from balint_desktop.vault.log.audit import AuditRow

Records = Callable[[], Sequence[SessionRecord]]
Groups = Callable[[], Iterable[Group]]


def log_forms(records: Records, groups: Groups, labels: OutsideLabels) -> tuple[FileForm, ...]:
    """Return the file formats of the log: without people first; *by-number* in the ending marks those with them."""

    def sheets(*, with_people: bool) -> bytes:
        exported = records()
        tables = [sessions_table(exported, labels), phases_table(exported)]
        questions = questions_table(exported)
        if questions.rows:
            tables.append(questions)
        return to_xlsx([*tables, attendance_table(exported, labels, groups())] if with_people else tables)

    return (
        FileForm(tr("Spreadsheet"), ".xlsx", "log", lambda: sheets(with_people=False)),
        FileForm(
            tr("Spreadsheet, with attendance by study number")
            if labels.by_number()
            else tr("Spreadsheet, with attendance by code"),
            f".{labels.marked}.xlsx",
            "log-by-code",
            lambda: sheets(with_people=True),
        ),
        FileForm(tr("CSV, one row per session"), ".csv", "log", lambda: to_csv(sessions_table(records(), labels))),
        FileForm(tr("CSV, one row per phase"), ".phases.csv", "log-phases", lambda: to_csv(phases_table(records()))),
        FileForm(
            tr("CSV, one row per evaluation question"),
            ".questions.csv",
            "log-questions",
            lambda: to_csv(questions_table(records())),
        ),
        attendance_csv(records, groups, labels),
        FileForm(
            tr("JSON, everything, with presenters by study number")
            if labels.by_number()
            else tr("JSON, everything, with presenters by code"),
            f".{labels.marked}.json",
            "log-in-full",
            lambda: to_json(records(), labels).encode(),
        ),
    )


def attendance_csv(records: Records, groups: Groups, labels: OutsideLabels) -> FileForm:
    """Return attendance as CSV, one row per participant and session."""

    def rows() -> bytes:
        return to_csv(attendance_table(records(), labels, groups()))

    words = tr("CSV, attendance by study number") if labels.by_number() else tr("CSV, attendance by code")
    return FileForm(words, f".{labels.marked}.csv", "attendance", rows)


def audit_forms(
    read: Callable[[], tuple[Sequence[AuditRow], AuditHead]], labels: OutsideLabels
) -> tuple[FileForm, ...]:
    """Return the file formats of the audit trail."""
    return (
        FileForm(tr("Audit trail as CSV"), ".audit.csv", "audit-trail", lambda: to_csv(audit_table(*read(), labels))),
        FileForm(
            tr("Audit trail as JSON with codes, for checking with a program"),
            ".audit.json",
            "audit-trail",
            lambda: audit_json(*read()).encode(),
        ),
    )


def show_codes_words(line: QLabel, labels: OutsideLabels) -> None:
    """Say that files show codes, where a group's study numbers were destroyed; else show nothing."""
    line.setText("" if labels.by_number() else tr("The study numbers were destroyed with the names: files show codes."))
    line.setVisible(not labels.by_number())


def table_forms(table: Callable[[], ExportTable], ending: str) -> tuple[FileForm, ...]:
    """Return the file formats of a table."""
    return (
        FileForm(tr("Spreadsheet"), ".xlsx", ending, lambda: to_xlsx((table(),))),
        FileForm(tr("CSV"), ".csv", ending, lambda: to_csv(table())),
    )
