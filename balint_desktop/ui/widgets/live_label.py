"""Labels that a screen reader announces: a status, or a problem with what was typed."""

from __future__ import annotations

from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QLabel, QWidget

from balint_desktop.domain.trouble import Trouble
from balint_desktop.ui.shell.messages import Attempt
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.text import as_text


def announce(widget: QWidget, words: str) -> None:
    """Let a screen reader say the words now, without moving the focus."""
    try:
        from PySide6.QtGui import QAccessibleAnnouncementEvent  # noqa: PLC0415  since Qt 6.8
    except ImportError:
        QAccessible.updateAccessibility(QAccessibleEvent(widget, QAccessible.Event.Alert))
        return
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, words))


class LiveLabel(QLabel):
    """A sentence that comes and goes. Without one the label is hidden, unless it `keeps_room` so that nothing moves."""

    def __init__(
        self, identifier: str, kind: str = "body", *, selectable: bool = False, keeps_room: bool = False
    ) -> None:
        super().__init__()
        named(as_text(self, kind, selectable=selectable), identifier)
        self._keeps_room = keeps_room
        if not keeps_room:
            self.hide()

    def say(self, words: str) -> None:
        """Show and announce a sentence, also where it stands there already; an empty one only goes."""
        self.setText(words)
        if not self._keeps_room:
            self.setVisible(bool(words))
        if words:
            announce(self, words)

    def follow(self, words: str) -> None:
        """Show what may be told many times over, and announce it only when it changes."""
        if words != self.text():
            self.say(words)


class ProblemLabel(LiveLabel):
    """What is wrong with a form, below it: what was typed stays."""

    def tell(self, trouble: Trouble) -> None:
        """Show and announce what went wrong, what is safe and what to do."""
        from balint_desktop.text import trouble as words  # noqa: PLC0415  every sentence there is: not needed before the first paint

        self.say(words.sentence(trouble))

    def attempt(self) -> Attempt:
        """Return a `with` block whose Trouble is shown here; what was wrong before goes."""
        self.say("")
        return Attempt(self.tell)
