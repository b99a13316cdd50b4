"""What comes of an analysis leaves with the consents of today and without a name, whoever typed it wherever."""

from __future__ import annotations

from dataclasses import replace

import pytest
from kept_sessions import GROUP, P1, P2
from study_reports import FIELDS, every_file, plain, reported, write, write_project
from study_vaults import ME, STUDY, TWO, Coder, code_of, coding, work

from balint_desktop.domain.analysis.refi_read import read_qdpx
from balint_desktop.domain.analysis.study import Approach
from balint_desktop.domain.group.roster import Person, Roster
from balint_desktop.domain.study.consent import Answer, Purpose
from balint_desktop.domain.study.doors import Door
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.reports.analysis.export import open_purposes, pass_texts
from balint_desktop.reports.analysis.read_account import read_account, read_material_of
from balint_desktop.reports.analysis.report import AnalysisFile
from balint_desktop.text.trouble import sentence
from balint_desktop.vault.coding_files import Arrival
from balint_desktop.vault.log.consents import ConsentCollection

NAME = "Zandruvek"
PLACES = {
    "analysis name": "The name of the analysis",
    "analysis question": "The research question",
    "analysis governance": "Who governs Māori and Pacific data",
    "author label": "What an author is called",
    "author positionality": "An author’s positionality",
    **dict.fromkeys((field for field in FIELDS if field.startswith("code ")), "A code, or what is written of it"),
    "coding memo": "A memo",
    "memo": "A memo",
    **dict.fromkeys((field for field in FIELDS if field.startswith("theme ")), "A theme, or what is written of it"),
    "decision reason": "The reason for a decision",
    "move reason": "The reason for a decision",
    "meeting note": "The notes of a meeting",
    "returned": "An answer on the page Report",
    "saturation": "An answer on the page Report",
    "feedback": "An answer on the page Report",
}
FORMS = [*every_file(), ("project", ".qdpx")]


@pytest.fixture
def study(tmp_path):
    """A study with everything filled in, and nobody named."""
    lab = reported(tmp_path / "data")
    yield lab
    lab.close()


def answer(lab, code, purpose, given):
    taking = ConsentCollection(lab.vault.log.consents.today())
    lab.vault.log.consents.enter(GROUP, [(code, purpose)], given, taking)


def exported(lab, which, path):
    return write_project(lab, path) if which == "project" else write(lab, which, path)


def refusals(lab, folder):
    """Return what is said of each file that does not leave."""
    found = {}
    for which, ending in FORMS:
        path = folder / f"out-{which}{ending}"
        try:
            exported(lab, which, path)
        except Trouble as trouble:
            assert not path.exists()
            found[which, ending] = (trouble.code, sentence(trouble))
    return found


@pytest.mark.parametrize("field", FIELDS)
def test_a_name_in_a_field_keeps_each_file_that_holds_it_here_and_the_place_is_said_not_the_name(tmp_path, field):
    lab = reported(tmp_path / "data", lambda one, words: words.format(NAME) if one == field else plain(one, words))
    lab.vault.rosters.save({GROUP: Roster().with_people((Person(P1, NAME),))})
    found = refusals(lab, tmp_path)
    lab.close()

    assert found
    for code, said in found.values():
        assert code is TroubleCode.NAME_IN_EXPORT
        assert PLACES[field] in said
        assert NAME not in said
    for which, ending in set(FORMS) - set(found):
        assert NAME.encode() not in (tmp_path / f"out-{which}{ending}").read_bytes()


def test_nothing_is_refused_where_nobody_is_named(study, tmp_path):
    assert refusals(study, tmp_path) == {}


def test_each_export_is_in_the_audit_trail_with_its_purpose(study, tmp_path):
    write(study, AnalysisFile.REPORT, tmp_path / "a.docx")
    write_project(study, tmp_path / "a.qdpx")
    rows = [row.details for row in study.vault.log.audit.rows() if row.act == "analysis-exported"]

    assert [('"file": "report"' in row, '"purpose": "analysis"' in row) for row in rows] == [
        (True, True),
        (False, True),
    ]
    assert '"form": "qdpx"' in rows[1]


