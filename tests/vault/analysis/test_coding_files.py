"""Coding files both ways: blind, and each way that one can come has its outcome; nothing of any is lost."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace

import pytest
from study_vaults import ME, OUTSIDE, STUDY, TWO, Coder, begun, code_of, coding, lab, memo, opened_round, work

from balint_desktop.domain.analysis.codebook import Codebook
from balint_desktop.domain.analysis.history import CoderWork
from balint_desktop.domain.analysis.moving import MoveCount
from balint_desktop.domain.analysis.parcel import parcel_to_zip, read_parcel, read_return, return_to_zip
from balint_desktop.domain.analysis.study import (
    Approach,
    Author,
    AuthorRole,
    ConsensusMeeting,
    MatterDecision,
    MatterOutcome,
    RoundKind,
    StudyTheme,
    ThemeWork,
    Workplace,
)
from balint_desktop.domain.analysis.work_format import work_sha256
from balint_desktop.domain.study.consent import Answer, Purpose
from balint_desktop.domain.trouble import TroubleCode
from balint_desktop.domain.values import new_id
from balint_desktop.sealed.keys import new_identity, seal, unseal
from balint_desktop.vault.analysis.study_rows import SaidOf
from balint_desktop.vault.coding_files import Arrival, WorkDifference
from balint_desktop.vault.log.audit import AuditAct
from balint_desktop.vault.log.studies import CodingFileKind

__all__ = ["begun", "lab"]

EARLIER = CoderWork(Codebook().with_code("c1", "Their own"))


@pytest.fixture
def coder(tmp_path):
    made = Coder(tmp_path / "coder")
    yield made
    made.close()


@pytest.fixture
def sent(begun, coder):
    """Coder 2 has imported their parcel of round 1."""
    coder.take(begun.parcel_for(coder))
    return begun


def theirs(lab, *more):
    return work(coding(lab.first, 4, 10), *more, names=("Rage",))


def remade(data, lab, **changed):
    """Return a file that came back, with something in it that is not so, sealed as the real one."""
    key = lab.vault.studies.open(STUDY).key.identity
    coded = read_return(unseal(data, [key.secret]))
    return seal(return_to_zip(replace(coded, **changed)), [key.recipient])


def files_in(lab):
    return sorted(path.name for path in (lab.folder / "received").iterdir())


# --- out ---


def test_a_parcel_holds_none_of_two_hundred_strings_that_only_coder_1_wrote(begun, coder):
    strings = [f"unlikely{number}word" for number in range(200)]
    _, before = members_of(begun.parcel_for(coder), coder)
    book = Codebook()
    for number in range(40):
        book = book.with_code(f"c{number}", strings[number])
        code = book.code(f"c{number}")
        book = book.with_changed(
            replace(
                *(code,),
                definition=strings[40 + number],
                when=strings[80 + number],
                example=strings[120 + number],
            )
        )
    mine = CoderWork(book, work(*(coding(begun.first, 4, 10, f"c{n}", guid=f"g{n}") for n in range(20))).codings)
    mine = replace(mine, codings=mine.codings.with_memo("g0", strings[160]))
    begun.studies.save_work(STUDY, 1, ME.id, mine)
    for number in range(161, 190):
        begun.studies.add_memo(STUDY, memo(words=strings[number], memo_id=f"m{number}"))
    begun.studies.save_themes(STUDY, ThemeWork(tuple(StudyTheme(one, one) for one in strings[190:])))
    opened, members = members_of(begun.parcel_for(coder), coder)

    assert b"It made me angry" in b"".join(members.values())
    assert not [one for one in strings if one.encode() in b"".join(members.values()) or one.encode() in opened]
    assert ME.id.encode() not in b"".join(members.values())
    assert OUTSIDE.id.encode() not in b"".join(members.values())
    # Nor a count of anything: it is what it was before coder 1 wrote a word.
    assert members == before


def members_of(parcel, coder):
    """Return a parcel unsealed, and its members without the ticket, which is drawn anew for each."""
    opened = unseal(parcel, coder.vault.secrets())
    with zipfile.ZipFile(io.BytesIO(opened)) as file:
        members = {name: file.read(name) for name in file.namelist()}
    manifest = json.loads(members["manifest.json"])
    assert len(bytes.fromhex(manifest.pop("ticket"))) == 32
    return opened, {**members, "manifest.json": json.dumps(manifest).encode()}


def test_a_parcel_is_sealed_to_its_coder_alone(begun, coder):
    parcel = begun.parcel_for(coder)
    other = Coder(coder.data.with_name("other"))

    assert code_of(lambda: other.take(parcel)) is TroubleCode.CODING_FILE_NOT_FOR_YOU
    assert code_of(lambda: begun.files.import_parcel(parcel, "mine")) is TroubleCode.CODING_FILE_NOT_FOR_YOU
    other.close()


def test_a_parcel_needs_the_coders_key_a_round_of_theirs_and_consents(begun, coder, tmp_path):
    path = tmp_path / "parcel"

    assert code_of(lambda: begun.files.write_parcel(STUDY, 1, TWO.id, path)) is TroubleCode.CODER_WITHOUT_KEY
    assert code_of(lambda: begun.files.write_parcel(STUDY, 2, TWO.id, path)) is TroubleCode.ROUND_UNKNOWN
    begun.parcel_for(coder)
    lab_refuses(begun)
    assert code_of(lambda: begun.files.write_parcel(STUDY, 1, TWO.id, path)) is TroubleCode.STUDY_TEXT_CLOSED
    assert not path.exists()


def lab_refuses(lab):
    from kept_sessions import GROUP, P1  # noqa: PLC0415

    from balint_desktop.vault.log.consents import ConsentCollection  # noqa: PLC0415

    taking = ConsentCollection(lab.vault.log.consents.today())
    lab.vault.log.consents.enter(GROUP, [(P1, Purpose.ANALYSIS)], Answer.DECLINED, taking)


def test_a_parcel_that_left_is_in_the_trail_with_its_fingerprint(begun, coder):
    begun.parcel_for(coder)
    rows = [row for row in begun.vault.log.audit.rows() if row.act == AuditAct.CODING_PARCEL_MADE]
    (details,) = [json.loads(row.details) for row in rows]

    assert (details["author"], details["round"]) == (TWO.id, 1)
    assert len(details["sha256"]) == 64


# --- in the coder's own vault ---


def test_in_the_coders_vault_a_parcel_becomes_a_study_of_one_author(sent, coder):
    opened = coder.studies.open(STUDY)

    assert ([one.id for one in opened.study.authors], opened.me) == ([TWO.id], TWO.id)
    assert opened.texts == sent.studies.open(STUDY).texts
    assert [(one.number, one.authors) for one in opened.rounds] == [(1, (TWO.id,))]
    assert (opened.study.question, opened.study.governance) == ("What is it like?", "the Māori advisory group")


def test_in_the_coders_vault_no_round_is_opened_but_by_a_parcel(sent, coder):
    code = code_of(lambda: coder.studies.open_round(STUDY, opened_round(2, (TWO.id,))))

    assert code is TroubleCode.ROUND_OPENED_ELSEWHERE


def test_the_same_parcel_twice_changes_nothing(begun, coder):
    parcel = begun.parcel_for(coder)
    coder.take(parcel)
    coder.studies.save_work(STUDY, 1, TWO.id, theirs(begun))
    coder.take(parcel)

    assert coder.studies.work(STUDY, 1, TWO.id) == theirs(begun)
    assert len(coder.vault.log.studies.files(STUDY)) == 1


def test_a_second_round_brings_the_framework_and_ones_own_earlier_coding(sent, coder):
    back = coder.coded(theirs(sent))
    sent.studies.close_round(STUDY, 1, ME.id)
    sent.files.admit_return(STUDY, sent.files.receive(STUDY, back, "back").id)
    framework = Codebook().with_code("f1", "Anger")
    sent.studies.save_framework(STUDY, framework)
    sent.studies.fix_framework(STUDY)
    sent.studies.open_round(STUDY, opened_round(2, framework=1))
    elsewhere = Coder(coder.data.with_name("new-laptop"))
    elsewhere.take(sent.parcel_for(elsewhere, round_number=2))

    assert elsewhere.studies.work(STUDY, 2, TWO.id) == CoderWork(framework)
    assert elsewhere.studies.work(STUDY, 1, TWO.id) == theirs(sent)
    code = code_of(lambda: elsewhere.studies.save_work(STUDY, 1, TWO.id, EARLIER))
    assert code is TroubleCode.ROUND_CLOSED
    elsewhere.close()


def test_a_coder_without_the_framework_gets_the_texts_alone(begun, coder):
    begun.studies.save_framework(STUDY, Codebook().with_code("f1", "Anger"))
    begun.studies.fix_framework(STUDY)
    begun.studies.open_round(STUDY, replace(opened_round(2, framework=1), without_framework=(TWO.id,)))
    coder.take(begun.parcel_for(coder, round_number=2))

    (made,) = coder.studies.open(STUDY).rounds
    assert (made.kind, made.framework) == (RoundKind.OPEN, None)
    assert coder.studies.work(STUDY, 2, TWO.id) == CoderWork()


def test_a_round_that_is_open_is_not_sent_back(sent, coder, tmp_path):
    code = code_of(lambda: coder.files.export_back(STUDY, 1, tmp_path / "back"))

    assert code is TroubleCode.ROUND_NOT_CLOSED


def test_a_parcel_of_ones_own_study_is_not_imported(begun):
    class Mine:
        vault = begun.vault

    parcel = begun.parcel_for(Mine)

    assert code_of(lambda: begun.files.import_parcel(parcel, "mine")) is TroubleCode.CODING_FILE_OWN


@pytest.mark.parametrize("data", [b"", b"not a file", b"age-encryption.org/v1\n-> X25519 x\n"], ids=repr)
def test_what_is_no_parcel_is_not_imported(coder, data):
    code = code_of(lambda: coder.take(data))

    assert code in {TroubleCode.CODING_FILE_UNREADABLE, TroubleCode.CODING_FILE_NOT_FOR_YOU}
    assert coder.vault.log.studies.all() == ()


# --- back: each case of the table ---


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


def later(sent, coder, code="Later"):
    """Return a second file of the same round, closed later."""
    back = remade(coder.coded(None, close=False), sent)
    changed = work(coding(sent.first, 4, 9), coding(sent.first, 20, 30, guid="g2"), names=(code,))

    coded = read_return(unseal(back, [sent.vault.studies.open(STUDY).key.identity.secret]))
    sha256 = work_sha256(changed, {recording: one.sha256 for recording, one in coded.texts.items()})
    return remade(back, sent, work=changed, sha256=sha256, closed_wall=coded.closed_wall + 100), changed


def test_of_two_files_of_a_round_the_later_counts_both_are_kept_and_what_differs_is_counted(sent, coder):
    first = sent.files.receive(STUDY, coder.coded(theirs(sent)), "first")
    data, changed = later(sent, coder)
    second = sent.files.receive(STUDY, data, "second")
    sent.studies.close_round(STUDY, 1, ME.id)
    sent.files.admit_return(STUDY, first.id)
    taken = sent.files.admit_return(STUDY, second.id)

    assert taken.difference == WorkDifference(added=1, removed=0, changed=1)
    assert sent.studies.work(STUDY, 1, TWO.id) == changed
    assert len(files_in(sent)) == 2
    assert [(one.came_wall, one.counts) for one in sent.studies.arrivals(STUDY)] == [
        (first.wall, False),
        (second.wall, True),
    ]


def test_the_earlier_of_two_files_does_not_count_whichever_is_opened_last(sent, coder):
    first = sent.files.receive(STUDY, coder.coded(theirs(sent)), "first")
    data, changed = later(sent, coder)
    second = sent.files.receive(STUDY, data, "second")
    sent.studies.close_round(STUDY, 1, ME.id)
    sent.files.admit_return(STUDY, second.id)

    assert sent.files.admit_return(STUDY, first.id).arrival is Arrival.EARLIER
    assert sent.studies.work(STUDY, 1, TWO.id) == changed


def decide(lab):
    meeting = ConsensusMeeting("d1", 50.0, (ME.id,))
    made = MatterDecision("e1", 1, "d1", 51.0, MatterOutcome.KEEP, "", (ME.id,), code="c1")
    lab.studies.add_decisions(STUDY, meeting, [made])
    return made


@pytest.mark.parametrize(
    ("late", "arrival", "is_taken"),
    [
        (Arrival.LATE, Arrival.LATE, False),
        (Arrival.TAKEN_LATE, Arrival.TAKEN_LATE, True),
        (Arrival.KEPT, Arrival.KEPT, False),
    ],
)
def test_a_late_file_is_taken_in_or_kept_as_a_person_says_and_decisions_stay(sent, coder, late, arrival, is_taken):
    sent.studies.close_round(STUDY, 1, ME.id)
    made = decide(sent)
    row = sent.files.receive(STUDY, coder.coded(theirs(sent)), "late")
    taken = sent.files.admit_return(STUDY, row.id, late=late)

    assert taken.arrival is arrival
    assert sent.studies.open(STUDY).decisions == (made,)
    assert sent.studies.work(STUDY, 1, TWO.id) == (theirs(sent) if is_taken else CoderWork())
    assert files_in(sent) == [f"{row.id}.parcel.age"]


@pytest.mark.parametrize("late", [Arrival.TAKEN_LATE, Arrival.KEPT])
def test_when_a_file_came_and_was_taken_in_is_known_and_not_of_one_that_waits(sent, coder, late):
    sent.studies.close_round(STUDY, 1, ME.id)
    decide(sent)
    row = sent.files.receive(STUDY, coder.coded(theirs(sent)), "late")
    sent.clock.advance(60)
    sent.files.admit_return(STUDY, row.id, late=late)

    assert [(one.round, one.author, one.came_wall, one.is_parcel) for one in sent.studies.arrivals(STUDY)] == (
        [(1, TWO.id, row.wall, True)] if late is Arrival.TAKEN_LATE else []
    )
    assert all(one.taken_wall >= row.wall + 60 for one in sent.studies.arrivals(STUDY))


def test_what_is_kept_for_the_next_round_can_be_taken_in_then(sent, coder):
    sent.studies.close_round(STUDY, 1, ME.id)
    decide(sent)
    row = sent.files.receive(STUDY, coder.coded(theirs(sent)), "late")
    sent.files.admit_return(STUDY, row.id, late=Arrival.KEPT)
    sent.studies.open_round(STUDY, opened_round(2))

    assert sent.files.admit_return(STUDY, row.id, late=Arrival.TAKEN_LATE).arrival is Arrival.TAKEN_LATE


def taken_in(lab):
    """Return which files were taken in, as the audit trail and the log have it after the study is opened anew."""
    lab.vault.studies.close()
    lab.studies.open(STUDY)
    noted = [json.loads(row.details) for row in lab.vault.log.audit.rows() if row.act == AuditAct.CODING_TAKEN_IN]
    assert {one["file"] for one in noted} == {one.id for one in lab.files.received(STUDY) if one.taken_wall is not None}
    return [one["file"] for one in noted]


def test_what_is_kept_for_the_next_round_is_not_noted_as_taken_in_before_it_is(sent, coder):
    sent.studies.close_round(STUDY, 1, ME.id)
    decide(sent)
    row = sent.files.receive(STUDY, coder.coded(theirs(sent)), "late")
    sent.files.admit_return(STUDY, row.id, late=Arrival.KEPT)
    before = taken_in(sent)
    sent.files.admit_return(STUDY, row.id, late=Arrival.TAKEN_LATE)

    assert (before, taken_in(sent)) == ([], [row.id])


def test_the_earlier_of_two_files_is_never_noted_as_taken_in(sent, coder):
    first = sent.files.receive(STUDY, coder.coded(theirs(sent)), "first")
    second = sent.files.receive(STUDY, later(sent, coder)[0], "second")
    sent.studies.close_round(STUDY, 1, ME.id)
    sent.files.admit_return(STUDY, second.id)
    sent.files.admit_return(STUDY, first.id)

    assert taken_in(sent) == [second.id]


def test_coding_on_an_older_version_is_moved_by_the_redactions(sent, coder):
    whole, part = coding(sent.first, 4, 10), coding(sent.first, 8, 30, guid="g2")
    back = coder.coded(work(whole, part, names=("Rage",)))
    sent.studies.close_round(STUDY, 1, ME.id)
    sent.redact(sent.first, 4, 16)
    taken = sent.files.admit_return(STUDY, sent.files.receive(STUDY, back, "older").id)
    text = sent.studies.open(STUDY).texts[sent.first].text

    assert taken.moved == MoveCount(withdrawn=1, cut=1)
    (left,) = sent.studies.work(STUDY, 1, TWO.id).codings.all
    assert text[left.begin : left.end] == "ngry with the "


def test_coding_of_a_text_that_was_left_out_since_goes_and_the_rest_is_taken(sent, coder):
    other = sent.recordings[1]
    back = coder.coded(theirs(sent, coding(other, 4, 10, guid="g2")))
    sent.studies.close_round(STUDY, 1, ME.id)
    study = sent.studies.open(STUDY).study
    sent.studies.save_study(replace(study, texts=study.texts[:1]))
    taken = sent.files.admit_return(STUDY, sent.files.receive(STUDY, back, "older").id)

    assert taken.work == theirs(sent)
    assert taken.moved == MoveCount(withdrawn=1)


WRONG = {
    "wrong ticket": ({"ticket": "ab" * 32}, TroubleCode.CODING_FILE_WRONG_TICKET),
    "a round without a ticket": ({"round": 2}, TroubleCode.CODING_FILE_WRONG_TICKET),
    "another study within": ({"study": new_id()}, TroubleCode.CODING_FILE_FOREIGN),
    "another fingerprint": ({"sha256": "ab" * 32}, TroubleCode.CODING_FILE_DAMAGED),
}


@pytest.mark.parametrize(("changed", "code"), WRONG.values(), ids=WRONG)
def test_a_file_that_does_not_belong_here_is_kept_as_it_came_and_nothing_is_taken(sent, coder, changed, code):
    data = remade(coder.coded(theirs(sent)), sent, **changed)
    sent.studies.close_round(STUDY, 1, ME.id)
    row = sent.files.receive(STUDY, data, "back")

    assert code_of(lambda: sent.files.admit_return(STUDY, row.id)) is code
    assert (sent.folder / "received" / f"{row.id}.parcel.age").read_bytes() == data
    assert sent.studies.work(STUDY, 1, TWO.id) == CoderWork()
    assert AuditAct.CODING_TAKEN_IN not in sent.acts()


def test_a_file_on_a_text_that_the_study_never_had_is_kept_and_nothing_is_taken(sent, coder):
    key = sent.vault.studies.open(STUDY).key.identity
    coded = read_return(unseal(coder.coded(theirs(sent)), [key.secret]))
    texts = {**coded.texts, sent.first: replace(coded.texts[sent.first], sha256="ab" * 32)}
    data = seal(return_to_zip(replace(coded, texts=texts)), [key.recipient])
    sent.studies.close_round(STUDY, 1, ME.id)
    row = sent.files.receive(STUDY, data, "back")

    assert code_of(lambda: sent.files.admit_return(STUDY, row.id)) is TroubleCode.CODING_FILE_UNKNOWN_TEXT
    assert len(files_in(sent)) == 1


def test_a_coding_behind_the_end_of_its_text_is_damage(sent, coder):
    back = coder.coded(work(coding(sent.first, 4, 10_000)))
    sent.studies.close_round(STUDY, 1, ME.id)

    code = code_of(lambda: sent.files.admit_return(STUDY, sent.files.receive(STUDY, back, "back").id))
    assert code is TroubleCode.CODING_FILE_DAMAGED


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


def test_a_round_goes_on_without_what_never_came(sent):
    sent.studies.close_round(STUDY, 1, ME.id)
    sent.studies.open_round(STUDY, opened_round(2))

    assert sent.studies.work(STUDY, 1, TWO.id) == CoderWork()


def test_the_same_name_of_a_code_by_two_coders_is_two_codes(sent, coder):
    back = coder.coded(theirs(sent))
    sent.studies.save_work(STUDY, 1, ME.id, theirs(sent))
    sent.studies.close_round(STUDY, 1, ME.id)
    sent.files.admit_return(STUDY, sent.files.receive(STUDY, back, "back").id)

    assert sent.studies.work(STUDY, 1, ME.id).book == sent.studies.work(STUDY, 1, TWO.id).book
    assert sent.studies.framework(STUDY).same == ()


def test_a_memo_that_came_is_its_senders_whoever_it_names(sent, coder):
    back = coder.coded(theirs(sent))
    data = remade(back, sent, memos=(memo(ME.id, "in my name", "m7"),))
    sent.studies.close_round(STUDY, 1, ME.id)
    sent.files.admit_return(STUDY, sent.files.receive(STUDY, data, "back").id)

    assert [one.author for one in sent.studies.open(STUDY).memos] == [TWO.id]


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


def received(lab, data=b"docx", author=OUTSIDE, kind=CodingFileKind.WORD, round_number=1):
    return lab.files.receive_file(STUDY, data, kind, author.id, round_number).id


def test_a_second_document_of_another_text_adds_to_the_first(begun):
    first, second = received(begun), received(begun, b"docx 2")
    begun.studies.close_round(STUDY, 1, ME.id)
    begun.files.admit_work(STUDY, first, OUTSIDE.id, work(coding(begun.first, 4, 10)))
    later = work(coding(begun.recordings[1], 4, 10), names=("anger",))
    taken = begun.files.admit_work(STUDY, second, OUTSIDE.id, later)
    found = begun.studies.work(STUDY, 1, OUTSIDE.id)

    assert [code.name for code in found.book.codes] == ["Anger"]
    assert {one.text for one in found.codings.all} == set(begun.recordings)
    assert taken.difference == WorkDifference(added=1, removed=0, changed=0)
    assert all(one.counts for one in begun.vault.studies.open(STUDY).tables.taken().values())


def test_a_document_that_is_taken_in_twice_adds_nothing(begun):
    file = received(begun)
    begun.studies.close_round(STUDY, 1, ME.id)
    begun.files.admit_work(STUDY, file, OUTSIDE.id, theirs(begun))

    assert begun.files.admit_work(STUDY, file, OUTSIDE.id, theirs(begun)).difference == WorkDifference()


def test_a_project_of_another_program_is_all_of_a_coders_round(begun):
    first = received(begun, kind=CodingFileKind.PROJECT)
    second = received(begun, b"later", kind=CodingFileKind.PROJECT)
    begun.studies.close_round(STUDY, 1, ME.id)
    begun.files.admit_work(STUDY, first, OUTSIDE.id, work(coding(begun.first, 4, 10)))
    begun.files.admit_work(STUDY, second, OUTSIDE.id, theirs(begun))

    assert begun.studies.work(STUDY, 1, OUTSIDE.id) == theirs(begun)


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


def test_a_memo_that_came_does_not_hide_one_of_the_lead(sent, coder):
    sent.studies.add_memo(STUDY, memo())
    back = coder.coded(theirs(sent), memo(TWO.id, "theirs", "m9", supersedes="m1"))
    sent.studies.close_round(STUDY, 1, ME.id)
    sent.files.admit_return(STUDY, sent.files.receive(STUDY, back, "back").id)

    assert {one.id: one.supersedes for one in sent.studies.open(STUDY).memos} == {"m1": None, "m9": None}


def test_a_parcel_to_which_nothing_can_be_sealed_back_is_not_imported(begun, coder):
    parcel = read_parcel(unseal(begun.parcel_for(coder), coder.vault.secrets()))
    for recipient in ("", "age1nobody"):
        data = seal(parcel_to_zip(replace(parcel, recipient=recipient)), [coder.vault.recipient])
        assert code_of(lambda data=data: coder.take(data)) is TroubleCode.CODING_FILE_UNREADABLE
    assert coder.vault.log.studies.all() == ()


def test_a_parcel_follows_a_withdrawal_into_the_coders_vault(sent, coder):
    coder.studies.save_work(STUDY, 1, TWO.id, theirs(sent))
    sent.redact(sent.first, 4, 16)
    coder.take(sent.parcel_for(coder))
    opened = coder.studies.open(STUDY)

    assert "It made me a" not in opened.texts[sent.first].text
    assert coder.studies.work(STUDY, 1, TWO.id).codings.all == ()
    assert opened.withdrawn == ("Session 1",)
