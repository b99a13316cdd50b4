"""Open a round of coding, or discard one that was opened by mistake."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from balint_desktop.domain.analysis.framework import Framework
from balint_desktop.i18n import tr
from balint_desktop.ui.analysis.deps import AnalysisDeps, AnalysisService, OpenStudy
from balint_desktop.ui.analysis.round_form import RoundAsked, RoundForm
from balint_desktop.ui.analysis.visit import StudyVisit
from balint_desktop.ui.shell.messages import Messages


class RoundsFlow(QObject):
    """Shows the form for a round, and opens or discards the round in the study."""

    study_changed = Signal(object, str)
    """The study as it is now, and the page to show of it."""

    def __init__(
        self, deps: AnalysisDeps, visit: StudyVisit, messages: Messages, form: RoundForm, page: QWidget
    ) -> None:
        super().__init__(form)
        self._deps, self._visit, self._messages = deps, visit, messages
        self._form, self._page = form, page
        form.asked.connect(self._on_asked)

    def show_form(self) -> None:
        """Ask for the next round, once the versions of the framework are read."""
        opened = self._visit.opened
        if opened is None:
            return

        def show(framework: Framework) -> None:
            self._visit.turn_to("round")
            with self._messages.attempt():
                self._form.show_round(opened, framework)
                self._visit.show(self._page)
                self._form.codes.setFocus()

        with self._messages.act():
            frameworks = self._deps.frameworks() if self._deps.frameworks is not None else None
            study = opened.study.id
            self._visit.run(lambda: frameworks.framework(study) if frameworks is not None else Framework(), show)

    def _on_asked(self, asked: RoundAsked) -> None:
        opened = self._visit.opened
        if opened is None:
            return
        study, number = opened.study, asked.coding_round.number

        def open_round(service: AnalysisService) -> OpenStudy:
            if asked.independent_had_framework != study.independent_had_framework:
                # First: a round that is open already could not be asked for again.
                service.save_study(replace(study, independent_had_framework=asked.independent_had_framework))
            service.open_round(study.id, asked.coding_round)
            return service.open(study.id)

        def done(now: OpenStudy) -> None:
            self.study_changed.emit(now, "")
            self._messages.inform(tr("Round {n} is open.").format(n=number))

        with self._messages.act():
            service = self._deps.service()
            self._visit.run_once(
                self._form.open_button, lambda: open_round(service), done, self._form.problem.show_trouble
            )

    def discard(self, pressed: QWidget) -> None:
        """Discard the last round, with the button that asked for it off until it is done."""
        opened = self._visit.opened
        if opened is None or not opened.rounds:
            return
        study, number = opened.study.id, opened.rounds[-1].number

        def discard_round(service: AnalysisService) -> OpenStudy:
            service.discard_round(study, number)
            return service.open(study)

        def done(now: OpenStudy) -> None:
            self.study_changed.emit(now, "")
            self._messages.inform(tr("Round {n} is discarded.").format(n=number))

        with self._messages.act():
            service = self._deps.service()
            self._visit.run_once(pressed, lambda: discard_round(service), done, self._messages.trouble)
