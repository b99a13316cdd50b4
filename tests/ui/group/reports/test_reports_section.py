"""The section Reports: the file each choice writes, read by another program, and its audit row."""

import dataclasses
import hashlib
import json
import re
from datetime import date, timedelta

import openpyxl
import pytest
from accessible import cut, nameless, out_of_reading_order, tab_stops, unreachable
from accounts import CODES, DECK, GROUP, six_weeks_group
from opened_elsewhere import by_pdftotext, csv_rows, pages_of
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel
from qt_events import process_events

from balint_desktop import resources
from balint_desktop.domain.evaluation.written_part import Sheet
from balint_desktop.domain.group.roster import Person, Roster
from balint_desktop.domain.study.access import AccessRequest, RequestId
from balint_desktop.domain.study.consent import Answer, Purpose
from balint_desktop.domain.study.terms import Study
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import GroupId
from balint_desktop.ui.group.reports.section import ReportsSection
from balint_desktop.ui.shell.messages import MessageKind
from balint_desktop.vault.log.consents import ConsentCollection
from balint_desktop.vault.study_numbers import read_numbers


def last_row(vault):
    return vault.log.audit.rows()[-1]


def no_code_in(given):
    return not any(re.search(rf"\b{code}\b", given) for code in CODES)


def test_the_report_shows_counts_and_no_codes(section, where, vault, account):
    section.report_button.click()

    text = " ".join(by_pdftotext(where.path).split())
    assert "Report on Wednesday group" in text
    assert "met for 6 sessions" in text
    assert "5 case sessions, in which 6 cases were presented, and 1 evaluation session" in text
    assert "88 of 90 min" in text
    assert "Session 2: 30:00 to 32:00: not recorded (2 min)" in text
    assert DECK in text
    assert " ".join(account.trail.head) in re.sub(r"Report on Wednesday group Page \d of \d ", "", text)
    assert no_code_in(text)
    assert json.loads(last_row(vault).details) == {"what": "group-report", "group": GROUP, "names": "no"}


def test_every_page_of_the_report_says_which_of_how_many_it_is(section, where):
    section.report_button.click()

    pages = by_pdftotext(where.path).rstrip("\f").split("\f")
    feet = [page.strip().splitlines()[-1].split() for page in pages]
    assert len(pages) > 1
    assert [" ".join(foot[-4:]) for foot in feet] == [f"Page {n} of {len(pages)}" for n in range(1, len(pages) + 1)]


def test_where_a_coordinator_keeps_the_answers_the_report_counts_none(section, where, vault):
    consents = vault.log.consents
    taking = ConsentCollection(consents.today())
    consents.enter(GROUP, [(CODES[0], Purpose.RECORDING)], Answer.DECLINED, taking)
    consents.save_study(GROUP, Study(coordinator="the course office"))
    section.report_button.click()

    text = by_pdftotext(where.path)
    assert "The course office keeps the answers." in text
    assert "Declined" not in text


def test_a_withdrawal_leaves_one_row_per_purpose_in_the_report(section, where, vault):
    today = vault.log.consents.today()
    consents = vault.log.consents
    for purpose in (Purpose.RECORDING, Purpose.QUOTATIONS):
        consents.enter(GROUP, [(code, purpose) for code in CODES], Answer.GIVEN, ConsentCollection(today, "2"))
    consents.enter(GROUP, [(CODES[0], Purpose.QUOTATIONS)], Answer.WITHDRAWN, ConsentCollection(today))
    section.report_button.click()

    text = by_pdftotext(where.path)
    rows = [line.split() for line in text.splitlines() if line.startswith(("Quotations", "Being recorded"))]
    assert rows == [["Being", "recorded", "2", "6", "0", "0", "0"], ["Quotations", "2", "5", "0", "1", "0"]]


