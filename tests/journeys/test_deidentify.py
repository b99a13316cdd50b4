"""From a signed-off transcript to an approved text without its recording, in the shipped window.

By mouse alone and by keyboard alone. Nothing that identifies is left in the vault, nor in any file unsealed.
"""

from __future__ import annotations

import contextlib
import re
import tempfile
from pathlib import Path

import pytest
from correcting_bench import turn
from counted_hand import CountedHand, settle
from kept_sessions import GROUP, P1, P2
from kept_vaults import keep_session
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QTableView
from real_window import opened, window_on
from vaults import PASSPHRASE

from balint_desktop.domain.group.roster import Person, Roster
from balint_desktop.domain.study.consent import Purpose
from balint_desktop.domain.transcript.sign_off import SignOffState
from balint_desktop.domain.transcript.transcript import transcript_of
from balint_desktop.ui.deidentify.page import DeidentifyPage
from balint_desktop.vault.deidentified import DeidentifiedTexts
from balint_desktop.vault.log.transcripts import TranscriptSource
from balint_desktop.vault.transcripts import TranscriptVault

__all__ = ["window_on"]
pytestmark = [pytest.mark.journey]

PURPOSES = (Purpose.TRANSCRIPTION, Purpose.ANALYSIS)
TEXT = transcript_of(
    (
        turn(1, P1, 60, "She was 26 like me, and came from Papakura. Siobhan’s face stayed with me."),
        turn(2, P2, 400, "I asked shivawn about the lighthouse, and nobody said a word."),
    )
)
IDENTIFYING = ("siobhan", "papakura", "lighthouse")
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def kept(tmp_path):
    """A vault with a transcript that is signed off, of two people who are on the roster."""
    made = keep_session(tmp_path / "data", redacted=False, purposes=PURPOSES)
    with opened(made) as vault:
        vault.rosters.save({GROUP: Roster((Person(P1, "Tama Ngata"), Person(P2, "Siobhan O’Neill")))})
        transcripts = TranscriptVault(vault)
        transcripts.begin(made.recording, TranscriptSource.HAND).write_transcript(TEXT)
        done = SignOffState(10_000, 10_000, {})
        transcripts.note_text(made.recording, done)
        transcripts.sign_off(made.recording, TEXT, done, "facilitator", "")
    return made


class Evening:
    """One person at the window, with a mouse or a keyboard."""

    def __init__(self, window, *, keyboard):
        self.window, self.keyboard = window, keyboard
        self.shell = window.desktop.shell
        self.hand = CountedHand(self.shell, keyboard=keyboard)

    @property
    def page(self):
        return next(one for one in self.shell.findChildren(DeidentifyPage) if one.isVisibleTo(self.shell))

    def reads(self, name):
        settle()
        return next((w.text() for w in self.shell.findChildren(QLabel, name) if w.isVisibleTo(self.shell)), "")

    def wait_for(self, name):
        self.window.wait(name, lambda: (settle(), self.window.sees(name))[1])

    def key(self, key, modifier=Qt.KeyboardModifier.NoModifier):
        QTest.keyClick(QApplication.focusWidget() or self.shell, key, modifier)
        settle()

    def open_transcripts(self):
        self.shell.activateWindow()
        self.window.wait("the window", self.shell.isActiveWindow)
        self.hand.type("unlock-secret", PASSPHRASE)
        self.hand.press("unlock-open")
        self.wait_for("place-transcripts")
        self.hand.press("place-transcripts")
        self.wait_for("transcripts-step")

    def decide(self):
        """Answer for every word that is found, with the first of its answers."""
        for _ in range(20):
            if self.reads("deidentify-word") == "Nothing left to decide" or "nothing" in self.reads(
                "deidentify-counts"
            ):
                return
            if self.keyboard:
                self.key(Qt.Key.Key_1)
                self.key(Qt.Key.Key_J, CONTROL)
            else:
                self.hand.press("deidentify-answer-1")
                self.hand.press("deidentify-next")
        raise AssertionError(self.reads("deidentify-counts"))

    def mark(self, word):
        """Mark a word that was not found, and say what replaces it."""
        text = self.page.reading.text
        begin = text.page.text.index(word)
        if self.keyboard:
            self.hand._tab_to(text)
            self.key(Qt.Key.Key_Home, CONTROL)
            for _ in range(begin):
                self.key(Qt.Key.Key_Right)
            self.key(Qt.Key.Key_E, CONTROL)
            self.key(Qt.Key.Key_2)
        else:
            cursor = text.textCursor()
            cursor.setPosition(begin + 2)
            QTest.mouseDClick(text.viewport(), Qt.MouseButton.LeftButton, pos=text.cursorRect(cursor).center())
            settle()
            self.hand.press("deidentify-mark")
            self.hand.press("deidentify-answer-2")

    def read_pages(self, many):
        self.hand.type("deidentify-reader", "AB")
        if self.keyboard:
            self.hand._tab_to(self.page.reading.text)
            self.key(Qt.Key.Key_PageUp, CONTROL)
        for page in range(many):
            if self.keyboard:
                self.key(Qt.Key.Key_Return, CONTROL)
                self.key(Qt.Key.Key_PageDown, CONTROL)
            else:
                if page:
                    self.hand.press("deidentify-page-next")
                self.hand.press("deidentify-read")


