"""Close the window: in a session, or while the laptop is passed round, only at the second attempt."""

from __future__ import annotations

from PySide6.QtCore import QTimer

from balint_desktop.app.handover import Handover
from balint_desktop.app.session import SessionHost
from balint_desktop.i18n import tr
from balint_desktop.ui.shell.messages import Messages
from balint_desktop.ui.shell.shell import Shell


class Closing:
    """Blocks the first attempt to close a window in use, and permits a second one soon after."""

    def __init__(self, shell: Shell, messages: Messages, session: SessionHost, handover: Handover) -> None:
        self._messages = messages
        self._session = session
        self._handover = handover
        # Runs while closing the window once more would close it.
        self._close_again = QTimer(shell, singleShot=True)

    def may_close(self) -> bool:
        """Return whether the window may close; where not, explain what a second attempt would do."""
        in_use = self._session.is_running or self._handover.is_under_way
        if not in_use or self._close_again.isActive():
            return True
        from balint_desktop.session.notices import CLOSE_AGAIN_S

        self._close_again.start(round(1000 * CLOSE_AGAIN_S))
        if self._handover.is_under_way or not self._session.note_closing():
            self._messages.inform(self._words())
        return False

    def _words(self) -> str:
        """Return what a second attempt would do."""
        if self._handover.is_under_way:
            return tr(
                "The laptop is being passed round. To leave anyway, close the window again. The sheets already "
                "handed in are saved."
            )
        from balint_desktop.ui.room.wording import closing_words

        return closing_words(is_stored=self._session.is_stored, is_recorded=self._session.is_recorded)

    def stop(self) -> None:
        """Stop waiting for a second attempt: the window closes."""
        self._close_again.stop()
