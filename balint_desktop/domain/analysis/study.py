"""A study that is analysed: its question and approach, the approved texts, and who analyses them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from balint_desktop.domain.values import RecordingId, SessionKind


class Approach(StrEnum):
    """How the analysis is done. It decides what is offered (Braun & Clarke 2006, 2021)."""

    REFLEXIVE = "reflexive"
    """Reading together, memos, positionality; themes are developed by discussion. No rounds, comparison or figures."""
    CODEBOOK = "codebook"
    """Rounds of blind coding, comparison and consensus, as in Ng, Seu & Cullum 2022, which reports no figure."""
    RELIABILITY = "coding-reliability"
    """As codebook, with figures of agreement."""

    @property
    def has_rounds(self) -> bool:
        """Return whether people code blindly in rounds, and compare."""
        return self is not Approach.REFLEXIVE

    @property
    def has_figures(self) -> bool:
        """Return whether figures of agreement are offered."""
        return self is Approach.RELIABILITY


class AuthorRole(StrEnum):
    """What somebody is to the study."""

    TEAM = "team"
    INDEPENDENT = "independent"
    """From outside the team, as the paper's fourth coder."""
    SUPERVISOR = "supervisor"
    """Comments, and codes nothing."""


class Workplace(StrEnum):
    """Where somebody codes. Each is as blind as the others: nobody's copy holds anybody else's work."""

    HERE = "here"
    VAULT = "vault"
    """In a vault of their own, on this computer or another: by sealed parcel."""
    WORD = "word"
    PAPER = "paper"
    PROGRAM = "program"
    """NVivo, ATLAS.ti, MAXQDA, QualCoder, Taguette: by a REFI-QDA project."""


@dataclass(frozen=True, slots=True)
class Author:
    """Somebody who analyses. `label` is what they are called in the study, never more than they chose.

    `positionality` is what they say of where they stand; `led_group` whether they led the group whose words these are.
    `reader_key` is the age recipient of their own vault, empty without one.
    """

    id: str
    label: str
    role: AuthorRole = AuthorRole.TEAM
    workplace: Workplace = Workplace.HERE
    positionality: str = ""
    led_group: bool = False
    reader_key: str = ""


@dataclass(frozen=True, slots=True)
class StudyText:
    """An approved text in the study: which version, by its fingerprint. `name` is unique: Session 2."""

    recording: RecordingId
    name: str
    number: int
    kind: SessionKind
    version: int
    sha256: str


@dataclass(frozen=True, slots=True)
class AnalysisStudy:
    """A study: its question, approach, texts and authors. `governance` is who governs Māori and Pacific data in it.

    `without_evaluation` leaves the evaluation session out everywhere: mixing experience and evaluation is a limit that
    the paper states. `independent_had_framework` is whether the independent coder was given the framework.
    """

    id: str
    name: str
    question: str = ""
    approach: Approach = Approach.CODEBOOK
    governance: str = ""
    texts: tuple[StudyText, ...] = ()
    authors: tuple[Author, ...] = ()
    without_evaluation: bool = False
    independent_had_framework: bool | None = None

    @property
    def analysed(self) -> tuple[StudyText, ...]:
        """Return the texts that count, in order of their sessions."""
        counted = (one for one in self.texts if not (self.without_evaluation and one.kind is SessionKind.EVALUATION))
        return tuple(sorted(counted, key=lambda one: one.number))

    def author(self, author_id: str) -> Author:
        """Return an author. Raise KeyError."""
        for one in self.authors:
            if one.id == author_id:
                return one
        raise KeyError(author_id)


@dataclass(frozen=True, slots=True)
class Memo:
    """What somebody wrote while reading: dated, superseded and never overwritten.

    `text` is the recording of the text that it is about, None for the study as a whole; `begin` and `end` its passage
    in code points, None for all of the text. `theme` is the theme it is about, if any; `supersedes` the memo before it.
    """

    id: str
    author: str
    wall: float
    words: str
    text: RecordingId | None = None
    begin: int | None = None
    end: int | None = None
    theme: str | None = None
    supersedes: str | None = None


def current_memos(memos: tuple[Memo, ...]) -> tuple[Memo, ...]:
    """Return the memos that no later one of the same author supersedes; an empty one stands for one taken back."""
    old = {(memo.author, memo.supersedes) for memo in memos}
    return tuple(memo for memo in memos if (memo.author, memo.id) not in old and memo.words)


class RoundKind(StrEnum):
    """What is coded with in a round."""

    OPEN = "open"
    FRAMEWORK = "framework"