def test_the_report_holds_each_written_parts_own_counts_and_withholds_what_could_identify(section, where, vault):
    rows = vault.log.evaluation
    text = resources.text("questionnaires/written-part.toml")
    for day, answer in ((date(2026, 4, 1), 2), (date(2026, 4, 8), 4)):
        part = rows.open_part(GROUP, day, text, 5)
        statements = len(rows.part(part).questionnaire.statements)
        for number in range(6):
            rest = (None,) * (statements - 2)
            # All alike on the second statement.
            rows.add_sheet(part, Sheet((answer if number < 3 else 5, 3, *rest), ("my own words",)))
        rows.close_part(part)
    section.report_button.click()

    lines = [" ".join(line.split()) for line in by_pdftotext(where.path).splitlines()]
    assert [line for line in lines if line.startswith("I felt safe to speak.")] == [
        "I felt safe to speak. 0 3 0 0 3",
        "I felt safe to speak. 0 0 0 3 3",
    ]
    assert [line for line in lines if line.startswith("I was listened to.")] == ["I was listened to. – – – – –"] * 2
    assert not any("my own words" in line for line in lines)


def test_whoever_leads_and_assesses_reads_no_answers_in_the_report_before_the_grades(section, where, vault):
    rows = vault.log.evaluation
    part = rows.open_part(GROUP, date(2026, 4, 8), resources.text("questionnaires/written-part.toml"), 5)
    for number in range(6):
        rows.add_sheet(part, Sheet((1 + number % 3, *[None] * 11)))
    rows.close_part(part)
    assessing = dataclasses.replace(six_weeks_group(), leader_assesses=True)
    section.show_subject(assessing)
    section.report_button.click()

    text = " ".join(by_pdftotext(where.path).split())
    assert "until the grades are final" in text
    assert "I felt safe to speak." not in text


def test_the_notice_of_a_saved_file_ends_with_its_part(section):
    section.parts.show_section("records")
    section.report_button.click()
    assert section._deps.messages.last.action == "Open"
    process_events()

    section.parts.show_section("own")

    assert section._deps.messages.last is None


def test_an_open_written_part_shows_no_counts_in_the_report(section, where, vault):
    vault.log.evaluation.open_part(GROUP, date(2026, 4, 8), resources.text("questionnaires/written-part.toml"), 5)
    section.report_button.click()

    text = " ".join(by_pdftotext(where.path).split())
    assert "It is still open: counts appear once it is closed." in text
    assert "I felt safe to speak." not in text


def test_a_long_report_repeats_its_headings_on_each_page(section, where, vault):
    plan = vault.log.dates.plan(GROUP)

    more = tuple(dataclasses.replace(plan[-1], number=n, day=plan[-1].day + timedelta(weeks=n)) for n in range(7, 61))
    vault.log.dates.save_plan(GROUP, plan + more)

    section.report_button.click()

    text = by_pdftotext(where.path)
    assert pages_of(where.path) > 2
    assert len(re.findall(r"No\.\s+Planned\s+Held", text)) > 1


def test_typed_text_is_never_taken_for_markup(section, where, vault):
    section.show_subject(
        dataclasses.replace(six_weeks_group(), name='<b>Bold</b> & <img src="x">', support="Hall & <em>room</em>")
    )

    section.report_button.click()

    text = " ".join(by_pdftotext(where.path).split())
    assert '<b>Bold</b> & <img src="x">' in text
    assert "Hall & <em>room</em>" in text


def test_a_certificate_uses_the_code_unless_a_name_is_requested(section, where, vault):
    section.certificate.who.setCurrentIndex(6)
    section.certificate.save_button.click()

    text = " ".join(by_pdftotext(where.path).split())
    assert "participant P6 attended 5 of 6 sessions" in text
    assert "5 h 23 min in all" in text
    assert "presented" not in text
    assert not any(code in text for code in CODES if code != "P6")
    assert "with-name" not in where.suggested
    assert json.loads(last_row(vault).details)["names"] == "no"


