"""Move what was coded, written and quoted to the next version of a text: withdrawn words take it along, or cut it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from balint_desktop.domain.analysis.coding import Codings
from balint_desktop.domain.analysis.history import CoderWork
from balint_desktop.domain.analysis.study import MatterDecision, Memo, Quotation
from balint_desktop.domain.deidentify.approved import ApprovedText, moved
from balint_desktop.domain.transcript.spans import Span
from balint_desktop.domain.values import RecordingId


@dataclass(frozen=True, slots=True)
class MoveCount:
    """How many went because all of their words are withdrawn, and how many lost a part."""

    withdrawn: int = 0
    cut: int = 0

    def plus(self, other: MoveCount) -> MoveCount:
        """Return both counts together."""
        return MoveCount(self.withdrawn + other.withdrawn, self.cut + other.cut)


@dataclass(frozen=True, slots=True)
class MovedSpan:
    """Where a span is now, None where nothing of it is left.

    `is_cut` is whether it lost one of its ends; `is_touched` whether any of its words were replaced.
    """

    span: Span | None
    is_cut: bool = False
    is_touched: bool = False


@dataclass(frozen=True, slots=True)
class TextMove:
    """A text that a study goes on with, and the version it was coded on. None: the text is not there any more."""

    recording: RecordingId
    version: int
    text: ApprovedText | None

    def of(self, span: Span) -> MovedSpan:
        """Return where a span of the earlier version is."""
        if self.text is None:
            return MovedSpan(None)
        now, is_cut, is_touched = span, False, False
        for redactions in self.text.redactions[self.version - 1 :]:
            for one in redactions:
                if one.begin < now[1] and now[0] < one.end:
                    is_touched = True
                    is_cut = is_cut or not (now[0] < one.begin and one.end < now[1])
            following = moved(redactions, now)
            if following is None or following[0] >= following[1]:
                return MovedSpan(None, is_touched=True)
            now = following
        # A text that came in a parcel may say of itself what never was.
        begin, end = max(0, now[0]), min(len(self.text.text), now[1])
        return MovedSpan((begin, end) if begin < end else None, is_cut, is_touched)


def moved_work(work: CoderWork, move: TextMove) -> tuple[CoderWork, MoveCount]:
    """Return codes and codings on the text as it is now."""
    found, count = [], MoveCount()
    for one in work.codings.all:
        if one.text != move.recording:
            found.append(one)
            continue
        to = move.of((one.begin, one.end))
        if to.span is None:
            count = count.plus(MoveCount(1, 0))
            continue
        count = count.plus(MoveCount(0, int(to.is_cut)))
        found.append(replace(one, begin=to.span[0], end=to.span[1]))
    return replace(work, codings=Codings(tuple(found))), count


def moved_memos(memos: Iterable[Memo], move: TextMove) -> tuple[Memo, ...]:
    """Return the memos that stay. With one whose passage is withdrawn go those that it had superseded.

    One about a text as a whole goes with the text alone.
    """
    kept: dict[str, Memo] = {}
    removed: set[str] = set()
    every = tuple(memos)
    for memo in every:
        if memo.text != move.recording:
            kept[memo.id] = memo
        elif memo.begin is None or memo.end is None:
            if move.text is not None:
                kept[memo.id] = memo
            else:
                removed.add(memo.id)
        else:
            to = move.of((memo.begin, memo.end))
            if to.span is not None:
                kept[memo.id] = replace(memo, begin=to.span[0], end=to.span[1])
            else:
                removed.add(memo.id)
    by_id = {memo.id: memo for memo in every}
    for memo_id in tuple(removed):
        before = by_id[memo_id].supersedes
        while before is not None and before in by_id:
            kept.pop(before, None)
            before = by_id[before].supersedes
    return tuple(kept[memo.id] for memo in every if memo.id in kept)


def moved_quotations(quotations: Iterable[Quotation], move: TextMove) -> tuple[Quotation, ...]:
    """Return the quotations that stay; one that lost words is printed as the text now has it."""
    found = []
    for one in quotations:
        if one.text != move.recording:
            found.append(one)
            continue
        to = move.of((one.begin, one.end))
        if to.span is not None and move.text is not None:
            begin, end = to.span
            shown = move.text.text[begin:end] if to.is_touched else one.shown
            found.append(replace(one, begin=begin, end=end, shown=shown))
    return tuple(found)


def moved_decisions(decisions: Iterable[MatterDecision], move: TextMove) -> tuple[MatterDecision, ...]:
    """Return every decision: one about a passage that is withdrawn is about no passage any more."""
    found = []
    for one in decisions:
        if one.text != move.recording or one.begin is None or one.end is None:
            found.append(one)
            continue
        to = move.of((one.begin, one.end)).span
        begin, end = to if to is not None else (None, None)
        found.append(replace(one, begin=begin, end=end))
    return tuple(found)
