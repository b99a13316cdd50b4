"""The methods paragraph and the COREQ items: data in the log is counted, missing data is a marked blank."""

import dataclasses
import re

import pytest
from accounts import CODES, DECK, six_weeks_account

from balint_desktop.domain.study.facilitator import Facilitator
from balint_desktop.reports.coreq import as_text, coreq_items
from balint_desktop.reports.group_account import Declared
from balint_desktop.reports.methods import paragraph


def iso(day):
    return day.isoformat()


def item(account, number):
    return next(one.answer for one in coreq_items(account, iso) if one.number == number)


def test_the_paragraph_counts_sessions_and_cases_separately():
    text = paragraph(six_weeks_account(), iso)

    assert (
        "met for 6 sessions between 2026-03-04 and 2026-04-08: 5 case sessions, in which 6 cases were presented,"
        " and 1 evaluation session." in text
    )


def test_the_paragraph_reports_lengths_attendance_and_recordings_from_the_log():
    text = paragraph(six_weeks_account(), iso)

    assert "They lasted a median of 60 min (range 55 to 88)." in text
    assert "The group had 6 participants, of whom 4 to 6 (median 6) attended each session." in text
    assert "recorded in 5 of 6 sessions, 324.5 min in all." in text
    assert "1 recording has been destroyed since." in text


def test_the_prompt_deck_in_use_is_named():
    text = paragraph(six_weeks_account(), iso)

    assert f"“{DECK}”" in text
    assert "Prompts based on published findings were off. 21 prompts were shown in all" in text
    assert DECK in item(six_weeks_account(), 17)


def test_a_deck_missing_from_the_log_is_a_marked_blank():
    account = six_weeks_account()
    records = tuple(dataclasses.replace(record, prompts=()) for record in account.records)

    assert "[to fill in: which prompt deck was on" in paragraph(dataclasses.replace(account, records=records), iso)
    some = dataclasses.replace(account, records=(*account.records[:4], *records[4:]))
    assert "The deck was not recorded for 2 of 6 sessions." in paragraph(some, iso)


def test_the_facilitators_items_are_as_typed_and_blank_otherwise():
    account = six_weeks_account()

    assert item(account, 1) == "the second author"
    assert item(account, 4).startswith("[to fill in: gender")
    unknown = six_weeks_account(facilitator=Facilitator())
    assert all(item(unknown, number).startswith("[to fill in: ") for number in (1, 2, 3, 4, 5))


def test_the_items_are_those_that_a_log_can_answer():
    assert [one.number for one in coreq_items(six_weeks_account(), iso)] == [1, 2, 3, 4, 5, 6, *range(14, 22)]


def test_the_facilitators_other_roles_are_included_where_typed():
    both = six_weeks_account(facilitator=Facilitator(relation="does the primary analysis"))

    assert item(both, 8) == "does the primary analysis"


def test_non_participants_are_counted_by_role_and_never_named():
    account = six_weeks_account()
    beside = {account.records[0].id: {"observer": 1}, account.records[2].id: {"co-lead": 1, "observer": 1}}

    assert (
        item(dataclasses.replace(account, colleagues=beside), 15)
        == "co-leader in 1 of 6 sessions and observer in 2 of 6 sessions."
    )
    assert item(account, 15).startswith("[to fill in: ")


def test_no_one_is_named_and_no_code_is_shown():
    result = as_text(six_weeks_account(), iso)

    assert not any(re.search(rf"\b{code}\b", result) for code in CODES)


def test_a_group_that_has_not_met_has_nothing_to_report():
    account = six_weeks_account(records=())

    assert paragraph(account, iso) == "This group has not met yet."
    assert item(account, 21) == "[to fill in: the group has not met yet]"


@pytest.mark.parametrize("account", [six_weeks_account(), six_weeks_account(records=()), six_weeks_account(planned=())])
def test_every_number_in_the_text_is_a_figure_of_the_account(account):
    """A number that is in no figure would be invented."""
    result = as_text(account, iso)
    result = result.replace(DECK, "").replace("023473", "").replace("Craig 2007", "")
    result = re.sub(r"\d{4}-\d\d-\d\d", "", re.sub(r"^\d+\. ", "", result, flags=re.MULTILINE))
    known = {
        *(len(account.records), len(account.case_sessions), len(account.evaluations), account.cases),
        *(len(account.recorded), len(account.destroyed), len(account.members), account.prompts_shown),
        *(account.count_notes, account.recorded_minutes, 60, 90),
        *(v for s in (account.lengths(), account.people_per_session()) if s for v in (s.middle, s.least, s.most)),
    }

    assert {float(number) for number in re.findall(r"\d+(?:\.\d+)?", result)} <= {float(number) for number in known}


def test_a_study_says_whether_the_facilitator_assesses_and_what_was_not_stated():
    assert item(six_weeks_account(), 6) == "Whether the facilitator also assesses the participants is not stated."
    assert item(six_weeks_account(declared=Declared(assesses=True)), 6).startswith("The facilitator also assesses")
    unstated = as_text(six_weeks_account(), iso)
    assert "Safeguards for the patients discussed are not stated." in unstated
    assert "Who governs Māori and Pacific data in this study is not stated." in unstated


def test_a_study_repeats_what_was_entered_for_patients_and_data_governance():
    declared = Declared(assesses=False, patients="nothing identifying is kept.", governance="the iwi panel.")
    text = as_text(six_weeks_account(declared=declared), iso)

    assert "The facilitator does not assess the participants." in text
    assert "patients discussed: nothing identifying is kept." in text
    assert "governed by: the iwi panel." in text


def test_a_teaching_group_states_nothing_of_a_study():
    account = six_weeks_account()
    teaching = dataclasses.replace(account, group=dataclasses.replace(account.group, for_research=False))

    assert "not stated" not in as_text(teaching, iso)
