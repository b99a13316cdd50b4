"""A button that copies something to another disk, with warnings and progress."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from balint_desktop.domain.trouble import Trouble
from balint_desktop.i18n import tr
from balint_desktop.recordings.transfer import TransferService
from balint_desktop.sealed.parcel import Packed
from balint_desktop.text import transfer
from balint_desktop.ui.export.open_dialog import AskFolder
from balint_desktop.ui.shell.messages import Messages
from balint_desktop.ui.shell.work import Work
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.attempt import Attempt
from balint_desktop.ui.widgets.buttons import button
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.live_label import LiveLabel
from balint_desktop.vault.destination_warnings import DestinationWarning
from balint_desktop.vault.parcels import ParcelPlan


@dataclass(frozen=True, slots=True)
class TransferTask:
    """A transfer: button label, identifier, confirmation, and start and end on the main thread.

    `begin` takes the chosen folder, `done` the finished parcel; both may raise Trouble.
    """

    words: str
    identifier: str
    question: str
    begin: Callable[[Path], ParcelPlan]
    on_done: Callable[[ParcelPlan, Packed], None]


class TransferBox(QWidget):
    """A button and a status line for one transfer at a time.

    If the vault is locked meanwhile, copying continues; the log shows *begun* until the next transfer finds
    the copy complete. If the app closes, copying stops and the partial copy is deleted.
    """

    def __init__(
        self, task: TransferTask, transfers: TransferService, work: Work, messages: Messages, ask: AskFolder
    ) -> None:
        super().__init__()
        self._task = task
        self._transfers = transfers
        self._work = work
        self._messages = messages
        self._ask = ask
        self._known = ""
        self.button = button(task.words, task.identifier, self._on_press)
        self.words = LiveLabel(f"{task.identifier}-words")
        column = layouts.column(self, 8)
        column.addWidget(flow(self.button))
        column.addWidget(self.words)

    def _on_press(self) -> None:
        into = self._ask(self, self._task.question)
        if into is None:
            return
        self._messages.begin_act()
        self.button.setEnabled(False)
        self.words.announce(tr("Checking the folder…"))
        self._work.run(
            lambda: self._transfers.remarks(into),
            lambda remarks: self._begin(into, remarks),
            self._on_failed,
            owner=self,
        )

    def _begin(self, into: Path, remarks: Sequence[DestinationWarning]) -> None:
        self._known = " ".join(transfer.destination_warning(one) for one in remarks)
        with Attempt(self._on_failed):
            plan = self._task.begin(into)
            self.words.announce(self._with_remarks(tr("Copying and verifying…")))
            progress = _Progress(plan.bytes_in_all, self._work, self._on_progress, self)
            self._work.run(
                lambda: self._transfers.copy(plan, progress.advance),
                lambda packed: self._on_packed(plan, packed),
                lambda trouble: self._on_not_packed(plan, trouble),
                owner=self,
            )

    def _on_progress(self, percent: int) -> None:
        if not self.button.isEnabled():
            progress_words = tr("Copying and verifying: {percent}%").format(percent=percent)
            self.words.setText(self._with_remarks(progress_words))

    def _on_packed(self, plan: ParcelPlan, packed: Packed) -> None:
        self._rest()
        with self._messages.attempt():
            self._task.on_done(plan, packed)

    def _on_not_packed(self, plan: ParcelPlan, trouble: Trouble) -> None:
        try:
            self._transfers.give_up(plan)
        except Trouble as another:
            trouble = another
        self._on_failed(trouble)

    def _on_failed(self, trouble: Trouble) -> None:
        self._rest()
        self._messages.trouble(trouble)

    def _rest(self) -> None:
        self.button.setEnabled(True)
        self.words.announce("")

    def _with_remarks(self, words: str) -> str:
        return f"{self._known} {words}".strip()


class AppCloses(Exception):  # noqa: N818  a signal to stop, not an error
    """Stops a background transfer when the app closes; the error is not reported."""


class _Progress:
    """Counts bytes on the copying thread and posts each new percentage to the main thread while its owner exists."""

    def __init__(self, in_all: int, work: Work, on_percent: Callable[[int], None], owner: QObject) -> None:
        self._in_all = max(1, in_all)
        self._work = work
        self._copied = 0
        self._percent = 0
        self._on_percent = on_percent
        self._owner = owner

    def advance(self, count: int) -> None:
        """Add bytes to the count. Raise AppCloses."""
        if self._work.closed:
            raise AppCloses
        self._copied += count
        percent = min(100, 100 * self._copied // self._in_all)
        if percent != self._percent:
            self._percent = percent
            self._work.post(lambda: self._on_percent(percent), self._owner)
