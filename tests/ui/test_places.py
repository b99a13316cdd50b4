"""Every place: named throughout, in reading order, by keyboard alone, and fitting at every size and theme."""

from __future__ import annotations

import accessible
import pytest
import window_fakes as fakes
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QPushButton, QWidget
from qt_events import process_events
from ready_bench import ReadyBench
from room_bench import EVERYONE, RoomBench

from balint_desktop import resources
from balint_desktop.domain.group.dates import new_plan
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import GroupId
from balint_desktop.ui.debrief.debrief import DebriefPlace
from balint_desktop.ui.group.list.place import GroupsPlace
from balint_desktop.ui.room.unlock_panel import UnlockPanel
from balint_desktop.ui.settings.locking import LockingDeps
from balint_desktop.ui.settings.place import SettingsDeps, SettingsPlace
from balint_desktop.ui.settings.renewal import Renewing
from balint_desktop.ui.settings.vault import VaultDeps
from balint_desktop.ui.shell.messages import Messages
from balint_desktop.ui.shell.shell import PlaceKey, Shell
from balint_desktop.ui.theme.theme import Appearance
from balint_desktop.ui.today.cards import next_sessions
from balint_desktop.ui.today.place import Presented, TodayPlace, TodayView
from balint_desktop.ui.vault_access.first_start import FirstStart, SettingUp
from balint_desktop.ui.vault_access.unlock import Unlock


def group_deps(book):
    return fakes.Dates(book, {GroupId("a"): new_plan(fakes.THURSDAY, 6, "14:00", last_evaluates=True)}).deps()


class Window:
    """The shell with all our places, over memory."""

    def __init__(self, theme, work, qtbot):
        self.messages = Messages()
        self.shell = Shell(self.messages)
        book = fakes.Book(fakes.some_groups())
        view = TodayView(
            tuple(next_sessions(fakes.standings(), fakes.THURSDAY)), "It began at 14:00 today.", open_lines=fakes.OPEN
        )
        care = VaultDeps("/home/me/vault", lambda: None, lambda: None, lambda *_: None, fakes.estimate)
        deps = SettingsDeps(
            theme,
            lambda _: None,
            fakes.Formats(resources.text("formats/student-hour.toml")),
            lambda: None,
            care,
            lambda _: None,
            pass_names=lambda *_: None,
            renewing=Renewing(
                lambda _old, _new, made, _: made(fakes.KEY), lambda: None, fakes.estimate, lambda *_: None
            ),
            locking=LockingDeps(10, lambda _: None, lambda: False),
        )
        add = self.shell.add_place
        add(PlaceKey.TODAY, "Today", lambda: TodayPlace(lambda: view, self.messages, lambda _: Presented()))
        add(
            PlaceKey.GROUPS,
            "Groups",
            lambda: GroupsPlace(book, lambda: fakes.CHOICES, self.messages, book, deps=group_deps(book)),
        )
        add(PlaceKey.SETTINGS, "Settings", lambda: SettingsPlace(deps, work, self.messages))
        self.setting_up = SettingUp(lambda _, made, __: made(fakes.KEY), lambda: None, fakes.estimate, lambda *_: None)
        self.work = work
        self.theme = theme
        self.qtbot = qtbot

    def today(self):
        self.shell.show_place("today")

    def groups(self):
        self.shell.show_place("groups")

    def new_group(self):
        self.groups()
        self.shell.place(PlaceKey.GROUPS).new()

    def group_about(self):
        self.groups()
        self.shell.place(PlaceKey.GROUPS).show_group(fakes.some_groups()[0])

    def readers(self):
        self.groups()
        self.shell.place(PlaceKey.GROUPS).readers_button.click()

    def taking_off_a_reader(self):
        self.readers()
        self.shell.findChild(QPushButton, "known-reader-1-off").click()

    def settings(self):
        self.shell.show_place("settings")

    def settings_part(self, part):
        self.settings()
        place = self.shell.place(PlaceKey.SETTINGS)
        place.parts.show_section(part)
        return place

    def new_passphrase(self):
        self.settings_part("vault").vault.change_button.click()

    def new_keys(self):
        section = self.settings_part("vault").renewal
        section.begin_button.click()
        return section

    def new_recovery_key(self):
        section = self.new_keys()
        section._on_prepared(section._turn, fakes.KEY)
        return section

    def new_key_typed_back(self):
        self.new_recovery_key().recovery_page.next_button.click()

    def format_editor(self):
        self.settings_part("formats").formats._on_copy("student-hour")

    def message(self):
        self.today()
        self.messages.trouble(Trouble(TroubleCode.VAULT_IN_USE, folder="/home/me/vault"))

    def first_start(self):
        gate = FirstStart(self.work, self.messages, self.setting_up)
        self.shell.show_gate(gate)
        return gate

    def passphrase(self):
        gate = self.first_start()
        gate.choice.set_up_button.click()
        return gate

    def recovery_key(self):
        gate = self.passphrase()
        gate._on_passphrase("correct horse battery staple")
        return gate

    def type_back(self):
        self.recovery_key().recovery_page.next_button.click()

    def ready(self, **given):
        page = ReadyBench(self.work, **given).page
        self.shell.replace_place(PlaceKey.TODAY, page)
        self.qtbot.waitUntil(page.microphone.try_button.isEnabled)

    def ready_without_a_microphone(self):
        self.ready(microphones=())

    def closing(self):
        bench = RoomBench(self.theme, "two-cases")
        bench.session.begin(EVERYONE)
        bench.session.end()
        page = DebriefPlace(bench.session, ("What was it like to lead today?",), self.messages)
        self.shell.replace_place(PlaceKey.TODAY, page)

    def locked_room(self):
        bench = RoomBench(self.theme)
        bench.session.begin(EVERYONE)
        bench.session.recording.is_locked = True
        bench.room.lock(UnlockPanel(lambda _p, _o, bad, _asking: bad(Trouble(TroubleCode.WRONG_PASSPHRASE)), None))
        self.shell.set_session_running(True)
        self.shell.replace_place(PlaceKey.TODAY, bench.room)
        return bench.room

    def unlocking_the_room(self):
        self.locked_room().open_unlock()

    def unlock(self):
        gate = Unlock("/home/me/vault", lambda _p, _o, bad, _asking: bad(Trouble(TroubleCode.WRONG_PASSPHRASE)), None)
        self.shell.show_gate(gate)
        gate.secret.setText("wrong")
        gate.open_button.click()


