"""A sealed copy from another vault: what becomes of it here, and what is refused, with nothing left behind."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
import shared_copies
from bad_vaults import damage, files
from clocks import WoundClock
from kept_sessions import GROUP, P1, P2, TEXT, at
from killing import deaths_of
from shared_copies import as_earlier_version, relist, share
from small_disk import small_disk

from balint_desktop.capture.decode_handle import encode_pcm, open_pcm
from balint_desktop.domain.group.group import Group, Participant, Reader
from balint_desktop.domain.session import facts as f
from balint_desktop.domain.session.formats import parse_format
from balint_desktop.domain.session.recording_view import Span
from balint_desktop.domain.study.consent import Answer, Purpose
from balint_desktop.domain.study.doors import Door
from balint_desktop.domain.study.retention import Bound, RetainedKind, RetentionPeriod, StartEvent, Unit
from balint_desktop.domain.study.terms import Asks, Study
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import GroupId, MarkKind
from balint_desktop.recordings.import_copy import copy_in, register_copy
from balint_desktop.recordings.redact_vault import VaultRedaction
from balint_desktop.recordings.service import RecordingService
from balint_desktop.recordings.summary import Condition
from balint_desktop.sealed import names
from balint_desktop.sealed.keys import new_identity, seal
from balint_desktop.sealed.recording import read_key, reader_count
from balint_desktop.vault.consent_gate import may_withdraw, pass_recording, permitted, withdraw
from balint_desktop.vault.import_copy import CopyTarget, begin_copy, copy_groups
from balint_desktop.vault.log.consents import ConsentCollection
from balint_desktop.vault.older_copy import TypedSession, rebuild_session
from balint_desktop.vault.retention import retained_recording
from balint_desktop.vault.shared_copy import read_copy, require_absent
from balint_desktop.vault.transfer import share_recording

__all__ = ["small_disk"]
NEW = CopyTarget(new_name="  Ana’s\u202e group ")


def opened(made):
    return made.open(WoundClock())


def bring_in(vault, folder, target=NEW, shared=None):
    """Import a copy in one go, as the command does."""
    found = read_copy(folder, vault.secrets())
    require_absent(vault, found.recording)
    pending = begin_copy(vault, found, shared or found.shared, target)
    return register_copy(vault, pending, copy_in(pending), WoundClock())


def code_of(vault, folder, target=NEW):
    """Try to import a copy; return the trouble's code, and check that nothing was left."""
    before = files(vault.folder)
    with pytest.raises(Trouble) as raised:
        bring_in(vault, folder, target)
    now = files(vault.folder)
    assert {name for name in now if not name.startswith("log.db")} == {n for n in before if not n.startswith("log.db")}
    assert vault.log.sessions.sessions() == ()
    return raised.value.code


@pytest.fixture
def shared(tmp_path):
    return share(tmp_path, redacted=False)


@pytest.fixture
def vault(shared):
    made = opened(shared.here)
    yield made
    made.close()


def service(vault):
    return RecordingService(vault, None, None)


# --- what it becomes ---


def test_it_is_a_recording_of_this_vault_under_its_own_id_and_verifies(shared, vault):
    imported = bring_in(vault, shared.folder)

    inputs = service(vault).source(shared.recording)
    assert service(vault).verify(inputs).condition is Condition.COMPLETE
    there = opened(shared.elsewhere.made)
    assert vault.log.recordings.recording(shared.recording) == there.log.recordings.recording(shared.recording)
    there.close()
    assert (imported.recording, imported.is_new_group, imported.differing) == (shared.recording, True, ())


def test_its_sound_opens_here_and_is_the_one_that_was_sealed(shared, vault):
    bring_in(vault, shared.folder)

    there = opened(shared.elsewhere.made)
    theirs, ours = (service(one).open(service(one).source(shared.recording)) for one in (there, vault))
    there.close()
    assert ours.sounds == theirs.sounds
    assert (ours.joined, ours.phases, ours.moments) == (theirs.joined, theirs.phases, theirs.moments)
    assert [mark.at_s for mark in ours.phases] == [60.0, 62.0]


def test_its_session_has_number_day_phases_and_losses_and_is_closed(shared, vault):
    bring_in(vault, shared.folder)

    (row,) = vault.log.sessions.sessions()
    state = service(vault).session(row.id).state()
    assert (row.setting.number, row.setting.format_text, row.closed, row.debrief.process_note) == (3, TEXT, True, "")
    assert vault.log.sessions.facts(row.id)[0].at.wall == at(0).wall
    assert state.recording.lost == (Span(66.0, 70.0),)
    assert [entry.phase for entry in state.entries] == [0, 1]


