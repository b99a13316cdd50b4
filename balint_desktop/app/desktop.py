"""Compose the app: window, services and controllers, and the signals between them.

Before the first paint there is Qt, the shell and one gate, no more: what a gate or a place needs is imported when it is
built.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from balint_desktop import resources
from balint_desktop.app import navigation
from balint_desktop.app.closing import Closing
from balint_desktop.app.context import AppContext
from balint_desktop.app.dropped_files import accept_files
from balint_desktop.app.gates import Gates
from balint_desktop.app.handover import Handover
from balint_desktop.app.help import accept_help
from balint_desktop.app.keys import KeyChanges
from balint_desktop.app.locking import Locking
from balint_desktop.app.name_places import may_copy, way_to_name
from balint_desktop.app.places import Places
from balint_desktop.app.redaction import redact_in_background
from balint_desktop.app.session import SessionHost
from balint_desktop.app.transcription import TranscriptionHost
from balint_desktop.app.unlock import VaultUnlock
from balint_desktop.app.vault_slot import VaultSlot
from balint_desktop.data_folder import DataFolder, data_folder
from balint_desktop.domain.clock import Clock, SystemClock, awake_s
from balint_desktop.domain.transcript.queue import WaitReason
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.i18n import tr
from balint_desktop.ui.shell import bugs, start_options
from balint_desktop.ui.shell.garbage import GarbageTimer
from balint_desktop.ui.shell.language import WindowLanguage
from balint_desktop.ui.shell.messages import Messages
from balint_desktop.ui.shell.preferences import PreferencesFile
from balint_desktop.ui.shell.running_mark import set_running_mark
from balint_desktop.ui.shell.shell import PlaceKey, Shell
from balint_desktop.ui.shell.undo import UndoStack
from balint_desktop.ui.shell.work import Work
from balint_desktop.ui.theme.theme import STYLE, Theme
from balint_desktop.ui.widgets.clipboard import end_guard, guard_copies
from balint_desktop.ui.widgets.table_memory import TableMemory

if TYPE_CHECKING:
    from pathlib import Path

    from balint_desktop.capture.awake_handle import AwakeHandle
    from balint_desktop.ui.locking.watch import Watch

# The setting of the vault that holds the folder in which file dialogs open.
_LAST_FOLDER = "last-folder"
# Runs once the page has shown that the vault is opening.
_LOAD_AFTER_MS = 50


class Desktop:
    """The app. Each controller receives the services and controllers it uses, and reports the rest by signals."""

    def __init__(
        self,
        app: QApplication,
        data: DataFolder,
        clock: Clock,
        *,
        timer_only: bool = False,
        awake_s: Callable[[], float] = awake_s,
        make_watch: Callable[[], Watch] | None = None,
        home: DataFolder | None = None,
    ) -> None:
        """Build the app over a data folder. The window's settings are those of `home`, its own where None."""
        self._collecting = GarbageTimer()
        self._timer_only = timer_only
        # The theme is one of the services, created before the window, which would be styled twice.
        self.context = context = _make_context(app, data, clock, home or data)
        self.next_root: Path | None = None
        """The data folder of another vault, to be opened once this window has closed."""
        self.shell = Shell(context.messages)
        self.session = session = SessionHost(context, self.shell)
        self.unlock = unlock = VaultUnlock(context, lambda: session.is_room_open)
        self.locking = locking = Locking(
            context, self.shell, session=session, unlock=unlock, awake_s=awake_s, make_watch=make_watch
        )
        self.handover = handover = Handover(context, self.shell, session=session, locking=locking, unlock=unlock)
        self.gates = Gates(context, self.shell, session=session, locking=locking, handover=handover, unlock=unlock)
        self.keys = KeyChanges(context, lambda: session.is_running)
        self.transcription = _make_transcription(context)
        self.places = Places(
            context,
            self.shell,
            session=session,
            locking=locking,
            handover=handover,
            gates=self.gates,
            keys=self.keys,
            transcription=self.transcription,
            timer_only=timer_only,
        )
        self.closing = Closing(self.shell, context.messages, session, handover)
        accept_files(context, self.shell, session, self.places.import_coding_file)
        context.messages.way_to = partial(way_to_name, self.shell)
        guard_copies(partial(may_copy, context))
        accept_help(self.shell, lambda: handover.is_under_way)
        self._connect()

    def _connect(self) -> None:
        """Wire the signals between the parts."""
        shell, undo, vault = self.shell, self.context.undo, self.context.vault
        shell.may_close = self.closing.may_close
        shell.may_show = self.gates.may_show
        shell.lock_asked.connect(self.locking.on_lock_key)
        shell.undo_asked.connect(undo.undo)
        undo.undone.connect(shell.refresh)
        vault.closing.connect(self.session.discard)
        vault.closing.connect(undo.clear)
        vault.closing.connect(_forget_folder)
        # Owned by the shell, so that none fires into a window that has closed.
        loading = QTimer(self.shell, singleShot=True, interval=_LOAD_AFTER_MS)
        loading.timeout.connect(_load_today)
        self.unlock.started.connect(loading.start)
        self.gates.passed.connect(self._remember_folder)
        self.gates.passed.connect(self.places.open)
        self.gates.passed.connect(self.session.return_if_under_way)
        self.gates.passed.connect(self._remember_vault)
        self.gates.vault_chosen.connect(self._on_vault_chosen)
        self.gates.try_asked.connect(self._on_try_asked)
        self.gates.vault_made.connect(lambda: navigation.add_group(self.shell))
        self.gates.unlocked.connect(self.keys.report_opening)
        self.gates.unlocked.connect(self._redact)
        self.locking.locked.connect(self.gates.show)
        self.locking.locking.connect(lambda: self.transcription.hold(WaitReason.LOCKED))
        self.handover.started.connect(lambda: self.transcription.hold(WaitReason.LOCKED))
        self.gates.unlocked.connect(self.transcription.resume_queued)
        self.handover.ended.connect(self.transcription.resume_queued)
        vault.closing.connect(self.transcription.close)
        shell.place_shown.connect(self._give_way_to_session)
        shell.place_shown.connect(lambda _place: self.places.list_transcripts())
        shell.place_shown.connect(lambda _place: self.places.list_analysis())
        self.keys.renewal_confirmed.connect(self.gates.show)
        self.session.handover_asked.connect(self.handover.start_in_session)
        self.session.keys_asked.connect(self._on_keys_asked)
        self.session.agreement_asked.connect(lambda group: navigation.show_agreement(self.shell, group))
        self.session.ended.connect(self._on_session_ended)
        self.session.names.keys_asked.connect(self._on_names_asked)
        self.unlock.opened_in_session.connect(self.session.names.on_open)

    def start(self) -> None:
        """Show the window: at its gate, or directly at the places where only the timer is wanted."""
        if self._timer_only:
            self.places.open()
        else:
            self.gates.show()
        self.shell.show()

    def shutdown(self) -> None:
        """Close the places, wait for background work, and close the vault.

        A recorder that still runs seals its buffer when this process ends.
        """
        self.closing.stop()
        self.locking.stop()
        self.shell.remove_places()
        self.context.work.shutdown()
        self.session.discard()
        self.context.vault.close()
        end_guard()
        self._collecting.stop()

    def _remember_folder(self) -> None:
        """Let file dialogs open in the folder that the vault remembers."""
        vault = self.context.vault.current
        if vault is not None:
            from balint_desktop.ui.export import last_folder
            from balint_desktop.vault.log.database import Verbatim

            log = vault.log
            last_folder.keep_in_vault(
                lambda: log.setting(_LAST_FOLDER), lambda folder: log.set_setting(_LAST_FOLDER, Verbatim(folder))
            )

    def _remember_vault(self) -> None:
        """List a vault that was opened, unless it is the one the app begins with."""
        root, path = self.context.data.root, self.context.vault_list
        if self.context.vault.current is not None and root != path.parent:
            from balint_desktop.app.known_vaults import KnownVaults

            KnownVaults(path).remember(root)

    def _on_vault_chosen(self, root: Path) -> None:
        """Close this window, and what is open with it; another one opens at the gate of that vault."""
        self.next_root = root
        if not self.shell.close():
            self.next_root = None

    def _on_try_asked(self) -> None:
        self.places.open()
        self.session.try_it_now()

    def _on_names_asked(self) -> None:
        """Ask for the passphrase, return to the session's page either way, and read the names if it was entered."""
        names = self.session.names

        def opened() -> None:
            self.shell.show_place(PlaceKey.SESSION)
            # In a session they were read already, before it dropped the keys again.
            with self.context.messages.attempt():
                names.on_open(names.vault)

        def back() -> None:
            names.forget()
            self.shell.show_place(PlaceKey.SESSION)

        words = tr("For safety, names lock after a session. Enter your passphrase to see them.")
        self.gates.ask_for_keys(opened, tr("Show names"), words, back, help_page="members")

    def _on_keys_asked(self) -> None:
        words = tr("Enter your passphrase to return to your session.")
        title = tr("Return to your session")
        self.gates.ask_for_keys(self.session.return_to_unfinished, title, words, help_page="trouble")

    def _on_session_ended(self) -> None:
        if self.context.vault.is_locked:
            self.locking.lock_whole()
        else:
            navigation.show_today(self.shell)
            self._redact()

    def _give_way_to_session(self, place: str) -> None:
        """Transcribe nothing from Get ready until the session is over."""
        if place == PlaceKey.SESSION or self.session.is_running:
            self.transcription.hold(WaitReason.SESSION)
        else:
            self.transcription.release(WaitReason.SESSION)

    def _redact(self) -> None:
        redact_in_background(self.context, self.shell, self.session)


