"""Backups, shared copies and imports of an open vault, in the steps in which a window takes them."""

from __future__ import annotations

import pytest
from bad_vaults import files
from clocks import START_WALL, WoundClock
from kept_sessions import GROUP, TEXT
from kept_vaults import kept, vault
from sounds import opus

from balint_desktop.domain.import_report import ImportReport
from balint_desktop.domain.session.debrief import SessionSetting
from balint_desktop.domain.study.consent import Purpose
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import RecordingId, SessionKind
from balint_desktop.recordings.service import RecordingService
from balint_desktop.recordings.transfer import TransferService
from balint_desktop.sealed.parcel import verify_parcel
from balint_desktop.sealed.reading import read_part
from balint_desktop.vault.consent_gate import withdraw
from balint_desktop.vault.destination_warnings import DestinationWarning
from balint_desktop.vault.log.consents import ConsentCollection
from balint_desktop.vault.log.transfers import ImportRow, TransferKind, TransferRow

__all__ = ["kept", "vault"]

OTHER = RecordingId("another")
REPORT = ImportReport("WAV", 3.0, 3.0)


class Converted:
    """Three seconds of sound that is converted already."""

    report = REPORT

    def chunks(self):
        yield opus(3.0)


@pytest.fixture
def converted():
    """Return the files that were asked to be converted."""
    return []


@pytest.fixture
def clock():
    return WoundClock()


@pytest.fixture
def service(vault, converted, clock):
    def convert(path):
        converted.append(path)
        return Converted()

    return TransferService(vault, RecordingService(vault, None, None), convert, clock)


@pytest.fixture
def session(vault):
    return vault.log.sessions.sessions()[0].id


@pytest.fixture
def stick(tmp_path):
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def back_up(service, stick):
    plan = service.begin_backup(stick)
    return service.backed_up(plan, service.copy(plan, lambda _bytes: None))


def share(service, recording, stick):
    plan = service.begin_share(recording, Purpose.TRANSCRIPTION, stick)
    return service.note_shared(plan, service.copy(plan, lambda _bytes: None))


def import_sound(service, session, path, offset_s=90.0):
    pending = service.begin_import(session, offset_s)
    sealed = service.seal_import(pending, path, lambda _bytes: None)
    service.finish_import(pending, sealed, path.name)
    return pending.recording


def code_of(call, *arguments):
    with pytest.raises(Trouble) as caught:
        call(*arguments)
    return caught.value.code


def test_a_backup_begun_copied_and_recorded_is_whole_and_in_the_log(service, kept, stick):
    steps = []
    plan = service.begin_backup(stick)
    begun = TransferRow(plan.about.id, TransferKind.BACKUP, START_WALL, str(plan.folder))
    assert service.backups() == (begun,)

    packed = service.copy(plan, steps.append)
    row = service.backed_up(plan, packed)

    assert sum(steps) == sum(packed.manifest.files[name].size for name in plan.files)
    assert verify_parcel(plan.folder).is_whole
    assert list(stick.iterdir()) == [plan.folder]
    assert (row.id, row.kind, row.wall, row.folder) == (begun.id, begun.kind, begun.wall, begun.folder)
    assert (row.manifest_sha256, row.recordings) == (packed.sha256, (kept.recording,))
    assert service.backups() == (row,)


def test_backups_are_listed_newest_first_and_without_shared_copies(service, kept, clock, stick):
    first = back_up(service, stick)
    clock.advance(60)
    second = back_up(service, stick)
    share(service, kept.recording, stick)

    assert service.backups() == (second, first)


def test_the_backups_holding_a_recording_are_those_with_its_files_and_any_unfinished_one(service, kept, stick, clock):
    row = back_up(service, stick)

    assert service.backups_holding(kept.recording) == (row,)
    assert service.backups_holding(OTHER) == ()
    clock.advance(60)
    service.begin_backup(stick / "elsewhere")
    assert [one.is_finished for one in service.backups_holding(OTHER)] == [False]


def test_a_copy_that_failed_is_given_up_and_leaves_no_row(service, stick):
    plan = service.begin_backup(stick)
    plan.folder.mkdir()

    assert code_of(service.copy, plan, lambda _bytes: None) is TroubleCode.COPY_EXISTS
    service.give_up(plan)

    assert service.backups() == ()


