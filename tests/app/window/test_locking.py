"""Locking in the real window: what triggers it, what it hides, what continues, and what is released."""

from __future__ import annotations

import gc

import pytest
from desktop_bench import DesktopBench
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLineEdit
from qt_events import process_events
from vaults import PASSPHRASE, seal_quickly

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import MarkKind, RecordingState
from balint_desktop.recordings.inputs import RecordingInputs
from balint_desktop.recordings.summary import Condition, OpenRecording, RecordingSummary
from balint_desktop.recordings.timeline import JoinedRecording
from balint_desktop.sealed.keys import Identity
from balint_desktop.ui.debrief.debrief import DebriefPlace
from balint_desktop.ui.export.save_dialog import ask_where_to_save
from balint_desktop.ui.room.room import RoomPlace
from balint_desktop.ui.shell.shell import PlaceKey
from balint_desktop.ui.vault_access.unlock import Unlock
from balint_desktop.vault.log.database import Database
from balint_desktop.vault.secret import VaultSecret
from balint_desktop.vault.state import VaultState
from balint_desktop.vault.vault import OpenVault

NEW = "walnut glacier piano seventeen moth"


@pytest.fixture
def bench(qapp, theme, tmp_path, qtbot, monkeypatch):
    made = DesktopBench(qapp, tmp_path / "data", qtbot, monkeypatch)
    yield made
    made.close()


def at_gate(bench):
    return bench.vault is None and isinstance(bench.shell.gate, Unlock)


def locked_room(bench):
    return bench.vault.state is VaultState.LOCKED and isinstance(bench.room, RoomPlace) and bench.room.isVisible()


# --- what locks ---


def test_ten_idle_minutes_lock_the_vault(bench):
    bench.open()
    bench.pass_time(9.9)
    assert bench.vault is not None
    bench.pass_time(0.1)

    assert at_gate(bench)


@pytest.mark.parametrize(
    "touch",
    [
        lambda window: QTest.keyClick(window, Qt.Key.Key_Shift),
        lambda window: QTest.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier),
        lambda window: QTest.mouseMove(window, QPoint(200, 30)),
        lambda window: QTest.mouseClick(window, Qt.MouseButton.LeftButton, pos=QPoint(400, 500)),
    ],
    ids=["key", "shortcut", "mouse moved", "mouse pressed"],
)
def test_a_key_or_the_mouse_resets_the_idle_minutes(bench, touch):
    bench.open()
    bench.pass_time(9)
    touch(bench.shell.windowHandle())
    process_events()
    bench.pass_time(9)

    assert bench.vault is not None


def test_locking_the_screen_locks_the_vault(bench):
    bench.open()
    bench.watch.lock_due()

    assert at_gate(bench)


def test_a_sleep_locks_on_return_even_if_never_was_chosen(bench):
    bench.open()
    bench.desktop.locking.choose_minutes(0)
    bench.pass_time(600)
    assert bench.vault is not None
    bench.sleep(30)

    assert at_gate(bench)


def test_the_chosen_minutes_apply_also_after_the_next_unlock(bench):
    bench.open()
    bench.desktop.locking.choose_minutes(30)
    bench.desktop.locking.lock()
    bench.open()
    bench.pass_time(29)

    assert bench.vault is not None
    bench.pass_time(1)
    assert at_gate(bench)


def test_playback_counts_as_activity(bench, monkeypatch):
    bench.open()
    bench.shell.show_place(PlaceKey.RECORDINGS)
    place = bench.shell.place(PlaceKey.RECORDINGS)
    monkeypatch.setattr(type(place), "is_in_use", property(lambda _: True))
    bench.pass_time(50)

    assert bench.vault is not None


def test_nothing_records_when_the_user_was_idle(bench):
    bench.open()
    before = [(row.act, row.wall) for row in bench.vault.log.audit.rows()]
    bench.pass_time(10)
    bench.open()

    assert [(row.act, row.wall) for row in bench.vault.log.audit.rows()] == before


