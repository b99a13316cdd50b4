"""An evaluation's core questions in the session's record and in exports, each with its times."""

from __future__ import annotations

import json

from kept_sessions import GROUP, at
from outside import NUMBERED

from balint_desktop import resources
from balint_desktop.domain.session import facts as f
from balint_desktop.domain.session.debrief import SessionSetting
from balint_desktop.domain.session.session_record import StoredSession, session_record
from balint_desktop.domain.values import SessionId, SessionKind
from balint_desktop.reports.sessions import questions_table, sessions_table, to_json
from balint_desktop.reports.tables import to_csv

TEXT = resources.text("formats/evaluation.toml")


def record(*facts):
    setting = SessionSetting(GROUP, 6, SessionKind.EVALUATION, "evaluation", TEXT)
    return session_record(StoredSession(SessionId("s"), "Wednesday group", setting, (f.Began(at=at(0)), *facts)))


def test_a_question_lasts_until_the_next_one_or_the_next_phase():
    result = record(
        f.StepTaken(at=at(5), phase=1),
        f.QuestionAsked(at=at(6), question=3),
        f.QuestionAsked(at=at(15), question=1),
        f.QuestionAsked(at=at(30), question=3),
        f.StepTaken(at=at(50), phase=2),
        f.Ended(at=at(60)),
    ).questions
    assert [(q.number, q.from_s / 60, q.until_s / 60) for q in result] == [(3, 6, 15), (1, 15, 30), (3, 30, 50)]
    assert result[1].text == "What was it like?"


def test_an_undone_question_is_not_reported_and_an_open_one_has_no_end():
    result = record(
        f.QuestionAsked(at=at(6), question=3),
        f.QuestionAsked(at=at(7), question=4),
        f.QuestionTakenBack(at=at(8)),
    ).questions
    assert [(q.number, q.until_s) for q in result] == [(3, None)]


def test_the_export_includes_the_questions_and_says_evaluation():
    one = record(f.QuestionAsked(at=at(6), question=2), f.Ended(at=at(60)))
    (session,) = json.loads(to_json([one], NUMBERED))["sessions"]
    assert session["setting"]["kind"] == "evaluation"
    assert [(q["number"], q["from_s"], q["until_s"]) for q in session["questions"]] == [(2, 360.0, 3600.0)]
    assert ",evaluation," in to_csv(sessions_table([one], NUMBERED)).decode()


def test_the_table_of_questions_has_a_row_for_each_stretch():
    one = record(
        f.StepTaken(at=at(5), phase=1),
        f.QuestionAsked(at=at(6), question=3),
        f.QuestionAsked(at=at(15), question=1),
        f.StepTaken(at=at(50), phase=2),
    )
    table = questions_table([one])
    assert [row[3:6] for row in table.rows] == [(3, 6.0, 15.0), (1, 15.0, 50.0)]
    assert len(table.columns) == len(table.rows[0])