def test_a_removed_stretch_is_removed_here_too(tmp_path):
    shared = share(tmp_path)
    vault = opened(shared.here)
    bring_in(vault, shared.folder)

    assert service(vault).session(vault.log.sessions.sessions()[0].id).state().recording.redacted == (Span(62.0, 64.0),)
    VaultRedaction(vault, RecordingService(vault, open_pcm, encode_pcm)).cut_all()
    inputs = service(vault).source(shared.recording)
    assert service(vault).verify(inputs).condition is Condition.COMPLETE
    vault.close()


def test_a_new_group_has_the_codes_and_the_name_given_here_and_no_other(shared, vault):
    bring_in(vault, shared.folder)

    (group,) = vault.log.groups.groups()
    assert (group.id, group.name, [one.code for one in group.participants]) == (GROUP, "Ana’s group", [P1, P2])


def test_who_came_who_left_who_presented_and_what_was_asked_of_them_does_not_travel(tmp_path):
    def more(vault):
        session = vault.log.sessions.sessions()[0].id
        for fact in (
            f.Left(at=at(61), code=P1),
            f.Arrived(at=at(62), code=P1),
            f.ObserverArrived(at=at(62), agreed=True),
            f.PresenterChosen(at=at(63), case=1, code=P2),
            f.PromptsOn(at=at(63), deck="core", themes=True),
            f.AppAway(at=at(64), seconds=5),
        ):
            vault.log.sessions.add_fact(session, fact)

    shared = share(tmp_path, prepare=more)
    vault = opened(shared.here)
    found = read_copy(shared.folder, vault.secrets())
    vault.close()

    assert found.shared.facts[0].present == (P1, P2)
    kinds = {type(fact) for fact in found.shared.facts}
    assert kinds == {f.Began, f.RecordingStarted, f.StepTaken, f.Redacted, f.RecordingLost, f.RecordingStopped, f.Ended}
    assert found.shared.state().presenters == {}


def test_nobody_learns_how_long_a_computer_was_on(shared, vault):
    found = read_copy(shared.folder, vault.secrets())

    assert [(fact.at.boot, fact.at.boot_id) for fact in found.shared.facts][:2] == [
        (0.0, "elsewhere-1"),
        (60.0, "elsewhere-1"),
    ]


def test_the_key_is_sealed_to_this_vaults_own_readers(shared, vault):
    bring_in(vault, shared.folder)

    folder = vault.places.recording(shared.recording)
    assert reader_count(folder) == 1
    assert read_key(folder, vault.secrets()).recipient == vault.log.recordings.recording(shared.recording).recipient
    assert vault.log.keys.sealed_to(shared.recording) == ()
    assert not (folder / names.SESSION).exists()


def test_the_audit_trail_has_ids_and_fingerprints_and_nobody_who_was_there(shared, vault):
    bring_in(vault, shared.folder)

    last = vault.log.audit.rows()[-1]
    assert last.act == "shared-copy-imported"
    details = json.loads(last.details)
    assert set(details) == {"recording", "session", "group", "manifest", "sha256 of part 1", "sha256 of part 2"}
    assert "P1" not in last.details
    assert vault.log.audit.broken_at() is None


def test_it_counts_neither_as_led_here_nor_as_the_session_to_resume(shared, vault):
    bring_in(vault, shared.folder)

    (session,) = [row.id for row in vault.log.sessions.sessions()]
    assert vault.log.imported_copies.sessions() == {session}
    assert vault.log.dates.standings(date(2027, 9, 6)) == ()
    assert vault.log.sessions.unfinished() is None
    assert vault.log.dates.not_closed() == ()


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


# --- afterwards it is one of this vault's ---


def test_it_is_shared_on_and_imported_by_a_third_vault(tmp_path, shared, vault):
    bring_in(vault, shared.folder)
    third = shared_copies.vault_of_its_own(tmp_path / "third" / "vault")
    vault.readers.add([GROUP], Reader("Third", third.secret.recipient), earlier=True)
    (tmp_path / "on").mkdir()

    on = share_recording(vault, shared.recording, Purpose.TRANSCRIPTION, tmp_path / "on", WoundClock())

    assert on.is_as_sealed
    there = opened(third)
    bring_in(there, tmp_path / "on" / f"recording-{shared.recording}")
    assert service(there).verify(service(there).source(shared.recording)).condition is Condition.COMPLETE
    there.close()


