"""What the page Report is offered of an open vault, and what is kept of what it asks."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from kept_sessions import GROUP, P2
from sessions import shipped
from study_reports import reported
from study_vaults import STUDY

from balint_desktop.app.analysis_reports import AnalysisReports
from balint_desktop.domain.study.consent import Answer, Purpose
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.reports.analysis.report import AnalysisFile
from balint_desktop.ui.analysis.deps import StatedOnce
from balint_desktop.vault.log.consents import ConsentCollection


class Slot:
    """An open vault in a context, with the formats that prompts are counted by."""

    formats = SimpleNamespace(load=shipped)

    def __init__(self, vault):
        self.vault = self
        self.current = vault
        self.clock = vault.log.audit._clock

    def open_vault(self):
        return self.current


@pytest.fixture
def lab(tmp_path):
    made = reported(tmp_path / "data")
    yield made
    made.close()


@pytest.fixture
def reports(lab):
    return AnalysisReports(Slot(lab.vault), lab.studies)


def withdraw(lab):
    taking = ConsentCollection(lab.vault.log.consents.today())
    lab.vault.log.consents.enter(GROUP, [(P2, Purpose.ANALYSIS)], Answer.WITHDRAWN, taking)


def test_the_offer_has_the_purposes_the_methods_and_what_was_stated(reports):
    offer = reports.offer(STUDY)

    assert (offer.purposes, offer.refused) == ((Purpose.ANALYSIS,), None)
    assert offer.methods.startswith("The de-identified transcripts of 2 sessions were analysed.")
    assert offer.stated == StatedOnce("Yes, by a colleague.", "No, said a colleague.", "Discussed with a colleague.")


def test_where_somebody_took_analysis_back_the_reason_is_offered_and_nothing_to_export(lab, reports):
    withdraw(lab)
    with pytest.raises(Trouble) as refused:
        reports.offer(STUDY)

    assert refused.value.code is TroubleCode.STUDY_TEXT_CLOSED


def test_what_is_stated_is_kept_over_a_restart(lab, reports):
    reports.save_stated(STUDY, StatedOnce("", "Two commented.", "Not sought."))
    lab.again()

    assert lab.studies.stated(STUDY) == {22: "Not sought.", 28: "Two commented."}


def test_the_methods_paragraph_is_noted_when_it_is_copied(lab, reports):
    reports.pass_door(STUDY, Purpose.ANALYSIS, reports.offer(STUDY).methods)

    row = lab.vault.log.audit.rows()[-1]
    assert (row.act, '"file": "methods"' in row.details) == ("analysis-exported", True)


def test_report_and_project_are_written(reports, tmp_path):
    reports.export_file(STUDY, AnalysisFile.REPORT, Purpose.ANALYSIS, tmp_path / "a.docx")
    reports.export_project(STUDY, Purpose.ANALYSIS, tmp_path / "a.qdpx")

    assert {path.name for path in tmp_path.glob("a.*")} == {"a.docx", "a.qdpx"}
