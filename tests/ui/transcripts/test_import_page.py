"""An imported text: who is who is asked once, with the likely answer chosen, and where its times begin."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from balint_desktop.domain.transcript.imported_text import ImportedText, ImportedTurn, TimedText
from balint_desktop.domain.transcript.transcript import LEADER, UNKNOWN, Speaker
from balint_desktop.ui.transcripts.import_page import ImportTextPage, PlacedSpeakers, TextToImport

ROOM = (Speaker("P1"), Speaker("P2"), LEADER)


def said(label, text="It stayed with me.", at_ms=None):
    return ImportedTurn(label, (TimedText(text, at_ms),))


@pytest.fixture
def make(qtbot):
    def shown(*turns, **more):
        begun = []
        page = ImportTextPage(
            TextToImport("hour.docx", "Wednesday group, session 3", ImportedText(turns, **more), ROOM), begun.append
        )
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
    assert "Windows-1252" in label(make(said("S1"), encoding="Windows-1252", guessed=True), "import-text-encoding")
