"""In the window: a session without a recording is listed in Transcripts, and a text is imported for it."""

from __future__ import annotations

import pytest
from desktop_bench import GROUP, DesktopBench
from kept_sessions import TEXT
from PySide6.QtWidgets import QPushButton

from balint_desktop.app import text_import
from balint_desktop.domain.session.debrief import SessionSetting
from balint_desktop.domain.session.entered_afterwards import AfterwardsEntry
from balint_desktop.domain.study.consent import Answer, Purpose
from balint_desktop.domain.values import SessionKind
from balint_desktop.ui.shell.shell import PlaceKey
from balint_desktop.vault.log.consents import ConsentCollection

SAID = "P1: It stayed with me all night.\n\nP2: Me too.\n"


@pytest.fixture
def bench(qapp, tmp_path, qtbot, monkeypatch):
    made = DesktopBench(qapp, tmp_path, qtbot, monkeypatch)
    vault = made.made.open()
    made.session = enter_session(vault.log)
    vault.close()
    made.open()
    yield made
    made.close()


def enter_session(log):
    """Enter a session that ran without the laptop; everyone agrees to transcription. Return its id."""
    log.groups.save_group(GROUP)
    present = tuple(member.code for member in GROUP.participants)
    setting = SessionSetting(GROUP.id, 1, SessionKind.CASE, "student-hour", TEXT)
    session = log.enter(AfterwardsEntry(setting, log.now() - 90_000, 3000.0, present=present))
    cells = [(code, Purpose.TRANSCRIPTION) for code in present]
    log.consents.enter(GROUP.id, cells, Answer.GIVEN, ConsentCollection(log.consents.today()))
    return session


def test_a_text_is_imported_for_it_and_corrected(bench, tmp_path, monkeypatch, qtbot):
    file = tmp_path / "typed elsewhere.txt"
    file.write_text(SAID)
    monkeypatch.setattr(text_import, "ask_for_file", lambda *_: file)
    bench.shell.show_place(PlaceKey.TRANSCRIPTS)
    place = bench.shell.place(PlaceKey.TRANSCRIPTS)
    qtbot.waitUntil(lambda: place.step_button.text() == "Import a text…")
    place.step_button.click()
    qtbot.waitUntil(lambda: bench.shell.findChild(QPushButton, "import-text-do") is not None)
    bench.shell.findChild(QPushButton, "import-text-do").click()
    qtbot.waitUntil(lambda: bench.vault.log.transcripts.transcripts() != ())
    qtbot.waitUntil(lambda: place.correct.opened is not None)

    assert "".join(turn.words[0].text for turn in place.correct.opened.transcript.turns) == "ItMe"
    assert bench.vault.log.recordings.recording(bench.session).has_sound is False