VIEWS = [
    "today",
    "groups",
    "new_group",
    "group_about",
    "settings",
    "new_passphrase",
    "readers",
    "taking_off_a_reader",
    "new_keys",
    "new_recovery_key",
    "new_key_typed_back",
    "format_editor",
    "message",
    "first_start",
    "passphrase",
    "recovery_key",
    "type_back",
    "unlock",
    "ready",
    "ready_without_a_microphone",
    "closing",
    "locked_room",
    "unlocking_the_room",
]


@pytest.fixture
def window(theme, work, look_at, qtbot):
    made = Window(theme, work, qtbot)
    look_at(made.shell)
    yield made
    made.shell.close()


def settle():
    for _ in range(4):
        QCoreApplication.sendPostedEvents()
        process_events()


@pytest.mark.parametrize("view", VIEWS)
def test_every_element_has_a_name(window, view):
    getattr(window, view)()
    settle()

    assert accessible.nameless(window.shell) == []


@pytest.mark.parametrize("view", VIEWS)
def test_tab_follows_the_reading_order(window, view):
    getattr(window, view)()
    settle()

    assert accessible.tab_stops(window.shell)
    assert accessible.out_of_reading_order(window.shell) == []


@pytest.mark.parametrize("view", VIEWS)
def test_every_button_is_reachable_by_keyboard(window, view):
    getattr(window, view)()
    settle()

    assert accessible.unreachable(window.shell) == []


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("appearance", [Appearance.LIGHT, Appearance.CONTRAST])
def test_it_fits_at_1280_by_720(window, theme, view, scale, appearance):
    theme.choose(appearance)
    theme.set_scale(scale)
    getattr(window, view)()
    window.shell.resize(1280, 720)
    settle()

    assert window.shell.size().toTuple() == (1280, 720)
    assert accessible.cut(window.shell) == []


@pytest.mark.parametrize("view", VIEWS)
def test_no_two_visible_buttons_share_a_key(window, view):
    getattr(window, view)()
    settle()
    keys = [
        w.shortcut().toString()
        for w in window.shell.findChildren(QWidget)
        if hasattr(w, "shortcut") and w.isVisibleTo(window.shell) and not w.shortcut().isEmpty()
    ]

    assert len(keys) == len(set(keys))
