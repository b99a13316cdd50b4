"""Time follows the boot clock, through sleep and changes of the system's time."""

from __future__ import annotations

import ctypes
import sys
import time
from types import ModuleType, SimpleNamespace

import pytest
from clocks import WoundClock
from other_systems import RecordedCalls, load_as

from balint_desktop.domain import clock
from balint_desktop.domain.clock import SystemClock, earlier


@pytest.fixture
def fresh_boot_id():
    clock._boot_id.cache_clear()
    yield
    clock._boot_id.cache_clear()


def test_time_follows_the_boot_clock_while_the_system_time_is_changed():
    wound = WoundClock()
    before = wound.now()
    wound.advance(60)
    wound.set_wall(-3600)

    assert wound.now().same_boot(before)
    assert wound.now().seconds_since(before) == 60


def test_across_a_reboot_only_wall_time_is_left():
    wound = WoundClock()
    before = wound.now()
    wound.reboot(90)

    assert not wound.now().same_boot(before)
    assert wound.now().seconds_since(before) == 90


def test_an_earlier_moment_is_in_the_same_boot():
    now = WoundClock().now()

    assert now.seconds_since(earlier(now, 2.5)) == 2.5
    assert earlier(now, 2.5).wall == now.wall - 2.5


def test_the_system_clock_identifies_this_boot_and_never_runs_backwards():
    first, second = SystemClock().now(), SystemClock().now()

    assert first.same_boot(second)
    assert 0 <= second.seconds_since(first) < 60
    assert abs(first.wall - time.time()) < 60


@pytest.mark.parametrize(("platform", "asked"), [("linux", "CLOCK_BOOTTIME"), ("darwin", "CLOCK_MONOTONIC_RAW")])
def test_each_system_uses_the_clock_that_counts_sleep(monkeypatch, platform, asked):
    monkeypatch.setattr(clock.sys, "platform", platform)
    monkeypatch.setattr(clock.time, asked, asked, raising=False)
    monkeypatch.setattr(clock.time, "clock_gettime", {asked: 42.0}.__getitem__)

    assert clock._seconds_since_boot() == 42.0


def test_windows_counts_milliseconds_since_boot(monkeypatch):
    class Tick:
        restype = None

        def __call__(self):
            assert self.restype is ctypes.c_uint64
            return 42_500

    monkeypatch.setattr(clock.sys, "platform", "win32")
    kernel = SimpleNamespace(kernel32=SimpleNamespace(GetTickCount64=Tick()))
    monkeypatch.setattr(ctypes, "windll", kernel, raising=False)

    assert clock._seconds_since_boot() == 42.5


def test_an_unknown_system_has_at_least_a_clock_that_never_runs_backwards(monkeypatch):
    monkeypatch.setattr(clock.sys, "platform", "unknown")
    monkeypatch.setattr(clock.time, "monotonic", lambda: 7.0)

    assert clock._seconds_since_boot() == 7.0


@pytest.mark.parametrize(("platform", "asked"), [("linux", "CLOCK_MONOTONIC"), ("darwin", "CLOCK_UPTIME_RAW")])
def test_each_system_is_asked_for_the_clock_that_counts_no_sleep(monkeypatch, platform, asked):
    monkeypatch.setattr(clock.sys, "platform", platform)
    monkeypatch.setattr(clock.time, asked, asked, raising=False)
    monkeypatch.setattr(clock.time, "clock_gettime", {asked: 41.0}.__getitem__)

    assert clock.awake_s() == 41.0


def test_windows_counts_its_time_awake_in_ten_millionths_of_a_second(monkeypatch):
    def query(units):
        units._obj.value = 415_000_000

    kernel = SimpleNamespace(kernel32=SimpleNamespace(QueryUnbiasedInterruptTime=query))
    monkeypatch.setattr(clock.sys, "platform", "win32")
    monkeypatch.setattr(ctypes, "windll", kernel, raising=False)

    assert clock.awake_s() == 41.5


def test_a_system_we_do_not_know_counts_as_awake_all_the_time(monkeypatch):
    monkeypatch.setattr(clock.sys, "platform", "unknown")
    monkeypatch.setattr(clock.time, "monotonic", lambda: 7.0)

    assert clock.awake_s() == 7.0


def test_without_a_kernel_id_a_boot_is_identified_by_its_minute(monkeypatch, fresh_boot_id):
    monkeypatch.setattr(clock, "Path", lambda _: SimpleNamespace(exists=lambda: False))
    monkeypatch.setattr(clock, "_seconds_since_boot", lambda: 30.0)
    monkeypatch.setattr(clock.time, "time", lambda: 6_030.0)

    assert clock._boot_id() == "booted-100"


def test_the_kernels_id_identifies_the_boot(monkeypatch, fresh_boot_id):
    kernels = SimpleNamespace(exists=lambda: True, read_text=lambda **_: "abc\n")
    monkeypatch.setattr(clock, "Path", lambda _: kernels)

    assert clock._boot_id() == "abc"


def no_kernel_file(module):
    module.Path = lambda _: SimpleNamespace(exists=lambda: False)


def test_a_mac_identifies_its_boot_by_the_kernels_own_id(monkeypatch):
    def sysctl(name, found, size, new, new_size):
        assert (name, size._obj.value, new, new_size.value) == (b"kern.bootsessionuuid", 64, None, 0)
        found.value = b"3F2C0D5E-BOOT"
        return 0

    macs = load_as("darwin", clock)
    no_kernel_file(macs)
    monkeypatch.setattr(ctypes, "CDLL", lambda _name, **_options: RecordedCalls(sysctlbyname=sysctl))

    assert macs._boot_id() == "3F2C0D5E-BOOT"


def fake_registry(answer):
    class Key:
        def __enter__(self):
            return "key"

        def __exit__(self, *_):
            return None

    registry = ModuleType("winreg")
    registry.HKEY_LOCAL_MACHINE = 1
    registry.OpenKey = lambda root, path: Key() if (root, path.endswith("PrefetchParameters")) == (1, True) else None
    registry.QueryValueEx = answer
    return registry


def test_windows_identifies_its_boot_by_its_count_of_boots(monkeypatch):
    registry = fake_registry(lambda key, name: {("key", "BootId"): (417, 4)}[key, name])
    windows = load_as("win32", clock)
    no_kernel_file(windows)
    monkeypatch.setitem(sys.modules, "winreg", registry)

    assert windows._boot_id() == "boot-417"


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_where_the_system_does_not_say_the_boots_minute_is_left(monkeypatch, platform):
    def missing(*_arguments, **_options):
        raise OSError(2, "missing")

    loaded = load_as(platform, clock)
    no_kernel_file(loaded)
    monkeypatch.setitem(sys.modules, "winreg", fake_registry(missing))
    monkeypatch.setattr(ctypes, "CDLL", missing)
    loaded._seconds_since_boot = lambda: 30.0
    loaded.time = SimpleNamespace(time=lambda: 6_030.0)

    assert loaded._boot_id() == "booted-100"