def test_destroyed_here_it_never_comes_back(shared, vault):
    bring_in(vault, shared.folder)
    vault.destroy(shared.recording, "the study ended")

    with pytest.raises(Trouble) as raised:
        bring_in(vault, shared.folder)

    assert raised.value.code is TroubleCode.SHARED_COPY_DESTROYED_HERE
    assert not vault.places.recording(shared.recording).exists()


def test_the_same_again_is_said_and_changes_nothing(shared, vault):
    bring_in(vault, shared.folder)
    before = (files(vault.places.recording(shared.recording)), len(vault.log.audit.rows()))

    with pytest.raises(Trouble) as raised:
        bring_in(vault, shared.folder)

    assert (raised.value.code, raised.value.details) == (
        TroubleCode.SHARED_COPY_IS_HERE,
        {"recording": shared.recording},
    )
    assert (files(vault.places.recording(shared.recording)), len(vault.log.audit.rows())) == before


# --- what is refused ---


def test_a_copy_for_somebody_else_is_left_alone(tmp_path, vault):
    other = share(tmp_path / "other")

    assert code_of(vault, other.folder) is TroubleCode.SHARED_COPY_NOT_FOR_HERE


def test_a_locked_vault_takes_nothing(shared, vault):
    found = read_copy(shared.folder, vault.secrets())
    vault.lock()

    with pytest.raises(Trouble) as raised:
        begin_copy(vault, found, found.shared, NEW)

    assert raised.value.code is TroubleCode.VAULT_LOCKED


@pytest.mark.parametrize("name", ["key.age", "session.json.age", "01/audio.opus.age", "02/facts.json.age"])
@pytest.mark.parametrize("how", ["changed", "missing", "cut short", "a link"])
def test_a_copy_that_is_not_as_its_list_says_is_refused(shared, vault, tmp_path, name, how):
    path = shared.folder / name
    data = path.read_bytes()
    if how == "changed":
        damage(path)
    elif how == "cut short":
        path.write_bytes(data[:-1])
    else:
        path.unlink()
        if how == "a link":
            (tmp_path / "there").write_bytes(data)
            path.symlink_to(tmp_path / "there")

    assert code_of(vault, shared.folder) is TroubleCode.SHARED_COPY_DAMAGED


def test_a_part_that_is_a_link_is_refused(shared, vault, tmp_path):
    (shared.folder / "01").rename(tmp_path / "there")
    (shared.folder / "01").symlink_to(tmp_path / "there", target_is_directory=True)

    assert code_of(vault, shared.folder) is TroubleCode.SHARED_COPY_DAMAGED


@pytest.mark.parametrize("name", ["run.sh", "01/notes.txt", "99999/audio.opus.age", "01/audio.incoming.age", "log.db"])
def test_a_list_with_a_file_of_no_recording_is_refused(shared, vault, name):
    (shared.folder / name).parent.mkdir(exist_ok=True)
    (shared.folder / name).write_bytes(b"anything")
    relist(shared.folder)

    assert code_of(vault, shared.folder) is TroubleCode.SHARED_COPY_DAMAGED


@pytest.mark.parametrize("recording", ["", "..", "../../key", "nul", "A" * 36])
def test_an_id_that_is_none_is_refused(shared, vault, recording):
    relist(shared.folder, recording=recording)

    assert code_of(vault, shared.folder) is TroubleCode.SHARED_COPY_DAMAGED


def test_the_session_of_another_recording_is_refused(shared, vault):
    relist(shared.folder, recording="6b1f9c62-2a31-4d5f-9d3e-0b8c2a5f7e11")

    assert code_of(vault, shared.folder) is TroubleCode.SHARED_COPY_DAMAGED


def test_a_newer_version_is_named_as_such(shared, vault):
    found = read_copy(shared.folder, vault.secrets())
    newer = json.dumps({**json.loads(found.shared.to_json()), "balint-desktop-session": 2}).encode()
    (shared.folder / names.SESSION).write_bytes(seal(newer, [found.key.recipient]))
    relist(shared.folder)

    assert code_of(vault, shared.folder) is TroubleCode.SHARED_COPY_NEWER


def test_a_newer_list_is_named_as_such(shared, vault):
    path = shared.folder / "manifest.json"
    path.write_bytes(path.read_bytes().replace(b'"balint-desktop-parcel": 1', b'"balint-desktop-parcel": 2'))

    assert code_of(vault, shared.folder) is TroubleCode.SHARED_COPY_NEWER


