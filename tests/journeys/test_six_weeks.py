"""A group from its creation to its reports: six weeks, a wound clock, eight people and one who joins late.

In week four a member leaves the study, week five runs without the laptop, week six is the evaluation. All of it is done
in the real window; every exported file is opened by another program and compared with the log.
"""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from desktop_bench import DesktopBench
from opened_elsewhere import by_libreoffice, by_pdftotext, csv_rows
from PySide6.QtWidgets import QComboBox, QFileDialog, QLabel, QLineEdit, QSpinBox
from qt_events import process_events
from sealing_recorders import SealingBench
from waiting import PatientBot

from balint_desktop.domain.values import SessionKind
from balint_desktop.ui.log.record_fields import RecordFields
from balint_desktop.ui.ready.deps import Ready
from balint_desktop.ui.shell.shell import PlaceKey
from balint_desktop.ui.widgets.dates import DateField, short_day

WEEK_S = 7 * 24 * 3600
FIRST = date(2027, 9, 8)  # the Wednesday after the clock's first day
NAME = "Wednesday group"
EIGHT = tuple(f"P{n}" for n in range(1, 9))
PRESENTERS = ("P2", "P5", "P9", "P1", "P7")
ANSWERS = ("554315", "453245", "544352", "435125", "524404", "345350", "443343", "534434")


@dataclass
class Story:
    """The results of the six weeks."""

    bench: DesktopBench
    files: Path
    withdrawn_words: str = ""

    @property
    def log(self):
        return self.bench.vault.log

    @property
    def group(self):
        (group,) = self.log.groups.groups()
        return group


class Teller:
    """Operates the window as a facilitator does."""

    def __init__(self, bench, files):
        self.bench, self.story = bench, Story(bench, files)

    def __getattr__(self, name):
        return getattr(self.bench, name)

    def press(self, *names):
        for name in names:
            # A press by a user counts as activity.
            self.warden.touched()
            self.bench.press(name)

    def group_section(self, key):
        self.shell.show_place(PlaceKey.GROUPS)
        self.shell.place(PlaceKey.GROUPS).show_group_of(self.story.group.id, key)
        return self.shell.place(PlaceKey.GROUPS).page.sections.section(key)

    def go_to(self, day, hour=10):
        """Let time pass until that day at that hour, UTC."""
        then = datetime(day.year, day.month, day.day, hour, tzinfo=UTC).timestamp()
        self.clock.advance(then - self.clock.now().wall)
        # A laptop left untouched for days has locked itself.
        self.warden.beat()
        self.bench.open()

    # --- before the first session ---

    def name_the_group(self):
        self.shell.show_place(PlaceKey.GROUPS)
        self.press("group-new")
        self.find("group-name", QLineEdit).setText(NAME)
        self.find("group-count", QSpinBox).setValue(len(EIGHT))
        self.find("group-support", QLineEdit).setText("the student service")
        dates = self.shell.findChildren(DateField)
        for field in dates:
            if field.objectName().endswith("-first") and field.isVisibleTo(self.shell):
                field.set_day(FIRST)
        self.press("group-save")

    def plan_the_dates(self):
        section = self.group_section("dates")
        if self.shows("plan-do"):
            section.fields.first.set_day(FIRST)
            section.fields.time.set_time("12:00")
            section.fields.count.setValue(6)
            self.press("plan-do")

    def take_consents(self, *codes):
        self.group_section("consents")
        if self.shows("consents-open"):
            self.press("consents-open")
        who, purpose = (self.find(name, QComboBox) for name in ("consents-whom", "consents-what"))
        for code in codes or ("Everyone",):
            who.setCurrentIndex(who.findText(code))
            purpose.setCurrentIndex(purpose.findText("Every purpose"))
            self.find("consents-form", QLineEdit).setText("version 2")
            self.press("consents-today", "consents-given", "consents-confirm-do")
        self.press("consents-close")

    # --- a week ---

    def lead_week(self, number, present, presenter, *, record):
        ready = Ready("student-hour", present, "Built-in", record)
        group = self.story.group
        self.desktop.session.start(lambda flow: flow._open(group, number, ready))
        self.press("begin")
        if record:
            self.press("recording-start", "say-start-act")
            self.recorders.last.hears(0.1)
            process_events()
        self.desktop.session.flow.session.choose_presenter(presenter, 1)
        while not self.shows("end-now"):
            self.clock.advance(8 * 60)
            self.press("step")
        self.press("end-now")
        if record:
            self.press("recording-stop", "say-stop-act")
            self.recorders.last.ends()
            process_events()
        self.close_week()

    def close_week(self):
        self.press("to-debrief")
        self.find("process-note").setPlainText("We sat with not knowing.")
        self.press("closing-done")
        # A session drops the recording keys; the passphrase loads them again.
        self.bench.open()

    def somebody_joins(self):
        self.group_section("members")
        self.press("member-add", "member-join-do")

    def somebody_leaves_the_study(self, code):
        section = self.group_section("consents")
        if self.shows("consents-open"):
            self.press("consents-open")
        section.sections.show_section("leaving")
        self.find("leaving-who", QComboBox).setCurrentIndex(self.find("leaving-who", QComboBox).findData(code))
        self.story.withdrawn_words = self.reads("leaving-reach")
        self.press("leaving-enter", "consents-close")

    def enter_afterwards(self, day, present, presenter):
        self.shell.show_place(PlaceKey.LOG)
        self.press("log-enter")
        page = self.shell.place(PlaceKey.LOG)
        (fields,) = [one for one in page.findChildren(RecordFields) if one.objectName().startswith("enter")] or [
            one for one in page.findChildren(RecordFields) if one.isVisibleTo(self.shell)
        ]
        fields.day.setText(short_day(day))
        fields.at.set_time("12:00")
        fields.minutes.setValue(60)
        for code in present:
            fields.present[code].setChecked(True)
        case = self.find("enter-case-1", QComboBox)
        case.setCurrentIndex(case.findData(presenter))
        fields.note.setPlainText("Held in the seminar room, the laptop had stayed at home.")
        self.press("enter-save")

    def evaluate(self, number, present):
        ready = Ready("evaluation", present, "Built-in", record=False)
        group = self.story.group
        self.desktop.session.start(lambda flow: flow._open(group, number, ready))
        self.press("begin")
        self.clock.advance(5 * 60)
        self.press("step")
        for question in range(1, 8):
            self.press(f"question-{question}")
            self.clock.advance(6 * 60)
        self.press("step", "open-written", "room-hand-round")
        for answers in ANSWERS:
            for statement, answer in enumerate(answers, start=1):
                if answer != "0":
                    self.press(f"statement-{statement}-{answer}")
            self.press("hand-on")
        self.press("handed-facilitator")
        self.unlock()
        self.press("step", "end-now")
        self.close_week()

    def close_the_written_part(self):
        self.group_section("evaluation")
        self.press("written-ask-closing", "written-close-for-good")


