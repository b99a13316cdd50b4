"""How a pedal plays, remembered on this computer; the language that was last marked lasts as long as the window."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

from balint_desktop.domain.foreign import FOREIGN_ERRORS
from balint_desktop.domain.trouble import Trouble
from balint_desktop.sealed.disk import make_private_folder


class RememberedSettings:
    """Stores what says nothing of any recording in a small file; the default applies if it is missing or damaged.

    A failed write is not reported: the choice then lasts until the app closes.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        # A language that is spoken in a recording is nothing for a file that is not encrypted.
        self.other_language = ""
        self._pedal_holds = self._read()

    @property
    def pedal_holds(self) -> bool:
        """Whether the pedal plays only while it is pressed."""
        return self._pedal_holds

    @pedal_holds.setter
    def pedal_holds(self, holds: bool) -> None:
        if holds == self._pedal_holds:
            return
        self._pedal_holds = holds
        with suppress(OSError, Trouble):
            if not self._path.parent.is_dir():
                make_private_folder(self._path.parent)
            self._path.touch(mode=0o600)
            self._path.write_text(json.dumps({"pedal_holds": holds}), encoding="utf-8")

    def _read(self) -> bool:
        try:
            return json.loads(self._path.read_text(encoding="utf-8"))["pedal_holds"] is True
        except (OSError, *FOREIGN_ERRORS):
            return False
