"""A group from its creation to its reports: six weeks, a wound clock, eight people and one who joins late.

In week four a member leaves the study, week five runs without the laptop, week six is the evaluation. All of it is done
in the real window; every exported file is opened by another program and compared with the log.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from opened_elsewhere import by_libreoffice, by_pdftotext, csv_rows
from PySide6.QtWidgets import QLabel
from qt_events import process_events
from six_weeks import EIGHT, FIRST, NAME, Teller, bench_of_six_weeks, tell

from balint_desktop.domain.values import SessionKind
from balint_desktop.ui.shell.shell import PlaceKey


@pytest.fixture(scope="module")
def story(qapp, tmp_path_factory):
    with bench_of_six_weeks(qapp, tmp_path_factory.mktemp("six-weeks")) as (bench, files):
        yield tell(Teller(bench, files))


def shown_words(story):
    """Return all text in the window."""
    process_events()
    shell = story.bench.shell
    return " ".join(label.text() for label in shell.findChildren(QLabel) if label.isVisibleTo(shell))


def test_six_sessions_are_in_the_log_each_as_it_was_held(story):
    rows = sorted(story.log.sessions.sessions(), key=lambda row: row.setting.number)
    assert [row.setting.number for row in rows] == [1, 2, 3, 4, 5, 6]
    assert [row.setting.kind for row in rows] == [SessionKind.CASE] * 5 + [SessionKind.EVALUATION]
    assert all(row.closed for row in rows)
    recorded = {row.session for row in story.log.recordings.recordings()}
    assert [row.id in recorded for row in rows] == [True, True, True, False, False, False]
    assert story.log.audit.broken_at() is None


def test_the_late_joiner_is_a_member_from_the_third_week(story):
    joined = {member.code: member.joined for member in story.group.participants}
    assert list(joined) == [*EIGHT, "P9"]
    assert str(joined["P9"]) == str(date.fromordinal(FIRST.toordinal() + 14))


def test_leaving_the_study_names_the_three_recordings_and_closes_the_gate(story):
    assert story.withdrawn_words.startswith("3 sessions are affected")
    agreed = {member.code: member.agreed_to_recording for member in story.group.participants}
    assert [code for code, yes in agreed.items() if not yes] == ["P3"]


def test_today_reports_that_all_sessions_were_held(story):
    story.bench.shell.show_place(PlaceKey.TODAY)
    words = shown_words(story)
    assert "All 6 sessions have been held." in words


@dataclass(frozen=True)
class Exported:
    """The exported files by name, and how many rows the audit trail had before."""

    files: dict[str, Path]
    before: int


@pytest.fixture(scope="module")
def exported(story):
    bench = story.bench
    bench.shell.show_place(PlaceKey.GROUPS)
    bench.shell.place(PlaceKey.GROUPS).show_group_of(story.group.id, "reports")
    before = len(story.log.audit.rows())
    bench.press("reports-participants", "attendance-save", "certificate-save")
    bench.press("reports-records", "report-save", "trail-save", "reports-own", "group-log-save")
    return Exported({path.name: path for path in story.files.iterdir()}, before)


def test_every_exported_file_agrees_with_the_log_when_read_by_another_program(story, exported):
    made, before = exported.files, exported.before
    # Five files, and the study numbers that the first of them needed.
    assert len(story.log.audit.rows()) == before + 6
    assert all(path.stat().st_mode & 0o077 == 0 for path in made.values())

    report = by_pdftotext(next(path for name, path in made.items() if "report" in name))
    assert NAME in report
    for code in (*EIGHT, "P9"):
        assert f" {code} " not in report.replace("\n", " "), "a group's report names nobody, not even by code"

    certificates = by_pdftotext(next(path for name, path in made.items() if name.startswith("attendance-")))
    first, *others = certificates.rstrip("\f").split("\f")
    assert "participant P1" in first
    assert "attended 6 of 6 sessions" in " ".join(first.split())
    assert others, "everyone's certificate is a page of one file"

    sheets = [path for path in made.values() if path.suffix == ".xlsx"]
    opened = dict(zip([path.name for path in sheets], by_libreoffice(*sheets), strict=True))
    (log_name,) = [name for name in opened if "sessions" in name]
    table = next(rows for sheet, rows in opened[log_name].items() if "sessions" in sheet.lower())
    heads, *lines = table
    numbers = heads.index(next(head for head in heads if head.lower() in {"number", "session"}))
    assert sorted(int(float(line[numbers])) for line in lines) == [1, 2, 3, 4, 5, 6]
    days = {cell for line in lines for cell in line if cell.count("/") == 2 or cell.count("-") == 2}
    assert len(days) >= 6, "each session's day is a real date"

    (attendance_name,) = [name for name in opened if "attendance" in name]
    rows = next(iter(opened[attendance_name].values()))
    found = {cell for line in rows[1:] for cell in line if cell[:1] in {"P", "R"} and cell[1:].isdigit()}
    assert found == {f"R{number}" for number in range(1, 10)}, "attendance is by study number"

    (trail,) = [path for name, path in made.items() if name.endswith(".audit.csv")]
    assert len(csv_rows(trail.read_bytes())) >= before


def test_the_file_for_a_course_does_not_reveal_who_presented(exported):
    (path,) = [path for name, path in exported.files.items() if "attendance" in name and path.suffix == ".xlsx"]
    text = json.dumps(by_libreoffice(path))
    assert "present case" not in text.lower()
    assert "presenter" not in text.lower()


def test_the_written_part_shows_counts_and_identifies_no_one(story):
    story.bench.shell.show_place(PlaceKey.GROUPS)
    story.bench.shell.place(PlaceKey.GROUPS).show_group_of(story.group.id, "evaluation")
    words = shown_words(story)
    assert "8" in words
    assert "P1" not in words.split()
