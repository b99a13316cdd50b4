"""The first evening in the real window, from an empty folder to the debrief: by a wound clock, with a fake recorder."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from beats import stop_beats
from clocks import WoundClock
from desktop_bench import DesktopBench, FakeWatch
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QPlainTextEdit
from qt_events import process_events
from ready_bench import BUILT_IN, LAPTOP, FakeTryOut
from sealing_recorders import SealingBench
from vaults import PASSPHRASE, seal_quickly

from balint_desktop.app.desktop import Desktop
from balint_desktop.data_folder import DataFolder
from balint_desktop.ui.session import flow as flow_module


class EveningBench(DesktopBench):
    """The window over an empty folder."""

    def __init__(self, app, folder, qtbot, monkeypatch):
        self.qtbot = qtbot
        self.clock = WoundClock()
        self.slept_s = 0.0
        self.watch = FakeWatch()
        self.folder = folder
        self.recorders = SealingBench()
        seal_quickly(monkeypatch)
        stop_beats(monkeypatch)
        monkeypatch.setattr(flow_module, "RecorderHandle", self.recorders)
        monkeypatch.setattr(flow_module, "list_devices", lambda _s: (BUILT_IN,))
        monkeypatch.setattr(flow_module, "TryOut", FakeTryOut)
        monkeypatch.setattr(flow_module, "read_machine", lambda _folder: LAPTOP)
        monkeypatch.setattr(flow_module, "can_keep_awake", lambda _s: True)
        self.desktop = Desktop(
            app, DataFolder(folder), self.clock, awake_s=self._awake_s, make_watch=lambda: self.watch
        )
        qtbot.addWidget(self.desktop.shell)
        self.desktop.start()
        self.shell.resize(1280, 720)

    def lock_and_unlock(self):
        """Lock the vault, whatever is shown, and type the passphrase where it is asked for."""
        self.desktop.locking.lock()
        process_events()
        if self.shows("room-unlock"):
            self.press("room-unlock")
        self.unlock(PASSPHRASE)


class Facilitator:
    """Goes through the first evening. What is done before a press, and how it is pressed, is for others to change."""

    def __init__(self, bench):
        self.bench = bench

    def press(self, *names):
        for name in names:
            self.bench.find(name, QAbstractButton).click()
            process_events()

    def type(self, name, words):
        field = self.bench.find(name)
        field.setFocus()
        if isinstance(field, QLineEdit):
            field.setText(words)
        else:
            field.setPlainText(words)

    def wait(self, until):
        self.bench.qtbot.waitUntil(until)
        process_events()

    # --- the evening ---

    def set_up(self):
        """Choose a passphrase, write down the key and type two blocks of it back."""
        shell, slot = self.bench.shell, self.bench.desktop.context.vault
        self.press("set-up")
        self.type("passphrase-first", PASSPHRASE)
        self.type("passphrase-second", PASSPHRASE)
        self.wait(lambda: bool(self.bench.reads("passphrase-strength")))
        self.press("passphrase-next")
        self.wait(lambda: shell.gate.type_back_page is not None)
        page = shell.gate.type_back_page
        blocks = {number: shell.findChild(QLabel, f"recovery-group-{number}").text() for number in page.asked}
        self.press("recovery-next")
        for number, block in blocks.items():
            self.type(f"type-back-group-{number}", block)
        self.press("type-back-done")
        self.wait(lambda: slot.is_open and shell.gate is None)

    def create_group(self):
        self.type("group-name", "Block B")
        self.press("everyone-agreed-yes", "group-save")

    def get_ready(self):
        self.press("dates-ready")
        self.wait(self.bench.desktop.session.flow.page.can_record)
        self.press("open-room")

    def lead(self):
        """Lead a session with a pause, a minute that is removed and brought back, a mark, and a minute more."""
        bench, flow = self.bench, self.bench.desktop.session.flow
        self.press("begin", "recording-start", "say-start-act")
        for pressed in (
            ("recording-pause",),
            ("recording-resume", "say-resume-act"),
            ("recording-strike", "redaction-undo"),
            ("mark", "mark-name-to-remove"),
        ):
            bench.clock.advance(90)
            bench.hears(flow.session.elapsed_s())
            flow.page.refresh()
            self.press(*pressed)
        while not self.bench.shows("end-now"):
            bench.clock.advance(7 * 60)
            flow.page.refresh()
            self.press("step")
        self.press("end-and-stop")
        bench.recorders.last.ends()
        process_events()
        self.press("to-debrief")

    def debrief(self):
        note = self.bench.find("process-note", QPlainTextEdit)
        note.setPlainText("Slow to begin.")
        self.press("closing-done")

    def whole_evening(self):
        self.set_up()
        self.create_group()
        self.get_ready()
        self.lead()
        self.debrief()
