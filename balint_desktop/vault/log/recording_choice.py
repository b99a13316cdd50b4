"""Whether and how the session under way is recorded, as it was chosen before it began: a restart keeps to it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from balint_desktop.domain.values import SessionId

if TYPE_CHECKING:
    from balint_desktop.vault.log.log import Log

# One row: a vault has at most one session under way.
_SETTING = "recording-choice"


@dataclass(frozen=True, slots=True)
class RecordingChoice:
    """Whether a session is recorded, and the source that hears the call; None to record the microphone alone."""

    records: bool
    monitor: str | None = None


def write_recording_choice(log: Log, session: SessionId, choice: RecordingChoice) -> None:
    """Write the choice for a session that opens, in place of the last session's. Raise Trouble."""
    values = {"session": session, "records": choice.records, "monitor": choice.monitor}
    log.set_setting(_SETTING, json.dumps(values))


def read_recording_choice(log: Log, session: SessionId) -> RecordingChoice | None:
    """Return the choice for a session, None where none was written: an earlier version left it."""
    stored = json.loads(log.setting(_SETTING) or "{}")
    if stored.get("session") != session:
        return None
    return RecordingChoice(stored["records"], stored["monitor"])
