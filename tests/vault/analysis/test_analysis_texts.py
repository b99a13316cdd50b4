"""Approved texts for analysis: those that consents allow today, each in its version and with a name of its own."""

from __future__ import annotations

from dataclasses import replace

from study_vaults import (
    ME,
    STUDY,
    Lab,
    approved_text,
    begun,
    code_of,
    lab,
    refuse,
)

from balint_desktop.domain.analysis.study import (
    AnalysisStudy,
)
from balint_desktop.domain.study.consent import Purpose
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import SessionKind, new_id
from balint_desktop.vault.analysis_texts import ApprovedTextRow, VaultTexts
from balint_desktop.vault.studies import AnalysisStudies

__all__ = ["begun", "lab"]


class GivenTexts:
    """Approved texts of sessions with these numbers, each behind a gate that may fail."""

    def __init__(self, *numbers, trouble=None):
        self.numbers = numbers
        self.trouble = trouble

    def rows(self):
        return tuple(
            ApprovedTextRow(new_id(), number, SessionKind.CASE, 1, approved_text().sha256) for number in self.numbers
        )

    def pass_door(self, _recording, _door=None):
        if self.trouble is not None:
            raise self.trouble


def test_sessions_of_one_number_in_several_groups_have_names_of_their_own(lab):
    studies = AnalysisStudies(lab.vault, GivenTexts(1, 2, 1, 1), "Session {}".format)

    assert [one.name for one in studies.available()] == ["Session 1", "Session 2", "Session 1 (2)", "Session 1 (3)"]


def test_what_fails_at_the_gate_is_said_and_not_taken_for_a_refusal(lab):
    texts = lab.studies.available()
    given = GivenTexts(trouble=Trouble(TroubleCode.LOG_DAMAGED, folder="somewhere"))
    given.rows = VaultTexts(lab.vault).rows
    studies = AnalysisStudies(lab.vault, given, "Session {}".format)

    assert code_of(studies.available) is TroubleCode.LOG_DAMAGED
    assert code_of(lambda: studies.create(AnalysisStudy(STUDY, "", texts=texts, authors=(ME,)), ME.id)) is (
        TroubleCode.LOG_DAMAGED
    )
    assert lab.vault.log.studies.all() == ()


def test_approved_texts_of_sessions_that_may_be_analysed_are_available_and_the_evaluation_is_tagged(lab):
    texts = lab.studies.available()

    assert [(one.name, one.number, one.kind, one.version) for one in texts] == [
        ("Session 1", 1, SessionKind.CASE, 1),
        ("Session 2", 2, SessionKind.CASE, 1),
    ]
    assert texts[0].sha256 == approved_text().sha256


def test_a_text_whose_session_may_not_be_analysed_is_neither_available_nor_opened(begun):
    refuse(begun)

    assert begun.studies.available() == ()
    assert code_of(lambda: begun.studies.open(STUDY)) is TroubleCode.STUDY_TEXT_CLOSED


def test_supervision_alone_does_not_open_a_text_for_analysis(tmp_path):
    lab = Lab(tmp_path / "data", purposes=(Purpose.TRANSCRIPTION, Purpose.SUPERVISION))

    assert lab.studies.available() == ()
    lab.close()


def test_a_study_is_not_created_on_a_text_that_may_not_be_analysed(lab):
    texts = lab.studies.available()
    refuse(lab)
    study = AnalysisStudy(STUDY, "Study", texts=texts, authors=(ME,))

    assert code_of(lambda: lab.studies.create(study, ME.id)) is TroubleCode.STUDY_TEXT_CLOSED
    assert lab.vault.log.studies.all() == ()


def test_a_text_that_is_not_the_approved_one_is_refused(lab):
    (first, _) = lab.studies.available()
    study = AnalysisStudy(STUDY, "Study", texts=(replace(first, sha256="0" * 64),), authors=(ME,))

    assert code_of(lambda: lab.studies.create(study, ME.id)) is TroubleCode.STUDY_TEXT_CHANGED
