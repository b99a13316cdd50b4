"""Write the methods paragraph of an analysis from its account, with marked blanks for what is not known."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from balint_desktop.domain.analysis.study import Approach, AuthorRole, MatterOutcome, RoundKind, Workplace
from balint_desktop.domain.values import SessionKind
from balint_desktop.i18n import tr, tr_n
from balint_desktop.reports.analysis.account import AnalysisAccount, RoundCount
from balint_desktop.reports.figures import blank
from balint_desktop.text.lists import listed

SayDay = Callable[[date], str]
"""Formats a day in the user's locale."""


def paragraph(account: AnalysisAccount, say_day: SayDay) -> str:
    """Return a paragraph for a methods section. Every number in it is counted."""
    return " ".join(paragraphs(account, say_day))


def paragraphs(account: AnalysisAccount, say_day: SayDay) -> tuple[str, ...]:
    """Return the same words in three parts: what was coded by whom, how it was discussed, and with what."""
    parts = (
        (
            *(_texts(account), approach_words(account), coders_words(account)),
            *_places(account),
        ),
        (
            *_rounds(account),
            *_independent(account),
            *_frameworks(account),
            *_discussion(account),
            *(themes_words(account), _figures(account)),
        ),
        (
            *_governance(account),
            *fate_words(account, say_day),
            *(account.prompts, software_words(account)),
        ),
    )
    return tuple(" ".join(sentence for sentence in part if sentence) for part in parts)


def _texts(account: AnalysisAccount) -> str:
    analysed = account.study.analysed
    words = tr_n(
        "The de-identified transcript of {n} session was analysed.",
        "The de-identified transcripts of {n} sessions were analysed.",
        len(analysed),
    ).format(n=len(analysed))
    if account.study.without_evaluation:
        return f"{words} {tr('The evaluation session was left out.')}"
    if any(one.kind is SessionKind.EVALUATION for one in analysed):
        return f"{words} {tr('The evaluation session was analysed together with the case sessions.')}"
    return words


def approach_words(account: AnalysisAccount) -> str:
    """Return how the analysis was done, with the authors it follows."""
    return {
        Approach.REFLEXIVE: tr(
            "The analysis was reflexive (Braun & Clarke 2006, 2021): themes were developed by reading, memos and "
            "discussion, without rounds of comparison."
        ),
        Approach.CODEBOOK: tr(
            "The analysis was thematic (Braun & Clarke 2006), with rounds of independent coding, a shared coding "
            "framework, and differences discussed to consensus."
        ),
        Approach.RELIABILITY: tr(
            "The analysis was thematic, with rounds of independent coding, a shared coding framework, and agreement "
            "between coders measured."
        ),
    }[account.study.approach]


def coders_words(account: AnalysisAccount) -> str:
    """Return how many people coded, who they are by their labels, and who of them had led the group."""
    coders = account.coders
    if not coders:
        return tr("The texts were coded by {who}.").format(who=blank(tr("who coded")))
    words = tr_n("{n} person coded: {who}.", "{n} people coded: {who}.", len(coders)).format(
        n=len(coders), who=listed([_with_role(one.label, one.role) for one in coders])
    )
    leaders = [one.label for one in account.leaders]
    if not leaders:
        # Nobody said so of themselves, which is not to say that nobody had.
        return f"{words} {tr('Had led the group: {who}.').format(who=blank(tr('which authors, or none')))}"
    led = tr_n("{who} had led the group.", "{who} had led the group together.", len(leaders))
    return f"{words} {led.format(who=listed(leaders))}"


def _with_role(label: str, role: AuthorRole) -> str:
    if role is AuthorRole.INDEPENDENT:
        return tr("{coder} (independent)").format(coder=label)
    return label


def _places(account: AnalysisAccount) -> Iterator[str]:
    words = {
        Workplace.WORD: tr("in Word"),
        Workplace.PAPER: tr("on paper"),
        Workplace.PROGRAM: tr("in another program for qualitative analysis"),
        Workplace.VAULT: tr("in Balint Desktop, in a vault of their own"),
    }
    for place, where in words.items():
        people = [one.label for one in account.coders if one.workplace is place]
        if people:
            yield tr("{who} coded {where}.").format(who=listed(people), where=where)


def _rounds(account: AnalysisAccount) -> Iterator[str]:
    if not account.study.approach.has_rounds or not account.rounds:
        return
    count = len(account.rounds)
    yield tr_n(
        "There was {n} round of coding. Each coder worked without seeing what others had coded until their own round "
        "was closed.",
        "There were {n} rounds of coding. In each, every coder worked without seeing what others had coded until their "
        "own round was closed.",
        count,
    ).format(n=count)
    for one in account.round_counts():
        yield round_words(one)
        missing = [author.label for author in account.unclosed(one.round)]
        if missing:
            yield tr_n(
                "{who} did not finish round {number}.", "{who} did not finish round {number}.", len(missing)
            ).format(who=listed(missing), number=one.round.number)
        late = {
            account.label(file.author)
            for file in account.arrivals
            if file.round == one.round.number and file.counts and account.is_late(file)
        }
        if late:
            yield tr("The coding of {who} in round {number} was taken in after comparison had begun.").format(
                who=listed(sorted(late)), number=one.round.number
            )


