"""Wording of what was found in a roster file."""

from __future__ import annotations

from balint_desktop.i18n import tr, tr_n
from balint_desktop.roster.plan_import import RefusalReason, RosterContent, RowOutcome, RowProblem


def outcome_words(outcome: RowOutcome) -> str:
    """Return the outcome of a roster row."""
    return {
        RowOutcome.JOINS: tr("joins"),
        RowOutcome.GETS_NAME: tr("gets this name"),
        RowOutcome.IS_KNOWN: tr("is in the roster already"),
    }[outcome]


def problem_words(problem: RowProblem) -> str:
    """Return a rejected row's line number and reason."""
    reason = {
        RefusalReason.NO_NAME: tr("there is no name"),
        RefusalReason.TOO_LONG: tr("the name or the contact is far too long"),
        RefusalReason.NOT_A_CODE: tr("“{told}” is no code: codes are P1 to P99"),
        RefusalReason.CODE_TWICE: tr("the code stands in line {told} already"),
        RefusalReason.NAME_TWICE: tr("the name stands in line {told} already"),
        RefusalReason.CODE_TAKEN: tr("{told} is somebody else's code in the roster"),
        RefusalReason.NAME_KNOWN: tr("the roster has this name as {told}"),
        RefusalReason.NO_CODE_LEFT: tr("there is no code left, up to P99"),
    }[problem.why].format(told=problem.message)
    return tr("Line {line}: {reason}.").format(line=problem.line, reason=reason)


def found_words(found: RosterContent) -> str:
    """Return how a file was read and what to check; empty if nothing needs checking."""
    parts = []
    if found.guessed:
        parts.append(
            tr("The file does not say how its letters are kept; it was read as {encoding}. Look at the names.").format(
                encoding=found.encoding
            )
        )
    if found.formulas:
        lines = ", ".join(str(line) for line in found.formulas[:5])
        parts.append(
            tr_n(
                "Line {lines} begins like a formula. It is kept as plain words, and nothing is worked out.",
                "Lines {lines} begin like formulas. They are kept as plain words, and nothing is worked out.",
                len(found.formulas),
            ).format(lines=lines)
        )
    return " ".join(parts)
