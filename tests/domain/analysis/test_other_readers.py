"""Projects as other programs read ours, and ours as we read theirs: each coding arrives, with its very words."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter

import pytest
from foreign_projects import CODED, FILES
from qualcoder_reader import read_as_qualcoder
from refi_projects import WHEN, guid, many_codings, project
from study_vaults import LINES, ME, OUTSIDE, TWO, approved_text, coding, memo, work

from balint_desktop.domain.analysis.placing import placed_codings
from balint_desktop.domain.analysis.project import ProjectCode, ProjectSource
from balint_desktop.domain.analysis.refi_read import read_qdpx
from balint_desktop.domain.analysis.refi_write import project_to_qdpx
from balint_desktop.domain.analysis.study import AnalysisStudy, StudyText
from balint_desktop.domain.analysis.study_project import CodedRound, StudyFileNames, study_project
from balint_desktop.domain.values import RecordingId, SessionKind

FIRST, SECOND = RecordingId("one"), RecordingId("two")
# A letter of several code points and one beyond the first plane: positions are code points.
ODD = (("R2", "Whānau 𝄞 e\u0301 then angry.\nA second line."), ("", "[silence, 4 s]"), *LINES)
TEXTS = {FIRST: approved_text(), SECOND: approved_text(ODD)}
STUDY = AnalysisStudy(
    "s",
    "A study & more",
    texts=tuple(
        StudyText(one, f"Session {at}", at, SessionKind.CASE, 1, text.sha256)
        for at, (one, text) in enumerate(TEXTS.items(), start=1)
    ),
    authors=(ME, TWO, OUTSIDE),
)
NAMES = StudyFileNames("Balint Desktop 1", "Round {number}", "Memo")


def exported(*rounds, memos=(), study=STUDY):
    return project_to_qdpx(study_project(study, TEXTS, rounds, memos, wall=0.0, names=NAMES))


def coded(author, number=1, names=("Anger", "Safety")):
    """Return work of an author: overlapping codings of both texts, and a code of every name that others have, too."""
    end = len(TEXTS[SECOND].text)
    made = work(
        coding(FIRST, 4, 20, "c1", guid=f"{author.id}{number}1", memo="why:\nthe “then” <&>"),
        coding(FIRST, 10, 30, "c2", guid=f"{author.id}{number}2"),
        coding(SECOND, 4, 30, "c1", guid=f"{author.id}{number}3"),
        coding(SECOND, end - 4, end, "c1", guid=f"{author.id}{number}4"),
        names=names,
    )
    return CodedRound(author, number, own_guids(made, author.id))


def own_guids(made, author):
    """Return work whose codes have guids of their author, as new ones have."""
    from dataclasses import replace  # noqa: PLC0415

    codes = tuple(replace(code, guid=f"{author}{code.guid}") for code in made.book.codes)
    codings = tuple(replace(one, code=f"{author}{one.code}") for one in made.codings.all)
    return replace(made, book=replace(made.book, codes=codes), codings=replace(made.codings, all=codings))


def expected(*rounds):
    """Return the coder, the text and the words of each coding, and how often."""
    found = Counter()
    for one in rounds:
        for each in one.work.codings.all:
            text = TEXTS[RecordingId(each.text)].text[each.begin : each.end]
            found[one.author.label, "Session 1" if each.text == FIRST else "Session 2", text, each.memo] += 1
    return found


@pytest.mark.parametrize(
    "names", [("Anger", "Safety"), ("R2", "R4"), ("Anger (Lead)", "Anger"), ("Anger", "ANGER*")], ids=" ".join
)
def test_a_reader_like_qualcoder_gets_every_coding_of_every_coder(names):
    rounds = [coded(one, names=names) for one in (ME, TWO, OUTSIDE)]
    found = read_as_qualcoder(exported(*rounds, memos=(memo(), memo(TWO.id, memo_id="m2", text=FIRST))))

    assert Counter((coder, text, words, said) for _, coder, text, words, said in found.codings) == expected(*rounds)
    assert len({code for code, *_ in found.codings}) == 6
    assert found.journals == [memo().words, memo().words]


def test_a_reader_like_qualcoder_has_the_turns_of_each_speaker_as_text_of_a_case():
    found = read_as_qualcoder(exported(coded(ME)))

    said = Counter(
        (turn.speaker, text.text[turn.begin : turn.end])
        for text in TEXTS.values()
        for turn in text.turns
        if turn.speaker
    )
    assert Counter(found.case_texts) == said


def test_a_study_that_nobody_has_coded_yet_can_be_read():
    assert read_as_qualcoder(exported()).codings == []


def test_as_many_as_a_study_has_arrive():
    written = many_codings(4_800)
    found = read_as_qualcoder(project_to_qdpx(written))

    distinct = {(one.source, one.begin, one.end, one.code, one.coder) for one in written.codings}
    assert len(found.codings) == len(distinct)


def test_the_reader_is_as_unforgiving_as_what_it_stands_for():
    """What ours writes is not right by luck: without each of its habits this reader loses something or ends."""
    whole = project_to_qdpx(project())

    with pytest.raises(AttributeError):
        read_as_qualcoder(rewritten(whole, rb' creationDateTime="[^"]*"(?=>)', b""))
    same_names = rewritten(whole, b'name="At the team"', b'name="Anger &amp; more"')
    assert len(read_as_qualcoder(same_names).codings) == len(read_as_qualcoder(whole).codings) - 1


def rewritten(data, pattern, by):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            member = before.read(name)
            after.writestr(name, re.sub(pattern, by, member) if name == "project.qde" else member)
    return out.getvalue()


def test_a_theme_is_a_heading_there_and_takes_no_coding_along():
    codes = (ProjectCode(guid(10), "Theme", is_codable=False), ProjectCode(guid(11), "Anger", parent=guid(10)))
    codings = tuple(one for one in project().codings if one.code == guid(11))
    found = read_as_qualcoder(project_to_qdpx(project(codes=codes, codings=codings)))

    assert (found.themes, len(found.codings)) == (["Theme"], 1)


def test_every_element_names_a_user_and_each_that_needs_it_a_moment():
    with zipfile.ZipFile(io.BytesIO(exported(coded(ME), coded(TWO), memos=(memo(),)))) as file:
        xml = file.read("project.qde").decode()
    for tag in ("TextSource", "PlainTextSelection", "Coding", "Note"):
        found = re.findall(f"<{tag} [^>]*>", xml)
        assert found
        assert all(re.search('creatingUser="[0-9a-f-]{36}"', one) for one in found)
        assert all(re.search('creationDateTime="[0-9T:Z-]{20}"', one) for one in found)


@pytest.mark.parametrize("program", FILES)
def test_a_file_of_each_program_is_read_with_its_coders_codes_memos_and_words(program):
    found = read_qdpx(FILES[program])
    coders = {one.guid: one.name for one in found.coders}
    codes = {one.guid: one.name for one in found.codes}
    text = found.sources[0].text

    read = [(text[one.begin : one.end], codes[one.code], coders[one.coder]) for one in found.codings]
    assert tuple(read) == CODED
    assert [one.memo for one in found.codings] == ["memo 0", "memo 1"]
    assert placed_codings(text, found.codings).placed == found.codings


@pytest.mark.parametrize("program", FILES)
def test_what_another_program_wrote_can_be_written_on_and_read_by_a_third(program):
    again = read_as_qualcoder(project_to_qdpx(read_qdpx(FILES[program])))

    assert Counter((words, code, coder) for code, coder, _, words, _ in again.codings) == Counter(CODED)


def test_a_text_that_begins_with_a_byte_order_mark_loses_it_and_nothing_moves():
    source = ProjectSource(guid(21), "Session 1", "one two three", guid(1), WHEN)
    data = project_to_qdpx(project(sources=(source,), codings=(), cases=(), notes=()))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            mark = b"" if name == "project.qde" else b"\xef\xbb\xbf"
            after.writestr(name, mark + before.read(name))

    assert read_qdpx(out.getvalue()).sources[0].text == "one two three"