def test_a_shared_copy_has_the_sealed_files_and_is_as_sealed(service, kept, stick):
    shared = share(service, kept.recording, stick)

    sealed = files(stick / f"recording-{kept.recording}")
    assert {name: sealed[name] for name in files(kept.folder)} == files(kept.folder)
    assert shared.is_as_sealed is True
    assert (shared.row.kind, shared.row.wall, shared.row.recordings) == (
        TransferKind.HAND_OVER,
        START_WALL,
        (kept.recording,),
    )
    assert service.shares(kept.recording) == (shared.row,)


def test_the_shares_of_a_recording_are_finished_copies_of_it_alone(service, kept, stick):
    back_up(service, stick)
    service.begin_share(kept.recording, Purpose.TRANSCRIPTION, stick)

    assert service.shares(kept.recording) == ()
    assert share(service, kept.recording, stick / "second").row in service.shares(kept.recording)
    assert service.shares(OTHER) == ()


def test_a_recording_that_is_not_there_is_not_shared(service, stick):
    assert code_of(service.begin_share, OTHER, Purpose.TRANSCRIPTION, stick) is TroubleCode.RECORDING_MISSING
    assert list(stick.iterdir()) == []


def test_a_closed_session_of_a_group_that_agreed_accepts_an_import(service, session):
    (listed,) = service.sessions()

    assert (listed.id, listed.group, listed.setting.number) == (session, "Wednesday group", 3)


@pytest.mark.parametrize("change", ["closed = 0", "group_id = NULL"])
def test_a_session_that_is_open_or_without_a_group_accepts_no_import(service, vault, change):
    vault.log._database.run(f"UPDATE sessions SET {change}")

    assert service.sessions() == ()


def test_a_session_with_a_member_who_has_not_agreed_accepts_no_import(service, vault, session):
    (group,) = vault.log.groups.groups()
    withdraw(vault.log, group.id, group.participants[1].code, ConsentCollection(vault.log.consents.today()))

    assert service.sessions() == ()
    assert code_of(service.begin_import, session, 0.0) is TroubleCode.RECORDING_NOT_AVAILABLE


def test_only_sessions_that_accept_an_import_are_listed(service, vault, session):
    vault.log.sessions.start(SessionSetting(GROUP, 4, SessionKind.CASE, "student-hour", TEXT))

    assert [one.id for one in service.sessions()] == [session]


def test_an_imported_file_is_converted_sealed_and_registered_at_its_place_in_the_session(
    service, vault, session, converted, tmp_path
):
    steps = []
    pending = service.begin_import(session, 90.0)
    sealed = service.seal_import(pending, tmp_path / "ZOOM0001.WAV", steps.append)
    assert (sealed.seconds, sealed.report) == (3.0, REPORT)
    assert vault.log.transfers.imports() == ()

    service.finish_import(pending, sealed, "ZOOM0001.WAV")

    assert (converted, steps) == ([tmp_path / "ZOOM0001.WAV"], [len(opus(3.0))])
    key = vault.recording_key(pending.recording)
    part = read_part(vault.part_folder(pending.recording, 1), [key.secret])
    assert (part.ogg, part.facts.offset_s, part.facts.sha256) == (opus(3.0), 90.0, sealed.sha256)
    assert service.originals_to_wipe() == (
        ImportRow(pending.recording, START_WALL, "ZOOM0001.WAV", wiped=False, report=REPORT),
    )


def test_an_original_that_was_wiped_is_not_listed_again(service, vault, session, tmp_path):
    first = import_sound(service, session, tmp_path / "1.wav")
    second = import_sound(service, session, tmp_path / "2.wav")

    service.note_wiped(first)

    assert [row.recording for row in service.originals_to_wipe()] == [second]
    assert vault.log.transfers.imports()[1] == ImportRow(first, START_WALL, "", wiped=True, report=REPORT)


@pytest.mark.parametrize(("name", "warnings"), [("stick", ()), ("Dropbox", (DestinationWarning.SYNCED,))])
def test_a_destination_is_remarked_on_where_it_is_synced(service, tmp_path, name, warnings):
    (tmp_path / name).mkdir()

    assert service.remarks(tmp_path / name) == warnings
