"""Look again for what may identify once something was decided: words that a person marked are found everywhere."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from balint_desktop.domain.deidentify.suggestions import Suggestion
from balint_desktop.ui.deidentify.deps import DeidentifyService, DeidentifyWork
from balint_desktop.ui.deidentify.sitting import DeidentifySitting
from balint_desktop.ui.shell.messages import Messages
from balint_desktop.ui.shell.work import Work

# A decision's words are looked for everywhere once nothing more is decided for so long.
_AFTER_MS = 400


class SuggestAgain(QObject):
    """In a thread, a moment after the last decision. An answer that comes after another question is not shown."""

    def __init__(self, sitting: DeidentifySitting, work: Work, messages: Messages, parent: QObject) -> None:
        super().__init__(parent)
        self._sitting, self._work, self._messages = sitting, work, messages
        self._service: DeidentifyService | None = None
        self._opened: DeidentifyWork | None = None
        self._phrases: frozenset[str] = frozenset()
        self._asked = 0
        self.later = QTimer(self, singleShot=True, interval=_AFTER_MS)
        self.later.timeout.connect(self.suggest)

    def begin(self, service: DeidentifyService, opened: DeidentifyWork) -> None:
        """Look in an opened text from now on; what was decided before was looked for when it was opened."""
        self._service, self._opened = service, opened
        self._phrases = opened.decisions.phrases()

    def forget(self) -> None:
        """Look no more, and show nothing of what is being looked for."""
        self._service = self._opened = None
        self._asked += 1
        self.later.stop()

    def follow(self) -> None:
        """Look soon if other words are decided everywhere than when it was looked last."""
        phrases = self._sitting.decisions.phrases()
        if phrases != self._phrases:
            self._phrases = phrases
            self.later.start()

    def suggest(self) -> None:
        """Look now; one's place in the text stays."""
        opened, service = self._opened, self._service
        if opened is None or service is None:
            return
        self._asked += 1
        asked, decisions = self._asked, self._sitting.decisions
        self._work.run(
            lambda: service.suggest(opened, decisions),
            lambda found: self._on_suggested(asked, found),
            self._messages.trouble,
            owner=self,
        )

    def _on_suggested(self, asked: int, found: tuple[Suggestion, ...]) -> None:
        if asked == self._asked and self._opened is not None:
            self._sitting.show_suggestions(found)
