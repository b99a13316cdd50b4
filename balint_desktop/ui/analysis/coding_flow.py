"""Open a text of a study to read, or one's own coding; and what follows when one's round is closed."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from balint_desktop.domain.analysis.history import CoderWork
from balint_desktop.domain.analysis.study import CodingRound, RoundKind
from balint_desktop.domain.transcript.spans import Span
from balint_desktop.domain.values import RecordingId
from balint_desktop.i18n import tr
from balint_desktop.ui.analysis.code_page import CodePage
from balint_desktop.ui.analysis.deps import AnalysisDeps, AnalysisService, OpenStudy
from balint_desktop.ui.analysis.read_page import ReadPage
from balint_desktop.ui.analysis.study_page import coders
from balint_desktop.ui.analysis.visit import StudyVisit
from balint_desktop.ui.shell.messages import Messages


class CodingFlow(QObject):
    """Shows the page to read and the page to code, each with what it needs of the study that is open."""

    left = Signal()
    """A page was left that may have changed the study."""
    study_changed = Signal(object, str)
    """The study as it is now, and the page to show of it."""

    def __init__(
        self, deps: AnalysisDeps, visit: StudyVisit, messages: Messages, read_page: ReadPage, code_page: CodePage
    ) -> None:
        super().__init__(code_page)
        self._deps, self._visit, self._messages = deps, visit, messages
        self._read_page, self._code_page = read_page, code_page
        read_page.back.connect(self._on_read_back)
        code_page.back.connect(self._on_code_back)
        code_page.closed.connect(self._on_round_closed)

    def read(self, recording: str, at: Span | None = None) -> None:
        """Open a text of the study, at a passage where one is given."""
        opened, text = self._visit.opened, RecordingId(recording)
        if opened is None or text not in opened.texts:
            return
        self._visit.turn_to(text)
        with self._messages.act():
            self._read_page.show_text(self._deps.service(), opened, text)
            self._visit.show(self._read_page)
            self._read_page.text.setFocus()
            if at is not None:
                self._read_page.go_to(at)

    def code(self) -> None:
        """Open one's own coding in the last round that one codes in; without rounds, begin the only one."""
        opened = self._visit.opened
        if opened is None:
            return
        with self._messages.act():
            service = self._deps.service()
            if opened.own_round is not None:
                self._open_work(service, opened, opened.own_round)
            elif not opened.study.approach.has_rounds:
                self._begin_coding(service, opened)

    def code_at(self, recording: str, at: Span) -> None:
        """Open a passage where one codes, while one's own round is open."""
        opened = self._visit.opened
        if opened is not None and opened.may_code:
            with self._messages.act():
                self._open_work(self._deps.service(), opened, opened.rounds[-1], (RecordingId(recording), at))

    def _open_work(
        self,
        service: AnalysisService,
        opened: OpenStudy,
        coding_round: CodingRound,
        at: tuple[RecordingId, Span] | None = None,
    ) -> None:
        def show(work: CoderWork) -> None:
            self._visit.turn_to("code")
            self._code_page.show_study(service, opened, coding_round, work)
            self._visit.show(self._code_page)
            if at is not None:
                self._code_page.go_to(*at)
            self._code_page.text.setFocus()

        self._visit.run(lambda: service.work(opened.study.id, coding_round.number, opened.me), show)

    def _begin_coding(self, service: AnalysisService, opened: OpenStudy) -> None:
        """Open the only round of an approach without rounds, for everyone who codes."""
        who = tuple(one.id for one in coders(opened.study))
        made = CodingRound(1, RoundKind.OPEN, self._deps.now(), who)

        def open_round() -> OpenStudy:
            service.open_round(opened.study.id, made)
            return service.open(opened.study.id)

        self._visit.run(open_round, lambda now: self.study_changed.emit(now, "code"))

    def _on_read_back(self) -> None:
        self._messages.begin_act()
        with self._messages.attempt():
            self._read_page.leave()
        self.left.emit()

    def _on_code_back(self) -> None:
        with self._messages.act():
            self._code_page.leave()
            self.left.emit()

    def _on_round_closed(self, closed: CodingRound) -> None:
        is_guest = self._visit.opened is not None and self._visit.opened.is_guest
        self._on_code_back()
        if is_guest:
            words = tr("Your round is closed. Send it back under “Coding files”.")
        elif len(closed.authors) > 1:
            words = tr("Your round is closed. You can now compare.")
        else:
            words = tr("Your round is closed.")
        self._messages.inform(words)
