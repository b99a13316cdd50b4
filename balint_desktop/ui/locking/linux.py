"""Lock signals on Linux: logind and screen savers over D-Bus.

Only buses on file system sockets are used. Any other address, which could be on a network, is ignored.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from itertools import count
from pathlib import Path

from PySide6.QtCore import SLOT, QObject, Slot
from PySide6.QtDBus import (
    QDBusConnection,
    QDBusMessage,
    QDBusObjectPath,
    QDBusPendingCallWatcher,
    QDBusUnixFileDescriptor,
    QDBusVariant,
)
from PySide6.QtWidgets import QWidget

from balint_desktop.ui.locking.watch import Told

LOGIN = "org.freedesktop.login1"
LOGIN_PATH = "/org/freedesktop/login1"
SESSION = f"{LOGIN}.Session"
MANAGER = f"{LOGIN}.Manager"
PROPERTIES = "org.freedesktop.DBus.Properties"
SCREEN_SAVERS = tuple(
    f"org.{desktop}.ScreenSaver" for desktop in ("freedesktop", "gnome", "cinnamon", "mate", "xfce", "kde")
)
_SYSTEM_BUS = "unix:path=/var/run/dbus/system_bus_socket"
_ANSWER_MS = 5000
_names = count()


class LinuxWatch:
    """Lock watch for Linux: listens on the session bus and the system bus, where available."""

    def __init__(self, environ: Mapping[str, str] = os.environ) -> None:
        self._environ = environ
        self._listeners: list[_BusListener] = []

    @property
    def knows_screen(self) -> bool:
        """Whether logind knows this session or a screen saver is present."""
        return any(ear.knows_screen for ear in self._listeners)

    def start(self, window: QWidget, on_lock_due: Told) -> None:  # noqa: ARG002  other systems need the window
        """Start listening."""
        self.stop()
        system = local_only(self._environ.get("DBUS_SYSTEM_BUS_ADDRESS") or _SYSTEM_BUS)
        session = local_only(session_address(self._environ))
        self._listeners = [
            *([LogindListener(system, on_lock_due, self._environ.get("XDG_SESSION_ID", ""))] if system else []),
            *([ScreenSaverListener(session, on_lock_due)] if session else []),
        ]

    def poll(self) -> None:
        """Do nothing: the buses send signals."""

    def stop(self) -> None:
        """Disconnect from both buses."""
        for ear in self._listeners:
            ear.leave()
        self._listeners = []


def session_address(environ: Mapping[str, str]) -> str:
    """Return the session bus address, empty if there is none. Never starts a bus."""
    address = environ.get("DBUS_SESSION_BUS_ADDRESS", "")
    runtime = environ.get("XDG_RUNTIME_DIR", "")
    if not address and runtime and (Path(runtime) / "bus").exists():
        return f"unix:path={runtime}/bus"
    return address


def local_only(addresses: str) -> str:
    """Return the bus addresses that are sockets in the file system."""
    return ";".join(address for address in addresses.split(";") if address.startswith("unix:"))


class _BusListener(QObject):
    """A connection to one D-Bus bus."""

    def __init__(self, address: str, on_lock_due: Told) -> None:
        super().__init__()
        self._name = f"balint-desktop-locking-{next(_names)}"
        self._bus = QDBusConnection.connectToBus(address, self._name)
        self._on_lock_due = on_lock_due
        self._left = False
        self.knows_screen = False

    def leave(self) -> None:
        """Disconnect."""
        self._left = True
        QDBusConnection.disconnectFromBus(self._name)
        self.deleteLater()

    @Slot(bool)
    def on_switched(self, on: bool) -> None:
        """Set or clear a condition reported by the bus."""
        if on:
            self.notify()

    def notify(self) -> None:
        """Report that it is time to lock."""
        if not self._left:
            self._on_lock_due()

    def _subscribe(self, service: str, path: str, interface: str, name: str, slot: str) -> None:
        # PySide's stubs ask for bytes here, but its binding accepts only the str that SLOT returns.
        self._bus.connect(service, path, interface, name, self, SLOT(slot))  # type: ignore[call-overload]

    def _ask(self, call: QDBusMessage, arguments: list[str], then: Callable[[QDBusMessage], None]) -> None:
        """Call without waiting: a bus that does not answer must not block the window."""
        call.setArguments(arguments)
        asking = QDBusPendingCallWatcher(self._bus.asyncCall(call, _ANSWER_MS), self)

        def answered() -> None:
            if not self._left:
                then(asking.reply())
            # Holds the reply, and with it the sleep inhibitor.
            asking.deleteLater()

        asking.finished.connect(answered)


class LogindListener(_BusListener):
    """Listens to logind for session lock and sleep.

    Inhibits sleep while locking, so that the keys are erased before memory is written to disk.
    """

    def __init__(self, address: str, on_lock_due: Told, session_id: str = "") -> None:
        super().__init__(address, on_lock_due)
        self._delay = -1
        self._session = ""
        self._candidates = [candidate for candidate in ("auto", session_id) if candidate]
        if self._bus.isConnected():
            self._subscribe(LOGIN, LOGIN_PATH, MANAGER, "PrepareForSleep", "on_sleep(bool)")
            self._ask_for_session()
            self._inhibit_sleep()

    def leave(self) -> None:
        self._release_sleep()
        super().leave()

    @Slot(bool)
    def on_sleep(self, begins: bool) -> None:
        """Lock before sleep, then release the inhibitor; take a new one after waking."""
        if begins:
            self.notify()
            self._release_sleep()
        elif not self._left:
            self._inhibit_sleep()

    @Slot()
    def on_lock(self) -> None:
        """Handle logind's request to lock the session."""
        self.notify()

    @Slot(QDBusMessage)
    def on_properties(self, _: QDBusMessage) -> None:
        """Query the lock state: PySide cannot read the arguments of PropertiesChanged."""
        if not self._left:
            get = QDBusMessage.createMethodCall(LOGIN, self._session, PROPERTIES, "Get")
            self._ask(get, [SESSION, "LockedHint"], self._on_hint)

    def _on_hint(self, answer: QDBusMessage) -> None:
        (hint,) = answer.arguments() or [None]
        if isinstance(hint, QDBusVariant) and hint.variant() is True:
            self.notify()

    def _ask_for_session(self) -> None:
        get = QDBusMessage.createMethodCall(LOGIN, LOGIN_PATH, MANAGER, "GetSession")
        self._ask(get, [self._candidates.pop(0)], self._on_session)

    def _on_session(self, answer: QDBusMessage) -> None:
        (path,) = answer.arguments() or [None]
        if isinstance(path, QDBusObjectPath):
            self._session = path.path()
            self.knows_screen = True
            self._subscribe(LOGIN, self._session, SESSION, "Lock", "on_lock()")
            self._subscribe(LOGIN, self._session, PROPERTIES, "PropertiesChanged", "on_properties(QDBusMessage)")
        elif self._candidates:
            self._ask_for_session()

    def _inhibit_sleep(self) -> None:
        call = QDBusMessage.createMethodCall(LOGIN, LOGIN_PATH, MANAGER, "Inhibit")
        self._ask(call, ["sleep", "Balint Desktop", "The vault is locked first.", "delay"], self._on_delay)

    def _on_delay(self, answer: QDBusMessage) -> None:
        (delay,) = answer.arguments() or [None]
        if isinstance(delay, QDBusUnixFileDescriptor) and delay.isValid():
            self._release_sleep()
            self._delay = os.dup(delay.fileDescriptor())

    def _release_sleep(self) -> None:
        if self._delay >= 0:
            os.close(self._delay)
            self._delay = -1


class ScreenSaverListener(_BusListener):
    """Listens for ActiveChanged from any of the known screen saver interfaces, whatever their sender and path."""

    def __init__(self, address: str, on_lock_due: Told) -> None:
        super().__init__(address, on_lock_due)
        if self._bus.isConnected():
            for name in SCREEN_SAVERS:
                self._subscribe("", "", name, "ActiveChanged", "on_switched(bool)")
            names = QDBusMessage.createMethodCall(
                "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "ListNames"
            )
            self._ask(names, [], self._on_names)

    def _on_names(self, answer: QDBusMessage) -> None:
        (there,) = answer.arguments() or [[]]
        self.knows_screen = bool(set(SCREEN_SAVERS) & set(there))