# --- at the gate ---


def test_input_at_the_gate_is_cleared_when_the_screen_locks(bench):
    bench.open()
    bench.desktop.locking.lock()
    bench.form.secret.setText(PASSPHRASE)
    bench.watch.lock_due()

    assert bench.form.secret.text() == ""


def test_a_passphrase_being_checked_opens_nothing_once_the_screen_is_locked(bench):
    bench.open()
    bench.desktop.locking.lock()
    asked = bench.form
    answers = []
    bench.desktop.context.vault_processes.by_passphrase = lambda take: lambda *asked: answers.append((take, asked[2]))
    asked.secret.setText(PASSPHRASE)
    asked.open_button.click()
    bench.watch.lock_due()
    ((take, failed),) = answers
    with pytest.raises(Trouble) as refused:
        take(bench.made.secret)
    failed(refused.value)

    assert at_gate(bench)
    assert "vault is locked" in bench.reads("unlock-problem")


# --- what is released ---


HOLDERS = (Identity, VaultSecret, OpenVault, Database, OpenRecording, RecordingInputs)


def held():
    gc.collect()
    return [one for one in gc.get_objects() if type(one) in HOLDERS]


def held_since(before):
    """Return the kinds of objects held now and not before."""
    return {type(one) for one in held() if id(one) not in before}


def referrers(of):
    gc.collect()
    return gc.get_referrers(of)


def look_everywhere(bench):
    """Visit every place, and open a recording."""
    for key in (*PlaceKey, PlaceKey.RECORDINGS):
        bench.shell.show_place(key)
    place = bench.shell.place(PlaceKey.RECORDINGS)
    opened = OpenRecording(RecordingSummary("r", Condition.COMPLETE), JoinedRecording(), sounds={1: b"OggS"})
    place._sources = {"r": RecordingInputs("r", bench.vault.folder, bench.vault._identities)}
    place._opened = opened
    place._playback.load(opened)


def test_after_locking_no_key_and_no_opened_recording_is_referenced(bench):
    before = {id(one) for one in held()}
    bench.open()
    look_everywhere(bench)
    assert held_since(before) >= {Identity, OpenVault, Database, OpenRecording, RecordingInputs}
    bench.press("place-settings", "settings-parts-vault", "settings-lock")

    # A thread releases what it was reading as soon as it has read it.
    bench.qtbot.waitUntil(lambda: not held_since(before))


def test_after_locking_no_object_holds_the_keys_themselves(bench):
    secret = VaultSecret.from_text(bench.made.secret.to_text())
    texts = [secret.log_key, secret.identities[0].secret]
    assert all(referrers(text) for text in texts)
    bench.desktop.context.vault.unlock(secret)
    bench.desktop.places.open()
    look_everywhere(bench)
    del secret
    bench.desktop.locking.lock()

    def holders():
        return [holder for text in texts for holder in referrers(text) if holder is not texts]

    bench.qtbot.waitUntil(lambda: not holders())


def test_locking_during_a_session_retains_only_the_logs_key(bench):
    bench.lead()
    bench.desktop.locking.lock()

    assert bench.vault._identities == ()
    with pytest.raises(Trouble) as refused:
        bench.vault.secrets()
    assert refused.value.code is TroubleCode.VAULT_LOCKED
    assert bench.vault.log.sessions.unfinished() is not None


def test_a_finished_session_holds_no_vault_after_locking(bench):
    before = {id(one) for one in held()}
    bench.lead(record=False).end()
    bench.press("to-debrief", "closing-done")
    bench.desktop.locking.lock()

    # A thread releases what it was reading as soon as it has read it.
    bench.qtbot.waitUntil(lambda: not held_since(before))


