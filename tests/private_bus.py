"""A private bus with a fake logind and fake screen savers."""

from __future__ import annotations

import os
import subprocess
from itertools import count

from PySide6.QtDBus import (
    QDBusConnection,
    QDBusMessage,
    QDBusObjectPath,
    QDBusUnixFileDescriptor,
    QDBusVariant,
    QDBusVirtualObject,
)
from qt_events import process_events
from waiting import GENEROUS_S

from balint_desktop.ui.locking.linux import LOGIN, LOGIN_PATH, MANAGER, PROPERTIES, SESSION

OURS = f"{LOGIN_PATH}/session/_32"
OTHERS = f"{LOGIN_PATH}/session/_37"
_CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><listen>unix:path={socket}</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/></policy></busconfig>
"""
_names = count()


class PrivateBus:
    """A real dbus-daemon on a socket in a folder of the test's."""

    def __init__(self, folder):
        socket, config = folder / "bus", folder / "bus.conf"
        config.write_text(_CONFIG.format(socket=socket))
        self.address = f"unix:path={socket}"
        self._daemon = subprocess.Popen(
            ["dbus-daemon", f"--config-file={config}", "--nofork", "--print-address=1"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        assert self._daemon.stdout.readline().startswith(b"unix:")

    def close(self):
        self._daemon.stdout.close()
        self._daemon.terminate()
        self._daemon.wait(GENEROUS_S)


class _Speaker:
    """Another client on the bus."""

    def __init__(self, bus, service):
        self.name = f"speaker-{next(_names)}"
        self.connection = QDBusConnection.connectToBus(bus.address, self.name)
        assert self.connection.registerService(service)

    def signals(self, path, interface, member, *arguments):
        message = QDBusMessage.createSignal(path, interface, member)
        message.setArguments(list(arguments))
        assert self.connection.send(message)

    def close(self):
        QDBusConnection.disconnectFromBus(self.name)


class ScreenSaver(_Speaker):
    """A desktop's screen saver."""

    def __init__(self, bus, service="org.gnome.ScreenSaver"):
        super().__init__(bus, service)
        self._service = service

    def turns(self, on):
        self.signals("/" + self._service.replace(".", "/"), self._service, "ActiveChanged", on)


class Logind(_Speaker):
    """A logind with one session of ours, and one of another user."""

    def __init__(self, bus, *, knows=("auto",)):
        super().__init__(bus, LOGIN)
        self._object = _LogindObject(self.connection, knows)
        assert self.connection.registerVirtualObject(
            LOGIN_PATH, self._object, QDBusConnection.VirtualObjectRegisterOption.SubPath
        )

    @property
    def asked(self):
        """The received requests, member by member."""
        return self._object.asked

    @property
    def held_up(self):
        """Whether sleep is delayed now."""
        process_events()
        return self._object.held_up()

    def locks(self, session=OURS):
        self.signals(session, SESSION, "Lock")

    def hints(self, *, locked, session=OURS):
        self._object.hint = locked
        self.signals(session, PROPERTIES, "PropertiesChanged", SESSION, {"LockedHint": locked}, [""])

    def sleeps(self, begins):
        self.signals(LOGIN_PATH, MANAGER, "PrepareForSleep", begins)

    def close(self):
        self._object.forget()
        super().close()


class _LogindObject(QDBusVirtualObject):
    def __init__(self, connection, knows):
        super().__init__()
        self._connection = connection
        self._knows = knows
        self._pipes = []
        self.hint = False
        self.asked = []

    def introspect(self, path):
        return ""

    def handleMessage(self, message, connection):  # noqa: N802  Qt's spelling
        self.asked.append(message.member())
        answer = {"GetSession": self._session, "Get": self._hint, "Inhibit": self._inhibit}[message.member()](message)
        self._connection.send(answer)
        return True

    def held_up(self):
        """Return whether the other end of the newest pipe is still open."""
        if not self._pipes:
            return False
        try:
            return os.read(self._pipes[-1], 1) != b""
        except BlockingIOError:
            return True

    def forget(self):
        for pipe in self._pipes:
            os.close(pipe)

    def _session(self, message):
        if message.arguments()[0] not in self._knows:
            return message.createErrorReply("org.freedesktop.login1.NoSessionForPID", "no session")
        return _answer(message, QDBusObjectPath(OURS))

    def _hint(self, message):
        return _answer(message, QDBusVariant(self.hint))

    def _inhibit(self, message):
        assert message.arguments()[0] == "sleep"
        assert message.arguments()[3] == "delay"
        read, write = os.pipe()
        os.set_blocking(read, False)
        self._pipes.append(read)
        answer = _answer(message, QDBusUnixFileDescriptor(write))
        os.close(write)
        return answer


def _answer(message, value):
    answer = message.createReply()
    answer.setArguments([value])
    return answer
