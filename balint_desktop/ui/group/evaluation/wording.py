"""Wording of a written part and its counts."""

from __future__ import annotations

from collections.abc import Sequence

from balint_desktop.domain.evaluation.questionnaires import POINTS, Questionnaire
from balint_desktop.domain.evaluation.scores import Occasion
from balint_desktop.i18n import tr, tr_n


def sheets(count: int) -> str:
    """Return the number of sheets as text."""
    return tr_n("{n} sheet", "{n} sheets", count).format(n=count)


def counts(row: Sequence[int] | None, asked: Questionnaire) -> str:
    """Return the answer counts as spoken text, or only that they are suppressed."""
    if row is None:
        return tr("not shown: it could identify someone")
    ends = {1: f" ({asked.from_words})", POINTS: f" ({asked.to_words})"}
    parts = [
        tr_n("{n} person answered {answer}", "{n} people answered {answer}", times).format(
            n=times, answer=f"{answer}{ends.get(answer, '')}"
        )
        for answer, times in enumerate(row, start=1)
        if times
    ]
    return "; ".join(parts)


def occasion(of: Occasion) -> str:
    """Return the label of a measurement occasion."""
    return {Occasion.BEFORE: tr("before the group"), Occasion.AFTER: tr("after the group")}[of]


def collected_by_others() -> str:
    """Return the practice's advice on who runs the written part: it asks about the leader, too."""
    return tr("Someone from outside should run this part if you will analyse the answers.")


def after_closing(least: int) -> str:
    """Return which counts are shown, and why the others are suppressed."""
    return tr(
        "Counts are shown only where at least {n} people answered, and never where all, or all but one, gave the same "
        "answer: that could show who said what."
    ).format(n=least)


def free_text_note() -> str:
    """Return the note on handling free-text answers."""
    return tr(
        "In random order. Someone may still be recognised by how they write: ask the group before you quote, and "
        "do not try to guess."
    )
