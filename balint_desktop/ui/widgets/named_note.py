"""Ask once whether a note, or a field for initials or a reason, that names somebody is meant to."""

from __future__ import annotations

from collections.abc import Callable, Sequence

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


class NameCheck:
    """Asks once for each text of fields that say *initials*, *label* or *no names*. `announce` shows the question.

    `names_in` returns the words of a text that name a member of the group; set for each subject.
    """

    def __init__(self, announce: Callable[[str], None]) -> None:
        self._announce = announce
        self._asked = ""
        self.names_in: Callable[[str], Sequence[str]] = lambda _text: ()

    def may_save(self, *texts: str) -> bool:
        """Return whether to save what was written; the first time it names somebody, ask instead."""
        written = "\n".join(texts)
        names = self.names_in(written)
        if not names or written == self._asked:
            return True
        self._asked = written
        words = tr("This names {names}, and stays in the record. Change it, or press again.")
        self._announce(words.format(names=", ".join(names)))
        return False
