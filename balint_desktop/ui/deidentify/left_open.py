"""Which text was left open, and its page: there again after a lock. And the label of who reads."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass

from balint_desktop.domain.foreign import FOREIGN_ERRORS
from balint_desktop.domain.trouble import Trouble
from balint_desktop.domain.values import RecordingId
from balint_desktop.ui.widgets.drafts import Drafts

_OPEN, _READER = "deidentify/open", "deidentify/reader"


@dataclass(frozen=True, slots=True)
class OpenPage:
    """A text that is being de-identified, and the page that was shown. No word of it."""

    recording: RecordingId
    page: int


class SittingStore:
    """Stores them among the drafts of the vault. A full disk must not stop the lock."""

    def __init__(self, drafts: Drafts | None) -> None:
        self._rows = drafts.rows if drafts is not None else None

    def read_open(self) -> OpenPage | None:
        """Return what was left open, None if nothing was."""
        with suppress(Trouble, *FOREIGN_ERRORS):
            content = self._rows.read(_OPEN) if self._rows is not None else ""
            if content:
                found = json.loads(content)
                return OpenPage(RecordingId(found["recording"]), int(found["page"]))
        return None

    def save_open(self, left: OpenPage | None) -> None:
        """Store what is left open, or that nothing is."""
        self._save(_OPEN, json.dumps(asdict(left)) if left is not None else "")

    def read_reader(self) -> str:
        """Return the label of who read last, empty before the first."""
        with suppress(Trouble):
            return self._rows.read(_READER) if self._rows is not None else ""
        return ""

    def save_reader(self, label: str) -> None:
        """Store the label of who reads."""
        self._save(_READER, label)

    def _save(self, form: str, content: str) -> None:
        if self._rows is not None:
            with suppress(Trouble):
                if content:
                    self._rows.save(form, content)
                else:
                    self._rows.delete(form)
