"""A parcel in the coder's own vault: a study of one coder, followed by further ones, and never another's."""

from __future__ import annotations

from dataclasses import replace

import pytest
from kept_sessions import GROUP
from study_vaults import (
    ME,
    OUTSIDE,
    STUDY,
    TWO,
    Coder,
    begun,
    code_of,
    coder,
    lab,
    of_later_version,
    opened_round,
    sent,
    theirs,
)

from balint_desktop.domain.analysis.codebook import Codebook
from balint_desktop.domain.analysis.history import CoderWork
from balint_desktop.domain.analysis.parcel import parcel_to_zip, read_parcel
from balint_desktop.domain.trouble import TroubleCode
from balint_desktop.sealed.keys import new_identity, seal, unseal
from balint_desktop.vault.study_numbers import draw_numbers

__all__ = ["begun", "coder", "lab", "sent"]


EARLIER = CoderWork(Codebook().with_code("c1", "Their own"))


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


def test_a_round_that_is_open_is_not_sent_back(sent, coder, tmp_path):
    code = code_of(lambda: coder.files.export_back(STUDY, 1, tmp_path / "back"))

    assert code is TroubleCode.ROUND_NOT_CLOSED


def test_where_the_first_round_is_it_is_as_one_closed_it_whatever_the_second_brings_along(sent, coder):
    back = coder.coded(theirs(sent))
    before = coder.studies.open(STUDY).rounds
    sent.studies.close_round(STUDY, 1, ME.id)
    sent.files.admit_return(STUDY, sent.files.receive(STUDY, back, "back").id)
    sent.studies.open_round(STUDY, opened_round(2))
    parcel = sent.parcel_for(coder, round_number=2)
    coder.take(remade_parcel(parcel, coder, earlier={1: EARLIER}))
    opened = coder.studies.open(STUDY)

    assert [one.number for one in opened.rounds] == [1, 2]
    assert opened.rounds[:1] == before
    assert coder.studies.work(STUDY, 1, TWO.id) == theirs(sent)


def test_a_round_of_a_study_of_this_vault_is_not_sent_back(begun, tmp_path):
    begun.studies.close_round(STUDY, 1, ME.id)

    assert code_of(lambda: begun.files.export_back(STUDY, 1, tmp_path / "back")) is TroubleCode.CODING_FILE_OWN
    assert not (tmp_path / "back").exists()


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


def remade_parcel(parcel, coder, **changed):
    """Return a parcel with something else in it, sealed as the real one."""
    read = read_parcel(unseal(parcel, coder.vault.secrets()))
    return seal(parcel_to_zip(replace(read, **changed)), [coder.vault.recipient])


@pytest.mark.parametrize(
    "changed", [{"author": OUTSIDE}, {"recipient": new_identity().recipient}], ids=["another coder", "another vault"]
)
def test_a_parcel_of_a_study_that_came_for_another_coder_or_from_elsewhere_changes_nothing(begun, coder, changed):
    parcel = begun.parcel_for(coder)
    coder.take(parcel)
    coder.studies.save_work(STUDY, 1, TWO.id, theirs(begun))
    before = coder.studies.open(STUDY)
    code = code_of(lambda: coder.take(remade_parcel(parcel, coder, round=2, **changed)))

    assert code is TroubleCode.CODING_FILE_FOREIGN
    assert coder.studies.open(STUDY) == before
    assert coder.studies.work(STUDY, 1, TWO.id) == theirs(begun)
    assert len(coder.vault.log.studies.files(STUDY)) == 1


def test_a_further_parcel_brings_a_text_that_is_new_and_ones_own_coding_stays(lab, coder):
    texts = lab.studies.available()
    lab.begun()
    study = lab.studies.open(STUDY).study
    lab.studies.save_study(replace(study, texts=texts[:1]))
    coder.take(lab.parcel_for(coder))
    coder.studies.save_work(STUDY, 1, TWO.id, theirs(lab))
    lab.studies.save_study(replace(lab.studies.open(STUDY).study, texts=texts))
    coder.take(lab.parcel_for(coder))
    opened = coder.studies.open(STUDY)

    assert opened.texts == lab.studies.open(STUDY).texts
    assert [one.name for one in opened.study.texts] == ["Session 1", "Session 2"]
    assert coder.studies.work(STUDY, 1, TWO.id) == theirs(lab)
    assert len(coder.vault.log.studies.texts(STUDY)) == 2


def test_a_parcel_of_a_later_version_is_said_to_be_newer_and_nothing_is_imported(begun, coder):
    opened = unseal(begun.parcel_for(coder), coder.vault.secrets())
    newer = seal(of_later_version(opened), [coder.vault.recipient])

    assert code_of(lambda: coder.take(newer)) is TroubleCode.CODING_FILE_NEWER
    assert coder.vault.log.studies.all() == ()


def test_a_text_of_a_parcel_that_is_damaged_or_another_in_the_coders_vault_is_not_coded_on(sent, coder):
    file = coder.vault.studies.open(STUDY)
    whole = file.tables.stored_text(sent.first)
    file.tables.store_text(sent.first, whole[:-7])
    damaged = code_of(lambda: coder.studies.open(STUDY))
    file.tables.store_text(sent.first, whole.replace(b"angry", b"proud"))
    other = code_of(lambda: coder.studies.open(STUDY))
    file.tables.store_text(sent.first, whole)

    assert (damaged, other) == (TroubleCode.STUDY_DAMAGED, TroubleCode.STUDY_TEXT_CHANGED)
    assert coder.studies.open(STUDY).texts == sent.studies.open(STUDY).texts


def test_in_the_coders_vault_no_round_is_discarded(sent, coder):
    code = code_of(lambda: coder.studies.discard_round(STUDY, 1))

    assert code is TroubleCode.ROUND_OPENED_ELSEWHERE
    assert len(coder.studies.open(STUDY).rounds) == 1


def test_in_the_coders_vault_nothing_may_be_quoted(sent, coder):
    draw_numbers(sent.vault, GROUP)

    assert sent.studies.may_be_quoted(STUDY, sent.first, 4, 10)
    assert not coder.studies.may_be_quoted(STUDY, sent.first, 4, 10)


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
