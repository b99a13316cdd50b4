"""Coding files both ways: blind, and each way that one can come has its outcome; nothing of any is lost."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from study_vaults import (
    ME,
    OUTSIDE,
    STUDY,
    TWO,
    Lab,
    begun,
    code_of,
    coder,
    coding,
    files_in,
    lab,
    later,
    memo,
    opened_round,
    received,
    remade,
    sent,
    theirs,
    work,
)

from balint_desktop.domain.analysis.codebook import Codebook
from balint_desktop.domain.analysis.study import (
    AnalysisStudy,
    Approach,
    Author,
    AuthorRole,
    Workplace,
)
from balint_desktop.domain.analysis.work_format import work_sha256
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.sealed.keys import new_identity, seal
from balint_desktop.vault.analysis.study_rows import SaidOf, Ticket
from balint_desktop.vault.coding_admission import Arrival
from balint_desktop.vault.log.audit import AuditAct
from balint_desktop.vault.log.studies import CodingFileKind, ParcelDirection

__all__ = ["begun", "coder", "lab", "sent"]


# --- out ---


def disk_full(*_given):
    raise Trouble(TroubleCode.DISK_FULL, folder="somewhere")


def test_a_file_that_cannot_be_recorded_does_not_leave(sent, coder, monkeypatch, tmp_path):
    coder.studies.close_round(STUDY, 1, TWO.id)
    rows = [side.vault.log.audit.rows() for side in (sent, coder)]
    with monkeypatch.context() as disk:
        disk.setattr(type(sent.vault.log.studies), "note_file", disk_full)
        parcel = code_of(lambda: sent.files.write_parcel(STUDY, 1, TWO.id, tmp_path / "parcel"))
        back = code_of(lambda: coder.files.export_back(STUDY, 1, tmp_path / "back"))

    assert (parcel, back) == (TroubleCode.DISK_FULL, TroubleCode.DISK_FULL)
    assert not (tmp_path / "parcel").exists()
    assert not (tmp_path / "back").exists()
    assert [side.vault.log.audit.rows() for side in (sent, coder)] == rows
    sent.files.write_parcel(STUDY, 1, TWO.id, tmp_path / "parcel")
    assert (tmp_path / "parcel").stat().st_size


def test_copies_for_another_are_recorded_all_of_them_and_of_ones_own_none_is(begun):
    begun.files.note_copies(STUDY, 1, OUTSIDE.id, CodingFileKind.WORD, [b"1", b"2"])
    code = code_of(lambda: begun.files.note_copies(STUDY, 1, ME.id, CodingFileKind.WORD, [b"3"]))

    assert code is TroubleCode.CODING_NOT_YOURS
    assert begun.acts().count(AuditAct.CODING_COPY_MADE) == 2


def test_the_files_of_a_study_are_listed_both_ways_with_what_was_taken_in(sent, coder):
    sent.clock.advance(60)
    row = sent.files.receive(STUDY, coder.coded(theirs(sent)), "back")
    sent.studies.close_round(STUDY, 1, ME.id)
    sent.files.admit_return(STUDY, row.id)
    here, there = sent.files.overview(STUDY), coder.files.overview(STUDY)

    assert [(one.direction, one.author, one.round) for one in here.rows] == [
        (ParcelDirection.OUT, TWO.id, 1),
        (ParcelDirection.IN, TWO.id, 1),
    ]
    assert (list(here.taken), here.is_guest) == ([row.id], False)
    assert [one.direction for one in there.rows] == [ParcelDirection.IN, ParcelDirection.OUT]
    assert (there.taken, there.is_guest) == ({}, True)


# --- where a file belongs ---

OTHER = "5f0b7d3e-9999-4222-8333-444455556666"


BEFORE, BEHIND = (number + OTHER[1:] for number in "46")


@pytest.fixture
def among_others(sent):
    """The study has another before it in the list, and one behind it."""
    for study in (BEFORE, BEHIND):
        sent.studies.create(AnalysisStudy(study, "Other", texts=sent.studies.available(), authors=(ME, TWO)), ME.id)
    assert [one.id for one in sent.vault.log.studies.all()] == [BEFORE, STUDY, BEHIND]
    return sent


def test_a_file_is_kept_by_the_study_it_is_sealed_to_and_by_no_other(among_others, coder):
    arrived = among_others.files.arrive(coder.coded(theirs(among_others)), "back")

    assert arrived.study == STUDY
    assert among_others.files.received(STUDY) == (arrived.row,)
    assert [among_others.files.received(one) for one in (BEFORE, BEHIND)] == [(), ()]


def test_a_parcel_for_this_vault_is_imported_whatever_studies_are_here(begun, tmp_path):
    elsewhere = Lab(tmp_path / "elsewhere")
    study = AnalysisStudy(OTHER, "Theirs", texts=elsewhere.studies.available(), authors=(ME, TWO))
    elsewhere.studies.create(study, ME.id)
    elsewhere.studies.open_round(OTHER, opened_round(authors=(ME.id, TWO.id)))
    two = replace(TWO, reader_key=begun.vault.recipient)
    elsewhere.studies.save_study(replace(study, authors=(ME, two)))
    path = tmp_path / "parcel"
    elsewhere.files.write_parcel(OTHER, 1, TWO.id, path)
    elsewhere.close()
    arrived = begun.files.arrive(path.read_bytes(), "parcel")

    assert (arrived.study, arrived.row) == (OTHER, None)
    assert (begun.studies.open(OTHER).is_guest, begun.studies.open(STUDY).is_guest) == (True, False)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"PK", TroubleCode.CODING_FILE_UNREADABLE),
        (seal(b"anything", [new_identity().recipient]), TroubleCode.CODING_FILE_NOT_FOR_YOU),
    ],
    ids=["no sealed file", "sealed to nobody here"],
)
def test_a_file_that_belongs_nowhere_here_is_refused_and_not_kept(begun, data, code):
    assert code_of(lambda: begun.files.arrive(data, "back")) is code
    assert files_in(begun) == []


def cut_key(lab):
    (lab.folder / "key.age").write_bytes(b"age-encryption.org/v1\nno")


def make_newer(lab):
    lab.vault.studies.open(STUDY).database.run("PRAGMA user_version = 99")


UNOPENED = {
    "damaged": (cut_key, TroubleCode.STUDY_DAMAGED),
    "of a later version": (make_newer, TroubleCode.VAULT_NEWER),
}


@pytest.mark.parametrize(("spoil", "code"), UNOPENED.values(), ids=UNOPENED)
def test_a_study_that_does_not_open_keeps_no_file_from_the_others_and_is_named_for_its_own(
    among_others, coder, spoil, code
):
    back = coder.coded(theirs(among_others))
    theirs_too = [
        seal(b"anything", [among_others.vault.studies.open(one).key.identity.recipient]) for one in (BEFORE, BEHIND)
    ]
    spoil(among_others)
    among_others.vault.studies.close()

    # Who would be told that it is sealed to another coder would ask for it again, in vain.
    assert code_of(lambda: among_others.files.arrive(back, "back")) is code
    assert [among_others.files.arrive(one, "theirs").study for one in theirs_too] == [BEFORE, BEHIND]


# --- what comes back ---


def test_before_ones_own_round_is_closed_it_is_kept_and_not_opened(sent, coder):
    row = sent.files.receive(STUDY, coder.coded(theirs(sent)), "back")

    assert (row.opened_wall, row.author) == (None, None)
    assert files_in(sent) == [f"{row.id}.parcel.age"]
    assert code_of(lambda: sent.files.admit_return(STUDY, row.id)) is TroubleCode.ROUND_STILL_OPEN


def test_after_it_is_opened_checked_and_chained(sent, coder):
    written = memo(TWO.id, "their own memo", "m9", text=sent.first, begin=4, end=10)
    back = coder.coded(theirs(sent), written)
    sent.studies.close_round(STUDY, 1, ME.id)
    row = sent.files.receive(STUDY, back, "back")
    taken = sent.files.admit_return(STUDY, row.id)
    details = [json.loads(one.details) for one in sent.vault.log.audit.rows() if one.act == AuditAct.CODING_TAKEN_IN]
    opened = sent.studies.open(STUDY)

    assert (taken.arrival, taken.author, taken.round, taken.work) == (Arrival.TAKEN, TWO.id, 1, theirs(sent))
    assert opened.memos == (written,)
    assert opened.rounds[0].has_closed(TWO.id)
    assert sent.studies.work(STUDY, 1, TWO.id) == theirs(sent)
    sha256 = coder.studies.open(STUDY).rounds[0].closings[0].sha256
    assert details == [{"author": TWO.id, "file": row.id, "round": 1, "sha256": sha256, "study": STUDY}]


def test_when_others_coding_was_first_opened_is_known_and_comes_after_ones_own_closing(sent, coder):
    closed = sent.studies.close_round(STUDY, 1, ME.id)
    row = sent.files.receive(STUDY, coder.coded(theirs(sent)), "back")
    sent.files.admit_return(STUDY, row.id)
    assert sent.studies.openings(STUDY) == ()
    sent.studies.work(STUDY, 1, TWO.id)
    sent.studies.work(STUDY, 1, TWO.id)

    (opening,) = sent.studies.openings(STUDY)
    assert (opening.round, opening.author) == (1, TWO.id)
    assert opening.wall >= closed.closings[0].wall


def test_the_same_file_twice_is_one(sent, coder):
    back = coder.coded(theirs(sent))
    first, second = sent.files.receive(STUDY, back, "back"), sent.files.receive(STUDY, back, "again")

    assert first == second
    assert len(files_in(sent)) == 1


def test_what_came_back_for_ones_own_round_does_not_replace_what_is_closed(sent, coder):
    """As an earlier version let a parcel of it be sent."""
    mine = work(coding(sent.first, 4, 10), names=("Anger",))
    sent.studies.save_work(STUDY, 1, ME.id, mine)
    sent.studies.close_round(STUDY, 1, ME.id)
    ticket = Ticket("ab" * 32, ME.id, 1, 5.0)
    sent.vault.studies.open(STUDY).tables.add_ticket(ticket)
    row = sent.files.receive(STUDY, remade(coder.coded(theirs(sent)), sent, ticket=ticket.ticket), "back")

    assert code_of(lambda: sent.files.admit_return(STUDY, row.id)) is TroubleCode.CODING_NOT_YOURS
    assert sent.studies.work(STUDY, 1, ME.id) == mine


def test_a_parcel_that_came_back_is_not_opened_as_a_file_of_another_program(sent, coder):
    row = sent.files.receive(STUDY, coder.coded(theirs(sent)), "back")
    sent.studies.close_round(STUDY, 1, ME.id)

    with pytest.raises(ValueError, match="as it is"):
        sent.files.open_received(STUDY, row.id)
    assert AuditAct.CODING_OPENED not in sent.acts()


def test_a_file_of_a_foreign_study_is_refused_by_its_header_alone(sent):
    foreign = seal(b"anything", [new_identity().recipient])

    assert code_of(lambda: sent.files.receive(STUDY, foreign, "back")) is TroubleCode.CODING_FILE_FOREIGN
    assert files_in(sent) == []


def test_what_is_no_sealed_file_is_refused(sent):
    assert code_of(lambda: sent.files.receive(STUDY, b"PK", "back")) is TroubleCode.CODING_FILE_UNREADABLE


def test_the_very_same_parcel_is_known_when_it_comes_again(begun, coder):
    parcel = begun.parcel_for(coder)

    assert [coder.files.arrive(parcel, "round-1").is_known for _ in range(2)] == [False, True]


def test_a_damaged_file_is_kept_as_it_came_and_nothing_is_taken(sent, coder):
    data = bytearray(coder.coded(theirs(sent)))
    data[-1] ^= 1
    row = sent.files.receive(STUDY, bytes(data), "back")
    sent.studies.close_round(STUDY, 1, ME.id)

    assert code_of(lambda: sent.files.admit_return(STUDY, row.id)) is TroubleCode.CODING_FILE_DAMAGED
    assert (sent.folder / "received" / f"{row.id}.parcel.age").read_bytes() == bytes(data)
    # It was tried once, and nothing asks to open it again.
    assert sent.vault.log.studies.files_to_open() == ()


def test_a_file_that_was_changed_in_the_vault_is_damage(sent, coder):
    row = sent.files.receive(STUDY, coder.coded(theirs(sent)), "back")
    data, _ = later(sent, coder)
    (sent.folder / "received" / f"{row.id}.parcel.age").write_bytes(data)
    sent.studies.close_round(STUDY, 1, ME.id)

    assert code_of(lambda: sent.files.admit_return(STUDY, row.id)) is TroubleCode.CODING_FILE_DAMAGED


# --- Word, paper and other programs ---


def test_a_document_waits_sealed_and_is_taken_in_as_its_authors_round(begun):
    row = begun.files.receive_file(STUDY, b"docx", CodingFileKind.WORD, OUTSIDE.id, 1)
    (stored,) = [path.read_bytes() for path in (begun.folder / "received").iterdir()]
    begun.studies.save_work(STUDY, 1, ME.id, theirs(begun))
    begun.studies.close_round(STUDY, 1, ME.id)
    data = begun.files.open_received(STUDY, row.id)
    taken = begun.files.admit_work(STUDY, row.id, OUTSIDE.id, theirs(begun))

    assert stored.startswith(b"age-encryption.org/v1")
    assert (data, taken.arrival, taken.author) == (b"docx", Arrival.TAKEN, OUTSIDE.id)
    assert begun.studies.work(STUDY, 1, OUTSIDE.id) == theirs(begun)


def test_what_was_typed_with_signs_that_nobody_sees_is_fingerprinted_as_it_is_stored(begun):
    row = begun.files.receive_file(STUDY, b"qdpx", CodingFileKind.PROJECT, OUTSIDE.id, 1)
    begun.studies.close_round(STUDY, 1, ME.id)
    typed = work(coding(begun.first, 4, 10, memo="why\u200b?"), names=("Anger",))
    taken = begun.files.admit_work(STUDY, row.id, OUTSIDE.id, typed)
    begun.again()
    opened = begun.studies.open(STUDY)
    texts = {one.recording: one.sha256 for one in opened.study.texts}
    stored = begun.studies.work(STUDY, 1, OUTSIDE.id)

    assert taken.work == stored
    assert [one.sha256 for one in opened.rounds[0].closings if one.author == OUTSIDE.id] == [work_sha256(stored, texts)]


def test_ones_own_coding_neither_comes_in_a_file_nor_is_replaced_by_one(begun):
    mine = work(coding(begun.first, 4, 10), names=("Anger",))
    begun.studies.save_work(STUDY, 1, ME.id, mine)
    file = received(begun)
    acts = [
        lambda: received(begun, author=ME),
        lambda: begun.files.require_open_to(STUDY, 1, ME.id),
        lambda: begun.files.admit_work(STUDY, file, ME.id, theirs(begun)),
    ]
    begun.studies.close_round(STUDY, 1, ME.id)

    assert [code_of(act) for act in acts] == [TroubleCode.CODING_NOT_YOURS] * 3
    assert [row.id for row in begun.files.received(STUDY)] == [file]
    assert begun.studies.work(STUDY, 1, ME.id) == mine


@pytest.mark.parametrize("way", ["gone", "a link to nothing"])
def test_a_file_that_came_and_is_no_longer_there_is_said_to_be_missing(begun, way):
    file = received(begun)
    begun.studies.close_round(STUDY, 1, ME.id)
    (path,) = (begun.folder / "received").iterdir()
    path.unlink()
    if way == "a link to nothing":
        path.symlink_to(path.with_name("nothing"))

    assert code_of(lambda: begun.files.open_received(STUDY, file)) is TroubleCode.CODING_FILE_MISSING
    assert [row.id for row in begun.files.received(STUDY)] == [file]


def test_in_a_round_with_a_framework_a_document_uses_the_frameworks_codes(begun):
    begun.studies.close_round(STUDY, 1, ME.id)
    begun.studies.save_framework(STUDY, Codebook().with_code("f1", "Anger"))
    begun.studies.fix_framework(STUDY)
    begun.studies.open_round(STUDY, opened_round(2, framework=1))
    file = received(begun, round_number=2)
    begun.studies.close_round(STUDY, 2, ME.id)
    begun.files.admit_work(STUDY, file, OUTSIDE.id, work(coding(begun.first, 4, 10), names=("anger",)))

    assert [one.code for one in begun.studies.work(STUDY, 2, OUTSIDE.id).codings.all] == ["f1"]


def test_memos_in_a_document_are_by_whom_a_person_said_and_by_nobody_else(begun):
    file = received(begun)
    begun.studies.close_round(STUDY, 1, ME.id)
    by_both = (memo(OUTSIDE.id, "theirs", "m1"), memo(TWO.id, "a reply", "m2"))
    begun.files.admit_work(STUDY, file, OUTSIDE.id, theirs(begun), by_both)

    assert [one.author for one in begun.studies.open(STUDY).memos] == [OUTSIDE.id, TWO.id]
    with pytest.raises(ValueError, match="author of the study"):
        begun.files.admit_memos(STUDY, file, OUTSIDE.id, (memo("nobody", "x", "m3"),))


def test_lines_of_another_coder_are_not_typed_in_before_ones_own_round_is_closed(begun):
    assert code_of(lambda: begun.files.require_others_open(STUDY, 1)) is TroubleCode.ROUND_STILL_OPEN
    begun.studies.close_round(STUDY, 1, ME.id)
    begun.files.require_others_open(STUDY, 1)


# --- comments of somebody who codes nothing ---

SUPERVISOR = Author("0a000000-0000-4000-8000-000000000004", "Supervisor", AuthorRole.SUPERVISOR, Workplace.WORD)


@pytest.fixture
def supervised(lab):
    lab.create(ME, TWO, SUPERVISOR)
    lab.studies.open_round(STUDY, opened_round(authors=(ME.id, TWO.id)))
    return lab


def test_a_supervisors_comments_wait_sealed_until_ones_own_round_is_closed(supervised):
    file = received(supervised, author=SUPERVISOR)
    acts = [
        lambda: supervised.files.open_received(STUDY, file),
        lambda: supervised.files.admit_memos(STUDY, file, SUPERVISOR.id, (memo(SUPERVISOR.id),)),
    ]

    assert [code_of(act) for act in acts] == [TroubleCode.ROUND_STILL_OPEN] * 2
    assert supervised.studies.open(STUDY).memos == ()
    supervised.studies.close_round(STUDY, 1, ME.id)
    assert supervised.files.open_received(STUDY, file) == b"docx"


def test_a_supervisors_comments_noted_on_the_disk_alone_are_still_theirs_after_a_kill(supervised):
    file = received(supervised, author=SUPERVISOR)
    before = supervised.files.received(STUDY)
    supervised.vault.log._database.run("DELETE FROM analysis_parcels")
    supervised.again()

    assert [one.id for one in before] == [file]
    assert supervised.files.received(STUDY) == before


def test_a_supervisors_comments_are_memos_of_theirs_no_coding_and_in_the_trail_once(supervised):
    file = received(supervised, author=SUPERVISOR)
    supervised.studies.close_round(STUDY, 1, ME.id)
    written = memo(SUPERVISOR.id, "Whose anger?", "m1", text=supervised.first, begin=4, end=10)
    for _ in range(2):
        supervised.files.admit_memos(STUDY, file, SUPERVISOR.id, (written,))
    opened = supervised.again().studies.open(STUDY)
    (row,) = supervised.files.received(STUDY)

    assert opened.memos == (written,)
    assert [one.author for one in opened.rounds[0].closings] == [ME.id]
    assert supervised.acts().count(AuditAct.COMMENTS_TAKEN_IN) == 1
    assert AuditAct.CODING_TAKEN_IN not in supervised.acts()
    assert (row.round, row.author, row.taken_wall is not None) == (None, SUPERVISOR.id, True)


def test_a_file_of_comments_is_never_taken_in_as_coding(supervised):
    file = received(supervised, author=SUPERVISOR)
    supervised.studies.close_round(STUDY, 1, ME.id)

    with pytest.raises(ValueError, match="codes nothing"):
        supervised.files.admit_work(STUDY, file, TWO.id, work())


def test_where_nobody_codes_blindly_comments_open_at_once(lab):
    lab.create(ME, SUPERVISOR, approach=Approach.REFLEXIVE)
    lab.studies.open_round(STUDY, opened_round(authors=(ME.id,)))

    assert lab.files.open_received(STUDY, received(lab, author=SUPERVISOR)) == b"docx"


def test_what_names_and_colours_mean_is_remembered_by_coder_and_goes_with_the_study(begun):
    begun.files.save_meanings(STUDY, SaidOf.WRITER, {"Word user": TWO.id, "Guest": ""})
    begun.files.save_meanings(STUDY, SaidOf.COLOUR, {"#ffff00": "Anger"}, TWO.id)
    begun.again()
    begun.files.save_meanings(STUDY, SaidOf.COLOUR, {"#ffff00": "Rage"}, TWO.id)

    assert begun.files.meanings(STUDY, SaidOf.WRITER) == {"Guest": "", "Word user": TWO.id}
    assert begun.files.meanings(STUDY, SaidOf.COLOUR, TWO.id) == {"#ffff00": "Rage"}
    assert begun.files.meanings(STUDY, SaidOf.COLOUR, OUTSIDE.id) == {}


def test_a_file_noted_on_the_disk_alone_is_entered_when_the_study_is_opened(begun):
    row = begun.files.receive_file(STUDY, b"docx", CodingFileKind.WORD, OUTSIDE.id, 1)
    begun.vault.log._database.run("DELETE FROM analysis_parcels")
    begun.again()

    assert begun.files.received(STUDY) == (row,)
    begun.studies.close_round(STUDY, 1, ME.id)
    assert begun.files.open_received(STUDY, row.id) == b"docx"


def test_a_file_received_by_an_earlier_version_is_found_by_its_id(begun):
    row = begun.files.receive_file(STUDY, b"docx", CodingFileKind.WORD, OUTSIDE.id, 1)
    (path,) = (begun.folder / "received").iterdir()
    path.rename(path.with_name(f"{row.id}.word.age"))
    begun.studies.close_round(STUDY, 1, ME.id)

    assert begun.files.open_received(STUDY, row.id) == b"docx"


def test_a_file_whose_writing_a_kill_cut_short_is_removed_when_the_study_is_opened(begun):
    begun.files.receive_file(STUDY, b"docx", CodingFileKind.WORD, OUTSIDE.id, 1)
    (path,) = (begun.folder / "received").iterdir()
    path.with_name(f"{path.name}.new").write_bytes(b"half")
    begun.again().studies.open(STUDY)

    assert list((begun.folder / "received").iterdir()) == [path]
