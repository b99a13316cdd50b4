"""A group's six weeks in the real window, as a facilitator would go through them.

A wound clock, eight people and one who joins late. In week four a member leaves the study, week five runs without the
laptop, week six is the evaluation.
"""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from desktop_bench import DesktopBench
from PySide6.QtWidgets import QComboBox, QFileDialog, QLineEdit, QSpinBox
from qt_events import process_events
from sealing_recorders import SealingBench
from waiting import PatientBot

from balint_desktop.ui.log.record_fields import RecordFields
from balint_desktop.ui.ready.deps import Ready
from balint_desktop.ui.shell.shell import PlaceKey
from balint_desktop.ui.widgets.dates import DateField, short_day

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


class _NoRequest:
    """What pytest-qt asks of the test that uses its robot, where there is none yet."""

    node = type("Node", (), {})()


@contextmanager
def bench_of_six_weeks(app, folder):
    """Yield the window over an empty vault, and the folder that every exported file is saved in."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        files = folder / "files"
        files.mkdir(parents=True)
        recorders = SealingBench()
        monkeypatch.setattr("desktop_bench.RecorderBench", lambda: recorders)

        def save_as(_parent, _title, suggested, kinds, **_):
            return str(files / Path(suggested).name), kinds.split(";;")[0]

        monkeypatch.setattr(QFileDialog, "getSaveFileName", save_as)
        bench = DesktopBench(app, folder, PatientBot(_NoRequest()), monkeypatch)
        yield bench, files
        bench.close()
