"""Somebody's coding becomes their round: the later file counts, a late one waits, and no memo hides another's."""

from __future__ import annotations

import json

import pytest
from study_vaults import (
    ME,
    OUTSIDE,
    STUDY,
    TWO,
    begun,
    coder,
    coding,
    decide,
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

from balint_desktop.domain.analysis.history import CoderWork
from balint_desktop.vault.coding_admission import Arrival, WorkDifference
from balint_desktop.vault.log.audit import AuditAct
from balint_desktop.vault.log.studies import CodingFileKind

__all__ = ["begun", "coder", "lab", "sent"]


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
    # Both came at one moment, and which of them is listed first is chance.
    assert sorted((one.came_wall, one.counts) for one in sent.studies.arrivals(STUDY)) == [
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


def test_a_memo_that_came_does_not_hide_one_of_the_lead(sent, coder):
    sent.studies.add_memo(STUDY, memo())
    back = coder.coded(theirs(sent), memo(TWO.id, "theirs", "m9", supersedes="m1"))
    sent.studies.close_round(STUDY, 1, ME.id)
    sent.files.admit_return(STUDY, sent.files.receive(STUDY, back, "back").id)

    assert {one.id: one.supersedes for one in sent.studies.open(STUDY).memos} == {"m1": None, "m9": None}
