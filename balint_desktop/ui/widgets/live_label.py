"""Labels that a screen reader announces: a status, or a problem with what was typed."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QWidget

from balint_desktop.domain.trouble import Trouble
from balint_desktop.ui.widgets.attempt import Attempt
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.text import as_text


def announce(widget: QWidget, words: str) -> None:
    """Announce the words to a screen reader, without moving the focus."""
    from PySide6.QtGui import QAccessible, QAccessibleEvent  # noqa: PLC0415  190 enum members, not needed before the first paint

    try:
        from PySide6.QtGui import QAccessibleAnnouncementEvent  # noqa: PLC0415  since Qt 6.8
    except ImportError:
        QAccessible.updateAccessibility(QAccessibleEvent(widget, QAccessible.Event.Alert))
        return
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, words))


class LiveLabel(QLabel):
    """A status line. Hidden while empty, unless `keeps_room` reserves its space."""

    def __init__(
        self, identifier: str, kind: str = "body", *, selectable: bool = False, keeps_room: bool = False
    ) -> None:
        super().__init__()
        named(as_text(self, kind, selectable=selectable), identifier)
        self._keeps_room = keeps_room
        if not keeps_room:
            self.hide()

    def announce(self, words: str) -> None:
        """Show and announce a sentence, even if unchanged; an empty one hides the label."""
        self.setText(words)
        if not self._keeps_room:
            self.setVisible(bool(words))
        if words:
            announce(self, words)

    def follow(self, words: str) -> None:
        """Show frequent updates, and announce only changes."""
        if words != self.text():
            self.announce(words)


class ProblemLabel(LiveLabel):
    """A form's error, below it: the input stays."""

    def show_trouble(self, trouble: Trouble) -> None:
        """Show and announce a trouble: what went wrong, what is safe and what to do."""
        from balint_desktop.text import trouble as words  # noqa: PLC0415  every sentence there is: not needed before the first paint

        self.announce(words.sentence(trouble))

    def attempt(self) -> Attempt:
        """Return a context manager that shows a Trouble here; it clears the previous one."""
        self.announce("")
        return Attempt(self.show_trouble)
