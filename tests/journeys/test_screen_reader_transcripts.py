"""Transcripts as a screen reader sees them: one is opened, corrected, marked and signed off from outside, by names."""

from __future__ import annotations

import pytest
import screen_reader
from kept_vaults import keep_session
from vaults import PASSPHRASE
from waiting import wait_until

from balint_desktop.domain.study.consent import Purpose
from balint_desktop.domain.transcript.listened import Listened
from balint_desktop.domain.transcript.sign_off import sign_off_state
from balint_desktop.domain.transcript.transcript import Speaker, Turn, Word, transcript_of
from balint_desktop.vault.log.transcripts import TranscriptSource
from balint_desktop.vault.transcripts import TranscriptVault

pytestmark = [
    pytest.mark.journey,
    pytest.mark.xdist_group("screen reader"),
    pytest.mark.skipif(not screen_reader.is_there(), reason="there is no AT-SPI bus, or no virtual screen"),
]


def turn(number, who, at_ms, *words):
    """Return a turn of words of half a second. One with a ~ before it is doubtful."""
    spoken = [
        Word(word.lstrip("~"), at_ms + 500 * at, at_ms + 500 * at + 450, 0.3 if word.startswith("~") else 0.9)
        for at, word in enumerate(words)
    ]
    return Turn(number, Speaker(who), at_ms, spoken[-1].until_ms, tuple(spoken))


DRAFT = transcript_of(
    (
        turn(1, "P1", 60_000, "It", "made", "me", "angry."),
        turn(2, "P2", 63_000, "With", "the", "~cuter", "and", "her."),
    )
)


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """A vault with a first draft of session 3, and a session 4 without a text."""
    folder = tmp_path_factory.mktemp("data")
    kept = keep_session(folder, redacted=False, purposes=(Purpose.TRANSCRIPTION,))
    keep_session(folder, redacted=False, purposes=(Purpose.TRANSCRIPTION,), made=kept.made, number=4)
    vault = kept.made.open()
    transcripts = TranscriptVault(vault)
    transcripts.begin(kept.recording, TranscriptSource.MACHINE).write_transcript(DRAFT)
    transcripts.note_text(kept.recording, sign_off_state(DRAFT, Listened(), ((60_000, 66_000),)))
    vault.close()
    return folder


@pytest.fixture(scope="module")
def reader(data):
    with screen_reader.a_reader_of(data) as reading:
        reading.type("Passphrase", PASSPHRASE)
        reading.press("Unlock", "push button")
        reading.find("Today", "label")
        reading.press("Transcripts", "check box")
        reading.find("Number: 3", "cell")
        yield reading


def nameless(reader):
    """Return what takes the focus and has no name, or no role."""
    return [thing for thing in reader.shown() if thing.takes_keys and not (thing.name and thing.role)]


def choose(reader, number):
    """Choose the row of a session, and return its next step: each row's says whose it is."""
    reader.press(f"Number: {number}", "cell")
    title = f"Wednesday group, session {number}"
    return wait_until(
        lambda: next((one.name for one in reader.shown() if one.description == title), None), "the next step"
    )


def test_transcripts_come_after_recordings_as_they_are_seen(reader):
    places = [one.name for one in reader.shown() if one.role == "check box"]

    assert places[:5] == ["Today", "Groups", "Log", "Recordings", "Transcripts"]


def test_each_cell_of_the_list_names_its_column_and_the_step_follows_the_row(reader):
    assert choose(reader, 4) == "Transcribe…"
    assert choose(reader, 3) == "Correct"
    assert reader.find("State: first draft, 1 place to look at").role == "cell"
    assert nameless(reader) == []


def test_the_page_before_transcribing_says_what_is_agreed_and_names_each_way(reader):
    choose(reader, 4)
    reader.press("Transcribe…", "push button")
    reader.find("Everyone in the room agreed to: Transcription.", "label")
    assert reader.find("Type by hand").role == reader.find("Import a text…").role == "push button"
    assert nameless(reader) == []
    reader.press("Back to transcripts", "push button")
    reader.find("Number: 4", "cell")


def test_a_text_is_imported_with_a_speaker_for_each_label(reader, tmp_path):
    (tmp_path / "said.txt").write_text("P1: It made me angry.\nP2: With the tutor and her.\n")
    choose(reader, 4)
    reader.press("Transcribe…", "push button")
    reader.press("Import a text…", "push button")
    reader.type("File name:", str(tmp_path / "said.txt"))
    reader.press("Open", "push button")
    reader.find("said.txt: 2 turns were read.", "label")
    choices = [one for one in reader.shown() if one.role == "combo box"]
    assert [reader.labels(one) for one in choices] == [["“P1” (1 turn)"], ["“P2” (1 turn)"]]
    assert [one.name for one in choices] == ["P1", "P2"]
    assert nameless(reader) == []
    reader.press("Import", "push button")
    wait_until(lambda: "With the tutor and her." in reader.text("Transcript"), "the imported text")
    reader.press("Back to transcripts", "push button")
    reader.find("Number: 4", "cell")


def test_a_first_draft_is_read_with_its_speakers_corrected_marked_and_signed_off(reader):
    choose(reader, 3)
    reader.press("Correct", "push button")
    wait_until(lambda: "It made me angry." in reader.text("Transcript"), "the text")
    assert nameless(reader) == []

    for opens, shows, closes in (("Find…", "Replace with", "Close"), ("Keys…", "Keys and pedal", "Back to the text")):
        reader.press(opens, "push button")
        reader.find(shows)
        assert nameless(reader) == []
        reader.press(closes, "push button")

    # Time and speaker stand beside the text; each turn says its own.
    reader.go_to("Transcript", "made me")
    wait_until(lambda: reader.find("Transcript", "text").description.startswith("1:00 · P1"), "P1")
    reader.go_to("Transcript", "and her")
    wait_until(lambda: reader.find("Transcript", "text").description.startswith("1:03 · P2"), "P2")

    # The list leads to the doubtful word.
    reader.press("1:04  “cuter” doubtful", "list item")
    wait_until(lambda: reader.selected("Transcript") == "cuter", "the doubtful word")
    reader.replace("Transcript", "cuter", "tutor")
    reader.find("Next to look at: 0", "label")

    # The marks are a menu, which announces its first row.
    reader.go_to("Transcript", "made me")
    row = reader.focused_by(lambda: reader.press("Mark…", "push button"))
    rows = {one.name: one for one in reader.beside(row)}
    assert row.role == "menu item"
    assert list(rows) == ["Unclear", "Several people at once", "Another language…"]
    reader.press_thing(rows["Several people at once"])
    wait_until(lambda: "[several people at once" in reader.text("Transcript"), "the mark")

    reader.press("Sign off…", "push button")
    reader.find("Sign off this transcript", "label")
    assert nameless(reader) == []
    reader.press("Sign off", "push button")
    reader.find("Enter who signs off: initials or a label.")
    reader.type("Signed off by (initials or label)", "AB")
    reader.type("Why is it signed off with something left open?", "Nobody has time to listen.")
    reader.press("Sign off", "push button")
    reader.find("Signed off by AB on", "label")
    reader.press("Back to transcripts", "push button")

    assert reader.find("State: signed off").role == "cell"
    assert choose(reader, 3) == "De-identify"
