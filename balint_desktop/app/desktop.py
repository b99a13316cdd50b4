"""Who owns the window: what it is made of, and the vault from its opening to its closing.

How it is put together stands in building/. Before the first paint there is Qt, the shell and one gate, no more: what a
gate or a place needs is imported when it is built.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from balint_desktop import resources
from balint_desktop.app.gates import Gates
from balint_desktop.app.handover import Handing
from balint_desktop.app.keys import Keys
from balint_desktop.app.locking import Locking
from balint_desktop.app.places import Places
from balint_desktop.app.session import OneSession
from balint_desktop.data_folder import DataFolder, data_folder
from balint_desktop.domain.clock import Clock, SystemClock, awake_s
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.i18n import tr
from balint_desktop.ui.shell import bugs, start_options
from balint_desktop.ui.shell.garbage import GarbageTimer
from balint_desktop.ui.shell.messages import Messages
from balint_desktop.ui.shell.preferences import PreferencesFile
from balint_desktop.ui.shell.shell import Shell
from balint_desktop.ui.shell.undo import UndoStack
from balint_desktop.ui.shell.work import Work
from balint_desktop.ui.theme.theme import STYLE, Theme
from balint_desktop.ui.widgets.table_memory import TableMemory

if TYPE_CHECKING:
    from balint_desktop.library.formats import FormatLibrary
    from balint_desktop.library.questionnaires import QuestionnaireLibrary
    from balint_desktop.ui.locking.watch import Watch
    from balint_desktop.ui.session.flow import Leading
    from balint_desktop.ui.vault_access.door import VaultDoor
    from balint_desktop.vault.secret import VaultSecret
    from balint_desktop.vault.vault import OpenVault


class Desktop:
    """The app, and the owner that everything in building/ is handed."""

    def __init__(
        self,
        app: QApplication,
        data: DataFolder,
        clock: Clock,
        *,
        timer_only: bool = False,
        awake_s: Callable[[], float] = awake_s,
        make_watch: Callable[[], Watch] | None = None,
    ) -> None:
        self._collecting = GarbageTimer()
        self.data = data
        self.clock = clock
        self.timer_only = timer_only
        self.preferences = PreferencesFile(data.root / "window.json")
        self.tables = TableMemory(data.root / "tables.json")
        chosen = self.preferences.load()
        self.theme = Theme(app, chosen.appearance, chosen.scale)
        self.work = Work()
        self.messages = Messages()
        self.vault: OpenVault | None = None
        self.leading: Leading | None = None
        self.shell = Shell(self.messages)
        self.undoing = UndoStack(self.messages, self.shell)
        self.gates = Gates(self)
        self.places = Places(self)
        self.locking = Locking(self, awake_s, make_watch)
        self.session = OneSession(self)
        self.handing = Handing(self)
        self.keys = Keys(self)
        self.shell.may_close = self.session.may_close
        self.shell.may_show = self.gates.may_show
        self.shell.lock_asked.connect(self.locking.on_lock_key)
        self.shell.undo_asked.connect(self.undoing.undo)
        self.undoing.undone.connect(self.shell.refresh)

    def start(self) -> None:
        """Show the window: at its gate, or at once among the places where only the clock is wanted."""
        if self.timer_only:
            self.places.open()
        else:
            self.gates.show()
        self.shell.show()

    def shutdown(self) -> None:
        """Close the places, let what is being worked on come to its end, and give the vault back.

        A recorder that still runs seals what it has when this process ends.
        """
        self.session.stop()
        self.locking.stop()
        self.shell.remove_places()
        self.work.shutdown()
        self.close_vault()
        self._collecting.stop()

    # --- the vault ---

    @cached_property
    def door(self) -> VaultDoor:
        """How the vault is made, opened and resealed."""
        from balint_desktop.ui.vault_access.door import VaultDoor

        return VaultDoor(self.data.vault, self.work)

    def take(self, secret: VaultSecret) -> OpenVault:
        """Open the vault with its secret, or give an open one its keys back. Raise Trouble."""
        from balint_desktop.vault.vault import OpenVault

        if self.vault is None:
            self.vault = OpenVault(self.data.vault, secret, self.clock)
        else:
            self.vault.unlock(secret)
            if self.session.has_room:
                # In a session the keys that open recordings are not held.
                self.vault.begin_session()
        return self.vault

    def open_vault(self) -> OpenVault:
        """Return the vault. Raise Trouble VAULT_LOCKED where none is open."""
        if self.vault is None:
            raise Trouble(TroubleCode.VAULT_LOCKED)
        return self.vault

    def close_vault(self) -> None:
        """Let go of the session that is led, and of the vault."""
        self.drop_leading()
        self.undoing.clear()
        if self.vault is not None:
            self.vault.close()
            self.vault = None

    def drop_leading(self) -> None:
        """Let go of the session that is led."""
        if self.leading is not None:
            self.leading.shutdown()
            # It belongs to the window, and would hold the vault as long as that stands.
            self.leading.deleteLater()
            self.leading = None

    # --- what several places share ---

    @cached_property
    def questionnaires(self) -> QuestionnaireLibrary:
        """The questionnaires of the written part: the one that ships with the app, and the user's own."""
        from balint_desktop.library.questionnaires import QuestionnaireLibrary

        return QuestionnaireLibrary(self.data.questionnaires)

    @cached_property
    def formats(self) -> FormatLibrary:
        """The session formats: those that ship with the app, and the user's own."""
        from balint_desktop.library.formats import FormatLibrary, shipped_bank

        return FormatLibrary(self.data.formats, shipped_bank())


def main(arguments: Sequence[str], during: Callable[[Desktop], None] | None = None) -> int:
    """Open the window and return the exit code once it is closed.

    `during` is called once the window is shown, on its thread; a rehearsal leads its session there.
    """
    options = start_options.parse(arguments)
    if not start_options.has_display():
        from balint_desktop.text import trouble

        print(trouble.sentence(Trouble(TroubleCode.NO_DISPLAY)), file=sys.stderr)  # noqa: T201  the answer of a command
        return 1
    app = QApplication(["balint-desktop", *STYLE])
    app.setApplicationName("balint-desktop")
    app.setApplicationDisplayName(tr("Balint Desktop"))
    app.setDesktopFileName("balint-desktop")
    app.setWindowIcon(QIcon(str(resources.folder("icons") / "balint-desktop.png")))
    desktop = Desktop(app, data_folder(options.data_dir), SystemClock(), timer_only=options.timer_only)
    sys.excepthook = bugs.hook_for(desktop.messages)
    desktop.start()
    if during is not None:
        QTimer.singleShot(0, lambda: during(desktop))
    code = app.exec()
    desktop.shutdown()
    return code
