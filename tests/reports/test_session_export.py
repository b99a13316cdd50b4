"""The JSON export of a session: its keys are read by scripts, so a renamed field must not rename them."""

from __future__ import annotations

import json
import re
from dataclasses import replace

from kept_sessions import record_of, whole_hour
from outside import NUMBERED

from balint_desktop.domain.session.debrief import Debrief, Destroyed
from balint_desktop.reports.sessions import phases_table, questions_table, sessions_table, to_json


def exported(record):
    (session,) = json.loads(to_json([record], NUMBERED))["sessions"]
    return session


def test_the_keys_of_an_exported_session_are_those_of_every_earlier_export():
    record = record_of(*whole_hour())
    destroyed = replace(record, recording=replace(record.recording, destroyed=Destroyed(1.0, "asked to", 2.0)))

    session = exported(destroyed)

    assert sorted(session) == [
        "began",
        "began_wall",
        "closed",
        "corrected",
        "debrief",
        "end_moved_to_s",
        "ended_s",
        "entered_wall",
        "format_name",
        "gaps",
        "group",
        "id",
        "online",
        "phases",
        "planned_s",
        "present",
        "presenters",
        "prompts",
        "prompts_shown",
        "questions",
        "recording",
        "revision",
        "setting",
        "time_guessed",
    ]
    assert sorted(session["setting"]) == ["format_key", "group", "kind", "number"]
    assert sorted(session["debrief"]) == ["process_note"]
    assert sorted(session["recording"]) == ["destroyed", "has_call", "id", "off_record_s", "seconds", "struck_s"]
    assert session["recording"]["struck_s"] == record.recording.redacted_s
    assert session["recording"]["destroyed"] == {"asked_wall": 1.0, "reason": "asked to", "done_wall": 2.0}
    assert sorted(session["phases"][0]) == ["from_s", "label", "planned_from_s", "planned_until_s", "until_s"]


def test_a_session_without_a_recording_has_none_in_its_export():
    assert exported(record_of())["recording"] is None


def test_nothing_about_a_persons_wellbeing_is_in_any_export_of_sessions():
    record = record_of(*whole_hour())
    columns = [
        column.name
        for table in (sessions_table([], NUMBERED), phases_table([]), questions_table([]))
        for column in table.columns
    ]

    assert not any("support" in name or "follow" in name for name in columns)
    assert not any(word in json.dumps(exported(record)) for word in ("support_offered", "follow_up"))


def test_people_are_there_by_study_number_in_an_order_that_tells_no_code_and_in_notes_too():
    note = "P2 spoke for P1’s patient; P50 (the lift) was loud, and p1 is a page."
    destroyed = Destroyed(1.0, "P10 asked to", 2.0)
    record = record_of(*whole_hour(), debrief=Debrief(note))
    session = exported(replace(record, recording=replace(record.recording, destroyed=destroyed)))

    assert session["present"] == ["R90", "R98", "R99"]
    assert session["presenters"] == [[1, "R98"]]
    assert session["debrief"]["process_note"] == (
        "R98 spoke for R99’s patient; R50 (the lift) was loud, and p1 is a page."
    )
    assert session["recording"]["destroyed"]["reason"] == "R90 asked to"
    assert not re.search(r"\bP[0-9]", json.dumps(session))
    row = dict(
        zip(
            [one.name for one in sessions_table([], NUMBERED).columns],
            sessions_table([record], NUMBERED).rows[0],
            strict=True,
        )
    )
    assert row["process"] == session["debrief"]["process_note"]
