"""The program as a screen reader sees it: AT-SPI, from outside, on a private bus and screen.

The shipped program runs as it is; nothing here knows a widget. What can be done is done as the user of a reader would.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from jeepney import DBusAddress, HeaderFields, MatchRule, Properties, message_bus, new_method_call
from jeepney.io.blocking import open_dbus_connection
from jeepney.low_level import MessageType
from waiting import GENEROUS_S, wait_until

from balint_desktop.command import own_command

ROOT = "/org/a11y/atspi/accessible/root"
ACCESSIBLE = "org.a11y.atspi.Accessible"
TEXT, EDITABLE = "org.a11y.atspi.Text", "org.a11y.atspi.EditableText"
REGISTRY = "/org/a11y/atspi/registry"
_LAUNCHER = Path("/usr/libexec/at-spi-bus-launcher")
_FOCUSABLE, _SHOWING = 11, 25
_LABELLED_BY = 2


def is_there():
    """Return whether this machine has the accessibility bus, and a screen for a window."""
    return _LAUNCHER.exists() and all(shutil.which(name) for name in ("dbus-daemon", "Xvfb"))


@dataclass(frozen=True)
class Thing:
    """One accessible object."""

    bus: str
    path: str
    name: str
    role: str
    description: str
    states: frozenset
    depth: int

    @property
    def takes_keys(self):
        return _FOCUSABLE in self.states

    @property
    def shows(self):
        return _SHOWING in self.states


class Reader:
    """A screen reader's end of the bus."""

    def __init__(self, address):
        self._connection = open_dbus_connection(address)

    def close(self):
        self._connection.close()

    def ask(self, bus, path, interface, member, signature=None, *values):
        """Call a method and return what it answers."""
        message = new_method_call(DBusAddress(path, bus, interface), member, signature, values)
        answer = self._connection.send_and_get_reply(message, timeout=GENEROUS_S)
        if answer.header.message_type is MessageType.error:
            raise RuntimeError(f"{member} of {path}: {answer.body}")
        return answer.body

    def get(self, bus, path, interface, name):
        """Return a property."""
        message = Properties(DBusAddress(path, bus, interface)).get(name)
        answer = self._connection.send_and_get_reply(message, timeout=GENEROUS_S)
        if answer.header.message_type is MessageType.error:
            raise RuntimeError(f"{name} of {path}: {answer.body}")
        return answer.body[0][1]

    def programs(self):
        """Return the programs on this bus: none while its registry is still starting, or restarts."""
        with contextlib.suppress(RuntimeError):
            (found,) = self.ask("org.a11y.atspi.Registry", ROOT, ACCESSIBLE, "GetChildren")
            return found
        return []

    def things(self, bus=None, path=ROOT, depth=0) -> Iterator[Thing]:
        """Yield what is in the window now, from the outside in; hidden objects without their children."""
        if bus is None:
            for program, root in self.programs():
                yield from self.things(program, root)
            return
        thing = self._thing(bus, path, depth)
        yield thing
        if depth and not thing.shows:
            # Nothing inside it is visible either, and asking for each of it takes long.
            return
        (children,) = self.ask(bus, path, ACCESSIBLE, "GetChildren")
        for child_bus, child in children:
            # Deleted objects report that; a page may change while it is read.
            with contextlib.suppress(RuntimeError):
                yield from self.things(child_bus, child, depth + 1)

    def _thing(self, bus, path, depth):
        (role,) = self.ask(bus, path, ACCESSIBLE, "GetRoleName")
        (states,) = self.ask(bus, path, ACCESSIBLE, "GetState")
        low, high = states
        on = frozenset(bit for bit in range(64) if (low | high << 32) >> bit & 1)
        name, found = (self.get(bus, path, ACCESSIBLE, one) for one in ("Name", "Description"))
        return Thing(bus, path, name, role, found, on, depth)

    def shown(self):
        """Return the visible objects."""
        return [thing for thing in self.things() if thing.shows]

    def find(self, name, role=None):
        """Return the first visible object whose name begins like this, as soon as it exists."""
        return wait_until(lambda: self._in_view(name, role), f"{name!r} in view")

    def _in_view(self, name, role):
        seen = (one for one in self.things() if one.shows)
        return next((one for one in seen if one.name.startswith(name) and role in {None, one.role}), None)

    def press(self, name, role=None):
        """Perform a thing's press action."""
        wait_until(lambda: self._done(name, role, "Action", "DoAction", "i", 0), f"{name!r} to press")

    def type(self, name, words):
        """Type text into a field."""
        wait_until(lambda: self._done(name, "text", "EditableText", "SetTextContents", "s", words), f"a field {name!r}")

    # --- text ---

    def text(self, name):
        """Return the whole text of a field."""
        field = self.find(name, "text")
        (words,) = self.ask(field.bus, field.path, TEXT, "GetText", "ii", 0, -1)
        return words

    def go_to(self, name, words):
        """Put the caret of a field before some words of its text."""
        field = self.find(name, "text")
        self.ask(field.bus, field.path, TEXT, "SetCaretOffset", "i", self.text(name).index(words))

    def selected(self, name):
        """Return what is selected in a field."""
        field = self.find(name, "text")
        begin, end = self.ask(field.bus, field.path, TEXT, "GetSelection", "i", 0)
        return self.text(name)[begin:end]

    def replace(self, name, words, by):
        """Write other words in place of some of a field's text."""
        field, at = self.find(name, "text"), self.text(name).index(words)
        self.ask(field.bus, field.path, EDITABLE, "DeleteText", "ii", at, at + len(words))
        self.ask(field.bus, field.path, EDITABLE, "InsertText", "isi", at, by, len(by))

    # --- what is announced ---

    def focused_by(self, act):
        """Return what says that it has got the focus after an act: a menu is in no tree, and announces its rows."""
        rule = MatchRule(type="signal", interface="org.a11y.atspi.Event.Object", member="StateChanged")
        registry = DBusAddress(REGISTRY, "org.a11y.atspi.Registry", "org.a11y.atspi.Registry")
        wanted = new_method_call(registry, "RegisterEvent", "sass", ("object:state-changed:focused", [], ""))
        for message in (wanted, message_bus.AddMatch(rule)):
            self._connection.send_and_get_reply(message, timeout=GENEROUS_S)
        with self._connection.filter(rule) as heard:
            act()
            return wait_until(lambda: self._focused(heard), "something in focus")

    def _focused(self, heard):
        with contextlib.suppress(TimeoutError):
            self._connection.recv_messages(timeout=0.1)
        for event in heard:
            kind, is_on, *_ = event.body
            if (kind, is_on) == ("focused", 1):
                fields = event.header.fields
                return self._thing(fields[HeaderFields.sender], fields[HeaderFields.path], 0)
        return None

    def beside(self, thing):
        """Return what a thing's parent holds, itself among it."""
        bus, path = self.get(thing.bus, thing.path, ACCESSIBLE, "Parent")
        (children,) = self.ask(bus, path, ACCESSIBLE, "GetChildren")
        return [self._thing(child_bus, child, 0) for child_bus, child in children]

    def labels(self, thing):
        """Return the names of what labels a thing: a combo box is named by what is chosen in it."""
        (relations,) = self.ask(thing.bus, thing.path, ACCESSIBLE, "GetRelationSet")
        labels = [one for kind, things in relations if kind == _LABELLED_BY for one in things]
        return [self._thing(bus, path, 0).name for bus, path in labels]

    def press_thing(self, thing):
        """Perform the first action of a thing that was found before."""
        self.ask(thing.bus, thing.path, "org.a11y.atspi.Action", "DoAction", "i", 0)

    def _done(self, name, role, interface, member, signature, *values):
        """Act on a visible thing, and return whether it existed: a page may change while it is read."""
        thing = self._in_view(name, role)
        with contextlib.suppress(RuntimeError):
            if thing is not None:
                self.ask(thing.bus, thing.path, f"org.a11y.atspi.{interface}", member, signature, *values)
                return True
        return False