def round_words(one: RoundCount) -> str:
    """Return what was coded with in a round, and how much."""
    codes = tr_n("{n} code", "{n} codes", one.codes).format(n=one.codes)
    passages = tr_n("{n} coded passage", "{n} coded passages", one.codings).format(n=one.codings)
    if one.round.kind is RoundKind.OPEN or one.round.framework is None:
        words = tr("Round {number}, open coding: {passages} with {codes}.")
    else:
        words = tr("Round {number}, with version {version} of the framework: {passages} with {codes}.")
    return words.format(number=one.round.number, version=one.round.framework, passages=passages, codes=codes)


def _independent(account: AnalysisAccount) -> Iterator[str]:
    people = [one.label for one in account.with_role(AuthorRole.INDEPENDENT)]
    if not people:
        return
    words = {
        True: tr("{who}, from outside the team, had the transcripts and the coding framework."),
        False: tr("{who}, from outside the team, had the transcripts only, without the coding framework."),
        None: tr("{who}, from outside the team, had {what}."),
    }[account.study.independent_had_framework]
    yield words.format(who=listed(people), what=blank(tr("the transcripts only, or the framework too")))


def _frameworks(account: AnalysisAccount) -> Iterator[str]:
    counts = [
        tr_n("version {version} with {n} code", "version {version} with {n} codes", len(one.book.codes)).format(
            version=one.version, n=len(one.book.codes)
        )
        for one in sorted(account.frameworks, key=lambda one: one.version)
    ]
    if counts:
        yield tr("The coding framework was fixed before it was used: {versions}.").format(versions=listed(counts))


def _discussion(account: AnalysisAccount) -> Iterator[str]:
    decided = account.standing_decisions
    if not decided:
        return
    meetings = account.meetings_held
    matters = tr_n("{n} matter was decided", "{n} matters were decided", len(decided)).format(n=len(decided))
    if meetings:
        yield tr_n(
            "Differences were discussed in {n} meeting; {matters}.",
            "Differences were discussed in {n} meetings; {matters}.",
            meetings,
        ).format(n=meetings, matters=matters)
    else:
        yield tr("{matters}; no meeting was noted.").format(matters=matters)
    left = account.outcomes().get(MatterOutcome.LEFT_OPEN, 0)
    if left:
        yield tr_n(
            "Of these, {n} was left open.",
            "Of these, {n} were left open.",
            left,
        ).format(n=left)
    agreed = len(account.consensus.codings.all)
    if agreed:
        yield tr_n("Consensus has {n} coded passage.", "Consensus has {n} coded passages.", agreed).format(n=agreed)
    yield tr("No coder’s own coding was changed by a decision.")


def themes_words(account: AnalysisAccount) -> str:
    """Return how many themes were named, and from how many candidates."""
    named, candidates = len(account.named_themes), len(account.considered_themes)
    if not candidates:
        return ""
    return tr_n(
        "{n} theme was named, out of {candidates} considered.",
        "{n} themes were named, out of {candidates} considered.",
        named,
    ).format(n=named, candidates=candidates)


def _figures(account: AnalysisAccount) -> str:
    if account.figures is not None:
        return tr(
            "Agreement between coders in round {round} was measured as Jaccard’s index and as Krippendorff’s alpha, by "
            "turn and by character."
        ).format(round=account.figures.round)
    if account.study.approach.has_figures:
        return tr("Agreement between coders: {figures}.").format(figures=blank(tr("figures, unit and codes")))
    return tr("No figure of agreement between coders was calculated for this report.")


def _governance(account: AnalysisAccount) -> Iterator[str]:
    if account.study.governance:
        words = tr("Māori and Pacific data in this study are governed by: {who}").format(who=account.study.governance)
        yield words if words.endswith(".") else f"{words}."
    else:
        yield tr("Who governs Māori and Pacific data in this study is not stated.")


def fate_words(account: AnalysisAccount, say_day: SayDay) -> Iterator[str]:
    """Yield when recordings and identifiable transcripts were destroyed, and how many still exist."""
    counted = {one.recording for one in account.study.analysed}
    histories = [one for one in account.histories if one.recording in counted]
    if not histories:
        return
    yield _destroyed(
        [one.audio_destroyed for one in histories],
        say_day,
        none=tr("No recording has been destroyed yet."),
        one=tr("{n} of {count} recordings was destroyed, on {days}."),
        more=tr("{n} of {count} recordings were destroyed, on {days}."),
    )
    yield _destroyed(
        [one.transcript_destroyed for one in histories],
        say_day,
        none=tr("No identifiable transcript has been destroyed yet."),
        one=tr("{n} of {count} identifiable transcripts was destroyed, on {days}."),
        more=tr("{n} of {count} identifiable transcripts were destroyed, on {days}."),
    )


def _destroyed(days: Sequence[date | None], say_day: SayDay, *, none: str, one: str, more: str) -> str:
    found = [day for day in days if day is not None]
    if not found:
        return none
    words = listed([say_day(day) for day in sorted(set(found))])
    return (one if len(found) == 1 else more).format(n=len(found), count=len(days), days=words)


def software_words(account: AnalysisAccount) -> str:
    """Return which program was used, and which models wrote first drafts of transcripts."""
    words = tr("The analysis was done with {software}.").format(software=account.software or blank(tr("software")))
    if account.models:
        drafts = tr("First drafts of transcripts were written by {models}.").format(models=listed(account.models))
        return f"{words} {drafts}"
    return words
