"""A coder's project, opened after one's own round: taken, moved, late or refused; nothing is lost."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest
from study_vaults import ME, OUTSIDE, STUDY, TWO, approved_text, begun, code_of, coding, lab, opened_round, refuse, work

from balint_desktop.domain.analysis.codebook import Codebook
from balint_desktop.domain.analysis.history import CoderWork
from balint_desktop.domain.analysis.project import ProjectCoder, ProjectCoding
from balint_desktop.domain.analysis.project_work import NamesInFile, UnplacedPassage
from balint_desktop.domain.analysis.refi_read import read_qdpx
from balint_desktop.domain.analysis.refi_write import project_to_qdpx
from balint_desktop.domain.analysis.study import ConsensusMeeting, MatterDecision, MatterOutcome
from balint_desktop.domain.analysis.study_project import CodedRound, StudyFileNames, study_project
from balint_desktop.domain.trouble import TroubleCode
from balint_desktop.vault.coding_admission import Arrival, WorkDifference
from balint_desktop.vault.log.audit import AuditAct
from balint_desktop.vault.log.studies import CodingFileKind
from balint_desktop.vault.program_files import ProgramFiles

__all__ = ["begun", "lab"]

GUID = "0c000000-0000-4000-8000-00000000000"
NAMES = StudyFileNames("Another program 1", "Round {number}", "Memo")


def theirs(lab, *spans, name="Rage"):
    book = Codebook().with_code(f"{GUID}1", name)
    codings = (
        coding(lab.first, *span, f"{GUID}1", guid=f"{GUID}{number}", memo="why?")
        for number, span in enumerate(spans, start=2)
    )
    return CoderWork(book, work(*codings).codings)


def project(lab, *spans, authors=(OUTSIDE,), name="Rage", changed=None):
    """Return what a coder's program wrote, as a file."""
    contents = lab.studies.open(STUDY)
    coded = [CodedRound(one, 1, theirs(lab, *spans, name=name)) for one in authors]
    made = study_project(contents.study, contents.texts, coded, wall=9.0, names=NAMES)
    return project_to_qdpx(changed(made) if changed else made)