@contextlib.contextmanager
def a_reader_of(data, *arguments, program=None, lent=None):
    """Run the program on a private screen and bus, and yield a reader of it.

    `program` is another way to start it, such as one that is installed; `lent` are variables it needs.
    """
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        environment = {
            **{name: value for name, value in os.environ.items() if name not in {"QT_QPA_PLATFORM", "DISPLAY"}},
            **(lent or {}),
            "XDG_RUNTIME_DIR": folder,
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            "QT_QPA_PLATFORM": "xcb",
        }
        screen = stack.enter_context(_screen())
        bus = stack.enter_context(
            _ended(
                subprocess.Popen(
                    ["dbus-daemon", "--session", "--nofork", "--print-address=1"],
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    env=environment,
                )
            )
        )
        environment |= {"DISPLAY": screen, "DBUS_SESSION_BUS_ADDRESS": bus.stdout.readline().decode().strip()}
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "env": environment}
        stack.enter_context(_ended(subprocess.Popen([_LAUNCHER, "--launch-immediately"], **quiet)))
        stack.enter_context(
            _ended(
                subprocess.Popen([*(program or own_command()), "--data-dir", str(data), *arguments], env=environment)
            )
        )
        reader = Reader(_address(environment))
        stack.callback(reader.close)
        wait_until(reader.programs, "a program that speaks to screen readers")
        yield reader


def _address(environment):
    """Return the address of the accessibility bus, asked of the session's."""
    session = open_dbus_connection(environment["DBUS_SESSION_BUS_ADDRESS"])
    try:
        return wait_until(lambda: _asked(session), "a bus for screen readers")
    finally:
        session.close()


def _asked(session):
    asked = new_method_call(DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus"), "GetAddress")
    answer = session.send_and_get_reply(asked, timeout=GENEROUS_S)
    return None if answer.header.message_type is MessageType.error else answer.body[0]


@contextlib.contextmanager
def _screen():
    reads, writes = os.pipe()
    with _ended(
        subprocess.Popen(
            ["Xvfb", "-displayfd", str(writes), "-screen", "0", "1280x720x24", "-nolisten", "tcp"],
            pass_fds=[writes],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    ):
        os.close(writes)
        with os.fdopen(reads) as opened:
            yield f":{opened.readline().strip()}"


@contextlib.contextmanager
def _ended(process):
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        for stream in (process.stdout, process.stderr):
            if stream is not None:
                stream.close()
