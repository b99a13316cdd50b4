"""The methods paragraph says what was done, counted, with blanks for what is not known."""

from __future__ import annotations

from dataclasses import replace

import pytest
from study_accounts import STUDY, account

from balint_desktop.domain.analysis.codebook import Codebook
from balint_desktop.domain.analysis.coding import Coding, Codings
from balint_desktop.domain.analysis.history import CoderWork
from balint_desktop.domain.analysis.study import Approach, ThemeWork
from balint_desktop.reports.analysis.methods import paragraph


def text(**changes):
    return paragraph(account(**changes), lambda day: day.isoformat())


def of_study(**changes):
    return text(study=replace(STUDY, **changes))


def test_everything_that_is_known_is_said_and_counted():
    assert text() == (
        "The de-identified transcripts of 2 sessions were analysed. The evaluation session was analysed together with "
        "the case sessions. The analysis was thematic (Braun & Clarke 2006), with rounds of independent coding, a "
        "shared coding framework, and differences discussed to consensus. 3 people coded: Coder 1, Coder 2 and Coder 4 "
        "(independent). Coder 1 had led the group. Coder 2 coded in Word. Coder 4 coded in another program for "
        "qualitative analysis. There were 2 rounds of coding. In each, every coder worked without seeing what others "
        "had coded until their own round was closed. Round 1, open coding: 4 coded passages with 3 codes. Coder 4 did "
        "not finish round 1. Round 2, with version 1 of the framework: 1 coded passage with 1 code. Coder 2 did not "
        "finish round 2. Coder 4, from outside the team, had the transcripts only, without the coding framework. The "
        "coding framework was fixed before it was used: version 1 with 3 codes. Differences were discussed in 1 "
        "meeting; 2 matters were decided. Of these, 1 was left open. No coder’s own coding was changed by a decision. "
        "1 theme was named, out of 3 considered. No figure of agreement between coders was calculated for this report. "
        "Māori and Pacific data in this study are governed by: the kaitiaki group. 2 of 2 recordings were destroyed, "
        "on 2026-04-20. 1 of 2 identifiable transcripts was destroyed, on 2026-04-21. The analysis was done with "
        "Balint Desktop 0.2.0. First drafts of transcripts were written by small.en (SHA-256 1234)."
    )


def test_a_reflexive_analysis_speaks_of_no_rounds_and_no_figures_are_blank():
    words = of_study(approach=Approach.REFLEXIVE)

    assert "without rounds of comparison" in words
    assert "rounds of coding" not in words


def test_figures_are_asked_for_only_where_the_approach_has_them():
    words = of_study(approach=Approach.RELIABILITY)

    assert "Agreement between coders: [to fill in: figures, unit and codes]." in words


def test_the_evaluation_left_out_is_said_and_not_counted():
    words = of_study(without_evaluation=True)

    assert "transcript of 1 session was analysed. The evaluation session was left out." in words
    assert "Round 1, open coding: 3 coded passages with 3 codes." in words
    assert "1 of 1 recordings was destroyed" in words


@pytest.mark.parametrize(
    ("had", "words"),
    [
        (True, "had the transcripts and the coding framework."),
        (None, "had [to fill in: the transcripts only, or the framework too]."),
    ],
)
def test_what_the_independent_coder_had_is_said(had, words):
    assert words in of_study(independent_had_framework=had)


def test_where_nobody_said_that_they_led_the_group_it_is_asked():
    authors = tuple(replace(one, led_group=False) for one in STUDY.authors)

    assert "Had led the group: [to fill in: which authors, or none]." in of_study(authors=authors)


def test_an_empty_study_has_blanks_and_no_figure():
    words = text(
        study=replace(STUDY, authors=(), governance=""),
        rounds=(),
        works={},
        frameworks=(),
        decisions=(),
        themes=ThemeWork(),
        histories=(),
        models=(),
        software="",
    )

    assert "coded by [to fill in: who coded]." in words
    assert "Who governs Māori and Pacific data in this study is not stated." in words
    assert "The analysis was done with [to fill in: software]." in words
    assert "theme" not in words.replace("thematic", "")


def test_decisions_without_a_meeting_that_anybody_noted_are_no_meeting():
    nobody = (replace(account().meetings[0], authors=(), note=""),)

    assert "2 matters were decided; no meeting was noted. Of these, 1 was left open." in text(meetings=nobody)
    assert "discussed in" not in text(meetings=nobody)


def test_what_is_agreed_is_counted_and_its_codes_are_those_of_the_report():
    codings = tuple(Coding(str(at), STUDY.texts[0].recording, at, at + 5, "f", 0.0) for at in (0, 9))
    made = account(consensus=CoderWork(Codebook().with_code("f", "Anger"), Codings(codings)))

    assert "Consensus has 2 coded passages." in paragraph(made, str)
    assert made.uses() == {"anger": 2}
