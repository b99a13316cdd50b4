"""Open matters about coding files: one that came and can be opened, a round to code, and one to send back."""

from __future__ import annotations

from datetime import date

import pytest
from study_vaults import ME, OUTSIDE, STUDY, TWO, Coder, begun, coding, lab, work

from balint_desktop.domain.open_matters import OpenKind
from balint_desktop.vault.log.studies import CodingFileKind
from balint_desktop.vault.open_coding_files import CodingFileMatters

__all__ = ["begun", "lab"]


@pytest.fixture
def coder(tmp_path):
    made = Coder(tmp_path / "coder")
    yield made
    made.close()


def matters(side):
    found = CodingFileMatters(side.vault.log).open_matters(date(2026, 3, 5))
    return [(one.kind, one.study) for one in found]


def test_a_file_that_came_is_open_once_ones_own_round_is_closed_until_it_is_opened(begun, coder):
    coder.take(begun.parcel_for(coder))
    row = begun.files.receive(STUDY, coder.coded(work(coding(begun.first, 4, 10))), "back")
    before = matters(begun)
    begun.studies.close_round(STUDY, 1, ME.id)
    closed = matters(begun)
    begun.files.admit_return(STUDY, row.id)

    assert (before, closed, matters(begun)) == ([], [(OpenKind.CODING_FILE_CAME, STUDY)], [])


def test_a_file_is_not_open_because_another_coders_round_was_taken_in(begun, coder):
    begun.studies.close_round(STUDY, 1, ME.id)
    row = begun.files.receive_file(STUDY, b"x", CodingFileKind.WORD, OUTSIDE.id, 1)
    begun.files.admit_work(STUDY, row.id, OUTSIDE.id, work())
    begun.files.receive_file(STUDY, b"y", CodingFileKind.PROJECT, TWO.id, 1)

    assert matters(begun) == [(OpenKind.CODING_FILE_CAME, STUDY)]


def test_a_file_of_a_round_that_is_open_here_waits(begun):
    begun.studies.close_round(STUDY, 1, ME.id)
    from study_vaults import opened_round  # noqa: PLC0415

    begun.studies.open_round(STUDY, opened_round(2))
    begun.files.receive_file(STUDY, b"x", CodingFileKind.WORD, OUTSIDE.id, 2)

    assert matters(begun) == []


def test_in_a_coders_vault_a_round_waits_to_be_coded_and_then_to_be_sent_back(begun, coder):
    coder.take(begun.parcel_for(coder))
    to_code = matters(coder)
    coder.studies.close_round(STUDY, 1, TWO.id)
    to_send = matters(coder)
    coder.files.export_back(STUDY, 1, coder.data / "back")

    assert to_code == [(OpenKind.ROUND_TO_CODE, STUDY)]
    assert to_send == [(OpenKind.ROUND_TO_SEND, STUDY)]
    assert matters(coder) == []
