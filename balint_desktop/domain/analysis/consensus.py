"""Consensus: what decisions make of several coders' codings. Nobody's own coding is changed by it.

What all gave stays without a word. What was decided of a theme, a code and a passage counts over that, in this order:
the nearer to the words, the more it counts. A decision on a passage counts for the words it was made on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from balint_desktop.domain.analysis.agreement import levels
from balint_desktop.domain.analysis.codebook import Code, Codebook
from balint_desktop.domain.analysis.coding import Coding, Codings
from balint_desktop.domain.analysis.compare import CoderCode
from balint_desktop.domain.analysis.framework import Framework
from balint_desktop.domain.analysis.history import CoderWork
from balint_desktop.domain.analysis.refi_write import derived_guid
from balint_desktop.domain.analysis.study import MatterDecision, MatterOutcome, StudyTheme
from balint_desktop.domain.transcript.spans import Span, merged, within, without

CONSENSUS = "consensus"
"""The author that stands for consensus: no author of a study has this id."""

_STANDING = frozenset({MatterOutcome.KEEP, MatterOutcome.BOTH_STAND, MatterOutcome.WIDER})

Stretches = dict[str, tuple[Span, ...]]
"""Stretches of texts, by text: in code points, sorted and apart."""


def standing(decisions: Iterable[MatterDecision]) -> tuple[MatterDecision, ...]:
    """Return the decisions that no later one supersedes, in the order they were made."""
    made = tuple(decisions)
    old = {one.supersedes for one in made}
    return tuple(one for one in made if one.id not in old)


def consensus_work(
    works: Mapping[str, CoderWork],
    framework: Framework,
    decisions: Iterable[MatterDecision],
    themes: Iterable[StudyTheme] = (),
    *,
    round_number: int,
    texts: Collection[str],
) -> CoderWork:
    """Return the codes and codings that the coders of a round agree on, after what was decided up to that round.

    `works` has what each coder coded in it, `texts` are those that count. Codes that are the same are one, that of the
    framework; a code of one coder alone stays theirs. Decisions on passages count for their own round alone, since the
    next one is coded anew. The same decisions always make the same codings, guids included.
    """
    counted = [one for one in standing(decisions) if one.round <= round_number]
    same = framework.same_in({author: work.book for author, work in works.items()})
    spans = _spans(works, texts)
    members: dict[str, list[CoderCode]] = defaultdict(list)
    for author, work in works.items():
        for code in work.book.codes:
            members[same.get((author, code.guid), code.guid)].append((author, code.guid))
    taken = _taken(members, counted, themes)
    wall = max((one.wall for one in counted), default=0.0)
    found: list[Coding] = []
    for target, of_code in members.items():
        by_author = _by_author(of_code, spans, works)
        agreed = {text: _shared([by_author[author].get(text, ()) for author in works]) for text in texts}
        stretches = _whole(of_code, spans, taken, agreed)
        for one in counted:
            if one.text is not None and one.round == round_number and _target(one.code, framework) == target:
                _decide(stretches, one, by_author, agreed)
        found += [
            Coding(derived_guid(CONSENSUS, str(round_number), target, text, str(begin)), text, begin, end, target, wall)
            for text in sorted(stretches)
            for begin, end in stretches[text]
        ]
    return CoderWork(_book(works, framework, {one.code for one in found}), Codings(tuple(found)))


def _spans(works: Mapping[str, CoderWork], texts: Collection[str]) -> Mapping[CoderCode, Stretches]:
    found: dict[CoderCode, dict[str, list[Span]]] = defaultdict(lambda: defaultdict(list))
    for author, work in works.items():
        for one in work.codings.all:
            if one.text in texts:
                found[author, one.code][one.text].append((one.begin, one.end))
    return {key: {text: merged(spans) for text, spans in by_text.items()} for key, by_text in found.items()}


def _by_author(
    members: Sequence[CoderCode], spans: Mapping[CoderCode, Stretches], authors: Iterable[str]
) -> Mapping[str, Stretches]:
    """Return where each author gave one of several codes that are one."""
    return {author: _union(spans.get(key, {}) for key in members if key[0] == author) for author in authors}


def _union(stretches: Iterable[Mapping[str, Iterable[Span]]]) -> Stretches:
    found: dict[str, list[Span]] = defaultdict(list)
    for by_text in stretches:
        for text, spans in by_text.items():
            found[text] += spans
    return {text: merged(spans) for text, spans in found.items()}


def _shared(stretches: Sequence[Sequence[Span]]) -> tuple[Span, ...]:
    """Return what all of several have."""
    return merged((begin, end) for begin, end, count in levels(stretches) if count == len(stretches))


def _taken(
    members: Mapping[str, Sequence[CoderCode]], decisions: Sequence[MatterDecision], themes: Iterable[StudyTheme]
) -> Mapping[CoderCode, bool]:
    """Return, of coders' codes that were decided on as a whole, whether they count."""
    found: dict[CoderCode, bool] = {}
    codes_of = {theme.id: theme.codes for theme in themes}
    for one in decisions:
        if one.text is None and one.theme and one.outcome in _STANDING:
            for code in codes_of.get(one.theme, ()):
                found |= dict.fromkeys(_named(code, members), True)
    for one in decisions:
        if one.text is None and not one.theme:
            named = [key for code in one.code.split() for key in _named(code, members)]
            if one.outcome in _STANDING:
                found |= dict.fromkeys(named, True)
            elif one.outcome is MatterOutcome.AS_CODER:
                found |= {key: key[0] == one.as_author for key in named}
            elif one.outcome is MatterOutcome.NONE:
                found |= dict.fromkeys(named, False)
    return found