@pytest.mark.parametrize("kind", ["backup", "nothing"])
def test_a_folder_of_another_kind_holds_no_copy(shared, vault, tmp_path, kind):
    relist(shared.folder, kind=kind)
    assert code_of(vault, shared.folder) is TroubleCode.SHARED_COPY_MISSING
    assert code_of(vault, tmp_path / "nowhere") is TroubleCode.SHARED_COPY_MISSING


# --- a copy of an earlier version ---


def test_a_copy_of_an_earlier_version_becomes_what_its_parts_tell(tmp_path):
    keys = [phase.key for phase in parse_format(TEXT).phases]
    marks = ((0.0, f"phase {keys[1]}"), (1.0, f"phase {keys[2]}"), (2.0, "pause"), (3.0, "resume"), (4.0, "struck 2"))
    shared = share(tmp_path, marks=(*marks, (5.0, "name-to-remove")), redacted=False)
    as_earlier_version(shared.folder)
    vault = opened(shared.here)
    found = read_copy(shared.folder, vault.secrets())
    assert found.shared is None
    session = rebuild_session(found, TypedSession(4, date(2026, 3, 4)), [("student-hour", TEXT)])

    imported = bring_in(vault, shared.folder, NEW, session)

    state = session.state()
    assert [(entry.phase, entry.at_s) for entry in state.entries] == [(0, 0.0), (1, 60.0), (2, 61.0)]
    assert state.recording.off_record == (Span(62.0, 63.0),)
    assert state.recording.redacted == (Span(62.0, 64.0),)
    assert state.recording.lost == (Span(66.0, 70.0),)
    assert [(moment.at_s, moment.mark) for moment in state.moments] == [(65.0, MarkKind.NAME_TO_REMOVE)]
    assert (imported.shared.number, state.attended, session.purposes) == (4, frozenset(), frozenset())
    assert service(vault).verify(service(vault).source(shared.recording)).condition is Condition.COMPLETE
    vault.close()


def test_a_copy_of_an_earlier_version_is_played_and_used_for_nothing(tmp_path):
    shared = share(tmp_path)
    as_earlier_version(shared.folder)
    vault = opened(shared.here)
    found = read_copy(shared.folder, vault.secrets())
    session = rebuild_session(found, TypedSession(4, date(2026, 3, 4)), [("student-hour", TEXT)])
    bring_in(vault, shared.folder, NEW, session)

    pass_recording(vault.log, Door.PLAY, shared.recording)
    assert permitted(vault.log, shared.recording) == frozenset()
    assert vault.log.imported_copies.find(shared.recording).shared_for is None
    vault.close()


# --- a kill, a full disk ---


def test_a_full_disk_takes_nothing_and_once_there_is_room_all_of_it(tmp_path, small_disk):
    shared = share(tmp_path, redacted=False)
    made = reading_the_same(shared, small_disk.folder / "vault")
    vault = opened(made)
    small_disk.fill(leaving=24 << 10)

    assert code_of(vault, shared.folder) is TroubleCode.DISK_FULL

    small_disk.make_room()
    bring_in(vault, shared.folder)
    assert service(vault).verify(service(vault).source(shared.recording)).condition is Condition.COMPLETE
    vault.close()


def reading_the_same(shared, folder):
    """Make another vault that the copy is sealed to."""
    made = shared_copies.vault_of_its_own(folder)
    return replace(made, secret=replace(shared.here.secret, log_key=made.secret.log_key))


def test_a_kill_before_any_disk_operation_leaves_the_recording_whole_or_not_at_all(tmp_path):
    shared = share(tmp_path / "made", redacted=False)
    kept = files(shared.elsewhere.folder)

    def make(number):
        made = reading_the_same(shared, tmp_path / str(number) / "vault")
        return made, opened(made)

    def check(world):
        made, vault = world
        vault.close()
        again = opened(made)
        known = [row.id for row in again.log.recordings.recordings()]
        folder = again.places.recording(shared.recording)
        if known:
            sealed = files(folder)
            assert {name: sealed[name] for name in kept if name != "key.age"} == {
                name: data for name, data in kept.items() if name != "key.age"
            }
            assert read_key(folder, again.secrets()).recipient == again.log.recordings.recordings()[0].recipient
            assert len(again.log.groups.groups()) == len(again.log.sessions.sessions()) == 1
        else:
            assert not folder.exists()
            assert again.log.groups.groups() == again.log.sessions.sessions() == ()
        staging = again.places.import_staging
        assert not staging.exists() or list(staging.iterdir()) == []
        assert again.log.audit.broken_at() is None
        again.close()

    assert deaths_of(make, lambda world: bring_in(world[1], shared.folder), check) > 20
