"""Which text was left open, and its page: there again after a lock. And the label of who reads."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass

from balint_desktop.domain.foreign import FOREIGN_ERRORS
from balint_desktop.domain.trouble import Trouble
from balint_desktop.domain.values import RecordingId
from balint_desktop.ui.widgets.drafts import Drafts

_OPEN, _READER, _TYPED = "deidentify/open", "deidentify/reader", "deidentify/typed"


@dataclass(frozen=True, slots=True)
class OpenPage:
    """A text that is being de-identified, and the page that was shown. No word of it."""

    recording: RecordingId
    page: int


@dataclass(frozen=True, slots=True)
class TypedAt:
    """What a half-typed replacement is for: a stretch of the text, in code points. No word of it.

    `is_marking` is whether a person was marking it by hand.
    """

    recording: RecordingId
    begin: int
    end: int
    is_marking: bool


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

    def read_typed_at(self, recording: RecordingId) -> TypedAt | None:
        """Return what was being typed for in a text when it was left, None if nothing was."""
        with suppress(Trouble, *FOREIGN_ERRORS):
            content = self._rows.read(_TYPED) if self._rows is not None else ""
            found = TypedAt(**json.loads(content)) if content else None
            return found if found is not None and found.recording == recording else None
        return None

    def save_typed_at(self, at: TypedAt | None) -> None:
        """Store what is being typed for, or that nothing is."""
        self._save(_TYPED, json.dumps(asdict(at)) if at is not None else "")

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