def _named(code: str, members: Mapping[str, Sequence[CoderCode]]) -> tuple[CoderCode, ...]:
    """Return the coders' codes that a decision names: a code of the framework stands for all that are it."""
    if code in members:
        return tuple(members[code])
    return tuple(key for keys in members.values() for key in keys if key[1] == code)


def _whole(
    members: Sequence[CoderCode],
    spans: Mapping[CoderCode, Stretches],
    taken: Mapping[CoderCode, bool],
    agreed: Mapping[str, tuple[Span, ...]],
) -> Stretches:
    """Return where a code counts before its passages are decided: what was taken as a whole, else what all gave."""
    if any(taken.get(key) for key in members):
        return _union(spans.get(key, {}) for key in members if taken.get(key))
    if all(taken.get(key) is False for key in members):
        return {}
    return {text: found for text, found in agreed.items() if found}


def _target(code: str, framework: Framework) -> str:
    """Return the code of the framework that a decision's code is now."""
    return next((one.framework_code for one in framework.same if one.code == code), code)


def _decide(
    stretches: Stretches,
    decision: MatterDecision,
    by_author: Mapping[str, Stretches],
    agreed: Mapping[str, tuple[Span, ...]],
) -> None:
    """Put into `stretches` what was decided of a passage."""
    text, begin, end = decision.text, decision.begin, decision.end
    if text is None or begin is None or end is None or text not in agreed:
        return
    here = {author: within(found.get(text, ()), begin, end) for author, found in by_author.items()}
    given = [found for found in here.values() if found]
    made: tuple[Span, ...] = ()
    if decision.outcome is MatterOutcome.WIDER:
        made = ((begin, end),)
    elif decision.outcome in _STANDING:
        made = merged(span for found in given for span in found)
    elif decision.outcome is MatterOutcome.AS_CODER:
        made = here.get(decision.as_author, ())
    elif decision.outcome is MatterOutcome.NARROWER:
        made = _shared(given) if len(given) > 1 else ()
    elif decision.outcome is MatterOutcome.LEFT_OPEN:
        made = within(agreed[text], begin, end)
    left = without(stretches.get(text, ()), ((begin, end),))
    stretches[text] = merged((*left, *made))


def _book(works: Mapping[str, CoderWork], framework: Framework, used: Collection[str]) -> Codebook:
    """Return the framework's codes, and those of coders that are in no framework, as far as consensus uses them."""
    known = {code.guid for code in framework.book.codes}
    alone: dict[str, Code] = {}
    for work in works.values():
        for code in work.book.codes:
            if code.guid in used and code.guid not in known:
                alone.setdefault(code.guid, Code(code.guid, code.name, code.colour, code.definition))
    return Codebook((*framework.book.codes, *alone.values()))