@pytest.mark.parametrize("keyboard", [False, True], ids=["by mouse", "by keyboard"])
def test_a_signed_off_transcript_becomes_an_approved_text_without_its_recording(window_on, kept, tmp_path, keyboard):
    began = Path(tempfile.gettempdir()).stat().st_mtime
    window = window_on(kept.data)
    evening = Evening(window, keyboard=keyboard)
    evening.open_transcripts()
    assert window.find(QPushButton, "transcripts-step").text() == "De-identify"
    evening.hand.press("transcripts-step")
    evening.wait_for("deidentify-approve")

    # What is approved before it is decided and read is refused, and led to.
    evening.hand.press("deidentify-approve")
    evening.hand.type("deidentify-approve-by", "AB")
    evening.hand.press("deidentify-approve-do")
    window.wait("what is found", lambda: "Not approved" in evening.reads("deidentify-found"))
    evening.hand.press("deidentify-approve-cancel")

    evening.decide()
    if evening.page.reading.page_label.text() != "Page 2 of 2":
        if keyboard:
            evening.key(Qt.Key.Key_PageDown, CONTROL)
        else:
            evening.hand.press("deidentify-page-next")
    evening.mark("lighthouse")
    window.wait("the layers", lambda: (settle(), not window.desktop.context.work.busy)[1])
    window.live(0.6)
    evening.decide()
    if keyboard:
        evening.key(Qt.Key.Key_PageUp, CONTROL)
    else:
        evening.hand.press("deidentify-page-previous")
    evening.read_pages(2)
    assert evening.reads("deidentify-counts") == "nothing to decide · 2 of 2 pages read"

    evening.hand.press("deidentify-approve")
    evening.hand.press("deidentify-approve-do")
    evening.wait_for("approved-read")
    assert evening.reads("approved-heading") == "Version 1 approved"
    evening.hand.press("recording-destroy")
    evening.hand.type("recording-destroy-why", "approved")
    evening.hand.press("recording-destroy-now")
    window.wait("the end", lambda: "are destroyed" in evening.reads("approved-why-not"))
    evening.hand.press("approved-back")
    evening.wait_for("transcripts-step")
    window.wait("the list", lambda: window.find(QPushButton, "transcripts-step").text() == "Approved text")
    assert window.find(QTableView, "transcripts-table").model().rowCount() == 1
    window.close()

    with opened(kept) as vault:
        text, version = DeidentifiedTexts(vault).read(kept.recording)
        assert not (vault.places.recording(kept.recording) / "key.age").exists()
        assert not vault.places.transcript(kept.recording).exists()
    assert version.version == 1
    assert [name for name in IDENTIFYING if name in text.text.casefold()] == []
    assert sorted(one.speaker for one in text.turns if one.speaker) == ["R1", "R2"]
    assert re.search(r"\[R[12]\]’s face stayed", text.text)
    assert in_clear(tmp_path, began) == []


def in_clear(folder, since):
    """Return the files of the test, and those in the temporary folder since then, that hold what identifies."""
    forms = [form for word in IDENTIFYING for form in (word.encode(), word.title().encode(), word.encode("utf-16-le"))]
    found = []
    for path in (*folder.rglob("*"), *Path(tempfile.gettempdir()).iterdir()):
        # Others may tidy up meanwhile.
        with contextlib.suppress(FileNotFoundError):
            is_ours = path.is_relative_to(folder) or path.stat().st_mtime >= since
            if is_ours and path.is_file() and any(form in path.read_bytes() for form in forms):
                found.append(str(path))
    return found
