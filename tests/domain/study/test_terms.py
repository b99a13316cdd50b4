"""A study's terms are read back as entered, and state what a withdrawal requires."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from balint_desktop.domain.study.consent import Purpose
from balint_desktop.domain.study.terms import Asks, Study, TermsProblem, Until, changed_fields, from_fields, to_fields

STUDY = Study(
    second_reader=True,
    coordinator="the university’s coordinator",
    coordinator_teaches=False,
    sheet_version="2",
    sheet_sent=date(2026, 2, 2),
    sheet_sent_by="the coordinator",
    invited=8,
    agreed=6,
    questions_answered=date(2026, 2, 23),
    forms_signed=date(2026, 3, 2),
    approval_reference="023473",
    approval_committee="Human Participants Ethics Committee",
    approval_day=date(2026, 1, 26),
    approval_terms="Three years.",
    transcriber="a transcriber under a confidentiality agreement",
    withdrawal_until=Until.DAY,
    withdrawal_day=date(2026, 6, 1),
    withdrawal_asks=Asks.DESTROY,
    form_version="2",
    form_opening="A study of a group.",
    form_purposes={Purpose.RECORDING: "I agree to being recorded."},
)


def test_a_study_is_read_back_as_it_was_entered():
    assert from_fields(json.loads(json.dumps(to_fields(STUDY)))) == STUDY
    assert from_fields({}) == Study()
    assert to_fields(Study()) == {"withdrawal_until": "always"}
    with pytest.raises(ValueError, match="chief"):
        from_fields({"chief": "somebody"})


@pytest.mark.parametrize(
    ("study", "day", "asks"),
    [
        pytest.param(STUDY, date(2026, 6, 1), Asks.DESTROY, id="on the last day"),
        pytest.param(STUDY, date(2026, 6, 2), Asks.KEEP, id="the day after"),
        pytest.param(Study(), date(2026, 6, 2), None, id="no rule is entered, and none is made up"),
        pytest.param(
            Study(withdrawal_asks=Asks.REMOVE_WORDS), date(2029, 1, 1), Asks.REMOVE_WORDS, id="without an end"
        ),
        pytest.param(
            Study(withdrawal_asks=Asks.DESTROY, withdrawal_until=Until.DEIDENTIFIED),
            date(2029, 1, 1),
            Asks.DESTROY,
            id="not de-identified yet",
        ),
        pytest.param(
            Study(
                withdrawal_asks=Asks.DESTROY,
                withdrawal_until=Until.DEIDENTIFIED,
                deidentified=date(2026, 5, 1),
            ),
            date(2026, 5, 2),
            Asks.KEEP,
            id="de-identified since",
        ),
    ],
)
def test_a_withdrawals_consequences_follow_the_approvals_rule(study, day, asks):
    assert study.asks_on(day) is asks


def test_contradictory_terms_are_reported():
    assert STUDY.problems() == ()
    assert replace(STUDY, agreed=9).problems() == (TermsProblem.MORE_AGREED,)
    assert replace(STUDY, withdrawal_day=None).problems() == (TermsProblem.DAY_MISSING,)
    assert replace(STUDY, approval_terms="x" * 5000).problems() == (TermsProblem.TOO_LONG,)


def test_changes_are_reported_by_field_name():
    assert changed_fields(Study(), replace(Study(), invited=8, form_version="2")) == ("invited", "form_version")
