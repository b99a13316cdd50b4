"""An imported recording: its gate, the staging folder it is sealed in, and the rows that make it one of the vault's."""

from __future__ import annotations

import json

import pytest
from bad_vaults import files
from clocks import START_WALL, WoundClock
from kept_sessions import P1, P10
from kept_vaults import kept, vault

from balint_desktop.domain.import_report import Finding, ImportReport
from balint_desktop.domain.session.corrections import Attribution, Field
from balint_desktop.domain.session.facts import ObserverArrived, ObserverLeft
from balint_desktop.domain.study.consent import Purpose
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import SessionId
from balint_desktop.sealed.recording import read_key
from balint_desktop.vault import import_recording
from balint_desktop.vault.consent_gate import withdraw
from balint_desktop.vault.import_recording import (
    SealedImport,
    admit_import,
    begin_import,
    discard_import,
    require_importable,
)
from balint_desktop.vault.log.consents import ConsentCollection

__all__ = ["kept", "vault"]
REPORT = ImportReport("WAV", 4.0, 4.0)


@pytest.fixture
def session(vault):
    return vault.log.sessions.sessions()[0].id


def admitted(vault, session, report=REPORT, offset_s=90.0):
    """Import a recording without sound: what its part holds is none of the vault's business."""
    pending = begin_import(vault, session, offset_s)
    pending.part.mkdir()
    (pending.part / "audio.age").write_bytes(b"sealed")
    admit_import(vault, pending, SealedImport(4.0, "ab" * 32, report), "ZOOM0001.WAV", WoundClock())
    return pending


# --- the gate ---


def refused(vault, session):
    before = files(vault.folder / "recordings")
    with pytest.raises(Trouble) as raised:
        begin_import(vault, session, 0.0)
    assert files(vault.folder / "recordings") == before
    assert not vault.places.import_staging.exists()
    return raised.value


def test_if_one_person_in_the_room_had_not_agreed_nothing_comes_in_and_no_one_is_named(vault, session):
    (group,) = vault.log.groups.groups()
    withdraw(vault.log, group.id, group.participants[1].code, ConsentCollection(vault.log.consents.today()))

    trouble = refused(vault, session)

    assert trouble.code is TroubleCode.RECORDING_NOT_AVAILABLE
    assert trouble.details == {}


def correct_present(vault, session, *codes):
    seen = {Field.PRESENT: vault.log.sessions.session(session).corrected.over(Field.PRESENT, ())}
    revision = vault.log.corrections.revision(session)
    by = Attribution("M", "the wrong pill")
    vault.log.corrections.correct(session, {Field.PRESENT: codes}, by, seen=seen, revision=revision)


def test_a_person_added_by_a_correction_must_have_agreed_too(vault, session):
    correct_present(vault, session, P1, P10)

    assert refused(vault, session).code is TroubleCode.RECORDING_NOT_AVAILABLE


def test_a_person_removed_by_a_correction_still_counts(vault, session):
    (group,) = vault.log.groups.groups()
    withdraw(vault.log, group.id, group.participants[1].code, ConsentCollection(vault.log.consents.today()))
    correct_present(vault, session, P1)

    assert refused(vault, session).code is TroubleCode.RECORDING_NOT_AVAILABLE


def test_an_observer_who_had_not_agreed_counts_even_if_they_left(vault, session):
    at = vault.log.sessions.facts(session)[-1].at
    vault.log.sessions.add_fact(session, ObserverArrived(at=at, agreed=False))
    vault.log.sessions.add_fact(session, ObserverLeft(at=at))

    assert refused(vault, session).code is TroubleCode.RECORDING_NOT_AVAILABLE


def test_a_session_that_is_not_closed_or_not_in_the_log_takes_nothing(vault, session):
    vault.log._database.run("UPDATE sessions SET closed = 0")
    assert refused(vault, session).code is TroubleCode.SESSION_NOT_CLOSED
    missing = refused(vault, SessionId("nothing"))
    assert (missing.code, missing.details) == (TroubleCode.SESSION_MISSING, {"name": "nothing"})


def test_a_session_without_a_group_takes_nothing(vault, session):
    vault.log._database.run("UPDATE sessions SET group_id = NULL")

    assert refused(vault, session).code is TroubleCode.RECORDING_NOT_AVAILABLE


def test_a_locked_vault_takes_nothing(vault, session):
    assert require_importable(vault, session).name == "Wednesday group"
    vault.lock()

    assert refused(vault, session).code is TroubleCode.VAULT_LOCKED


# --- staging and rows ---


