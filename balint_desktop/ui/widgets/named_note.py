"""Ask once whether a note that names somebody is meant to."""

from __future__ import annotations

from collections.abc import Sequence

from balint_desktop.i18n import tr
from balint_desktop.ui.widgets.live_label import LiveLabel


class NamedNote(LiveLabel):
    """A line below a note's field. `may_save` is false the first time a name is found, and the line says which."""

    def __init__(self, identifier: str) -> None:
        super().__init__(identifier)
        self._has_asked = False

    def reset(self) -> None:
        """Ask again for another note."""
        self._has_asked = False
        self.announce("")

    def may_save(self, names: Sequence[str]) -> bool:
        """Return whether to save a note with these names in it."""
        if not names or self._has_asked:
            self.announce("")
            return True
        self._has_asked = True
        words = tr("Your note names {names}. A roster name stops the export. Change it, or save again.")
        self.announce(words.format(names=", ".join(names)))
        return False
