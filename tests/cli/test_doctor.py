import json
import os
import subprocess
import sys
from types import SimpleNamespace

import pytest
from bad_vaults import write_as_a_newer_version
from vaults import make_vault

from balint_desktop.capture import devices_handle
from balint_desktop.capture.devices_handle import ComputerSource
from balint_desktop.cli import checks, doctor
from balint_desktop.cli.checks import CheckFailed
from balint_desktop.data_folder import DataFolder
from balint_desktop.domain.trouble import Trouble, TroubleCode


@pytest.fixture
def data(tmp_path):
    return DataFolder(tmp_path / "data")


def asked(**options):
    """Return parsed arguments with these options given."""
    return SimpleNamespace(**{"data_dir": None, "only": None, "self_test": False, "json": False, **options})


def without_a_display():
    return {name: value for name, value in os.environ.items() if name not in {"DISPLAY", "WAYLAND_DISPLAY"}}


def test_opus_sealing_log_and_disk_pass_here(data):
    assert checks.opus(data)
    assert checks.sealing(data)
    assert "no vault" in checks.log(data)
    assert "GB free" in checks.disk(data)
    assert not data.root.exists()


@pytest.mark.parametrize("is_newer", [False, True])
def test_a_complete_vault_passes_and_is_not_called_working_since_it_was_not_opened(data, is_newer):
    made = make_vault(data.vault)
    if is_newer:
        write_as_a_newer_version(made)

    assert "has all its files, but was not opened" in checks.log(data)
    assert "works" not in checks.log(data)


@pytest.mark.parametrize("key", ["microphone", "call"])
def test_no_check_sends_people_to_the_doctor_they_are_at(data, monkeypatch, capsys, key):
    def fail(_seconds):
        raise Trouble(TroubleCode.CHILD_FAILED)

    for name in ("list_devices", "list_computer_sources"):
        monkeypatch.setattr(f"balint_desktop.capture.devices_handle.{name}", fail)
    check = next(one for one in doctor._checks() if one.key == key)

    assert not doctor._report(check, data, as_json=False)
    printed = capsys.readouterr().out
    assert "install the app again" in printed
    assert "doctor" not in printed


def test_a_missing_vault_file_is_reported_by_its_name(data):
    made = make_vault(data.vault)
    (made.folder / "recovery.age").unlink()

    with pytest.raises(CheckFailed, match=r"recovery\.age"):
        checks.log(data)


def test_a_full_disk_is_reported(data, monkeypatch):
    monkeypatch.setattr(checks, "free_bytes", lambda _path: 1000)

    with pytest.raises(Trouble) as raised:
        checks.disk(data)

    assert raised.value.code is TroubleCode.DISK_LOW


def test_a_folder_synced_by_another_program_is_reported(tmp_path):
    with pytest.raises(Trouble) as raised:
        checks.disk(DataFolder(tmp_path / "Dropbox" / "balint"))

    assert raised.value.code is TroubleCode.FOLDER_SHARED


def test_without_a_display_it_explains_what_to_do(data):
    done = subprocess.run(
        [sys.executable, "-m", "balint_desktop", "doctor", "--only", "display"],
        env=without_a_display(),
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1
    assert "rehearse" in done.stderr


def test_every_failure_has_its_own_line_and_one_line_sums_up(data, monkeypatch, capsys):
    def broken(_data):
        raise Trouble(TroubleCode.NO_MICROPHONE)

    monkeypatch.setattr(
        doctor,
        "_checks",
        lambda: (
            doctor.Check("microphone", "microphone", broken),
            doctor.Check("disk", "disk", lambda _data: "all well"),
        ),
    )

    answer = doctor.run(asked(data_dir=str(data.root)))

    assert capsys.readouterr().out.splitlines() == [
        (
            "FAILED  microphone: No microphone was found. The clock and the prompts work without one."
            " Plug one in, close any program that may be using it, or continue without recording."
        ),
        "ok      disk: all well",
    ]
    assert answer.wrong == "1 of 2 checks failed: microphone. Each line above says what to do."


def test_a_script_reads_one_object_a_check(data, monkeypatch, capsys):
    def broken(_data):
        raise CheckFailed("Plug one in.")

    checks_here = (
        doctor.Check("microphone", "microphone", broken),
        doctor.Check("disk", "disk", lambda _data: "all well"),
    )
    monkeypatch.setattr(doctor, "_checks", lambda: checks_here)

    answer = doctor.run(asked(data_dir=str(data.root), json=True))

    assert [json.loads(line) for line in capsys.readouterr().out.splitlines()] == [
        {"id": "microphone", "ok": False, "finding": "Plug one in."},
        {"id": "disk", "ok": True, "finding": "all well"},
    ]
    assert answer.wrong


def test_an_unknown_check_is_reported(data):
    assert doctor.run(asked(only="nothing")).wrong


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ((), "missing sound of a call: This computer has no sound server"),
        ((ComputerSource("a.monitor", "Headset"),), "ok      sound of a call: what plays on Headset can be recorded"),
    ],
)
def test_whether_a_call_can_be_recorded_is_said_and_never_a_failure(data, monkeypatch, capsys, found, expected):
    monkeypatch.setattr(devices_handle, "list_computer_sources", lambda _timeout_s: found)
    only_the_call(monkeypatch)

    answer = doctor.run(asked(data_dir=str(data.root)))

    assert capsys.readouterr().out.startswith(expected)
    assert answer.wrong == ""


@pytest.mark.parametrize(("found", "expected"), [((), None), ((ComputerSource("a.monitor", "Headset"),), True)])
def test_a_script_reads_whether_a_call_can_be_recorded(data, monkeypatch, capsys, found, expected):
    monkeypatch.setattr(devices_handle, "list_computer_sources", lambda _timeout_s: found)
    only_the_call(monkeypatch)

    doctor.run(asked(data_dir=str(data.root), json=True))

    line = json.loads(capsys.readouterr().out)
    assert (line["id"], line["ok"]) == ("call", expected)


def test_asked_alone_what_is_not_there_is_no_failure(data, monkeypatch, capsys):
    monkeypatch.setattr(devices_handle, "list_computer_sources", lambda _timeout_s: ())

    assert doctor.run(asked(data_dir=str(data.root), only="call")).wrong == ""
    assert "has no sound server" in capsys.readouterr().out


def only_the_call(monkeypatch):
    (call,) = [check for check in doctor._checks() if check.key == "call"]
    monkeypatch.setattr(doctor, "_checks", lambda: (call,))