def test_until_it_is_admitted_it_is_in_staging_alone_with_a_key_that_this_vault_opens(vault, kept, session):
    pending = begin_import(vault, session, 90.0)

    assert [path.name for path in vault.places.import_staging.iterdir()] == [pending.recording]
    assert read_key(pending.folder, vault.secrets()).recipient == pending.recipient
    assert (pending.part, pending.session) == (pending.folder / "01", session)
    assert list(vault.recording_folders()) == [kept.recording]
    assert [row.id for row in vault.log.recordings.recordings()] == [kept.recording]


def test_an_import_that_is_discarded_leaves_nothing(vault, session):
    pending = begin_import(vault, session, 90.0)
    discard_import(pending)

    assert list(vault.places.import_staging.iterdir()) == []


def test_a_key_that_cannot_be_written_leaves_nothing(vault, session, monkeypatch):
    def full(folder, _readers):
        folder.mkdir()
        raise Trouble(TroubleCode.DISK_FULL, folder=str(folder))

    monkeypatch.setattr(import_recording, "create_recording", full)
    with pytest.raises(Trouble) as raised:
        begin_import(vault, session, 90.0)

    assert raised.value.code is TroubleCode.DISK_FULL
    assert list(vault.places.import_staging.iterdir()) == []


def test_an_admitted_recording_has_its_part_its_key_and_its_reminder(vault, session):
    pending = admitted(vault, session)

    row = vault.log.recordings.recording(pending.recording)
    assert (row.session, row.this_vault_reads, len(row.parts)) == (session, True, 1)
    assert (row.parts[0].seconds, row.parts[0].sha256) == (4.0, "ab" * 32)
    assert vault.log.keys.sealed_to(pending.recording) == ()
    assert files(vault.places.recording(pending.recording))["01/audio.age"] == b"sealed"
    assert list(vault.places.import_staging.iterdir()) == []


def test_the_purposes_of_an_admitted_recording_are_those_of_everyone_who_attended(vault, session):
    pending = admitted(vault, session)

    assert vault.log.consents.purposes_at_recording(pending.recording) == {Purpose.RECORDING, Purpose.TRANSCRIPTION}


@pytest.mark.parametrize(("findings", "complete"), [((), "yes"), ((Finding.CUT_SHORT,), "no")])
def test_the_trail_has_its_fingerprint_its_offset_and_whether_it_is_complete(vault, session, findings, complete):
    pending = admitted(vault, session, ImportReport("WAV", 4.0, 4.0, findings=findings))

    last = vault.log.audit.rows()[-1]
    assert (last.act, json.loads(last.details)) == (
        "recording-brought-in",
        {"recording": pending.recording, "part": 1, "sha256": "ab" * 32, "offset_s": 90.0, "complete": complete},
    )


def test_the_reminder_of_the_original_stays_until_it_is_wiped_and_its_name_goes_with_it(vault, session):
    first, second = admitted(vault, session), admitted(vault, session)
    rows = vault.log.transfers.to_wipe()
    assert [row.recording for row in rows] == [second.recording, first.recording]
    assert (rows[1].original, rows[1].wall, rows[1].report) == ("ZOOM0001.WAV", START_WALL, REPORT)

    vault.log.transfers.note_wiped(first.recording)

    assert [row.recording for row in vault.log.transfers.to_wipe()] == [second.recording]
    wiped = vault.log.transfers.imports()[1]
    assert (wiped.recording, wiped.original, wiped.wiped) == (first.recording, "", True)


def test_an_import_of_an_earlier_version_has_no_report(vault, session):
    admitted(vault, session)
    vault.log._database.run("UPDATE brought_in SET report = NULL")

    assert vault.log.transfers.imports()[0].report is None


# --- what a kill leaves ---


def test_rows_without_the_move_are_finished_when_the_vault_is_opened(kept, vault, session):
    pending = admitted(vault, session)
    moved = vault.places.recording(pending.recording)
    moved.replace(pending.folder)
    vault.close()

    again = kept.made.open()
    again.close()
    assert files(moved)["01/audio.age"] == b"sealed"
    assert list(again.places.import_staging.iterdir()) == []


def test_a_folder_without_rows_is_deleted_when_the_vault_is_opened(kept, vault, session):
    begin_import(vault, session, 90.0)
    vault.close()

    again = kept.made.open()
    assert list(again.recording_folders()) == [kept.recording]
    assert list(again.places.import_staging.iterdir()) == []
    again.close()


def test_a_recording_that_is_in_its_place_is_never_replaced_from_staging(kept, vault, session):
    pending = admitted(vault, session)
    pending.folder.mkdir()
    (pending.folder / "key.age").write_bytes(b"another")
    vault.close()

    kept.made.open().close()
    assert files(vault.places.recording(pending.recording))["01/audio.age"] == b"sealed"
    assert not pending.folder.exists()
