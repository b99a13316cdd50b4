"""Open what is made of the coding: the themes, the comparison of a round, the report."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from balint_desktop.domain.values import RecordingId
from balint_desktop.ui.analysis.coding_flow import CodingFlow
from balint_desktop.ui.analysis.compare_page import ComparePage
from balint_desktop.ui.analysis.comparison import Compared, read_compared
from balint_desktop.ui.analysis.deps import AnalysisDeps, ReportOffer
from balint_desktop.ui.analysis.material import CodedMaterial, read_material
from balint_desktop.ui.analysis.report_page import ReportPage
from balint_desktop.ui.analysis.themes_page import ThemesPage
from balint_desktop.ui.analysis.visit import StudyVisit
from balint_desktop.ui.shell.messages import Messages


class ThemesFlow(QObject):
    """Opens the themes, with what was coded as far as one may see it; a passage found there opens in its text."""

    left = Signal(str)
    """The page was left, and may have changed the study: the page of the study to show next."""

    def __init__(
        self, deps: AnalysisDeps, visit: StudyVisit, messages: Messages, page: ThemesPage, coding: CodingFlow
    ) -> None:
        super().__init__(page)
        self._deps, self._visit, self._messages = deps, visit, messages
        self._page, self._coding = page, coding
        page.back.connect(self._on_back)
        page.report_asked.connect(self._on_report)
        page.read_asked.connect(self._on_read)
        page.code_asked.connect(self._on_code)

    def open(self) -> None:
        """Read what was coded, then show the themes."""
        opened = self._visit.opened
        if opened is None:
            return

        def show(material: CodedMaterial) -> None:
            self._visit.turn_to("themes")
            self._page.show_study(service, opened, material)
            self._visit.show(self._page)
            self._page.new_button.setFocus()

        with self._messages.act():
            service = self._deps.service()
            frameworks = self._deps.frameworks() if self._deps.frameworks is not None else None

            def read() -> CodedMaterial:
                framework = frameworks.framework(opened.study.id) if frameworks is not None else None
                return read_material(service, opened, framework=framework)

            self._visit.run(read, show)

    def _on_back(self) -> None:
        self._leave_for("")

    def _on_report(self) -> None:
        self._leave_for("report")

    def _leave_for(self, page: str) -> None:
        with self._messages.act():
            self._page.leave()
            self.left.emit(page)

    def _on_read(self, text: str, begin: int, end: int) -> None:
        with self._messages.act():
            self._page.leave()
            self._coding.read(text, (begin, end))

    def _on_code(self, text: str, begin: int, end: int) -> None:
        opened = self._visit.opened
        if opened is None or not opened.may_code:
            return
        with self._messages.act():
            self._page.leave()
            self._coding.code_at(RecordingId(text), (begin, end))


class CompareFlow(QObject):
    """Opens the comparison of the last round that one has closed oneself."""

    left = Signal()
    """The page was left, and may have changed the study."""

    def __init__(self, deps: AnalysisDeps, visit: StudyVisit, messages: Messages, page: ComparePage) -> None:
        super().__init__(page)
        self._deps, self._visit, self._messages, self._page = deps, visit, messages, page
        page.back.connect(self._on_back)

    def open(self) -> None:
        """Read the round, then show it; nothing is shown where no round can be compared."""
        opened = self._visit.opened
        if opened is None:
            return

        def show(compared: Compared | None) -> None:
            if compared is not None:
                self._visit.turn_to("compare")
                self._page.show_study(service, frameworks, opened, compared)
                self._visit.show(self._page)
                self._page.matters.setFocus()

        with self._messages.act():
            service = self._deps.service()
            frameworks = self._deps.frameworks() if self._deps.frameworks is not None else None
            self._visit.run(lambda: read_compared(service, frameworks, opened), show)

    def _on_back(self) -> None:
        with self._messages.act():
            self._page.leave()
            self.left.emit()


class ReportFlow(QObject):
    """Opens what may be exported of the study."""

    left = Signal()
    """The page was left, and may have changed the study."""

    def __init__(
        self, deps: AnalysisDeps, visit: StudyVisit, messages: Messages, page: ReportPage, area: QWidget
    ) -> None:
        super().__init__(page)
        self._deps, self._visit, self._messages = deps, visit, messages
        self._page, self._area = page, area
        page.back.connect(self._on_back)

    def open(self) -> None:
        """Read what may be exported, then show it; nothing without a way to report."""
        opened = self._visit.opened
        if opened is None or self._deps.reports is None:
            return

        def show(offer: ReportOffer) -> None:
            self._visit.turn_to("report")
            self._page.show_study(reports, opened, offer)
            self._visit.show(self._area)
            self._page.first_focus().setFocus()

        with self._messages.act():
            reports = self._deps.reports()
            self._visit.run(lambda: reports.offer(opened.study.id), show)

    def _on_back(self) -> None:
        with self._messages.act():
            self._page.leave()
            self.left.emit()
