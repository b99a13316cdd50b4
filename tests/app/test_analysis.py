"""The studies of a vault as the place Analysis asks for them: listed with what is next, opened, quoted by consent."""

from __future__ import annotations

import pytest
from kept_sessions import GROUP, P1
from study_vaults import ME, STUDY, TWO, Lab, coding, opened_round, work

from balint_desktop.app.analysis import AnalysisWork
from balint_desktop.app.analysis_place import copy_passage
from balint_desktop.domain.analysis.study import AnalysisStudy, Approach, Author
from balint_desktop.domain.study.consent import Answer, Purpose
from balint_desktop.domain.study.doors import Door
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.ui.widgets import clipboard
from balint_desktop.vault.log.consents import ConsentCollection


class Slot:
    """An open vault in a context."""

    def __init__(self, vault):
        self.vault = self
        self._opened = vault

    def open_vault(self):
        return self._opened


@pytest.fixture
def lab(tmp_path):
    made = Lab(tmp_path / "data")
    yield made
    made.close()


@pytest.fixture
def service(lab):
    return AnalysisWork(Slot(lab.vault))


def study(service, approach=Approach.CODEBOOK, authors=(ME, TWO), texts=None):
    return AnalysisStudy(
        STUDY, "Study", approach=approach, authors=authors, texts=service.available() if texts is None else texts
    )


def next_step(service):
    (row,) = service.list()
    return row.next_step


def test_what_is_next_is_said_from_texts_to_comparison(service):
    service.create(study(service, texts=()), ME.id)
    steps = [next_step(service)]
    service.save_study(study(service))
    steps.append(next_step(service))
    service.open_round(STUDY, opened_round(authors=(ME.id, TWO.id)))
    steps.append(next_step(service))
    service.close_round(STUDY, 1, ME.id)
    steps.append(next_step(service))

    assert steps == ["Add texts", "Open round 1", "Code round 1", "Round 1: waiting for 1 coder"]


@pytest.mark.parametrize(
    ("approach", "authors", "said"),
    [
        (Approach.REFLEXIVE, (ME, TWO), "Read, code and develop themes"),
        (Approach.CODEBOOK, (ME,), "Open round 1"),
    ],
)
def test_an_approach_without_rounds_asks_for_none(service, approach, authors, said):
    service.create(study(service, approach, authors), ME.id)

    assert next_step(service) == said


def test_a_round_that_only_one_codes_in_is_closed_and_compared_with_nobody(service):
    service.create(study(service, authors=(ME,)), ME.id)
    service.open_round(STUDY, opened_round(authors=(ME.id,)))
    service.close_round(STUDY, 1, ME.id)

    assert next_step(service) == "Round 1 is closed"


def test_a_study_is_listed_with_how_many_texts_and_authors_it_has(service):
    service.create(study(service), ME.id)
    (row,) = service.list()

    assert (row.id, row.name, row.texts, row.authors) == (STUDY, "Study", 2, 2)


def test_a_study_that_does_not_open_is_listed_too(lab, service):
    service.create(study(service), ME.id)
    lab.vault.studies.close()
    (lab.folder / "key.age").write_bytes(b"")
    (row,) = service.list()

    assert (row.id, row.next_step) == (STUDY, "Restore it from a backup")


def test_an_open_study_has_what_was_saved_and_the_texts_it_could_also_take(service):
    first, second = service.available()
    service.create(study(service, texts=(first,)), ME.id)
    service.open_round(STUDY, opened_round(authors=(ME.id, TWO.id)))
    mine = work(coding(first.recording, 4, 10))
    service.save_work(STUDY, 1, ME.id, mine)
    opened = service.open(STUDY)

    assert opened.available == (second,)
    assert (opened.study.texts, opened.me, opened.withdrawn) == ((first,), ME.id, ())
    assert service.work(STUDY, 1, ME.id) == mine


def test_without_a_proper_id_a_study_gets_one(service):
    made = service.create(AnalysisStudy("", "Study", authors=(Author("lead", "Lead"),)), "lead")

    assert len(made.study.id) == 36
    assert service.open(made.study.id).me == "lead"


def test_no_passage_may_be_quoted_of_a_session_whose_speakers_are_not_known_to_have_agreed(lab, service):
    service.create(study(service), ME.id)

    assert not service.may_be_quoted(STUDY, lab.first, 4, 10)


def test_a_locked_vault_lists_nothing(lab, service):
    service.create(study(service), ME.id)
    lab.vault.lock()
    with pytest.raises(Trouble) as refused:
        service.list()

    assert refused.value.code is TroubleCode.VAULT_LOCKED


def test_a_text_that_may_not_be_analysed_is_not_offered(lab, service):
    taking = ConsentCollection(lab.vault.log.consents.today())
    lab.vault.log.consents.enter(GROUP, [(P1, Purpose.ANALYSIS)], Answer.DECLINED, taking)

    assert service.available() == ()


@pytest.fixture
def copied(monkeypatch):
    """Return what the gate of names was asked about; it lets nothing be copied."""
    asked = []
    monkeypatch.setattr(clipboard, "_guards", [lambda door, words: asked.append((door, words)) is not None])
    return asked


def test_a_passage_is_copied_past_the_gate_of_names(lab, service, copied):
    (text, *_) = service.available()

    assert not copy_passage(lab.vault, text.recording, "“Words” (Session 1, R1)")
    assert copied == [(Door.APPROVED_FILE, "“Words” (Session 1, R1)")]


def test_a_passage_is_not_copied_where_the_consents_do_not_let_it_leave(lab, service, copied):
    (text, *_) = service.available()
    taking = ConsentCollection(lab.vault.log.consents.today())
    lab.vault.log.consents.enter(GROUP, [(P1, Purpose.ANALYSIS)], Answer.DECLINED, taking)

    with pytest.raises(Trouble) as refused:
        copy_passage(lab.vault, text.recording, "Words")

    assert refused.value.code is TroubleCode.PURPOSE_NOT_AGREED
    assert copied == []


def test_a_coders_own_vault_knows_no_consents_and_copies_nothing(lab, copied):
    with pytest.raises(Trouble) as refused:
        copy_passage(lab.vault, "recording-of-another-vault", "Words")

    assert refused.value.code is TroubleCode.RECORDING_UNKNOWN
    assert copied == []
