"""The real window over a real vault, with a wound clock, a fake system and fake recorders."""

from __future__ import annotations

from contextlib import contextmanager

from beats import stop_beats
from clocks import WoundClock
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from qt_events import process_events
from ready_bench import BUILT_IN, EVERYONE, MEMBERS
from session_fakes import RecorderBench
from vaults import PASSPHRASE, make_vault
from waiting import live_until

from balint_desktop.app.desktop import Desktop
from balint_desktop.data_folder import DataFolder
from balint_desktop.domain.clock import SystemClock
from balint_desktop.domain.group.group import Group
from balint_desktop.domain.values import GroupId
from balint_desktop.ui.locking.auto_lock import AutoLock
from balint_desktop.ui.ready.deps import Ready
from balint_desktop.ui.session import flow as flow_module
from balint_desktop.ui.vault_access.unlock_form import UnlockForm
from balint_desktop.vault.secret import VaultSecret

GROUP = Group(GroupId("g"), "Block B", participants=MEMBERS[:6])


class FakeWatch:
    """A system that reports what the test wants."""

    def __init__(self):
        self.knows_screen = True
        self.lock_due = None

    def start(self, window, lock_due):
        self.lock_due = lock_due

    def poll(self):
        pass

    def stop(self):
        self.lock_due = None


@contextmanager
def running_desktop(app, data, qtbot, **options):
    """Run the app over a data folder on the real clock, not started yet; clean up completely afterwards."""
    made = Desktop(app, data, SystemClock(), **options)
    qtbot.addWidget(made.shell)
    yield made
    close(made)


def close(desktop):
    """Close the app, whatever it is doing."""
    desktop.shell.may_close = lambda: True
    desktop.shell.close()
    desktop.shutdown()
    desktop.context.theme.deleteLater()


class DesktopBench:
    """Helpers for tests of locking with the window."""

    def __init__(self, app, folder, qtbot, monkeypatch, *, watch=None):
        self.qtbot = qtbot
        self.clock = WoundClock()
        self.slept_s = 0.0
        self.watch = watch or FakeWatch()
        self.recorders = RecorderBench()
        monkeypatch.setattr(flow_module, "RecorderHandle", self.recorders)
        stop_beats(monkeypatch)
        self.made = make_vault(folder / "vault")
        self.desktop = Desktop(
            app, DataFolder(folder), self.clock, awake_s=self._awake_s, make_watch=lambda: self.watch
        )
        qtbot.addWidget(self.desktop.shell)
        self.desktop.start()

    def _awake_s(self):
        return self.clock.now().boot - self.slept_s

    def close(self):
        close(self.desktop)

    # --- time, and the system's reports ---

    @property
    def warden(self) -> AutoLock:
        return self.desktop.locking.warden

    def pass_time(self, minutes):
        """Let time pass up to the next clock check, without user activity."""
        self.clock.advance(minutes * 60)
        self.warden.beat()

    def sleep(self, seconds):
        self.slept_s += seconds
        self.clock.sleep(seconds)
        self.warden.beat()

    # --- the window ---

    @property
    def shell(self):
        return self.desktop.shell

    @property
    def vault(self):
        return self.desktop.context.vault.current

    @property
    def room(self):
        return self.desktop.session.flow.page

    def open(self):
        """Open the vault with its secret, which skips the time a passphrase takes."""
        self.desktop.context.vault.unlock(VaultSecret.from_text(self.made.secret.to_text()))
        self.desktop.places.open()
        if not self.vault.log.groups.groups():
            self.vault.log.groups.save_group(GROUP)
        return self

    def lead(self, *, record=True):
        """Open the room and begin; record unless told otherwise."""
        self.open_room(record=record)
        self.press("begin")
        if record:
            self.press("recording-start", "say-start-act")
            self.hears(0.1)
        return self

    def open_room(self, *, record=True, format_key="student-hour"):
        self.open()
        ready = Ready(format_key, EVERYONE, BUILT_IN.name, record)
        self.desktop.session.start(lambda flow: flow._open(GROUP, 1, ready))
        return self

    def end(self):
        """Step through the phases to the end; recording continues."""
        while not self.shows("end-now"):
            self.clock.advance(8 * 60)
            self.press("step")
        self.press("end-now")
        return self

    def hears(self, seconds):
        self.recorders.last.hears(seconds)
        process_events()

    def recorder_ends(self, seconds=600.0):
        self.recorders.last.ends(seconds, sha256="ab" * 32)
        process_events()

    def find(self, name, kind=QWidget):
        process_events()
        found = [w for w in self.shell.findChildren(kind, name) if w.isVisibleTo(self.shell)]
        assert found, f"{name} is not shown"
        return found[0]

    def shows(self, name):
        process_events()
        return any(w.isVisibleTo(self.shell) for w in self.shell.findChildren(QWidget, name))

    def press(self, *names):
        for name in names:
            pressed = self.find(name, QAbstractButton)
            if name == "open-room":
                # The room opens once the microphones are listed.
                microphone = self.desktop.session.flow.page.microphone
                live_until(lambda: not microphone.is_searching)  # noqa: B023  called within this turn
            pressed.click()
            if "warden" in vars(self.desktop.locking):
                # As any user would: otherwise hours of the wound clock would have passed without activity.
                self.warden.touched()

    def reads(self, name):
        return self.find(name, QLabel).text()

    @property
    def form(self) -> UnlockForm:
        return next(form for form in self.shell.findChildren(UnlockForm) if form.isVisibleTo(self.shell))

    def unlock(self, typed=PASSPHRASE):
        """Type a passphrase where it is asked for, and wait for the answer."""
        opened = []
        form = self.form
        form.opened.connect(opened.append)
        form.secret.setText(typed)
        form.open_button.click()
        self.qtbot.waitUntil(lambda: bool(opened) or "…" not in form.problem.text())
        process_events()
