"""What comes out of a study of an open vault, as the page Report asks for it."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from balint_desktop import __version__
from balint_desktop.app.context import AppContext
from balint_desktop.app.vault_services import report_accounts
from balint_desktop.domain.study.consent import Purpose
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.reports.analysis import export
from balint_desktop.reports.analysis.account import AnalysisAccount
from balint_desktop.reports.analysis.read_account import FEEDBACK, RETURNED, SATURATION, groups_of, read_account
from balint_desktop.reports.analysis.report import AnalysisFile
from balint_desktop.reports.documents.document import PRODUCER
from balint_desktop.reports.methods import prompts_words
from balint_desktop.ui.analysis.deps import ReportOffer, StatedOnce
from balint_desktop.ui.widgets.dates import day_words
from balint_desktop.vault.studies import AnalysisStudies

_SOFTWARE = f"{PRODUCER} {__version__}"
# Said on the page, beside what can be done there nonetheless: nothing may leave today.
_REFUSED = frozenset(
    {
        *(TroubleCode.PURPOSE_NOT_AGREED, TroubleCode.GRADES_NOT_FINAL, TroubleCode.ASSESSMENT_UNANSWERED),
        *(TroubleCode.STUDY_IS_GUEST, TroubleCode.STUDY_WITHOUT_TEXTS, TroubleCode.RECORDING_UNKNOWN),
    }
)


class AnalysisReports:
    """Fits an open vault to `ui/analysis/deps.py: StudyReports`. Any thread; each call has the log to itself."""

    def __init__(self, context: AppContext, studies: AnalysisStudies) -> None:
        self._context = context
        self._studies = studies

    def offer(self, study: str, *, with_figures: bool = False) -> ReportOffer:
        """Return what may be exported of a study. Raise Trouble."""
        stated = self._studies.stated(study)
        known = StatedOnce(stated.get(RETURNED, ""), stated.get(FEEDBACK, ""), stated.get(SATURATION, ""))
        try:
            purposes = export.open_purposes(self._studies, study)
            methods = export.methods_text(
                self._studies,
                study,
                purposes[0],
                lambda: self._account(study, with_figures=with_figures),
                day_words,
            )
        except Trouble as trouble:
            if trouble.code not in _REFUSED:
                raise
            return ReportOffer(stated=known, refused=trouble)
        return ReportOffer(purposes, methods, known)

    def save_stated(self, study: str, stated: StatedOnce) -> None:
        """Save what is asked once. Raise Trouble."""
        self._studies.save_stated(
            study, {SATURATION: stated.saturation, RETURNED: stated.returned, FEEDBACK: stated.feedback}
        )

    def pass_door(self, study: str, purpose: Purpose, words: str) -> None:
        """Let the methods paragraph out to the clipboard, and record it. Raise Trouble."""
        export.pass_methods(self._studies, study, purpose, words, self._account(study))

    def export_file(
        self, study: str, which: AnalysisFile, purpose: Purpose, path: Path, *, with_figures: bool = False
    ) -> None:
        """Write a file in the form of its ending, not encrypted. Raise Trouble."""
        export.export_file(
            self._studies,
            study,
            export.AskedFile(which, purpose, path),
            lambda: self._account(study, with_figures=with_figures),
            day_words,
        )

    def export_project(self, study: str, purpose: Purpose, path: Path) -> None:
        """Write a project for other software, not encrypted. Raise Trouble."""
        export.export_project(self._studies, study, purpose, path, _SOFTWARE)

    def _account(self, study: str, *, with_figures: bool = False) -> AnalysisAccount:
        return read_account(
            self._studies, study, software=_SOFTWARE, prompts=self._prompts(study), with_figures=with_figures
        )

    def _prompts(self, study: str) -> str:
        """Return the sentences of the groups' methods about prompts."""
        accounts, log = report_accounts(self._context), self._studies.log
        found = []
        for group in groups_of(self._studies, self._studies.open(study).study):
            with suppress(KeyError):
                found.append(prompts_words(accounts.account(log.groups.group(group))))
        return " ".join(dict.fromkeys(one for one in found if one))