def test_a_certificate_with_a_name_says_so_in_its_file_name_whatever_was_typed(section, where, vault, tmp_path):
    vault.rosters.save({GROUP: Roster((Person(CODES[1], "Somebody Else"),))})
    section.certificate.who.setCurrentIndex(2)
    section.certificate.roster_button.click()
    where.name = "mine.pdf"

    section.certificate.save_button.click()

    assert not where.path.exists()
    text = " ".join(by_pdftotext(tmp_path / "mine-with-name.pdf").split())
    assert "Somebody Else attended 5 of 6 sessions" in text
    assert where.suggested.endswith("-with-name.pdf")
    assert json.loads(last_row(vault).details) == {"what": "certificate", "group": GROUP, "names": "yes"}
    assert "Somebody" not in "".join(row.details for row in vault.log.audit.rows())


def test_names_and_ticks_are_cleared_when_another_part_is_shown(section):
    section.certificate.with_names.setChecked(True)
    section.attendance.with_names.setChecked(True)
    section.parts.show_section("own")

    assert not section.certificate.with_names.isChecked()
    assert not section.attendance.with_names.isChecked()


def test_the_name_is_in_no_field_before_it_is_requested(section, vault):
    vault.rosters.save({GROUP: Roster((Person(CODES[0], "Somebody"),))})
    section.show_subject(six_weeks_group())
    section.certificate.who.setCurrentIndex(1)

    assert section.certificate.name.text() == ""


def test_everyones_certificates_are_pages_of_one_file_in_one_press(section, where, vault):
    section.certificate.institution.setText("University of Auckland")
    section.certificate.save_button.click()

    pages = by_pdftotext(where.path).rstrip("\f").split("\f")
    assert [next(code for code in CODES if f"participant {code}" in page) for page in pages] == list(CODES)
    for page in pages:
        assert "University of Auckland" in page
        assert [word in page for word in ("Facilitator", "For the institution", "Date")] == [True] * 3
    assert section.certificate.save_button.text() == "Export 6 certificates as PDF…"
    assert json.loads(last_row(vault).details) == {"what": "certificate", "group": GROUP, "names": "no"}


def test_names_come_from_the_roster_only_when_ticked_and_the_tick_holds_for_one_export(section, where, vault):
    vault.rosters.save({GROUP: Roster(tuple(Person(code, f"Person {code[1:]}") for code in CODES))})
    section.certificate.with_names.setChecked(True)
    section.certificate.save_button.click()

    text = by_pdftotext(where.path)
    assert all(f"Person {code[1:]}" in text for code in CODES)
    assert where.suggested.endswith("-with-name.pdf")
    assert not section.certificate.with_names.isChecked()


def test_one_file_each_is_named_by_code_and_each_export_is_audited(section, where, vault, tmp_path):
    where.folder = tmp_path / "certificates"
    where.folder.mkdir()
    section.certificate.one_file_each.setChecked(True)
    section.certificate.save_button.click()

    made = sorted(path.name for path in where.folder.iterdir())
    assert made == [f"attendance-wednesday-group-p{number}.pdf" for number in range(1, 7)]
    assert [pages_of(path) for path in where.folder.iterdir()] == [1] * 6
    assert [row.act for row in vault.log.audit.rows()][-6:] == ["report-taken-out"] * 6
    assert section._deps.messages.last.text.startswith("6 files were exported to ")


def test_of_several_files_all_are_written_or_none(section, where, tmp_path):
    where.folder = tmp_path / "certificates"
    where.folder.mkdir()
    (where.folder / "attendance-wednesday-group-p4.pdf").write_bytes(b"mine")
    section.certificate.one_file_each.setChecked(True)
    section.certificate.save_button.click()

    assert [path.read_bytes() for path in where.folder.iterdir()] == [b"mine"]
    assert section._deps.messages.last.kind is MessageKind.TROUBLE


def test_without_an_institution_no_line_waits_for_its_signature(section, where):
    section.certificate.save_button.click()

    assert "institution" not in by_pdftotext(where.path)


def test_hidden_signs_in_a_name_are_written_out_on_a_certificate(section, where):
    section.show_subject(dataclasses.replace(six_weeks_group(), name="Wednes\u202eday"))
    section.certificate.who.setCurrentIndex(1)
    section.certificate.name.setText("Some\u200bbody")
    section.certificate.save_button.click()

    text = " ".join(by_pdftotext(where.path).split())
    assert "Somebody attended" in text
    assert "Wednes\\u202eday" in text


