"""The act on a recording's line where a withdrawal asks for words to be removed, over a real vault."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import accessible
import pytest
from deidentified_vaults import Bench
from kept_sessions import GROUP, P1, P2
from kept_vaults import keep_session
from languages.pseudo import TAG, PseudoTexts
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from qt_events import process_events

from balint_desktop import i18n
from balint_desktop.domain.study.consent import Purpose
from balint_desktop.domain.study.terms import Asks, Study
from balint_desktop.domain.transcript.sign_off import SignOffState
from balint_desktop.domain.transcript.transcript import SEVERAL, UNKNOWN, Speaker, Transcript, Turn, Word
from balint_desktop.domain.trouble import Trouble
from balint_desktop.reports.outside_labels import outside_labels
from balint_desktop.ui.group.consents import wording
from balint_desktop.ui.group.consents.deps import ConsentDeps
from balint_desktop.ui.group.consents.withdrawal import WithdrawalPage
from balint_desktop.ui.shell.undo import UndoStack
from balint_desktop.ui.widgets.enter_escape import press_escape
from balint_desktop.vault import consent_gate
from balint_desktop.vault.log.consents import ConsentCollection
from balint_desktop.vault.log.transcripts import TranscriptSource
from balint_desktop.vault.name_gate import pass_names
from balint_desktop.vault.transcripts import TranscriptVault

LINE = "left-1-3"
ACT = f"{LINE}-remove-words"


@pytest.fixture
def kept(tmp_path):
    return keep_session(tmp_path / "data", redacted=False, purposes=(Purpose.TRANSCRIPTION,))


@pytest.fixture
def vault(kept):
    opened = kept.made.open()
    opened.log.consents.save_study(GROUP, Study(withdrawal_asks=Asks.REMOVE_WORDS))
    yield opened
    opened.close()


def turn(number, speaker, begin):
    return Turn(number, speaker, begin, begin + 1000, (Word("word", begin, begin + 1000),))


def write(vault, recording, *speakers, source=TranscriptSource.HAND):
    """Write a transcript with a turn of each speaker; without any it is not finished."""
    transcripts = TranscriptVault(vault)
    files = transcripts.begin(recording, source)
    files.write_transcript(Transcript(tuple(turn(n, one, 1000 * n) for n, one in enumerate(speakers, start=60))))
    if speakers:
        transcripts.note_text(recording, SignOffState(0, 1000, {}))


def withdraw(vault):
    consent_gate.withdraw(vault.log, GROUP, P1, ConsentCollection(vault.log.consents.today()))


@pytest.fixture
def page(vault, page_of):
    return page_of(vault)


@pytest.fixture
def page_of(messages, look_at, qtbot):
    return partial(make_page, messages, look_at, qtbot)


def make_page(messages, look_at, qtbot, vault):
    opened = []
    undoing = UndoStack(messages)
    deps = ConsentDeps(
        log=vault.log,
        messages=messages,
        undoing=undoing,
        changed=lambda _group: None,
        destroy=lambda _recording: None,
        open_transcript=opened.append,
        print_text=lambda _parent, _html: None,
        ask=lambda *_: None,
        pass_names=partial(pass_names, vault),
        transcripts=TranscriptVault(vault),
        labels=lambda group: outside_labels(vault, group),
    )
    made = look_at(WithdrawalPage(deps))
    made.opened, made.undoing = opened, undoing
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def show(page, vault):
    page.show_subject(vault.log.groups.group(GROUP))
    process_events()


def press(page, name):
    page.findChild(QPushButton, name).setFocus()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    process_events()


def words(page, name):
    return page.findChild(QLabel, name).text()


@pytest.mark.parametrize(
    ("asks", "sentence"),
    [
        (Asks.REMOVE_WORDS, "Their words go from the approved text too"),
        (Asks.DESTROY, "Its approved text is destroyed too. Exported files are not."),
    ],
)
def test_the_approved_text_and_exported_files_are_named_before_it_is_recorded(tmp_path, page_of, asks, sentence):
    bench = Bench(tmp_path / "approved")
    try:
        bench.approve_numbered()
        bench.vault.log.consents.save_study(GROUP, Study(withdrawal_asks=asks))
        made = page_of(bench.vault)
        show(made, bench.vault)
        made.who.setCurrentIndex(made.who.findData(P1))
        assert sentence in made.reach.text()
        assert "xported files" in made.reach.text()
    finally:
        bench.close()


def test_a_session_without_a_recording_has_none_to_destroy():
    assert wording.asks_words(Asks.DESTROY, has_sound=False) == "destroy its text"
    assert wording.asks_words(Asks.KEEP, has_sound=False) == "keep its text"


def test_without_a_transcript_the_line_is_marked_as_done_as_before(page, vault):
    withdraw(vault)
    show(page, vault)
    press(page, f"{LINE}-settle")

    assert words(page, LINE).endswith("own words left out")
    assert page.findChild(QPushButton, ACT) is None


def test_with_one_the_words_are_removed_after_it_was_asked_once_more(page, vault, kept, messages):
    write(vault, kept.recording, Speaker(P1), Speaker(P2), Speaker(P1))
    withdraw(vault)
    show(page, vault)
    assert page.findChild(QPushButton, f"{LINE}-settle") is None
    assert page.findChild(QPushButton, ACT).text() == "Remove their words from the transcript…"
    press(page, ACT)
    asked = words(page, f"{ACT}-confirm-words")
    press(page, f"{ACT}-confirm-do")

    assert "2 turns of theirs" in asked
    assert "cannot be undone" in asked
    assert "speaker" not in asked
    assert messages.last.text == "Their words were removed from the transcript."
    assert words(page, LINE).endswith("nothing marked as theirs is left in the transcript")
    assert words(page, "left-1-done") == "Nothing left to do."
    assert [one.speaker for one in TranscriptVault(vault).open(kept.recording).text().turns] == [UNKNOWN, P2, UNKNOWN]


@pytest.mark.parametrize("asks", [Asks.REMOVE_WORDS, Asks.DESTROY])
def test_a_withdrawal_that_was_carried_out_is_not_said_to_be_a_mistake_any_more(page, vault, kept, asks):
    write(vault, kept.recording, Speaker(P1), UNKNOWN)
    vault.log.consents.save_study(GROUP, Study(withdrawal_asks=asks))
    withdraw(vault)
    show(page, vault)
    assert page.findChild(QPushButton, "left-1-mistaken") is not None
    if asks is Asks.DESTROY:
        vault.destroy(kept.recording, "withdrawal")
        show(page, vault)
    else:
        press(page, ACT)
        press(page, f"{ACT}-confirm-do")

    assert page.findChild(QPushButton, "left-1-mistaken") is None


def test_escape_removes_nothing(page, vault, kept):
    write(vault, kept.recording, Speaker(P1))
    withdraw(vault)
    show(page, vault)
    press(page, ACT)
    press_escape(page, QApplication.focusWidget())
    process_events()

    assert page.findChild(QWidget, f"{ACT}-confirm").isHidden()
    assert QApplication.focusWidget() is page.findChild(QPushButton, ACT)
    with pytest.raises(Trouble):
        TranscriptVault(vault).open(kept.recording)


def test_turns_without_a_known_speaker_keep_it_open_until_a_person_has_said_whose_they_are(page, vault, kept, messages):
    write(vault, kept.recording, Speaker(P1), UNKNOWN, UNKNOWN)
    withdraw(vault)
    show(page, vault)
    press(page, ACT)
    asked = words(page, f"{ACT}-confirm-words")
    press(page, f"{ACT}-confirm-do")
    assert "2 turns have no single known speaker: the words may be theirs. Afterwards, open the transcript" in asked
    assert messages.last.text == (
        "Their words were removed from the transcript. 2 turns still have no single known speaker."
    )
    assert words(page, LINE).endswith("2 turns still have no single known speaker.")
    assert page.findChild(QLabel, "left-1-done") is None
    press(page, f"{LINE}-open")
    assert page.opened == [kept.recording]

    # Somebody has looked: one of them was theirs, the other another person's.
    transcripts = TranscriptVault(vault)
    files = transcripts.open(kept.recording)
    text = files.text()
    named = (text.turns[0], turn(61, Speaker(P2), 61_000), turn(62, Speaker(P1), 62_000))
    files.write_transcript(Transcript(named))
    transcripts.note_speakers(kept.recording, Transcript(named))
    show(page, vault)
    press(page, ACT)
    assert "1 turn of theirs" in words(page, f"{ACT}-confirm-words")
    press(page, f"{ACT}-confirm-do")
    assert [one.speaker for one in transcripts.open(kept.recording).text().turns] == [UNKNOWN, P2, UNKNOWN]
    assert words(page, "left-1-done") == "Nothing left to do."


def test_where_no_turn_is_marked_as_theirs_no_removal_is_claimed_and_the_matter_stays_open(page, vault, kept, messages):
    write(vault, kept.recording, *[UNKNOWN] * 4, source=TranscriptSource.IMPORT)
    withdraw(vault)
    show(page, vault)
    assert page.findChild(QPushButton, ACT).text() == "Open the transcript again…"
    press(page, ACT)
    asked = words(page, f"{ACT}-confirm-words")
    press(page, f"{ACT}-confirm-do")

    assert asked.startswith("No turn in this transcript is marked as theirs, so nothing is removed.")
    assert "removed from" not in asked
    assert messages.last.text == (
        "Nothing was removed: no turn in the transcript is marked as theirs. "
        "4 turns still have no single known speaker."
    )
    assert page.findChild(QLabel, "left-1-done") is None
    assert len(TranscriptVault(vault).open(kept.recording).text().turns) == 4


def test_a_person_may_say_that_none_of_the_turns_is_theirs_and_take_it_back(page, vault, kept):
    write(vault, kept.recording, SEVERAL)
    withdraw(vault)
    show(page, vault)
    press(page, ACT)
    press(page, f"{ACT}-confirm-do")
    press(page, f"{LINE}-none-theirs")
    assert words(page, "left-1-done") == "Nothing left to do."
    page.undoing.undo()
    process_events()

    assert page.findChild(QPushButton, f"{LINE}-none-theirs") is not None


@pytest.mark.parametrize(("source", "says_model"), [(TranscriptSource.MACHINE, True), (TranscriptSource.IMPORT, False)])
def test_only_of_a_machines_text_it_is_said_that_what_the_model_wrote_goes_too(page, vault, kept, source, says_model):
    write(vault, kept.recording, Speaker(P1), source=source)
    withdraw(vault)
    show(page, vault)
    press(page, ACT)

    assert ("what the model wrote" in words(page, f"{ACT}-confirm-words")) is says_model


def test_a_long_sentence_has_the_width_of_the_card(page, vault, kept):
    vault.log.consents.save_study(GROUP, Study())
    withdraw(vault)
    show(page, vault)
    label, act = page.findChild(QLabel, LINE), page.findChild(QPushButton, f"{LINE}-keep")

    assert label.width() > 0.8 * page.findChild(QWidget, "left-1").width()
    assert label.mapTo(page, label.rect().bottomLeft()).y() < act.mapTo(page, act.rect().topLeft()).y()


def test_a_card_that_waits_for_speakers_fits_in_a_language_that_is_longer(page, vault, kept, theme, monkeypatch):
    monkeypatch.setattr(i18n, "_in_use", i18n._InUse())
    i18n.use_texts(PseudoTexts(), TAG)
    theme.set_scale(2.0)
    write(vault, kept.recording, UNKNOWN)
    withdraw(vault)
    show(page, vault)
    press(page, ACT)
    page.resize(900, page.heightForWidth(900))
    for _ in range(4):
        process_events()
    assert accessible.cut(page) == []
    press(page, f"{ACT}-confirm-do")
    page.resize(900, page.heightForWidth(900))
    for _ in range(4):
        process_events()

    assert page.findChild(QPushButton, f"{LINE}-none-theirs") is not None
    assert accessible.cut(page) == []


def test_a_group_without_a_study_is_not_sent_to_pages_that_it_does_not_have(page, vault):
    group = vault.log.groups.group(GROUP)
    assert wording.rule_words(Study(), has_study=True).endswith("Enter it under The study, Approval.")
    assert "Approval." not in wording.rule_words(Study(), has_study=False)
    assert wording.has_study_pages(group, vault.log.consents.study(GROUP))
    assert not wording.has_study_pages(replace(group, for_research=False), None)


def test_before_a_withdrawal_is_recorded_the_turns_to_look_at_are_named(page, vault, kept):
    write(vault, kept.recording, Speaker(P1), UNKNOWN)
    show(page, vault)
    page.who.setCurrentIndex(1)
    process_events()

    assert "1 turn of its transcript has no single known speaker." in page.reach.text()


def test_an_unfinished_transcript_can_only_be_deleted(page, vault, kept, messages):
    write(vault, kept.recording)
    withdraw(vault)
    show(page, vault)
    assert page.findChild(QPushButton, ACT).text() == "Delete the unfinished transcript…"
    press(page, ACT)
    press(page, f"{ACT}-confirm-do")

    assert messages.last.text == "The unfinished transcript was deleted."
    assert TranscriptVault(vault).rows() == ()
    assert words(page, "left-1-done") == "Nothing left to do."


def test_while_the_keys_are_away_the_act_stays_and_counts_nothing(page, vault, kept):
    write(vault, kept.recording, Speaker(P1))
    withdraw(vault)
    vault.begin_session()
    show(page, vault)
    press(page, ACT)
    asked = words(page, f"{ACT}-confirm-words")
    press(page, f"{ACT}-confirm-do")
    vault.unlock(kept.made.secret)

    assert asked.startswith("Their words are removed from the text")
    assert len(vault.log.transcripts.removals(kept.recording)) == 0
