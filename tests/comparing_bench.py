"""A round of two coders that is compared, and what a person does on its page."""

from __future__ import annotations

from dataclasses import replace

from analysis_bench import (
    FIRST,
    ME,
    OTHER,
    ROUND,
    STUDY,
    TEXT,
    WALL,
    FakeAnalysis,
    work_of,
)

from balint_desktop.domain.analysis.coding import Coding
from balint_desktop.domain.analysis.study import (
    Approach,
    RoundClosing,
    StudyTheme,
    ThemeWork,
)

ANGRY = (TEXT.text.index("It made"), TEXT.text.index("then with her.") + 14)
SHORTER = (TEXT.text.index("It made"), TEXT.text.index("angry.") + 6)
SMALL = (TEXT.text.index("I felt"), TEXT.text.index("room.") + 5)
CLOSED = replace(ROUND, closings=(RoundClosing(ME, WALL, "0"), RoundClosing(OTHER, WALL, "1")))


def others_work():
    """Return the work of another coder, with two codes of other names."""
    work = work_of(names=("Rage", "Feeling lost"))
    codes = tuple(replace(code, guid=f"other-{code.name}") for code in work.book.codes)
    book = replace(work.book, codes=codes)
    codings = replace(
        work.codings,
        all=(
            Coding("x", FIRST, *SHORTER, "other-Rage", 1.0),
            Coding("y", FIRST, SMALL[0], SMALL[0] + 6, "other-Feeling lost", 1.0),
        ),
    )
    return replace(work, book=book, codings=codings)


MINE = work_of(
    Coding("a", FIRST, *ANGRY, "code-Anger", 1.0),
    Coding("b", FIRST, TEXT.text.index("I would"), len(TEXT.text) - 40, "code-Safety", 1.0),
)


def service_of(approach=Approach.CODEBOOK, **changed):
    """Return the studies, with a round that two coders have closed and a theme."""
    made = FakeAnalysis(
        replace(STUDY, approach=approach), rounds=(CLOSED,), works={(1, ME): MINE, (1, OTHER): others_work()}
    )
    made.themes = ThemeWork((StudyTheme("t", "Being told to toughen up"),))
    for name, value in changed.items():
        setattr(made, name, value)
    return made


def rows(of):
    """Return the words of a list."""
    return [of.item(row).text() for row in range(of.count())]


def choose(page, title):
    """Choose the matter whose row begins so."""
    row = next(at for at, line in enumerate(rows(page.matters.list)) if line.startswith(title))
    page.matters.list.setCurrentRow(row)


def agree(page, *authors):
    """Tick who agreed to a decision: both, if nobody is named."""
    for author in authors or (ME, OTHER):
        page.form.agreed[author].setChecked(True)


def decide(page, outcome, reason=""):
    """Save a decision on the chosen matter, which both agreed to."""
    page.matters.decide_button.click()
    page.form.outcome.choose((outcome, ""))
    page.form.reason.setPlainText(reason)
    agree(page)
    page.form.save_button.click()


def two_rounds():
    """Return a service of two closed rounds: in the second, Coder 2 coded nothing."""
    service = service_of(rounds=(CLOSED, replace(CLOSED, number=2)))
    service.works |= {(2, ME): MINE, (2, OTHER): work_of(names=())}
    return service
