"""Wording of a recording's condition, gaps and marks."""

from __future__ import annotations

from balint_desktop.domain.values import MarkKind, SessionKind
from balint_desktop.i18n import tr
from balint_desktop.recordings.summary import Condition, QuestionMark, RecordingSummary
from balint_desktop.text import durations, imports
from balint_desktop.text.capital import with_capital
from balint_desktop.text.recordings import (
    condition,
    condition_sentence,
    listed_condition,
    losses,
    readers_sentence,
    redacted_sentence,
    silence,
    silences,
    sources_words,
    verdict,
    whole_sentence,
    with_redacted,
)
from balint_desktop.ui.widgets.dates import day_at

__all__ = [
    "condition",
    "condition_sentence",
    "listed_condition",
    "losses",
    "redacted_sentence",
    "silence",
    "silences",
    "sources_words",
    "verdict",
    "with_redacted",
]


def listed_sentence(listed: RecordingSummary) -> str:
    """Return a recording's condition; for an imported one, the result of importing it comes first."""
    if listed.shared_copy is not None:
        came = tr("Imported from a sealed copy on {day}.").format(day=day_at(listed.shared_copy.wall))
        return f"{condition_sentence(listed.condition)} {came}"
    if listed.imported is None or listed.condition is not Condition.COMPLETE:
        return whole_sentence(listed)
    return imports.description(listed.imported)


def title(listed: RecordingSummary) -> str:
    """Return a recording's title."""
    if listed.number is None:
        return tr("Recording without a log entry")
    template = tr("evaluation session {number}") if listed.kind is SessionKind.EVALUATION else tr("session {number}")
    number = template.format(number=listed.number)
    return f"{listed.group}, {number}" if listed.group else with_capital(number)


def length(listed: RecordingSummary) -> str:
    """Return a recording's duration as far as known without opening it."""
    return tr("unknown") if listed.seconds is None else durations.clock(listed.seconds)


def keys(listed: RecordingSummary) -> str:
    """Return when and why a recording was destroyed, or for whom it is sealed; empty if not in the log."""
    if listed.destroyed is not None:
        return tr("Destroyed on {day}: {why}").format(
            day=day_at(listed.destroyed.asked_wall), why=listed.destroyed.reason
        )
    if listed.number is None:
        return ""
    return readers_sentence(listed.readers, this_vault_reads=listed.this_vault_reads)


def mark(kind: MarkKind) -> str:
    """Return the reason for a mark."""
    return {
        MarkKind.NAME_TO_REMOVE: tr("name to remove"),
        MarkKind.WORTH_COMING_BACK_TO: tr("worth coming back to"),
    }[kind]


def question(asked: QuestionMark) -> str:
    """Return the core question in a few words."""
    return tr("question {number}").format(number=asked.number)


def speed(times: float) -> str:
    """Return the playback speed, empty at normal speed."""
    return "" if times == 1.0 else tr("at {times}× speed").format(times=f"{times:g}")
