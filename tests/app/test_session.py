"""The single current session: how it is begun, resumed and dropped, and what its flow is given."""

from __future__ import annotations

import pytest
import shiboken6
from PySide6.QtCore import QObject, Signal
from qt_events import process_events

from balint_desktop import resources
from balint_desktop.app.session import SessionHost
from balint_desktop.domain.group.group import Group, new_participants
from balint_desktop.domain.session import facts as f
from balint_desktop.domain.session.debrief import Debrief, SessionSetting
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import GroupId, SessionKind
from balint_desktop.ui.session import flow as flow_module
from balint_desktop.ui.shell.place import Place
from balint_desktop.ui.shell.shell import PlaceKey

GROUP = Group(GroupId("g"), "Block B", participants=new_participants(6))


class FakeFlow(QObject):
    """A flow that does nothing by itself. `way` is how it was entered."""

    page_changed = Signal(object)
    running_changed = Signal(bool)
    done = Signal()
    handover_asked = Signal(str)
    agreement_asked = Signal(str)
    refuses = None

    def __init__(self, deps, parent):
        super().__init__(parent)
        self.deps = deps
        self.way = None
        self.is_running = self.is_room_open = self.shows_room = self.is_under_way = False
        self.is_shut_down = False
        self.changed = []

    def without_group(self):
        self.way = "without a group"

    def get_ready(self, group):
        self.way = group
        if self.refuses is not None:
            raise Trouble(self.refuses)

    def return_to(self, row):
        self.way = row

    def consents_changed(self, group):
        self.changed.append(group)

    def shutdown(self):
        self.is_shut_down = True


@pytest.fixture
def host(app, monkeypatch):
    monkeypatch.setattr(flow_module, "SessionFlow", FakeFlow)
    made = SessionHost(app.context, app.shell)
    yield made
    made.discard()


def keep_unfinished(app):
    app.vault.log.groups.save_group(GROUP)
    sessions = app.vault.log.sessions
    session = sessions.start(SessionSetting(GROUP.id, 1, SessionKind.CASE, "student-hour", "key = 'student-hour'"))
    sessions.add_fact(session, f.Began(at=app.clock.now(), present=("P1",)))
    return session


def test_there_is_no_session_at_first(host):
    assert host.flow is None
    assert not any((host.is_running, host.is_room_open, host.shows_room, host.is_under_way))


@pytest.mark.parametrize("name", ["is_running", "is_room_open", "shows_room", "is_under_way"])
def test_the_session_reports_what_its_flow_reports(host, name):
    host.try_it_now()
    assert not getattr(host, name)
    setattr(host.flow, name, True)

    assert getattr(host, name)


def test_trying_it_out_needs_no_group_and_no_vault(host):
    host.try_it_now()

    assert host.flow.way == "without a group"
    assert host.flow.deps.vault is None


def test_a_groups_session_gets_the_open_vault(app, host):
    vault = app.vault
    host.get_ready(GROUP.id)

    assert host.flow.way == GROUP.id
    assert host.flow.deps.vault is vault


def test_its_pages_are_shown_in_the_session_place(app, host):
    host.try_it_now()
    page = Place("ready", "Ready")
    host.flow.page_changed.emit(page)

    assert app.shell.current is PlaceKey.SESSION
    assert app.shell.place(PlaceKey.SESSION) is page


def test_earlier_messages_are_cleared_and_failures_are_reported(app, host, monkeypatch):
    app.context.messages.inform("From before.")
    monkeypatch.setattr(FakeFlow, "refuses", TroubleCode.DISK_FULL)
    host.get_ready(GROUP.id)

    assert "disk is full" in app.said
    assert "From before" not in app.said


def test_a_new_session_replaces_the_previous_one(host):
    host.get_ready(GROUP.id)
    before = host.flow
    host.get_ready(GROUP.id)
    process_events()

    assert host.flow is not before
    assert not shiboken6.isValid(before)


def test_a_session_that_cannot_begin_leaves_the_previous_one_unchanged(host, monkeypatch):
    """Its Get ready page still exists, and locking has to know of a room opened from there."""
    host.get_ready(GROUP.id)
    before = host.flow
    monkeypatch.setattr(FakeFlow, "refuses", TroubleCode.DISK_FULL)
    host.get_ready(GROUP.id)
    process_events()

    assert host.flow is before
    assert not before.is_shut_down


def test_returning_needs_an_unfinished_session(app, host):
    entered = []
    assert app.vault
    app.shell.show_place(PlaceKey.TODAY)
    app.shell.place(PlaceKey.TODAY).enter_view = lambda: entered.append("again")
    host.return_to_unfinished()

    assert host.flow is None
    assert entered == ["again"]


def test_an_unfinished_session_can_be_returned_to(app, host):
    session = keep_unfinished(app)
    host.return_to_unfinished()

    assert host.flow.way.id == session


def test_returning_without_the_keys_asks_for_them(app, host, qtbot):
    keep_unfinished(app)
    app.vault.begin_session()
    with qtbot.waitSignal(host.keys_asked):
        host.return_to_unfinished()

    assert host.flow is None


def test_a_closed_vault_has_no_session_to_return_to(host):
    with pytest.raises(Trouble) as refused:
        host.return_to_unfinished()

    assert refused.value.code is TroubleCode.VAULT_LOCKED


def test_a_changed_consent_reaches_the_current_session(host):
    host.consents_changed(GROUP.id)
    host.try_it_now()
    host.consents_changed(GROUP.id)

    assert host.flow.changed == [GROUP.id]


def test_a_request_for_a_handover_is_passed_on(host, qtbot):
    host.try_it_now()
    with qtbot.waitSignal(host.handover_asked) as asked:
        host.flow.handover_asked.emit(GROUP.id)

    assert asked.args == [GROUP.id]


def test_a_finished_session_is_dropped_with_every_place_before_it_is_announced(app, host):
    seen = []
    host.try_it_now()
    flow = host.flow
    flow.page_changed.emit(Place("room", "Room"))
    host.ended.connect(lambda: seen.append((host.flow, app.shell.place(PlaceKey.SESSION))))
    flow.done.emit()

    assert seen == [(None, None)]
    assert flow.is_shut_down


def test_dropping_without_a_session_does_nothing(host):
    host.discard()

    assert host.flow is None


# --- back in the room after a kill ---


@pytest.mark.parametrize(("after_min", "leads_back"), [(1, True), (59, True), (89, True), (91, False)])
def test_after_a_kill_unlocking_leads_back_to_the_room_while_its_time_runs(app, host, after_min, leads_back):
    session = keep_begun(app)
    app.clock.advance(after_min * 60)
    host.return_if_under_way()

    assert (host.flow is not None) is leads_back
    if leads_back:
        assert host.flow.way.id == session


def test_a_session_that_was_closed_leads_nowhere(app, host):
    session = keep_begun(app)
    app.vault.log.sessions.close(session, Debrief())
    host.return_if_under_way()

    assert host.flow is None


def test_an_open_room_is_not_replaced(app, host):
    keep_begun(app)
    host.get_ready(GROUP.id)
    flow = host.flow
    host.return_if_under_way()

    assert host.flow is flow


def keep_begun(app):
    """Leave a session in the log as a kill leaves it."""
    app.vault.log.groups.save_group(GROUP)
    sessions = app.vault.log.sessions
    hour = SessionSetting(GROUP.id, 1, SessionKind.CASE, "student-hour", resources.text("formats/student-hour.toml"))
    session = sessions.start(hour)
    sessions.add_fact(session, f.Began(at=app.clock.now(), present=("P1",)))
    return session
