"""The log as CSV and as a spreadsheet, read by other programs and compared with the log cell by cell."""

import dataclasses
import tempfile
import zipfile
from datetime import date, datetime

import openpyxl
import pytest
from kept_sessions import GROUP, P1, P2, P10, long_session, record_of, short_session, whole_hour
from opened_elsewhere import by_libreoffice, by_pdftotext, csv_rows, printed_by_libreoffice
from outside import NUMBERED

from balint_desktop.domain.group.group import Group, Participant
from balint_desktop.domain.session.debrief import Debrief, Destroyed
from balint_desktop.domain.session.session_record import session_record
from balint_desktop.reports.cells import FORMULA_SIGNS
from balint_desktop.reports.sessions import attendance_table, phases_table, sessions_table
from balint_desktop.reports.spreadsheet import to_xlsx
from balint_desktop.reports.tables import ColumnKind, to_csv

HOSTILE = (
    *(f'{sign}HYPERLINK("http://example.org")' for sign in FORMULA_SIGNS),
    *("#N/A", "007", "2026-03-04", "TRUE", "1e5", 'Quiet, "slow";\nthen warm. ü ✓', " spaces ", "a\x00b\x0bc"),
)


def some_records():
    destroyed = dataclasses.replace(
        long_session(), destroyed=Destroyed(1_772_700_000.0, "transcribed", 1_772_700_001.0)
    )
    notes = [record_of(*whole_hour(), session=f"n{n}", debrief=Debrief(note)) for n, note in enumerate(HOSTILE)]
    return [session_record(long_session()), session_record(short_session()), session_record(destroyed), *notes]


def tables():
    records = some_records()
    return sessions_table(records, NUMBERED), phases_table(records), attendance_table(records, NUMBERED)


@pytest.fixture(scope="module")
def taken_out(tmp_path_factory):
    folder = tmp_path_factory.mktemp("out")
    (folder / "log.xlsx").write_bytes(to_xlsx(tables()))
    for table in tables():
        (folder / f"{table.name}.csv").write_bytes(to_csv(table))
    return folder


@pytest.fixture(scope="module")
def by_office(taken_out):
    names = ["log.xlsx", *(f"{table.name}.csv" for table in tables())]
    read = by_libreoffice(*(taken_out / name for name in names))
    return {"": read[0]} | {table.name: one[""] for table, one in zip(tables(), read[1:], strict=True)}


def as_office_has_it(kind, text):
    """Return the value behind a cell as LibreOffice shows it: dates are displayed in its own format."""
    if not text:
        return None
    return {
        ColumnKind.DAY: lambda: moment(text, "%m/%d/%Y").date(),
        ColumnKind.MOMENT: lambda: moment(text, "%m/%d/%Y %H:%M:%S"),
        ColumnKind.COUNT: lambda: int(text),
        ColumnKind.MINUTES: lambda: float(text),
        ColumnKind.YES_NO: lambda: {"yes": True, "no": False}[text],
    }.get(kind, lambda: text)()


def moment(text, form):
    return datetime.strptime(text, form)  # noqa: DTZ007  a cell has no zone


def tidy(value):
    """Return a text as a file may hold it: without characters invalid in XML, with one kind of line end."""
    if not isinstance(value, str):
        return value
    return value.replace("\r", "\n").replace("\x00", "\ufffd").replace("\x0b", "\ufffd") or None


@pytest.mark.parametrize("table", tables(), ids=lambda table: table.name)
def test_libreoffice_reads_the_spreadsheet_cell_by_cell_as_in_the_log(by_office, table):
    heading, *rows = by_office[""][table.name]

    assert heading == [column.name for column in table.columns]
    kinds = [column.kind for column in table.columns]
    read = [[as_office_has_it(*cell) for cell in zip(kinds, row, strict=True)] for row in rows]
    assert read == [[tidy(value) for value in row] for row in table.rows]


def test_days_are_dates_and_numbers_are_numbers_in_the_spreadsheet(taken_out):
    sheet = openpyxl.load_workbook(taken_out / "log.xlsx")["sessions"]
    names = [cell.value for cell in sheet[1]]
    first = dict(zip(names, sheet[2], strict=True))

    assert first["date"].is_date
    assert first["date"].value.date() == date(2026, 3, 4)
    assert isinstance(first["began"].value, datetime)
    assert first["actual_minutes"].value == 60.5
    assert first["cases"].value == 1
    # Formats that a spreadsheet shows as its user's locale writes a day.
    assert (first["date"].number_format, first["began"].number_format) == ("mm-dd-yy", "m/d/yy h:mm")


