"""Messages to the user: one banner in the page, never a dialog."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, QTimer, Signal

from balint_desktop.domain.trouble import Trouble
from balint_desktop.ui.widgets.attempt import Attempt


class MessageKind(StrEnum):
    """Whether a message is information or an error."""

    NEWS = "news"
    TROUBLE = "trouble"


@dataclass(frozen=True, slots=True)
class Message:
    """A message, with up to two actions."""

    text: str
    kind: MessageKind = MessageKind.NEWS
    action: str = ""
    on_action: Callable[[], None] | None = None
    second_action: str = ""
    on_second_action: Callable[[], None] | None = None


WayTo = Callable[[Trouble], "tuple[str, Callable[[], None]] | None"]
"""Returns the button that leads to where a trouble can be mended, and what it does; None where there is none."""


class Messages(QObject):
    """Publishes messages to listeners: the banner, or a test.

    A message belongs to the page on which it can be read, and ends with it: the next page may be seen by others. One
    that is sent on the way to another page, in the same turn of the event loop, belongs to that page.
    """

    shown = Signal(object)
    cleared = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.last: Message | None = None
        self.way_to: WayTo = lambda _trouble: None
        self._is_on_its_way = False
        self._arrival = QTimer(self)
        self._arrival.setSingleShot(True)
        self._arrival.setInterval(0)
        self._arrival.timeout.connect(self._on_arrived)

    def inform(self, text: str, action: str = "", on_action: Callable[[], None] | None = None) -> None:
        """Show information."""
        self._send(Message(text, MessageKind.NEWS, action, on_action))

    def trouble(self, trouble: Trouble, action: str = "", on_action: Callable[[], None] | None = None) -> None:
        """Show a trouble: what went wrong, what is safe and what to do, and lead to its place where there is one."""
        from balint_desktop.text import trouble as words  # noqa: PLC0415  every sentence there is: not needed before the first paint

        way = None if action else self.way_to(trouble)
        if way is not None:
            action, on_action = way
        self._send(Message(words.sentence(trouble), MessageKind.TROUBLE, action, on_action))

    def attempt(self) -> Attempt:
        """Return a context manager that shows a Trouble here."""
        return Attempt(self.trouble)

    def act(self) -> Attempt:
        """Return `attempt` for what a person does on a page: it ends the message of the act before."""
        self.begin_act()
        return self.attempt()

    def begin_act(self) -> None:
        """End the message of the act before, as a person begins another: no old error stays beside its outcome."""
        self.leave_page()

    def attempted(self, act: Callable[[], object]) -> bool:
        """Run an action and show its Trouble here; return whether it succeeded."""
        with self.attempt():
            act()
            return True
        return False

    def wrong(self, text: str) -> None:
        """Show an error that is translated already."""
        self._send(Message(text, MessageKind.TROUBLE))

    def show(self, message: Message) -> None:
        """Show a message with all its actions."""
        self._send(message)

    def clear(self) -> None:
        """Clear the current message."""
        self.last = None
        self.cleared.emit()

    def leave_page(self) -> None:
        """Clear the message of the page that goes out of view, if it has one."""
        if self.last is not None and not self._is_on_its_way:
            self.clear()

    def _send(self, message: Message) -> None:
        self.last = message
        self._is_on_its_way = True
        self._arrival.start()
        self.shown.emit(message)

    def _on_arrived(self) -> None:
        self._is_on_its_way = False
