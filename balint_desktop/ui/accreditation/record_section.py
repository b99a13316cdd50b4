"""Export the leader's record, as pages and as a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from balint_desktop.i18n import tr
from balint_desktop.reports.accreditation import LeaderRecord, leader_record
from balint_desktop.reports.accreditation_service import AccreditationService
from balint_desktop.reports.spreadsheet import to_xlsx
from balint_desktop.ui.accreditation.leader_pages import leader_pages, leader_tables
from balint_desktop.ui.export import paper
from balint_desktop.ui.export.export_file import FileExport, FileForm
from balint_desktop.ui.group.reports.offers import ExportOffer
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, button
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.sections import Section
from balint_desktop.ui.widgets.text import small


@dataclass(frozen=True, slots=True)
class RecordDeps:
    """Dependencies: the training record, the export, and the facilitator's details from Settings."""

    service: AccreditationService
    export: FileExport
    author: Callable[[], str]


class RecordSection(Section[None]):
    """One export, built from the log when it runs."""

    def __init__(self, deps: RecordDeps) -> None:
        super().__init__()
        named(self, "path-record", spoken=tr("Leader’s record"))
        self._deps = deps
        self.pdf_button = button(tr("Export PDF…"), "record-pdf", self.save_pdf, ButtonKind.PRIMARY)
        self.sheet_button = button(tr("Export spreadsheet…"), "record-sheet", self.save_sheet)
        column = layouts.column(self, 14)
        column.addWidget(
            ExportOffer(
                "leader-record",
                tr("Leader’s record"),
                tr(
                    "For an accrediting society or a supervisor: sessions led, case discussions, supervision and "
                    "meetings elsewhere, beside your aims. Colleagues by label; no participants, no notes, no reviews."
                ),
                *(self.pdf_button, self.sheet_button),
            )
        )
        column.addWidget(named(small(tr("Exported files are not encrypted.")), "record-clear"))

    def show_subject(self, thing: None) -> None:
        """Do nothing: the record is built on export."""

    def first_focus(self) -> QWidget:
        return self.pdf_button

    def save_pdf(self) -> None:
        """Ask for a destination and write the pages."""

        def content() -> bytes:
            html = leader_pages(self._record(), self._deps.author(), self._deps.service.today())
            return paper.pdf(html, tr("Record of leading Balint groups"))

        self._deps.export.save(self, "balint-leader-record", (FileForm(tr("PDF"), ".pdf", "leader-record", content),))

    def save_sheet(self) -> None:
        """Ask for a destination and write the spreadsheet."""
        form = FileForm(tr("Spreadsheet"), ".xlsx", "leader-record", lambda: to_xlsx(leader_tables(self._record())))
        self._deps.export.save(self, "balint-leader-record", (form,))

    def _record(self) -> LeaderRecord:
        service = self._deps.service
        return leader_record(service.facts(), service.pathway(), service.colleagues_by_session(), service.today())
