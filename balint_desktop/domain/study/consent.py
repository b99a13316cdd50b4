"""Consent by person and purpose: the answers, which one counts, and what everyone present agreed to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from balint_desktop.domain.values import ParticipantCode


class Purpose(StrEnum):
    """Purposes of consent, each asked separately (practice, section 6: purposes are ticked separately).

    Recording is the first requirement. Each use of a recording is consented to by purpose: for the leader's
    supervision without any research, or for research without supervision. Joining the group is none of them: it
    is teaching, and unaffected by any answer here.
    """

    RECORDING = "recording"
    TRANSCRIPTION = "transcription"
    ANALYSIS = "analysis"
    QUOTATIONS = "quotations"
    SUPERVISION = "supervision"
    SHARING = "sharing"


class Answer(StrEnum):
    """An answer. `TAKEN_BACK` is not a person's answer: it voids a row entered by mistake."""

    GIVEN = "given"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    TAKEN_BACK = "taken-back"


class TakenBy(StrEnum):
    """How an answer was taken: by the coordinator, the facilitator, or a tick in the group's form."""

    COORDINATOR = "coordinator"
    FACILITATOR = "facilitator"
    TICK = "tick"


ANSWERS = (Answer.GIVEN, Answer.DECLINED, Answer.WITHDRAWN)
"""Answers a person can give."""

REFUSALS = frozenset({Answer.DECLINED, Answer.WITHDRAWN})
FORM_LIMIT = 40


@dataclass(frozen=True, slots=True)
class Consent:
    """One answer as entered. Rows are never changed: `takes_back` is the position of the row that it voids.

    `day` is when the person answered, None where it was not recorded (ticks of earlier versions); `form` is the version
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
    voids: int | None = None


Cell = tuple[ParticipantCode, Purpose]


def current_answers(rows: Iterable[Consent]) -> Mapping[Cell, Consent]:
    """Return the current answer for each person and purpose; none for those not asked yet.

    It is the last one entered that was not voided, whatever its day: a withdrawal takes effect as soon as it is
    entered, and an earlier paper form found afterwards does not restore consent.
    """
    known = sorted(rows, key=lambda row: row.place)
    void = {row.voids for row in known if row.answer is Answer.TAKEN_BACK}
    return {
        (row.code, row.purpose): row for row in known if row.answer is not Answer.TAKEN_BACK and row.place not in void
    }


def agreed(rows: Iterable[Consent], purpose: Purpose) -> frozenset[ParticipantCode]:
    """Return the codes that currently consent to a purpose."""
    return frozenset(
        code for (code, of), row in current_answers(rows).items() if of is purpose and row.answer is Answer.GIVEN
    )


def agreed_by_all(rows: Iterable[Consent], present: Collection[ParticipantCode]) -> frozenset[Purpose]:
    """Return the purposes that all of these people consent to: none where nobody is present.

    One person who has not agreed, or was not asked, is enough to exclude a purpose.
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
    """Return the purposes a recording may still be used for: those at its start, less those withdrawn since.

    `noted` are the purposes at its start, None for recordings made before they were stored, for which current answers
    alone count. `attended` is everyone who was present at any time.
    """
    now = agreed_by_all(rows, attended)
    return now if noted is None else now & frozenset(noted)


def less_refused(
    noted: Collection[Purpose],
    rows: Iterable[Consent],
    attended: Collection[ParticipantCode],
    withdrew: Collection[ParticipantCode] = (),
) -> frozenset[Purpose]:
    """Return the purposes that a recording from elsewhere may still be used for.

    What everybody agreed to came with it, and the answers themselves did not: here only a refusal counts. None is left
    where somebody who was there withdrew from the study.
    """
    if set(withdrew) & set(attended):
        return frozenset()
    known = current_answers(rows)
    return frozenset(
        purpose
        for purpose in noted
        if not any((code, purpose) in known and known[code, purpose].answer in REFUSALS for code in attended)
    )


@dataclass(frozen=True, slots=True)
class ConsentEntry:
    """An answer for some people and purposes: the cells it changes, and those left unchanged."""

    answer: Answer
    cells: tuple[Cell, ...]
    left: tuple[Cell, ...] = ()

    @property
    def people(self) -> int:
        """The number of people it is entered for."""
        return len({code for code, _ in self.cells})

    @property
    def purposes(self) -> int:
        """The number of purposes it is entered for."""
        return len({purpose for _, purpose in self.cells})

    @property
    def is_for_many(self) -> bool:
        """Whether it covers more than one person or purpose: such an entry is confirmed before it is saved."""
        return len(self.cells) + len(self.left) > 1


def plan_entry(
    rows: Iterable[Consent], codes: Iterable[ParticipantCode], purposes: Iterable[Purpose], answer: Answer
) -> ConsentEntry:
    """Plan the entry of an answer, without storing it.

    An agreement entered for many never overrides a person who declined or withdrew: that is entered for that one
    person and purpose. Only given consent can be withdrawn.
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
    """Return the day of a refusal that an agreement of an earlier day would wrongly override; None if none."""
    known = current_answers(rows).get(cell)
    if answer is Answer.GIVEN and known is not None and known.answer in REFUSALS and known.day is not None:
        return known.day if day < known.day else None
    return None


def not_asked(rows: Iterable[Consent], codes: Iterable[ParticipantCode]) -> tuple[ParticipantCode, ...]:
    """Return the codes not yet asked about recording."""
    known = current_answers(rows)
    return tuple(code for code in codes if (code, Purpose.RECORDING) not in known)


def count_answers(
    rows: Iterable[Consent], codes: Collection[ParticipantCode]
) -> Mapping[tuple[Purpose, str], Mapping[Answer | None, int]]:
    """Count answers of these people, one entry for each purpose, with the form versions. None counts those not asked.

    A withdrawal is signed on no form: counted by form, it would put every purpose into the table twice.
    """
    known = current_answers(rows)
    by_purpose: dict[tuple[Purpose, str], dict[Answer | None, int]] = {}
    for purpose in Purpose if codes else ():
        answered = [known.get((code, purpose)) for code in codes]
        forms = sorted({row.form for row in answered if row is not None and row.form})
        of = by_purpose.setdefault((purpose, ", ".join(forms)), {})
        for row in answered:
            answer = row.answer if row is not None else None
            of[answer] = of.get(answer, 0) + 1
    return by_purpose
