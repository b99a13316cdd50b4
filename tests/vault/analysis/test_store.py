"""The files of a study: backed up, restored, resealed, destroyed, held; killed before any disk operation."""

from __future__ import annotations

import gc
import itertools
import shutil
from datetime import timedelta

import pytest
import sqlcipher3
from kept_sessions import GROUP
from small_disk import small_disk
from study_vaults import ME, STUDY, TWO, Coder, Lab, as_first_version, begun, code_of, lab, memo
from study_worlds import World, killed_at_each_moment, mine

from balint_desktop.domain.study.holds import Hold, HoldId, Lifted
from balint_desktop.domain.study.retention import (
    Bound,
    RetainedKind,
    RetentionPeriod,
    RetentionStatus,
    StartEvent,
    Unit,
)
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.sealed.keys import new_identity, seal, unseal
from balint_desktop.vault import renewal_files
from balint_desktop.vault.analysis.study_key import StudyKey, read_study_key
from balint_desktop.vault.analysis.study_rows import SaidOf, StudyTables
from balint_desktop.vault.backup import back_up
from balint_desktop.vault.log.audit import AuditAct
from balint_desktop.vault.log.studies import CodingFileKind
from balint_desktop.vault.restore import restore, verify_backup
from balint_desktop.vault.retention import GroupRetention
from balint_desktop.vault.secret import combined_secret, new_secret
from balint_desktop.vault.studies import destroy_studies_of
from balint_desktop.vault.vault import OpenVault

__all__ = ["begun", "lab", "small_disk"]

OTHER = "5f0b7d3e-9999-4222-8333-444455556666"


def filled(lab):
    """Code, write a memo, close a round, and receive a document."""
    lab.studies.save_work(STUDY, 1, ME.id, mine(lab))
    lab.studies.add_memo(STUDY, memo())
    lab.studies.close_round(STUDY, 1, ME.id)
    lab.files.receive_file(STUDY, b"docx", CodingFileKind.WORD, TWO.id, 1)
    return lab


def expect_filled(lab):
    opened = lab.studies.open(STUDY)
    assert lab.studies.work(STUDY, 1, ME.id) == mine(lab)
    assert (opened.memos, opened.rounds[0].has_closed(ME.id)) == ((memo(),), True)
    (row,) = lab.files.received(STUDY)
    assert lab.files.open_received(STUDY, row.id) == b"docx"


def test_the_key_is_an_age_identity_and_any_sqlcipher_opens_the_database(begun):
    filled(begun).vault.studies.close()
    text = unseal((begun.folder / "key.age").read_bytes(), begun.vault.secrets()).decode()
    key = StudyKey.from_text(text)
    connection = sqlcipher3.connect(str(begun.folder / "analysis.db"))
    connection.execute(f"PRAGMA key = \"x'{key.database}'\"")
    ((memo_of_coding,),) = connection.execute("SELECT memo FROM codings").fetchall()
    connection.close()

    assert memo_of_coding == "kererū"
    assert [line for line in text.splitlines() if not line.startswith("#")] == [key.identity.secret]


def test_a_key_of_another_study_in_its_place_is_damage(begun, tmp_path):
    other = Lab(tmp_path / "other").begun()
    begun.vault.studies.close()
    key = read_study_key(other.folder, other.vault.secrets())
    from balint_desktop.vault.analysis.study_key import write_study_key  # noqa: PLC0415

    write_study_key(begun.folder, key, begun.vault.recipient)
    other.close()

    assert code_of(lambda: begun.studies.open(STUDY)) is TroubleCode.STUDY_DAMAGED


