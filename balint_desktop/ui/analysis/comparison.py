"""What is known of a compared round: where coders differ, what a meeting talks about, and what was decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from balint_desktop.domain.analysis.agreement import CodedSpan
from balint_desktop.domain.analysis.codebook import Code
from balint_desktop.domain.analysis.compare import CoderCode, Dispute, disputes
from balint_desktop.domain.analysis.consensus import consensus_work, standing
from balint_desktop.domain.analysis.framework import Framework
from balint_desktop.domain.analysis.study import CodingOpening, CodingRound, MatterDecision, MatterOutcome
from balint_desktop.i18n import tr
from balint_desktop.ui.analysis import wording
from balint_desktop.ui.analysis.deps import AnalysisService, FrameworkService, OpenStudy
from balint_desktop.ui.analysis.material import CodedMaterial, read_material
from balint_desktop.ui.analysis.matters import (
    Matter,
    compared_as,
    decision_of,
    matter_words,
    matters_of,
    passage_matter,
    who_words,
)
from balint_desktop.ui.widgets.dates import day_and_time_at, day_at

# What a list shows: of thousands of passages, nobody's evening.
_MOST_ROWS = 400


@dataclass(frozen=True, slots=True)
class Compared:
    """What is compared: the round, what was coded in it, the framework, and when others' coding was first opened."""

    coding_round: CodingRound
    material: CodedMaterial
    framework: Framework = field(default_factory=Framework)
    openings: tuple[CodingOpening, ...] = ()
    found: tuple[Mapping[CoderCode, str], tuple[Dispute, ...]] | None = None
    """Where coders differ over the codes that are the same as the round is opened: thousands take a moment."""


def read_compared(
    service: AnalysisService, frameworks: FrameworkService | None, opened: OpenStudy, number: int | None = None
) -> Compared | None:
    """Read the last round that can be compared, or the one of that number if it can be.

    Takes a moment; None without one. Raise Trouble.
    """
    closed = [one for one in opened.comparable_rounds if number in {None, one.number}]
    if not closed:
        return None
    framework = frameworks.framework(opened.study.id) if frameworks is not None else Framework()
    material = read_material(service, opened, closed[-1], framework)
    same = framework.same_in({author: work.book for author, work in material.works.items()})
    found = same, disputes(bodies(opened), tuple(material.works), material.spans, same)
    return Compared(closed[-1], material, framework, tuple(service.openings(opened.study.id)), found)


def bodies(opened: OpenStudy) -> dict[str, str]:
    """Return the words of each text that counts, by recording."""
    return {str(one.recording): opened.texts[one.recording].text for one in opened.study.analysed}


@dataclass(frozen=True, slots=True)
class DifferingPassages:
    """The passages over which coders differ, as matters; `count` is of all, of which a list shows the first.

    `has_same` is whether any codes are the same: without, nothing can differ. `can_be_decided` is whether a decision on
    one of them has a meaning: two codes that nobody has called the same are decided on as codes.
    """

    matters: tuple[Matter, ...]
    count: int
    has_same: bool
    can_be_decided: bool


