"""The page *Report* of a study: what comes out of it, as files that are not encrypted, and the methods paragraph."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QPushButton, QWidget

from balint_desktop.domain.study.consent import Purpose
from balint_desktop.domain.study.doors import Door
from balint_desktop.domain.trouble import Trouble
from balint_desktop.i18n import tr
from balint_desktop.reports.analysis.report import ENDINGS, AnalysisFile
from balint_desktop.ui.analysis.deps import AnalysisDeps, OpenStudy, ReportOffer, StatedOnce, StudyReports
from balint_desktop.ui.export.export_file import file_stem
from balint_desktop.ui.export.saved_notice import show_saved
from balint_desktop.ui.shell.messages import Messages
from balint_desktop.ui.shell.saver import Saver
from balint_desktop.ui.shell.work import Work
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, EscapeRole, button
from balint_desktop.ui.widgets.clipboard import GatedText, copy_text
from balint_desktop.ui.widgets.fields import ChoiceField, chosen
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.form import Form, labelled
from balint_desktop.ui.widgets.live_label import LiveLabel, ProblemLabel
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.note_field import NoteField
from balint_desktop.ui.widgets.text import heading, quiet, subheading

_LIMIT = 500
_PAUSE_MS = 400
_LINES = 9


class ReportPage(QWidget):
    """Export what came of a study. Every file says before it is made that it is not encrypted, and states its purpose.

    `leave` saves what was typed, and drops every word of the study.
    """

    back = Signal()

    def __init__(self, deps: AnalysisDeps, work: Work, messages: Messages) -> None:
        super().__init__()
        named(self, "report-page")
        self._deps, self._work, self._messages = deps, work, messages
        self._opened: OpenStudy | None = None
        self._reports: StudyReports | None = None
        self._is_filling = False
        # What comes back for a study, or a tick, that is no longer shown is dropped.
        self._turn = 0
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self.commit)
        self.saver: Saver[StatedOnce] = Saver(work, messages.trouble, lambda: None, threading.Lock(), self)
        self._build()

    def _build(self) -> None:
        self.back_button = button(
            tr("Back to study"), "report-back", self.back.emit, ButtonKind.QUIET, escape=EscapeRole.LEAVE
        )
        self.problem = ProblemLabel("report-problem")
        self.news = LiveLabel("report-news", "quiet")
        self.purpose = ChoiceField()
        self.with_figures = named(QCheckBox(tr("With figures of agreement in the report")), "report-with-figures")
        self.with_figures.toggled.connect(lambda _: self._read())
        self.buttons: dict[AnalysisFile | None, QPushButton] = {
            AnalysisFile.REPORT: self._export_button(tr("Report…"), "report-export", AnalysisFile.REPORT),
            AnalysisFile.CODEBOOK: self._export_button(tr("Codebook…"), "report-codebook", AnalysisFile.CODEBOOK),
            AnalysisFile.QUOTATIONS: self._export_button(
                tr("Quotations…"), "report-quotations", AnalysisFile.QUOTATIONS
            ),
            AnalysisFile.TRAIL: self._export_button(tr("Audit trail…"), "report-trail", AnalysisFile.TRAIL),
            None: self._export_button(tr("Project for other software…"), "report-project", None),
        }
        self._offers = QWidget()
        column = layouts.column(self._offers, 12)
        column.addWidget(labelled(tr("Exported for"), self.purpose, "report-purpose"))
        warning = tr("These files are not encrypted: anyone who has one can read it.")
        column.addWidget(named(quiet(warning), "report-not-encrypted"))
        column.addWidget(self.with_figures)
        column.addWidget(flow(*self.buttons.values()))
        about = tr(
            "Only quotations whose speakers agree to be quoted are in them. The project holds the whole texts with "
            "your coding, and that of others once your round is closed."
        )
        column.addWidget(named(quiet(about), "report-about"))
        page = layouts.column(self, 14)
        page.addWidget(flow(self.back_button))
        for widget in (named(heading(tr("Report")), "report-heading"), self.problem, self._offers, self.news):
            page.addWidget(widget)
        page.addWidget(self._build_methods())
        page.addWidget(self._build_stated())
        page.addStretch(1)

    def _build_methods(self) -> QWidget:
        self.methods = named(GatedText(Door.ANALYSIS_REPORT), "report-methods", spoken=tr("Methods paragraph"))
        self.methods.setTabChangesFocus(True)
        self.copy_button = button(tr("Copy"), "report-methods-copy", self._on_copy)
        self._methods_box = QWidget()
        column = layouts.column(self._methods_box, 8)
        column.addWidget(named(subheading(tr("Methods paragraph")), "report-methods-heading"))
        column.addWidget(self.methods)
        column.addWidget(flow(self.copy_button))
        return self._methods_box

    def _build_stated(self) -> QWidget:
        self.saturation = NoteField("report-saturation", _LIMIT, 2, shown_from=100)
        self.returned = NoteField("report-returned", _LIMIT, 2, shown_from=100)
        self.feedback = NoteField("report-feedback", _LIMIT, 2, shown_from=100)
        form = Form()
        form.row(tr("Was data saturation discussed? (COREQ 22)"), self.saturation, "report-saturation")
        form.add(self.saturation.left_words)
        form.row(tr("Were transcripts returned to participants? (COREQ 23)"), self.returned, "report-returned")
        form.add(self.returned.left_words)
        form.row(tr("Did participants comment on the findings? (COREQ 28)"), self.feedback, "report-feedback")
        form.add(self.feedback.left_words)
        for field in (self.saturation, self.returned, self.feedback):
            field.textChanged.connect(self._on_typed)
        return form

    def _export_button(self, words: str, identifier: str, which: AnalysisFile | None) -> QPushButton:
        kind = ButtonKind.PRIMARY if which is AnalysisFile.REPORT else ButtonKind.PLAIN
        return button(words, identifier, partial(self._on_export, which), kind)

    # --- opening and leaving ---

    def show_study(self, reports: StudyReports, opened: OpenStudy, offer: ReportOffer) -> None:
        """Show what may be exported of a study."""
        self._reports, self._opened = reports, opened
        study = opened.study.id
        self.saver.begin(lambda stated: reports.save_stated(study, stated))
        self._is_filling = True
        self.with_figures.setChecked(False)
        self.with_figures.setVisible(opened.study.approach.has_figures)
        self.saturation.setPlainText(offer.stated.saturation)
        self.returned.setPlainText(offer.stated.returned)
        self.feedback.setPlainText(offer.stated.feedback)
        self.purpose.clear()
        for one in offer.purposes:
            self.purpose.addItem(_purpose_words(one), one)
        self._is_filling = False
        self.news.announce("")
        self._show_offer(offer)

    def _show_offer(self, offer: ReportOffer) -> None:
        if offer.refused is not None:
            self.problem.show_trouble(offer.refused)
        else:
            self.problem.announce("")
        self._offers.setVisible(offer.refused is None)
        self._methods_box.setVisible(offer.refused is None)
        self.methods.setPlainText(offer.methods)
        self.methods.setFixedHeight(self.methods.fontMetrics().lineSpacing() * _LINES)

    def leave(self) -> None:
        """Save what is not saved yet, and drop the study. Raise Trouble if it cannot be saved."""
        if self._opened is None:
            return
        self.commit()
        self.saver.flush()
        self._turn += 1
        self._opened = self._reports = None
        self._is_filling = True
        for field in (self.saturation, self.returned, self.feedback, self.methods):
            field.clear()
        self._is_filling = False

    def first_focus(self) -> QWidget:
        """Return what is first on the page: the purpose, or what is asked where nothing may be exported."""
        return self.purpose if self._offers.isVisibleTo(self) else self.saturation

    @property
    def opened(self) -> OpenStudy | None:
        """The study on the page."""
        return self._opened

    # --- what is stated once ---

    def _on_typed(self) -> None:
        if not self._is_filling:
            self._pause.start()

    def commit(self) -> None:
        """Save what was typed since the last time."""
        if self._pause.isActive():
            self._pause.stop()
            self.saver.save(StatedOnce(self.returned.words(), self.feedback.words(), self.saturation.words()))

    # --- the methods paragraph ---

    def _read(self) -> None:
        """Read the methods paragraph anew, as with figures of agreement or without."""
        reports, opened = self._reports, self._opened
        if reports is None or opened is None or self._is_filling:
            return
        study, with_figures = opened.study.id, self._has_figures()
        self._run(lambda: reports.offer(study, with_figures=with_figures), self._show_offer)

    def _has_figures(self) -> bool:
        return self.with_figures.isChecked() and not self.with_figures.isHidden()

    def _on_copy(self) -> None:
        reports, opened, purpose = self._reports, self._opened, chosen(self.purpose, Purpose)
        if reports is None or opened is None or purpose is None:
            return
        study, words = opened.study.id, self.methods.toPlainText()

        def copy(_: object) -> None:
            if copy_text(Door.ANALYSIS_REPORT, words):
                self.news.announce(tr("Copied. Please complete the parts in square brackets."))

        with self._messages.act():
            self._run(lambda: reports.pass_door(study, purpose, words), copy)

    # --- files ---

    def _on_export(self, which: AnalysisFile | None) -> None:
        reports, opened, purpose = self._reports, self._opened, chosen(self.purpose, Purpose)
        if reports is None or opened is None or purpose is None:
            return
        with self._messages.act():
            self.commit()
            self.saver.flush()
            forms = _forms(which)
            stem = file_stem(which.value if which is not None else "project", opened.study.name)
            path = self._deps.ask(self, tr("Export, not encrypted"), stem + next(iter(forms)), tuple(_kinds(forms)))
            if path is None or self._opened is not opened:
                return
            if path.suffix.lower() not in forms:
                path = path.with_name(path.name + next(iter(forms)))
            self._write(reports, opened.study.id, which, purpose, path)

    def _write(
        self, reports: StudyReports, study: str, which: AnalysisFile | None, purpose: Purpose, path: Path
    ) -> None:
        with_figures = self._has_figures()

        def write() -> None:
            if which is None:
                reports.export_project(study, purpose, path)
            else:
                reports.export_file(study, which, purpose, path, with_figures=with_figures)

        def saved(_: object) -> None:
            self.news.announce("")
            show_saved(self._messages, path)

        self.news.announce(tr("Writing the file…"))
        self._run(write, saved)

    def _run(self, job: Callable[[], object], done: Callable[..., None]) -> None:
        self._turn += 1
        turn = self._turn

        def if_shown(result: object) -> None:
            if turn == self._turn:
                done(result)

        def failed(trouble: Trouble) -> None:
            self.news.announce("")
            self._messages.trouble(trouble)

        self._work.run(job, if_shown, failed, owner=self)


def _purpose_words(purpose: Purpose) -> str:
    return {
        Purpose.ANALYSIS: tr("The study’s analysis"),
        Purpose.SHARING: tr("Sharing outside the study"),
    }[purpose]


def _forms(which: AnalysisFile | None) -> tuple[str, ...]:
    return ENDINGS[which] if which is not None else (".qdpx",)


def _kinds(forms: tuple[str, ...]) -> list[str]:
    words = {
        ".docx": tr("Word"),
        ".odt": tr("OpenDocument"),
        ".html": tr("Web page"),
        ".csv": tr("CSV"),
        ".xlsx": tr("Spreadsheet"),
        ".qdc": tr("REFI-QDA codebook"),
        ".qdpx": tr("REFI-QDA project"),
    }
    return [f"{words[one]} (*{one})" for one in forms]
