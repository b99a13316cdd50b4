"""A recording as its page shows it: two parts, every kind of silence, phases and marks; no sound."""

from __future__ import annotations

from balint_desktop.domain.session.state import Moment
from balint_desktop.domain.values import MarkKind, RecordingId
from balint_desktop.recordings.summary import Condition, OpenRecording, PhaseMark, RecordingSummary
from balint_desktop.recordings.timeline import JoinedRecording, StretchKind, TimelineStretch

WHOLE = RecordingSummary(RecordingId("whole"), Condition.COMPLETE, "Wednesday group", 3, 1_772_600_767.0, 3600.0, 2)
JOINED = JoinedRecording(
    (
        TimelineStretch(StretchKind.SOUND, 60, 480, 1),
        TimelineStretch(StretchKind.OFF_RECORD, 480, 600, 1, 420),
        TimelineStretch(StretchKind.SOUND, 600, 1020, 1, 540),
        TimelineStretch(StretchKind.STRUCK, 1020, 1080, 1, 960),
        TimelineStretch(StretchKind.SOUND, 1080, 1198, 1, 1020),
        TimelineStretch(StretchKind.GAP, 1198, 1260),
        TimelineStretch(StretchKind.SOUND, 1260, 3660, 2),
    )
)
OPENED = OpenRecording(
    WHOLE,
    JOINED,
    (PhaseMark("Open", 60.0), PhaseMark("Call", 180.0), PhaseMark("Group reflects", 1020.0)),
    (Moment(420.0, MarkKind.NAME_TO_REMOVE), Moment(1500.0, MarkKind.WORTH_COMING_BACK_TO)),
    {1: b"", 2: b""},
)
