"""A vault with two recorded sessions, and their transcription by an engine that a test lets through piece by piece."""

from __future__ import annotations

import pytest
from kept_vaults import keep_session
from played_engine import COMMAND
from small_models import KNOWN, model_folder, store

from balint_desktop.app.transcription import QueuedTranscription, TranscriptionHost
from balint_desktop.domain.study.consent import Purpose
from balint_desktop.transcription import engine_location, model_store
from balint_desktop.vault.transcripts import TranscriptVault

PURPOSES = (Purpose.TRANSCRIPTION,)


class TranscribingBench:
    """A vault with two sessions, the host, and a gate before each piece."""

    def __init__(self, app, qtbot, gate):
        self.app = app
        self.qtbot = qtbot
        self.gate = gate
        self.battery = None
        self.awake = []
        kept = [
            keep_session(app.data.root, purposes=PURPOSES, redacted=False, made=app.made, number=number)
            for number in (3, 4)
        ]
        self.first, self.second = (one.recording for one in kept)
        self.host = self.new_host()
        self.unlock()

    def new_host(self):
        def keep_awake(*, on):
            self.awake.append(on)

        host = TranscriptionHost(self.app.context, lambda: self.battery, keep_awake)
        self.app.slot.closing.connect(host.close)
        return host

    def unlock(self):
        self.app.slot.unlock(self.app.made.secret)
        self.host.resume_queued()

    @property
    def transcripts(self):
        return TranscriptVault(self.app.slot.open_vault())

    def add(self, recording, **ticks):
        self.host.add(QueuedTranscription(recording, "small.en", "en", **ticks))

    def open_gate(self):
        (self.gate / "go").touch()

    def shut_gate(self):
        (self.gate / "go").unlink()

    def shut_pieces(self):
        """Let no piece of the next engine through."""
        for path in self.gate.iterdir():
            path.unlink()

    def let_through(self, piece):
        (self.gate / str(piece)).touch()

    def until(self, condition):
        self.qtbot.waitUntil(condition)

    def read_battery(self, percent):
        """Let the battery have so much left, and the host look at it."""
        self.battery = percent
        self.host._battery_timer.timeout.emit()

    def until_heard(self, recording, pieces):
        """Let so many pieces of a recording through, and wait until they are stored."""
        for piece in range(pieces):
            self.let_through(piece)
        self.until(lambda: self.pieces(recording) == pieces)

    def is_written(self, recording):
        return any(row.recording == recording and row.text_wall is not None for row in self.transcripts.rows())

    def pieces(self, recording):
        folder = self.app.slot.open_vault().places.transcript(recording) / "heard"
        return len(list(folder.glob("*.age"))) if folder.is_dir() else 0


@pytest.fixture
def gate(tmp_path):
    folder = tmp_path / "gate"
    folder.mkdir()
    return folder


@pytest.fixture
def bench(app, qtbot, gate, monkeypatch):
    monkeypatch.setattr(engine_location, "engine_command", lambda: [*COMMAND, str(gate)])
    monkeypatch.setattr(model_store, "shipped_list", lambda: KNOWN)
    store(app.data.root).add(model_folder(app.data.root / "from"))
    made = TranscribingBench(app, qtbot, gate)
    yield made
    made.open_gate()
    made.host.close()
