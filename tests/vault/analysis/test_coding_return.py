"""What a coder's parcel brought back: checked and moved to the texts as they are, or kept and not taken."""

from __future__ import annotations

from dataclasses import replace

import pytest
from study_vaults import (
    ME,
    STUDY,
    TWO,
    begun,
    code_of,
    coder,
    coding,
    files_in,
    lab,
    memo,
    of_later_version,
    remade,
    sent,
    theirs,
    work,
)

from balint_desktop.domain.analysis.history import CoderWork
from balint_desktop.domain.analysis.moving import MoveCount
from balint_desktop.domain.analysis.parcel import read_return, return_to_zip
from balint_desktop.domain.trouble import TroubleCode
from balint_desktop.domain.values import new_id
from balint_desktop.sealed.keys import seal, unseal
from balint_desktop.vault.log.audit import AuditAct

__all__ = ["begun", "coder", "lab", "sent"]


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


def test_a_memo_behind_the_end_of_its_text_is_damage_and_nothing_is_taken(sent, coder):
    written = memo(TWO.id, "beyond", "m9", text=sent.first, begin=4, end=10_000)
    back = coder.coded(theirs(sent), written)
    sent.studies.close_round(STUDY, 1, ME.id)

    code = code_of(lambda: sent.files.admit_return(STUDY, sent.files.receive(STUDY, back, "back").id))
    assert code is TroubleCode.CODING_FILE_DAMAGED
    assert sent.studies.work(STUDY, 1, TWO.id) == CoderWork()
    assert sent.studies.open(STUDY).memos == ()


@pytest.mark.parametrize(
    ("made", "code"),
    [
        (of_later_version, TroubleCode.CODING_FILE_NEWER),
        (lambda _: b"no zip", TroubleCode.CODING_FILE_DAMAGED),
    ],
    ids=["of a later version", "no coding file"],
)
def test_what_came_sealed_and_cannot_be_read_is_kept_and_nothing_is_taken(sent, coder, made, code):
    key = sent.vault.studies.open(STUDY).key.identity
    data = seal(made(unseal(coder.coded(theirs(sent)), [key.secret])), [key.recipient])
    sent.studies.close_round(STUDY, 1, ME.id)
    row = sent.files.receive(STUDY, data, "back")

    assert code_of(lambda: sent.files.admit_return(STUDY, row.id)) is code
    assert (sent.folder / "received" / f"{row.id}.parcel.age").read_bytes() == data
    assert AuditAct.CODING_TAKEN_IN not in sent.acts()
