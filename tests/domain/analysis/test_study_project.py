"""A study as a project file: who coded what, with each coder's codes apart, and speakers by study number."""

from __future__ import annotations

from balint_desktop.domain.analysis.codebook import Codebook
from balint_desktop.domain.analysis.coding import Coding, Codings
from balint_desktop.domain.analysis.consensus import CONSENSUS
from balint_desktop.domain.analysis.history import CoderWork
from balint_desktop.domain.analysis.refi_read import read_qdpx
from balint_desktop.domain.analysis.refi_write import project_to_qdpx
from balint_desktop.domain.analysis.study import AnalysisStudy, Author, Memo, StudyText
from balint_desktop.domain.analysis.study_project import CodedRound, StudyFileNames, study_project
from balint_desktop.domain.deidentify.approved import ApprovedText, ApprovedTurn
from balint_desktop.domain.values import RecordingId, SessionKind

TEXT = "R3: It made me angry.\n\nR1: I was tired."
RECORDING = RecordingId("one")
APPROVED = ApprovedText(1, TEXT, (ApprovedTurn(0, 21, "R3", 0, 1000), ApprovedTurn(23, 39, "R1", 1000, 2000)))
AUTHORS = (Author("a", "Coder 1"), Author("b", "Coder 2"))
EVALUATION = StudyText(RecordingId("two"), "Session 6", 6, SessionKind.EVALUATION, 1, "sha")
STUDY = AnalysisStudy(
    "s",
    "A study",
    texts=(StudyText(RECORDING, "Session 2", 2, SessionKind.CASE, 1, APPROVED.sha256), EVALUATION),
    authors=AUTHORS,
    without_evaluation=True,
)
NAMES = StudyFileNames("Balint Desktop 1", "Round {number}", "Memo")


def coded(author, code, name, *, begin=4, end=20):
    book = Codebook().with_code(code, name)
    return CodedRound(
        author, 1, CoderWork(book, Codings((Coding(f"{code}1", RECORDING, begin, end, code, 0.0, "why"),)))
    )


def project(*rounds, memos=()):
    texts = {RECORDING: APPROVED, EVALUATION.recording: APPROVED}
    return read_qdpx(project_to_qdpx(study_project(STUDY, texts, rounds, memos, wall=0.0, names=NAMES)))


def test_each_coding_has_its_coder_its_words_and_its_memo():
    found = project(coded(AUTHORS[0], "c", "Anger"))

    (coding,) = found.codings
    assert (coding.quoted, coding.memo, coding.created) == ("It made me angry", "why", "1970-01-01T00:00:00Z")
    assert [one.name for one in found.coders if one.guid == coding.coder] == ["Coder 1"]
    assert [one.name for one in found.codes if one.guid == coding.code] == ["Anger"]


def test_codes_of_one_name_say_whose_they_are():
    found = project(coded(AUTHORS[0], "c", "Anger"), coded(AUTHORS[1], "d", "anger"))

    assert [code.name for code in found.codes] == ["Anger (Coder 1)", "anger (Coder 2)"]


def test_a_code_that_is_called_as_a_speaker_says_whose_it_is():
    found = project(coded(AUTHORS[0], "c", "R3"), coded(AUTHORS[1], "d", "Tired"))

    assert [code.name for code in found.codes] == ["R3 (Coder 1)", "Tired"]


def test_a_study_that_nobody_has_coded_names_an_author_as_who_wrote_it():
    found = project()

    assert ([one.name for one in found.coders], found.sources[0].coder) == (["Coder 1"], found.writer)


def test_speakers_are_cases_by_study_number_and_a_round_is_a_set():
    found = project(coded(AUTHORS[0], "c", "Anger"))

    assert {case.name: len(case.spans) for case in found.cases} == {"R1": 1, "R3": 1}
    assert [(one.name, len(one.sources)) for one in found.sets] == [("Round 1", 1)]


def test_a_session_that_is_left_out_is_not_in_the_file():
    assert [source.name for source in project(coded(AUTHORS[0], "c", "Anger")).sources] == ["Session 2"]


def test_only_memos_that_may_leave_go_with_it():
    memo = Memo("m", "a", 0.0, "what struck me", RECORDING)

    assert [note.text for note in project(coded(AUTHORS[0], "c", "Anger"), memos=(memo,)).notes] == ["what struck me"]


def test_consensus_is_a_coder_of_its_own_beside_the_others():
    agreed = coded(Author(CONSENSUS, "Consensus"), "f", "Anger", begin=4, end=12)

    found = project(coded(AUTHORS[0], "c", "Rage"), agreed)

    (made,) = (one for one in found.coders if one.name == "Consensus")
    assert [(one.begin, one.end) for one in found.codings if one.coder == made.guid] == [(4, 12)]
