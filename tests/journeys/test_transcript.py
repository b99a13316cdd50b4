"""From a voice on the microphone to a signed transcript, in the shipped window, with the real engine.

What was said is recorded, sealed, transcribed, corrected by keys, signed off, and opened again by stock age. What was
said off the record is nowhere, and nothing that was said is in any file unsealed.
"""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
import threading
from pathlib import Path

import pytest
from kept_vaults import keep_session
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from real_window import opened, window_on
from spoken import joined, silence, spoken, word_error_rate
from transcription.heard import own_code_first
from transcription_material import engine_python, model_folder
from virtual_microphone import RAW, microphone

from balint_desktop.domain.study.consent import Purpose
from balint_desktop.domain.transcript.transcript import Speaker
from balint_desktop.rehearsal.virtual_microphone import DEVICE
from balint_desktop.transcription import engine_location
from balint_desktop.transcription.model_store import ModelStore
from balint_desktop.ui.transcripts.text_edit import TranscriptEdit
from balint_desktop.ui.widgets.note_field import NoteField
from balint_desktop.vault.transcripts import TranscriptVault

__all__ = ["microphone", "window_on"]
pytestmark = [pytest.mark.journey, pytest.mark.audio]

FIRST = "She was tired of being asked. I kept thinking about her all night."
SECOND = "Then her mother came and sat down with us, and nobody said a word."
OFF_THE_RECORD = "Watermelon, watermelon, watermelon."


class Talk:
    """Speaks into the virtual microphone while the window lives."""

    def __init__(self, window, microphone):
        self.window, self.environment = window, dict(microphone.environment)

    def say(self, words):
        sound = joined(silence(0.5), spoken(words), silence(1.0)).tobytes()
        with subprocess.Popen(
            ["paplay", "--device=cable", *RAW], stdin=subprocess.PIPE, env=self.environment
        ) as player:
            # Half a minute of sound fits into no pipe: written on a thread, as the window goes on.
            def feed():
                player.stdin.write(sound)
                player.stdin.close()

            threading.Thread(target=feed, daemon=True).start()
            self.window.wait("the words", lambda: player.poll() is not None)


def record(window, talk):
    """Lead a session in which something is said, something else off the record, and something more."""
    window.get_ready()
    window.wait("a microphone", lambda: window.sees("open-room-without"))
    window.press("open-room")
    window.press("begin")
    window.start_recording()
    window.find_any("recording-pause")
    talk.say(FIRST)
    window.press("recording-pause")
    window.find_any("recording-resume")
    talk.say(OFF_THE_RECORD)
    window.press("recording-resume")
    if window.sees("say-resume-act"):
        window.press("say-resume-act")
    window.find_any("recording-pause")
    talk.say(SECOND)
    window.lead_to_the_end()
    window.stop_recording()
    window.debrief()


def transcribe(window):
    window.press("place-transcripts")
    window.unlock()
    window.wait("the list", lambda: window.sees("transcripts-step"))
    assert window.find(QPushButton, "transcripts-step").text() == "Transcribe…"
    window.press("transcripts-step")
    window.press("before-machine")
    window.wait("the draft", lambda: window.find(QPushButton, "transcripts-step").text() == "Correct")


def correct_by_keys(window):
    """Say who speaks, and write a word at the end, by keys alone."""
    window.press("transcripts-step")
    edit = window.find(TranscriptEdit, "transcript-text")
    window.desktop.shell.activateWindow()
    edit.setFocus()
    window.wait("the focus", edit.hasFocus)
    QTest.keyClick(edit, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(edit, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(edit, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    for sign in " Nobody, whānau.":
        # QTest types no macron.
        QApplication.sendEvent(edit, QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, sign))
    window.live(1.5)


def sign_off(window):
    window.press("transcript-sign-off-open")
    window.type("sign-off-by", "facilitator")
    window.find(NoteField, "sign-off-reason").setPlainText("listened to in part, for a test")
    window.press("sign-off-do")


def test_a_voice_becomes_a_signed_transcript(window_on, tmp_path, microphone, monkeypatch):
    own_code_first()
    began = Path(tempfile.gettempdir()).stat().st_mtime
    kept = keep_session(tmp_path / "data", redacted=False, purposes=(Purpose.TRANSCRIPTION,))
    with opened(kept) as vault:
        vault.log.set_setting("microphone", DEVICE)
    ModelStore(kept.data / "models").add(model_folder())
    monkeypatch.setattr(
        engine_location,
        "engine_command",
        lambda: [str(engine_python()), "-m", "balint_desktop.transcription.engine_main"],
    )
    window = window_on(kept.data)
    window.unlock()
    record(window, Talk(window, microphone))
    transcribe(window)
    correct_by_keys(window)
    sign_off(window)
    window.press("transcript-back")
    window.close()

    with opened(kept) as vault:
        (recording,) = [row.id for row in vault.log.recordings.recordings() if row.id != kept.recording]
        transcripts = TranscriptVault(vault)
        text = transcripts.open(recording).text()
        machine = transcripts.open(recording).machine_text()
        signed = transcripts.row(recording).signed
    said = " ".join(word.text for turn in text.turns for word in turn.words if word.text)
    assert word_error_rate(f"{FIRST} {SECOND} Nobody, whānau.", said) <= 0.3
    assert said.endswith("Nobody, whānau.")
    assert {turn.speaker for turn in (text.turns[0], text.turns[-1])} == {Speaker("P1"), Speaker("P2")}
    assert signed.label == "facilitator"
    heard = " ".join(word.text for piece in machine for word in piece.words).casefold()
    assert "water" not in heard + said.casefold()
    assert opened_by_age(kept, recording) == [word.text for turn in text.turns for word in turn.words]
    assert in_clear(tmp_path, began) == []


def opened_by_age(kept, recording):
    """Return the words of the working text as stock age opens it, with the recovery key alone."""
    vault = kept.made.folder
    secret = age(vault / "recovery.age", kept.made.recovery_key)
    key = age(vault / "transcripts" / recording / "key.age", secret)
    pages = sorted((vault / "transcripts" / recording / "text").glob("*.age"))
    turns = [turn for page in pages for turn in json.loads(age(page, key))["turns"]]
    return [word[0] for turn in turns for word in turn[4]]


def age(path, identity):
    reader, writer = os.pipe()
    os.write(writer, identity.encode() + b"\n")
    os.close(writer)
    try:
        done = subprocess.run(
            ["age", "-d", "-i", f"/dev/fd/{reader}", str(path)], capture_output=True, check=True, pass_fds=(reader,)
        )
    finally:
        os.close(reader)
    return done.stdout.decode()


def in_clear(folder, since):
    """Return the files of the test, and those in the temporary folder since then, that hold words that were said."""
    wanted = [
        form
        for words in ("watermelon", "tired of being", "whānau")
        for form in (words.encode(), words.encode("utf-16-le"))
    ]
    paths = [
        *folder.rglob("*"),
        *(path for path in Path(tempfile.gettempdir()).iterdir() if path.stat().st_mtime >= since),
    ]
    return [str(path) for path in paths if path.is_file() and any(form in path.read_bytes() for form in wanted)]
