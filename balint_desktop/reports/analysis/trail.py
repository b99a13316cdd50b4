"""The audit trail of an analysis in order: reflections, rounds opened and closed, frameworks, decisions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from balint_desktop.domain.analysis.study import MatterDecision, MatterOutcome, Memo
from balint_desktop.i18n import tr, tr_n
from balint_desktop.reports.analysis.account import AnalysisAccount
from balint_desktop.text.lists import listed
from balint_desktop.text.themes import theme_name


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
        *_openings(account),
        *_frameworks(account),
        *(_memo(account, one) for one in account.memos),
        *_meetings(account),
        *(_decision(account, one) for one in account.decisions),
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
    for one in account.rounds:
        for closing in one.closings:
            yield TrailLine(
                closing.wall,
                tr("Own coding of round {number} closed").format(number=one.number),
                account.label(closing.author),
                f"SHA-256 {closing.sha256}",
            )


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
            tr("Framework, version {version}, frozen").format(version=one.version),
            words=tr_n("{n} code", "{n} codes", count).format(n=count),
        )


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
    parts = [part for part in (account.code_name(one.code), theme, session.name if session is not None else "") if part]
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
