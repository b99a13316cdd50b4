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
    """Current status: the level in dB of full scale, and the seconds heard or played so far.

    Where the sound of this computer is tried as well, `computer_db` is its level, and after listening `echo_s` is how
    much later the microphone hears it, None where it does not.
    """

    state: TryOutState
    seconds: float
    level_db: float = 0.0
    muted: bool = False
    computer_db: float | None = None
    echo_s: float | None = None

    def to_message(self) -> dict[str, Any]:
        """Return the status as a JSON object. There is no level while playing."""
        seconds = round(self.seconds, 1)
        if self.state is TryOutState.PLAYING:
            echo = {} if self.echo_s is None else {"echo_s": round(self.echo_s, 3)}
            return {"state": self.state, "seconds": seconds, **echo}
        computer = {} if self.computer_db is None else {"computer_db": round(self.computer_db, 1)}
        level = {"level_db": round(self.level_db, 1), "muted": self.muted, **computer}
        return {"state": self.state, **level, "seconds": seconds}

    @classmethod
    def from_message(cls, message: dict[str, Any]) -> TryOutStatus:
        """Parse a status from a JSON object. Raise ValueError for an unknown state."""
        level_db, muted = float(message.get("level_db", 0.0)), bool(message.get("muted"))
        computer_db, echo_s = (float(message[key]) if key in message else None for key in ("computer_db", "echo_s"))
        return cls(TryOutState(message["state"]), float(message["seconds"]), level_db, muted, computer_db, echo_s)
