"""Consents in a real vault: append-only, read by the gate, apart from the data, and the effects of a withdrawal."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from clocks import WoundClock
from vaults import make_vault

from balint_desktop import resources
from balint_desktop.domain.group.group import Group, Participant, RecordingRule, new_participants, recording_available
from balint_desktop.domain.open_matters import OpenKind
from balint_desktop.domain.session import facts as f
from balint_desktop.domain.session.debrief import Debrief, SessionSetting
from balint_desktop.domain.study.consent import Answer, Purpose, TakenBy, current_answers
from balint_desktop.domain.study.doors import Door
from balint_desktop.domain.study.terms import Asks, Study, Until
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import GroupId, RecordingId, SessionKind, participant_code
from balint_desktop.vault import consent_gate
from balint_desktop.vault.log.audit import AuditAct
from balint_desktop.vault.log.consents import ConsentCollection
from balint_desktop.vault.log.database import Database, create_database
from balint_desktop.vault.log.log import Log
from balint_desktop.vault.log.migrations import STEPS

WEEK_S = 7 * 24 * 3600
P1, P2, P3, P4 = CODES = tuple(participant_code(number) for number in (1, 2, 3, 4))
GROUP = Group(
    GroupId("g"),
    "Block B",
    participants=new_participants(4),
    for_research=True,
    leader_assesses=False,
    recording_rule=RecordingRule.THOSE_PRESENT,
)
EVERYTHING = [(code, purpose) for code in CODES for purpose in Purpose]
RECORDING = Purpose.RECORDING


@pytest.fixture
def clock():
    return WoundClock()


@pytest.fixture
def vault(tmp_path, clock):
    opened = make_vault(tmp_path / "vault").open(clock)
    opened.log.groups.save_group(GROUP)
    yield opened
    opened.close()


@pytest.fixture
def log(vault):
    return vault.log


@pytest.fixture
def consents(log):
    return log.consents


def taking(consents, **details):
    return ConsentCollection(consents.today(), **details)


def agreed(log):
    return [p.code for p in log.groups.group(GROUP.id).participants if p.agreed_to_recording]


def held(vault, clock, present, *, number, recorded=True):
    """Hold a session in a real vault, and record it if requested; no sound is needed here."""
    log = vault.log
    text = resources.text("formats/student-hour.toml")
    session = log.sessions.start(SessionSetting(GROUP.id, number, SessionKind.CASE, "student-hour", text))
    log.sessions.add_fact(session, f.Began(at=clock.now(), present=tuple(present)))
    made = None
    if recorded:
        made = vault.new_recording(log.groups.group(GROUP.id), session)
        log.sessions.add_fact(session, f.RecordingStarted(at=clock.now(), recording=made, part=1))
        log.sessions.add_fact(session, f.RecordingStopped(at=clock.now()))
    log.sessions.add_fact(session, f.Ended(at=clock.now()))
    log.sessions.close(session, Debrief(""))
    clock.advance(WEEK_S)
    return made


# --- answers ---


def test_the_consent_gate_uses_the_latest_answer(log, consents):
    assert agreed(log) == []
    consents.enter(GROUP.id, EVERYTHING, Answer.GIVEN, taking(consents, form="2", taken_by=TakenBy.COORDINATOR))
    assert agreed(log) == list(CODES)
    assert recording_available(log.groups.group(GROUP.id), CODES)

    consents.enter(GROUP.id, [(P3, RECORDING)], Answer.WITHDRAWN, taking(consents))
    assert agreed(log) == [P1, P2, P4]
    assert not recording_available(log.groups.group(GROUP.id), CODES)


def test_undoing_adds_rows_and_changes_none(log, consents):
    first = consents.enter(GROUP.id, EVERYTHING[:2], Answer.GIVEN, taking(consents))
    second = consents.enter(GROUP.id, EVERYTHING[:2], Answer.DECLINED, taking(consents))
    before = consents.consents(GROUP.id)

    consents.undo_answers(GROUP.id, second)
    consents.undo_answers(GROUP.id, second)

    after = consents.consents(GROUP.id)
    assert after[: len(before)] == before
    assert [row.voids for row in after[len(before) :]] == list(second)
    assert agreed(log) == [P1]
    consents.undo_answers(GROUP.id, first)
    assert agreed(log) == []


def test_a_future_day_is_refused_and_nothing_is_entered(consents):
    tomorrow = consents.today() + timedelta(days=1)
    with pytest.raises(Trouble) as raised:
        consents.enter(GROUP.id, EVERYTHING, Answer.GIVEN, ConsentCollection(tomorrow))
    assert raised.value.code is TroubleCode.CONSENT_AHEAD
    assert consents.consents(GROUP.id) == ()


def test_a_form_dated_before_a_refusal_does_not_undo_it_and_the_whole_act_is_rejected(log, consents):
    consents.enter(GROUP.id, [(P2, RECORDING)], Answer.DECLINED, taking(consents))
    earlier = ConsentCollection(consents.today() - timedelta(days=3))
    with pytest.raises(Trouble) as raised:
        consents.enter(GROUP.id, [(P1, RECORDING), (P2, RECORDING)], Answer.GIVEN, earlier)
    assert raised.value.code is TroubleCode.CONSENT_EARLIER
    assert agreed(log) == []
    assert len(consents.consents(GROUP.id)) == 1


def test_a_tick_counts_for_members_never_asked_and_changes_no_answer(log, consents):
    ticked = replace(GROUP, participants=tuple(replace(p, agreed_to_recording=True) for p in GROUP.participants))
    consents.enter(GROUP.id, [(P2, RECORDING)], Answer.DECLINED, taking(consents))

    log.groups.save_group(ticked)

    assert agreed(log) == [P1, P3, P4]
    assert {row.taken_by for row in consents.consents(GROUP.id) if row.code == P1} == {TakenBy.TICK}
    # An outdated copy of the group, saved again (as by undoing a change of its name), opens no gate.
    consents.enter(GROUP.id, [(P1, RECORDING)], Answer.WITHDRAWN, taking(consents))
    consents.undo_answers(GROUP.id, [row.place for row in consents.consents(GROUP.id) if row.code == P3])
    log.groups.save_group(ticked)
    assert agreed(log) == [P4]


def test_a_code_with_an_answer_is_assigned_for_good(log, consents):
    consents.undo_answers(GROUP.id, consents.enter(GROUP.id, [(P4, RECORDING)], Answer.GIVEN, taking(consents)))
    assert log.groups.is_referred_to(GROUP.id, P4)
    assert not log.groups.is_referred_to(GROUP.id, P3)


def test_the_audit_trail_records_each_act_and_no_ones_answer(log, consents):
    places = consents.enter(GROUP.id, [(P2, Purpose.QUOTATIONS)], Answer.DECLINED, taking(consents, form="7"))
    consents.undo_answers(GROUP.id, places)
    consents.save_study(GROUP.id, Study(coordinator="the coordinator", approval_reference="023473"))

    found = [row for row in log.audit.rows() if row.act.startswith(("consents", "study"))]
    assert [row.act for row in found] == [
        AuditAct.CONSENTS_ENTERED,
        AuditAct.CONSENTS_TAKEN_BACK,
        AuditAct.STUDY_CHANGED,
    ]
    written = " ".join(row.details for row in found)
    for secret in ("P2", "declined", "quotations", "023473", "the coordinator"):
        assert secret not in written
    assert set(json.loads(found[0].details)) == {"group", "rows", "sha256"}
    assert log.audit.broken_at() is None


def test_a_study_is_saved_and_undone(consents):
    assert consents.study(GROUP.id) is None
    consents.save_study(GROUP.id, Study(invited=8, agreed=6))
    assert consents.study(GROUP.id) == Study(invited=8, agreed=6)
    consents.save_study(GROUP.id, None)
    assert consents.study(GROUP.id) is None


def test_ticks_of_earlier_versions_become_rows_without_an_invented_day(tmp_path):
    path, key = tmp_path / "log.db", "ab" * 32
    database = create_database(path, key)
    with database.together():
        for step in STEPS[:6]:
            database.run(step)
        database.run("PRAGMA user_version = 6")
        database.run(
            "INSERT INTO groups (id, name, sessions, format_key, support, for_research, this_vault_reads)"
            " VALUES ('g', 'Block B', 6, 'student-hour', '', 0, 1)"
        )
        for place, (code, ticked) in enumerate((("P1", 1), ("P2", 0), ("P3", 1))):
            database.run(
                "INSERT INTO participants (group_id, place, code, agreed_to_recording, seat) VALUES ('g', ?, ?, ?, 5)",
                (place, code, ticked),
            )
    database.close()

    log = Log(path, key, WoundClock())
    members = log.groups.group(GROUP.id).participants
    assert members == tuple(Participant(code, agreed_to_recording=code != P2, seat=5) for code in (P1, P2, P3))
    assert [(row.code, row.day, row.taken_by) for row in log.consents.consents(GROUP.id)] == [
        (P1, None, TakenBy.TICK),
        (P3, None, TakenBy.TICK),
    ]
    log.close()
    again = Database(path, key)
    assert "agreed_to_recording" not in {row[1] for row in again.run("PRAGMA table_info(participants)")}
    again.close()


# --- purposes ---


def test_the_purposes_of_a_recording_are_those_everyone_in_the_room_agreed_to(vault, clock, consents):
    consents.enter(GROUP.id, [(code, RECORDING) for code in CODES], Answer.GIVEN, taking(consents))
    consents.enter(GROUP.id, [(code, Purpose.SUPERVISION) for code in (P1, P2)], Answer.GIVEN, taking(consents))
    alone = held(vault, clock, (P1, P2), number=1)
    together = held(vault, clock, CODES, number=2)

    assert consents.purposes_at_recording(alone) == {RECORDING, Purpose.SUPERVISION}
    assert consents.purposes_at_recording(together) == {RECORDING}
    consent_gate.pass_recording(vault.log, Door.SOUND_FILE, alone, Purpose.SUPERVISION)
    with pytest.raises(Trouble) as raised:
        consent_gate.pass_recording(vault.log, Door.SOUND_FILE, alone, Purpose.ANALYSIS)
    assert (raised.value.code, raised.value.details) == (TroubleCode.PURPOSE_NOT_AGREED, {})

    # Agreed to afterwards: that makes no research of what was recorded for supervision.
    consents.enter(GROUP.id, [(code, Purpose.ANALYSIS) for code in CODES], Answer.GIVEN, taking(consents))
    assert consent_gate.permitted(vault.log, alone) == {RECORDING, Purpose.SUPERVISION}
    consents.enter(GROUP.id, [(P2, Purpose.SUPERVISION)], Answer.WITHDRAWN, taking(consents))
    assert consent_gate.permitted(vault.log, alone) == {RECORDING}


# --- week four ---


@pytest.fixture
def three_weeks(vault, clock, consents):
    """Three recorded weeks; P4 missed the second."""
    consents.save_study(GROUP.id, Study(withdrawal_asks=Asks.DESTROY))
    everyone = taking(consents, form="2", taken_by=TakenBy.COORDINATOR)
    consents.enter(GROUP.id, EVERYTHING, Answer.GIVEN, everyone)
    return [
        held(vault, clock, CODES, number=1),
        held(vault, clock, (P1, P2, P3), number=2),
        held(vault, clock, CODES, number=3),
    ]


def kinds(log, day):
    return [(one.kind, one.number, one.recording) for one in log.consent_matters.open_matters(day)]


def test_a_withdrawal_in_week_four_follows_the_rule_and_closes_the_gate(vault, clock, log, consents, three_weeks):
    first, second, third = three_weeks
    assert recording_available(log.groups.group(GROUP.id), CODES)

    consent_gate.withdraw(log, GROUP.id, P4, taking(consents, taken_by=TakenBy.COORDINATOR))

    # The gate is closed from then on for those in the room with P4; and P4 is in the group as before.
    group = log.groups.group(GROUP.id)
    assert [p.code for p in group.participants] == list(CODES)
    assert not recording_available(group, CODES)
    assert recording_available(group, (P1, P2, P3))

    # The affected recordings: those of the sessions that P4 attended.
    (left,) = consent_gate.withdrawals(log, GROUP.id)
    assert [(one.recording, one.number, one.asks) for one in left.open] == [
        (first, 1, Asks.DESTROY),
        (third, 3, Asks.DESTROY),
    ]
    today = consents.today()
    open_now = [(OpenKind.RECORDING_TO_DESTROY, 1, first), (OpenKind.RECORDING_TO_DESTROY, 3, third)]
    assert kinds(log, today) == open_now
    assert RECORDING not in consent_gate.permitted(log, first)
    assert RECORDING in consent_gate.permitted(log, second)

    # Destroying is done in the usual way; then nothing is open.
    vault.destroy(first, "withdrawn from the study")
    assert kinds(log, today) == open_now[1:]
    vault.destroy(third, "withdrawn from the study")
    assert kinds(log, today) == []
    (left,) = consent_gate.withdrawals(log, GROUP.id)
    assert left.open == ()

    # The fourth week is held with everyone, and is not recorded.
    held(vault, clock, CODES, number=4, recorded=False)
    assert log.dates.next_session(GROUP.id, date(2026, 3, 4))[0] == 5


def test_a_mistaken_withdrawal_is_undone_and_the_previous_state_restored(log, consents, three_weeks):
    place, rows = consent_gate.withdraw(log, GROUP.id, P4, taking(consents))
    consent_gate.undo_withdrawal(log, GROUP.id, place, rows)

    assert agreed(log) == list(CODES)
    assert consent_gate.withdrawals(log, GROUP.id) == ()
    assert kinds(log, consents.today()) == []
    assert RECORDING in consent_gate.permitted(log, three_weeks[0])


@pytest.mark.parametrize(
    ("study", "asks"),
    [
        pytest.param(Study(withdrawal_asks=Asks.REMOVE_WORDS), Asks.REMOVE_WORDS, id="words left out"),
        pytest.param(Study(withdrawal_asks=Asks.KEEP), Asks.KEEP, id="past data kept"),
        pytest.param(
            Study(
                withdrawal_asks=Asks.DESTROY,
                withdrawal_until=Until.DAY,
                withdrawal_day=date(2020, 1, 1),
            ),
            Asks.KEEP,
            id="too late to reach back",
        ),
        pytest.param(Study(), None, id="no rule is entered"),
    ],
)
def test_a_withdrawals_consequences_follow_the_rule_and_nothing_is_destroyed_automatically(
    vault, three_weeks, study, asks
):
    log, consents = vault.log, vault.log.consents
    consents.save_study(GROUP.id, study)
    consent_gate.withdraw(log, GROUP.id, P4, taking(consents))

    (left,) = consent_gate.withdrawals(log, GROUP.id)
    assert {one.asks for one in left.affected} == {asks}
    assert bool(left.open) == (asks is not Asks.KEEP)
    assert kinds(log, consents.today()) == []
    assert set(vault.recording_folders()) == set(three_weeks)


def test_an_undecided_recording_is_decided_and_destroyed_later(log, consents, three_weeks):
    consents.save_study(GROUP.id, Study())
    place, _ = consent_gate.withdraw(log, GROUP.id, P4, taking(consents))
    log.withdrawals.decide(place, three_weeks[0], Asks.KEEP)
    log.withdrawals.decide(place, three_weeks[2], Asks.REMOVE_WORDS)
    (left,) = consent_gate.withdrawals(log, GROUP.id)
    assert [one.recording for one in left.open] == [three_weeks[2]]

    log.withdrawals.mark_done(place, three_weeks[2])
    (left,) = consent_gate.withdrawals(log, GROUP.id)
    assert left.open == ()


def test_a_member_who_agreed_to_nothing_may_still_leave_the_study(log, consents):
    place, rows = consent_gate.withdraw(log, GROUP.id, P4, taking(consents))
    assert rows == ()
    assert [left.place for left in consent_gate.withdrawals(log, GROUP.id)] == [place]


# --- open matters ---


def test_an_assessment_question_without_an_answer_is_an_open_matter_of_a_study(log, consents):
    def kinds():
        return [one.kind for one in log.consent_matters.open_matters(consents.today())]

    assert OpenKind.ASSESSMENT_UNANSWERED not in kinds()
    log.groups.save_recording_decision(GROUP.id, GROUP.recording_rule, leader_assesses=None, grades_final=None)
    assert kinds()[0] is OpenKind.ASSESSMENT_UNANSWERED
    log.groups.save_group(replace(log.groups.group(GROUP.id), for_research=False))
    assert kinds() == []


def test_missing_consents_are_open_matters_in_a_study_and_nowhere_else(log, consents):
    today = consents.today()
    (matter,) = log.consent_matters.open_matters(today)
    assert (matter.kind, matter.group, matter.count) == (OpenKind.CONSENTS_TO_ENTER, GROUP.id, 4)

    consents.enter(GROUP.id, [(P1, RECORDING), (P2, RECORDING)], Answer.DECLINED, taking(consents))
    (matter,) = log.consent_matters.open_matters(today)
    assert matter.count == 2
    log.groups.save_group(replace(GROUP, for_research=False))
    assert log.consent_matters.open_matters(today) == ()


# --- an answer for many ---


def enter(log, codes, purposes, answer, day=None):
    taking = ConsentCollection(day or log.consents.today())
    return consent_gate.enter_answers(log, GROUP.id, codes, purposes, answer=answer, taking=taking)


def test_an_answer_for_many_is_entered_and_undone_as_one_act(log):
    entered = enter(log, CODES, Purpose, Answer.GIVEN)
    acts = [row.act for row in log.audit.rows()].count(AuditAct.CONSENTS_ENTERED)
    log.consents.undo_answers(GROUP.id, entered.places)

    assert (len(entered.places), entered.entry.people, entered.entry.purposes, acts) == (24, 4, 6, 1)
    assert current_answers(log.consents.consents(GROUP.id)) == {}


@pytest.mark.parametrize(
    ("before", "answer", "code"),
    [
        (Answer.DECLINED, Answer.GIVEN, TroubleCode.CONSENT_REFUSED),
        (Answer.DECLINED, Answer.WITHDRAWN, TroubleCode.CONSENT_NOT_GIVEN),
    ],
)
def test_an_answer_that_changes_nothing_is_reported_and_enters_nothing(log, before, answer, code):
    enter(log, CODES, [RECORDING], before)
    rows = log.consents.consents(GROUP.id)
    with pytest.raises(Trouble) as refused:
        enter(log, CODES, [RECORDING], answer)

    assert refused.value.code is code
    assert log.consents.consents(GROUP.id) == rows


def test_a_recording_unknown_to_the_log_allows_no_purpose(log):
    with pytest.raises(Trouble) as refused:
        consent_gate.pass_recording(log, Door.SOUND_FILE, RecordingId("unknown"), RECORDING)

    assert refused.value.code is TroubleCode.RECORDING_UNKNOWN
