"""The reports section of a group's page."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from balint_desktop.domain.group.group import Group
from balint_desktop.domain.session.session_record import SessionRecord
from balint_desktop.domain.trouble import Trouble
from balint_desktop.domain.values import SessionKind
from balint_desktop.i18n import tr
from balint_desktop.reports.access_requests import access_table
from balint_desktop.reports.group_account import AuditHead
from balint_desktop.ui.export import paper
from balint_desktop.ui.export.export_file import FileForm, file_stem
from balint_desktop.ui.export.hour_card import hour_card
from balint_desktop.ui.export.log_files import audit_forms, log_forms, table_forms
from balint_desktop.ui.group.reports.attendance_offer import AttendanceOffer
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
        self.attendance = AttendanceOffer(deps)
        self.dates_button = button(tr("Save the dates…"), "dates-save", lambda: self._save("dates", self._date_forms()))
        self.log_button = button(
            tr("Save the sessions…"), "group-log-save", lambda: self._save("sessions", self._log_forms())
        )
        self.requests_button = button(
            tr("Save access requests…"), "requests-save", lambda: self._save("requests", self._request_forms())
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
        self.attendance.show_group(thing)
        for offer in self.of_studies:
            # A teaching group sees what teaching needs.
            offer.setVisible(thing.for_research)
        with self._deps.messages.attempt():
            account = self._deps.service.account(thing)
            self.pictures.show_account(account)
            self.certificate.show_account(account)
        follow_layout(self)

    def leave_view(self) -> None:
        self.pictures.hide_codes()
        self.attendance.forget()
        self.certificate.forget()

    def first_focus(self) -> QWidget:
        return self.report_button

    def _parts(self) -> tuple[QWidget, ...]:
        report = ExportOffer(
            "report-of-group",
            tr("Report on the group"),
            tr("Sessions, recordings, consents, evaluation and retention as counts. For an ethics file."),
            self.report_button,
        )
        requests = ExportOffer(
            "report-requests",
            tr("Access requests"),
            tr("Who asked to see what, and the answers. For an ethics file or a data protection officer."),
            self.requests_button,
        )
        trail = ExportOffer(
            "report-trail",
            tr("Audit trail"),
            tr("Every action in this vault, all groups, by ids, and whether the trail is intact. For an auditor."),
            self.trail_button,
        )
        dates = ExportOffer(
            "report-dates",
            tr("Dates for a calendar"),
            tr("The planned dates as a calendar file, without names. For participants."),
            self.dates_button,
        )
        sessions = ExportOffer(
            "report-sessions",
            tr("The group’s sessions"),
            tr("Times, counts and your process notes; codes only in files marked by-code. For yourself."),
            self.log_button,
        )
        self.of_studies = (self.methods, requests)
        return (
            self.pictures,
            rule(),
            named(subheading(tr("For a course or its participants")), "reports-course"),
            *(self.certificate, self.attendance, dates),
            rule(),
            named(subheading(tr("For a file, or a paper")), "reports-ethics"),
            *(report, *self.of_studies, trail),
            rule(),
            named(subheading(tr("For yourself")), "reports-own"),
            *(sessions, self.card),
            named(small(tr("Exported files are not encrypted: anyone who has one can read it.")), "reports-clear"),
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

    def _date_forms(self) -> Sequence[FileForm]:
        def content() -> bytes:
            group = self._shown_group()
            return self._deps.service.calendar_file(group, lambda kind: self._length_s(group, kind))

        return (FileForm(tr("Calendar file"), ".ics", "dates", content),)

    def _length_s(self, group: Group, kind: SessionKind) -> float:
        try:
            return self._deps.load_format(group.format_for(kind)).length_s
        except Trouble:
            # A custom format deleted since then: its length is not known.
            return 0.0

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
