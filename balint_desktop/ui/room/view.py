"""Everything the room shows at a moment, as one value."""

from __future__ import annotations

from dataclasses import dataclass

from balint_desktop.domain.clock import Instant
from balint_desktop.domain.session import schedule
from balint_desktop.domain.session.cards import CardKind, SpokenWords, first_card
from balint_desktop.domain.session.opening_frame import OpeningFrame
from balint_desktop.domain.session.state import SessionState, elapsed_s
from balint_desktop.domain.trouble import TroubleCode
from balint_desktop.domain.values import RecordingState
from balint_desktop.i18n import tr, tr_n
from balint_desktop.session.controller import SessionController
from balint_desktop.session.notices import Notice, NoticeKind
from balint_desktop.session.recording_controller import ProcessState
from balint_desktop.text.spoken import spoken_lines, with_frame
from balint_desktop.ui.room import wording

_TRACK_PX = 1280
# Troubles that another microphone may solve.
_MICROPHONE_TROUBLES = {
    TroubleCode.NO_MICROPHONE,
    TroubleCode.MICROPHONE_GONE,
    TroubleCode.MICROPHONE_BUSY,
    TroubleCode.MICROPHONE_RATE,
    TroubleCode.MICROPHONE_MUTED,
    TroubleCode.MICROPHONE_DENIED,
    TroubleCode.MICROPHONE_CHANGED,
    TroubleCode.MICROPHONE_FAINT,
    TroubleCode.ONLY_COMPUTER_SOUND,
    TroubleCode.SOUND_SYSTEM_FROZEN,
}


@dataclass(frozen=True, slots=True)
class Segment:
    """One phase on the track: its position, 0 to 1 of the whole, and the share elapsed."""

    label: str
    from_share: float
    until_share: float
    done: float
    is_now: bool


@dataclass(frozen=True, slots=True)
class RecordingLine:
    """The recording bar's contents. Flags say which actions are available."""

    words: str
    trouble: str = ""
    live: bool = False
    can_start: bool = False
    resumes_after_loss: bool = False
    can_choose: bool = False
    can_pause: bool = False
    can_resume: bool = False
    can_redact: bool = False
    can_stop: bool = False
    is_off_for_good: bool = False
    offered: bool = False
    waits_for_passphrase: bool = False
    has_computer: bool = False
    is_online: bool = False


@dataclass(frozen=True, slots=True)
class RoomView:
    """The contents of the room's page."""

    wall: str
    number: str
    number_words: str
    title: str
    sentence: str
    over: str
    step: str
    is_step_near: bool
    ends: bool
    has_begun: bool
    ended: bool
    can_undo_step: bool
    track: tuple[Segment, ...]
    recording: RecordingLine
    notice: tuple[Notice, str] | None
    card: SpokenWords | None
    locked: bool = False
    asked: frozenset[int] = frozenset()
    question: int | None = None


def room_view(session: SessionController, now: Instant, frame: OpeningFrame | None = None) -> RoomView:
    """Return the room's contents at a moment; `frame` is what the opening words have to tell the group."""
    state = session.state
    shown = schedule.countdown(state, now)
    phase = state.format.phases[state.phase]
    step = schedule.next_step(state, now)
    recording = recording_line(session)
    return RoomView(
        wall=wording.clock_time(now.wall),
        number=f"+{shown.minutes}" if shown.over and shown.minutes else str(shown.minutes),
        number_words=wording.countdown_words(state, shown, now),
        title=phase.title,
        sentence=phase.sentence,
        # Once the mark itself has passed, the one number shows it already.
        over="" if shown.over else _over(state, now),
        step=tr("End the session") if step.phase is None else state.format.phases[step.phase].step,
        is_step_near=step.is_near,
        ends=step.phase is None,
        has_begun=state.has_begun,
        ended=state.ended_s is not None,
        can_undo_step=state.can_undo_step or state.ended_s is not None,
        track=track(state, now),
        recording=recording,
        notice=_notice(session, recording, now),
        card=_card(session, now, wording.mark_time(state, shown.mark, now), frame or OpeningFrame()),
        locked=session.recording.is_locked,
        asked=frozenset(asked.question for asked in state.asked),
        question=state.question,
    )


