"""Choose, inspect and restore a backup."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from balint_desktop.domain.trouble import Trouble
from balint_desktop.i18n import tr
from balint_desktop.sealed.parcel import VerifiedParcel
from balint_desktop.text import transfer
from balint_desktop.ui.export.open_dialog import AskFolder, ask_for_folder
from balint_desktop.ui.shell.messages import Messages
from balint_desktop.ui.shell.place import Place
from balint_desktop.ui.shell.work import Work
from balint_desktop.ui.widgets.buttons import ButtonKind, EscapeRole, button, set_kind
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.live_label import LiveLabel
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.text import heading, quiet
from balint_desktop.vault.restore import Restored


@dataclass(frozen=True, slots=True)
class Restoring:
    """Dependencies of restoring; both are slow, run on any thread, and raise Trouble."""

    verify: Callable[[Path], VerifiedParcel]
    restore: Callable[[VerifiedParcel, bool], Restored]
    ask: AskFolder = ask_for_folder


class RestorePage(QWidget):
    """Choose the folder; inspect its contents; then, if all is intact or a partial restore is wanted, restore."""

    back_asked = Signal()
    restored = Signal(object)  # Restored

    def __init__(self, deps: Restoring, work: Work, messages: Messages) -> None:
        super().__init__()
        named(self, "restore-page")
        self._deps = deps
        self._work = work
        self._messages = messages
        self._verified: VerifiedParcel | None = None
        self.choose_button = button(
            tr("Choose the backup folder…"), "restore-choose", self._on_choose, ButtonKind.PRIMARY, shortcut="Alt+C"
        )
        self.restore_button = button("", "restore-do", self._on_restore)
        self.back_button = button(
            tr("Back"), "restore-back", self.back_asked.emit, ButtonKind.QUIET, escape=EscapeRole.LEAVE
        )
        self.words = LiveLabel("restore-words", selectable=True)
        column = QVBoxLayout(self)
        column.setSpacing(14)
        column.addWidget(named(heading(tr("Restore a backup")), "restore-heading"))
        about = tr(
            "The folder’s name begins with balint-backup. Every file is checked before anything is copied, and the "
            "backup itself is not changed."
        )
        column.addWidget(named(quiet(about), "restore-about"))
        column.addWidget(self.words)
        column.addWidget(flow(self.choose_button, self.restore_button, self.back_button))
        column.addStretch(1)
        self.restore_button.hide()

    def first_focus(self) -> QWidget:
        """Return the button that chooses the folder."""
        return self.choose_button

    def _on_choose(self) -> None:
        folder = self._deps.ask(self, tr("Which backup?"))
        if folder is None:
            return
        self._messages.begin_act()
        self._verified = None
        self.restore_button.hide()
        self._set_busy(tr("Checking every file…"))
        self._work.run(lambda: self._deps.verify(folder), self._on_verified, self._on_failed, owner=self)

    def _on_verified(self, verified: VerifiedParcel) -> None:
        self._set_busy("")
        self._verified = verified
        self.words.announce(transfer.verified_backup(verified))
        self.restore_button.setText(tr("Restore") if verified.is_whole else tr("Restore the intact files"))
        set_kind(self.restore_button, ButtonKind.PRIMARY if verified.is_whole else ButtonKind.PLAIN)
        set_kind(self.choose_button, ButtonKind.PLAIN if verified.is_whole else ButtonKind.PRIMARY)
        self.restore_button.show()
        self.restore_button.setFocus()

    def _on_restore(self) -> None:
        verified = self._verified
        if verified is None:
            return
        self._messages.begin_act()
        self._set_busy(tr("Copying and checking…"))
        self._work.run(
            lambda: self._deps.restore(verified, not verified.is_whole), self.restored.emit, self._on_failed, owner=self
        )

    def _on_failed(self, trouble: Trouble) -> None:
        self._set_busy("")
        self._messages.trouble(trouble)

    def _set_busy(self, words: str) -> None:
        for part in (self.choose_button, self.restore_button, self.back_button):
            part.setEnabled(not words)
        self.words.announce(words)


class RestoreGate(Place):
    """Restore another backup in place of a restored vault that was never opened."""

    def __init__(self, page: RestorePage) -> None:
        super().__init__("restore-another", tr("Restore another backup"), centred=True)
        self.page = page
        if self.heading_label is not None:
            self.heading_label.hide()
        self.body.addWidget(page)

    def first_focus(self) -> QWidget:
        return self.page.first_focus()