def _make_context(app: QApplication, data: DataFolder, clock: Clock, home: DataFolder) -> AppContext:
    preferences = PreferencesFile(home.root / "window.json")
    chosen = preferences.load()
    language = WindowLanguage(app)
    language.choose(chosen.language)
    messages = Messages()
    return AppContext(
        data=data,
        clock=clock,
        preferences=preferences,
        tables=TableMemory(home.root / "tables.json"),
        theme=Theme(app, chosen.appearance, chosen.scale),
        language=language,
        work=Work(),
        messages=messages,
        undo=UndoStack(messages),
        vault=VaultSlot(data.vault, clock),
        vault_list=home.root / "vaults.json",
    )


def _make_transcription(context: AppContext) -> TranscriptionHost:
    def read_battery() -> int | None:
        from balint_desktop.machine import battery_left

        return battery_left()

    def keep_awake(*, on: bool) -> None:
        from balint_desktop.capture.awake_handle import AwakeHandle

        awake.setdefault("child", AwakeHandle()).inhibit_sleep(on=on)

    awake: dict[str, AwakeHandle] = {}
    return TranscriptionHost(context, read_battery, keep_awake)


def _forget_folder() -> None:
    """Forget the folder of file dialogs: it belongs to the vault."""
    from balint_desktop.ui.export import last_folder

    last_folder.forget_folder()


