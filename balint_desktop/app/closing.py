"""Close the window: in a session, or while the laptop is passed round, only at the second attempt."""

from __future__ import annotations

from PySide6.QtCore import QTimer

from balint_desktop.app.handover import Handover
from balint_desktop.app.session import SessionHost
from balint_desktop.i18n import tr
from balint_desktop.ui.shell.messages import Messages
from balint_desktop.ui.shell.shell import Shell

_CLOSE_AGAIN_MS = 15_000


class Closing:
    """Blocks the first attempt to close a window in use, and permits a second one soon after."""

    def __init__(self, shell: Shell, messages: Messages, session: SessionHost, handover: Handover) -> None:
        self._messages = messages
        self._session = session
        self._handover = handover
        # Runs while closing the window once more would close it.
        self._close_again = QTimer(shell, singleShot=True, interval=_CLOSE_AGAIN_MS)

    def may_close(self) -> bool:
        """Return whether the window may close; where not, explain what a second attempt would do."""
        in_use = self._session.is_running or self._handover.is_under_way
        if not in_use or self._close_again.isActive():
            return True
        if self._handover.is_under_way:
            words = tr(
                "The laptop is being passed round. To leave anyway, close the window again. The sheets already "
                "handed in are saved."
            )
        else:
            words = tr(
                "Your session is still running. To leave anyway, close the window again. The recording so far "
                "is sealed, and you can return to the session."
            )
        self._messages.inform(words)
        self._close_again.start()
        return False

    def stop(self) -> None:
        """Stop waiting for a second attempt: the window closes."""
        self._close_again.stop()