@pytest.mark.parametrize(("which", "ending"), FORMS)
def test_no_file_leaves_once_somebody_takes_analysis_back(study, tmp_path, which, ending):
    answer(study, P2, Purpose.ANALYSIS, Answer.WITHDRAWN)
    path = tmp_path / f"a{ending}"

    assert code_of(lambda: exported(study, which, path)) in {
        TroubleCode.PURPOSE_NOT_AGREED,
        TroubleCode.STUDY_TEXT_CLOSED,
    }
    assert not path.exists()


def test_what_nobody_agreed_to_is_no_purpose(study, tmp_path):
    assert open_purposes(study.studies, STUDY) == (Purpose.ANALYSIS,)
    assert (
        code_of(lambda: write(study, AnalysisFile.REPORT, tmp_path / "a.html", Purpose.SHARING))
        is TroubleCode.PURPOSE_NOT_AGREED
    )


def test_a_quotation_is_printed_while_who_speaks_agrees(study, tmp_path):
    before = write(study, AnalysisFile.REPORT, tmp_path / "before.html").decode()
    answer(study, P1, Purpose.QUOTATIONS, Answer.WITHDRAWN)
    after = write(study, AnalysisFile.REPORT, tmp_path / "after.html").decode()
    table = write(study, AnalysisFile.QUOTATIONS, tmp_path / "after.csv").decode()

    assert "It made me angry." in before
    assert "It made me angry." not in after + table


def test_a_quotation_of_others_who_do_not_agree_does_not_keep_ones_own(study, tmp_path):
    answer(study, P2, Purpose.QUOTATIONS, Answer.WITHDRAWN)

    assert "It made me angry." in write(study, AnalysisFile.REPORT, tmp_path / "a.html").decode()


def test_words_that_were_withdrawn_from_the_text_are_in_no_file(study, tmp_path):
    text = study.studies.open(STUDY).texts[study.first].text
    begin = text.index("It made")
    study.redact(study.first, begin, begin + 17)
    for which, ending in FORMS:
        data = exported(study, which, tmp_path / f"a-{which}{ending}")
        if which == "project":
            project = read_qdpx(data)
            assert [one.quoted for one in project.codings] == []
            assert "It made me angry." not in next(one.text for one in project.sources if "Session 1" in one.name)
        elif ending in {".html", ".csv", ".qdc"}:
            assert "It made me angry." not in data.decode()


def test_what_came_in_a_parcel_is_reported_where_it_came_from(study, tmp_path):
    coder = Coder(tmp_path / "two")
    coder.take(study.parcel_for(coder))
    refused = code_of(lambda: pass_texts(coder.studies, STUDY, Door.ANALYSIS_PROJECT, Purpose.ANALYSIS))
    coder.close()

    assert refused is TroubleCode.STUDY_IS_GUEST


def test_a_study_without_texts_has_nothing_to_report(study):
    opened = study.studies.open(STUDY).study
    study.studies.save_study(replace(opened, texts=()))

    assert (
        code_of(lambda: pass_texts(study.studies, STUDY, Door.ANALYSIS_REPORT, Purpose.ANALYSIS))
        is TroubleCode.STUDY_WITHOUT_TEXTS
    )


def test_the_project_has_nobody_elses_coding_before_ones_own_round_is_closed(tmp_path):
    lab = reported(tmp_path / "data", closed=False)
    coder = Coder(tmp_path / "two")
    coder.take(lab.parcel_for(coder))
    back = coder.coded(work(coding(lab.first, 4, 9, "c1", guid="g9"), names=("Only theirs",)))
    row = lab.files.receive(STUDY, back, "back")
    before = read_qdpx(write_project(lab, tmp_path / "before.qdpx"))
    lab.studies.close_round(STUDY, 1, ME.id)
    lab.files.admit_return(STUDY, row.id, late=Arrival.TAKEN_LATE)
    after = read_qdpx(write_project(lab, tmp_path / "after.qdpx"))
    coder.close()
    lab.close()

    assert "Only theirs" not in str(before)
    assert TWO.label not in {one.name for one in before.coders}
    assert "Only theirs" in {one.name for one in after.codes}
    assert TWO.label in {one.name for one in after.coders}


