"""The JSON export of a session: its keys are read by scripts, so a renamed field must not rename them."""

from __future__ import annotations

import json
from dataclasses import replace

from kept_sessions import record_of, whole_hour

from balint_desktop.domain.session.debrief import Destroyed
from balint_desktop.reports.sessions import phases_table, questions_table, sessions_table, to_json


def exported(record):
    (session,) = json.loads(to_json([record]))["sessions"]
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
    columns = [column.name for table in (sessions_table, phases_table, questions_table) for column in table([]).columns]

    assert not any("support" in name or "follow" in name for name in columns)
    assert not any(word in json.dumps(exported(record)) for word in ("support_offered", "follow_up"))