def test_the_institution_is_remembered_in_the_vault(section, where, accounts):
    section.certificate.institution.setText("  University  of Auckland ")
    section.certificate.save_button.click()

    assert accounts.institution() == "University of Auckland"
    section.show_subject(six_weeks_group())
    assert section.certificate.institution.text() == "University of Auckland"


def test_presented_cases_are_stated_only_if_that_person_asked_and_only_once(section, where):
    assert not section.certificate.presented.isVisible()
    section.certificate.who.setCurrentIndex(6)
    section.certificate.presented.setChecked(True)
    section.certificate.save_button.click()
    assert "They presented 1 case." in by_pdftotext(where.path)

    assert not section.certificate.presented.isChecked()


def test_another_participant_needs_their_own_tick(section):
    section.certificate.who.setCurrentIndex(1)
    section.certificate.presented.setChecked(True)
    section.certificate.name.setText("Somebody")

    section.certificate.who.setCurrentIndex(2)

    assert not section.certificate.presented.isChecked()
    assert section.certificate.name.text() == ""


def test_attendance_is_a_grid_of_people_and_dates_and_nothing_else(section, where, vault):
    section.attendance.save_button.click()

    book = openpyxl.load_workbook(where.path)
    assert book.sheetnames == ["attendance", "what each column means"]
    heading, *rows = book["attendance"].iter_rows(values_only=True)
    assert (heading[0], heading[-2:]) == ("study_number", ("attended", "of"))
    assert [one.split("\n")[0] for one in heading[1:-2]] == ["1", "2", "3", "4", "5", "6"]
    away = {(heading[place][0], row[0]) for row in rows for place, mark in enumerate(row) if mark == "–"}
    label = read_numbers(vault, GROUP).label
    assert away == {("2", label("P6")), ("4", label("P1")), ("4", label("P2"))}
    assert [row[0] for row in rows] == [f"R{number}" for number in range(1, 7)]
    assert {row[0]: row[-2:] for row in rows}[label("P6")] == (5, 6)


def test_attendance_has_names_only_when_ticked_and_its_file_says_so(section, where, vault):
    vault.rosters.save({GROUP: Roster(tuple(Person(code, f"Person {code[1:]}") for code in CODES))})
    section.attendance.with_names.setChecked(True)
    section.attendance.save_button.click()

    rows = list(openpyxl.load_workbook(where.path)["attendance"].iter_rows(values_only=True))
    assert [row[1] for row in rows] == ["name", *(f"Person {code[1:]}" for code in CODES)]
    assert where.suggested.endswith("-with-name.xlsx")
    assert not section.attendance.with_names.isChecked()
    assert json.loads(last_row(vault).details)["names"] == "yes"


def test_attendance_prints_as_a_page_too(section, where):
    where.name = "a.by-number.pdf"
    section.attendance.save_button.click()

    text = by_pdftotext(where.path)
    assert pages_of(where.path) == 1
    assert "Page 1 of 1" in text
    assert [line.split()[0] for line in text.splitlines() if line.endswith(" of 6")] == [
        f"R{number}" for number in range(1, 7)
    ]


def test_a_row_per_session_is_still_there_for_statistics(section, where, vault):
    where.name = "a.by-number.csv"
    section.attendance.save_button.click()

    rows = csv_rows(where.path.read_bytes())
    label = read_numbers(vault, GROUP).label
    assert {(row["number"], row["study_number"]) for row in rows if row["attended"] == "no"} == {
        ("2", label("P6")),
        ("4", label("P1")),
        ("4", label("P2")),
    }
    assert len(rows) == 6 * 6


def test_the_dates_are_saved_for_a_calendar_without_names(section, where):
    section.dates_button.click()

    text = where.path.read_text()
    assert where.suggested.endswith(".ics")
    assert text.count("BEGIN:VEVENT") == 6
    assert "session 6 (evaluation)" in text
    assert no_code_in(text)


