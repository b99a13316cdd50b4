"""The studies of an open vault, as the place Analysis asks for them."""

from __future__ import annotations

from collections.abc import Sequence

from balint_desktop.app.context import AppContext
from balint_desktop.domain.analysis.history import CoderWork
from balint_desktop.domain.analysis.study import (
    AnalysisStudy,
    CodingOpening,
    CodingRound,
    ConsensusMeeting,
    MatterDecision,
    Memo,
    StudyText,
    ThemeWork,
)
from balint_desktop.domain.values import RecordingId
from balint_desktop.i18n import tr, tr_n
from balint_desktop.ui.analysis.deps import OpenStudy, StudyRow
from balint_desktop.vault.analysis_texts import VaultTexts
from balint_desktop.vault.coding_files import CodingFiles
from balint_desktop.vault.studies import AnalysisStudies, StudyContents


class AnalysisWork:
    """Fits an open vault to `ui/analysis/deps.py: AnalysisService`. Any thread; each call has the log to itself."""

    def __init__(self, context: AppContext) -> None:
        self._vault = context.vault.open_vault()
        self._texts = VaultTexts(self._vault)
        self.studies = AnalysisStudies(self._vault, self._texts, lambda number: tr("Session {n}").format(n=number))
        self.files = CodingFiles(self.studies)

    def list(self) -> tuple[StudyRow, ...]:
        """Return the studies; one that does not open is listed, too. Raise Trouble."""
        rows = [
            StudyRow(study.id, study.name, len(study.analysed), len(study.authors), _next_step(study, rounds, me))
            for study, rounds, me in self.studies.contents_in_short()
        ]
        damaged = (
            StudyRow(one, tr("An analysis that cannot be opened"), 0, 0, tr("Restore it from a backup"))
            for one in self.studies.damaged()
        )
        return (*rows, *damaged)

    def available(self) -> tuple[StudyText, ...]:
        """Return the approved texts that consents allow to be analysed."""
        return self.studies.available()

    def create(self, study: AnalysisStudy, me: str) -> OpenStudy:
        """Create a study: its own key, its own sealed database."""
        return self._opened(self.studies.create(study, me))

    def open(self, study: str) -> OpenStudy:
        """Open a study with its texts; each asks the consent gate again."""
        return self._opened(self.studies.open(study))

    def _opened(self, found: StudyContents) -> OpenStudy:
        known = {one.recording for one in found.study.texts}
        return OpenStudy(
            *(found.study, found.me, found.texts),
            rounds=found.rounds,
            memos=found.memos,
            meetings=found.meetings,
            decisions=found.decisions,
            themes=found.themes,
            theme_steps=found.theme_steps,
            available=tuple(one for one in self.studies.available() if one.recording not in known),
            withdrawn=found.withdrawn,
            is_guest=found.is_guest,
        )

    def save_study(self, study: AnalysisStudy) -> None:
        """Save name, question, approach, texts and authors."""
        self.studies.save_study(study)

    def leave_out_closed(self, study: str) -> tuple[str, ...]:
        """Remove from a study the texts that may not be analysed today; return their names."""
        return self.studies.leave_out_closed(study)

    def destroy(self, study: str) -> None:
        """Destroy a study for good; the approved texts stay. Raise Trouble HELD."""
        self.studies.destroy(study)

    def add_memo(self, study: str, memo: Memo) -> None:
        """Add a memo; one that it supersedes stays."""
        self.studies.add_memo(study, memo)

    def open_round(self, study: str, coding_round: CodingRound) -> None:
        """Open a round of coding."""
        self.studies.open_round(study, coding_round)

    def discard_round(self, study: str, round_number: int) -> None:
        """Remove the last round, opened by mistake. Raise Trouble ROUND_IN_USE."""
        self.studies.discard_round(study, round_number)

    def work(self, study: str, round_number: int, author: str) -> CoderWork:
        """Return what somebody has coded in a round. Raise Trouble where one's own round is not closed."""
        return self.studies.work(study, round_number, author)

    def save_work(self, study: str, round_number: int, author: str, work: CoderWork) -> None:
        """Save one's own codes and codings, at each step. Raise Trouble where the round is closed."""
        self.studies.save_work(study, round_number, author, work)

    def openings(self, study: str) -> Sequence[CodingOpening]:
        """Return when coding of others was first opened here, the earliest first."""
        return self.studies.openings(study)

    def close_round(self, study: str, round_number: int, author: str) -> CodingRound:
        """Close one's own coding: its fingerprint is chained in the audit trail. There is no way back."""
        return self.studies.close_round(study, round_number, author)

    def save_themes(self, study: str, themes: ThemeWork) -> None:
        """Save themes and quotations."""
        self.studies.save_themes(study, themes)

    def add_decisions(self, study: str, meeting: ConsensusMeeting, decisions: Sequence[MatterDecision]) -> None:
        """Add decisions of a meeting."""
        self.studies.add_decisions(study, meeting, decisions)

    def may_be_quoted(self, study: str, recording: RecordingId, begin: int, end: int) -> bool:
        """Return whether those who speak in a passage of a study's text agreed to be quoted, as of today."""
        return self.studies.may_be_quoted(study, recording, begin, end)


def _next_step(study: AnalysisStudy, rounds: Sequence[CodingRound], me: str) -> str:
    """Return what is next in a study, in words."""
    if not study.analysed:
        return tr("Add texts")
    if not study.approach.has_rounds:
        return tr("Read, code and develop themes")
    return _next_in(rounds[-1], me) if rounds else tr("Open round 1")


def _next_in(last: CodingRound, me: str) -> str:
    """Return what is next in the last round, in words."""
    if me in last.authors and not last.has_closed(me):
        return tr("Code round {n}").format(n=last.number)
    awaited = sum(not last.has_closed(one) for one in last.authors)
    if awaited:
        return tr_n("Round {round}: waiting for {n} coder", "Round {round}: waiting for {n} coders", awaited).format(
            round=last.number, n=awaited
        )
    if last.authors == (me,):
        return tr("Round {n} is closed").format(n=last.number)
    return tr("Compare round {n}").format(n=last.number)
