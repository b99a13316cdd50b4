"""The child that keeps the machine awake: with a fake desktop on D-Bus, and without one."""

from __future__ import annotations

import os
import queue
import re
import shutil
import subprocess
import sys
import threading

import pytest
from jeepney import HeaderFields, MessageType, new_error, new_method_return
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import open_dbus_connection
from running import is_running
from waiting import GENEROUS_S, wait_until

from balint_desktop.capture.awake_handle import AwakeHandle, can_keep_awake

COOKIE = 7


class Desktop:
    """A private session bus with the GNOME service that inhibits sleep."""

    def __init__(self, folder):
        address = f"unix:path={folder}/bus"
        command = ["dbus-daemon", "--session", "--nofork", f"--address={address}", "--print-address"]
        self._bus = subprocess.Popen(command, stdout=subprocess.PIPE)
        self.address = self._bus.stdout.readline().decode().strip()
        self.asked = queue.SimpleQueue()
        self._connection = open_dbus_connection(self.address)
        self._connection.send_and_get_reply(message_bus.RequestName("org.gnome.SessionManager"))
        self._thread = threading.Thread(target=self._answer, daemon=True)
        self._thread.start()

    def _answer(self):
        while True:
            try:
                message = self._connection.receive()
            except OSError:
                return
            if message.header.message_type is not MessageType.method_call:
                continue
            name = message.header.fields[HeaderFields.member]
            if name == "Inhibit":
                self._connection.send(new_method_return(message, "u", (COOKIE,)))
            elif name == "Uninhibit":
                self._connection.send(new_method_return(message))
            else:
                self._connection.send(new_error(message, "org.freedesktop.DBus.Error.UnknownMethod"))
                continue
            self.asked.put((name, message.body))

    def next_asked(self):
        return self.asked.get(timeout=GENEROUS_S)

    def close(self):
        self._bus.terminate()
        self._bus.wait()
        self._bus.stdout.close()
        self._thread.join(GENEROUS_S)
        self._connection.close()


@pytest.fixture
def desktop(tmp_path, monkeypatch):
    if shutil.which("dbus-daemon") is None:
        pytest.skip("not run: there is no dbus-daemon")
    made = Desktop(tmp_path)
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", made.address)
    yield made
    made.close()


@pytest.fixture
def no_desktop(monkeypatch):
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nothing")


def test_the_machine_is_kept_awake_and_released_afterwards(desktop):
    awake = AwakeHandle()
    awake.inhibit_sleep(on=True)
    awake.inhibit_sleep(on=True)
    name, body = desktop.next_asked()
    assert name == "Inhibit"
    # GNOME's flags: 4 inhibits suspending; not 8, which would inhibit locking the screen.
    assert body[3] == 4
    wait_until(lambda: awake.is_awake is not None)
    assert awake.is_awake
    awake.inhibit_sleep(on=False)

    assert desktop.next_asked() == ("Uninhibit", (COOKIE,))
    assert awake.pid is None


def test_when_the_app_dies_nothing_keeps_the_machine_awake(desktop):
    app = (
        "from balint_desktop.capture.awake_handle import AwakeHandle\n"
        "awake = AwakeHandle(); awake.inhibit_sleep(on=True); print(awake.pid, flush=True); input()\n"
    )
    with subprocess.Popen([sys.executable, "-c", app], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as started:
        child = int(started.stdout.readline())
        assert desktop.next_asked()[0] == "Inhibit"
        started.kill()

    assert desktop.next_asked()[0] == "Uninhibit"
    wait_until(lambda: not is_running(child))


def test_whether_it_can_be_kept_awake_is_known_beforehand_and_nothing_stays_inhibited(desktop):
    assert can_keep_awake(GENEROUS_S)
    assert [desktop.next_asked()[0], desktop.next_asked()[0]] == ["Inhibit", "Uninhibit"]


def test_a_missing_desktop_is_no_error(no_desktop):
    assert not can_keep_awake(GENEROUS_S)
    awake = AwakeHandle()
    awake.inhibit_sleep(on=True)
    wait_until(lambda: awake.is_awake is not None)
    assert awake.is_awake is False
    awake.inhibit_sleep(on=False)


def test_a_desktop_that_does_not_answer_in_time_counts_as_missing(monkeypatch):
    monkeypatch.setattr("balint_desktop.capture.awake_handle.start_child", sleeper)
    assert not can_keep_awake(0.1)


def sleeper(*_arguments):
    return subprocess.Popen(
        [sys.executable, "-c", "import sys; sys.stdin.read()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


@pytest.mark.skipif(shutil.which("strace") is None, reason="not run: there is no strace")
def test_it_reaches_the_desktop_only_through_a_unix_socket(desktop, tmp_path):
    trace_file = tmp_path / "trace"
    trace = ["strace", "-f", "-e", "trace=socket,connect", "-o", str(trace_file)]
    subprocess.run([*trace, sys.executable, "-m", "balint_desktop", "awake", "--probe"], check=True, timeout=GENEROUS_S)
    families = set(re.findall(r"socket\((\w+)", trace_file.read_text(encoding="utf-8")))

    assert families == {"AF_UNIX"}


def test_asking_loads_none_of_its_modules():
    command = "import sys, balint_desktop.capture.awake_handle; print('wakepy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", command], capture_output=True, text=True, check=True, env=os.environ)
    assert done.stdout == "False\n"
