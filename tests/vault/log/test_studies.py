"""The log of studies chains each act once, however often a restart notes it again."""

from __future__ import annotations

import pytest
from kept_sessions import GROUP
from kept_vaults import kept, vault

from balint_desktop.vault.log.audit import AuditAct
from balint_desktop.vault.log.studies import CodingFileKind, CodingFileRow, ParcelDirection, UsedText

__all__ = ["kept", "vault"]

STUDY = "a-study"


@pytest.fixture
def log(vault):
    vault.log.studies.add(STUDY, "age1study", is_guest=False)
    return vault.log


def count(log, act):
    return sum(row.act == act for row in log.audit.rows())


def test_the_intent_to_destroy_a_study_is_chained_once_and_it_is_found_no_more(log):
    for _ in range(2):
        log.studies.intend_deleting(STUDY)

    assert count(log, AuditAct.STUDY_DELETING_ASKED) == 1
    assert (log.studies.deleting(), log.studies.find(STUDY)) == ((STUDY,), None)


def test_a_destroyed_study_is_found_by_the_group_of_its_texts(kept, log):
    log.studies.set_texts(STUDY, [UsedText(kept.recording, 1, "aa")])
    log.studies.intend_deleting(STUDY)
    log.studies.note_deleted(STUDY)

    (retained,) = log.studies.retained(GROUP)
    assert (retained.study, retained.deleted_wall is not None) == (STUDY, True)
    assert log.studies.all() == ()


def test_coding_that_was_moved_to_a_version_is_chained_once(kept, log):
    first, second = UsedText(kept.recording, 1, "aa"), UsedText(kept.recording, 2, "bb")
    log.studies.set_texts(STUDY, [first])
    for _ in range(2):
        log.studies.note_moved(STUDY, second, withdrawn=1, cut=2)

    assert count(log, AuditAct.STUDY_TEXT_MOVED) == 1
    assert len(log.studies.ever_used(STUDY)) == 2


def test_a_coding_file_is_recorded_once_with_what_it_was_first(log):
    row = CodingFileRow("a-file", STUDY, ParcelDirection.OUT, CodingFileKind.PARCEL, None, 1, "aa", 1.0)
    log.studies.note_file(row)
    log.studies.note_file(CodingFileRow("a-file", STUDY, ParcelDirection.IN, CodingFileKind.WORD, None, 2, "bb", 2.0))

    assert log.studies.files(STUDY) == (row,)
    assert (count(log, AuditAct.CODING_PARCEL_MADE), count(log, AuditAct.CODING_PARCEL_RECEIVED)) == (1, 0)
