"""Ways past the consent gate that were tried, each with what became of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from clocks import WoundClock
from gate_attempts import ATTEMPTS, Bench
from kept_sessions import GROUP, P1, P2, P10, TEXT

from balint_desktop.domain.group.group import Reader
from balint_desktop.domain.session.debrief import SessionSetting
from balint_desktop.domain.study.consent import Answer, Purpose
from balint_desktop.domain.study.doors import Door
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import SessionKind
from balint_desktop.recordings.service import RecordingService
from balint_desktop.sealed.keys import new_identity
from balint_desktop.sealed.recording import read_key
from balint_desktop.vault import consent_gate
from balint_desktop.vault.log.consents import ConsentCollection
from balint_desktop.vault.transfer import share_recording


@pytest.fixture
def bench(tmp_path):
    made = Bench(tmp_path)
    yield made
    made.vault.close()


def test_what_was_agreed_to_passes(bench):
    assert bench.sound().purpose is Purpose.SUPERVISION
    share_recording(bench.vault, bench.recording, Purpose.TRANSCRIPTION, bench.folder, WoundClock())


@pytest.mark.parametrize(
    ("attempt", "code"), ATTEMPTS, ids=[attempt.__name__.replace("_", " ") for attempt, _ in ATTEMPTS]
)
def test_a_way_past_the_gate_is_refused_without_a_name_and_leaves_nothing(bench, attempt, code):
    act = attempt(bench)
    before = sorted(bench.folder.iterdir())
    with pytest.raises(Trouble) as refused:
        act()

    assert refused.value.code is code
    assert not {P1, P2, P10} & set(map(str, refused.value.details.values()))
    assert sorted(bench.folder.iterdir()) == before


@pytest.mark.parametrize(("door", "purpose"), [(Door.BACKUP, Purpose.ANALYSIS), (Door.SCORES, Purpose.ANALYSIS)])
def test_no_recording_leaves_by_a_door_that_is_not_for_recordings(bench, door, purpose):
    with pytest.raises(ValueError, match="no recording leaves by"):
        consent_gate.pass_recording(bench.log, door, bench.recording, purpose)


def test_no_group_or_person_leaves_by_a_door_that_is_for_something_else(bench):
    with pytest.raises(ValueError, match="no group leaves by"):
        consent_gate.pass_group(bench.log, Door.PLAY, GROUP)
    with pytest.raises(ValueError, match="no single person leaves by"):
        consent_gate.pass_people(bench.log, Door.METHODS, GROUP)


def test_scores_leave_for_those_who_agreed_and_the_others_are_left_out(bench):
    bench.enter(P1, Purpose.ANALYSIS, Answer.GIVEN)
    bench.enter(P2, Purpose.ANALYSIS, Answer.DECLINED)

    assert consent_gate.pass_people(bench.log, Door.SCORES, GROUP) == {P1}
    bench.reports.pass_door("scores", GROUP)


def test_what_asks_for_nothing_leaves_while_grades_are_open_and_no_one_agreed(bench):
    bench.decide(leader_assesses=True)
    for kind in ("attendance", "certificate", "leader-record", "log", "audit-trail"):
        bench.reports.note_export(kind, GROUP)


def test_what_is_recorded_for_an_assessor_is_sealed_to_the_studys_key_alone_until_the_grades_are_final(bench):
    study = new_identity()
    reader = Reader("study", study.recipient)
    bench.log.groups.save_group(replace(bench.log.groups.group(GROUP), readers=(reader,)))
    session = bench.log.sessions.start(SessionSetting(GROUP, 4, SessionKind.CASE, "student-hour", TEXT))

    def opens():
        recording = bench.vault.new_recording(bench.log.groups.group(GROUP), session)
        folder = bench.vault.places.recording(recording)
        assert read_key(folder, [study.secret])
        try:
            return bool(read_key(folder, bench.vault.secrets()))
        except Trouble:
            return False

    assert opens()
    bench.decide(leader_assesses=True)
    assert not opens()
    bench.decide(leader_assesses=True, grades_final=bench.log.consents.today())
    assert opens()


def test_after_a_withdrawal_a_recording_is_heard_alone_and_no_longer_by_others(bench):
    consent_gate.withdraw(bench.log, GROUP, P2, ConsentCollection(bench.log.consents.today()))
    service = RecordingService(bench.vault, None, None)
    with pytest.raises(Trouble) as refused:
        service.pass_door(Door.SUPERVISION, bench.recording, Purpose.SUPERVISION)

    assert (refused.value.code, refused.value.details) == (TroubleCode.PURPOSE_NOT_AGREED, {})
    assert service.pass_door(Door.PLAY, bench.recording).door is Door.PLAY