@pytest.mark.parametrize("name", ["key.age", "analysis.db"])
@pytest.mark.parametrize("way", ["missing", "empty", "cut"])
def test_a_damaged_study_says_so_and_the_others_open(begun, name, way):
    begun.vault.studies.close()
    path = begun.folder / name
    data = path.read_bytes()
    if way == "missing":
        path.unlink()
    else:
        path.write_bytes(b"" if way == "empty" else data[: len(data) // 2 - 7])

    assert code_of(lambda: begun.studies.open(STUDY)) is TroubleCode.STUDY_DAMAGED
    assert begun.studies.damaged() == (STUDY,)
    begun.again()
    assert begun.vault.log.audit.broken_at() is None


def sealed_text(lab, text):
    (lab.folder / "key.age").write_bytes(seal(text, [lab.vault.recipient]))


@pytest.mark.parametrize("way", ["no database key", "two identities", "no identity", "no text"])
def test_what_is_sealed_in_place_of_a_key_and_is_none_is_damage(begun, way):
    key = read_study_key(begun.folder, begun.vault.secrets())
    text, identity = key.to_text(), key.identity.secret
    begun.vault.studies.close()
    ways = {
        "no database key": f"{identity}\n",
        "two identities": f"{text}{identity}\n",
        "no identity": text.replace(identity, "AGE-SECRET-KEY-1"),
    }
    sealed_text(begun, ways[way].encode() if way in ways else b"\xff\xfe")

    assert code_of(lambda: begun.studies.open(STUDY)) is TroubleCode.STUDY_DAMAGED
    sealed_text(begun, text.encode())
    assert begun.studies.open(STUDY).me == ME.id


def test_a_database_without_a_version_is_damage(begun):
    begun.vault.studies.open(STUDY).database.run("PRAGMA user_version = 0")
    begun.vault.studies.close()

    assert code_of(lambda: begun.studies.open(STUDY)) is TroubleCode.STUDY_DAMAGED


def test_a_database_of_a_later_version_is_said_to_be_newer(begun):
    begun.vault.studies.open(STUDY).database.run("PRAGMA user_version = 99")
    begun.vault.studies.close()

    assert code_of(lambda: begun.studies.open(STUDY)) is TroubleCode.VAULT_NEWER


def test_a_link_in_place_of_a_study_is_not_followed(begun, tmp_path):
    begun.vault.studies.close()
    begun.folder.rename(tmp_path / "elsewhere")
    begun.folder.symlink_to(tmp_path / "elsewhere")

    assert code_of(lambda: begun.studies.open(STUDY)) is TroubleCode.LINK_IN_VAULT
    assert code_of(lambda: begun.studies.destroy(STUDY)) is TroubleCode.LINK_IN_VAULT
    assert (tmp_path / "elsewhere" / "key.age").exists()


# --- created ---


def test_a_study_that_cannot_be_written_leaves_nothing_and_can_be_created_again(lab, monkeypatch):
    def full(*_given):
        raise Trouble(TroubleCode.DISK_FULL, folder="somewhere")

    with monkeypatch.context() as disk:
        disk.setattr(StudyTables, "insert", full)
        assert code_of(lab.create) is TroubleCode.DISK_FULL
    left = list(lab.vault.places.new_studies.rglob("*"))

    assert [path for path in left if path.is_file()] == []
    assert (lab.vault.log.studies.all(), lab.acts()) == ((), [])
    assert lab.create().study.id == STUDY


# --- what a kill kept from the log ---


def test_a_study_whose_files_cannot_be_noted_does_not_open_until_they_are(begun, monkeypatch):
    row = begun.files.receive_file(STUDY, b"docx", CodingFileKind.WORD, TWO.id, 1)
    begun.vault.log._database.run("DELETE FROM analysis_parcels")
    begun.vault.studies.close()

    def full(*_given):
        raise Trouble(TroubleCode.DISK_FULL, folder="somewhere")

    with monkeypatch.context() as disk:
        disk.setattr(type(begun.vault.log.studies), "note_file", full)
        assert [code_of(lambda: begun.studies.open(STUDY)) for _ in range(2)] == [TroubleCode.DISK_FULL] * 2
        # So that it is listed as one, and not left out.
        assert (begun.studies.contents_in_short(), begun.studies.damaged()) == ((), (STUDY,))
    assert begun.files.received(STUDY) == (row,)


def test_what_is_no_coding_file_among_those_that_came_is_left_alone(begun):
    row = begun.files.receive_file(STUDY, b"docx", CodingFileKind.WORD, TWO.id, 1)
    (path,) = (begun.folder / "received").iterdir()
    strange = [path.with_name("notes.txt"), path.with_name(path.name.replace(".word.", ".song.", 1).replace("a", "b"))]
    for one in strange:
        one.write_bytes(b"theirs")
    folder = path.with_name(f"{OTHER}.word.age")
    folder.mkdir()
    begun.again()

    assert begun.files.received(STUDY) == (row,)
    assert [one.read_bytes() for one in strange] == [b"theirs"] * 2
    assert folder.is_dir()


# --- backed up ---


@pytest.mark.parametrize("state", ["open", "locked", "killed"])
def test_a_backup_holds_a_study_as_it_is_and_restores_it(begun, tmp_path, state):
    filled(begun)
    if state == "locked":
        begun.vault.lock()
    # As a kill leaves it: what holds the file is forgotten, and the last rows are in the write-ahead log alone.
    left_open = dict(begun.vault.studies._open) if state == "killed" else {}
    if left_open:
        begun.vault.studies._open.clear()
    (tmp_path / "stick").mkdir()
    plan, _ = back_up(begun.vault, tmp_path / "stick", begun.clock)
    assert (plan.folder / "analysis" / STUDY / "analysis.db-wal").exists() == bool(left_open)
    begun.vault.close()
    for file in left_open.values():
        file.database.close()
    folder = begun.made.folder
    shutil.rmtree(folder)
    restore(verify_backup(plan.folder), folder)
    begun.vault = begun.made.open(begun.clock)

    expect_filled(begun)


def test_a_study_that_was_restored_without_any_file_that_came_is_backed_up_and_receives_again(begun, tmp_path):
    for place in ("stick", "other"):
        (tmp_path / place).mkdir()
    plan, _ = back_up(begun.vault, tmp_path / "stick", begun.clock)
    begun.vault.close()
    shutil.rmtree(begun.made.folder)
    restore(verify_backup(plan.folder), begun.made.folder)
    begun.vault = begun.made.open(begun.clock)
    assert not (begun.folder / "received").exists()
    again, _ = back_up(begun.vault, tmp_path / "other", begun.clock)

    assert sorted(path.name for path in (again.folder / "analysis" / STUDY).iterdir()) == ["analysis.db", "key.age"]
    row = begun.files.receive_file(STUDY, b"docx", CodingFileKind.WORD, TWO.id, 1)
    assert begun.files.received(STUDY) == (row,)


# --- read alone ---


def test_on_a_disk_that_cannot_be_written_to_a_study_is_read_and_its_files_unchanged(begun, small_disk):
    filled(begun).vault.close()
    folder = small_disk.folder / "vault"
    shutil.copytree(begun.made.folder, folder)
    small_disk.set_read_only()
    made = type(begun.made)(folder, begun.made.passphrase, begun.made.recovery_key, begun.made.secret)
    whole = begun.vault = made.open(begun.clock)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    opened = begun.studies.open(STUDY)
    assert (opened.memos, opened.rounds[0].has_closed(ME.id)) == ((memo(),), True)
    assert begun.studies.work(STUDY, 1, ME.id) == mine(begun)
    assert [row.kind for row in begun.files.received(STUDY)] == [CodingFileKind.WORD]
    assert code_of(lambda: begun.studies.add_memo(STUDY, memo(memo_id="m2"))) is TroubleCode.DISK_READ_ONLY
    assert begun.studies.open(STUDY).memos == (memo(),)
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
    whole.close()
    begun.vault = begun.made.open(begun.clock)


def test_what_is_destroyed_here_is_in_no_later_backup(begun, tmp_path):
    begun.studies.destroy(STUDY)
    (tmp_path / "stick").mkdir()
    plan, _ = back_up(begun.vault, tmp_path / "stick", begun.clock)

    assert not (plan.folder / "analysis").exists()


# --- keys renewed ---


def renew(lab):
    """Renew the vault's keys, as its window does, and open it again."""
    new = new_secret()
    combined = combined_secret(new, lab.made.secret)
    lab.vault.close()
    folder = renewal_files.RenewalLayout(lab.made.folder)
    for place in (folder.both, folder.new):
        place.mkdir(parents=True)
        for name in ("passphrase.age", "recovery.age", "copy-of-passphrase.age", "copy-of-recovery.age"):
            shutil.copy(lab.made.folder / name, place / name)
    lab.vault = OpenVault(lab.made.folder, combined, lab.clock)
    return new


def test_after_renewal_the_new_key_alone_opens_a_study_and_its_own_keys_stay(begun):
    filled(begun)
    before = read_study_key(begun.folder, begun.vault.secrets())
    old = begun.made.secret
    new = renew(begun)

    assert read_study_key(begun.folder, [new.identities[0].secret]) == before
    assert code_of(lambda: read_study_key(begun.folder, [old.identities[0].secret])) is TroubleCode.WRONG_KEY
    expect_filled(begun)


def cut(path):
    path.write_bytes(b"age-encryption.org/v1\nno")


def of_another(path):
    path.write_bytes(seal(b"anything", [new_identity().recipient]))


def flip_at_end(path):
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)


SPOILT = {
    "cut": cut,
    "another reader's": of_another,
    "its last byte": flip_at_end,
    "no key": lambda path: path.unlink(),
    "no folder": lambda path: shutil.rmtree(path.parent),
}


@pytest.mark.parametrize("way", SPOILT)
def test_a_study_whose_key_does_not_open_keeps_the_old_key_which_opens_its_backup(begun, tmp_path, way):
    filled(begun).vault.studies.close()
    whole = shutil.copytree(begun.folder, tmp_path / "backup")
    SPOILT[way](begun.folder / "key.age")
    renew(begun)

    assert begun.vault.renewed.studies_left == (STUDY,)
    assert begun.studies.damaged() == (STUDY,)
    assert begun.vault.log.audit.broken_at() is None
    shutil.rmtree(begun.folder, ignore_errors=True)
    shutil.copytree(whole, begun.folder)
    expect_filled(begun)


def test_a_study_that_was_destroyed_keeps_no_old_key(begun):
    begun.studies.destroy(STUDY)
    renew(begun)

    assert begun.vault.renewed.studies_left == ()


# --- destroyed and held ---


def test_a_destroyed_study_is_nowhere_and_the_trail_says_when(begun):
    filled(begun).studies.destroy(STUDY)

    assert not begun.folder.exists()
    assert code_of(lambda: begun.studies.open(STUDY)) is TroubleCode.STUDY_MISSING
    assert begun.acts()[-2:] == [AuditAct.STUDY_DELETING_ASKED, AuditAct.STUDY_DELETED]
    (kept,) = begun.vault.log.studies.retained(GROUP)
    assert (kept.study, kept.deleted_wall) == (STUDY, begun.clock.now().wall)


def test_a_study_that_is_destroyed_a_second_time_is_said_to_be_missing(begun):
    begun.studies.destroy(STUDY)
    acts = begun.acts()

    assert code_of(lambda: begun.studies.destroy(STUDY)) is TroubleCode.STUDY_MISSING
    assert begun.acts() == acts


def test_a_legal_hold_on_a_recording_or_its_group_keeps_the_study(begun):
    today = begun.vault.log.retention.today()
    for recording in (begun.first, None):
        hold = begun.vault.log.holds.place(Hold(HoldId(""), GROUP, today, "court", "dean", recording), today)
        assert code_of(lambda: begun.studies.destroy(STUDY)) is TroubleCode.HELD
        begun.vault.log.holds.lift(hold, Lifted(today, "over", "dean"), today)
    begun.studies.destroy(STUDY)

    assert not begun.folder.exists()


# --- killed ---


@pytest.fixture(scope="module")
def worlds(tmp_path_factory):
    return tmp_path_factory.mktemp("worlds")


def test_killed_while_a_study_is_created_there_is_all_of_it_or_nothing(worlds):
    from balint_desktop.domain.analysis.study import AnalysisStudy  # noqa: PLC0415

    def act(world):
        world.lab.studies.create(AnalysisStudy(OTHER, "Other", texts=world.available, authors=(ME,)), ME.id)

    def check(world, _survived):
        lab = world.restarted()
        known = {record.id for record in lab.vault.log.studies.all()}
        assert known in ({STUDY}, {STUDY, OTHER})
        if OTHER in known:
            assert lab.studies.open(OTHER).study.name == "Other"
        else:
            assert not lab.vault.studies.folder_of(OTHER).exists()
        assert not lab.vault.places.new_studies.exists()
        assert lab.studies.work(STUDY, 1, ME.id) == mine(lab)
        lab.close()

    assert killed_at_each_moment(lambda: World(worlds), act, check) > 10


def test_killed_while_a_study_is_destroyed_it_is_whole_or_gone(worlds):
    def check(world, _survived):
        lab = world.restarted()
        if lab.vault.log.studies.find(STUDY) is None:
            assert not lab.folder.exists()
            assert lab.acts()[-1] == AuditAct.STUDY_DELETED
        else:
            assert lab.studies.work(STUDY, 1, ME.id) == mine(lab)
        assert lab.vault.log.studies.deleting() == ()
        lab.close()

    assert killed_at_each_moment(lambda: World(worlds), lambda world: world.lab.studies.destroy(STUDY), check) > 5


def test_killed_while_a_file_is_received_it_is_there_or_can_be_received_again(worlds):
    def act(world):
        world.lab.files.receive(STUDY, world.back, "back")

    def check(world, _survived):
        lab = world.restarted()
        row = lab.files.receive(STUDY, world.back, "back")
        assert [one.id for one in lab.files.received(STUDY)] == [row.id]
        assert lab.acts().count(AuditAct.CODING_PARCEL_RECEIVED) == 1
        lab.studies.close_round(STUDY, 1, ME.id)
        assert lab.files.admit_return(STUDY, row.id).author == TWO.id
        lab.close()

    assert killed_at_each_moment(lambda: World(worlds), act, check) > 5


def test_killed_while_a_coder_imports_a_parcel_it_is_imported_or_can_be_again(worlds):
    secret = new_secret()
    lab = World(worlds).lab
    coder = Coder(worlds / "first-coder", secret)
    parcel = lab.parcel_for(coder)
    coder.close()
    lab.close()

    def check(coder, _survived):
        coder.vault._lock.release()
        coder.vault.studies.close()
        coder.vault.log.close()
        coder.vault = OpenVault(coder.vault.folder, secret, coder.clock)
        assert not coder.vault.places.new_studies.exists()
        coder.take(parcel)
        opened = coder.studies.open(STUDY)
        assert [one.number for one in opened.rounds] == [1]
        assert len(opened.texts) == 2
        assert len(coder.vault.log.studies.files(STUDY)) == 1
        assert coder.vault.log.audit.broken_at() is None
        coder.close()

    numbers = itertools.count()

    def make():
        return Coder(worlds / f"coder-{next(numbers)}", secret)

    assert killed_at_each_moment(make, lambda coder: coder.take(parcel), check) > 10


# --- retention ---


def test_an_analysis_has_a_clock_of_its_own_and_is_destroyed_with_all_its_studies(begun):
    log, today = begun.vault.log, begun.vault.log.retention.today()
    period = RetentionPeriod(StartEvent.STUDY_ENDED, 1, Unit.DAYS, Bound.DESTROY_WITHIN, "approval 12, section 4")
    log.retention.set_clock(GROUP, RetainedKind.ANALYSIS, period)
    log.retention.note_event(GROUP, StartEvent.STUDY_ENDED, today, "facilitator")

    def item(day):
        (found,) = [
            one for one in GroupRetention(log, GROUP, day).items() if one.retained.kind is RetainedKind.ANALYSIS
        ]
        return found

    assert (item(today).status, item(today + timedelta(1)).status) == (RetentionStatus.SOON, RetentionStatus.DUE)
    destroy_studies_of(begun.vault, GROUP)
    assert item(today).status is RetentionStatus.GONE
    assert log.studies.all() == ()


def test_a_group_without_an_analysis_has_nothing_of_it_to_retain(lab):
    today = lab.vault.log.retention.today()
    kinds = {one.retained.kind for one in GroupRetention(lab.vault.log, GROUP, today).items()}

    assert RetainedKind.ANALYSIS not in kinds


def test_a_hold_on_one_recording_keeps_the_analysis_that_stands_on_it(begun):
    today = begun.vault.log.retention.today()
    begun.vault.log.holds.place(Hold(HoldId(""), GROUP, today, "court", "dean", begun.first), today)
    (kept,) = [
        one
        for one in GroupRetention(begun.vault.log, GROUP, today).items()
        if one.retained.kind is RetainedKind.ANALYSIS
    ]

    assert kept.status is RetentionStatus.HELD
    assert code_of(lambda: destroy_studies_of(begun.vault, GROUP)) is TroubleCode.HELD


def test_killed_while_the_vaults_keys_are_renewed_a_study_opens_with_those_that_are_left(worlds):
    new = {}

    def make():
        world = World(worlds)
        lab = world.lab
        new[world] = new_secret()
        lab.vault.close()
        folder = renewal_files.RenewalLayout(lab.made.folder)
        for place in (folder.both, folder.new):
            place.mkdir(parents=True)
            for name in ("passphrase.age", "recovery.age", "copy-of-passphrase.age", "copy-of-recovery.age"):
                shutil.copy(lab.made.folder / name, place / name)
        return world

    def opened(world):
        return OpenVault(world.lab.made.folder, combined_secret(new[world], world.lab.made.secret), world.lab.clock)

    def act(world):
        world.lab.vault = opened(world)

    def check(world, survived):
        lab = world.lab
        if survived:
            lab.vault.close()
        # What the dead process had open went with it.
        gc.collect()
        try:
            lab.vault = opened(world)
        except Trouble:
            # The log has its new key by then, and the files of the passphrase hold the new secret alone.
            gc.collect()
            lab.vault = OpenVault(lab.made.folder, new[world], lab.clock)
        assert lab.vault.log.audit.broken_at() is None
        assert lab.studies.work(STUDY, 1, ME.id) == mine(lab)
        assert read_study_key(lab.folder, [new[world].identities[0].secret])
        old = [lab.made.secret.identities[0].secret]
        assert code_of(lambda: read_study_key(lab.folder, old)) is TroubleCode.WRONG_KEY
        lab.close()

    assert killed_at_each_moment(make, act, check) > 20


def test_a_study_of_an_earlier_version_is_brought_up_when_it_is_opened(begun):
    as_first_version(begun.vault.studies.open(STUDY).database)
    tables = begun.again().vault.studies.open(STUDY).tables

    assert tables.meanings(SaidOf.WRITER) == {}
    assert [one.number for one in tables.rounds()] == [1]
