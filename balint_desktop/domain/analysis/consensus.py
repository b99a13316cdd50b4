"""Consensus: what the decisions of a round make of its codings. Nobody's own coding is changed by it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from balint_desktop.domain.analysis.agreement import CodedSpan, levels
from balint_desktop.domain.analysis.codebook import Code, Codebook
from balint_desktop.domain.analysis.coding import Coding, Codings
from balint_desktop.domain.analysis.framework import Framework
from balint_desktop.domain.analysis.history import CoderWork
from balint_desktop.domain.analysis.study import MatterDecision, MatterOutcome
from balint_desktop.domain.transcript.spans import Span, merged

_Apart = Mapping[str, Sequence[Span]]


def standing(decisions: Sequence[MatterDecision]) -> tuple[MatterDecision, ...]:
    """Return the decisions that no later one supersedes."""
    old = {one.supersedes for one in decisions}
    return tuple(one for one in decisions if one.id not in old)


def common_code(framework: Framework, coder: str, code: str) -> str:
    """Return the code of the framework that a coder's code is, or the coder's own where it is none."""
    return framework.same_as.get((coder, code), code)


def consensus_spans(
    coded: Iterable[CodedSpan], coders: Sequence[str], framework: Framework, decisions: Sequence[MatterDecision]
) -> tuple[CodedSpan, ...]:
    """Return what was agreed on, in order of reading, each stretch with its common code and no coder.

    What every coder coded alike stands. A decision on a passage counts there, one on a code wherever no passage of it
    was decided; what nobody decided, and what was left open or coded by nobody, is not in it.
    """
    apart: dict[tuple[str, str], dict[str, list[Span]]] = defaultdict(lambda: defaultdict(list))
    for one in coded:
        apart[one.text, common_code(framework, one.coder, one.code)][one.coder].append((one.begin, one.end))
    whole, passages = _by_subject(standing(decisions), framework)
    found: list[CodedSpan] = []
    for (text, code), spans in apart.items():
        by_coder = {coder: merged(spans.get(coder, ())) for coder in coders}
        agreed: list[Span] = []
        decided: list[Span] = []
        for decision in passages.get((text, code), ()):
            region = (decision.begin or 0, decision.end or 0)
            decided.append(region)
            agreed += _resolved(decision, _within(by_coder, region), region)
        rest = {coder: _without(one, decided) for coder, one in by_coder.items()}
        about = whole.get(code)
        agreed += _everybodys(rest) if about is None else _resolved(about, rest, None)
        found += [CodedSpan(text, begin, end, code, "") for begin, end in merged(agreed)]
    return tuple(sorted(found, key=lambda one: (one.text, one.begin, one.end, one.code)))


def consensus_work(
    works: Mapping[str, CoderWork], framework: Framework, decisions: Sequence[MatterDecision], wall: float
) -> CoderWork:
    """Return consensus as work of its own: the framework's codes and those of coders that it uses, and its codings.

    `works` are those of a round by author. `wall`, in seconds since 1970, stands for when it was drawn.
    """
    coded = [
        CodedSpan(one.text, one.begin, one.end, one.code, author)
        for author, work in works.items()
        for one in work.codings.all
    ]
    spans = consensus_spans(coded, tuple(works), framework, decisions)
    known = {code.guid for code in framework.book.codes}
    own: dict[str, Code] = {code.guid: code for work in works.values() for code in work.book.codes}
    used = dict.fromkeys(one.code for one in spans if one.code not in known and one.code in own)
    book = Codebook((*framework.book.codes, *(replace(own[guid], parent=None) for guid in used)))
    codings = tuple(
        Coding(f"consensus {one.text} {one.begin} {one.code}", one.text, one.begin, one.end, one.code, wall)
        for one in spans
    )
    return CoderWork(book, Codings(codings))


def _by_subject(
    decisions: Iterable[MatterDecision], framework: Framework
) -> tuple[dict[str, MatterDecision], dict[tuple[str, str], list[MatterDecision]]]:
    """Return the decisions on codes as a whole, by common code, and those on passages, by text and common code."""
    same: dict[str, str] = {}
    for (_, code), common in framework.same_as.items():
        same.setdefault(code, common)
    whole: dict[str, MatterDecision] = {}
    passages: dict[tuple[str, str], list[MatterDecision]] = defaultdict(list)
    for one in decisions:
        # A pair of codes that may be the same is named with a space between.
        codes: list[str] = [same.get(code, code) for code in one.code.split(" ") if code]
        if one.text is None:
            whole |= dict.fromkeys(codes, one)
        else:
            for code in codes:
                passages[str(one.text), code].append(one)
    return whole, passages


def _resolved(decision: MatterDecision, apart: _Apart, region: Span | None) -> Sequence[Span]:
    every = [span for spans in apart.values() for span in spans]
    match decision.outcome:
        case MatterOutcome.KEEP | MatterOutcome.BOTH_STAND:
            return every
        case MatterOutcome.AS_CODER:
            return apart.get(decision.as_author, ())
        case MatterOutcome.WIDER:
            return [region] if region is not None and every else every
        case MatterOutcome.NARROWER:
            return _everybodys({coder: spans for coder, spans in apart.items() if spans})
        case _:
            return ()


def _everybodys(apart: _Apart) -> list[Span]:
    """Return what all of them coded."""
    if not apart:
        return []
    return list(merged((begin, end) for begin, end, count in levels(apart.values()) if count == len(apart)))


def _within(apart: _Apart, region: Span) -> dict[str, list[Span]]:
    low, high = region
    return {
        coder: [(max(low, begin), min(high, end)) for begin, end in spans if begin < high and end > low]
        for coder, spans in apart.items()
    }


def _without(spans: Sequence[Span], regions: Iterable[Span]) -> list[Span]:
    left = list(spans)
    for low, high in regions:
        left = [
            piece
            for begin, end in left
            for piece in ((begin, min(end, low)), (max(begin, high), end))
            if piece[0] < piece[1]
        ]
    return left
