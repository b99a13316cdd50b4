"""What a person reads of a transcription: Today and Transcripts say the same of every state."""

from __future__ import annotations

import gc
from dataclasses import replace

import pytest
from kept_sessions import GROUP, P1
from kept_vaults import keep_session
from PySide6.QtWidgets import QLabel, QPushButton
from qt_events import process_events
from transcribing_bench import PURPOSES, bench, gate

from balint_desktop.app.open_matters import show_open
from balint_desktop.app.today import build_today
from balint_desktop.app.transcripts import TranscriptWork
from balint_desktop.domain.open_matters import OpenKind
from balint_desktop.domain.study.consent import Answer, Purpose
from balint_desktop.domain.transcript.listened import Listened
from balint_desktop.domain.transcript.queue import WaitReason
from balint_desktop.text.transcribing import line_words
from balint_desktop.ui.shell.place import Place
from balint_desktop.ui.shell.shell import PlaceKey
from balint_desktop.ui.transcripts import wording
from balint_desktop.ui.transcripts.progress_line import ProgressLine
from balint_desktop.vault.log.consents import ConsentCollection
from balint_desktop.vault.transcript_files import TranscriptFiles

__all__ = ["bench", "gate"]

TITLE = "Wednesday group, session 3"


def shown_today(bench, session, qtbot):
    place = build_today(
        bench.app.context,
        bench.app.shell,
        session,
        bench.host,
        open_gate=lambda: None,
        import_coding_file=lambda: None,
        timer_only=False,
    )
    qtbot.addWidget(place)
    place.show()
    place.enter_view()
    return place


@pytest.fixture
def today(bench, session, qtbot):
    return shown_today(bench, session, qtbot)


def on_today(today):
    """Return the line on Today, empty where there is none."""
    line = today.transcribing_line
    return line.words.text() if line.isVisibleTo(today) else ""


def in_transcripts(bench, today):
    """Return the line at the foot of Transcripts, and what the rows say, by recording."""
    work = TranscriptWork(bench.app.context, bench.host)
    line = ProgressLine()
    line.setParent(today)
    line.show_progress(work.progress())
    return line.words.text(), {row.recording: wording.state(row) for row in work.list()}


@pytest.mark.parametrize(
    ("why", "words"),
    [
        (WaitReason.SESSION, "transcription waits until the session is over"),
        (WaitReason.PLAYING, "transcription waits until you stop playing"),
        (WaitReason.BATTERY, "transcription waits until the battery is at 30% or the charger is connected"),
    ],
)
def test_what_waits_says_why_in_both_places_and_its_row_says_it_too(bench, today, why, words):
    bench.battery = 29 if why is WaitReason.BATTERY else None
    bench.add(bench.first)
    bench.add(bench.second)
    bench.host.hold(why)
    line, rows = in_transcripts(bench, today)

    assert on_today(today) == line == f"{TITLE}: {words}"
    assert rows == {bench.first: words, bench.second: "waiting, next in the queue"}


def test_after_a_session_it_waits_for_the_passphrase_in_both_places(bench, today):
    bench.add(bench.first)
    bench.host.hold(WaitReason.SESSION)
    bench.app.vault.begin_session()
    bench.host.release(WaitReason.SESSION)
    progress = TranscriptWork(bench.app.context, bench.host).progress()

    assert (
        on_today(today)
        == line_words(progress.title, progress.queue)
        == f"{TITLE}: transcription waits until you enter your passphrase"
    )


def test_while_it_runs_today_follows_and_both_places_say_the_same(bench, today):
    bench.add(bench.first)
    assert on_today(today) == f"{TITLE}: starting to transcribe"
    bench.until_heard(bench.first, 1)
    bench.until(lambda: "%" in on_today(today))
    line, rows = in_transcripts(bench, today)

    assert on_today(today) == line
    assert rows[bench.first] == "being transcribed"


def test_the_line_names_the_group_as_it_is_called_now(bench, today):
    bench.add(bench.first)
    groups = bench.app.context.vault.open_vault().log.groups
    groups.save_group(replace(groups.group(GROUP), name="Friday group"))
    bench.host.hold(WaitReason.PLAYING)

    assert on_today(today).startswith("Friday group, session 3: ")


