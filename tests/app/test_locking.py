"""The controller of locking: what it closes, what it leaves open, and what idle minutes depend on."""

from __future__ import annotations

import pytest
from app_fakes import FakeUnlock
from PySide6.QtWidgets import QLineEdit

from balint_desktop.app.locking import Locking
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.ui.room.unlock_panel import UnlockPanel
from balint_desktop.ui.shell.place import Place
from balint_desktop.ui.shell.shell import PlaceKey
from balint_desktop.ui.vault_access.unlock_form import UnlockForm


class FakeWatch:
    """A system that reports nothing."""

    knows_screen = False
    is_started = False

    def start(self, _window, _lock):
        self.is_started = True

    def poll(self):
        pass

    def stop(self):
        self.is_started = False


@pytest.fixture
def watch():
    return FakeWatch()


@pytest.fixture
def locking(app, session, watch):
    made = Locking(
        app.context, app.shell, session=session, unlock=FakeUnlock(), awake_s=lambda: 0.0, make_watch=lambda: watch
    )
    yield made
    made.stop()


@pytest.fixture
def heard(locking):
    """Counts how often only the gate was to be shown."""
    times = []
    locking.locked.connect(lambda: times.append(1))
    return times


# --- without a room ---


def test_locking_closes_the_vault_and_shows_the_gate(app, locking, heard):
    assert app.vault
    locking.lock()

    assert app.slot.current is None
    assert heard == [1]


def test_locking_clears_messages_and_undo_history(app, locking):
    assert app.vault
    app.context.undo.push("Something was done.", lambda: None)
    locking.lock()

    assert app.said == ""
    assert app.context.undo.next_words == ""


def test_locking_while_an_act_finishes_in_the_log_drops_the_keys_and_shows_the_gate(app, locking, heard):
    assert app.vault
    release = app.slot.keep_log_open()
    locking.lock()
    assert app.slot.is_locked
    assert heard == [1]

    release()
    assert app.slot.current is None


@pytest.mark.parametrize("is_open", [True, False])
def test_a_lock_overrides_a_passphrase_that_is_being_tried(app, locking, is_open):
    if is_open:
        assert app.vault
    take = app.slot.unlock_unless_locked_since()
    locking.lock()

    with pytest.raises(Trouble) as refused:
        take(app.made.secret)
    assert refused.value.code is TroubleCode.VAULT_LOCKED


def test_locking_at_the_gate_clears_what_is_typed(app, locking, heard):
    form = UnlockForm(lambda *_: None, lambda *_: None)
    app.shell.show_gate(form)
    form.secret.setText("half a passphr")
    locking.lock()

    assert form.secret.text() == ""
    assert heard == []


# --- with a room ---


@pytest.fixture
def room(app, session):
    """A room in view, and Groups behind it."""
    assert app.vault
    app.vault.begin_session()
    app.shell.show_place(PlaceKey.GROUPS)
    app.shell.show_place(PlaceKey.SESSION)
    session.open_room()
    return app.shell.place(PlaceKey.SESSION)


def test_a_room_stays_open_and_its_vault_retains_the_log(app, locking, session, room, heard):
    locking.lock()

    assert app.slot.is_locked
    assert session.calls == ["lock"]
    assert app.shell.place(PlaceKey.SESSION) is room
    assert app.shell.place(PlaceKey.GROUPS) is None
    assert heard == []


def test_locking_from_another_place_returns_to_the_room(app, locking, room):
    app.shell.show_place(PlaceKey.GROUPS)
    locking.lock()

    assert app.shell.current is PlaceKey.SESSION


def test_the_lock_key_locks_and_then_asks_for_the_passphrase(app, locking, session, room):
    locking.on_lock_key()
    assert session.calls == ["lock"]
    locking.on_lock_key()

    assert session.calls == ["lock", "ask_to_unlock"]


def test_during_a_handover_the_lock_key_asks_the_room_behind_it_for_nothing(app, locking, session, room):
    locking.lock()
    app.shell.show_gate(QLineEdit())
    locking.on_lock_key()

    assert session.calls == ["lock"]


def test_the_rooms_own_panel_unlocks_it(app, locking, session, room):
    locking.lock()
    panel = session.panel()
    assert isinstance(panel, UnlockPanel)
    panel.opened.emit(app.slot.current)

    assert session.calls == ["lock", "unlock"]
    panel.deleteLater()


def test_a_page_that_is_no_room_is_shown_again_after_unlocking(app, locking, session, room):
    locking.lock()
    session.shows_room = False
    app.shell.show_gate(QLineEdit())
    locking.unlocked_in_session()

    assert app.shell.current is PlaceKey.SESSION


# --- the watch ---


def test_no_watch_runs_before_a_vault_is_open(locking, watch):
    locking.watch()
    assert not watch.is_started
    assert "warden" not in vars(locking)


def test_the_idle_minutes_are_those_of_the_vault(app, locking, watch):
    app.vault.log.set_setting("lock-after-minutes", "5")
    locking.watch()

    assert watch.is_started
    assert locking.warden.minutes == 5


def test_chosen_idle_minutes_apply_and_are_saved(app, locking):
    assert app.vault
    locking.choose_minutes(30)

    assert locking.warden.minutes == 30
    assert app.vault.log.setting("lock-after-minutes") == "30"


def test_idle_minutes_that_cannot_be_saved_apply_for_now_and_the_failure_is_reported(app, locking):
    locking.choose_minutes(30)

    assert locking.warden.minutes == 30
    assert "vault is locked" in app.said


class Listening(Place):
    is_in_use = True


@pytest.mark.parametrize(
    ("state", "in_use"),
    [
        ("no vault", True),
        ("locked", True),
        ("open", False),
        ("a recording plays", True),
        ("a session's clock runs", True),
        ("a session has ended", False),
    ],
)
def test_idle_minutes_count_only_where_the_user_is_expected_to_touch_the_window(app, locking, session, state, in_use):
    if state != "no vault":
        assert app.vault
    if state == "locked":
        app.vault.lock()
    if state == "a recording plays":
        app.shell.replace_place(PlaceKey.RECORDINGS, Listening("recordings", "Recordings"))
    if "session" in state:
        session.open_room().is_under_way = state == "a session's clock runs"

    assert locking.warden._deps.in_use() is in_use
