"""Wording of times, dates and answers of stored sessions."""

from __future__ import annotations

from balint_desktop.domain.session.session_record import QuestionTimes, SessionRecord
from balint_desktop.domain.values import SessionKind
from balint_desktop.i18n import tr, tr_n
from balint_desktop.text import durations
from balint_desktop.ui.widgets.dates import day_at


def title(record: SessionRecord) -> str:
    """Return a session's title."""
    kind = tr("evaluation session") if record.setting.kind is SessionKind.EVALUATION else tr("session")
    numbered = tr("{kind} {number}").format(kind=kind, number=record.setting.number)
    return f"{record.group}, {numbered}" if record.group else numbered.capitalize()


def presented(record: SessionRecord) -> str:
    """Return the presenters by code."""
    if not record.presenters:
        return tr("nobody was noted")
    if len(record.presenters) == 1:
        return str(record.presenters[0][1])
    return ", ".join(tr("case {case}: {code}").format(case=case, code=code) for case, code in record.presenters)


def question(asked: QuestionTimes) -> str:
    """Return the time range in which a core question was discussed."""
    when = durations.clock(asked.from_s) if asked.until_s is None else durations.span_words(asked.from_s, asked.until_s)
    return tr("{when}: {number}. {question}").format(when=when, number=asked.number, question=tr(asked.text))


def marks(record: SessionRecord) -> str:
    """Return remarks on a record's origin, empty if it was recorded live and never corrected."""
    remarks = []
    if record.entered_wall is not None:
        remarks.append(
            tr("Entered afterwards, on {day}: it ran without the laptop.").format(day=day_at(record.entered_wall))
        )
    if record.corrected:
        remarks.append(tr("Corrected; the times of the phases are as the clock ran."))
    if not record.closed:
        remarks.append(tr("Its debrief was not done."))
    return " ".join(remarks)


def planned_and_actual(record: SessionRecord) -> str:
    """Return the planned and the actual duration."""
    planned = tr("{minutes} min planned").format(minutes=round(record.planned_s / 60))
    if record.end_moved_to_s is not None:
        planned += tr(", the end moved to {time}").format(time=durations.clock(record.end_moved_to_s))
    if record.ended_s is None:
        return tr("{planned}; not ended").format(planned=planned)
    return tr("{planned}; {held} held").format(planned=planned, held=durations.clock(record.ended_s))


def recorded(record: SessionRecord) -> str:
    """Return a summary of a session's recording."""
    recording = record.recording
    if recording is None:
        return tr("not recorded")
    if recording.destroyed is not None:
        return tr("{long}; destroyed on {day}: {why}").format(
            long=durations.duration_words(recording.seconds),
            day=day_at(recording.destroyed.asked_wall),
            why=recording.destroyed.reason,
        )
    words = durations.duration_words(recording.seconds)
    if recording.off_record_s >= 1:
        words += tr(", {long} of it off the record").format(long=durations.duration_words(recording.off_record_s))
    if recording.redacted_s >= 1:
        words += tr(", {long} struck").format(long=durations.duration_words(recording.redacted_s))
    return words


def prompts(count: int) -> str:
    """Return how many prompts were shown."""
    return tr_n("{n} prompt", "{n} prompts", count).format(n=count)
