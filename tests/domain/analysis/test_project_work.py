"""One coder's work out of another program's project: their codes, codings on the approved texts, and memos."""

from __future__ import annotations

from dataclasses import replace

import pytest
from refi_projects import TEXT, WHEN, guid, project

from balint_desktop.domain.analysis.codebook import Codebook
from balint_desktop.domain.analysis.moving import MoveCount
from balint_desktop.domain.analysis.project import ProjectCode, ProjectCoder, ProjectCoding, ProjectNote, ProjectSource
from balint_desktop.domain.analysis.project_work import (
    ProjectStamp,
    UnknownTextError,
    UnplacedPassage,
    project_coders,
    project_work,
)
from balint_desktop.domain.analysis.study import StudyText
from balint_desktop.domain.analysis.study_project import project_guid
from balint_desktop.domain.deidentify.approved import ApprovedText, ApprovedTurn, Redaction, redacted
from balint_desktop.domain.values import RecordingId, SessionKind

ONE, TWO = RecordingId("recording-1"), RecordingId("recording-2")
APPROVED = ApprovedText(1, TEXT, (ApprovedTurn(0, 33, "R3", 0, 900), ApprovedTurn(35, 54, "R1", 1000, 1900)))
FIRST, CODE = guid(1), guid(11)
WALL = 1_795_939_200.0
STAMP = ProjectStamp("author-2", 9.0)


def about(recording=ONE, number=1, text=APPROVED):
    return StudyText(recording, f"Session {number}", number, SessionKind.CASE, text.version, text.sha256)


def read(of, coder=FIRST, texts=None, **changed):
    return project_work(of, coder, texts or ((about(), APPROVED),), replace(STAMP, **changed))


def coding(number, begin, end, code=CODE, **changed):
    return ProjectCoding(guid(number), guid(21), begin, end, code, guid(1), WHEN, TEXT[begin:end], **changed)


def spans(found):
    return [(one.text, one.begin, one.end) for one in found.work.codings.all]


def test_who_coded_is_who_may_be_chosen():
    used = project(coders=(*project().coders, ProjectCoder(guid(3), "Nobody")))

    assert [one.name for one in project_coders(used)] == ["Coder 1", "Coder 2"]
    assert [one.name for one in project_coders(project(codings=()))] == ["Coder 1", "Coder 2"]
    assert project_coders(project(codings=(), coders=())) == (ProjectCoder("", ""),)


def test_only_the_chosen_coders_codings_codes_and_notes_are_read():
    found = read(project())

    assert spans(found) == [(ONE, 4, 20)]
    assert [code.name for code in found.work.book.codes] == ["Anger & more"]
    assert found.memos == ()


def test_a_code_has_its_description_its_colour_and_what_is_over_it():
    found = read(project(), guid(2))
    first, second = found.work.book.codes

    assert (first.name, first.colour, first.definition) == (
        "Anger & more",
        "#aa3300",
        "When …\nnot when <it> is “said”",
    )
    assert (second.name, second.parent) == ("At the team", first.guid)


def test_a_coding_has_its_moment_and_its_memo_with_the_notes_on_it():
    (one,) = read(project(), guid(1)).work.codings.all
    (two,) = read(project(), guid(2), texts=((about(), APPROVED),)).work.codings.all

    assert (one.wall, one.memo) == (WALL, "why?")
    assert two.memo == ""
    note = ProjectNote(guid(41), "Memo", "two\nlines", guid(2), WHEN, (guid(32),))
    assert read(project(notes=(note,)), guid(2)).work.codings.all[0].memo == "two\nlines"


def test_a_note_on_a_text_is_a_memo_of_it_and_any_other_one_of_the_study():
    notes = (
        ProjectNote(guid(41), "Memo", "of the text", guid(1), WHEN, (guid(21),)),
        ProjectNote(guid(42), "Memo", "of the whole", guid(1), ""),
    )
    first, second = read(project(notes=notes)).memos

    assert (first.words, first.text, first.wall, first.author) == ("of the text", ONE, WALL, "author-2")
    assert (second.words, second.text, second.wall) == ("of the whole", None, 9.0)
    assert read(project(notes=notes)).memos == (first, second)


def test_a_passage_that_is_elsewhere_in_its_turn_is_moved_and_one_that_is_nowhere_is_listed():
    moved = replace(coding(31, 4, 20), begin=8, end=24)
    lost = replace(coding(32, 4, 20), quoted="what nobody said in it")
    found = read(project(codings=(moved, coding(33, 22, 28), lost)))

    assert spans(found) == [(ONE, 4, 20), (ONE, 22, 28)]
    assert found.moved == 1
    assert found.not_placed == (UnplacedPassage("Session 1", "Anger & more", "what nobody said in it"),)


