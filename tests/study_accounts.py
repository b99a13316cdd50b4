"""A study's account for tests of its report: two sessions, three coders, two rounds, figures easily counted by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from balint_desktop.domain.analysis.codebook import Codebook
from balint_desktop.domain.analysis.coding import Coding, Codings
from balint_desktop.domain.analysis.framework import FixedFramework
from balint_desktop.domain.analysis.history import CoderWork
from balint_desktop.domain.analysis.study import (
    AnalysisStudy,
    Author,
    AuthorRole,
    CodingRound,
    ConsensusMeeting,
    MatterDecision,
    MatterOutcome,
    Memo,
    Quotation,
    RoundClosing,
    RoundKind,
    StudyText,
    StudyTheme,
    ThemeState,
    ThemeWork,
    Workplace,
)
from balint_desktop.domain.deidentify.approved import ApprovedText, ApprovedTurn
from balint_desktop.domain.values import RecordingId, SessionKind
from balint_desktop.reports.analysis.account import AnalysisAccount, OthersOpened, TextHistory

ONE, SIX = RecordingId("r1"), RecordingId("r6")


def approved(*turns):
    """Return an approved text of these turns, each who speaks and what they say."""
    lines, found, at = [], [], 0
    for speaker, words in turns:
        line = f"{speaker}: {words}" if speaker else words
        lines.append(line)
        found.append(ApprovedTurn(at, at + len(line), speaker, 0, 0))
        at += len(line) + 2
    return ApprovedText(1, "\n\n".join(lines), tuple(found))


FIRST = approved(
    ("R3", "It made me angry. With the registrar, and then with her."),
    ("", "[silence, 14 s]"),
    ("R1", "I would have felt very out of depth."),
)
LAST = approved(("R2", "I feel less alone now."), ("F", "What changed?"))


def wall(day, hour=12):
    return datetime(2026, 5, day, hour, tzinfo=UTC).timestamp()


def quotation(identifier, text, words, shown=None, *, recording=ONE, may_be_quoted=True, theme="t1"):
    begin = text.text.index(words)
    return Quotation(
        identifier, theme, recording, begin, begin + len(words), words if shown is None else shown, may_be_quoted
    )


def work(names, codings):
    """Return work with codes of these names; codings are the number of a code, a recording and its words."""
    book = Codebook()
    for name in names:
        book = book.with_code(f"{name}-guid", name)
    found = []
    for number, (name, recording, words) in enumerate(codings):
        text = FIRST if recording == ONE else LAST
        begin = text.text.index(words)
        found.append(Coding(f"{name}{number}", recording, begin, begin + len(words), f"{name}-guid", 0.0))
    return CoderWork(book, Codings(tuple(found)))


FRAMEWORK = Codebook().with_code("anger", "Anger").with_code("guilt", "Guilt", "anger").with_code("alone", "Alone")
FRAMEWORK = FRAMEWORK.with_changed(
    replace(
        FRAMEWORK.code("anger"),
        definition="At anybody",
        when="It is said",
        when_not="It is guessed",
        example="“I was furious”",
    )
)
STUDY = AnalysisStudy(
    "s",
    "What it is like to be there",
    "What do students find hard?",
    governance="the kaitiaki group",
    texts=(
        StudyText(ONE, "Session 1", 1, SessionKind.CASE, 1, FIRST.sha256),
        StudyText(SIX, "Session 6", 6, SessionKind.EVALUATION, 1, LAST.sha256),
    ),
    authors=(
        Author("a", "Coder 1", led_group=True, positionality="I led the group and teach here."),
        Author("b", "Coder 2", workplace=Workplace.WORD),
        Author("c", "Coder 4", AuthorRole.INDEPENDENT, Workplace.PROGRAM),
        Author("d", "Supervisor", AuthorRole.SUPERVISOR),
    ),
    independent_had_framework=False,
)
ROUNDS = (
    CodingRound(
        1,
        RoundKind.OPEN,
        wall(1),
        ("a", "b", "c"),
        closings=(RoundClosing("a", wall(3), "aa11"), RoundClosing("b", wall(4), "bb22")),
    ),
    CodingRound(
        2, RoundKind.FRAMEWORK, wall(8), ("a", "b"), framework=1, closings=(RoundClosing("a", wall(9), "cc33"),)
    ),
)


def account(**changes):
    """Return the account, with some of its values changed."""
    whole = AnalysisAccount(
        STUDY,
        date(2026, 6, 1),
        {ONE: FIRST, SIX: LAST},
        ROUNDS,
        {
            (1, "a"): work(["Anger", "Depth"], [("Anger", ONE, "made me angry"), ("Depth", ONE, "out of depth")]),
            (1, "b"): work(["Rage"], [("Rage", ONE, "angry"), ("Rage", SIX, "less alone")]),
            (2, "a"): work(["Anger"], [("Anger", ONE, "made me angry")]),
        },
        (FixedFramework(1, wall(7), FRAMEWORK),),
        (
            Memo("m1", "a", wall(2), "I was tired when I read this.", ONE, 0, 5),
            Memo("m2", "a", wall(5), "I was tired, and it shows.", ONE, 0, 5, supersedes="m1"),
        ),
        (ConsensusMeeting("k", wall(6), ("a", "b", "c")),),
        (
            MatterDecision(
                "x", 1, "k", wall(6), MatterOutcome.AS_CODER, "Nearer to her words", ("a", "b"), "anger", as_author="b"
            ),
            MatterDecision("y", 1, "k", wall(6, 13), MatterOutcome.LEFT_OPEN, "Not yet", ("a",), theme="t1"),
        ),
        ThemeWork(
            (
                StudyTheme(
                    "t1",
                    "Being told to toughen up",
                    "Feeling is weakness.",
                    ("anger", "guilt"),
                    ThemeState.NAMED,
                    "Some were held.",
                ),
                StudyTheme("t2", "Being held", state=ThemeState.CANDIDATE),
                StudyTheme("t3", "Noise", state=ThemeState.LET_GO),
            ),
            (
                quotation(
                    "q1",
                    FIRST,
                    "It made me angry. With the registrar, and then with her.",
                    "It made me angry […] then with her.",
                ),
                quotation("q2", FIRST, "I would have felt very out of depth.", may_be_quoted=False),
                quotation("q3", LAST, "I feel less alone now.", recording=SIX, theme="t2"),
                quotation("q4", LAST, "I feel less alone now.", recording=SIX, theme="t3"),
            ),
        ),
        (
            TextHistory(ONE, date(2026, 4, 1), date(2026, 4, 20), date(2026, 4, 21)),
            TextHistory(SIX, date(2026, 4, 2), date(2026, 4, 20)),
        ),
        (OthersOpened(wall(4, 15), "a", 1),),
        software="Balint Desktop 0.2.0",
        models=("small.en (SHA-256 1234)",),
        chain_words=("amber", "brook"),
    )
    return replace(whole, **changes)
