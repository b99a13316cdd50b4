"""Which transcript was left open, and where in it: there again after a lock, as the draft of a form is."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass

from balint_desktop.domain.foreign import FOREIGN_ERRORS
from balint_desktop.domain.trouble import Trouble
from balint_desktop.domain.values import RecordingId
from balint_desktop.ui.widgets.drafts import DraftStore

_FORM = "transcripts/open"


@dataclass(frozen=True, slots=True)
class LeftOpen:
    """A transcript, the cursor in it (a turn's id, and characters from its beginning), and where the sound was."""

    recording: RecordingId
    turn_id: int
    offset: int
    at_s: float
    had_changes: bool
    """Whether anything could have been undone."""


class LeftOpenStore:
    """Stores it among the drafts of the vault. A full disk must not stop the lock."""

    def __init__(self, drafts: DraftStore | None) -> None:
        self._drafts = drafts

    def read(self) -> LeftOpen | None:
        """Return what was left open, None if nothing was."""
        with suppress(Trouble, *FOREIGN_ERRORS):
            content = self._drafts.read(_FORM) if self._drafts is not None else ""
            if content:
                found = json.loads(content)
                return LeftOpen(
                    RecordingId(found["recording"]),
                    int(found["turn_id"]),
                    int(found["offset"]),
                    float(found["at_s"]),
                    found["had_changes"] is True,
                )
        return None

    def save(self, left: LeftOpen) -> None:
        """Store what is left open."""
        if self._drafts is not None:
            with suppress(Trouble):
                self._drafts.save(_FORM, json.dumps(asdict(left)))

    def delete(self) -> None:
        """Store that nothing is."""
        if self._drafts is not None:
            with suppress(Trouble):
                self._drafts.delete(_FORM)
