"""Wording of the room: times, notices, recording, spoken lines. A button's words are where the button is."""

from __future__ import annotations

from datetime import datetime

from balint_desktop.domain.clock import Instant
from balint_desktop.domain.session.fixed_marks import Mark
from balint_desktop.domain.session.schedule import Countdown, countdown, wall_time
from balint_desktop.domain.session.state import SessionState
from balint_desktop.domain.trouble import Trouble
from balint_desktop.domain.values import RecordingState
from balint_desktop.i18n import tr, tr_n
from balint_desktop.session.controller import SessionController
from balint_desktop.session.notices import Notice, NoticeKind
from balint_desktop.session.recording_controller import ProcessState
from balint_desktop.text import durations
from balint_desktop.text import trouble as words
from balint_desktop.ui.widgets.dates import time_words


def clock_time(wall: float) -> str:
    """Format a wall time in the locale: 14:45, or 2:45 pm."""
    return time_words(f"{datetime.fromtimestamp(wall).astimezone():%H:%M}")


def mark_time(state: SessionState, mark: Mark, now: Instant) -> str:
    """Format the time of a mark as the room's clock does."""
    return clock_time(wall_time(state, mark.at_s, now))


def countdown_words(state: SessionState, shown: Countdown, now: Instant) -> str:
    """Return the line under the one number."""
    at = mark_time(state, shown.mark, now)
    if shown.mark.is_end:
        if shown.over:
            template = tr_n(
                "minute past the end of the session, at {at}",
                "minutes past the end of the session, at {at}",
                shown.minutes,
            )
        else:
            template = tr_n(
                "minute until the session ends, at {at}", "minutes until the session ends, at {at}", shown.minutes
            )
        return template.format(at=at)
    name = tr(shown.mark.name)
    if shown.over:
        template = tr_n("minute past {at}: {name}", "minutes past {at}: {name}", shown.minutes)
    else:
        template = tr_n("minute until {name}, at {at}", "minutes until {name}, at {at}", shown.minutes)
    return template.format(at=at, name=name)


def marks_words(state: SessionState, now: Instant) -> str:
    """Return all remaining marks with their times: "the presenter returns at 14:45; the end is at 15:00"."""
    ahead = [mark for mark in state.marks if mark.phase is None or mark.phase > state.phase]
    marks = [
        tr("the end is at {at}").format(at=mark_time(state, mark, now))
        if mark.is_end
        else tr("{name} at {at}").format(name=tr(mark.name), at=mark_time(state, mark, now))
        for mark in ahead
    ]
    sentence = "; ".join(marks)
    return sentence[:1].upper() + sentence[1:] + "."


def notice_words(notice: Notice, state: SessionState, now: Instant) -> str:
    """Return the text of a notice."""
    if notice.kind is NoticeKind.TROUBLE and notice.trouble is not None:
        return words.sentence(notice.trouble)
    if notice.kind is NoticeKind.BACK_AGAIN:
        sentence = tr("Now {now}").format(now=durations.clock(notice.now_s))
        if notice.not_recorded_s >= 1:
            sentence += "; " + tr("{length} not recorded").format(
                length=durations.duration_words(notice.not_recorded_s)
            )
        return sentence + "."
    if notice.kind is NoticeKind.MARKS_MOVED:
        return marks_words(state, now)
    return {
        NoticeKind.PRESENTER_STILL_IN: _presenter_still_in(state, now),
        NoticeKind.GAP: tr("Recording again from {now}; {length} not recorded.").format(
            now=durations.clock(notice.now_s), length=durations.duration_words(notice.not_recorded_s)
        ),
        NoticeKind.TIME_GUESSED: tr(
            "The computer was started anew, so this is the time by its clock. Put it right under Time if it is wrong."
        ),
        NoticeKind.LATECOMER_PAUSED: tr("The recording is paused. Tell the group that the recorder is off for now."),
        NoticeKind.OFF_THE_RECORD_FROM_NOW: tr(
            "We are off the record from here. You might say: the recorder is off for the rest of today, and the hour "
            "goes on as it is. Stop it when it suits you."
        ),
        NoticeKind.REDACTED: tr("The last minute is struck, and the recording is paused."),
        NoticeKind.MARKED: tr("This moment is marked."),
        NoticeKind.FORGOTTEN_STOPPED: tr(
            "The recording was still running half an hour past the end, so it was stopped and sealed."
        ),
    }.get(notice.kind, "")


def _presenter_still_in(state: SessionState, now: Instant) -> str:
    minutes = countdown(state, now).minutes
    template = tr_n(
        "The presenter is still in the circle. {n} minute is left for the group.",
        "The presenter is still in the circle. {n} minutes are left for the group.",
        minutes,
    )
    return template.format(n=minutes)


def trouble_words(trouble: Trouble, *, goes_on: bool) -> str:
    """Return the text of a recording trouble, with its times and durations in words."""
    details = dict(trouble.details)
    for name, key, write in (("until", "until_s", durations.clock), ("lost", "lost_s", durations.duration_words)):
        seconds = details.get(key)
        if isinstance(seconds, int | float):
            details[name] = write(seconds)
    return words.sentence(Trouble(trouble.code, **details), goes_on=goes_on)


def recording_words(session: SessionController) -> str:
    """Return the recording's state in a word or two."""
    controller = session.recording.controller
    if controller is None:
        return tr("Not recording")
    if controller.state is ProcessState.STARTING and not session.recording.resumes_by_itself:
        return tr("Starting the recording…")
    if controller.state is ProcessState.STOPPING:
        return tr("Sealing the recording…")
    if controller.hears_nothing:
        return tr("Not recording now")
    return {
        RecordingState.OFF: tr("Not recording"),
        RecordingState.RECORDING: tr("Recording"),
        RecordingState.PAUSED: tr("Off the record"),
        RecordingState.LOST: tr("Not recording now"),
        RecordingState.STOPPED: tr("Recording sealed"),
    }[session.state.recording.state]
