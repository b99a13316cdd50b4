"""Wording of retention periods, due days and holds, for window, command line and reports."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from balint_desktop.domain.study.holds import Hold
from balint_desktop.domain.study.retention import (
    Bound,
    RetainedItem,
    RetainedKind,
    RetentionPeriod,
    RetentionStatus,
    StartEvent,
    Unit,
    due_first,
)
from balint_desktop.i18n import tr, tr_n

Day = Callable[[date], str]
"""Formats a day in the reader's locale."""


def iso(day: date) -> str:
    """Format a day as 2026-03-04."""
    return day.isoformat()


def title(kind: RetainedKind) -> str:
    """Return the heading of a kind."""
    return {
        RetainedKind.AUDIO: tr("Audio"),
        RetainedKind.TRANSCRIPT: tr("Transcripts"),
        RetainedKind.APPROVED_TEXT: tr("Approved texts"),
        RetainedKind.CONSENT_FORMS: tr("Consent forms"),
        RetainedKind.CODE_KEY: tr("Code key"),
        RetainedKind.ANALYSIS: tr("Analysis"),
    }[kind]


def event(of: StartEvent) -> str:
    """Return an event's name, to follow *from* or *of*."""
    return {
        StartEvent.RECORDED: tr("the session"),
        StartEvent.TRANSCRIPT_VERIFIED: tr("the verified transcript"),
        StartEvent.STUDY_ENDED: tr("the end of the study"),
        StartEvent.CONSENT_WITHDRAWN: tr("a withdrawal of consent"),
        StartEvent.LAST_SESSION: tr("the group’s last session"),
        StartEvent.APPROVAL_DAY: tr("the approval"),
    }[of]


def period(count: int, unit: Unit) -> str:
    """Format a period."""
    words = {
        Unit.DAYS: tr_n("{n} day", "{n} days", count),
        Unit.MONTHS: tr_n("{n} month", "{n} months", count),
        Unit.YEARS: tr_n("{n} year", "{n} years", count),
    }[unit]
    return words.format(n=count)


def clock(of: RetentionPeriod) -> str:
    """Describe a retention clock in a sentence, with its source."""
    words = (
        tr("Destroy within {period} of {event} ({source}).")
        if of.bound is Bound.DESTROY_WITHIN
        else tr("Keep at least {period} from {event} ({source}).")
    )
    return words.format(period=period(of.count, of.unit), event=event(of.starts), source=of.source)


def short_period(of: RetentionPeriod) -> str:
    """Describe a retention period in a few words, for a cell."""
    words = tr("destroy within {period}") if of.bound is Bound.DESTROY_WITHIN else tr("at least {period}")
    return words.format(period=period(of.count, of.unit))


def subject(kept: RetainedItem) -> str:
    """Return an item's name within its kind."""
    thing = kept.retained
    if thing.recording is not None:
        return tr("Session {n}").format(n=thing.number)
    if thing.kind is RetainedKind.CONSENT_FORMS:
        # Each person has a form of their own only once they withdrew: no code, which would say who.
        return tr("One form") if thing.code is not None else tr("All forms")
    return tr("The names")


def item_words(kept: RetainedItem) -> str:
    """Return an item's full name, for use within a sentence."""
    item = kept.retained
    words = {
        RetainedKind.AUDIO: tr("the audio of session {n}"),
        RetainedKind.TRANSCRIPT: tr("the transcript of session {n}"),
        RetainedKind.APPROVED_TEXT: tr("the approved text of session {n}"),
        RetainedKind.CONSENT_FORMS: tr("one consent form") if item.code is not None else tr("the consent forms"),
        RetainedKind.CODE_KEY: tr("the code key"),
        RetainedKind.ANALYSIS: tr("the analysis"),
    }[item.kind]
    return words.format(n=item.number)


def status_words(kept: RetainedItem, day: Day) -> str:
    """Return an item's status as a sentence that begins with its name."""
    return tr("{what}: {how}.").format(what=subject(kept), how=item_sentence(kept, day))


def item_sentence(kept: RetainedItem, day: Day) -> str:
    """Return an item's status in words that follow its name."""
    if kept.status is RetentionStatus.GONE and kept.retained.destroyed_on is not None:
        return tr("destroyed on {day}").format(day=day(kept.retained.destroyed_on))
    if kept.status is RetentionStatus.HELD:
        return tr("on legal hold")
    if kept.clock is None:
        return tr("no period is entered")
    if kept.due is None:
        return tr("starts with {event}").format(event=event(kept.clock.starts))
    return _due(kept).format(day=day(kept.due))


def state_words(kept: RetainedItem, day: Day) -> str:
    """Return an item's state for a cell beside its due day."""
    if kept.status is RetentionStatus.DUE:
        within = kept.clock is not None and kept.clock.bound is Bound.DESTROY_WITHIN
        if kept.retained.waits_for_speaker:
            return tr("due; waits for someone who speaks the language")
        return tr("due to be destroyed") if within else tr("no longer required")
    if kept.status in {RetentionStatus.SOON, RetentionStatus.RUNNING}:
        return tr("period running")
    return item_sentence(kept, day)


def _due(kept: RetainedItem) -> str:
    within = kept.clock is not None and kept.clock.bound is Bound.DESTROY_WITHIN
    if kept.status is RetentionStatus.DUE:
        if kept.retained.waits_for_speaker:
            return tr("due since {day}; no one who speaks the other language has listened yet")
        return tr("due to be destroyed since {day}") if within else tr("no longer required since {day}")
    return tr("due to be destroyed on {day}") if within else tr("keep until at least {day}")


def next_due_sentence(things: Iterable[RetainedItem], day: Day) -> str:
    """Return the next item due, in one sentence."""
    all_things = tuple(things)
    if not any(one.clock for one in all_things):
        return tr("No period is entered yet. Take each from the study’s approval; without a study, none is needed.")
    for one in due_first(all_things):
        if one.due is not None and one.status in {RetentionStatus.DUE, RetentionStatus.SOON, RetentionStatus.RUNNING}:
            return tr("Next: {what}, {how}.").format(what=item_words(one), how=item_sentence(one, day))
    return tr("Nothing is due.")


def hold_sentence(of: Hold, number: int | None, day: Day) -> str:
    """Describe a hold in a sentence, with the number of its session where it is on one recording."""
    scope = tr("the whole group") if of.recording is None else tr("the recording of session {n}").format(n=number)
    sentence = tr("On {what} since {day}, by {by}: {why}").format(what=scope, day=day(of.since), by=of.by, why=of.why)
    sentence = sentence if sentence.endswith(".") else f"{sentence}."
    if of.retains_redacted:
        sentence += " " + tr("It also covers removed stretches that are still in the sealed file.")
    if of.lifted is not None:
        sentence += " " + tr("Lifted on {day} by {by}: {why}").format(
            day=day(of.lifted.day), by=of.lifted.by, why=of.lifted.why
        )
    return sentence
