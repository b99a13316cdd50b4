"""Labels that a screen reader announces: a status, or a problem with what was typed."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel, QWidget

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.ui.widgets.attempt import Attempt
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.text import as_text

# What a day or a time is refused for; the field itself says whether it is the one.
_OF_DAYS = {TroubleCode.NO_SUCH_DAY, TroubleCode.DAY_MISSING, TroubleCode.NO_SUCH_TIME, TroubleCode.TIME_MISSING}
_OF_DAYS |= {TroubleCode.DAY_TOO_EARLY, TroubleCode.DAY_TO_COME}


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
    """A form's error, below it: the input stays. In a long form it is repeated at the field that it is about.

    That is the field with the focus once the error was shown: the form's owner focuses it.
    """

    def __init__(self, identifier: str) -> None:
        super().__init__(identifier)
        self._note: QLabel | None = None
        self._is_of_day = False

    def announce(self, words: str) -> None:
        self._remove_note()
        self._is_of_day = False
        super().announce(words)
        if words:
            # Once the owner has moved the focus, and the page is laid out with the error on it.
            QTimer.singleShot(0, self, self._bring_into_view)

    def _bring_into_view(self) -> None:
        """Scroll to the field and to the reason; where they are too far apart, write the reason under the field."""
        from balint_desktop.ui.widgets import in_view  # noqa: PLC0415  not needed before the first paint

        field = self.window().focusWidget()
        if self._is_of_day and (refused := in_view.unreadable_beside(self)) is not None:
            refused.setFocus()
            field = refused
        in_view.scroll_to(self)
        if field is None or not in_view.is_field_beside(field, self):
            return
        in_view.scroll_to(field)
        if in_view.is_in_view(self):
            return
        note = named(as_text(QLabel(self.text()), "small"), f"{self.objectName()}-at-field")
        if in_view.insert_below(field, note):
            self._note = note
            # Its row is higher now; Qt lays it out in the next turn.
            QTimer.singleShot(0, note, lambda: in_view.scroll_to_both(note, field))

    def _remove_note(self) -> None:
        note, self._note = self._note, None
        if note is not None:
            note.hide()
            note.deleteLater()

    def show_trouble(self, trouble: Trouble) -> None:
        """Show and announce a trouble: what went wrong, what is safe and what to do."""
        from balint_desktop.text import trouble as words  # noqa: PLC0415  every sentence there is: not needed before the first paint

        self.announce(words.sentence(trouble))
        self._is_of_day = trouble.code in _OF_DAYS

    def attempt(self) -> Attempt:
        """Return a context manager that shows a Trouble here; it clears the previous one."""
        self.announce("")
        return Attempt(self.show_trouble)
