"""The audit trail of an analysis in order: reflections, rounds, what moved into the framework, decisions, themes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from balint_desktop.domain.analysis.framework import FrameworkAct, FrameworkMove
from balint_desktop.domain.analysis.study import MatterDecision, MatterOutcome, Memo, ThemeState
from balint_desktop.domain.analysis.theme_history import ThemeChange, theme_changes
from balint_desktop.i18n import tr, tr_n
from balint_desktop.reports.analysis.account import AnalysisAccount
from balint_desktop.text.lists import listed
from balint_desktop.text.themes import theme_name

FINGERPRINT = "SHA-256"
"""What stands before the fingerprint of what was coded."""


@dataclass(frozen=True, slots=True)
class TrailLine:
    """A line of the trail: when, in seconds since 1970, what happened, by whom, and the words of it."""

    wall: float
    event: str
    by: str = ""
    words: str = ""


def trail_lines(account: AnalysisAccount) -> tuple[TrailLine, ...]:
    """Return the trail, oldest first; what happened at one moment is in the order that it can only have had."""
    found = [
        *_rounds_opened(account),
        *_closings(account),
        *_arrivals(account),
        *_openings(account),
        *(_move(account, one) for one in account.moves),
        *_frameworks(account),
        *(_memo(account, one) for one in account.memos),
        *_meetings(account),
        *(_decision(account, one) for one in account.decisions),
        *_themes(account),
    ]
    return tuple(sorted(found, key=lambda one: one.wall))


def _rounds_opened(account: AnalysisAccount) -> Iterator[TrailLine]:
    for one in account.rounds:
        yield TrailLine(
            one.opened_wall,
            tr("Round {number} opened").format(number=one.number),
            words=tr("Coders: {who}").format(who=listed([account.label(author) for author in one.authors])),
        )


def _closings(account: AnalysisAccount) -> Iterator[TrailLine]:
    # A file of another program closes nothing: its round is closed with it, and it has lines of its own.
    copies = {(one.round, one.author) for one in account.arrivals if one.counts and not one.is_parcel}
    for one in account.rounds:
        for closing in one.closings:
            if (one.number, closing.author) in copies:
                continue
            yield TrailLine(
                closing.wall,
                tr("Own coding of round {number} closed").format(number=one.number),
                account.label(closing.author),
                f"{FINGERPRINT} {closing.sha256}",
            )


def _arrivals(account: AnalysisAccount) -> Iterator[TrailLine]:
    closed = {(one.number, closing.author): closing for one in account.rounds for closing in one.closings}
    last = {(one.round, one.author): one for one in sorted(account.arrivals, key=lambda each: each.taken_wall)}
    for one in account.arrivals:
        who, closing = account.label(one.author), closed.get((one.round, one.author))
        yield TrailLine(one.came_wall, tr("File with coding of round {number} received").format(number=one.round), who)
        if not one.counts:
            yield TrailLine(
                one.taken_wall,
                tr("File with coding of round {number} opened. It does not count.").format(number=one.round),
                who,
            )
            continue
        taken = (
            tr("Coding of round {number} taken in, after comparison had begun")
            if account.is_late(one)
            else tr("Coding of round {number} taken in")
        )
        # The fingerprint is of all that a coder's files held together, so it is that of the last.
        is_last = one is last[one.round, one.author]
        sha256 = f"{FINGERPRINT} {closing.sha256}" if closing is not None and not one.is_parcel and is_last else ""
        yield TrailLine(one.taken_wall, taken.format(number=one.round), who, sha256)


def _openings(account: AnalysisAccount) -> Iterator[TrailLine]:
    for one in account.openings:
        yield TrailLine(
            one.wall, tr("Others’ coding of round {number} opened").format(number=one.round), account.label(one.author)
        )


def _frameworks(account: AnalysisAccount) -> Iterator[TrailLine]:
    for one in account.frameworks:
        count = len(one.book.codes)
        yield TrailLine(
            one.wall,
            tr("Framework, version {version}, fixed").format(version=one.version),
            words=tr_n("{n} code", "{n} codes", count).format(n=count),
        )


def _move(account: AnalysisAccount, one: FrameworkMove) -> TrailLine:
    name, inside = account.code_name(one.code) or _no_code(), account.code_name(one.framework_code)
    if one.act is FrameworkAct.TAKEN_OUT:
        words = tr("Code “{code}” of {coder} taken out of the framework")
    elif inside in {"", name}:
        words = tr("Code “{code}” of {coder} moved into the framework")
    else:
        words = tr("Code “{code}” of {coder} moved into the framework, as “{framework_code}”")
    event = words.format(code=name, coder=account.label(one.author), framework_code=inside)
    return TrailLine(one.wall, event, words=one.reason)


def _themes(account: AnalysisAccount) -> Iterator[TrailLine]:
    """Yield how each theme came about, by the name that it has now: another may have held what must not leave."""
    for theme in account.themes.themes:
        for change in theme_changes(account.theme_steps, theme.id):
            words = _theme_words(change, is_named=change.name == theme.name)
            if words:
                yield TrailLine(change.wall, words.format(theme=theme.name), words=_codes_words(account, change))


def _theme_words(change: ThemeChange, *, is_named: bool) -> str:
    if change.state is not None:
        return {
            ThemeState.CANDIDATE: tr("Theme “{theme}” is a candidate"),
            ThemeState.REVIEWED: tr("Theme “{theme}” reviewed"),
            ThemeState.NAMED: tr("Theme “{theme}” named"),
            ThemeState.LET_GO: tr("Theme “{theme}” let go"),
        }[change.state]
    if is_named:
        return tr("Theme “{theme}” given this name")
    return tr("Codes of theme “{theme}” changed") if change.came or change.went else ""


def _codes_words(account: AnalysisAccount, change: ThemeChange) -> str:
    def names(codes: Iterable[str]) -> str:
        return listed([account.code_name(code) or _no_code() for code in codes])

    came = tr("with {codes}").format(codes=names(change.came)) if change.came else ""
    went = tr("without {codes}").format(codes=names(change.went)) if change.went else ""
    return "; ".join(part for part in (came, went) if part)


def _no_code() -> str:
    return tr("a code that is no longer there")


def _memo(account: AnalysisAccount, memo: Memo) -> TrailLine:
    session = account.session(memo.text) if memo.text is not None else None
    theme = next((theme_name(one) for one in account.themes.themes if one.id == memo.theme), "")
    about = session.name if session is not None else theme
    if not memo.words:
        event = tr("Memo removed")
    elif memo.supersedes is not None:
        event = tr("Memo on {subject}, revised").format(subject=about) if about else tr("Memo on the study, revised")
    else:
        event = tr("Memo on {subject}").format(subject=about) if about else tr("Memo on the study")
    return TrailLine(memo.wall, event, account.label(memo.author), memo.words)


def _meetings(account: AnalysisAccount) -> Iterator[TrailLine]:
    """Yield the meetings of which something was noted; the others show in their decisions."""
    for one in account.meetings:
        if one.note:
            who = [label for label in map(account.label, one.authors) if label]
            yield TrailLine(one.wall, tr("Meeting"), listed(who), one.note)


def _decision(account: AnalysisAccount, one: MatterDecision) -> TrailLine:
    session = account.session(one.text) if one.text is not None else None
    theme = next((theme_name(theme) for theme in account.themes.themes if theme.id == one.theme), "")
    # Of two codes that may be the same, both are named, with a space between.
    names = [name for name in map(account.code_name, one.code.split()) if name]
    code = tr("{one} and {other}").format(one=names[0], other=names[1]) if len(names) == 2 else "".join(names)
    parts = [part for part in (code, theme, session.name if session is not None else "") if part]
    matter = ", ".join(parts) or tr("a passage")
    return TrailLine(
        one.wall,
        tr("Round {number}, {matter}: {outcome}").format(
            number=one.round, matter=matter, outcome=_outcome(one.outcome, account.label(one.as_author))
        ),
        listed([label for label in map(account.label, one.agreed) if label]),
        one.reason,
    )


def _outcome(outcome: MatterOutcome, coder: str) -> str:
    return {
        MatterOutcome.KEEP: tr("kept"),
        MatterOutcome.AS_CODER: tr("as {coder} coded").format(coder=coder),
        MatterOutcome.WIDER: tr("made wider"),
        MatterOutcome.NARROWER: tr("made narrower"),
        MatterOutcome.BOTH_STAND: tr("both remain"),
        MatterOutcome.NONE: tr("not coded"),
        MatterOutcome.LEFT_OPEN: tr("left open"),
    }[outcome]
