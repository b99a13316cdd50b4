"""Messages to the user: one banner in the page, never a dialog."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from types import TracebackType
from typing import Self

from PySide6.QtCore import QObject, Signal

from balint_desktop.domain.trouble import Trouble


class MessageKind(StrEnum):
    """Whether a message is news or about something that went wrong."""

    NEWS = "news"
    TROUBLE = "trouble"


@dataclass(frozen=True, slots=True)
class Message:
    """One message: its words, and perhaps one thing to do about it."""

    text: str
    kind: MessageKind = MessageKind.NEWS
    action: str = ""
    on_action: Callable[[], None] | None = None


class Attempt:
    """A `with` block in which a Trouble ends the block and is told instead of raised; `trouble` holds it then."""

    def __init__(self, tell: Callable[[Trouble], object]) -> None:
        self._tell = tell
        self.trouble: Trouble | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _kind: object, error: BaseException | None, _trace: TracebackType | None) -> bool:
        if not isinstance(error, Trouble):
            return False
        self.trouble = error
        self._tell(error)
        return True


class Messages(QObject):
    """The one door for messages. Banners listen; a test can listen in their place."""

    said = Signal(object)
    cleared = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.last: Message | None = None

    def say(self, text: str, action: str = "", on_action: Callable[[], None] | None = None) -> None:
        """Tell some news."""
        self._send(Message(text, MessageKind.NEWS, action, on_action))

    def trouble(self, trouble: Trouble, action: str = "", on_action: Callable[[], None] | None = None) -> None:
        """Tell what went wrong, what is safe and what to do."""
        from balint_desktop.text import trouble as words  # noqa: PLC0415  every sentence there is: not needed before the first paint

        self._send(Message(words.sentence(trouble), MessageKind.TROUBLE, action, on_action))

    def attempt(self) -> Attempt:
        """Return a `with` block whose Trouble is told here."""
        return Attempt(self.trouble)

    def attempted(self, act: Callable[[], object]) -> bool:
        """Run an act whose Trouble is told here; return whether it succeeded."""
        with self.attempt():
            act()
            return True
        return False

    def wrong(self, text: str) -> None:
        """Tell that something went wrong, in words that are translated already."""
        self._send(Message(text, MessageKind.TROUBLE))

    def clear(self) -> None:
        """Take back what is shown."""
        self.last = None
        self.cleared.emit()

    def _send(self, message: Message) -> None:
        self.last = message
        self.said.emit(message)
