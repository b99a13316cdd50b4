"""What travels with a sealed copy: the same when it comes out, and nothing foreign is believed."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kept_sessions import GROUP, HOUR, P1, P2, TEXT, at, whole_hour

from balint_desktop.domain.session import facts as f
from balint_desktop.domain.session.corrections import Field, Overlay
from balint_desktop.domain.session.state import replay
from balint_desktop.domain.study.consent import Purpose
from balint_desktop.domain.study.retention import Bound, RetainedKind, RetentionPeriod, StartEvent, Unit
from balint_desktop.domain.study.shared_session import (
    SharedPart,
    SharedSession,
    facts_to_share,
    is_recording_id,
    overlay_to_share,
    terms_to_share,
)
from balint_desktop.domain.study.terms import Study
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import RecordingId, SessionId, SessionKind

RECORDING = RecordingId("6b1f9c62-2a31-4d5f-9d3e-0b8c2a5f7e11")
FACTS = (
    f.Began(at=at(0), present=(P1, P2)),
    f.RecordingStarted(at=at(1), recording=RECORDING, part=1),
    f.StepTaken(at=at(3), phase=1),
    f.RecordingPaused(at=at(4)),
    f.RecordingResumed(at=at(5)),
    f.RecordingStopped(at=at(9)),
    f.Ended(at=at(10)),
)
SHARED = SharedSession(
    recording=RECORDING,
    session=SessionId("0a1f9c62-2a31-4d5f-9d3e-0b8c2a5f7e12"),
    group=GROUP,
    number=3,
    kind=SessionKind.CASE,
    format_key="student-hour",
    format_text=TEXT,
    facts=facts_to_share(FACTS, (P1, P2)),
    parts=(SharedPart(1, 480.0, "ab" * 32), SharedPart(2, None, None)),
    overlay=Overlay({Field.BEGAN: 1_772_600_000.0, Field.LASTED: None, Field.ONLINE: True}),
    entered_wall=1_772_700_000.0,
    group_sessions=8,
    for_research=True,
    purposes=frozenset({Purpose.RECORDING, Purpose.TRANSCRIPTION}),
    shared_for=Purpose.TRANSCRIPTION,
    study=Study(approval_reference="24/105"),
    periods={RetainedKind.AUDIO: RetentionPeriod(StartEvent.RECORDED, 6, Unit.MONTHS, Bound.DESTROY_WITHIN, "24/105")},
)
PLAIN = json.loads(SHARED.to_json())


def code_of(document):
    with pytest.raises(Trouble) as raised:
        SharedSession.from_json(json.dumps(document).encode())
    return raised.value.code


def test_it_comes_out_as_it_went_in():
    assert SharedSession.from_json(SHARED.to_json()) == SHARED


def test_its_size_says_nothing_of_what_happened():
    assert len(SHARED.to_json()) == 1 << 16


def test_its_codes_and_its_beginning_are_those_of_the_record():
    assert (SHARED.codes, SHARED.began_wall) == ((P1, P2), 1_772_600_000.0)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("recording", "../../x"),
        ("session", 5),
        ("group", "con"),
        ("group", "a/b-c"),
        ("number", 0),
        ("number", True),
        ("kind", "party"),
        ("format", {"key": "x", "text": "no toml ["}),
        ("format", {"key": "x", "text": "x" * 300_000}),
        ("facts", []),
        ("facts", PLAIN["facts"][:1] + [{"kind": "recording-stopped", "at": [1, 1, "b"], "fields": {}}] * 5000),
        ("facts", [{"kind": "ended", "at": [1, 1, "b"], "fields": {}}]),
        ("facts", [{"kind": "presenter-chosen", "at": [1, 1, "b"], "fields": {"case": 1, "code": "P1"}}]),
        ("facts", [{"kind": "began", "at": [1, 1, "b"], "fields": {"present": ["Ana"]}}]),
        ("facts", [{"kind": "began", "at": [float("1e400"), 1, "b"], "fields": {"present": []}}]),
        ("facts", [{"kind": "began", "at": [-1, 1, "b"], "fields": {"present": []}}]),
        ("parts", [[1, 5.0, "xx"]]),
        ("parts", [[1, None, None], [1, None, None]]),
        ("parts", [[1, 1e9, None]]),
        ("corrected", {"process-note": "she cried"}),
        ("corrected", {"lasted": 1e9}),
        ("entered", "yesterday"),
        ("sessions", 0),
        ("research", "yes"),
        ("purposes", ["anything"]),
        ("shared-for", "fun"),
        ("study", {"coordinator": "Ana"}),
        ("study", {"approval_day": "soon"}),
        ("study", {"approval_terms": "x" * 5000}),
        ("study", {"approval_terms": 5}),
        (
            "periods",
            {"audio": {"starts": "recorded", "count": 0, "unit": "days", "bound": "keep-at-least", "source": "1"}},
        ),
        ("periods", {"code-key": PLAIN["periods"]["audio"]}),
        ("periods", {"audio": {}}),
        ("balint-desktop-session", "x"),
    ],
)
def test_what_no_vault_writes_is_refused(name, value):
    assert code_of({**PLAIN, name: value}) is TroubleCode.SHARED_COPY_DAMAGED


@pytest.mark.parametrize("name", sorted(PLAIN))
def test_what_is_missing_is_refused(name):
    assert code_of({key: value for key, value in PLAIN.items() if key != name}) is TroubleCode.SHARED_COPY_DAMAGED


def test_a_later_version_is_named_as_such():
    assert code_of({**PLAIN, "balint-desktop-session": 2}) is TroubleCode.SHARED_COPY_NEWER


@given(st.binary(max_size=200))
def test_no_bytes_raise_anything_but_our_own_trouble(data):
    with pytest.raises(Trouble) as raised:
        SharedSession.from_json(data)
    assert raised.value.code is TroubleCode.SHARED_COPY_DAMAGED


def test_a_correction_of_who_was_there_or_who_presented_does_not_travel():
    over = Overlay({Field.BEGAN: 5.0, Field.PRESENT: (P1,), Field.PRESENTERS: {1: P1}})

    assert overlay_to_share(over) == Overlay({Field.BEGAN: 5.0})


def test_of_a_study_the_terms_travel_alone():
    study = Study(coordinator="Office", sheet_version="2", invited=9, heard_by="two researchers", form_opening="Dear")

    assert terms_to_share(study) == Study(heard_by="two researchers")
    assert terms_to_share(None) == Study()


@pytest.mark.parametrize("text", [RECORDING.upper(), RECORDING + "\n", "", ".", "nul", RECORDING[:-1]])
def test_the_id_of_a_recording_is_safe_as_a_name(text):
    assert is_recording_id(RECORDING)
    assert not is_recording_id(text)


def at_boot(minutes, boot_id):
    return replace(at(minutes), boot=60.0 * minutes, boot_id=boot_id)


REBOOTED = (
    f.Began(at=at_boot(0, "a"), present=(P1,)),
    f.RecordingStarted(at=at_boot(1, "a"), recording=RECORDING, part=1),
    f.Arrived(at=at_boot(2, "a"), code=P2),
    f.RecordingLost(at=at_boot(12, "b"), seconds=60, why="recorder-died"),
    f.AppAway(at=at_boot(12, "b"), seconds=60),
    f.RecordingStarted(at=at_boot(13, "b"), recording=RECORDING, part=2),
    f.BeganEarlier(at=at_boot(14, "b"), seconds=120),
    f.RecordingStopped(at=at_boot(20, "b")),
)


@pytest.mark.parametrize("facts", [whole_hour(), REBOOTED], ids=["a whole hour", "over a reboot"])
def test_the_recording_the_phases_and_the_marks_are_the_same_without_what_stays(facts):
    there, here = replay(HOUR, facts), replay(HOUR, facts_to_share(facts, (P1, P2)))

    assert (here.recording, here.entries, here.moments, here.ended_s) == (
        *(there.recording, there.entries, there.moments),
        there.ended_s,
    )