def test_once_it_is_done_the_line_is_away_and_the_first_draft_is_listed_until_somebody_listens(bench, today):
    bench.open_gate()
    bench.add(bench.first)
    bench.until(lambda: bench.is_written(bench.first))
    process_events()
    assert on_today(today) == ""
    assert listed(today) == ["Wednesday group · Session 3 has a first draft. It needs you."]
    work = TranscriptWork(bench.app.context, bench.host)
    work.open(bench.first)
    work.save_listened(bench.first, Listened(((0, 1_000),)))
    today.enter_view()

    assert listed(today) == []
    assert bench.app.context.messages.last is None


def open_files():
    """Return how many transcripts' files, each with its key, are in memory."""
    gc.collect()
    return sum(isinstance(one, TranscriptFiles) for one in gc.get_objects())


def test_a_transcript_that_was_closed_leaves_no_key_in_memory(bench):
    bench.open_gate()
    bench.add(bench.first)
    bench.until(lambda: bench.is_written(bench.first) and bench.host.running is None)
    work = TranscriptWork(bench.app.context, bench.host)
    assert open_files() == 0
    work.open(bench.first)
    assert open_files() == 1
    work.close(bench.first)

    assert open_files() == 0


def listed(today):
    """Return what is to do about transcripts."""
    return [label.text() for label in today.findChildren(QLabel) if "first draft" in label.text() and label.isVisible()]


def test_two_first_drafts_are_one_line(bench, today):
    bench.open_gate()
    bench.add(bench.first)
    bench.add(bench.second)
    bench.until(lambda: bench.is_written(bench.first) and bench.is_written(bench.second))
    process_events()

    assert listed(today) == ["Wednesday group · 2 first drafts need you"]


def test_a_first_draft_that_may_not_be_read_any_more_asks_for_nobody(bench, today):
    bench.open_gate()
    bench.add(bench.first)
    bench.until(lambda: bench.is_written(bench.first))
    log = bench.app.slot.open_vault().log
    taking = ConsentCollection(log.consents.today())
    log.consents.enter(GROUP, [(P1, Purpose.TRANSCRIPTION)], Answer.WITHDRAWN, taking)
    today.enter_view()

    assert listed(today) == []


def test_the_lines_lead_to_transcripts(bench, today):
    shell = bench.app.shell
    shell.add_place(PlaceKey.TRANSCRIPTS, "Transcripts", lambda: Place("transcripts", "Transcripts"))
    bench.add(bench.first)
    today.transcribing_line.open_button.click()
    assert shell.current is PlaceKey.TRANSCRIPTS
    shell.show_place(PlaceKey.TODAY)
    bench.open_gate()
    bench.until(lambda: bench.is_written(bench.first))
    matter = next(one.matter for one in today._look().open_lines if one.matter.kind is OpenKind.FIRST_DRAFT)
    show_open(shell, matter)

    assert shell.current is PlaceKey.TRANSCRIPTS


def test_the_page_built_anew_keeps_the_focus_where_it_was(bench, today, qtbot):
    bench.open_gate()
    bench.add(bench.first)
    focused = today.findChild(QPushButton, "without-group")
    today.activateWindow()
    focused.setFocus()
    bench.until(lambda: bench.is_written(bench.first) and bench.host.running is None)
    process_events()

    assert listed(today)
    assert today.focusWidget().objectName() == "without-group"


def test_where_no_levels_were_stored_it_is_not_known_how_much_is_speech(bench):
    card = TranscriptWork(bench.app.context, bench.host).card(bench.first)

    assert card.speech_s is None
    assert all(model.estimate_s > 0 for model in card.models)


def test_a_silent_recording_is_estimated_and_transcribed_without_a_nought(bench, session, qtbot):
    bench.app.slot.close()
    kept = keep_session(
        bench.app.data.root, purposes=PURPOSES, redacted=False, made=bench.app.made, number=5, is_silent=True
    )
    bench.unlock()
    today = shown_today(bench, session, qtbot)
    card = TranscriptWork(bench.app.context, bench.host).card(kept.recording)
    said = []
    bench.host.changed.connect(lambda: said.append(on_today(today)))
    bench.open_gate()
    bench.add(kept.recording)
    bench.until(lambda: bench.is_written(kept.recording))

    assert card.speech_s == 0
    assert all(model.estimate_s < 1 for model in card.models)
    assert [words for words in said if " 0%" in words or "nan" in words.lower() or "about 0" in words] == []
    assert bench.pieces(kept.recording) == 0
