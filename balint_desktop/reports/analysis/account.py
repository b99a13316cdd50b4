"""What a study's report is made of, counted from its rounds, codings, decisions and themes; people by their labels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from balint_desktop.domain.analysis.codebook import Codebook
from balint_desktop.domain.analysis.framework import FixedFramework, FrameworkMove
from balint_desktop.domain.analysis.history import CoderWork
from balint_desktop.domain.analysis.quotations import is_faithful, speakers
from balint_desktop.domain.analysis.study import (
    AnalysisStudy,
    Author,
    AuthorRole,
    CodingArrival,
    CodingRound,
    ConsensusMeeting,
    MatterDecision,
    MatterOutcome,
    Memo,
    Quotation,
    StudyText,
    StudyTheme,
    ThemeState,
    ThemeWork,
)
from balint_desktop.domain.analysis.theme_history import ThemeStep
from balint_desktop.domain.deidentify.approved import ApprovedText
from balint_desktop.domain.values import RecordingId
from balint_desktop.text.themes import with_name


@dataclass(frozen=True, slots=True)
class TextHistory:
    """What became of a session's sound and of its identifiable transcript. None where it is still there."""

    recording: RecordingId
    approved: date | None = None
    audio_destroyed: date | None = None
    transcript_destroyed: date | None = None


@dataclass(frozen=True, slots=True)
class OthersOpened:
    """When somebody first opened what others had coded in a round."""

    wall: float
    author: str
    round: int


@dataclass(frozen=True, slots=True)
class Stated:
    """What no log can count, as it was typed once; empty where nothing was.

    `returned` is whether transcripts went back to participants (COREQ 23), `feedback` whether they commented on the
    findings (28), `saturation` what is said of it (22).
    """

    returned: str = ""
    feedback: str = ""
    saturation: str = ""


@dataclass(frozen=True, slots=True)
class RoundCount:
    """What was coded in a round by those whose work is open: coders, codes used, codings."""

    round: CodingRound
    coders: int
    codes: int
    codings: int


@dataclass(frozen=True, slots=True)
class UnitFigures:
    """How far coders agree on one code, by one unit, with the 95 % limits of alpha. None where nothing varies."""

    jaccard: float | None
    alpha: float | None
    limits: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class CodeFigures:
    """How far coders agree on one code, by turn and by character."""

    code: str
    turn: UnitFigures
    character: UnitFigures


@dataclass(frozen=True, slots=True)
class RoundFigures:
    """The figures of a round: how many coders, turns and characters they are of, and those of each code."""

    round: int
    coders: int
    turns: int
    characters: int
    codes: tuple[CodeFigures, ...]


