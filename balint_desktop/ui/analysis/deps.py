"""What the pages of Analysis ask: the studies of an open vault."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from balint_desktop.domain.analysis.framework import Framework
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
    may_see_others,
)
from balint_desktop.domain.analysis.theme_history import ThemeStep
from balint_desktop.domain.deidentify.approved import ApprovedText
from balint_desktop.domain.study.consent import Purpose
from balint_desktop.domain.trouble import Trouble
from balint_desktop.domain.values import RecordingId
from balint_desktop.recordings.summary import PhaseMark
from balint_desktop.reports.analysis.report import AnalysisFile
from balint_desktop.ui.analysis.copy_deps import CopyService
from balint_desktop.ui.analysis.files_deps import CodingFilesService
from balint_desktop.ui.export.open_dialog import AskFile, ask_for_file
from balint_desktop.ui.export.save_dialog import Ask, ask_where_to_save
from balint_desktop.ui.widgets.drafts import Drafts


@dataclass(frozen=True, slots=True)
class StudyRow:
    """A study in the list: how many texts and coders it has, and what is next, in words."""

    id: str
    name: str
    texts: int
    authors: int
    next_step: str


@dataclass(frozen=True, slots=True)
class OpenStudy:
    """A study opened in memory. `me` is the author who works in this vault; `available` the texts it could also take.

    `rounds` hold no codings; `work` reads those of one author, and refuses others' before one's own round is closed.
    `withdrawn` are the names of texts of which coded passages were withdrawn: whose they were is never known here.
    `is_guest` is whether it came in a coding file: one's own coding goes back, and nothing else is done with it here.
    """

    study: AnalysisStudy
    me: str
    texts: dict[RecordingId, ApprovedText]
    rounds: tuple[CodingRound, ...] = ()
    withdrawn: tuple[str, ...] = ()
    memos: tuple[Memo, ...] = ()
    meetings: tuple[ConsensusMeeting, ...] = ()
    decisions: tuple[MatterDecision, ...] = ()
    themes: ThemeWork = field(default_factory=ThemeWork)
    theme_steps: tuple[ThemeStep, ...] = ()
    available: tuple[StudyText, ...] = ()
    phases: Mapping[RecordingId, tuple[PhaseMark, ...]] = field(default_factory=dict)
    """Those of each text's session, in session seconds, where they are known."""
    is_guest: bool = False

    @property
    def analysed_texts(self) -> dict[str, ApprovedText]:
        """The texts that count, by recording, in order of their sessions."""
        return {one.recording: self.texts[one.recording] for one in self.study.analysed if one.recording in self.texts}

    @property
    def comparable_rounds(self) -> tuple[CodingRound, ...]:
        """The rounds that somebody has closed, and of which one may see what others coded."""
        return tuple(one for one in self.rounds if one.closings and may_see_others(one, self.me))

    @property
    def own_round(self) -> CodingRound | None:
        """The last round that one codes in, None without one."""
        return next((one for one in reversed(self.rounds) if self.me in one.authors), None)

    @property
    def may_code(self) -> bool:
        """Whether one's own coding in the last round is still open."""
        last = self.rounds[-1] if self.rounds else None
        return last is not None and self.me in last.authors and not last.has_closed(self.me)


class AnalysisService(Protocol):
    """Studies of an open vault. All methods raise Trouble; all take a moment and are called in a thread."""

    def list(self) -> tuple[StudyRow, ...]:
        """Return the studies."""
        ...

    def available(self) -> tuple[StudyText, ...]:
        """Return the approved texts that consents allow to be analysed."""
        ...

    def create(self, study: AnalysisStudy, me: str) -> OpenStudy:
        """Create a study: its own key, its own sealed database."""
        ...

    def open(self, study: str) -> OpenStudy:
        """Open a study with its texts."""
        ...

    def save_study(self, study: AnalysisStudy) -> None:
        """Save name, question, approach, texts and authors."""
        ...

    def leave_out_closed(self, study: str) -> tuple[str, ...]:
        """Remove from a study the texts that may not be analysed today; return their names. Raise Trouble."""
        ...

    def destroy(self, study: str) -> None:
        """Destroy a study for good; the approved texts stay. Raise Trouble HELD."""
        ...

    def add_memo(self, study: str, memo: Memo) -> None:
        """Add a memo; one that it supersedes stays."""
        ...

    def open_round(self, study: str, coding_round: CodingRound) -> None:
        """Open a round of coding."""
        ...

    def discard_round(self, study: str, round_number: int) -> None:
        """Remove the last round, opened by mistake. Raise Trouble ROUND_IN_USE where anybody has used it."""
        ...

    def work(self, study: str, round_number: int, author: str) -> CoderWork:
        """Return what somebody has coded in a round. Raise Trouble where one's own round is not closed."""
        ...

    def save_work(self, study: str, round_number: int, author: str, work: CoderWork) -> None:
        """Save one's own codes and codings, at each step. Raise Trouble where the round is closed."""
        ...

    def openings(self, study: str) -> Sequence[CodingOpening]:
        """Return when coding of others was first opened here, the earliest first."""
        ...

    def close_round(self, study: str, round_number: int, author: str) -> CodingRound:
        """Close one's own coding: its fingerprint is chained in the audit trail. There is no way back."""
        ...

    def save_themes(self, study: str, themes: ThemeWork) -> None:
        """Save themes and quotations."""
        ...

    def add_decisions(self, study: str, meeting: ConsensusMeeting, decisions: Sequence[MatterDecision]) -> None:
        """Add decisions of a meeting."""
        ...