def _notice(session: SessionController, recording: RecordingLine, now: Instant) -> tuple[Notice, str] | None:
    """Return the most important notice with its words."""
    first = next(iter(session.notices), None)
    if first is None:
        return None
    if first.kind is NoticeKind.RECORDING:
        return first, recording.trouble
    return first, wording.notice_words(first, session.state, now)


def _card(session: SessionController, now: Instant, return_time: str, frame: OpeningFrame) -> SpokenWords | None:
    """Return the words to say first, filled in; the opening tells what is true of this group."""
    card = first_card(session.state, now)
    if card is None:
        return None
    lines = card.lines
    if card.kind is CardKind.OPENING and session.state.phase == 0:
        lines = with_frame(lines, frame)
    return SpokenWords(card.kind, spoken_lines(lines, session.group.support, return_time))


def _over(state: SessionState, now: Instant) -> str:
    """Return how long the phase has overrun, from its first whole minute; this has no other effect."""
    minutes = int(schedule.over_s(state, now) // 60)
    if minutes < 1 or state.ended_s is not None:
        return ""
    return tr_n("This phase is {n} minute over.", "This phase is {n} minutes over.", minutes).format(n=minutes)


def track(state: SessionState, now: Instant) -> tuple[Segment, ...]:
    """Return the phases with their positions on the track."""
    ended = state.ended_s is not None
    # After the end only what took place is left, and the line stands still.
    planned = [span for span in schedule.plan(state, now) if not ended or span.phase <= state.phase]
    now_s = elapsed_s(state, now)
    whole_s = max(planned[-1].until_s, 0.0 if ended else now_s, 1.0)
    segments = []
    for span in planned:
        length_s = span.until_s - span.from_s
        done = 1.0 if span.phase < state.phase else 0.0
        if span.phase == state.phase:
            done = 1.0 if ended or length_s <= 0 else min(1.0, (now_s - span.from_s) / length_s)
        from_share, until_share = round(span.from_s / whole_s, 4), round(span.until_s / whole_s, 4)
        # In steps of a pixel: a bar that moved with every tick would be repainted without a visible change.
        steps = max(1, round((until_share - from_share) * _TRACK_PX))
        segments.append(
            Segment(
                label=state.format.phases[span.phase].label,
                from_share=from_share,
                until_share=until_share,
                done=int(done * steps) / steps,
                is_now=span.phase == state.phase,
            )
        )
    return tuple(segments)


def recording_line(session: SessionController) -> RecordingLine:
    """Return the recording bar's text and available actions."""
    recording, state = session.recording, session.state.recording.state
    controller = recording.controller
    if controller is None:
        return RecordingLine(wording.recording_words(session))
    available, by_itself = recording.is_available, recording.resumes_by_itself
    idle = controller.state is ProcessState.IDLE
    live = state in {RecordingState.RECORDING, RecordingState.PAUSED} and controller.state is ProcessState.RUNNING
    startable = idle and available and session.state.has_begun and not by_itself
    can_start = startable and state is not RecordingState.RECORDING
    can_resume = live and state is RecordingState.PAUSED and available
    trouble = controller.trouble
    return RecordingLine(
        words=wording.recording_words(session),
        trouble=wording.trouble_words(trouble, goes_on=by_itself or live) if trouble is not None else "",
        live=live and state is RecordingState.RECORDING and not controller.hears_nothing,
        can_start=can_start and not recording.is_locked,
        resumes_after_loss=state is RecordingState.LOST,
        can_choose=available and trouble is not None and trouble.code in _MICROPHONE_TROUBLES,
        can_pause=live and state is RecordingState.RECORDING,
        can_resume=can_resume and not recording.is_locked,
        can_redact=live and state is RecordingState.RECORDING,
        can_stop=(not idle or by_itself) and controller.state is not ProcessState.STOPPING,
        is_off_for_good=live and state is RecordingState.PAUSED and not available,
        offered=available or live or state is not RecordingState.OFF,
        waits_for_passphrase=recording.is_locked and (can_start or can_resume),
        has_computer=controller.monitor is not None,
        is_online=session.format.online,
    )
