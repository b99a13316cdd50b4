"""The consent form is complete and escapes typed text; the ethics file counts; no other export holds consents."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from kept_vaults import keep_session
from outside import DESTROYED, NUMBERED

from balint_desktop.domain.group.group import Group, RecordingRule
from balint_desktop.domain.session.session_record import session_record
from balint_desktop.domain.study.consent import Answer, Consent, Purpose, TakenBy
from balint_desktop.domain.study.recording_terms import recording_terms
from balint_desktop.domain.study.terms import Study
from balint_desktop.domain.values import GroupId, participant_code
from balint_desktop.recordings.service import RecordingService
from balint_desktop.reports.consent_form import form_html, is_proposed
from balint_desktop.reports.consent_table import counts_table, each_person_table, file_name
from balint_desktop.reports.sessions import attendance_table, phases_table, sessions_table, to_json
from balint_desktop.reports.tables import to_csv
from balint_desktop.vault.log.consents import ConsentCollection

P1, P2, P3 = CODES = tuple(participant_code(number) for number in (1, 2, 3))
MARCH = date(2026, 3, 4)
ROWS = [
    Consent(1, P1, Purpose.RECORDING, Answer.GIVEN, MARCH, "1", TakenBy.COORDINATOR),
    Consent(2, P2, Purpose.RECORDING, Answer.GIVEN, MARCH, "2", TakenBy.COORDINATOR),
    Consent(3, P2, Purpose.RECORDING, Answer.WITHDRAWN, MARCH, "2", TakenBy.FACILITATOR),
    Consent(4, P1, Purpose.QUOTATIONS, Answer.DECLINED, MARCH, "=2+3"),
]


TERMS = recording_terms(Group(GroupId("g"), "Block B"), None, None)


def form(**group):
    """Return the draft form of a group with these settings."""
    return form_html(Study(), recording_terms(Group(GroupId("g"), "Block B", **group), None, None))


def read(table):
    return list(csv.DictReader(io.StringIO(to_csv(table).decode("utf-8-sig"))))


def test_the_form_has_a_box_per_purpose_its_version_the_approval_and_room_to_sign():
    html = form_html(Study(form_version="2", approval_reference="023473", approval_committee="UAHPEC"), TERMS)
    assert html.count("&#9744;") == len(Purpose)
    for one in ("2", "023473", "UAHPEC", "Signature", "Date", "Name"):
        assert one in html
    assert "leaving the study never means leaving the group" in html


def test_the_proposed_wording_says_that_it_must_be_replaced_until_it_is():
    assert "replace it before use" in form_html(Study(), TERMS)
    own = Study(
        form_opening="Our study.",
        form_closing="Signed freely.",
        form_purposes={purpose: f"About {purpose.value}." for purpose in Purpose},
    )
    assert not is_proposed(own)
    html = form_html(own, TERMS)
    assert "replace it before use" not in html
    assert "Our study." in html
    assert "About quotations." in html


@pytest.mark.parametrize(
    ("assesses", "promised", "warned"), [(None, False, False), (False, True, False), (True, False, True)]
)
def test_the_form_promises_that_nothing_depends_on_an_answer_only_where_that_is_so(assesses, promised, warned):
    html = form(leader_assesses=assesses)

    assert ("without any effect on my studies" in html) is promised
    assert ("The person who leads the group also assesses you." in html) is warned


def test_the_form_says_by_whom_recording_is_decided():
    assert "only if every member has agreed" in form()
    assert "others may be able to tell from who is away" in form(recording_rule=RecordingRule.THOSE_PRESENT)


def test_the_form_says_what_is_done_for_patients_in_the_studys_own_words_where_there_are_any():
    own = recording_terms(Group(GroupId("g"), "Block B"), Study(patients="No case is kept."), None)

    assert "Patients did not consent." in form()
    assert "No case is kept." in form_html(Study(), own)


def test_typed_text_is_never_read_as_markup():
    html = form_html(Study(form_opening="<img src=x> & more", form_purposes={Purpose.SHARING: "<b>bold</b>"}), TERMS)
    assert "<img" not in html
    assert "<b>bold" not in html
    assert "&lt;img src=x&gt; &amp; more" in html


def test_the_ethics_file_counts_by_purpose_with_the_forms_and_names_no_one():
    table = counts_table(ROWS, CODES)
    lines = [line for line in read(table) if line["purpose"] == "recording"]
    assert [(line["form"], line["given"], line["withdrawn"], line["not_asked"]) for line in lines] == [
        ("1, 2", "1", "1", "1")
    ]
    assert "P1" not in to_csv(table).decode()


def test_one_withdrawal_does_not_double_the_table():
    given = [
        Consent(place, code, purpose, Answer.GIVEN, MARCH, "2")
        for place, (code, purpose) in enumerate(((c, p) for c in CODES for p in Purpose), start=1)
    ]
    withdrawn = [
        Consent(100 + place, P2, purpose, Answer.WITHDRAWN, MARCH) for place, purpose in enumerate(Purpose, start=1)
    ]

    lines = read(counts_table([*given, *withdrawn], CODES))

    assert [line["purpose"] for line in lines] == [purpose.value for purpose in Purpose]
    assert {(line["form"], line["given"], line["withdrawn"]) for line in lines} == {("2", "2", "1")}


def test_a_group_without_members_has_an_empty_table():
    assert read(counts_table([], ())) == []


def test_by_number_each_member_has_a_row_the_file_says_so_and_no_cell_is_a_formula():
    table = each_person_table(ROWS, GroupId("ours"), CODES, NUMBERED)
    lines = {(line["study_number"], line["purpose"]): line for line in read(table)}
    assert lines["R98", "recording"]["answer"] == "withdrawn"
    assert lines["R98", "recording"]["day"] == "2026-03-04"
    assert lines["R97", "recording"]["answer"] == "not asked"
    assert not lines["R99", "quotations"]["form"].startswith("=")
    assert not any(code in to_csv(table).decode() for code in CODES)
    assert (file_name(NUMBERED.marked), file_name("")) == ("consents-by-number.csv", "consents-counts.csv")


def test_once_the_numbers_were_destroyed_the_table_is_by_code_and_says_so():
    table = each_person_table(ROWS, GroupId("ours"), CODES, DESTROYED)

    assert (table.name, table.columns[0].name, table.rows[0][0]) == ("consents by code", "code", "P1")
    assert file_name(DESTROYED.marked) == "consents-by-code.csv"


def test_no_export_of_the_log_holds_consents(tmp_path):
    kept = keep_session(tmp_path)
    vault = kept.made.open()
    try:
        consents = vault.log.consents
        (group,) = vault.log.groups.groups()
        cells = [(group.participants[0].code, Purpose.QUOTATIONS)]
        consents.enter(group.id, cells, Answer.DECLINED, ConsentCollection(consents.today(), "form-seven"))
        records = [session_record(one) for one in RecordingService(vault, None, None).sessions()]
        tables = [
            sessions_table(records, NUMBERED),
            phases_table(records),
            attendance_table(records, NUMBERED),
        ]
        text = to_json(records, NUMBERED) + "".join(to_csv(table).decode() for table in tables)
    finally:
        vault.close()
    assert "Wednesday group" in text
    for secret in ("form-seven", "quotations", "declined", "agreed", "consent", "answered"):
        assert secret not in text
