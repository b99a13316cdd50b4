"""One sitting at a transcript: the text as it is now, and all that Undo goes back to."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from balint_desktop.domain.transcript.transcript import Transcript


class Sitting(QObject):
    """The transcript that is being corrected. Every change of it goes through `apply`; the page is a view of it.

    A step back is an earlier value: turns are shared between values, so a whole sitting costs little.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._now = Transcript()
        self._before: list[Transcript] = []
        self._after: list[Transcript] = []
        self.is_locked = False
        """Whether nothing may be changed, as in a text that was signed off."""

    @property
    def transcript(self) -> Transcript:
        """The text as it is now."""
        return self._now

    @property
    def has_changes(self) -> bool:
        """Whether there is anything to undo."""
        return bool(self._before)

    def begin(self, transcript: Transcript) -> None:
        """Begin with a text; earlier ones are forgotten."""
        self._now = transcript
        self._before.clear()
        self._after.clear()

    def apply(self, transcript: Transcript) -> bool:
        """Make a change, and return whether it was one: what changes nothing is no step back."""
        if self.is_locked or transcript.turns == self._now.turns:
            return False
        self._before.append(self._now)
        self._after.clear()
        self._now = transcript
        self.changed.emit()
        return True

    def undo(self) -> bool:
        """Go one step back; return whether there was one."""
        return self._step(self._before, self._after)

    def redo(self) -> bool:
        """Go one step forward again; return whether there was one."""
        return self._step(self._after, self._before)

    def _step(self, source: list[Transcript], target: list[Transcript]) -> bool:
        if self.is_locked or not source:
            return False
        target.append(self._now)
        self._now = source.pop()
        self.changed.emit()
        return True
