from types import SimpleNamespace

import psutil
import pytest

from balint_desktop import machine


def missing():
    raise FileNotFoundError("/sys/class/power_supply")


@pytest.mark.parametrize(
    ("sensor", "expected"),
    [
        (lambda: SimpleNamespace(percent=41.6, power_plugged=False), (42, False)),
        (lambda: SimpleNamespace(percent=100, power_plugged=True), (100, True)),
        # Some drivers do not know whether the charger is connected; then the user should check.
        (lambda: SimpleNamespace(percent=80, power_plugged=None), (80, False)),
        (lambda: None, (None, True)),
        (missing, (None, True)),
    ],
    ids=["on battery", "on the charger", "charger unknown", "no battery", "no way to tell"],
)
def test_the_battery_is_reported_where_there_is_one(monkeypatch, tmp_path, sensor, expected):
    monkeypatch.setattr(psutil, "sensors_battery", sensor, raising=False)

    looked = machine.read_machine(tmp_path)

    assert (looked.battery, looked.on_charger) == expected


def test_a_system_without_battery_support_is_no_error(monkeypatch, tmp_path):
    monkeypatch.delattr(psutil, "sensors_battery", raising=False)

    assert machine.read_machine(tmp_path).battery is None


def test_the_disk_is_reported_in_hours_of_recording(monkeypatch, tmp_path):
    monkeypatch.setattr(machine, "free_bytes", lambda _folder: 32_000_000)

    assert machine.read_machine(tmp_path).hours_free == 2.0