def test_locking_stops_playback(bench):
    class Deck:
        closed = False

        def close(self):
            self.closed = True

    bench.open()
    bench.shell.show_place(PlaceKey.RECORDINGS)
    playback = bench.shell.place(PlaceKey.RECORDINGS)._playback
    deck = playback._deck = Deck()
    bench.watch.lock_due()

    assert deck.closed


def test_locking_clears_passphrases_being_typed(bench):
    bench.open()
    bench.shell.show_place(PlaceKey.SETTINGS)
    bench.press("settings-parts-vault", "passphrase-change")
    # Passphrases of a change, of new keys, and of sealing a heavy vault again.
    fields = [field for field in bench.shell.findChildren(QLineEdit) if "passphrase" in field.objectName()]
    assert len(fields) == 7
    for field in fields:
        field.setText(PASSPHRASE)
    bench.desktop.locking.lock()

    assert [field.text() for field in fields] == [""] * len(fields)


class Clipboard:
    """The system's clipboard, and X11's selection beside it; the screen of these tests has neither."""

    def __init__(self, *, ours):
        self.ours = ours
        self.cleared = []

    def ownsClipboard(self):  # noqa: N802  Qt's spelling
        return self.ours

    def supportsSelection(self):  # noqa: N802
        return True

    def ownsSelection(self):  # noqa: N802
        return self.ours

    def clear(self, mode=QClipboard.Mode.Clipboard):
        self.cleared.append(mode)


@pytest.mark.parametrize(
    ("ours", "cleared"), [(True, [QClipboard.Mode.Clipboard, QClipboard.Mode.Selection]), (False, [])]
)
def test_locking_clears_text_copied_from_the_window_and_no_other(bench, monkeypatch, ours, cleared):
    clipboard = Clipboard(ours=ours)
    monkeypatch.setattr(QGuiApplication, "clipboard", lambda: clipboard)
    bench.open()
    bench.desktop.locking.lock()

    assert clipboard.cleared == cleared


def test_locking_closes_an_open_file_dialog(bench):
    bench.open()
    chooser = QDialog(bench.shell)
    chooser.open()
    bench.desktop.locking.lock()

    assert not chooser.isVisible()


def test_the_native_file_dialog_closes_without_a_choice(bench):
    bench.open()
    bench.shell.show_place(PlaceKey.RECORDINGS)
    QTimer.singleShot(100, bench.watch.lock_due)

    assert ask_where_to_save(bench.shell.place(PlaceKey.RECORDINGS), "Save", "x.wav", ("WAV (*.wav)",)) is None
    assert at_gate(bench)


# --- in a session ---


def test_idle_minutes_ignore_a_running_session_and_count_again_after_it(bench):
    bench.lead()
    bench.pass_time(45)
    assert bench.vault.state is VaultState.IN_SESSION
    bench.end()
    bench.pass_time(10)

    assert locked_room(bench)


def test_a_forgotten_session_locks_eventually(bench):
    bench.lead(record=False)
    bench.pass_time(91)
    bench.pass_time(10)

    assert locked_room(bench)


def test_a_locked_room_shows_clock_steps_prompts_and_light_but_no_codes(bench):
    bench.lead()
    bench.press("open-who")
    bench.watch.lock_due()

    for name in ("wall-clock", "number-words", "phase-title", "step", "recording-light", "needs-care", "prompts"):
        assert bench.shows(name), name
    for name in ("who", "open-who", "place-groups", "place-log"):
        assert not bench.shows(name), name
    assert bench.reads("room-title") == "Locked"


def test_a_locked_room_keeps_running(bench):
    bench.lead()
    bench.watch.lock_due()
    before = bench.room._view.number
    bench.clock.advance(11 * 60)
    bench.press("step")
    bench.hears(660.0)
    bench.desktop.session.flow._tick()

    assert bench.room._view.number != before
    assert bench.desktop.session.flow.session.state.phase == 1
    assert bench.desktop.session.flow.session.recording.is_running
    assert "stop" not in bench.recorders.last.said


