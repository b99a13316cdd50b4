"""Setup and debrief of a session: what the record holds besides its facts."""

from __future__ import annotations

from dataclasses import dataclass

from balint_desktop.domain.values import GroupId, SessionKind

# Two lines on process, none on the case: reflective notes stay short and hold no case details
# (GMC, The reflective practitioner; the length is this project's choice).
NOTE_LIMIT = 500


@dataclass(frozen=True, slots=True)
class SessionSetting:
    """How a session was set up: which group and number, and its format in full, so that later edits change nothing."""

    group: GroupId | None
    number: int
    kind: SessionKind
    format_key: str
    format_text: str


@dataclass(frozen=True, slots=True)
class Destroyed:
    """That a recording was destroyed, when and why, in seconds since 1970; `done_wall` is None until it is gone."""

    asked_wall: float
    reason: str
    done_wall: float | None = None


@dataclass(frozen=True, slots=True)
class Debrief:
    """What the facilitator adds after the hour. None where a question was left open."""

    process_note: str = ""
    follow_up_needed: bool | None = None
    support_offered: bool | None = None

    def __post_init__(self) -> None:
        if len(self.process_note) > NOTE_LIMIT:
            raise ValueError(f"a process note has at most {NOTE_LIMIT} characters")
