"""The leader's record: the accreditation numbers as pages and as a spreadsheet, read by other programs."""

from datetime import date

import openpyxl
import pytest
from accounts import CODES, GROUP
from clocks import WoundClock
from opened_elsewhere import by_pdftotext

from balint_desktop.domain.accreditation.values import (
    ColleagueRole,
    EntryId,
    Leaders,
    Meeting,
    MeetingKind,
    OwnRole,
    SessionColleague,
    Supervision,
)
from balint_desktop.reports.accreditation_service import AccreditationService, shipped_pathways
from balint_desktop.ui.accreditation.record_section import RecordDeps, RecordSection

WALL = 1_776_000_000.0


@pytest.fixture
def service(vault):
    made = AccreditationService(vault.log, WoundClock(wall=WALL))
    colleague, _undo = made.add_colleague("Co-leader A", accredited=True)
    sessions = vault.log.sessions.sessions(GROUP)
    beside = (SessionColleague(colleague, ColleagueRole.CO_LEAD),)
    made.save_leaders(sessions[-1].id, Leaders(OwnRole.CO_LEAD, beside))
    made.save_supervision(Supervision(EntryId("v"), date(2026, 3, 20), 90, "Supervisor B", recordings_used=True))
    made.save_meeting(Meeting(EntryId("m"), date(2026, 1, 10), MeetingKind.WEEKEND, 900, "Leadership weekend"))
    made.set_pathway(shipped_pathways()[0])
    return made


@pytest.fixture
def record(service, deps, look_at, theme):
    return look_at(RecordSection(RecordDeps(service, deps.export, lambda: "the second author")))


def test_the_pages_count_sessions_cases_and_supervision_separately(record, where, vault):
    record.pdf_button.click()

    text = " ".join(by_pdftotext(where.path).split())
    assert "Sessions led or co-led with this laptop 5" in text
    assert "Case discussions in these sessions 6" in text
    assert "Supervision sessions 1" in text
    assert "Co-leader A" in text
    assert "Leadership weekend" in text
    assert "the second author" in text
    assert not any(f" {code} " in text for code in CODES)
    assert "We sat with it" not in text
    assert vault.log.audit.rows()[-1].act == "report-taken-out"


def test_the_spreadsheet_has_real_dates_and_numbers(record, where):
    record.sheet_button.click()

    book = openpyxl.load_workbook(where.path)
    assert book.sheetnames == ["aims", "sessions", "supervision", "elsewhere", "what each column means"]
    first = next(book["sessions"].iter_rows(min_row=2))
    assert first[0].is_date
    assert first[0].value.date() == date(2026, 3, 4)
    assert first[2].value == "co-leader"
    assert first[4].value == 1
    assert book["supervision"]["B2"].value == 90
    assert next(row[3].value for row in book["sessions"].iter_rows(min_row=2)) == "Co-leader A (accredited)"
