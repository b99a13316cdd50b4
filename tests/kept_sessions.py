"""Sessions as the log stores them, for tests of displays and exports. Codes only."""

from __future__ import annotations

from balint_desktop import resources
from balint_desktop.domain.clock import Instant
from balint_desktop.domain.session import facts as f
from balint_desktop.domain.session.debrief import Debrief, SessionSetting
from balint_desktop.domain.session.formats import parse_format
from balint_desktop.domain.session.session_record import StoredSession, session_record
from balint_desktop.domain.values import GroupId, MarkKind, ParticipantCode, RecordingId, SessionId, SessionKind

TEXT = resources.text("formats/student-hour.toml")
HOUR = parse_format(TEXT)
P1, P2, P10 = (ParticipantCode(code) for code in ("P1", "P2", "P10"))
RECORDING = RecordingId("a-recording")
GROUP = GroupId("a-group")


def at(minutes):
    return Instant(1_772_600_767 + minutes * 60, 5000 + minutes * 60, "boot")


def whole_hour():
    """Return the facts of an hour in which nearly everything happened."""
    return (
        f.Began(at=at(0), present=(P10, P2)),
        f.RecordingStarted(at=at(1), recording=RECORDING, part=1),
        f.StepTaken(at=at(3), phase=1),
        f.StepTaken(at=at(4), phase=2),
        f.StepTakenBack(at=at(4.5)),
        f.Arrived(at=at(5), code=P1),
        f.StepTaken(at=at(6), phase=2),
        f.PresenterChosen(at=at(6), case=1, code=P2),
        f.Marked(at=at(7), mark=MarkKind.NAME_TO_REMOVE),
        f.RecordingPaused(at=at(8)),
        f.RecordingResumed(at=at(10)),
        f.Left(at=at(11), code=P10),
        f.StepTaken(at=at(12), phase=3),
        f.StepTaken(at=at(17), phase=4),
        f.Redacted(at=at(18), seconds=60),
        f.RecordingLost(at=at(20), seconds=2, why="recorder-died"),
        f.RecordingStarted(at=at(21), recording=RECORDING, part=2),
        f.AppAway(at=at(30), seconds=115),
        f.StepTaken(at=at(45.5), phase=5),
        f.StepTaken(at=at(55), phase=6),
        f.Ended(at=at(60.5)),
        f.RecordingStopped(at=at(61)),
    )


def kept(*facts, session="s", number=3, prompts_shown=0, debrief=None):
    setting = SessionSetting(GROUP, number, SessionKind.CASE, "student-hour", TEXT)
    return StoredSession(SessionId(session), "Wednesday group", setting, facts, prompts_shown, debrief or Debrief())


def record_of(*facts, **named):
    return session_record(kept(*facts, **named))


def long_session():
    """Return a complete session."""
    debrief = Debrief("We sat with it.")
    return kept(*whole_hour(), prompts_shown=7, debrief=debrief)


def short_session():
    """Return one that was abandoned after a few minutes, a week before."""
    week = 7 * 24 * 60
    return kept(
        f.Began(at=at(-week)), f.StepTaken(at=at(3 - week), phase=1), session="earlier", number=2, prompts_shown=1
    )
