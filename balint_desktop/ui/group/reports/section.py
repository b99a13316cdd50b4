"""The reports section of a group's page."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from balint_desktop.domain.group.group import Group
from balint_desktop.domain.session.session_record import SessionRecord
from balint_desktop.i18n import tr
from balint_desktop.reports.access_requests import access_table
from balint_desktop.reports.group_account import AuditHead
from balint_desktop.ui.export import paper
from balint_desktop.ui.export.export_file import FileForm, file_stem
from balint_desktop.ui.export.hour_card import hour_card
from balint_desktop.ui.export.log_files import attendance_forms, audit_forms, log_forms, table_forms
from balint_desktop.ui.group.reports.card_offer import CardOffer
from balint_desktop.ui.group.reports.certificate_form import CertificateForm
from balint_desktop.ui.group.reports.deps import ReportDeps
from balint_desktop.ui.group.reports.group_report import group_report
from balint_desktop.ui.group.reports.methods_box import MethodsBox
from balint_desktop.ui.group.reports.offers import ExportOffer
from balint_desktop.ui.group.reports.pictures_box import PicturesBox
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, button
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.sections import Section
from balint_desktop.ui.widgets.tab_order import follow_layout
from balint_desktop.ui.widgets.text import rule, small, subheading
from balint_desktop.vault.log.audit import AuditRow


class ReportsSection(Section[Group]):
    """The section. Each export reads the log when it runs."""

    def __init__(self, deps: ReportDeps) -> None:
        super().__init__()
        named(self, "group-reports", spoken=tr("Reports"))
        self._deps = deps
        self._group: Group | None = None
        self.pictures = PicturesBox()
        self.methods = MethodsBox(deps)
        self.certificate = CertificateForm(deps)
        self.card = CardOffer(self._card, deps.print_card, deps.messages)
        self.report_button = button(
            tr("Save the report as PDF…"),
            "report-save",
            lambda: self._save("report", self._report_forms()),
            ButtonKind.PRIMARY,
        )
        self.attendance_button = button(
            tr("Save attendance…"), "attendance-save", lambda: self._save("attendance", self._attendance_forms())
        )
        self.log_button = button(
            tr("Save the sessions…"), "group-log-save", lambda: self._save("sessions", self._log_forms())
        )
        self.requests_button = button(
            tr("Save the requests…"), "requests-save", lambda: self._save("requests", self._request_forms())
        )
        self.trail_button = button(
            tr("Save the audit trail…"), "trail-save", lambda: self._save("vault", audit_forms(self._trail))
        )
        column = layouts.column(self, 16)
        for widget in self._parts():
            column.addWidget(widget)

    def show_subject(self, thing: Group) -> None:
        self._group = thing
        self.methods.show_group(thing)
        self.certificate.show_group(thing)
        with self._deps.messages.attempt():
            self.pictures.show_account(self._deps.service.account(thing))
        follow_layout(self)

    def leave_view(self) -> None:
        self.pictures.hide_codes()
        self.certificate.forget()

    def first_focus(self) -> QWidget:
        return self.report_button

    def _parts(self) -> tuple[QWidget, ...]:
        report = ExportOffer(
            "report-of-group",
            tr("Report on the group"),
            tr("Sessions, recordings, consents and keeping as counts; nobody by name or code. For an ethics file."),
            self.report_button,
        )
        requests = ExportOffer(
            "report-requests",
            tr("Requests for access"),
            tr("Who asked to see what, and what was answered. For an ethics file or a data officer."),
            self.requests_button,
        )
        trail = ExportOffer(
            "report-trail",
            tr("Audit trail"),
            tr("Every act on this vault, all groups, by ids and fingerprints; whether it holds. For an auditor."),
            self.trail_button,
        )
        attendance = ExportOffer(
            "report-attendance",
            tr("Attendance"),
            tr("Who was there on which day, by code, and nothing else. For a course."),
            self.attendance_button,
        )
        sessions = ExportOffer(
            "report-sessions",
            tr("The sessions of this group"),
            tr("Times, counts and your notes on process; codes only in a form that says by-code. For yourself."),
            self.log_button,
        )
        return (
            self.pictures,
            rule(),
            named(subheading(tr("For an ethics file or a paper")), "reports-ethics"),
            *(report, self.methods, requests, trail),
            rule(),
            named(subheading(tr("For a course, or one person")), "reports-course"),
            *(attendance, self.certificate),
            rule(),
            named(subheading(tr("For yourself")), "reports-own"),
            *(sessions, self.card),
            named(small(tr("What is taken out is in the clear: whoever has the file can read it.")), "reports-clear"),
        )

    # --- exports ---

    def _save(self, name: str, forms: Sequence[FileForm]) -> None:
        group = self._group
        if group is not None:
            stem = file_stem("balint", name) if name == "vault" else file_stem("balint", name, group.name)
            self._deps.export.save(self, stem, forms, None if name == "vault" else group.id)

    def _report_forms(self) -> Sequence[FileForm]:
        def content() -> bytes:
            account = self._deps.service.account(self._shown_group())
            return paper.pdf(group_report(account), tr("Report on {group}").format(group=account.group.name))

        return (FileForm(tr("PDF"), ".pdf", "group-report", content),)

    def _attendance_forms(self) -> Sequence[FileForm]:
        return attendance_forms(self._records, lambda: (self._shown_group(),))

    def _log_forms(self) -> Sequence[FileForm]:
        return log_forms(self._records, lambda: (self._shown_group(),))

    def _request_forms(self) -> Sequence[FileForm]:
        return table_forms(lambda: access_table(self._deps.service.requests(self._shown_group().id)), "access-requests")

    def _records(self) -> Sequence[SessionRecord]:
        return self._deps.service.account(self._shown_group()).records

    def _trail(self) -> tuple[Sequence[AuditRow], AuditHead]:
        return self._deps.service.audit_rows(), self._deps.service.trail()

    def _card(self) -> str:
        group = self._shown_group()
        return hour_card(
            self._deps.load_format(group.format_key),
            group.name,
            group.support,
            self._deps.service.next_start(group.id),
        )

    def _shown_group(self) -> Group:
        if self._group is None:
            raise ValueError("a report is on a group")
        return self._group