def test_consensus_is_a_coder_of_its_own_with_the_frameworks_code(study, tmp_path):
    project = read_qdpx(write_project(study, tmp_path / "a.qdpx"))
    consensus = next(one.guid for one in project.coders if one.name == "Consensus")
    agreed = [one for one in project.codings if one.coder == consensus]

    assert [one.quoted for one in agreed] == ["It made me angry."]
    assert {one.name for one in project.codes if one.guid == agreed[0].code} == {"Anger at a colleague (Consensus)"}


def test_what_is_read_has_the_versions_that_rounds_were_coded_with(study):
    framework = read_material_of(study.studies, STUDY).framework

    assert framework.versions
    assert framework == study.studies.framework(STUDY)


def test_a_theme_is_a_set_of_its_codes(study, tmp_path):
    project = read_qdpx(write_project(study, tmp_path / "a.qdpx"))
    (theme,) = [one for one in project.sets if one.codes]

    assert (theme.name, theme.description, len(theme.codes)) == (
        "Theme: Being with a colleague",
        "It is as a colleague has it.",
        1,
    )


def agreed_by_two(data, approach):
    """Return a study whose two coders closed a round with codes that are the same."""
    lab = reported(data, approach=approach, closed=False)
    coder = Coder(data / "two")
    coder.take(lab.parcel_for(coder))
    back = coder.coded(work(coding(lab.first, 4, 21, "c1", guid="g9"), names=("Rage",)))
    row = lab.files.receive(STUDY, back, "back")
    lab.studies.close_round(STUDY, 1, ME.id)
    lab.files.admit_return(STUDY, row.id, late=Arrival.TAKEN_LATE)
    coder.close()
    framework = lab.studies.framework(STUDY)
    same = replace(framework.same[0], author=TWO.id, code="c1")
    lab.studies.save_framework(STUDY, framework.book, (*framework.same, same))
    return lab


@pytest.mark.parametrize(
    ("approach", "ticked", "shown"),
    [
        (Approach.RELIABILITY, True, True),
        (Approach.RELIABILITY, False, False),
        (Approach.CODEBOOK, True, False),
    ],
)
def test_figures_are_in_a_report_only_where_they_are_ticked_and_the_approach_asks(tmp_path, approach, ticked, shown):
    lab = agreed_by_two(tmp_path / "data", approach)
    html = write(lab, AnalysisFile.REPORT, tmp_path / "a.html", with_figures=ticked).decode()
    lab.close()

    assert ("Jaccard, turns" in html) is shown
    assert ("Krippendorff" in html) is shown


def test_figures_are_of_codes_that_are_the_same(tmp_path):
    lab = agreed_by_two(tmp_path / "data", Approach.RELIABILITY)
    figures = read_account(lab.studies, STUDY, software="", with_figures=True).figures
    lab.close()

    assert (figures.round, figures.coders, figures.turns) == (1, 2, 4)
    (anger,) = figures.codes
    assert (anger.code, anger.turn.jaccard, anger.character.jaccard) == ("Anger at a colleague", 1.0, 1.0)


def test_the_account_knows_when_others_were_opened_and_the_words_of_the_chain(tmp_path):
    lab = agreed_by_two(tmp_path / "data", Approach.CODEBOOK)
    account = read_account(lab.studies, STUDY, software="")
    lab.close()

    assert [(one.round, one.author) for one in account.openings] == [(1, ME.id)]
    assert len(account.chain_words) == 8


def test_an_open_round_is_counted_with_ones_own_coding_alone(tmp_path):
    lab = reported(tmp_path / "data", closed=False)
    account = read_account(lab.studies, STUDY, software="")
    lab.close()

    assert list(account.works) == [(1, ME.id)]
