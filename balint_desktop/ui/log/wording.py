"""Wording of times, dates and answers of stored sessions."""

from __future__ import annotations

from balint_desktop.domain.session.session_record import QuestionTimes, Recorded, SessionRecord
from balint_desktop.domain.values import SessionKind
from balint_desktop.i18n import tr, tr_n
from balint_desktop.text import durations
from balint_desktop.text.recordings import sources_words
from balint_desktop.ui.widgets.dates import day_at


def title(record: SessionRecord) -> str:
    """Return a session's title."""
    args = {"group": record.group, "number": record.setting.number}
    if record.setting.kind is SessionKind.EVALUATION:
        words = tr("{group}, evaluation session {number}") if record.group else tr("Evaluation session {number}")
    else:
        words = tr("{group}, session {number}") if record.group else tr("Session {number}")
    return words.format(**args)


def presented(record: SessionRecord) -> str:
    """Return the presenters by code."""
    if not record.presenters:
        return tr("not entered")
    if len(record.presenters) == 1:
        return str(record.presenters[0][1])
    return ", ".join(tr("case {case}: {code}").format(case=case, code=code) for case, code in record.presenters)


def question(asked: QuestionTimes) -> str:
    """Return the time range in which a core question was discussed."""
    when = durations.clock(asked.from_s) if asked.until_s is None else durations.span_words(asked.from_s, asked.until_s)
    return tr("{when}: {number}. {question}").format(when=when, number=asked.number, question=asked.text)


def marks(record: SessionRecord) -> str:
    """Return remarks on a record's origin, empty if it was recorded live and never corrected."""
    remarks = []
    if record.entered_wall is not None:
        remarks.append(
            tr("Entered afterwards on {day}; held without the laptop.").format(day=day_at(record.entered_wall))
        )
    if record.corrected:
        remarks.append(tr("Corrected. Phase times are as measured."))
    if not record.closed:
        remarks.append(tr("No debrief."))
    return " ".join(remarks)


def planned_and_actual(record: SessionRecord) -> str:
    """Return the planned and the actual duration."""
    args = {
        "minutes": round(record.planned_s / 60),
        "moved": durations.clock(record.end_moved_to_s or 0),
        "held": durations.clock(record.ended_s or 0),
    }
    if record.end_moved_to_s is None:
        if record.ended_s is None:
            return tr("{minutes} min planned, not ended").format(**args)
        return tr("{minutes} min planned, {held} actual").format(**args)
    if record.ended_s is None:
        return tr("{minutes} min planned, end moved to {moved}, not ended").format(**args)
    return tr("{minutes} min planned, end moved to {moved}, {held} actual").format(**args)


def recorded(record: SessionRecord) -> str:
    """Return a summary of a session's recording."""
    recording = record.recording
    if recording is None:
        return tr("not recorded")
    words = _recorded(recording)
    return f"{words}; {sources_words(has_call=True)}" if recording.has_call else words


def _recorded(recording: Recorded) -> str:
    if recording.destroyed is not None:
        return tr("{long}; destroyed on {day}: {why}").format(
            long=durations.duration_words(recording.seconds),
            day=day_at(recording.destroyed.asked_wall),
            why=recording.destroyed.reason,
        )
    args = {
        "long": durations.duration_words(recording.seconds),
        "off": durations.duration_words(recording.off_record_s),
        "removed": durations.duration_words(recording.redacted_s),
    }
    is_paused, is_redacted = recording.off_record_s >= 1, recording.redacted_s >= 1
    if is_paused and is_redacted:
        return tr("{long}, {off} of it off the record and {removed} removed").format(**args)
    if is_paused:
        return tr("{long}, {off} of it off the record").format(**args)
    return tr("{long}, {removed} of it removed").format(**args) if is_redacted else args["long"]


def prompts(count: int) -> str:
    """Return how many prompts were shown."""
    return tr_n("{n} prompt", "{n} prompts", count).format(n=count)


def unencrypted_words() -> str:
    """Return how people appear in what is exported, in notes as anywhere."""
    return tr(
        "Exported files are not encrypted. People appear by study number, in your notes too; a roster name stops the "
        "export."
    )
