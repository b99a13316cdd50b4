"""The meeting on a compared round: what is open, decisions with who agreed, its notes, and the page to print."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal

from balint_desktop.domain.analysis.study import ConsensusMeeting, MatterDecision
from balint_desktop.domain.values import new_id
from balint_desktop.i18n import tr
from balint_desktop.ui.analysis.comparison import Comparison
from balint_desktop.ui.analysis.decision_form import DecisionForm
from balint_desktop.ui.analysis.deps import AnalysisDeps, AnalysisService
from balint_desktop.ui.analysis.matters import Matter
from balint_desktop.ui.analysis.meeting_paper import meeting_html
from balint_desktop.ui.analysis.meeting_view import MeetingView
from balint_desktop.ui.shell.messages import Messages
from balint_desktop.ui.shell.work import Work
from balint_desktop.ui.widgets.dates import day_at


class MeetingFlow(QObject):
    """Saves what a meeting decides. Decisions make consensus; nobody's own coding is changed.

    A meeting is one day's: the first decision or note of the day begins it.
    """

    decide_asked = Signal(object)
    """A matter that is open is to be decided: Matter."""
    decided = Signal()
    saved = Signal()
    """Who is here and the note were saved."""

    def __init__(
        self, deps: AnalysisDeps, work: Work, messages: Messages, view: MeetingView, form: DecisionForm
    ) -> None:
        super().__init__(view)
        self._deps, self._work, self._messages = deps, work, messages
        self._view, self._form = view, form
        self._service: AnalysisService | None = None
        self._comparison: Comparison | None = None
        self._meeting: ConsensusMeeting | None = None
        self._open_matters: tuple[Matter, ...] = ()
        view.decide_asked.connect(self._on_decide)
        view.print_asked.connect(self._on_print)
        view.saved.connect(self._on_saved)
        form.decided.connect(self._on_decided)

    def begin(self, service: AnalysisService, comparison: Comparison) -> None:
        """Meet on this comparison. A meeting goes on after a lock: that of the same day. Raise Trouble."""
        self._service, self._comparison = service, comparison
        opened, today = comparison.opened, day_at(self._deps.now())
        self._meeting = next((one for one in reversed(opened.meetings) if day_at(one.wall) == today), None)
        self._view.print_button.setVisible(self._deps.print_paper is not None)
        self._view.begin(opened.study, self._meeting, today)

    def end(self) -> None:
        """Drop the meeting."""
        self._service = self._comparison = None
        self._open_matters = ()

    def show_matters(self) -> None:
        """Show what is open, and what was decided."""
        comparison = self._comparison
        if comparison is not None:
            matters = comparison.meeting_matters()
            self._open_matters = tuple(one for one in matters if comparison.is_open(one))
            lines = [comparison.line(one) for one in self._open_matters]
            self._view.show_matters(lines, comparison.decided_lines(matters), comparison.agreed_passages())

    def ask(self, matter: Matter) -> None:
        """Show the form for a decision on a matter, with who is here. Raise Trouble."""
        comparison = self._comparison
        if comparison is not None:
            here, before = self._view.who_is_here(), comparison.decision_of(matter)
            self._form.ask(matter, comparison.opened.study, here, comparison.round, before)

    def _on_decide(self, row: int) -> None:
        if 0 <= row < len(self._open_matters):
            self.decide_asked.emit(self._open_matters[row])

    def _meeting_now(self) -> ConsensusMeeting:
        here, note = self._view.who_is_here(), self._view.note.words()
        before = self._meeting or ConsensusMeeting(new_id(), self._deps.now(), ())
        return replace(before, authors=here, note=note)

    def _on_decided(self, decision: MatterDecision) -> None:
        """Save a decision with that day's meeting: whoever agreed was here."""
        service, comparison = self._service, self._comparison
        if service is None or comparison is None:
            return
        meeting = self._meeting_now()
        meeting = replace(meeting, authors=tuple(dict.fromkeys((*meeting.authors, *decision.agreed))))
        made = replace(decision, meeting=meeting.id)

        def done(_: object) -> None:
            if self._comparison is comparison:
                self._meeting = meeting
                self._view.show_here(decision.agreed)
                comparison.decisions = (*comparison.decisions, made)
                self.decided.emit()

        with self._messages.act():
            job = partial(service.add_decisions, comparison.opened.study.id, meeting, (made,))
            self._work.run_once(self._form.save_button, job, done, self._form.problem.show_trouble, owner=self)

    def _on_saved(self) -> None:
        """Save who is here and the note, without a decision."""
        service, comparison = self._service, self._comparison
        if service is None or comparison is None:
            return
        meeting = self._meeting_now()
        if not meeting.authors:
            self._view.problem.announce(tr("Tick who is here."))
            return
        self._view.problem.announce("")

        def done(_: object) -> None:
            if self._comparison is comparison:
                self._meeting = meeting
                self._view.begin(comparison.opened.study, meeting, day_at(self._deps.now()))
                self.saved.emit()

        with self._messages.act():
            self._view.draft.discard()
            job = partial(service.add_decisions, comparison.opened.study.id, meeting, ())
            self._work.run_once(self._view.save_button, job, done, self._view.problem.show_trouble, owner=self)

    def _on_print(self) -> None:
        comparison, printing = self._comparison, self._deps.print_paper
        if comparison is None or printing is None:
            return
        with self._messages.act():
            when, here = day_at(self._deps.now()), self._view.who_is_here()
            matters = comparison.meeting_matters()
            same = frozenset(one.code for one in matters if one.pair is not None and comparison.is_same(one))
            decisions = comparison.current_decisions()
            html = meeting_html(comparison.opened, matters, decisions, when, here or None, same=same)
            printing(comparison.opened.study, html)