class Comparison:
    """A round that is compared, on one visit: the `framework` and the `decisions` as they are now.

    It stores nothing. The framework is changed by FrameworkChanges alone, the decisions by MeetingFlow.
    """

    def __init__(self, opened: OpenStudy, compared: Compared) -> None:
        self.opened, self.compared = opened, compared
        self.framework = compared.framework
        self.decisions = opened.decisions
        # Where coders differ over codes that are the same, as it was found last.
        self._found = compared.found

    def turn_to(self, compared: Compared) -> None:
        """Compare another round, with what was decided and changed on this visit."""
        self.compared, self._found = compared, compared.found

    @property
    def material(self) -> CodedMaterial:
        """What was coded in the round."""
        return self.compared.material

    @property
    def coders(self) -> tuple[str, ...]:
        """The authors whose coding is compared."""
        return tuple(self.material.works)

    @property
    def round(self) -> int:
        """The number of the round."""
        return self.compared.coding_round.number

    # --- where coders differ ---

    def same(self) -> Mapping[CoderCode, str]:
        """Return which codes of coders are the same, by the code of the framework that they are."""
        return self.framework.same_in({author: work.book for author, work in self.material.works.items()})

    def disputes(self, same: Mapping[CoderCode, str] | None = None) -> tuple[Dispute, ...]:
        """Return where coders differ, over all codes that are the same or over these; found once for the same codes."""
        same = self.same() if same is None else same
        if self._found is None or self._found[0] != same:
            self._found = same, disputes(bodies(self.opened), self.coders, self.material.spans, same)
        return self._found[1]

    def passages(self, only: Matter | str | None = None) -> DifferingPassages:
        """Return the passages coded differently: of a matter's code, of the text with that id, or all."""
        same = compared_as(only, self.material, self.framework) if isinstance(only, Matter) else self.same()
        found = self.disputes(same)
        if isinstance(only, str):
            found = tuple(one for one in found if one.text == only)
        name = only.title if isinstance(only, Matter) else ""
        matters = tuple(passage_matter(self.opened, self.framework, one, name) for one in found[:_MOST_ROWS])
        is_common = not (isinstance(only, Matter) and only.pair is not None and only.code in same.values())
        return DifferingPassages(matters, len(found), bool(same), bool(found) and is_common)

    def spans_of_same(self) -> tuple[CodedSpan, ...]:
        """Return the codings whose codes are the same as others', each with the code of the framework."""
        same = self.same()
        return tuple(
            CodedSpan(one.text, one.begin, one.end, same[one.coder, one.code], one.coder)
            for one in self.material.spans
            if (one.coder, one.code) in same
        )

    def used_codes(self) -> list[tuple[str, Code]]:
        """Return the coders' codes that were given in the round, with whose they are."""
        used = {(one.coder, one.code) for one in self.material.spans}
        return [(author, code) for author, code in self.material.codes if (author, code.guid) in used]

    # --- matters and decisions ---

    def matters(self) -> tuple[Matter, ...]:
        """Return the themes and codes that are talked about."""
        return matters_of(self.opened, self.material, self.framework)

    def meeting_matters(self) -> tuple[Matter, ...]:
        """Return all that a meeting may talk of: the passages of a code that one alone has come with it, on request."""
        matters, same = self.matters(), self.same()
        alone = {same.get((one.who[0], one.code)) for one in matters if one.pair is None and len(one.who) == 1}
        passages = self.passages().matters
        return (*matters, *(one for one in passages if one.dispute is None or one.dispute.code not in alone))

    def is_same(self, matter: Matter) -> bool:
        """Return whether a matter is a pair of codes that were marked as the same."""
        same, pair = self.framework.same_as, matter.pair
        return pair is not None and pair.one in same and same[pair.one] == same.get(pair.other)

    def is_known(self, code: str) -> bool:
        """Return whether a code is in the framework, or one that is the same is."""
        known = {one.code for one in self.framework.same} | {one.guid for one in self.framework.book.codes}
        return code in known

    def is_open(self, matter: Matter) -> bool:
        """Return whether a matter waits for a decision."""
        decision = self.decision_of(matter)
        if decision is None and matter.pair is not None:
            return not self.is_same(matter)
        return decision is None or decision.outcome is MatterOutcome.LEFT_OPEN

    def current_decisions(self) -> tuple[MatterDecision, ...]:
        """Return the decisions that count here; on passages, those of this round alone."""
        return tuple(one for one in self.decisions if one.text is None or one.round == self.round)

    def decision_of(self, matter: Matter) -> MatterDecision | None:
        """Return the decision that counts for a matter."""
        return decision_of(matter, self.current_decisions())

    def agreed_passages(self) -> int:
        """Return how many codings all decisions together make of the round."""
        agreed = consensus_work(
            self.material.works,
            self.framework,
            self.decisions,
            self.opened.themes.themes,
            round_number=self.round,
            texts={one.recording for one in self.opened.study.analysed},
        )
        return len(agreed.codings.all)

    # --- words ---

    def line(self, matter: Matter) -> str:
        """Return a matter as a row: what it is, its words, and what was decided."""
        lines = [matter.title]
        words = matter_words(self.opened, matter)
        if words:
            lines.append(f"“{words}”")
        if matter.dispute is not None:
            lines.append(who_words(self.opened, matter))
        if matter.pair is not None and self.is_same(matter):
            lines.append(tr("The same code"))
        decision = self.decision_of(matter)
        if decision is not None:
            lines.append(self._decided(decision, is_of_one=matter.is_of_one))
        return "\n".join(lines)

    def decided_lines(self, matters: tuple[Matter, ...]) -> list[str]:
        """Return the decisions that stand as rows, the last first: what on, what was decided, when and by whom."""
        lines = []
        for decision in reversed(standing(self.decisions)):
            about = next((one for one in matters if one.is_about(decision)), None)
            title = about.title if about is not None else tr("A matter of another round")
            is_of_one = about is not None and about.is_of_one
            agreed = ", ".join(wording.label_of(self.opened.study, one) for one in decision.agreed)
            when = tr("{day}, agreed by {authors}").format(day=day_at(decision.wall), authors=agreed)
            lines.append(f"{title}\n{self._decided(decision, is_of_one=is_of_one)}\n{when}")
        return lines

    def _decided(self, decision: MatterDecision, *, is_of_one: bool) -> str:
        who = wording.label_of(self.opened.study, decision.as_author) if decision.as_author else ""
        words = wording.outcome_name(decision.outcome, who, is_of_one=is_of_one)
        if decision.reason:
            words = tr("{outcome}: {reason}").format(outcome=words, reason=decision.reason)
        return tr("Decided: {decision}").format(decision=words)

    def order_words(self) -> str:
        """Return when one's own round was closed and whose coding was opened after it: the audit trail proves it."""
        opened = self.opened
        own = next((one for one in self.compared.coding_round.closings if one.author == opened.me), None)
        lines = []
        if own is not None:
            words = tr("You closed round {n} on {moment}.")
            lines.append(words.format(n=self.round, moment=day_and_time_at(own.wall)))
        for one in self.compared.openings:
            if one.round == self.round:
                who = wording.label_of(opened.study, one.author)
                words = tr("The codes of {author} were first opened here on {moment}.")
                lines.append(words.format(author=who, moment=day_and_time_at(one.wall)))
        if len(lines) > 1:
            lines.append(tr("The audit trail proves this order."))
        return "\n".join(lines)
