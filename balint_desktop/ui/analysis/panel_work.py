"""Jobs of the page of coding files: with their panel busy, and dropped once the page is left."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from balint_desktop.domain.trouble import Trouble
from balint_desktop.ui.shell.messages import Messages
from balint_desktop.ui.shell.work import Work


class BusyPanel(Protocol):
    """A form that is off while what it asked for is done, and says what went wrong with it."""

    def isEnabled(self) -> bool:
        """Return whether it is on."""
        ...

    def set_busy(self, *, is_busy: bool) -> None:
        """Turn it off or on."""
        ...

    def show_trouble(self, trouble: Trouble) -> None:
        """Say what went wrong."""
        ...


class PanelWork(QObject):
    """Runs jobs in a thread. `failed` is emitted for one without a panel, once what went wrong is said."""

    failed = Signal()

    def __init__(self, work: Work, messages: Messages, parent: QObject) -> None:
        super().__init__(parent)
        self._work, self._messages = work, messages
        self._visit = 0

    def drop_results(self) -> None:
        """Drop what still comes back: the page was left, or shows another study."""
        self._visit += 1

    def run(self, job: Callable[[], object], done: Callable[..., None], panel: BusyPanel | None = None) -> None:
        """Run a job; what fails is said on its panel, and nothing is done twice while a panel is busy."""
        visit = self._visit
        if panel is not None:
            if not panel.isEnabled():
                return
            panel.set_busy(is_busy=True)

        def free() -> None:
            if panel is not None:
                panel.set_busy(is_busy=False)

        def if_here(result: object) -> None:
            free()
            if visit == self._visit:
                done(result)

        def failed(trouble: Trouble) -> None:
            free()
            if visit != self._visit:
                return
            if panel is not None:
                panel.show_trouble(trouble)
            else:
                self._messages.trouble(trouble)
                self.failed.emit()

        self._work.run(job, if_here, failed, owner=self)
