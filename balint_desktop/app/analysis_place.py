"""Build Analysis: the studies of an open vault, with the phases of their sessions, their framework, and printing."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from balint_desktop.app.analysis import AnalysisWork
from balint_desktop.app.analysis_files import AnalysisFiles
from balint_desktop.app.analysis_reports import AnalysisReports
from balint_desktop.app.coding_copies import CodingCopies
from balint_desktop.app.context import AppContext
from balint_desktop.app.vault_services import form_drafts, name_gate
from balint_desktop.domain.analysis.framework import Framework
from balint_desktop.domain.analysis.study import AnalysisStudy
from balint_desktop.domain.session.formats import parse_format
from balint_desktop.domain.session.state import replay
from balint_desktop.domain.study.doors import Door
from balint_desktop.domain.trouble import Trouble
from balint_desktop.domain.values import RecordingId
from balint_desktop.i18n.library_texts import translated_format
from balint_desktop.recordings.summary import PhaseMark
from balint_desktop.ui.analysis.deps import AnalysisDeps, OpenStudy
from balint_desktop.ui.analysis.place import AnalysisPlace
from balint_desktop.ui.export import printing
from balint_desktop.ui.export.name_gate import PassNames, printed
from balint_desktop.ui.shell.shell import Shell
from balint_desktop.ui.widgets.clipboard import copy_text
from balint_desktop.vault.deidentified import DeidentifiedTexts
from balint_desktop.vault.studies import StudyContents, VaultTexts
from balint_desktop.vault.vault import OpenVault


def may_be_analysed(vault: OpenVault) -> bool:
    """Return whether Analysis is of use: a text is approved, or a study is there. Raise Trouble."""
    return bool(vault.log.studies.all()) or bool(DeidentifiedTexts(vault).records())


def build_analysis(context: AppContext, shell: Shell) -> AnalysisPlace:
    """Build the place where approved texts are analysed."""
    work = _StudyWork(context)
    reports = AnalysisReports(context, work.studies)
    files, copies = AnalysisFiles(work.studies), CodingCopies(work.studies, work.files)

    def print_here(study: AnalysisStudy, html: str) -> bool:
        return print_paper(context.vault.open_vault(), name_gate(context), shell, study, html)

    def copy_here(recording: RecordingId, words: str) -> bool:
        return copy_passage(context.vault.open_vault(), recording, words)

    return AnalysisPlace(
        AnalysisDeps(
            service=lambda: work,
            now=lambda: context.clock.now().wall,
            may_be_quoted=work.may_be_quoted,
            drafts=form_drafts(context),
            print_paper=print_here,
            frameworks=lambda: work,
            files=lambda: files,
            copies=lambda: copies,
            copy_passage=copy_here,
            reports=lambda: reports,
        ),
        context.work,
        context.messages,
    )


def print_paper(vault: OpenVault, pass_names: PassNames, parent: QWidget, study: AnalysisStudy, html: str) -> bool:
    """Print a page of a study, once each of its texts has passed its door and the page the gate. Raise Trouble.

    Return whether it was printed.
    """
    texts = VaultTexts(vault)
    for one in study.analysed:
        texts.pass_door(one.recording, Door.APPROVED_FILE)
    pass_names(Door.APPROVED_FILE, (printed(html, study.name),))
    return printing.print_text(parent, html, study.name)


def copy_passage(vault: OpenVault, recording: RecordingId, words: str) -> bool:
    """Copy words of an approved text once it has passed its door; the gate of names is asked, too.

    Return whether it was copied. Raise Trouble where the consents of the session do not let it leave.
    """
    VaultTexts(vault).pass_door(recording, Door.APPROVED_FILE)
    return copy_text(Door.APPROVED_FILE, words)


class _StudyWork(AnalysisWork):
    """The studies, each text with the phases of its session, and each study with its framework."""

    def _opened(self, found: StudyContents) -> OpenStudy:
        return replace(super()._opened(found), phases={recording: self._phases(recording) for recording in found.texts})

    def _phases(self, recording: RecordingId) -> tuple[PhaseMark, ...]:
        """Return the phases of a recording's session; none of one that came from elsewhere without its session."""
        log = self._vault.log
        with self._vault.log_stays:
            try:
                session = log.recordings.recording(recording).session
                state = replay(
                    parse_format(log.sessions.session(session).setting.format_text), log.sessions.facts(session)
                )
            except (KeyError, Trouble):
                return ()
        phases = translated_format(state.format).phases
        return tuple(PhaseMark(phases[entry.phase].label, entry.at_s) for entry in state.entries)

    def framework(self, study: str) -> Framework:
        """Return the framework as it is."""
        return self.studies.framework(study)

    def save_framework(self, study: str, framework: Framework) -> None:
        """Save the codes that are worked on, and which codes of coders are which of them."""
        self.studies.save_framework(study, framework.book, framework.same, framework.moves)

    def fix_framework(self, study: str) -> Framework:
        """Fix the codes as the next version; none is ever changed."""
        return self.studies.fix_framework(study)
