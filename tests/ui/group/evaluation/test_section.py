"""A group's evaluation: begun, closed, counted without identifying anyone; scores of those alone who agreed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from outside import NUMBERED
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from qt_events import process_events
from vaults import make_vault

from balint_desktop import resources
from balint_desktop.domain.evaluation.questionnaires import parse_questionnaire
from balint_desktop.domain.evaluation.written_part import FLOOR, Sheet
from balint_desktop.domain.group.group import Group, RecordingRule, new_participants
from balint_desktop.domain.study.consent import Answer, Purpose
from balint_desktop.domain.study.doors import Door
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import GroupId, participant_code
from balint_desktop.library.questionnaires import QuestionnaireLibrary
from balint_desktop.reports.outside_labels import outside_labels
from balint_desktop.reports.tables import to_csv
from balint_desktop.ui.export.export_file import FileExport
from balint_desktop.ui.export.paper import pdf
from balint_desktop.ui.group.evaluation import wording
from balint_desktop.ui.group.evaluation.counts_chart import CountsChart
from balint_desktop.ui.group.evaluation.deps import EvaluationDeps
from balint_desktop.ui.group.evaluation.section import EvaluationSection
from balint_desktop.ui.group.evaluation.sheet_to_print import sheet_html
from balint_desktop.ui.shell.undo import UndoStack
from balint_desktop.ui.widgets.enter_escape import press_escape
from balint_desktop.vault.consent_gate import pass_people
from balint_desktop.vault.log.consents import ConsentCollection
from balint_desktop.vault.study_numbers import read_numbers

FIRST = Path(__file__).parents[3] / "vectors" / "questionnaires" / "written-part-1.toml"
TEXT = resources.text("questionnaires/written-part.toml")
ASKED = parse_questionnaire(TEXT)
GROUP = Group(GroupId("g"), "Block B", participants=new_participants(6), for_research=True, leader_assesses=False)
DAY = date(2026, 3, 4)
ANSWERS = ("554315", "553245", "554352", "455125", "554404", "345350")


class Bench:
    def __init__(self, folder, messages, look_at):
        self.vault = make_vault(folder / "vault").open()
        self.log = self.vault.log
        self.log.groups.save_group(GROUP)
        self.round, self.entered, self.printed, self.noted = [], [], [], []
        self.path = folder / "scores.by-number.csv"
        self.messages = messages
        self.undoing = UndoStack(messages)
        deps = EvaluationDeps(
            store=self.log.evaluation,
            questionnaires=QuestionnaireLibrary(folder / "questionnaires"),
            today=lambda: DAY,
            session_of=lambda _group: None,
            begin_handover=lambda _group, part: self.round.append(part),
            enter=lambda _group, part: self.entered.append(part),
            print_sheet=lambda _parent, asked: self.printed.append(asked),
            agreed=lambda group: pass_people(self.log, Door.SCORES, group),
            labels=lambda group: outside_labels(self.vault, group),
            export=FileExport(
                lambda _kind, _group: None,
                lambda *_args, **_named: self.noted.append(_args),
                messages,
                lambda *_: self.path,
                pass_names=lambda *_: None,
            ),
        )
        self.section = look_at(EvaluationSection(deps, messages, self.undoing))
        self.show()

    def show(self):
        self.section.show_subject(GROUP)

    def press(self, *names):
        for name in names:
            (button,) = self.visible(QAbstractButton, name)
            button.click()

    def visible(self, kind, name):
        process_events()
        return [w for w in self.section.findChildren(kind, name) if w.isVisibleTo(self.section)]

    def shows(self, name):
        return bool(self.visible(QWidget, name))

    def words(self):
        """Return all text of the section, as a screen reader announces it."""
        process_events()
        found = [w for w in self.section.findChildren(QWidget) if w.isVisibleTo(self.section)]
        said = [w.text() for w in found if isinstance(w, QLabel | QAbstractButton)]
        return "\n".join([*said, *(w.accessibleName() for w in found), *(w.accessibleDescription() for w in found)])

    def part(self):
        return self.log.evaluation.parts(GROUP.id)[0]

    def sheets(self, answers, line=""):
        part = self.part()
        for row in answers:
            given = tuple(int(answer) or None for answer in row.ljust(len(part.questionnaire.statements), "0"))
            self.log.evaluation.add_sheet(part.id, Sheet(given, (line, "")))

    def consent(self, *numbers, answer=Answer.GIVEN):
        cells = [(participant_code(n), Purpose.ANALYSIS) for n in numbers]
        self.log.consents.enter(GROUP.id, cells, answer, ConsentCollection(self.log.consents.today()))
        self.show()
        self.section.scores.open_scores()


@pytest.fixture
def bench(tmp_path, messages, look_at):
    made = Bench(tmp_path, messages, look_at)
    yield made
    made.vault.close()


def test_a_written_part_is_begun_handed_over_entered_and_printed(bench):
    bench.press("written-begin")
    assert bench.part().text == TEXT
    assert not bench.shows("written-begin")
    bench.press("written-hand-round", "written-enter", "written-print")
    assert bench.round == bench.entered == [bench.part().id]
    assert bench.printed == [ASKED]


def test_the_threshold_cannot_be_below_five_and_is_saved_when_raised(bench):
    bench.section.least.setValue(2)
    assert bench.section.least.value() == FLOOR
    bench.section.least.setValue(8)
    bench.press("written-begin")
    assert bench.part().least == 8


def test_before_closing_no_count_and_no_line_is_anywhere_on_the_page(bench):
    bench.press("written-begin")
    bench.sheets(ANSWERS, "the corridor talk")
    bench.show()
    assert "6 sheets so far" in bench.words()
    assert not bench.section.findChildren(CountsChart)
    assert "answered" not in bench.words()
    assert "corridor" not in bench.words()


def test_closing_asks_once_explains_the_consequences_and_then_shows_the_counts(bench):
    bench.press("written-begin")
    bench.sheets(ANSWERS, "more time for the ending")
    bench.press("written-ask-closing")
    assert "cannot be reopened" in bench.words()
    bench.press("written-close-cancel")
    assert not bench.part().closed
    bench.press("written-ask-closing", "written-close-for-good")
    assert bench.part().closed
    assert "1 person answered 1 (not at all)" in bench.words()
    assert "more time for the ending" in bench.words()
    assert "may still be recognised" in bench.words()


def test_escape_leaves_a_written_part_open(bench):
    bench.press("written-begin", "written-ask-closing")
    (permanently,) = bench.visible(QAbstractButton, "written-close-for-good")
    assert press_escape(permanently.window(), permanently)

    assert not bench.shows("written-close-for-good")
    assert not bench.part().closed


def test_a_statement_with_almost_identical_answers_is_not_shown_without_giving_the_reason(bench):
    bench.press("written-begin")
    # The first all but one the same, the second all the same, the third answered by only four.
    bench.sheets(("551315", "551245", "552352", "553125", "550404", "350350"))
    bench.press("written-ask-closing", "written-close-for-good")
    found = [bench.visible(QLabel, f"written-1-{n}-counts")[0].text() for n in range(1, 7)]
    withheld = wording.counts(None, ASKED)
    assert found[:3] == [withheld] * 3
    assert withheld not in found[3:]
    assert not bench.shows("written-1-1-picture")
    assert bench.shows("written-1-4-picture")


def test_answers_to_an_earlier_version_stay_readable_and_apart_from_the_new_ones(bench):
    earlier = bench.log.evaluation.open_part(GROUP.id, date(2026, 2, 4), FIRST.read_text(encoding="utf-8"), FLOOR)
    for row in ANSWERS:
        bench.log.evaluation.add_sheet(earlier, Sheet(tuple(int(answer) or None for answer in row)))
    bench.log.evaluation.close_part(earlier)
    bench.show()
    assert "Presenting was shared fairly." in bench.words()
    assert "Version 1" in bench.words()

    bench.press("written-begin")
    bench.sheets(("1" * 12,) * 3 + ("5" * 12,) * 3)
    bench.press("written-ask-closing", "written-close-for-good")

    found = [bench.visible(QLabel, f"written-{n}-1-counts")[0].text() for n in (1, 2)]
    assert found[0] == "3 people answered 1 (not at all); 3 people answered 5 (very much)"
    assert found[1] != found[0]
    assert "Version 3" in bench.words()


def test_four_sheets_show_neither_counts_nor_lines(bench):
    bench.press("written-begin")
    bench.sheets(ANSWERS[:4], "the corridor talk")
    bench.press("written-ask-closing", "written-close-for-good")
    assert not bench.section.findChildren(CountsChart)
    assert "corridor" not in bench.words()


def test_a_leader_who_also_analyses_is_advised_to_let_someone_else_collect(bench):
    assert wording.collected_by_others() in bench.words()
    bench.press("written-begin")
    assert wording.collected_by_others() in bench.words()


def test_a_questionnaire_broken_since_it_was_listed_begins_nothing(bench):
    library = bench.section._deps.questionnaires
    key = library.copy("written-part")
    bench.show()
    bench.section.questionnaire.setCurrentIndex(bench.section.questionnaire.findData(key))
    (library.folder / f"{key}.toml").write_text("key = ", encoding="utf-8")
    bench.press("written-begin")
    assert bench.log.evaluation.parts(GROUP.id) == ()
    assert bench.messages.last is not None


def test_scores_are_offered_only_for_members_who_agreed_to_analysis(bench):
    bench.press("score-open")
    assert bench.shows("score-nobody")
    bench.consent(2, 5)
    code = bench.section.scores.code
    assert [code.itemText(row) for row in range(code.count())] == ["Choose a code", "P2", "P5"]
    code.choose("P2")
    save_score(bench, "41,5")
    assert "41.5" in bench.words()
    bench.consent(2, answer=Answer.WITHDRAWN)
    assert "41.5" not in bench.words()
    assert bench.shows("score-withheld")


@pytest.mark.parametrize("leave", ["never opened", "left", "another group"])
def test_who_agreed_to_analysis_is_not_seen_before_the_scores_are_opened(bench, leave):
    bench.consent(2, 5)
    bench.section.scores.code.choose("P2")
    save_score(bench, "41.5")
    bench.show()
    if leave == "another group":
        bench.log.groups.save_group(replace(GROUP, id=GroupId("h")))
        bench.section.show_subject(replace(GROUP, id=GroupId("h")))
    else:
        bench.section.leave_view()
    bench.show()

    assert "score saved" in bench.messages.last.text.lower()
    assert not bench.shows("score-code")
    assert not [code for code in ("P2", "P5", "41.5") if code in bench.words()]


def test_until_the_assessment_question_is_answered_no_questionnaire_is_taken_or_shown(bench):
    rule = RecordingRule.ALL_MEMBERS
    bench.log.groups.save_recording_decision(GROUP.id, rule, leader_assesses=None, grades_final=None)
    bench.section.show_subject(bench.log.groups.group(GROUP.id))

    assert bench.shows("evaluation-unanswered")
    assert not [name for name in ("written-begin", "score-open") if bench.shows(name)]
    with pytest.raises(Trouble) as refused:
        bench.log.evaluation._require_grades(GROUP.id)
    assert refused.value.code is TroubleCode.ASSESSMENT_UNANSWERED


def test_while_grades_are_open_no_questionnaire_is_taken_or_shown_to_an_assessor(bench):
    bench.consent(1)
    rule = RecordingRule.ALL_MEMBERS
    bench.log.groups.save_recording_decision(GROUP.id, rule, leader_assesses=True, grades_final=None)
    bench.section.show_subject(bench.log.groups.group(GROUP.id))
    assert bench.shows("evaluation-closed")
    assert not [name for name in ("written-begin", "score-open", "score-keep") if bench.shows(name)]

    day = bench.log.consents.today()
    bench.log.groups.save_recording_decision(GROUP.id, rule, leader_assesses=True, grades_final=day)
    bench.section.show_subject(bench.log.groups.group(GROUP.id))
    assert not bench.shows("evaluation-closed")
    assert bench.shows("written-begin")


def save_score(bench, typed, instrument="A scale of theirs"):
    bench.section.scores.instrument.setText(instrument)
    bench.section.scores.score.setText(typed)
    bench.press("score-save")


def test_a_teaching_group_has_no_scores_unless_it_once_had(bench):
    teaching = replace(GROUP, for_research=False)
    bench.section.show_subject(teaching)
    assert not bench.shows("score-heading")

    bench.consent(1)
    bench.section.scores.code.setCurrentText("P1")
    save_score(bench, "40")
    bench.section.show_subject(teaching)
    assert bench.shows("score-heading")


def test_a_score_needs_a_code_chosen_each_time_and_none_is_preselected(bench):
    bench.consent(2, 5)
    save_score(bench, "41")
    assert bench.section.scores.problem.text() == "Choose a code first."
    bench.section.scores.code.choose("P2")
    save_score(bench, "41")
    save_score(bench, "42")

    assert bench.section.scores.problem.text() == "Choose a code first."
    assert [(one.code, one.score) for one in bench.log.evaluation.scores(GROUP.id)] == [("P2", 41.0)]


def test_a_score_is_undone_with_one_key_and_the_earlier_one_is_restored(bench):
    bench.consent(1)
    save_score(bench, "40")
    save_score(bench, "42")
    bench.undoing.undo()
    assert [score.score for score in bench.log.evaluation.scores(GROUP.id)] == [40.0]
    bench.undoing.undo()
    assert bench.log.evaluation.scores(GROUP.id) == ()


def test_an_invalid_score_is_reported_in_place_and_saves_nothing(bench):
    bench.consent(1)
    save_score(bench, "many")
    assert "A score is a number" in bench.words()
    save_score(bench, "40", instrument=" ")
    assert "Enter the questionnaire’s name" in bench.words()
    assert bench.log.evaluation.scores(GROUP.id) == ()


def test_scores_are_exported_by_number_without_withdrawn_members_and_without_formulas(bench):
    bench.consent(1, 2)
    for number, typed in ((1, "40"), (2, "50")):
        bench.section.scores.code.setCurrentText(f"P{number}")
        save_score(bench, typed, instrument='=HYPERLINK("x")')
    bench.consent(2, answer=Answer.WITHDRAWN)
    bench.press("score-export")
    rows = bench.path.read_text(encoding="utf-8-sig").splitlines()
    assert rows[0] == "group,study_number,instrument,occasion,score"
    assert len(rows) == 2
    number = read_numbers(bench.vault, GROUP.id).label("P1")
    assert rows[1].startswith(f"Block B,{number},\"'=HYPERLINK")
    assert rows[1].endswith(",before,40.0")
    assert bench.noted == [("scores", GROUP.id)]


def test_a_page_without_consents_is_readable_and_a_refused_score_is_reported(bench, monkeypatch):
    bench.consent(1)

    def full(*_):
        raise Trouble(TroubleCode.DISK_FULL)

    monkeypatch.setattr(bench.log.evaluation, "save_score", full)
    save_score(bench, "40")
    assert "disk is full" in bench.messages.last.text


def test_the_printed_sheet_has_every_statement_with_five_boxes_and_no_place_for_a_name():
    html = sheet_html(ASKED)
    assert all(words in html for words in (*ASKED.statements, *ASKED.lines))
    assert html.count("\u2610") == 5 * len(ASKED.statements)
    assert "do not write your name" in html
    assert pdf(html, "Sheet").startswith(b"%PDF")


def test_a_typed_statement_is_never_read_as_markup():
    spoilt = parse_questionnaire(TEXT.replace("I felt safe to speak.", "<img src=x> & more"))
    assert "&lt;img src=x&gt; &amp; more" in sheet_html(spoilt)


def test_the_chart_is_as_high_as_the_counts_and_describes_them_to_a_screen_reader(look_at, theme):
    made = look_at(CountsChart((0, 1, 0, 2, 4), 4, "told"), 200, 120)
    made.setFixedSize(made.sizeHint())
    image = made.grab().toImage()
    accent = theme.colours.accent
    from PySide6.QtGui import QColor  # noqa: PLC0415

    step = (image.width() + 8) / 5
    high = [
        sum(image.pixelColor(round(n * step + step / 4), y) == QColor(accent) for y in range(image.height()))
        for n in range(5)
    ]
    assert high[0] == high[2] == 0
    assert high[1] < high[3] < high[4]
    assert made.accessibleName() == "told"


def test_the_table_of_scores_explains_its_columns():
    from balint_desktop.reports.scores import scores_table  # noqa: PLC0415

    table = scores_table(GROUP, (), NUMBERED)
    assert all(column.meaning for column in table.columns)
    assert to_csv(table).startswith(b"\xef\xbb\xbfgroup,study_number")