@dataclass(frozen=True, slots=True)
class AnalysisAccount:
    """A study as its report has it.

    `consensus` is what is agreed of the last round, as `domain/analysis/consensus.py` makes it of the decisions.
    `works` is what each author coded in each round, as far as it may be seen. `software` is the program with its
    version, `models` those that wrote first drafts, each with the SHA-256 of its files, and `prompts` the sentences of
    the group's own methods about its prompts. `chain_words` are the eight words of the audit trail's head. `figures`
    are those of agreement, None unless they were asked for. `draft` are the codes of the framework that are worked on,
    `moves` the acts that led to it, `theme_steps` how themes came about.
    """

    study: AnalysisStudy
    today: date
    texts: Mapping[RecordingId, ApprovedText]
    rounds: tuple[CodingRound, ...] = ()
    works: Mapping[tuple[int, str], CoderWork] = field(default_factory=dict)
    frameworks: tuple[FixedFramework, ...] = ()
    memos: tuple[Memo, ...] = ()
    meetings: tuple[ConsensusMeeting, ...] = ()
    decisions: tuple[MatterDecision, ...] = ()
    themes: ThemeWork = field(default_factory=ThemeWork)
    histories: tuple[TextHistory, ...] = ()
    openings: tuple[OthersOpened, ...] = ()
    stated: Stated = field(default_factory=Stated)
    software: str = ""
    models: tuple[str, ...] = ()
    prompts: str = ""
    chain_words: tuple[str, ...] = ()
    figures: RoundFigures | None = None
    consensus: CoderWork = field(default_factory=CoderWork)
    draft: Codebook = field(default_factory=Codebook)
    moves: tuple[FrameworkMove, ...] = ()
    theme_steps: tuple[ThemeStep, ...] = ()
    arrivals: tuple[CodingArrival, ...] = ()

    # --- people ---

    @property
    def coders(self) -> tuple[Author, ...]:
        """Return the authors who were to code in a round, or, without rounds, all who are no supervisors."""
        if not self.rounds:
            return tuple(one for one in self.study.authors if one.role is not AuthorRole.SUPERVISOR)
        named = {author for one in self.rounds for author in one.authors}
        return tuple(one for one in self.study.authors if one.id in named)

    @property
    def leaders(self) -> tuple[Author, ...]:
        """Return the authors who led the group whose words these are."""
        return tuple(one for one in self.study.authors if one.led_group)

    def label(self, author: str) -> str:
        """Return what an author is called, empty for one who is no author any more."""
        return next((one.label for one in self.study.authors if one.id == author), "")

    def with_role(self, role: AuthorRole) -> tuple[Author, ...]:
        """Return the coders of a role."""
        return tuple(one for one in self.coders if one.role is role)

    # --- rounds ---

    def round_counts(self) -> tuple[RoundCount, ...]:
        """Return what was coded in each round, counting the texts that are analysed."""
        counted = {one.recording for one in self.study.analysed}
        found = []
        for one in self.rounds:
            works = [work for (number, _), work in self.works.items() if number == one.number]
            codings = [
                (at, coding.code)
                for at, work in enumerate(works)
                for coding in work.codings.all
                if coding.text in counted
            ]
            coders = len({at for at, _ in codings})
            found.append(RoundCount(one, coders, len(set(codings)), len(codings)))
        return tuple(found)

    def unclosed(self, one: CodingRound) -> tuple[Author, ...]:
        """Return the coders of a round who never closed it."""
        return tuple(
            author for author in self.study.authors if author.id in one.authors and not one.has_closed(author.id)
        )

    def is_late(self, arrival: CodingArrival) -> bool:
        """Return whether coding was taken in after comparison of its round, or a later round, had begun."""
        decided = (one.wall for one in self.decisions if one.round == arrival.round)
        later = (one.opened_wall for one in self.rounds if one.number > arrival.round)
        return any(wall < arrival.taken_wall for wall in (*decided, *later))

    # --- codes ---

    @property
    def codebook(self) -> Codebook:
        """Return the codes that the report prints: those of the last framework, without one those of all coders.

        Codes of one name by different coders are one line only in a framework.
        """
        if self.frameworks:
            return max(self.frameworks, key=lambda one: one.version).book
        last: dict[str, CoderWork] = {}
        for (_, author), work in sorted(self.works.items(), key=lambda one: one[0][0]):
            last[author] = work
        return Codebook(tuple(code for work in last.values() for code in work.book.codes))

    def code_name(self, guid: str) -> str:
        """Return the name of a code, of the framework or of a coder; empty for one that is no more."""
        fixed = [one.book for one in self.frameworks[::-1]]
        books = [*fixed, self.draft, *(work.book for work in self.works.values())]
        return next((code.name for book in books for code in book.codes if code.guid == guid), "")

    def uses(self) -> Mapping[str, int]:
        """Return how many codings each code has by consensus, by its name in small letters.

        Without consensus, in the last round whose work is open.
        """
        if self.consensus.codings.all:
            agreed = {code.guid: code.name.casefold() for code in self.consensus.book.codes}
            return Counter(agreed[one.code] for one in self.consensus.codings.all if one.code in agreed)
        last = max((number for number, _ in self.works), default=0)
        found: Counter[str] = Counter()
        for (number, _), work in self.works.items():
            if number == last:
                names = {code.guid: code.name.casefold() for code in work.book.codes}
                found.update(names[one.code] for one in work.codings.all if one.code in names)
        return found

    # --- discussion ---

    @property
    def standing_decisions(self) -> tuple[MatterDecision, ...]:
        """Return the decisions that no later one supersedes."""
        old = {one.supersedes for one in self.decisions}
        return tuple(one for one in self.decisions if one.id not in old)

    @property
    def meetings_held(self) -> int:
        """Return how many meetings decided something, of those of which it was said who was there, or what was said.

        A decision alone begins a meeting in the store, and says of nobody that they met.
        """
        held = {one.id for one in self.meetings if one.authors or one.note}
        return len(held & {one.meeting for one in self.standing_decisions})

    def outcomes(self) -> Mapping[MatterOutcome, int]:
        """Return how many matters were decided how."""
        return Counter(one.outcome for one in self.standing_decisions)

    # --- themes ---

    @property
    def reported_themes(self) -> tuple[StudyTheme, ...]:
        """Return the themes that were not let go, in their order, each under a name."""
        return tuple(with_name(one) for one in self.considered_themes if one.state is not ThemeState.LET_GO)

    @property
    def considered_themes(self) -> tuple[StudyTheme, ...]:
        """Return the themes that somebody thought of: not one that is blank, and has no quotation."""
        quoted = {one.theme for one in self.themes.quotations}
        return tuple(one for one in self.themes.themes if not one.is_blank or one.id in quoted)

    @property
    def named_themes(self) -> tuple[StudyTheme, ...]:
        """Return the themes that were named."""
        return tuple(one for one in self.reported_themes if one.state is ThemeState.NAMED)

    def quotations(self, theme: StudyTheme | None = None) -> tuple[Quotation, ...]:
        """Return the quotations that may leave: of these texts, agreed to by who speaks, and as the text is today."""
        themes = {one.id for one in self.reported_themes}
        counted = {one.recording for one in self.study.analysed}
        return tuple(
            one
            for one in self.themes.quotations
            if one.may_be_quoted
            and one.theme in themes
            and (theme is None or one.theme == theme.id)
            and one.text in counted
            and one.text in self.texts
            and is_faithful(one, self.texts[one.text])
        )

    def left_out_quotations(self) -> int:
        """Return how many quotations of reported themes are not printed."""
        themes = {one.id for one in self.reported_themes}
        return sum(one.theme in themes for one in self.themes.quotations) - len(self.quotations())

    def session(self, recording: RecordingId) -> StudyText | None:
        """Return the text of a recording in the study."""
        return next((one for one in self.study.texts if one.recording == recording), None)

    def session_number(self, recording: RecordingId) -> int:
        """Return the number of a recording's session, 0 for one that is not in the study."""
        session = self.session(recording)
        return session.number if session is not None else 0

    def speakers(self, quotation: Quotation) -> Sequence[str]:
        """Return who speaks in a quotation, by study number or role."""
        text = self.texts.get(quotation.text)
        return speakers(text, quotation.begin, quotation.end) if text is not None else ()
