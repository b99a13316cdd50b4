"""Which group a recording from elsewhere goes to, and the terms that it travelled with."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from clocks import WoundClock
from kept_sessions import GROUP, P1, P2
from shared_copies import NEW, bring_in, code_of, opened, service, share, shared, vault

from balint_desktop.domain.group.group import Group, Participant, Reader
from balint_desktop.domain.study.consent import Answer, Purpose
from balint_desktop.domain.study.doors import Door
from balint_desktop.domain.study.retention import Bound, RetainedKind, RetentionPeriod, StartEvent, Unit
from balint_desktop.domain.study.terms import Asks, Study
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import GroupId
from balint_desktop.recordings.import_copy import copy_in
from balint_desktop.recordings.summary import Condition
from balint_desktop.sealed.keys import new_identity
from balint_desktop.sealed.recording import read_key
from balint_desktop.vault.consent_gate import may_withdraw, pass_recording, permitted, withdraw
from balint_desktop.vault.import_copy import CopyTarget, admit_copy, begin_copy, copy_groups, discard_copy
from balint_desktop.vault.log.consents import ConsentCollection
from balint_desktop.vault.log.transcripts import TranscriptSource
from balint_desktop.vault.retention import retained_recording
from balint_desktop.vault.shared_copy import read_copy
from balint_desktop.vault.transcripts import TranscriptVault, may_be_transcribed

__all__ = ["shared", "vault"]


# --- which group ---


def test_the_next_recording_of_a_group_goes_to_the_same_one(tmp_path, shared, vault):
    bring_in(vault, shared.folder)
    found = read_copy(shared.folder, vault.secrets())

    groups = copy_groups(vault, replace(found.shared, session="another"))

    assert (groups.suggested, groups.is_only) == (GROUP, False)


def test_a_session_that_is_here_already_is_in_one_group_and_goes_to_no_other(shared, vault):
    bring_in(vault, shared.folder)
    found = read_copy(shared.folder, vault.secrets())
    groups = copy_groups(vault, found.shared)
    assert (groups.suggested, groups.is_only, len(groups.offered)) == (GROUP, True, 1)

    another = replace(found, manifest=replace(found.manifest, recording="6b1f9c62-2a31-4d5f-9d3e-0b8c2a5f7e11"))
    with pytest.raises(Trouble) as raised:
        begin_copy(vault, another, found.shared, NEW)

    assert raised.value.code is TroubleCode.SHARED_COPY_OTHER_GROUP


def test_a_group_led_here_takes_it_only_if_it_has_the_codes(shared, vault):
    vault.log.groups.save_group(Group(GroupId("own-group"), "Tuesday", participants=(Participant(P1),)))
    assert code_of(vault, shared.folder, CopyTarget(GroupId("own-group"))) is TroubleCode.MEMBER_MISSING

    vault.log.groups.save_group(Group(GroupId("own-group"), "Tuesday", participants=(Participant(P1), Participant(P2))))
    imported = bring_in(vault, shared.folder, CopyTarget(GroupId("own-group")))

    assert (imported.group.name, imported.is_new_group) == ("Tuesday", False)
    assert len(vault.log.groups.groups()) == 1


def test_a_group_made_by_an_import_gets_the_codes_that_it_lacks(shared, vault):
    bring_in(vault, shared.folder)
    (group,) = vault.log.groups.groups()
    vault.log.groups.delete_member(group.id, P2)
    vault.destroy(shared.recording, "done")
    vault.log._database.run("DELETE FROM destroyings")
    vault.log._database.run("DELETE FROM imported_copies")
    for table in ("parts", "sealed_to", "recordings"):
        vault.log._database.run(f"DELETE FROM {table}")

    bring_in(vault, shared.folder, CopyTarget(group.id))

    assert [one.code for one in vault.log.groups.group(group.id).participants] == [P1, P2]


@pytest.mark.parametrize("name", ["", "  \u202e "])
def test_a_new_group_needs_a_name(shared, vault, name):
    assert code_of(vault, shared.folder, CopyTarget(new_name=name)) is TroubleCode.GROUP_UNNAMED


def test_a_group_that_is_not_here_takes_nothing(shared, vault):
    assert code_of(vault, shared.folder, CopyTarget(GroupId("nowhere"))) is TroubleCode.GROUP_MISSING


def test_for_a_copy_that_does_not_say_its_group_all_are_offered_those_of_an_import_first(shared, vault):
    vault.log.groups.save_group(Group(GroupId("own-group"), "A group led here"))
    imported = bring_in(vault, shared.folder).group
    groups = copy_groups(vault, None)

    assert [group.id for group in groups.offered] == [imported.id, "own-group"]
    assert (groups.suggested, groups.is_only) == (None, False)


def test_a_copy_whose_rows_are_there_is_not_discarded_and_the_next_opening_moves_it_into_its_place(
    shared, vault, monkeypatch
):
    found = read_copy(shared.folder, vault.secrets())
    pending = begin_copy(vault, found, found.shared, NEW)
    parts = copy_in(pending)

    def refuse(*_arguments):
        raise OSError(5, "no")

    with monkeypatch.context() as patched:
        patched.setattr("balint_desktop.vault.import_copy.disk.replace", refuse)
        with pytest.raises(Trouble) as raised:
            admit_copy(vault, pending, parts, WoundClock())
    discard_copy(vault, pending)
    assert raised.value.code is TroubleCode.FOLDER_UNWRITABLE
    assert pending.folder.exists()
    vault.close()

    again = opened(shared.here)
    assert service(again).verify(service(again).source(shared.recording)).condition is Condition.COMPLETE
    assert not pending.folder.exists()
    again.close()


def test_a_copy_whose_rows_never_came_is_discarded(shared, vault):
    found = read_copy(shared.folder, vault.secrets())
    pending = begin_copy(vault, found, found.shared, NEW)
    discard_copy(vault, pending)

    assert not pending.folder.exists()
    assert vault.log.groups.groups() == ()


def test_its_readers_here_are_those_of_its_group(tmp_path, shared, vault):
    supervisor = new_identity()
    own = Group(
        GroupId("own-group"),
        "Tuesday",
        participants=(Participant(P1), Participant(P2)),
        readers=(Reader("Supervisor", supervisor.recipient),),
    )
    vault.log.groups.save_group(own)

    bring_in(vault, shared.folder, CopyTarget(own.id))

    folder = vault.places.recording(shared.recording)
    assert read_key(folder, [supervisor.secret]) == read_key(folder, vault.secrets())
    assert [one.label for one in vault.log.keys.sealed_to(shared.recording)] == ["Supervisor"]


# --- the terms it travelled with ---

ALL = (Purpose.TRANSCRIPTION, Purpose.ANALYSIS)


def test_what_everybody_agreed_to_there_holds_here_and_nothing_else(shared, vault):
    bring_in(vault, shared.folder)

    assert permitted(vault.log, shared.recording) == {Purpose.RECORDING, Purpose.TRANSCRIPTION}
    assert vault.log.imported_copies.find(shared.recording).shared_for is Purpose.TRANSCRIPTION
    pass_recording(vault.log, Door.SOUND_FILE, shared.recording, Purpose.TRANSCRIPTION)
    with pytest.raises(Trouble) as raised:
        pass_recording(vault.log, Door.SOUND_FILE, shared.recording, Purpose.ANALYSIS)
    assert raised.value.code is TroubleCode.PURPOSE_NOT_AGREED


def test_a_refusal_entered_here_takes_that_use_away(tmp_path):
    shared = share(tmp_path, purposes=ALL)
    vault = opened(shared.here)
    bring_in(vault, shared.folder)
    taking = ConsentCollection(vault.log.consents.today())
    vault.log.consents.enter(GROUP, [(P2, Purpose.ANALYSIS)], Answer.DECLINED, taking)

    assert permitted(vault.log, shared.recording) == {Purpose.RECORDING, Purpose.TRANSCRIPTION}
    vault.close()


def test_a_withdrawal_entered_here_closes_every_door_and_asks_for_the_recording(tmp_path):
    study = Study(approval_reference="24/105", withdrawal_asks=Asks.DESTROY)
    shared = share(tmp_path, purposes=ALL, prepare=lambda vault: vault.log.consents.save_study(GROUP, study))
    vault = opened(shared.here)
    bring_in(vault, shared.folder)

    assert may_withdraw(vault.log, GROUP) == {P1, P2}
    withdraw(vault.log, GROUP, P1, ConsentCollection(vault.log.consents.today()))

    assert may_withdraw(vault.log, GROUP) == {P2}
    assert permitted(vault.log, shared.recording) == frozenset()
    (left,) = vault.log.withdrawals.withdrawals(GROUP, {}, {shared.recording: ("session", 3, 0.0)})
    assert [(one.recording, one.asks) for one in left.affected] == [(shared.recording, Asks.DESTROY)]
    vault.close()


PERIOD = RetentionPeriod(StartEvent.RECORDED, 6, Unit.MONTHS, Bound.DESTROY_WITHIN, "approval 24/105")


def with_period(vault):
    vault.log.retention.set_clock(GROUP, RetainedKind.AUDIO, PERIOD)
    vault.log.retention.set_clock(GROUP, RetainedKind.CODE_KEY, replace(PERIOD, starts=StartEvent.LAST_SESSION))


def test_the_retention_of_audio_comes_along_and_its_day_is_due_here(tmp_path):
    shared = share(tmp_path, prepare=with_period)
    vault = opened(shared.here)
    bring_in(vault, shared.folder)

    assert vault.log.retention.clocks(GROUP).clocks == {RetainedKind.AUDIO: PERIOD}
    assert retained_recording(vault.log, shared.recording).due == date(2026, 9, 4)
    vault.close()


def test_the_period_of_a_group_here_stays_and_the_difference_is_said(tmp_path):
    shared = share(tmp_path, prepare=with_period)
    vault = opened(shared.here)
    own = Group(GroupId("own-group"), "Tuesday", participants=(Participant(P1), Participant(P2)))
    vault.log.groups.save_group(own)
    vault.log.retention.set_clock(own.id, RetainedKind.AUDIO, replace(PERIOD, count=1))

    imported = bring_in(vault, shared.folder, CopyTarget(own.id))

    assert imported.differing == (RetainedKind.AUDIO,)
    assert vault.log.retention.clocks(own.id).clocks[RetainedKind.AUDIO].count == 1
    vault.close()


def test_the_terms_of_the_study_come_along_and_whom_it_invited_does_not(tmp_path):
    study = Study(coordinator="Office", invited=12, approval_reference="24/105", patients="changed")
    shared = share(tmp_path, prepare=lambda vault: vault.log.consents.save_study(GROUP, study))
    vault = opened(shared.here)
    bring_in(vault, shared.folder)

    assert vault.log.consents.study(GROUP) == Study(approval_reference="24/105", patients="changed")
    vault.close()


def test_a_group_of_a_study_is_heard_here_since_its_readers_were_chosen_there(tmp_path):
    def studied(vault):
        vault.log.groups.save_group(replace(vault.log.groups.group(GROUP), for_research=True))

    shared = share(tmp_path, prepare=studied)
    vault = opened(shared.here)
    bring_in(vault, shared.folder)

    assert vault.log.groups.group(GROUP).for_research
    pass_recording(vault.log, Door.PLAY, shared.recording)
    vault.close()


def test_a_transcript_of_it_is_begun_here_and_its_key_is_for_those_who_read_the_recording(shared, vault):
    assert not may_be_transcribed(vault.log)
    bring_in(vault, shared.folder)

    assert may_be_transcribed(vault.log)
    TranscriptVault(vault).begin(shared.recording, TranscriptSource.HAND)
    assert read_key(vault.places.transcript(shared.recording), vault.secrets())


def test_without_everybodys_agreement_to_transcription_none_is_begun(tmp_path):
    shared = share(tmp_path, purposes=(Purpose.SUPERVISION,), purpose=Purpose.SUPERVISION)
    vault = opened(shared.here)
    bring_in(vault, shared.folder)

    with pytest.raises(Trouble) as raised:
        TranscriptVault(vault).begin(shared.recording, TranscriptSource.HAND)

    assert raised.value.code is TroubleCode.TRANSCRIPTION_NOT_AGREED
    vault.close()