def test_pausing_marking_and_redacting_need_no_passphrase(bench):
    bench.lead()
    bench.watch.lock_due()
    bench.room.acts.mark(MarkKind.WORTH_COMING_BACK_TO)
    bench.press("recording-strike")

    assert "pause" in bench.recorders.last.said
    assert bench.desktop.session.flow.session.state.recording.state is RecordingState.PAUSED


def test_a_paused_recording_resumes_only_with_the_passphrase(bench):
    bench.lead()
    bench.press("recording-pause")
    bench.watch.lock_due()
    assert not bench.shows("recording-resume")
    QTest.keyClick(bench.shell.windowHandle(), Qt.Key.Key_F8)
    with pytest.raises(Trouble):
        bench.desktop.session.flow.session.recording.resume()
    assert "resume" not in bench.recorders.last.said
    bench.press("recording-unlock")
    bench.unlock()
    bench.press("recording-resume", "say-resume-act")

    assert "resume" in bench.recorders.last.said


def test_no_new_recording_starts_while_locked(bench):
    bench.open_room()
    bench.press("begin")
    bench.press("recording-start")
    bench.watch.lock_due()

    assert not bench.shows("recording-start")
    assert not bench.shows("say-start-act")
    with pytest.raises(Trouble):
        bench.desktop.session.flow.session.recording.start(None)
    assert bench.recorders.made == []
    bench.press("recording-unlock")
    assert bench.shows("unlock-secret")


def test_a_recorder_that_dies_while_locked_is_replaced(bench):
    bench.lead()
    bench.hears(60.0)
    bench.clock.advance(60)
    bench.watch.lock_due()
    bench.recorders.last.ends(58.0, TroubleCode.RECORDER_DIED)
    process_events()

    assert len(bench.recorders.made) == 2


def test_a_recording_that_ends_while_locked_has_its_fingerprint_in_the_log(bench):
    bench.lead().end()
    bench.watch.lock_due()
    bench.press("recording-stop", "say-stop-act")
    bench.recorder_ends()

    (row,) = bench.vault.log.recordings.recordings()
    assert row.parts[0].sha256 == "ab" * 32
    assert bench.vault.log.audit.rows()[-1].act == "part-finished"


def test_unlocking_during_a_session_restores_the_room(bench):
    bench.lead()
    room = bench.room
    bench.watch.lock_due()
    bench.press("room-unlock")
    assert bench.shows("recording-light")
    bench.unlock()

    assert bench.room is room
    assert bench.vault.state is VaultState.IN_SESSION
    assert bench.shell.current is PlaceKey.SESSION
    assert bench.reads("room-title") == "Block B, session 1"
    assert bench.shows("open-who")
    assert bench.shows("prompts")
    assert not bench.shows("room-unlock")


def test_a_wrong_passphrase_is_reported_beside_the_clock(bench):
    bench.lead()
    bench.watch.lock_due()
    bench.press("room-unlock")
    bench.unlock("not it")

    assert "not this vault’s passphrase" in bench.reads("unlock-problem")
    assert bench.vault.state is VaultState.LOCKED
    assert bench.shows("recording-light")
    bench.watch.lock_due()
    assert bench.form.secret.text() == ""


def test_the_lock_key_asks_for_the_passphrase_when_already_locked(bench):
    bench.lead()
    bench.shell.lock_asked.emit()
    assert not bench.shows("unlock-secret")
    bench.shell.lock_asked.emit()

    assert bench.shows("unlock-secret")


def test_locking_twice_has_no_further_effect(bench):
    bench.lead()
    bench.watch.lock_due()
    bench.press("room-unlock")
    bench.watch.lock_due()

    assert locked_room(bench)
    assert bench.shows("unlock-secret")