@dataclass(frozen=True, slots=True)
class RoundClosing:
    """A coder's own round closed: when, and the SHA-256 of what they had coded, which the audit trail chains."""

    author: str
    wall: float
    sha256: str


@dataclass(frozen=True, slots=True)
class CodingRound:
    """A round of coding. `framework` is the version of the framework it uses, None for open coding.

    `without_framework` are the authors who get the texts alone although the round has one, as an independent coder may.
    `wanted_by` is a day as ISO 8601, or empty.
    """

    number: int
    kind: RoundKind
    opened_wall: float
    authors: tuple[str, ...]
    framework: int | None = None
    wanted_by: str = ""
    closings: tuple[RoundClosing, ...] = ()
    without_framework: tuple[str, ...] = ()

    def framework_of(self, author: str) -> int | None:
        """Return the version of the framework that an author codes with, None for open coding."""
        return None if author in self.without_framework else self.framework

    def has_closed(self, author: str) -> bool:
        """Return whether somebody's own coding is closed."""
        return any(one.author == author for one in self.closings)


@dataclass(frozen=True, slots=True)
class CodingOpening:
    """When another author's coding of a round was first opened in this vault, in seconds since 1970."""

    round: int
    author: str
    wall: float


@dataclass(frozen=True, slots=True)
class CodingArrival:
    """A file with an author's coding of a round: when it came, and when what it holds was taken in.

    Walls are seconds since 1970. `is_parcel` is whether it came from a vault, where its author closed the round.
    `counts` is whether what it holds is the author's coding of the round: one that a later file replaced does not, nor
    one that came late and was kept.
    """

    round: int
    author: str
    came_wall: float
    taken_wall: float
    is_parcel: bool
    counts: bool = True


def may_see_others(coding_round: CodingRound, author: str) -> bool:
    """Return whether somebody may open what others coded in a round: only after their own is closed.

    Somebody who does not code in it may, as the study's lead who only reads.
    """
    return author not in coding_round.authors or coding_round.has_closed(author)


class MatterOutcome(StrEnum):
    """What was decided about a matter."""

    KEEP = "keep"
    AS_CODER = "as-coder"
    WIDER = "wider"
    NARROWER = "narrower"
    BOTH_STAND = "both-stand"
    NONE = "none"
    LEFT_OPEN = "left-open"

    @property
    def needs_reason(self) -> bool:
        """Return whether a reason is asked for."""
        return self is not MatterOutcome.KEEP


@dataclass(frozen=True, slots=True)
class ConsensusMeeting:
    """When a matter was talked through, and who was there."""

    id: str
    wall: float
    authors: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class MatterDecision:
    """A decision about a passage, a code or a theme; about the last two it counts for them as a whole.

    A later decision on the same matter supersedes it, and none is ever overwritten. It makes consensus and never
    changes anybody's own coding. `as_author` is whose coding counts, for AS_CODER; `agreed` are those who agreed.
    """

    id: str
    round: int
    meeting: str
    wall: float
    outcome: MatterOutcome
    reason: str
    agreed: tuple[str, ...]
    code: str = ""
    theme: str = ""
    text: RecordingId | None = None
    begin: int | None = None
    end: int | None = None
    as_author: str = ""
    supersedes: str | None = None


class ThemeState(StrEnum):
    """How far a theme is (Braun & Clarke 2006, phases 3 to 5)."""

    CANDIDATE = "candidate"
    REVIEWED = "reviewed"
    NAMED = "named"
    LET_GO = "let-go"


@dataclass(frozen=True, slots=True)
class StudyTheme:
    """A theme: its central idea, the codes it is made of, and what speaks against it. A new one has no name yet."""

    id: str
    name: str
    central_idea: str = ""
    codes: tuple[str, ...] = ()
    state: ThemeState = ThemeState.CANDIDATE
    against: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing but a name was given to the theme."""
        return not (self.codes or self.central_idea or self.against)

    @property
    def is_blank(self) -> bool:
        """Whether the theme has not even a name: nobody has thought of anything yet."""
        return self.is_empty and not self.name


@dataclass(frozen=True, slots=True)
class Quotation:
    """A passage chosen for a theme. `shown` is how it is printed, with […] where words are left out.

    `may_be_quoted` is what the consents of its speakers say, asked when it is chosen and again at every export.
    """

    id: str
    theme: str
    text: RecordingId
    begin: int
    end: int
    shown: str
    may_be_quoted: bool


@dataclass(frozen=True, slots=True)
class ThemeWork:
    """The themes of a study with their quotations."""

    themes: tuple[StudyTheme, ...] = ()
    quotations: tuple[Quotation, ...] = field(default_factory=tuple)
