"""Setup and debrief of a session: what the record holds besides its facts."""

from __future__ import annotations

from dataclasses import dataclass

from balint_desktop.domain.values import GroupId, SessionKind

# Two lines on process, none on the case: reflective notes stay short and contain no case details
# (GMC, The reflective practitioner; the length is this project's choice).
NOTE_LIMIT = 500


@dataclass(frozen=True, slots=True)
class SessionSetting:
    """Setup of a session: group, number, and a full copy of its format, so that later edits have no effect."""

    group: GroupId | None
    number: int
    kind: SessionKind
    format_key: str
    format_text: str


@dataclass(frozen=True, slots=True)
class Destroyed:
    """Destruction of a recording: time (seconds since 1970) and reason; `completed_wall` is None until then."""

    asked_wall: float
    reason: str
    completed_wall: float | None = None


@dataclass(frozen=True, slots=True)
class Debrief:
    """The facilitator's note on process after the session: how the group worked, and nothing on how anybody was."""

    process_note: str = ""

    def __post_init__(self) -> None:
        if len(self.process_note) > NOTE_LIMIT:
            raise ValueError(f"a process note has at most {NOTE_LIMIT} characters")