def test_a_room_before_its_start_stays_open_too(bench):
    bench.open_room()
    bench.watch.lock_due()

    assert locked_room(bench)
    bench.press("begin")
    assert bench.desktop.session.flow.session.state.has_begun


def test_the_debrief_waits_for_the_passphrase(bench):
    bench.lead(record=False).end()
    bench.watch.lock_due()
    bench.press("to-debrief")

    assert isinstance(bench.room, RoomPlace)
    bench.unlock()
    bench.press("to-debrief")
    assert isinstance(bench.room, DebriefPlace)


def test_locking_at_the_debrief_shows_the_gate_and_loses_no_text(bench):
    bench.lead(record=False).end()
    bench.press("to-debrief")
    bench.room.note.setPlainText("The group was slow to begin.")
    bench.watch.lock_due()
    assert not bench.shows("process-note")
    assert not bench.shows("unlock-clock-alone")
    bench.watch.lock_due()
    bench.unlock()
    assert bench.room.note.toPlainText() == "The group was slow to begin."
    bench.press("closing-done")

    assert bench.vault.log.sessions.sessions()[0].debrief.process_note == "The group was slow to begin."
    assert bench.shell.current is PlaceKey.TODAY


def test_closing_the_window_while_locked_asks_once_and_seals(bench):
    bench.lead()
    bench.watch.lock_due()
    bench.shell.close()
    assert bench.shell.isVisible()
    assert "still running" in bench.reads("notice-closing")
    bench.shell.close()

    assert not bench.shell.isVisible()


def test_a_locked_session_cannot_be_left_for_other_places(bench):
    bench.lead()
    bench.watch.lock_due()
    for key in (PlaceKey.LOG, PlaceKey.GROUPS, PlaceKey.RECORDINGS, PlaceKey.SETTINGS):
        bench.shell.show_place(key)
        assert bench.shell.current in {None, PlaceKey.SESSION}
    assert bench.vault.state is VaultState.LOCKED


# --- a new passphrase ---


@pytest.fixture
def quick(monkeypatch):
    seal_quickly(monkeypatch)


def change(bench):
    bench.shell.show_place(PlaceKey.SETTINGS)
    section = bench.shell.place(PlaceKey.SETTINGS).vault
    bench.press("settings-parts-vault", "passphrase-change")
    section.old.setText(PASSPHRASE)
    section.new.first.setText(NEW)
    section.new.second.setText(NEW)
    bench.qtbot.waitUntil(lambda: section.new._strength is not None)
    bench.press("new-passphrase-save")


def passphrase_rows(bench):
    return [row for row in bench.vault.log.audit.rows() if row.act == "passphrase-changed"]


def test_a_vault_locked_during_a_passphrase_change_opens_with_the_new_one(bench, quick, held_child, qtbot):
    bench.open()
    change(bench)
    bench.watch.lock_due()
    held_child.set()
    assert bench.vault.state is VaultState.LOCKED
    assert isinstance(bench.shell.gate, Unlock)
    qtbot.waitUntil(lambda: bench.vault is None)
    assert "Passphrase changed" in bench.desktop.context.messages.last.text
    bench.unlock(NEW)

    assert bench.vault.state is VaultState.OPEN
    assert len(passphrase_rows(bench)) == 1


def test_a_passphrase_changed_as_a_session_begins_unlocks_that_session(bench, quick, held_child, qtbot):
    bench.open()
    change(bench)
    bench.shell.show_place(PlaceKey.TODAY)
    bench.lead(record=False)
    bench.watch.lock_due()
    assert not passphrase_rows(bench)
    held_child.set()
    qtbot.waitUntil(lambda: bool(passphrase_rows(bench)))
    bench.press("room-unlock")
    bench.unlock(PASSPHRASE)
    assert "not this vault’s passphrase" in bench.reads("unlock-problem")
    bench.unlock(NEW)

    assert bench.vault.state is VaultState.IN_SESSION
    assert len(passphrase_rows(bench)) == 1