@pytest.mark.parametrize(
    ("name", "people"), [("a.xlsx", False), ("a.csv", False), ("a.phases.csv", False), ("a.by-number.xlsx", True)]
)
def test_the_sessions_hold_no_code_and_people_by_number_only_if_the_file_name_says_so(section, where, name, people):
    where.name = name
    section.log_button.click()

    if name.endswith(".xlsx"):
        book = openpyxl.load_workbook(where.path)
        text = " ".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)
    else:
        text = where.path.read_text("utf-8-sig")
    assert no_code_in(text)
    assert bool(re.search(r"\bR[1-6]\b", text)) is people


def test_files_that_contain_people_say_so_in_their_names(section, where):
    section.log_button.click()

    for kind in where.kinds:
        assert ("by-number" in kind) is ("study number" in kind), kind
        assert "code" not in kind


def test_once_the_names_are_destroyed_files_are_by_code_and_the_page_says_so(section, where, vault):
    assert section._codes_words.isHidden()
    vault.rosters.save({GROUP: Roster((Person(CODES[0], "Somebody"),))})
    vault.rosters.destroy(GROUP)
    section.show_subject(six_weeks_group())

    assert "destroyed" in section._codes_words.text()
    assert not section._codes_words.isHidden()
    section.attendance.save_button.click()
    rows = list(openpyxl.load_workbook(where.path)["attendance"].iter_rows(values_only=True))
    assert where.suggested.endswith(".by-code.xlsx")
    assert [row[0] for row in rows] == ["code", *CODES]


@pytest.mark.parametrize("let_go", ["begin_session", "lock"])
def test_while_the_key_to_the_numbers_is_away_no_file_with_people_is_written(section, where, vault, let_go):
    getattr(vault, let_go)()
    section.attendance.save_button.click()

    assert not where.path.exists()
    assert "The vault is locked" in section._deps.messages.last.text


def test_the_audit_trail_is_exported_with_its_statement_and_verified_by_another_program(section, where, vault):
    head = vault.log.audit.head_words()
    where.name = "t.audit.json"
    section.trail_button.click()

    content = json.loads(where.path.read_text())
    before = "0" * 64
    for row in content["rows"]:
        text = json.dumps([before, row["place"], row["wall"], row["what"], row["told"]])
        assert hashlib.sha256(text.encode()).hexdigest() == row["chain"]
        before = row["chain"]
    assert content["holds"]
    assert tuple(content["head_words"]) == head
    assert last_row(vault).act == "report-taken-out"


def test_a_broken_trail_says_so_in_the_file(section, where, vault):
    vault.log._database.run("UPDATE audit SET told = '{}' WHERE place = 2")
    where.name = "t.audit.csv"

    section.trail_button.click()

    rows = csv_rows(where.path.read_bytes())
    assert rows[-1]["what"] == "statement"
    assert "NOT intact: from row 2 on" in rows[-1]["told"]


def test_requests_are_exported_as_a_table(section, where, vault, accounts):
    today = accounts.today()
    vault.log.access.save(AccessRequest(RequestId(""), GROUP, "P4", "what is kept of session 2", today), today)
    where.name = "r.csv"

    section.requests_button.click()

    assert csv_rows(where.path.read_bytes()) == [
        {
            "day": today.isoformat(),
            "who": read_numbers(vault, GROUP).label("P4"),
            "about": "what is kept of session 2",
            "answered": "",
            "answer": "",
        }
    ]


@pytest.mark.parametrize("act", ["show_button", "copy_button", "save_button"])
def test_methods_are_not_shown_copied_or_saved_while_no_one_agreed_to_analysis(section, where, act):
    QGuiApplication.clipboard().clear()
    getattr(section.methods, act).click()

    assert section._deps.messages.last.text.startswith("No one’s agreement to analysis has been entered")
    assert section.methods.text.toPlainText() == ""
    assert QGuiApplication.clipboard().text() == ""
    assert where.suggested is None


