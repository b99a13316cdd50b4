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
    name = shown.mark.name
    if shown.over:
        template = tr_n("minute past {at}: {name}", "minutes past {at}: {name}", shown.minutes)
    else:
        template = tr_n("minute until {name}, at {at}", "minutes until {name}, at {at}", shown.minutes)
    return template.format(at=at, name=name)


def marks_words(state: SessionState, now: Instant) -> str:
    """Return all remaining marks with their times: "the presenter returns at 14:45; the end is at 15:00"."""
    ahead = [mark for mark in state.marks if mark.phase is None or mark.phase > state.phase]
    marks = [
        tr("the session ends at {at}").format(at=mark_time(state, mark, now))
        if mark.is_end
        else tr("{name} at {at}").format(name=mark.name, at=mark_time(state, mark, now))
        for mark in ahead
    ]
    sentence = "; ".join(marks)
    return sentence[:1].upper() + sentence[1:] + "."


def notice_words(notice: Notice, state: SessionState, now: Instant) -> str:
    """Return the text of a notice; that of the recording's trouble is in the recording's line."""
    if notice.kind is NoticeKind.TROUBLE and notice.trouble is not None:
        return words.sentence(notice.trouble)
    if notice.kind is NoticeKind.BACK_AGAIN:
        return _back_again(notice)
    if notice.kind is NoticeKind.GAP:
        template = tr("Recording again since {now}. {length} were not recorded.")
        return template.format(
            now=durations.clock(notice.now_s), length=durations.duration_words(notice.not_recorded_s)
        )
    if notice.kind is NoticeKind.MARKS_MOVED:
        return marks_words(state, now)
    if notice.kind is NoticeKind.PRESENTER_STILL_IN:
        return _presenter_still_in(state, now)
    is_recorded = bool(state.recording.parts)
    return {
        NoticeKind.CLOSING: closing_words(is_stored=True, is_recorded=is_recorded),
        NoticeKind.CLOSING_UNSTORED: closing_words(is_stored=False, is_recorded=is_recorded),
        NoticeKind.TIME_GUESSED: tr(
            "The computer was restarted, so this is the time by its clock. Correct it under Time if it is wrong."
        ),
        NoticeKind.LATECOMER_PAUSED: tr("Recording paused. Tell the group that the recorder is off for now."),
        NoticeKind.OFF_THE_RECORD_FROM_NOW: tr(
            "Off the record from here. You might say: “The recorder is off for the rest of today. We’ll carry on "
            "as we are.” Stop the recording when it suits you."
        ),
        NoticeKind.REDACTED: tr("Last minute removed. Recording paused."),
        NoticeKind.MARKED: tr("Marked."),
        NoticeKind.FORGOTTEN_STOPPED: tr(
            "The recording was still running half an hour after the end, so it was stopped and sealed."
        ),
    }.get(notice.kind, "")


def closing_words(*, is_stored: bool, is_recorded: bool) -> str:
    """Return what closing the window once more would do to the running session."""
    if not is_stored:
        return tr(
            "Your session is still running. To leave anyway, close the window again. The session then ends, and "
            "nothing of it is stored."
        )
    if not is_recorded:
        return tr(
            "Your session is still running. To leave anyway, close the window again. Nothing was recorded, and you "
            "can return to the session."
        )
    return tr(
        "Your session is still running. To leave anyway, close the window again. The recording so far is sealed, and "
        "you can return to the session."
    )


def _back_again(notice: Notice) -> str:
    back = durations.clock(notice.now_s)
    if notice.not_recorded_s < 1:
        return tr("Back at {now}.").format(now=back)
    return tr("Back at {now}. {length} were not recorded.").format(
        now=back, length=durations.duration_words(notice.not_recorded_s)
    )


def _presenter_still_in(state: SessionState, now: Instant) -> str:
    minutes = countdown(state, now).minutes
    template = tr_n(
        "The presenter has not sat back yet. The group has {n} minute left.",
        "The presenter has not sat back yet. The group has {n} minutes left.",
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
        return _state_words(RecordingState.OFF)
    if controller.state is ProcessState.STARTING and not session.recording.resumes_by_itself:
        return tr("Starting…")
    if controller.state is ProcessState.STOPPING:
        return tr("Sealing…")
    if controller.hears_nothing:
        return _state_words(RecordingState.LOST)
    return _state_words(session.state.recording.state)


def recording_states() -> tuple[str, ...]:
    """Return every text that `recording_words` may give, so that the widest has room."""
    return (*(_state_words(state) for state in RecordingState), tr("Starting…"), tr("Sealing…"))


def _state_words(state: RecordingState) -> str:
    return {
        RecordingState.OFF: tr("Not recording"),
        RecordingState.RECORDING: tr("Recording"),
        RecordingState.PAUSED: tr("Off the record"),
        RecordingState.LOST: tr("Not recording now"),
        RecordingState.STOPPED: tr("Recording sealed"),
    }[state]
