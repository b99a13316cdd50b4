"""Order: no door opens another's coding before one's own round is closed, and the audit trail proves it."""

from __future__ import annotations

import json
import shutil

import pytest
from study_vaults import ME, OUTSIDE, STUDY, TWO, Coder, begun, code_of, coding, lab, opened_round, work

from balint_desktop.domain.trouble import TroubleCode
from balint_desktop.vault.coding_admission import Arrival
from balint_desktop.vault.log.audit import AuditAct
from balint_desktop.vault.log.studies import CodingFileKind

__all__ = ["begun", "lab"]

SECRET = "only of coder 2"


@pytest.fixture
def answered(begun, tmp_path):
    """Coder 2 has sent their round, and a Word document of the independent one has come."""
    coder = Coder(tmp_path / "coder")
    coder.take(begun.parcel_for(coder))
    theirs = work(coding(begun.first, 4, 10), names=(SECRET,))
    row = begun.files.receive(STUDY, coder.coded(theirs), "from-two")
    document = begun.files.receive_file(STUDY, SECRET.encode(), CodingFileKind.WORD, OUTSIDE.id, 1)
    yield begun, row, document
    coder.close()


def doors(lab, row, document):
    """Return every way to another's coding."""
    studies, files = lab.studies, lab.files
    return {
        "work of coder 2": lambda: studies.work(STUDY, 1, TWO.id),
        "work of the independent coder": lambda: studies.work(STUDY, 1, OUTSIDE.id),
        "take in": lambda: files.admit_return(STUDY, row.id),
        "take in late": lambda: files.admit_return(STUDY, row.id, late=Arrival.TAKEN_LATE),
        "keep for the next round": lambda: files.admit_return(STUDY, row.id, late=Arrival.KEPT),
        "open a document": lambda: files.open_received(STUDY, document.id),
        "take in a document": lambda: files.admit_work(STUDY, document.id, OUTSIDE.id, work()),
    }


def test_no_door_opens_before_ones_own_round_is_closed(answered):
    lab, row, document = answered

    for name, door in doors(lab, row, document).items():
        assert code_of(door) is TroubleCode.ROUND_STILL_OPEN, name
    assert AuditAct.CODING_OPENED not in lab.acts()
    assert [one.opened_wall for one in lab.files.received(STUDY)] == [None, None]


def test_every_door_opens_after_and_the_trail_has_the_closing_first(answered):
    lab, row, document = answered
    lab.studies.close_round(STUDY, 1, ME.id)
    taken = lab.files.admit_return(STUDY, row.id)

    assert lab.studies.work(STUDY, 1, TWO.id).book.codes[0].name == SECRET
    assert lab.files.open_received(STUDY, document.id) == SECRET.encode()
    assert (taken.author, taken.arrival) == (TWO.id, Arrival.TAKEN)
    acts = lab.acts()
    assert acts.index(AuditAct.ROUND_CLOSED) < acts.index(AuditAct.CODING_OPENED)
    assert lab.vault.log.audit.broken_at() is None


def test_the_first_look_at_anothers_coding_is_chained_once_and_before_it_is_given(answered):
    lab, row, _ = answered
    lab.studies.close_round(STUDY, 1, ME.id)
    lab.files.admit_return(STUDY, row.id)
    before = lab.acts().count(AuditAct.CODING_OPENED)
    lab.studies.work(STUDY, 1, TWO.id)
    lab.studies.work(STUDY, 1, TWO.id)
    rows = [json.loads(one.details) for one in lab.vault.log.audit.rows() if one.act == AuditAct.CODING_OPENED]

    assert len(rows) == before + 1
    assert rows[-1] == {"author": TWO.id, "round": 1, "study": STUDY}


def test_a_round_that_one_does_not_code_in_opens_nothing_while_an_earlier_one_is_open(answered):
    lab, _, _ = answered
    lab.studies.open_round(STUDY, opened_round(2, (TWO.id, OUTSIDE.id)))

    assert code_of(lambda: lab.studies.work(STUDY, 2, TWO.id)) is TroubleCode.ROUND_STILL_OPEN


def test_an_earlier_round_may_be_compared_while_a_later_one_is_coded(answered):
    lab, row, _ = answered
    lab.studies.close_round(STUDY, 1, ME.id)
    lab.files.admit_return(STUDY, row.id)
    lab.studies.open_round(STUDY, opened_round(2))

    assert lab.studies.work(STUDY, 1, TWO.id).book.codes[0].name == SECRET
    assert code_of(lambda: lab.studies.work(STUDY, 2, TWO.id)) is TroubleCode.ROUND_STILL_OPEN


def test_a_closing_that_the_audit_trail_does_not_have_opens_nothing(answered):
    lab, row, _ = answered
    lab.studies.close_round(STUDY, 1, ME.id)
    lab.vault.log._database.run("DELETE FROM analysis_closings")

    assert code_of(lambda: lab.files.admit_return(STUDY, row.id)) is TroubleCode.ROUND_STILL_OPEN


def test_nobody_codes_here_as_somebody_else(begun):
    assert code_of(lambda: begun.studies.save_work(STUDY, 1, TWO.id, work())) is TroubleCode.CODING_NOT_YOURS
    assert code_of(lambda: begun.studies.close_round(STUDY, 1, TWO.id)) is TroubleCode.CODING_NOT_YOURS


def test_what_was_closed_and_its_fingerprint_are_in_the_trail_after_a_kill_between_the_two(begun, tmp_path):
    begun.studies.save_work(STUDY, 1, ME.id, work(coding(begun.first, 4, 10)))
    begun.vault.studies.close()
    before = tmp_path / "log.db"
    begun.vault.close()
    shutil.copy(begun.vault.places.log, before)
    begun.vault = begun.made.open(begun.clock)
    closed = begun.studies.close_round(STUDY, 1, ME.id)
    begun.vault.close()
    # The log is as it was: the kill came after the study's own transaction.
    shutil.copy(before, begun.vault.places.log)
    begun.vault = begun.made.open(begun.clock)
    begun.studies.open(STUDY)
    (row,) = [json.loads(one.details) for one in begun.vault.log.audit.rows() if one.act == AuditAct.ROUND_CLOSED]

    assert row == {"author": ME.id, "round": 1, "sha256": closed.closings[0].sha256, "study": STUDY}