def test_no_cell_of_the_spreadsheet_is_a_formula_and_its_heading_stays_visible(taken_out):
    with zipfile.ZipFile(taken_out / "log.xlsx") as archive:
        sheets = [archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/worksheets/")]

    assert len(sheets) == 4
    for sheet in sheets:
        assert "<f>" not in sheet
        assert "<f " not in sheet
        assert 'state="frozen"' in sheet
        assert "customWidth" in sheet
    book = openpyxl.load_workbook(taken_out / "log.xlsx")
    notes = {cell.value: cell for cell in book["sessions"]["T"]}
    assert notes[HOSTILE[0]].data_type == "s"
    assert notes[HOSTILE[0]].quotePrefix
    assert not notes["007"].quotePrefix


def test_every_sheet_prints_as_wide_as_a_landscape_page_with_its_headings_on_each(taken_out):
    for sheet in openpyxl.load_workbook(taken_out / "log.xlsx"):
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_title_rows == "$1:$1"
        assert sheet.oddFooter.right.text == "Page &P of &N"


def test_what_only_programs_read_is_not_printed(taken_out):
    sheet = openpyxl.load_workbook(taken_out / "log.xlsx")["sessions"]

    last = sheet.print_area.split("$")[-2]
    assert sheet[f"{last}1"].value == "process"
    assert [cell.value for cell in sheet[1]][-2:] == ["session", "recording"]


def test_two_sessions_print_on_one_page_a_sheet(tmp_path):
    two = [session_record(long_session()), session_record(short_session())]
    (tmp_path / "two.xlsx").write_bytes(
        to_xlsx((sessions_table(two, NUMBERED), phases_table(two), attendance_table(two, NUMBERED)))
    )

    pages = by_pdftotext(printed_by_libreoffice(tmp_path / "two.xlsx")).rstrip("\f").split("\f")

    # Each page ends with its sheet's name; the last sheet says what the columns mean.
    feet = [page.strip().splitlines()[-1].split("  ")[0] for page in pages]
    assert feet[:3] == ["sessions", "phases", "attendance"]
    assert set(feet[3:]) == {"what each column means"}


def test_every_column_is_explained_on_a_separate_sheet(by_office):
    found = {(row[0], row[1]): row[3] for row in by_office[""]["what each column means"][1:]}

    assert set(found) == {(table.name, column.name) for table in tables() for column in table.columns}
    assert all(found.values())


@pytest.mark.parametrize("table", tables(), ids=lambda table: table.name)
def test_pythons_reader_reads_the_csv_as_in_the_log(taken_out, table):
    rows = csv_rows((taken_out / f"{table.name}.csv").read_bytes())

    assert len(rows) == len(table.rows)
    for read, row in zip(rows, table.rows, strict=True):
        for column, value in zip(table.columns, row, strict=True):
            assert read[column.name] == as_csv_has_it(column.kind, value)


def as_csv_has_it(kind, value):
    if value is None:
        return ""
    if kind is ColumnKind.YES_NO:
        return "yes" if value else "no"
    if kind is ColumnKind.MINUTES:
        return f"{value:.2f}"
    text = tidy(str(value)) or ""
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text


def test_libreoffice_reads_no_text_of_a_csv_as_a_formula(by_office):
    heading, *rows = by_office["sessions"]
    notes = [row[heading.index("process")] for row in rows]

    for hostile in HOSTILE[: len(FORMULA_SIGNS)]:
        assert "'" + tidy(hostile) in notes
    assert [row[heading.index("date")] for row in rows][:2] == ["2026-03-04", "2026-02-25"]


def test_the_sessions_table_contains_no_codes():
    """Attendance is a separate choice; who presented is in no table."""
    result = to_csv(sessions_table(some_records(), NUMBERED)) + to_csv(phases_table(some_records()))

    for code in (P1, P2, P10):
        assert f",{code}".encode() not in result
        assert f" {code}".encode() not in result


def test_attendance_contains_only_attendance():
    members = (Participant(P1), Participant(P2, joined=date(2026, 3, 1)), Participant(P10, left=date(2026, 2, 1)))
    group = Group(GROUP, "Wednesday group", participants=members)
    table = attendance_table([session_record(long_session()), session_record(short_session())], NUMBERED, (group,))

    assert [column.name for column in table.columns] == ["date", "group", "number", "study_number", "attended"]
    assert [row[3:] for row in table.rows] == [
        *(("R90", True), ("R98", True), ("R99", True)),
        # Of the week before, no member who had not joined yet or had left.
        ("R99", False),
    ]


def test_a_recording_merely_due_for_destruction_is_not_reported_as_destroyed():
    asked = dataclasses.replace(long_session(), destroyed=Destroyed(1_772_700_000.0, "transcribed"))
    table = sessions_table([session_record(asked)], NUMBERED)

    assert dict(zip([c.name for c in table.columns], table.rows[0], strict=True))["recording_destroyed"] is None


def test_writing_a_spreadsheet_leaves_nothing_unencrypted_on_disk(monkeypatch, tmp_path):
    """openpyxl would write each sheet into a temporary file first."""
    nowhere = tmp_path / "nowhere"
    monkeypatch.setattr(tempfile, "tempdir", str(nowhere))

    assert to_xlsx(tables()).startswith(b"PK")
    assert not nowhere.exists()
