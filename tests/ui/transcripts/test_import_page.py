"""An imported text: who is who is asked once, with the likely answer chosen, and where its times begin."""

from __future__ import annotations

import accessible
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel
from qt_events import process_events

from balint_desktop.domain.transcript.imported_text import ImportedText, ImportedTurn, TimedText
from balint_desktop.domain.transcript.transcript import LEADER, UNKNOWN, Speaker
from balint_desktop.ui.transcripts.import_page import ImportTextPage, PlacedSpeakers, TextToImport

ROOM = (Speaker("P1"), Speaker("P2"), LEADER)


def said(label, text="It stayed with me.", at_ms=None):
    return ImportedTurn(label, (TimedText(text, at_ms),))


@pytest.fixture
def make(qtbot):
    def shown(*turns, until_ms=3_600_000, encodings=(), read_as=lambda _encoding: None, **more):
        begun = []
        found = ImportedText(turns, **more)
        wanted = TextToImport("hour.docx", "Wednesday group, session 3", found, ROOM, until_ms, encodings, read_as)
        page = ImportTextPage(wanted, begun.append)
        page.begun = begun
        qtbot.addWidget(page)
        page.show()
        return page

    return shown


def label(page, name):
    return page.findChild(QLabel, name).text()


def test_codes_and_roles_are_recognised_and_the_rest_is_left_to_a_person(make):
    page = make(said("P 2"), said("Facilitator"), said("SPEAKER_00"), said("P 2"))

    assert label(page, "import-text-read") == "hour.docx: 4 turns were read."
    assert page.placed_speakers() == PlacedSpeakers(
        {"P 2": Speaker("P2"), "Facilitator": LEADER, "SPEAKER_00": UNKNOWN}, 0
    )


def test_somebody_who_was_not_there_is_not_chosen(make):
    assert make(said("P9")).placed_speakers().speakers == {"P9": UNKNOWN}


def test_it_says_how_many_turns_are_set_to_not_known_and_who_was_not_entered_as_present(make):
    page = make(said("P9"), said("P1"), said("P9"), said("SPEAKER_00"))
    assert page.absent.text() == "2 turns are set to “not known”. Not entered as present: P9."
    field = page.first_focus()
    field.setCurrentIndex(field.findData(Speaker("P2")))

    assert page.absent.text() == ""
    assert make(said("P1"), said("S1")).absent.text() == ""


def test_what_was_chosen_is_passed_on_with_where_its_times_begin(make, qtbot):
    page = make(said("S1", at_ms=0), said("S2", at_ms=4_000))
    field = page.first_focus()
    field.setCurrentIndex(field.findData(Speaker("P1")))
    page.minutes.setValue(2)
    page.seconds.setValue(30)
    qtbot.mouseClick(page.import_button, Qt.MouseButton.LeftButton)

    assert page.begun == [PlacedSpeakers({"S1": Speaker("P1"), "S2": UNKNOWN}, 150_000)]


def test_without_times_nothing_is_asked_of_the_clock(make):
    assert not make(said("S1")).minutes.isVisible()
    assert make(said("S1", at_ms=0)).minutes.isVisible()


def test_a_file_that_says_nothing_of_speakers_says_so(make):
    page = make(said(""))

    assert any("does not say who speaks" in one.text() for one in page.findChildren(QLabel))
    assert page.placed_speakers().speakers == {}


def test_a_guessed_encoding_is_said(make):
    assert "Windows-1252" in label(make(said("S1"), encoding="Windows-1252", guessed=True), "import-text-guess")


def test_the_first_turns_are_shown_as_they_were_read(make):
    page = make(*(said("S1", f"Turn {n}") for n in range(6)))

    assert label(page, "import-text-lines") == "S1: Turn 0\nS1: Turn 1\nS1: Turn 2\nS1: Turn 3"


def test_with_a_guessed_encoding_the_accents_to_check_are_shown(make):
    far = "word " * 100 + "whānau " + "word " * 100
    page = make(said("S1", "No accent."), said("S2", far), encoding="Windows-1252", guessed=True)

    assert label(page, "import-text-lines").startswith("S2: …word")
    assert "whānau" in label(page, "import-text-lines")


def test_another_encoding_can_be_chosen_and_who_was_chosen_stays(make, qtbot):
    again = ImportedText((said("S1", "whānau"), said("S2")), "Windows-1257", guessed=True)
    asked = []

    def read_as(encoding):
        asked.append(encoding)
        return again

    encodings = ("Windows-1252", "Windows-1257")
    page = make(said("S1", "whânau"), encoding="Windows-1252", guessed=True, encodings=encodings, read_as=read_as)
    assert page.first_focus() is page.encoding
    page._who["S1"].setCurrentIndex(page._who["S1"].findData(Speaker("P1")))
    page.encoding.setFocus()
    qtbot.keyClick(page.encoding, Qt.Key.Key_Down)

    assert asked == ["Windows-1257"]
    assert label(page, "import-text-lines") == "S1: whānau"
    assert page.placed_speakers().speakers == {"S1": Speaker("P1"), "S2": UNKNOWN}
    assert accessible.out_of_reading_order(page) == []


def test_an_encoding_in_which_it_cannot_be_read_is_not_taken(make, qtbot):
    encodings = ("Windows-1252", "Windows-1257")
    page = make(said("S1", "whânau"), encoding="Windows-1252", guessed=True, encodings=encodings)
    qtbot.keyClick(page.encoding, Qt.Key.Key_Down)

    assert page.encoding.currentText() == "Windows-1252"
    assert label(page, "import-text-lines") == "S1: whânau"


def test_how_many_times_do_not_fit_the_recording_is_said_before_anything_is_stored(make):
    page = make(
        timed("Anna", 1_000, 6_000),
        timed("Bob", 3_000, 4_000),
        timed("", 2_000, 1_000),
        timed("", 600_000, 601_000),
        until_ms=25_000,
    )
    assert page.moved.isVisible()
    assert page.moved.text() == (
        "2 times in the file go back, or are not in the recording, which ends at 0:25. They will be moved to fit. "
        "1 passage overlaps the next or ends too late. It will end earlier."
    )
    page.seconds.setValue(23)

    assert page.moved.text().startswith("3 times in the file")


def test_of_times_that_fit_nothing_is_said(make):
    assert not make(timed("S1", 0, 2_000), timed("S2", 2_000, 4_000)).moved.isVisible()
    assert not make(said("S1")).moved.isVisible()


def timed(label, begin_ms, end_ms):
    return ImportedTurn(label, (TimedText("It stayed with me.", begin_ms, end_ms),))


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_the_fields_of_the_time_are_level(make, theme, scale):
    theme.set_scale(scale)
    page = make(timed("S1", 0, 2_000))
    page.resize(1073, 720)
    process_events()
    places = [field.mapTo(page, QPoint(0, 0)) for field in (page.minutes, page.seconds)]

    assert places[0].x() < places[1].x()
    assert places[0].y() == places[1].y()