def test_a_text_that_the_study_never_had_is_refused_where_it_is_coded():
    other = replace(APPROVED, text="R3: Something else.")

    with pytest.raises(UnknownTextError):
        read(project(), texts=((about(text=other), other),))
    more = ProjectSource(guid(22), "Own notes", "not coded")
    assert spans(read(project(sources=(*project().sources, more)))) == [(ONE, 4, 20)]


def test_of_two_texts_alike_the_id_decides_then_the_name():
    texts = ((about(), APPROVED), (about(TWO, 2), APPROVED))
    by_name = replace(project().sources[0], name="Session 2")
    by_id = ProjectSource(project_guid("text", TWO), "Session 1", TEXT)
    codings = (replace(project().codings[0], source=by_id.guid),)

    assert spans(read(project(sources=(by_name,)), texts=texts)) == [(TWO, 4, 20)]
    assert spans(read(project(sources=(by_id,), codings=codings), texts=texts)) == [(TWO, 4, 20)]


def test_what_was_coded_on_an_earlier_version_is_moved_and_what_was_withdrawn_is_counted():
    now = redacted(APPROVED, [Redaction(4, 20, "[…]")])
    codings = (coding(31, 4, 20), coding(32, 22, 28), coding(33, 10, 28, guid(12)))
    found = read(
        project(codings=codings), texts=((about(text=now), now),), versions=[(ONE, APPROVED.version, APPROVED.sha256)]
    )

    assert found.withdrawn == MoveCount(1, 1)
    assert [now.text[one.begin : one.end] for one in found.work.codings.all] == ["whānau", ", whānau"]


def test_of_two_texts_once_alike_the_one_that_was_redacted_since_is_still_found():
    now = redacted(APPROVED, [Redaction(4, 20, "[…]")])
    versions = [(recording, APPROVED.version, APPROVED.sha256) for recording in (ONE, TWO)]
    texts = ((about(text=now), now), (about(TWO, 2), APPROVED))
    found = read(project(codings=(coding(31, 22, 28),)), texts=texts, versions=versions)

    assert [one.text for one in found.work.codings.all] == [ONE]


def test_a_text_that_is_not_in_the_study_any_more_takes_its_codings_along():
    other = ApprovedText(1, "R1: Another.", ())
    found = read(project(), texts=((about(TWO, 2, other), other),), versions=[(ONE, APPROVED.version, APPROVED.sha256)])

    assert (spans(found), found.withdrawn) == ([], MoveCount(1, 0))


def test_codes_that_the_coder_was_given_stay_as_they_are():
    known = Codebook().with_code("f1", "Anger").with_code(guid(12), "At the team")
    codes = (ProjectCode(project_guid("code", "f1"), "Anger"), ProjectCode(guid(12), "At the team"))
    codings = (replace(coding(31, 4, 20), code=project_guid("code", "f1")),)
    found = read(project(codes=codes, codings=codings), known=known)

    assert found.work.book == known
    assert [one.code for one in found.work.codings.all] == ["f1"]


def test_two_codes_of_one_name_are_two_and_one_without_a_name_has_a_sign():
    codes = (ProjectCode(guid(11), "Anger"), ProjectCode(guid(12), "anger"), ProjectCode(guid(13), " "))
    found = read(project(codes=codes, coders=(), codings=(coding(31, 4, 20),)))

    assert [code.name for code in found.work.book.codes] == ["Anger", "anger (2)", "–"]


def test_codes_in_a_circle_are_read_and_stand_below_nothing():
    codes = (ProjectCode(guid(11), "A", parent=guid(12)), ProjectCode(guid(12), "B", parent=guid(11)))
    found = read(project(codes=codes, codings=(coding(31, 4, 20),)))

    assert [(code.name, code.parent) for code in found.work.book.codes] == [("A", None), ("B", guid(11))]


def test_codings_of_one_code_that_overlap_are_one_and_each_has_an_id_of_its_own():
    codings = (coding(31, 4, 12), coding(31, 8, 20), coding(31, 22, 28, guid(12)))
    found = read(project(codings=codings))

    assert spans(found) == [(ONE, 4, 20), (ONE, 22, 28)]
    assert len({one.guid for one in found.work.codings.all}) == 2