class FrameworkService(Protocol):
    """The framework of a study: which codes of the coders are the same, and its versions. Called as AnalysisService."""

    def framework(self, study: str) -> Framework:
        """Return the framework as it is."""
        ...

    def save_framework(self, study: str, framework: Framework) -> None:
        """Save the codes that are worked on, and which codes of coders are which of them."""
        ...

    def fix_framework(self, study: str) -> Framework:
        """Fix the codes as the next version; none is ever changed."""
        ...


@dataclass(frozen=True, slots=True)
class StatedOnce:
    """What is asked once, as no log has it: whether transcripts were returned, what participants said, saturation."""

    returned: str = ""
    feedback: str = ""
    saturation: str = ""


@dataclass(frozen=True, slots=True)
class ReportOffer:
    """What may be exported of a study today: for what, its methods paragraph, and what was stated of it.

    `refused` is why nothing may, None where something may.
    """

    purposes: tuple[Purpose, ...] = ()
    methods: str = ""
    stated: StatedOnce = field(default_factory=StatedOnce)
    refused: Trouble | None = None


class StudyReports(Protocol):
    """What comes out of a study. All methods raise Trouble, but for what is said; all are called in a thread."""

    def offer(self, study: str, *, with_figures: bool = False) -> ReportOffer:
        """Return what may be exported of a study."""
        ...

    def save_stated(self, study: str, stated: StatedOnce) -> None:
        """Save what is asked once."""
        ...

    def pass_door(self, study: str, purpose: Purpose, words: str) -> None:
        """Let the methods paragraph out to the clipboard, and record it."""
        ...

    def export_file(
        self, study: str, which: AnalysisFile, purpose: Purpose, path: Path, *, with_figures: bool = False
    ) -> None:
        """Write a file in the form of its ending, not encrypted."""
        ...

    def export_project(self, study: str, purpose: Purpose, path: Path) -> None:
        """Write a project for other software, not encrypted."""
        ...


@dataclass(frozen=True, slots=True)
class AnalysisDeps:
    """Dependencies of the pages.

    `service` raises Trouble where the vault is locked; `now` is the wall clock in seconds since 1970. `may_be_quoted`
    says whether those who speak in a passage of a study's text agreed to be quoted: it takes a moment, raises Trouble,
    and never says who did not. `print_paper` prints HTML of a study, after its texts' door and the gate of names; None
    where nothing can be printed, and returns whether it was. `copy_passage` copies words of a text after the same door
    and gate, and returns whether it did; None where nothing can be copied. Without `frameworks`, codes are compared,
    and no framework is made of them; without `files`, nobody codes elsewhere, and without `copies` in Word or on paper;
    without `reports` nothing is exported. `ask` and `ask_file` ask for a file to write and to read.
    """

    service: Callable[[], AnalysisService]
    now: Callable[[], float]
    may_be_quoted: Callable[[str, RecordingId, int, int], bool]
    drafts: Drafts | None = None
    print_paper: Callable[[AnalysisStudy, str], bool] | None = None
    frameworks: Callable[[], FrameworkService] | None = None
    files: Callable[[], CodingFilesService] | None = None
    copies: Callable[[], CopyService] | None = None
    copy_passage: Callable[[RecordingId, str], bool] | None = None
    reports: Callable[[], StudyReports] | None = None
    ask: Ask = ask_where_to_save
    ask_file: AskFile = ask_for_file
