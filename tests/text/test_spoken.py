"""Lines to say are true of the group, and can be said whatever is entered."""

from __future__ import annotations

from itertools import product

import pytest
from sessions import shipped

from balint_desktop.domain.session.opening_frame import OpeningFrame
from balint_desktop.text.spoken import opening_lines, spoken, spoken_lines, with_frame

FRAMES = [
    OpeningFrame(recorded=a, for_research=b, purpose=c, heard_by=d, form=e, until=f, leader_assesses=g, leader_opens=h)
    for a, b, c, d, e, f, g, h in product(
        *[(False, True), (False, True), ("", "our study"), ("", "Dr Moana"), ("", "as a transcript without names")],
        *[("", "March 2030"), (None, False, True), (False, True)],
    )
]


def test_a_line_names_the_support_or_says_where_to_turn():
    line = "If something stays with you, you can contact {support}. I’ll be here afterwards too."

    assert spoken(line, "Student Care", "") == (
        "If something stays with you, you can contact Student Care. I’ll be here afterwards too."
    )
    assert spoken(line, " ", "") == "If something stays with you, please talk to someone you trust outside this group."


def test_the_time_of_the_return_is_filled_in():
    assert spoken_lines(("Back at {return}.", "Thank you."), "", "14:45") == ("Back at 14:45.", "Thank you.")


@pytest.mark.parametrize(
    ("time", "away_s", "said"),
    [
        ("14:45", None, "We’ll call you back at 14:45."),
        ("14:45", 1620, "We’ll call you back at 14:45."),
        ("", 1620, "We’ll call you back in about half an hour."),
        ("", 1140, "We’ll call you back in about 20 minutes."),
        ("", 30, "We’ll call you back in about 5 minutes."),
        ("", None, "We’ll call you back at the agreed time."),
    ],
)
def test_when_the_presenter_is_called_back_can_be_said_aloud(time, away_s, said):
    assert spoken("We’ll call you back {back}.", "", time, away_s=away_s) == said


@pytest.mark.parametrize("frame", [frame for frame in FRAMES if not frame.recorded])
def test_where_nothing_is_recorded_not_a_word_of_recording_is_said(frame):
    said = " ".join(opening_lines(frame))

    assert not any(word in said.casefold() for word in ("record", "hear", "pause", "study"))


@pytest.mark.parametrize("frame", FRAMES)
def test_what_is_said_is_true_of_the_group(frame):
    said = " ".join(opening_lines(frame))

    assert "agreed" not in said
    assert ("counts towards your marks" in said) is (frame.leader_assesses is False)
    assert ("can’t open the recording" in said) is (
        frame.recorded and frame.leader_assesses is True and not frame.leader_opens
    )
    assert ("at any time" in said) is frame.recorded
    for told in (frame.purpose, frame.heard_by, frame.until):
        assert not told or (told in said) is frame.recorded
    assert "{" not in said
    assert "  " not in said


def test_a_recorded_group_hears_for_whom_who_and_until_when():
    form = "as a transcript without names"
    frame = OpeningFrame(recorded=True, purpose="our study", heard_by="Dr Moana", form=form, until="May 2030")

    assert opening_lines(frame) == (
        (
            "We’re recording this session for our study. "
            f"Dr Moana will hear or read it, {form}. It will be stored until May 2030."
        ),
        "I can pause it for anyone at any time: just ask, or give me a sign.",
    )


def test_who_hears_it_begins_the_sentence():
    frame = OpeningFrame(recorded=True, heard_by="two researchers")

    assert opening_lines(frame)[0] == "We’re recording this session. Two researchers will hear it."


def test_by_default_nothing_is_said_that_could_be_untrue():
    assert opening_lines(OpeningFrame()) == ()


def test_what_the_group_agreed_is_said_before_the_support():
    words = shipped("student-hour").phases[0].words
    lines = with_frame(words, OpeningFrame(recorded=True))

    assert lines[:3] == words[:3]
    assert lines[-1] == words[-1]
    assert len(lines) == len(words) + 2
    assert with_frame(("Welcome.",), OpeningFrame(recorded=True))[0] == "Welcome."


def test_a_group_whose_call_is_recorded_is_told_that_everyone_who_speaks_is():
    said = opening_lines(OpeningFrame(recorded=True, call_recorded=True))

    assert "everyone who speaks is recorded" in said[0]
    assert "everyone who speaks" not in " ".join(opening_lines(OpeningFrame(recorded=True)))
    assert opening_lines(OpeningFrame(call_recorded=True)) == ()
