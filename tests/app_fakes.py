"""Dependencies for testing a controller of the app alone: real services, and fakes of its neighbours."""

from __future__ import annotations

from clocks import WoundClock
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication
from vaults import make_vault

from balint_desktop.app.context import AppContext
from balint_desktop.app.vault_slot import VaultSlot
from balint_desktop.data_folder import DataFolder
from balint_desktop.domain.trouble import Trouble
from balint_desktop.ui.shell.language import WindowLanguage
from balint_desktop.ui.shell.place import Place
from balint_desktop.ui.shell.preferences import PreferencesFile
from balint_desktop.ui.shell.shell import PlaceKey, Shell
from balint_desktop.ui.shell.undo import UndoStack
from balint_desktop.ui.widgets.table_memory import TableMemory
from balint_desktop.vault.creation import VaultCreation


class FakeDoor:
    """Fake of the children that unseal with scrypt. `asked` holds the requests waiting for an answer."""

    def __init__(self, folder=None):
        self.asked = []
        self._making = VaultCreation(folder) if folder is not None else None

    def discard_unfinished(self):
        return self._making is not None and self._making.discard_unfinished()

    def by_passphrase(self, take):
        return lambda typed, done, failed, _owner: self.asked.append(
            (typed, lambda secret: self._got(take, secret, done, failed), failed)
        )

    by_key = by_passphrase

    def change(self, old, new, done, failed, _owner):
        self.asked.append((old, lambda _secret: done(), failed))

    def create(self, passphrase, made, failed, _owner):
        self.asked.append((passphrase, made, failed))

    def confirm(self):
        pass

    @staticmethod
    def _got(take, secret, done, failed):
        try:
            vault = take(secret)
        except Trouble as trouble:
            failed(trouble)
        else:
            done(vault)

    def answer(self, secret=None):
        """Let the last child succeed."""
        self.asked.pop()[1](secret)

    def refuse(self, code):
        """Let the last child fail."""
        self.asked.pop()[2](Trouble(code))


class App:
    """Real services over a real vault that is not open yet, the real window with two empty places, and a fake door."""

    def __init__(self, folder, theme, work, messages):
        self.clock = WoundClock()
        self.data = DataFolder(folder)
        self.made = make_vault(self.data.vault)
        self.shell = Shell(messages)
        self.context = AppContext(
            data=self.data,
            clock=self.clock,
            preferences=PreferencesFile(folder / "window.json"),
            tables=TableMemory(folder / "tables.json"),
            theme=theme,
            language=WindowLanguage(QApplication.instance()),
            work=work,
            messages=messages,
            undo=UndoStack(messages, self.shell),
            vault=VaultSlot(self.data.vault, self.clock),
            vault_list=folder / "vaults.json",
        )
        self.door = FakeDoor(self.data.vault)
        # The context creates its door once, on first use.
        vars(self.context)["vault_processes"] = self.door
        self.offer()

    def offer(self):
        for key in (PlaceKey.TODAY, PlaceKey.SESSION, PlaceKey.GROUPS, PlaceKey.RECORDINGS):
            self.shell.add_place(key, key.value, lambda key=key: Place(key.value, key.value))

    @property
    def slot(self):
        return self.context.vault

    @property
    def vault(self):
        """The vault, opened if it is not."""
        return self.slot.current or self.slot.unlock(self.made.secret)

    @property
    def said(self):
        last = self.context.messages.last
        return last.text if last is not None else ""

    def close(self):
        self.shell.may_close = lambda: True
        self.shell.close()
        self.slot.close()


class FakeSession(QObject):
    """A session in the state the test wants. `calls` are the names of the calls it received."""

    def __init__(self):
        super().__init__()
        self.flow = None
        self.is_running = self.is_room_open = self.shows_room = self.is_under_way = False
        self.is_stored = self.is_recorded = True
        self.panel = None
        self.calls = []

    def open_room(self):
        """Open a room whose clock runs."""
        self.flow = object()
        self.is_running = self.is_room_open = self.shows_room = self.is_under_way = True
        return self

    def lock(self, make_panel):
        self.calls.append("lock")
        self.panel = make_panel

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        return lambda *args: self.calls.append((name, *args) if args else name)


class FakeUnlock(QObject):
    """Fake of unlocking: it stores what was typed."""

    started = Signal()

    def __init__(self):
        super().__init__()
        self.typed = []

    def by_passphrase(self, typed, done, failed, _asking):
        self.typed.append((typed, done, failed))

    by_key = by_passphrase


class Calls:
    """A neighbour of which only the received calls matter."""

    def __init__(self, **state):
        vars(self).update(state)
        self.calls = []

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        return lambda *args: self.calls.append((name, *args) if args else name)