def edited(data, *changes):
    """Return a project file with some of its XML changed."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(packed, "w") as after:
        for name in before.namelist():
            member = before.read(name).decode()
            for old, new in changes if name == "project.qde" else ():
                assert old in member
                member = member.replace(old, new)
            after.writestr(name, member)
    return packed.getvalue()


def came(lab, data, kind=CodingFileKind.PROJECT, author=OUTSIDE, number=1):
    return lab.files.receive_file(STUDY, data, kind, author.id, number).id


def opened(lab, file, **options):
    return ProgramFiles(lab.studies, lab.files).open(STUDY, file, **options)


@pytest.fixture
def closed(begun):
    begun.studies.close_round(STUDY, 1, ME.id)
    return begun


def test_before_ones_own_round_is_closed_nothing_of_it_is_read(begun):
    file = came(begun, project(begun, (4, 10)))

    assert code_of(lambda: opened(begun, file)) is TroubleCode.ROUND_STILL_OPEN
    assert AuditAct.CODING_OPENED not in begun.acts()


def test_a_project_becomes_its_coders_round(closed):
    found = opened(closed, came(closed, project(closed, (4, 10), (20, 30))))
    taken = closed.studies.work(STUDY, 1, OUTSIDE.id)

    assert (found.taken.arrival, found.taken.author, found.read.not_placed) == (Arrival.TAKEN, OUTSIDE.id, ())
    assert [(one.text, one.begin, one.end, one.memo) for one in taken.codings.all] == [
        (closed.first, 4, 10, "why?"),
        (closed.first, 20, 30, "why?"),
    ]
    assert [code.name for code in taken.book.codes] == ["Rage"]
    assert closed.studies.open(STUDY).rounds[0].has_closed(OUTSIDE.id)
    assert AuditAct.CODING_TAKEN_IN in closed.acts()


def test_of_a_file_of_several_people_it_is_asked_who_and_only_theirs_is_read(closed):
    def two(made):
        other = ProjectCoder(f"{GUID}9", "Somebody else")
        more = replace(made.codings[0], guid=f"{GUID}8", coder=other.guid, begin=20, end=30, quoted="")
        named = tuple(replace(one, name="HP") for one in made.coders)
        return replace(made, coders=(*named, other), codings=(*made.codings, more))

    file = came(closed, project(closed, (4, 10), changed=two))
    asked = opened(closed, file)

    assert isinstance(asked, NamesInFile)
    assert [name for _, name in asked.names] == ["HP", "Somebody else"]
    assert not closed.studies.work(STUDY, 1, OUTSIDE.id).codings.all
    opened(closed, file, name_in_file=asked.names[1][0])
    assert [one.begin for one in closed.studies.work(STUDY, 1, OUTSIDE.id).codings.all] == [20]


def test_the_one_called_as_the_coder_is_needs_no_question(closed):
    file = came(closed, project(closed, (4, 10), authors=(TWO, OUTSIDE)), author=TWO)

    assert opened(closed, file).taken.author == TWO.id


def test_what_was_not_placed_is_listed_and_what_was_moved_is_counted(closed):
    text = approved_text().text
    data = edited(
        project(closed, (4, 20), (25, 34)),
        ('startPosition="4" endPosition="20"', 'startPosition="9" endPosition="25"'),
        (f'name="{text[25:34]}"', 'name="what nobody said in it"'),
    )
    found = opened(closed, came(closed, data))

    assert found.read.moved == 1
    assert found.read.not_placed == (UnplacedPassage("Session 1", "Rage", "what nobody said in it"),)


def test_a_project_of_another_text_is_refused_in_a_sentence_and_kept(closed):
    def other(made):
        sources = tuple(replace(one, text=f"{one.text} More.") for one in made.sources)
        return replace(made, sources=sources)

    file = came(closed, project(closed, (4, 10), changed=other))

    assert code_of(lambda: opened(closed, file)) is TroubleCode.CODING_FILE_UNKNOWN_TEXT
    assert [one.id for one in closed.files.received(STUDY)] == [file]


def test_a_file_that_is_damaged_is_refused_in_a_sentence_and_kept(closed):
    file = came(closed, b"PK\x03\x04 cut short")

    assert code_of(lambda: opened(closed, file)) is TroubleCode.CODING_FILE_DAMAGED
    assert [one.id for one in closed.files.received(STUDY)] == [file]


def test_a_file_that_is_gone_is_said_to_be(closed):
    assert code_of(lambda: opened(closed, "none")) is TroubleCode.CODING_FILE_MISSING


def test_a_file_of_somebody_who_is_not_in_the_study_any_more_is_kept_and_not_opened(closed):
    file = came(closed, project(closed, (4, 10)))
    study = closed.studies.open(STUDY).study
    closed.studies.save_study(replace(study, authors=(ME, TWO)))

    assert code_of(lambda: opened(closed, file)) is TroubleCode.ROUND_UNKNOWN
    assert [(one.id, one.opened_wall) for one in closed.files.received(STUDY)] == [(file, None)]
    assert AuditAct.CODING_OPENED not in closed.acts()


def test_a_file_is_not_opened_while_the_texts_may_not_be_analysed(closed):
    file = came(closed, project(closed, (4, 10)))
    refuse(closed)

    assert code_of(lambda: opened(closed, file)) is TroubleCode.STUDY_TEXT_CLOSED
    assert [(one.id, one.opened_wall) for one in closed.files.received(STUDY)] == [(file, None)]


@pytest.mark.parametrize("kind", [CodingFileKind.PAPER, CodingFileKind.WORD])
def test_what_came_in_word_or_on_paper_has_forms_of_its_own(closed, kind):
    assert code_of(lambda: opened(closed, came(closed, b"", kind))) is TroubleCode.CODING_FILE_MISSING


def test_what_was_coded_on_an_earlier_version_is_moved(closed):
    data = project(closed, (4, 10), (20, 30))
    closed.redact(closed.first, 4, 16)
    found = opened(closed, came(closed, data))
    text = closed.studies.open(STUDY).texts[closed.first].text
    (left,) = closed.studies.work(STUDY, 1, OUTSIDE.id).codings.all

    assert found.read.withdrawn.withdrawn == 1
    assert text[left.begin : left.end] == approved_text().text[20:30]


def test_of_two_projects_the_later_counts_and_what_differs_is_counted(closed):
    first = came(closed, project(closed, (4, 10)))
    closed.clock.advance(60)
    second = came(closed, project(closed, (4, 12), (20, 30)))
    opened(closed, first)
    found = opened(closed, second)

    assert found.taken.difference == WorkDifference(added=1, removed=0, changed=1)
    assert opened(closed, first).taken.arrival is Arrival.EARLIER


@pytest.mark.parametrize(
    ("late", "arrival", "count"),
    [(Arrival.LATE, Arrival.LATE, 0), (Arrival.TAKEN_LATE, Arrival.TAKEN_LATE, 1), (Arrival.KEPT, Arrival.KEPT, 0)],
)
def test_a_project_that_came_after_comparison_waits_for_what_a_person_says(closed, late, arrival, count):
    decision = MatterDecision("e1", 1, "d1", 51.0, MatterOutcome.KEEP, "", (ME.id,), code="c1")
    closed.studies.add_decisions(STUDY, ConsensusMeeting("d1", 50.0, (ME.id,)), [decision])
    found = opened(closed, came(closed, project(closed, (4, 10))), late=late)

    assert found.taken.arrival is arrival
    assert len(closed.studies.work(STUDY, 1, OUTSIDE.id).codings.all) == count


def test_codes_of_the_framework_stay_the_frameworks(closed):
    closed.studies.save_framework(STUDY, Codebook().with_code("f1", "Anger"))
    closed.studies.fix_framework(STUDY)
    closed.studies.open_round(STUDY, opened_round(2, framework=1))
    closed.studies.close_round(STUDY, 2, ME.id)
    contents = closed.studies.open(STUDY)
    book = Codebook().with_code("f1", "Anger")
    coded = CodedRound(OUTSIDE, 2, CoderWork(book, work(coding(closed.first, 4, 10, "f1")).codings))
    data = project_to_qdpx(study_project(contents.study, contents.texts, (coded,), wall=9.0, names=NAMES))
    opened(closed, came(closed, data, number=2))

    assert closed.studies.work(STUDY, 2, OUTSIDE.id).book == book


def test_a_project_is_read_as_it_was_written(closed):
    found = read_qdpx(project(closed, (4, 10)))

    assert [one.quoted for one in found.codings if isinstance(one, ProjectCoding)] == ["It mad"]
