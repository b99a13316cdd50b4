"""Screen lock and sleep on Linux, on a real bus with a fake logind and screen saver."""

from __future__ import annotations

import shutil

import pytest

from balint_desktop.ui.locking.linux import SCREEN_SAVERS, LinuxWatch, local_only, session_address

pytestmark = pytest.mark.skipif(shutil.which("dbus-daemon") is None, reason="there is no dbus-daemon")


class Desk:
    """A watch on two private buses, and how often it reported."""

    def __init__(self, system, session, qtbot, environ=()):
        self.received = 0
        self.qtbot = qtbot
        nowhere = "unix:path=/nowhere/bus"
        self.watch = LinuxWatch(
            {
                "DBUS_SYSTEM_BUS_ADDRESS": system.address if system else nowhere,
                "DBUS_SESSION_BUS_ADDRESS": session.address if session else nowhere,
                **dict(environ),
            }
        )
        self.watch.start(None, self._tell)

    def _tell(self):
        self.received += 1

    def knows(self):
        self.qtbot.waitUntil(lambda: self.watch.knows_screen)

    def hears(self, times=1):
        self.qtbot.waitUntil(lambda: self.received >= times)


@pytest.fixture
def bus(qapp, tmp_path):
    from private_bus import PrivateBus  # noqa: PLC0415  needs Qt's D-Bus, as the watch does

    made = PrivateBus(tmp_path)
    yield made
    made.close()


@pytest.fixture
def logind(bus):
    from private_bus import Logind  # noqa: PLC0415

    made = Logind(bus)
    yield made
    made.close()


@pytest.fixture
def service(bus, logind, qtbot):
    made = Desk(bus, None, qtbot)
    made.knows()
    qtbot.waitUntil(lambda: logind.held_up)
    yield made
    made.watch.stop()


def test_locking_our_logind_session_is_reported(service, logind):
    logind.locks()
    service.hears()


def test_a_desktop_announcing_its_locked_screen_is_reported(service, logind):
    logind.hints(locked=True)
    service.hears()


def test_unlocking_another_session_and_other_changes_are_not_reported(service, logind):
    from private_bus import OTHERS  # noqa: PLC0415

    logind.hints(locked=False)
    logind.locks(OTHERS)
    logind.locks()
    service.hears()
    service.qtbot.waitUntil(lambda: "Get" in logind.asked)

    assert service.received == 1


def test_sleep_is_delayed_until_it_has_been_reported_and_no_longer(service, logind):
    assert logind.held_up
    logind.sleeps(begins=True)
    service.hears()
    service.qtbot.waitUntil(lambda: not logind.held_up)


def test_after_a_sleep_the_next_one_is_delayed_too(service, logind):
    logind.sleeps(begins=True)
    service.qtbot.waitUntil(lambda: not logind.held_up)
    logind.sleeps(begins=False)
    service.qtbot.waitUntil(lambda: logind.held_up)
    logind.sleeps(begins=True)
    service.hears(2)


def test_a_stopped_watch_reports_nothing_and_delays_no_sleep(service, logind, qtbot):
    service.watch.stop()
    logind.locks()
    logind.sleeps(begins=True)
    qtbot.waitUntil(lambda: not logind.held_up)

    assert service.received == 0
    assert not service.watch.knows_screen


def test_a_session_is_found_by_its_id_if_logind_does_not_know_our_process(bus, qtbot):
    from private_bus import Logind  # noqa: PLC0415

    logind = Logind(bus, knows=("2",))
    service = Desk(bus, None, qtbot, {"XDG_SESSION_ID": "2"})
    service.knows()
    logind.locks()
    service.hears()
    service.watch.stop()
    logind.close()


@pytest.mark.parametrize("name", SCREEN_SAVERS)
def test_a_screen_saver_is_reported_when_it_starts_and_not_when_it_ends(bus, qtbot, name):
    from private_bus import ScreenSaver  # noqa: PLC0415

    saver = ScreenSaver(bus, name)
    service = Desk(None, bus, qtbot)
    service.knows()
    saver.turns(on=False)
    saver.turns(on=True)
    service.hears()

    assert service.received == 1
    service.watch.stop()
    saver.close()


@pytest.fixture
def make_bench(qapp, theme, tmp_path, qtbot, monkeypatch):
    made = []

    def make(watch):
        from desktop_bench import DesktopBench  # noqa: PLC0415  after the conftest chose the screen

        made.append(DesktopBench(qapp, tmp_path / "data", qtbot, monkeypatch, watch=watch))
        return made[0]

    yield make
    made[0].close()


def test_the_vault_is_locked_before_the_machine_sleeps(bus, logind, make_bench, qtbot):
    bench = make_bench(LinuxWatch({"DBUS_SYSTEM_BUS_ADDRESS": bus.address})).open()
    qtbot.waitUntil(lambda: logind.held_up)
    logind.sleeps(begins=True)
    qtbot.waitUntil(lambda: not logind.held_up)

    assert bench.vault is None


def test_without_a_bus_nothing_is_reported_and_nothing_fails(qapp, qtbot):
    service = Desk(None, None, qtbot)

    assert not service.watch.knows_screen
    service.watch.poll()
    service.watch.stop()


def test_an_address_that_could_be_a_network_is_not_used():
    assert local_only("tcp:host=example.org,port=1;unix:path=/run/bus") == "unix:path=/run/bus"
    assert local_only("unixexec:path=/bin/sh") == ""
    assert local_only("autolaunch:") == ""
    assert local_only("nonce-tcp:host=localhost,port=1,noncefile=/x") == ""


def test_the_session_bus_is_where_the_session_says_or_in_its_own_folder(tmp_path):
    assert session_address({}) == ""
    assert session_address({"XDG_RUNTIME_DIR": str(tmp_path)}) == ""
    (tmp_path / "bus").touch()
    assert session_address({"XDG_RUNTIME_DIR": str(tmp_path)}) == f"unix:path={tmp_path}/bus"
    assert session_address({"DBUS_SESSION_BUS_ADDRESS": "unix:path=/x", "XDG_RUNTIME_DIR": "/y"}) == "unix:path=/x"
