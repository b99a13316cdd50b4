"""JSON status lines of the microphone test."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class TryOutState(StrEnum):
    """States of the test."""

    LISTENING = "listening"
    PLAYING = "playing"


@dataclass(frozen=True, slots=True)
class TryOutStatus:
    """Current status: the level in dB of full scale, and the seconds heard or played so far."""

    state: TryOutState
    seconds: float
    level_db: float = 0.0
    muted: bool = False

    def to_message(self) -> dict[str, Any]:
        """Return the status as a JSON object. There is no level while playing."""
        seconds = round(self.seconds, 1)
        if self.state is TryOutState.PLAYING:
            return {"state": self.state, "seconds": seconds}
        return {"state": self.state, "level_db": round(self.level_db, 1), "muted": self.muted, "seconds": seconds}

    @classmethod
    def from_message(cls, message: dict[str, Any]) -> TryOutStatus:
        """Parse a status from a JSON object. Raise ValueError for an unknown state."""
        level_db, muted = float(message.get("level_db", 0.0)), bool(message.get("muted"))
        return cls(TryOutState(message["state"]), float(message["seconds"]), level_db, muted)
