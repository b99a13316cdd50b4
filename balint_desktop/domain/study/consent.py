"""Consent by person and purpose: the answers, which one counts, and what everyone present agreed to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from balint_desktop.domain.values import ParticipantCode


class Purpose(StrEnum):
    """What somebody is asked to agree to, each by itself (practice, section 6: purposes are ticked separately).

    Being recorded is the gate. What a recording is then used for is agreed to purpose by purpose: for the leader's
    supervision without any research, or for research without supervision. Joining the group is not among them: it
    is teaching, and no answer here touches it.
    """

    RECORDING = "recording"
    TRANSCRIPTION = "transcription"
    ANALYSIS = "analysis"
    QUOTATIONS = "quotations"
    SUPERVISION = "supervision"
    SHARING = "sharing"


class Answer(StrEnum):
    """What was answered. `TAKEN_BACK` is no answer of a person's: the row that it names was entered by mistake."""

    GIVEN = "given"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    TAKEN_BACK = "taken-back"


class TakenBy(StrEnum):
    """Who took an answer: the coordinator, the facilitator, or a tick in the group's own form."""

    COORDINATOR = "coordinator"
    FACILITATOR = "facilitator"
    TICK = "tick"


ANSWERS = (Answer.GIVEN, Answer.DECLINED, Answer.WITHDRAWN)
"""What a person can say."""

REFUSALS = frozenset({Answer.DECLINED, Answer.WITHDRAWN})
FORM_LIMIT = 40


@dataclass(frozen=True, slots=True)
class Consent:
    """One answer as it was entered. Rows are never changed: `takes_back` is the place of the row that did not hold.

    `day` is when the person answered, None where it was not kept (ticks of earlier versions); `form` is the version
    of the form signed, and may be empty; `wall` is when it was entered, in seconds since 1970.
    """

    place: int
    code: ParticipantCode
    purpose: Purpose
    answer: Answer
    day: date | None
    form: str = ""
    taken_by: TakenBy = TakenBy.FACILITATOR
    wall: float = 0.0
    takes_back: int | None = None


Cell = tuple[ParticipantCode, Purpose]


def current_answers(rows: Iterable[Consent]) -> Mapping[Cell, Consent]:
    """Return the answer that counts for each person and purpose; nobody asked yet has none.

    It is the one entered last that was not taken back, whatever its day: a withdrawal counts the moment it is
    entered, and no paper of an earlier day found afterwards opens the gate again.
    """
    known = sorted(rows, key=lambda row: row.place)
    void = {row.takes_back for row in known if row.answer is Answer.TAKEN_BACK}
    return {
        (row.code, row.purpose): row for row in known if row.answer is not Answer.TAKEN_BACK and row.place not in void
    }


def agreed(rows: Iterable[Consent], purpose: Purpose) -> frozenset[ParticipantCode]:
    """Return who agrees to a purpose now."""
    return frozenset(
        code for (code, of), row in current_answers(rows).items() if of is purpose and row.answer is Answer.GIVEN
    )


def agreed_by_all(rows: Iterable[Consent], present: Collection[ParticipantCode]) -> frozenset[Purpose]:
    """Return the purposes that everyone of those agrees to: none where nobody is there.

    One person who has not agreed, or was not asked, is enough to leave a purpose out.
    """
    known = current_answers(rows)
    return frozenset(
        purpose
        for purpose in Purpose
        if present and all((code, purpose) in known and known[code, purpose].answer is Answer.GIVEN for code in present)
    )


def still_permitted(
    noted: Collection[Purpose] | None, rows: Iterable[Consent], attended: Collection[ParticipantCode]
) -> frozenset[Purpose]:
    """Return what a recording may still be used for: what it was made under, less what somebody takes back since.

    `noted` are the purposes at its start, None for recordings made before they were kept, for which today's answers
    alone count. `attended` is everyone who was there at any time.
    """
    now = agreed_by_all(rows, attended)
    return now if noted is None else now & frozenset(noted)


@dataclass(frozen=True, slots=True)
class ConsentEntry:
    """An answer for some people and purposes: the cells it is entered for, and those that stay as they are."""

    answer: Answer
    cells: tuple[Cell, ...]
    left: tuple[Cell, ...] = ()

    @property
    def people(self) -> int:
        """How many people it is entered for."""
        return len({code for code, _ in self.cells})

    @property
    def purposes(self) -> int:
        """How many purposes it is entered for."""
        return len({purpose for _, purpose in self.cells})

    @property
    def is_for_many(self) -> bool:
        """Whether more than one person and purpose was asked for: such an answer is confirmed before it is kept."""
        return len(self.cells) + len(self.left) > 1


def plan_entry(
    rows: Iterable[Consent], codes: Iterable[ParticipantCode], purposes: Iterable[Purpose], answer: Answer
) -> ConsentEntry:
    """Return what entering an answer would do.

    An agreement entered for many never speaks for somebody who declined or withdrew: that is entered for the one
    person and purpose. Nobody withdraws what was not given.
    """
    wanted = [(code, purpose) for code in codes for purpose in purposes]
    known, alone = current_answers(rows), len(wanted) == 1
    taken, left = [], []
    for cell in wanted:
        before = known[cell].answer if cell in known else None
        if (answer is Answer.GIVEN and before in REFUSALS and not alone) or (
            answer is Answer.WITHDRAWN and before is not Answer.GIVEN
        ):
            left.append(cell)
        else:
            taken.append(cell)
    return ConsentEntry(answer, tuple(taken), tuple(left))


def refusal_undone(rows: Iterable[Consent], cell: Cell, answer: Answer, day: date) -> date | None:
    """Return the day of a refusal that an agreement would wrongly undo, since it is of an earlier day; None if none."""
    known = current_answers(rows).get(cell)
    if answer is Answer.GIVEN and known is not None and known.answer in REFUSALS and known.day is not None:
        return known.day if day < known.day else None
    return None


def not_asked(rows: Iterable[Consent], codes: Iterable[ParticipantCode]) -> tuple[ParticipantCode, ...]:
    """Return who has not been asked about being recorded."""
    known = current_answers(rows)
    return tuple(code for code in codes if (code, Purpose.RECORDING) not in known)


def count_answers(
    rows: Iterable[Consent], codes: Collection[ParticipantCode]
) -> Mapping[tuple[Purpose, str], Mapping[Answer | None, int]]:
    """Return how many of those answered what, for each purpose and form version. None counts who was not asked."""
    known = current_answers(rows)
    by_purpose: dict[tuple[Purpose, str], dict[Answer | None, int]] = {}
    for purpose in Purpose:
        for code in codes:
            row = known.get((code, purpose))
            of = by_purpose.setdefault((purpose, row.form if row is not None else ""), {})
            answer = row.answer if row is not None else None
            of[answer] = of.get(answer, 0) + 1
    return by_purpose
