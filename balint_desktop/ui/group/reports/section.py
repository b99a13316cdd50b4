"""The reports section of a group's page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress

from PySide6.QtWidgets import QWidget

from balint_desktop.domain.group.group import Group
from balint_desktop.domain.session.session_record import SessionRecord
from balint_desktop.domain.study.doors import Door
from balint_desktop.domain.trouble import Trouble
from balint_desktop.domain.values import SessionKind
from balint_desktop.i18n import tr
from balint_desktop.reports.access_requests import access_table
from balint_desktop.reports.group_account import AuditHead
from balint_desktop.reports.outside_labels import OutsideLabels
from balint_desktop.ui.export import paper
from balint_desktop.ui.export.export_file import FileForm, file_stem
from balint_desktop.ui.export.hour_card import hour_card
from balint_desktop.ui.export.log_files import audit_forms, log_forms, show_codes_words, table_forms
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
from balint_desktop.ui.widgets.sections import Section, SectionEntry, Sections
from balint_desktop.ui.widgets.tab_order import follow_layout
from balint_desktop.ui.widgets.text import small
from balint_desktop.vault.log.audit import AuditRow
from balint_desktop.vault.name_gate import OutgoingFile


class OffersPage(Section[Group]):
    """One part of the section: exports below each other. `leave` clears what applies to one export."""

    def __init__(self, identifier: str, leave: Callable[[], None], *offers: QWidget) -> None:
        super().__init__()
        named(self, identifier)
        self._leave = leave
        column = layouts.column(self, 16)
        for offer in offers:
            column.addWidget(offer)

    def leave_view(self) -> None:
        self._leave()


class ReportsSection(Section[Group]):
    """The section, in parts by who the papers are for. Each export reads the log when it runs."""

    def __init__(self, deps: ReportDeps) -> None:
        super().__init__()
        named(self, "group-reports", spoken=tr("Reports"))
        self._deps = deps
        self._group: Group | None = None
        # Before the offers, so that their tab stops come after its own.
        self.parts: Sections[Group] = Sections("reports", self._entries())
        self.parts.left.connect(deps.messages.leave_page)
        self.pictures = PicturesBox()
        self.methods = MethodsBox(deps)
        self.certificate = CertificateForm(deps)
        self.attendance = AttendanceOffer(deps)
        self.card = CardOffer(self._card, deps.print_card, self._pass_card, deps.messages)
        self.report_button = button(
            tr("Export the report as PDF…"),
            "report-save",
            lambda: self._save("report", self._report_forms()),
            ButtonKind.PRIMARY,
        )
        self.dates_button = button(
            tr("Export the dates…"), "dates-save", lambda: self._save("dates", self._date_forms())
        )
        self.log_button = button(
            tr("Export the sessions…"), "group-log-save", lambda: self._save("sessions", self._log_forms())
        )
        self.requests_button = button(
            tr("Export access requests…"), "requests-save", lambda: self._save("requests", self._request_forms())
        )
        self.trail_button = button(
            tr("Export the audit trail…"),
            "trail-save",
            lambda: self._save("vault", audit_forms(self._trail, self._labels())),
        )
        requests = ExportOffer(
            "report-requests",
            tr("Access requests"),
            tr("Who asked to see what, and the answers. For a data protection officer."),
            self.requests_button,
        )
        self.of_studies = (self.methods, requests)
        self._pages = self._build_pages()
        for key in self._pages:
            self.parts.build(key)
        column = layouts.column(self, 16)
        column.addWidget(self.parts)
        column.addWidget(named(small(tr("Exported files are not encrypted.")), "reports-clear"))
        self._codes_words = named(small(""), "reports-codes")
        column.addWidget(self._codes_words)
        unchecked = tr("This group has no roster, so exports cannot be checked for names.")
        self.unchecked = named(small(unchecked), "reports-unchecked")
        column.addWidget(self.unchecked)
        column.addStretch(1)

    def show_subject(self, thing: Group) -> None:
        self._group = thing
        self.methods.show_group(thing)
        self.attendance.show_group(thing)
        show_codes_words(self._codes_words, self._labels())
        self.unchecked.setVisible(not self._deps.service.has_names(thing.id))
        for offer in self.of_studies:
            # A teaching group sees what teaching needs.
            offer.setVisible(thing.for_research)
        with self._deps.messages.attempt():
            account = self._deps.service.account(thing)
            self.pictures.show_account(account)
            self.certificate.show_account(account)
        self.parts.show_subject(thing)
        follow_layout(self)

    def leave_view(self) -> None:
        self.parts.leave()

    def first_focus(self) -> QWidget:
        return self.parts.chips[self.parts.current]

    def _build_pages(self) -> dict[str, OffersPage]:
        dates = ExportOffer(
            "report-dates",
            tr("Dates for a calendar"),
            tr("The planned dates, without names. For participants’ calendars."),
            self.dates_button,
        )
        report = ExportOffer(
            "report-of-group",
            tr("Report on the group"),
            tr("Sessions, recordings, consents, evaluation and retention as counts. For an ethics file."),
            self.report_button,
        )
        trail = ExportOffer(
            "report-trail",
            tr("Audit trail"),
            tr("Every action in this vault, by ids, and whether the trail is intact. For an auditor."),
            self.trail_button,
        )
        sessions = ExportOffer(
            "report-sessions",
            tr("The group’s sessions"),
            tr("Times, counts and your process notes; people by study number. For yourself."),
            self.log_button,
        )

        def forget() -> None:
            self.attendance.forget()
            self.certificate.forget()

        participants = OffersPage("reports-for-participants", forget, self.certificate, self.attendance, dates)
        records = OffersPage("reports-for-records", _nothing, report, *self.of_studies, trail)
        own = OffersPage("reports-for-yourself", _nothing, sessions, self.card)
        charts = OffersPage("reports-charts-page", self.pictures.hide_codes, self.pictures)
        return {"participants": participants, "records": records, "own": own, "charts": charts}

    def _entries(self) -> tuple[SectionEntry[Group], ...]:
        return (
            SectionEntry("participants", tr("For participants"), lambda: self._pages["participants"]),
            SectionEntry("records", tr("For ethics and papers"), lambda: self._pages["records"]),
            SectionEntry("own", tr("For yourself"), lambda: self._pages["own"]),
            SectionEntry("charts", tr("Charts"), lambda: self._pages["charts"]),
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
        online = False
        with suppress(Trouble):
            online = self._deps.load_format(group.format_key).online
        try:
            return self._deps.load_format(group.format_for(kind, online=online)).length_s
        except Trouble:
            # A custom format deleted since then: its length is not known.
            return 0.0

    def _log_forms(self) -> Sequence[FileForm]:
        return log_forms(self._records, lambda: (self._shown_group(),), self._labels())

    def _request_forms(self) -> Sequence[FileForm]:
        group = self._shown_group().id
        return table_forms(lambda: access_table(self._deps.service.requests(group), self._labels()), "access-requests")

    def _labels(self) -> OutsideLabels:
        return self._deps.service.labels(self._shown_group().id)

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

    def _pass_card(self, file: OutgoingFile) -> None:
        self._deps.export.pass_names(Door.CARD, (file,), self._shown_group().id)

    def _shown_group(self) -> Group:
        if self._group is None:
            raise ValueError("a report is on a group")
        return self._group


def _nothing() -> None:
    """Clear nothing."""