def _load_today() -> None:
    """Preload the modules used right after unlocking, while the child derives the key from the passphrase.

    On Qt's thread: PySide hooks imports, and is not safe for several threads.
    """
    from balint_desktop.app import today  # noqa: F401
    from balint_desktop.ui.locking import auto_lock, systems  # noqa: F401
    from balint_desktop.vault import vault  # noqa: F401

    systems.load_watch()


def main(arguments: Sequence[str], during: Callable[[Desktop], None] | None = None) -> int:
    """Open the window and return the exit code once it is closed.

    `during` is called on the window's thread once it is shown; a rehearsal leads its session there.
    """
    options = start_options.parse(arguments)
    if not start_options.has_display():
        from balint_desktop.text import trouble

        print(trouble.sentence(Trouble(TroubleCode.NO_DISPLAY)), file=sys.stderr)  # noqa: T201  the answer of a command
        return 1
    app = QApplication(["balint-desktop", *STYLE])
    set_running_mark()
    app.setApplicationName("balint-desktop")
    app.setApplicationDisplayName(tr("Balint Desktop"))
    app.setDesktopFileName("balint-desktop")
    app.setWindowIcon(QIcon(str(resources.folder("icons") / "balint-desktop.png")))
    home = data_folder(options.data_dir)
    data = home
    while True:
        desktop = Desktop(app, data, SystemClock(), timer_only=options.timer_only, home=home)
        sys.excepthook = bugs.hook_for(desktop.context.messages)
        desktop.start()
        if during is not None:
            QTimer.singleShot(0, desktop.shell, partial(during, desktop))
        code = app.exec()
        desktop.shutdown()
        if desktop.next_root is None:
            return code
        # Another vault has an app of its own: nothing of the first is left in it.
        data = DataFolder(desktop.next_root, models_root=home.root)
