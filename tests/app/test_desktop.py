"""The app as a whole: imports before the first paint, gates, locking, closing, and inner errors."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading

import pytest
import shiboken6
import window_fakes as fakes
from desktop_bench import running_desktop
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel, QPushButton
from qt_events import process_events
from vaults import PASSPHRASE, make_vault
from waiting import GENEROUS_S

from balint_desktop.app import desktop as app_module
from balint_desktop.app.known_vaults import KnownVaults
from balint_desktop.data_folder import DataFolder
from balint_desktop.domain.study.doors import Door
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.sealed.lock import FileLock
from balint_desktop.ui.shell.bugs import describe_exception, hook_for
from balint_desktop.ui.shell.messages import Messages
from balint_desktop.ui.shell.shell import PlaceKey
from balint_desktop.ui.shell.start_options import has_display, parse
from balint_desktop.ui.vault_access.first_start import FirstStart
from balint_desktop.ui.vault_access.unlock import Unlock
from balint_desktop.ui.vault_access.unlock_form import UnlockForm
from balint_desktop.ui.widgets import clipboard
from balint_desktop.vault import opening
from balint_desktop.vault.vault import VaultState

_LIGHT = {"QtCore", "QtGui", "QtWidgets"}
_HEAVY = ["apsw", "pyrage", "zxcvbn", "sounddevice", "soundfile", "psutil", "numpy", "wakepy", "jeepney"]
# The modules of a gate; everything else is imported when the place that needs it is built.
_GATE = {"app", "data_folder", "domain", "i18n", "resources", "sealed", "text", "ui", "vault"}
_GATE_UI = {"shell", "theme", "widgets", "vault_access", "locking"}
_FIRST_PAINT = """
import json, sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from balint_desktop.app.desktop import Desktop
from balint_desktop.data_folder import DataFolder
from balint_desktop.domain.clock import SystemClock
app = QApplication([])
desktop = Desktop(app, DataFolder(Path(sys.argv[1])), SystemClock(), timer_only="--timer-only" in sys.argv)
desktop.start()
app.processEvents()
print(json.dumps(sorted(sys.modules)))
desktop.shell.close()
desktop.shutdown()
"""


@pytest.fixture
def made_vault(tmp_path):
    """A data folder with a vault, and its recovery key."""
    data = DataFolder(tmp_path / "with-vault")
    return data, make_vault(data.vault).recovery_key


@pytest.fixture
def desktop(qapp, theme, tmp_path, qtbot):
    """An app over an empty data folder."""
    with running_desktop(qapp, DataFolder(tmp_path / "data"), qtbot) as made:
        made.start()
        yield made


@pytest.fixture
def desktop_with_vault(qapp, theme, made_vault, qtbot):
    """An app over a vault created earlier."""
    with running_desktop(qapp, made_vault[0], qtbot) as made:
        made.start()
        yield made


def press(desktop, name):
    desktop.shell.findChild(QPushButton, name).click()


def gate(desktop, kind):
    return next((g for g in desktop.shell.findChildren(kind) if g.isVisible()), None)


def unlock(desktop, qtbot, typed=PASSPHRASE):
    at = gate(desktop, UnlockForm)
    at.secret.setText(typed)
    at.open_button.click()
    qtbot.waitUntil(lambda: not shiboken6.isValid(at) or at.open_button.isEnabled())


@pytest.mark.parametrize("way", ["first start", "unlock", "timer only"])
def test_little_besides_qt_is_imported_before_the_first_paint(tmp_path, made_vault, way):
    folder = made_vault[0].root if way == "unlock" else tmp_path
    options = ["--timer-only"] if way == "timer only" else []
    done = subprocess.run(
        [sys.executable, "-c", _FIRST_PAINT, str(folder), *options],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=True,
        timeout=GENEROUS_S,
    )
    modules = json.loads(done.stdout)
    qt = {m.removeprefix("PySide6.") for m in modules if m.startswith("PySide6.Qt")}

    assert qt == _LIGHT
    if way != "timer only":
        own = [name.split(".") for name in modules if name.startswith("balint_desktop.")]
        assert not set(_HEAVY) & set(modules)
        assert {names[1] for names in own} <= _GATE
        assert {names[2] for names in own if names[1] == "ui" and len(names) > 2} <= _GATE_UI


def test_the_first_start_has_two_ways(desktop):
    assert gate(desktop, FirstStart) is not None


def test_trying_it_now_opens_a_room_and_saves_nothing(desktop, tmp_path, qtbot):
    press(desktop, "try-it-now")

    assert desktop.shell.current is PlaceKey.SESSION
    assert desktop.context.vault.current is None
    assert not (tmp_path / "data" / "vault").exists()


def test_setting_up_leads_to_the_form_for_the_first_group(desktop, qtbot, tmp_path):
    at = gate(desktop, FirstStart)
    press(desktop, "set-up")
    at.passphrase_page.fields.first.setText(PASSPHRASE)
    at.passphrase_page.fields.second.setText(PASSPHRASE)
    qtbot.waitUntil(lambda: bool(at.passphrase_page.fields.strength.text()))
    at.passphrase_page.next_button.click()
    qtbot.waitUntil(lambda: at.recovery_page is not None)
    assert not (tmp_path / "data" / "vault").exists()
    at.recovery_page.next_button.click()
    for number, field in zip(at.type_back_page.asked, at.type_back_page.fields, strict=True):
        field.setText(at.recovery_page.findChild(QLabel, f"recovery-group-{number}").text())
    at.type_back_page.done_button.click()
    qtbot.waitUntil(lambda: desktop.shell.current is PlaceKey.GROUPS)

    assert desktop.shell.findChild(QLabel, "group-editor-heading").text() == "Your first group"
    assert (tmp_path / "data" / "vault" / "passphrase.age").exists()
    assert (tmp_path / "data").stat().st_mode & 0o077 == 0


def test_the_passphrase_opens_every_place(desktop_with_vault, qtbot):
    unlock(desktop_with_vault, qtbot)

    # Transcripts are listed once a group is for research, Analysis once a text is approved.
    for key in set(PlaceKey) - {PlaceKey.SESSION, PlaceKey.TRANSCRIPTS, PlaceKey.ANALYSIS}:
        desktop_with_vault.shell.show_place(key)
        assert desktop_with_vault.shell.current is key


def test_the_window_stays_responsive_while_the_vault_opens(desktop_with_vault, held_child, qtbot):
    vault = desktop_with_vault.context.vault
    at, beats = gate(desktop_with_vault, UnlockForm), []
    timer = QTimer(at, interval=1)
    timer.timeout.connect(lambda: beats.append(vault.current))
    timer.start()
    at.secret.setText(PASSPHRASE)
    at.open_button.click()
    # However long it takes, the window stays responsive.
    qtbot.waitUntil(lambda: len(beats) > 20)
    held_child.set()
    qtbot.waitUntil(lambda: vault.current is not None)

    assert beats[:20] == [None] * 20


def test_a_wrong_passphrase_shows_its_own_sentence(desktop_with_vault, qtbot):
    unlock(desktop_with_vault, qtbot, "not it")

    assert desktop_with_vault.context.vault.current is None
    assert "not this vault’s passphrase" in desktop_with_vault.shell.findChild(QLabel, "unlock-problem").text()


def test_the_recovery_key_opens_the_vault_too_and_explains_what_to_do_next(desktop_with_vault, made_vault, qtbot):
    gate(desktop_with_vault, Unlock).other_way.click()
    unlock(desktop_with_vault, qtbot, made_vault[1])

    assert desktop_with_vault.context.vault.current is not None
    assert "recovery key" in desktop_with_vault.context.messages.last.text


def test_a_second_instance_on_the_same_folder_is_reported(desktop_with_vault, made_vault, qtbot):
    lock = FileLock(made_vault[0].vault / "in-use")
    assert lock.try_acquire()
    unlock(desktop_with_vault, qtbot)
    lock.release()

    assert "open in another window" in desktop_with_vault.shell.findChild(QLabel, "unlock-problem").text()
    assert desktop_with_vault.context.vault.current is None


def test_locking_closes_the_vault_and_every_place(desktop_with_vault, qtbot):
    unlock(desktop_with_vault, qtbot)
    desktop_with_vault.shell.show_place(PlaceKey.GROUPS)
    desktop_with_vault.locking.lock()

    assert desktop_with_vault.context.vault.current is None
    assert gate(desktop_with_vault, Unlock) is not None
    assert desktop_with_vault.shell.place(PlaceKey.GROUPS) is None


def begin_session(desktop, qtbot):
    unlock(desktop, qtbot)
    (group, *_) = desktop.context.vault.current.log.groups.groups() or [None]
    if group is None:
        group = fakes.some_groups()[0]
        desktop.context.vault.current.log.groups.save_group(group)
    row = desktop.context.vault.current.log.sessions.unfinished()
    if row is not None:
        desktop.session.return_to_unfinished()
        return
    desktop.session.get_ready(group.id)
    press(desktop, "open-room")
    press(desktop, "begin")


def test_locking_during_a_session_leaves_the_room_open(desktop_with_vault, qtbot):
    begin_session(desktop_with_vault, qtbot)
    room = desktop_with_vault.shell.place(PlaceKey.SESSION)
    desktop_with_vault.locking.lock()

    assert desktop_with_vault.context.vault.current.state is VaultState.LOCKED
    assert desktop_with_vault.shell.place(PlaceKey.SESSION) is room
    assert room.isVisible()


def test_unlocking_during_a_session_does_not_load_the_recording_keys(desktop_with_vault, qtbot):
    begin_session(desktop_with_vault, qtbot)
    desktop_with_vault.locking.lock()
    press(desktop_with_vault, "room-unlock")
    unlock(desktop_with_vault, qtbot)

    assert desktop_with_vault.context.vault.current.state is VaultState.IN_SESSION
    assert desktop_with_vault.shell.current is PlaceKey.SESSION


def test_a_running_session_is_closed_only_at_the_second_request(desktop_with_vault, qtbot):
    begin_session(desktop_with_vault, qtbot)
    desktop_with_vault.shell.close()
    assert desktop_with_vault.shell.isVisible()
    assert "still running" in desktop_with_vault.shell.findChild(QLabel, "notice-closing").text()
    # The banner above the room would push it down.
    assert desktop_with_vault.shell.banner.words == ""

    desktop_with_vault.shell.close()

    assert not desktop_with_vault.shell.isVisible()


def test_an_unfinished_session_is_shown_on_today(desktop_with_vault, made_vault, qtbot):
    begin_session(desktop_with_vault, qtbot)
    desktop_with_vault.session.discard()
    desktop_with_vault.locking.lock()
    unlock(desktop_with_vault, qtbot)

    assert "session 1, began today at" in desktop_with_vault.shell.findChild(QLabel, "unfinished-words").text()


def test_recordings_ask_for_the_passphrase_after_a_session_dropped_the_keys(desktop_with_vault, qtbot):
    unlock(desktop_with_vault, qtbot)
    desktop_with_vault.context.vault.current.begin_session()
    desktop_with_vault.shell.show_place(PlaceKey.RECORDINGS)
    assert gate(desktop_with_vault, Unlock) is not None
    unlock(desktop_with_vault, qtbot)

    assert desktop_with_vault.shell.current is PlaceKey.RECORDINGS
    assert desktop_with_vault.context.vault.current.state is VaultState.OPEN


def test_the_clock_alone_is_available_while_the_vault_is_locked(desktop_with_vault, qtbot):
    gate(desktop_with_vault, Unlock).clock_alone.click()

    assert desktop_with_vault.shell.current is PlaceKey.TODAY
    press(desktop_with_vault, "way-to-vault")
    assert gate(desktop_with_vault, Unlock) is not None


def test_a_vault_stays_closed_if_its_gate_was_left_while_it_opened(desktop_with_vault, made_vault, qtbot):
    at = gate(desktop_with_vault, UnlockForm)
    at.secret.setText(PASSPHRASE)
    at.open_button.click()
    (task,) = (thread for thread in threading.enumerate() if thread.name.startswith("vault-task"))
    press(desktop_with_vault, "unlock-clock-alone")
    process_events()
    assert not shiboken6.isValid(at)
    qtbot.waitUntil(lambda: not task.is_alive())
    process_events()

    assert desktop_with_vault.context.vault.current is None
    lock = FileLock(made_vault[0].vault / "in-use")
    assert lock.try_acquire()
    lock.release()


def test_timer_only_offers_no_vault(qapp, theme, tmp_path, qtbot):
    with running_desktop(qapp, DataFolder(tmp_path), qtbot, timer_only=True) as made:
        made.start()

        assert made.shell.current is PlaceKey.TODAY
        assert made.shell.findChild(QPushButton, "way-to-vault") is None
        assert made.shell.findChild(QPushButton, "place-groups") is None


def test_without_a_display_it_prints_one_sentence_and_exits_with_code_one(monkeypatch, capsys):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(app_module.start_options, "has_display", lambda: has_display(os.environ, "linux"))

    assert app_module.main([]) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_a_display_is_required_on_linux_but_not_on_windows():
    assert has_display({}, "win32")
    assert not has_display({}, "linux")
    assert has_display({"WAYLAND_DISPLAY": "wayland-0"}, "linux")


def test_the_command_line_options_are_those_of_the_design():
    assert parse(["--timer-only", "--data-dir", "/there"]).data_dir == "/there"
    with pytest.raises(SystemExit) as ended:
        parse(["--nonsense"])
    assert ended.value.code == 2


def test_an_inner_error_is_reported_calmly_and_quotes_nothing(capsys, qtbot, inner_errors):
    messages = Messages()
    hook_for(messages)(ValueError, ValueError("P3 cried"), None)

    assert "Something went wrong" in messages.last.text
    assert "P3" not in capsys.readouterr().err + messages.last.text


def test_an_uncaught_trouble_is_reported_in_its_own_words(qtbot, inner_errors):
    messages = Messages()
    error = Trouble(TroubleCode.DISK_FULL)
    hook_for(messages)(type(error), error, None)

    assert "disk is full" in messages.last.text


def test_the_developer_message_names_the_exception_type_and_location():
    assert describe_exception(ValueError, None).startswith("balint-desktop: ValueError at")


def test_locking_releases_the_vault(made_vault, desktop_with_vault, qtbot):
    unlock(desktop_with_vault, qtbot)
    desktop_with_vault.locking.lock()
    lock = FileLock(made_vault[0].vault / "in-use")

    assert lock.try_acquire()
    lock.release()


def test_what_is_copied_asks_the_gate_of_names_for_as_long_as_the_window_lives(qapp, theme, made_vault, qtbot):
    data, _key = made_vault
    with running_desktop(qapp, data, qtbot) as made:
        made.start()
        assert not clipboard.may_copy(Door.COPIED_ROWS, "day")
        assert made.context.messages.last.text.startswith("Names are locked")
        assert made.context.messages.way_to(Trouble(TroubleCode.NAMES_LOCKED, group="g")) is not None
    assert clipboard.may_copy(Door.COPIED_ROWS, "day")


# --- another vault ---


def test_another_vault_has_an_app_of_its_own_and_the_first_is_closed(qapp, theme, made_vault, tmp_path, qtbot):
    first, key = made_vault
    secret = opening.secret_by_recovery_key(first.vault, key)
    other = DataFolder(tmp_path / "coder-2", models_root=first.root)
    others_secret = make_vault(other.vault).secret
    with running_desktop(qapp, first, qtbot) as desktop:
        desktop.start()
        desktop.context.vault.unlock(secret)
        desktop.gates.vault_chosen.emit(other.root)
        assert desktop.next_root == other.root
        assert not desktop.shell.isVisible()
        desktop.shutdown()
        assert desktop.context.vault.current is None
        held = FileLock(first.vault / "in-use")
        assert held.try_acquire()
        held.release()
    with running_desktop(qapp, other, qtbot, home=first) as desktop:
        desktop.start()
        assert isinstance(desktop.shell.gate, Unlock)
        desktop.gates.passed.emit()
        assert KnownVaults(first.root / "vaults.json").folders() == ()
        desktop.context.vault.unlock(others_secret)
        desktop._remember_vault()

        assert KnownVaults(first.root / "vaults.json").folders() == (other.root,)
        assert not (other.root / "vaults.json").exists()
        assert desktop.context.data.models == first.root / "models"


def test_the_default_vault_is_on_no_list(desktop_with_vault, made_vault):
    desktop_with_vault.context.vault.unlock(opening.secret_by_recovery_key(made_vault[0].vault, made_vault[1]))
    desktop_with_vault._remember_vault()

    assert not (made_vault[0].root / "vaults.json").exists()


def test_a_window_in_use_is_not_closed_for_another_vault(desktop_with_vault, tmp_path):
    desktop_with_vault.shell.may_close = lambda: False
    desktop_with_vault.gates.vault_chosen.emit(tmp_path)

    assert desktop_with_vault.next_root is None
    assert desktop_with_vault.shell.isVisible()