@pytest.fixture(scope="module")
def story(qapp, tmp_path_factory):
    class Request:
        node = type("Node", (), {})()

    with pytest.MonkeyPatch.context() as monkeypatch:
        folder = tmp_path_factory.mktemp("six-weeks")
        files = folder / "files"
        files.mkdir()
        recorders = SealingBench()
        monkeypatch.setattr("desktop_bench.RecorderBench", lambda: recorders)

        def save_as(_parent, _title, suggested, kinds, **_):
            return str(files / Path(suggested).name), kinds.split(";;")[0]

        monkeypatch.setattr(QFileDialog, "getSaveFileName", save_as)
        bench = DesktopBench(qapp, folder, PatientBot(Request()), monkeypatch)
        yield tell(Teller(bench, files))
        bench.close()


def shown_words(story):
    """Return all text in the window."""
    process_events()
    shell = story.bench.shell
    return " ".join(label.text() for label in shell.findChildren(QLabel) if label.isVisibleTo(shell))


def tell(teller):
    """Run through the six weeks."""
    bench = teller.bench
    bench.open()
    for group in bench.vault.log.groups.groups():
        bench.vault.log._database.run("DELETE FROM groups WHERE id = ?", (group.id,))
    teller.name_the_group()
    teller.plan_the_dates()
    teller.take_consents()
    for week in range(6):
        teller.go_to(date.fromordinal(FIRST.toordinal() + 7 * week))
        everyone = tuple(member.code for member in teller.story.group.participants)
        if week == 2:
            teller.somebody_joins()
            everyone = tuple(member.code for member in teller.story.group.participants)
            teller.take_consents("P9")
        if week == 3:
            teller.somebody_leaves_the_study("P3")
        if week < 4:
            teller.lead_week(week + 1, everyone, PRESENTERS[week], record=week < 3)
        elif week == 4:
            teller.go_to(date.fromordinal(FIRST.toordinal() + 29))
            teller.enter_afterwards(date.fromordinal(FIRST.toordinal() + 28), everyone[:7], PRESENTERS[4])
        else:
            teller.evaluate(6, everyone)
            teller.close_the_written_part()
    return teller.story


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
    assert story.withdrawn_words.startswith("3 recordings are affected")
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
    assert len(story.log.audit.rows()) == before + 5
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
    found = [line for line in rows[1:] if any(cell == "P9" for cell in line)]
    assert found, "attendance is told by code"

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
