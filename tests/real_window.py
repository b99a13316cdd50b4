"""The real window on a data folder, operated as a person would."""

from __future__ import annotations

import os
from contextlib import contextmanager

import pytest
from vaults import PASSPHRASE
from waiting import GENEROUS_S

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from balint_desktop.app.desktop import Desktop
from balint_desktop.data_folder import DataFolder
from balint_desktop.domain.clock import SystemClock
from balint_desktop.rehearsal.hand import Hand


class Window(Hand):
    """The window on a data folder, and ways to operate it."""

    def __init__(self, qapp, data, pictures, clock=None):
        super().__init__(pictures)
        self.data = data
        self._closed = False
        self.desktop = Desktop(qapp, DataFolder(data), clock or SystemClock())
        self.desktop.shell.resize(1280, 720)
        self.desktop.start()

    def wait(self, what, until, longest_s=GENEROUS_S):
        super().wait(what, until, longest_s)

    def unlock(self, typed=PASSPHRASE):
        """Type a passphrase or a recovery key; wait for the result."""
        self.type("unlock-secret", typed)
        self.press("unlock-open")
        self.wait("an answer", lambda: not self.sees("unlock-secret") or self._answered())

    def _answered(self):
        return self.reads("unlock-problem") != "Opening…"

    def get_ready(self):
        """Go from Today to getting ready."""
        self.wait("today", lambda: bool(self.names("get-ready-")))
        self.press(self.names("get-ready-")[0])
        self.find_any("open-room")
        # Until then nobody can know whether a session could be recorded, and the room does not open without.
        self.wait("the microphones", lambda: self.reads("recording-available") != "Looking for a microphone…")

    def lead_to_the_end(self):
        """Take every step, and end."""
        while not self.sees("end-now"):
            self.press("step")
        self.press("end-now")

    def start_recording(self):
        self.press("recording-start")
        self.press("say-start-act")

    def stop_recording(self):
        """Stop, and wait until it is sealed."""
        self.press("recording-stop")
        self.press("say-stop-act")
        self.wait("the seal", lambda: self.reads("recording-words") == "Recording sealed")

    def debrief(self):
        self.press("to-debrief")
        self.press("closing-done")
        self.wait("the end", lambda: self.sees("place-today") or self.sees("unlock-secret"))

    def close(self):
        if self._closed:
            return
        self._closed = True
        self.desktop.shell.may_close = lambda: True
        self.desktop.shell.close()
        self.desktop.shutdown()
        self.desktop.context.theme.deleteLater()


@contextmanager
def opened(kept):
    """Open the vault without the window, as another program would."""
    vault = kept.made.open()
    try:
        yield vault
    finally:
        vault.close()


@pytest.fixture
def window_on(qapp, tmp_path):
    """Open the window on a data folder; it is closed at the end."""
    opened = []

    def opens(data, clock=None):
        opened.append(Window(qapp, data, tmp_path, clock))
        return opened[-1]

    yield opens
    for window in opened:
        window.close()