def test_the_methods_text_is_shown_copied_and_saved_as_one(section, where, vault):
    taking = ConsentCollection(vault.log.consents.today())
    vault.log.consents.enter(six_weeks_group().id, [("P1", Purpose.ANALYSIS)], Answer.GIVEN, taking)
    section.methods.show_button.click()
    section.methods.copy_button.click()
    section.methods.save_button.click()

    assert where.path.read_text() == section.methods.text.toPlainText() == QGuiApplication.clipboard().text()
    assert "[to fill in: " in section.methods.text.toPlainText()
    assert [row.act for row in vault.log.audit.rows()][-2:] == ["report-taken-out"] * 2


@pytest.mark.parametrize("button", ["a4_button", "a5_button"])
def test_the_card_of_the_hour_is_one_page_with_wall_times(section, where, button):
    getattr(section.card, button).click()

    text = by_pdftotext(where.path)
    assert pages_of(where.path) == 1
    assert "16:45" in text
    assert "Presenter returns" in text
    assert "17:00" in text
    assert "Student Health" in text


def test_no_file_is_ever_overwritten(section, where, vault):
    where.name = "mine.pdf"
    where.path.write_bytes(b"mine")
    rows = vault.log.audit.rows()

    section.report_button.click()

    assert where.path.read_bytes() == b"mine"
    assert section._deps.messages.last.kind is MessageKind.TROUBLE
    assert vault.log.audit.rows() == rows


def test_nothing_is_exported_without_its_audit_row(section, where, vault, monkeypatch):
    def refused(*_args):
        raise Trouble(TroubleCode.VAULT_LOCKED)

    monkeypatch.setattr(vault.log.audit, "add", refused)
    section.report_button.click()

    assert not where.path.exists()
    assert section._deps.messages.last.kind is MessageKind.TROUBLE


def test_attendance_by_code_is_shown_on_demand_and_hidden_when_the_page_is_left(section):
    section.parts.show_section("charts")
    assert not section.pictures.dots.isVisible()
    section.pictures.by_code.click()
    assert section.pictures.dots.isVisible()

    section.leave_view()

    assert not section.pictures.dots.isVisible()


def test_the_charts_have_tables_with_the_same_data(section):
    section.pictures.as_table.click()
    section.pictures.by_code.click()

    strips, dots = section.pictures.strips_table.model(), section.pictures.dots_table.model()
    assert [strips.data(strips.index(6, column)) for column in (1, 2, 3)] == [
        "Close",
        "55:00 to 60:00",
        "54:00 to 60:00",
    ]
    assert [dots.data(dots.index(1, column)) for column in range(3)] == ["P2", "1, 2, 3, 5, 6", "4"]


def test_each_choice_says_what_it_contains_and_for_whom(section):
    abouts = [label.text() for label in section.findChildren(QLabel) if label.objectName().endswith("-about")]

    assert sum("For " in one for one in abouts) == 9


@pytest.mark.parametrize("part", ["participants", "records", "own", "charts"])
def test_everything_is_named_reachable_and_in_reading_order(section, part):
    section.parts.show_section(part)
    assert nameless(section) == []
    assert unreachable(section) == []
    assert out_of_reading_order(section) == []
    assert cut(section) == []
    assert tab_stops(section)


def test_a_teaching_group_is_offered_nothing_of_a_study(section):
    studies = {offer.objectName() for offer in section.of_studies}
    assert studies == {"report-methods", "report-requests"}
    section.parts.show_section("records")
    assert all(offer.isVisible() for offer in section.of_studies)

    section.show_subject(dataclasses.replace(six_weeks_group(), for_research=False))

    assert not any(offer.isVisible() for offer in section.of_studies)


def test_a_group_without_sessions_says_what_will_be_here(deps, look_at, theme):

    made = ReportsSection(deps)
    made.show_subject(dataclasses.replace(six_weeks_group(), id=GroupId("new"), participants=()))
    look_at(made)

    made.parts.show_section("charts")
    assert made.pictures._none.isVisible()
    assert not made.certificate.save_button.isEnabled()
