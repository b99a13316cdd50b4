"""A sealed copy from another vault becomes a recording of this one, whole or not at all."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import shared_copies
from bad_vaults import files
from clocks import WoundClock
from kept_sessions import GROUP, P1, P2, TEXT, at
from kept_vaults import keep_session
from killing import deaths_of
from recorded_vaults import prepared
from shared_copies import bring_in, code_of, opened, service, share, share_again, shared, vault
from small_disk import small_disk
from sounds import opus

from balint_desktop.capture.decode_handle import encode_pcm, open_pcm
from balint_desktop.domain.group.group import Reader
from balint_desktop.domain.import_report import ImportReport
from balint_desktop.domain.session import facts as f
from balint_desktop.domain.session.recording_view import Span
from balint_desktop.domain.study.consent import Purpose
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.recordings.import_sound import register_import, seal_converted
from balint_desktop.recordings.redact_vault import VaultRedaction
from balint_desktop.recordings.service import RecordingService
from balint_desktop.recordings.summary import Condition
from balint_desktop.reports.accreditation_service import AccreditationService
from balint_desktop.sealed import names
from balint_desktop.sealed.recording import read_key, reader_count
from balint_desktop.vault.backup import back_up
from balint_desktop.vault.consent_gate import permitted
from balint_desktop.vault.import_copy import CopyTarget
from balint_desktop.vault.import_recording import begin_import
from balint_desktop.vault.restore import restore, verify_backup
from balint_desktop.vault.shared_copy import read_copy
from balint_desktop.vault.transfer import share_recording

__all__ = ["shared", "small_disk", "vault"]


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


def test_it_is_in_a_backup_and_there_again_after_a_restore(tmp_path, shared, vault):
    bring_in(vault, shared.folder)
    (tmp_path / "backups").mkdir()
    plan, _row = back_up(vault, tmp_path / "backups", WoundClock())
    restore(verify_backup(plan.folder), tmp_path / "restored" / "vault")

    again = opened(replace(shared.here, folder=tmp_path / "restored" / "vault"))
    assert service(again).verify(service(again).source(shared.recording)).condition is Condition.COMPLETE
    assert permitted(again.log, shared.recording) == {Purpose.RECORDING, Purpose.TRANSCRIPTION}
    again.close()


def test_renewing_the_keys_seals_it_to_the_new_ones_and_a_copy_for_the_earlier_reader_key_opens_no_more(tmp_path):
    world = prepared(tmp_path / "vault")
    reader = Reader("Transcriber", world.vault.secret.recipient)
    kept = keep_session(tmp_path / "there", this_vault_reads=False, readers=[reader], purposes=[Purpose.TRANSCRIPTION])
    folder = share_again(kept, tmp_path / "stick")
    before = world.vault.open()
    bring_in(before, folder)
    before.close()

    vault, secret = world.confirm().restart()

    assert read_key(vault.places.recording(kept.recording), [secret.identities[0].secret])
    assert permitted(vault.log, kept.recording) == {Purpose.RECORDING, Purpose.TRANSCRIPTION}
    with pytest.raises(Trouble) as raised:
        read_copy(folder, [secret.identities[0].secret])
    assert raised.value.code is TroubleCode.SHARED_COPY_NOT_FOR_HERE
    vault.close()


def test_it_counts_for_no_accreditation(shared, vault):
    bring_in(vault, shared.folder)

    assert AccreditationService(vault.log, WoundClock()).sessions() == ()


def test_sound_that_was_imported_there_keeps_its_place_and_what_was_removed(tmp_path):
    made = []

    def import_sound(vault):
        session = vault.log.sessions.sessions()[0].id
        pending = begin_import(vault, session, 90.0)
        sealed = seal_converted(pending, Converted())
        register_import(vault, pending, sealed, "ZOOM0001.WAV", WoundClock())
        made.append(pending.recording)

    shared = share(tmp_path, prepare=import_sound)
    vault = opened(shared.here)
    there = opened(shared.elsewhere.made)
    (tmp_path / "second").mkdir()
    row = share_recording(there, made[0], Purpose.TRANSCRIPTION, tmp_path / "second", WoundClock()).row
    there.close()

    bring_in(vault, shared.folder)
    second = bring_in(vault, Path(row.folder), CopyTarget(GROUP))

    sound = service(vault).open(service(vault).source(second.recording))
    assert (sound.joined.from_s, sound.listed.number) == (90.0, 3)
    assert [row.session for row in vault.log.recordings.recordings()] == [second.shared.session] * 2
    assert len(vault.log.sessions.sessions()) == 1
    vault.close()


class Converted:
    """Three seconds of sound that is converted already."""

    report = ImportReport("WAV", 3.0, 3.0)

    def chunks(self):
        yield opus(3.0)
