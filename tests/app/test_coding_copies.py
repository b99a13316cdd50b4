"""Word copies and paper over a real vault: found, checked, taken in, and never before one's own round is closed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from study_vaults import ME, OUTSIDE, STUDY, TWO, Lab, approved_text, code_of, memo, opened_round, refuse
from word_copies import Copy, Note, word_file

from balint_desktop.app.coding_copies import CodingCopies
from balint_desktop.domain.analysis.line_numbers import line_numbered
from balint_desktop.domain.analysis.paper_coding import PaperCoding, TypedCoding
from balint_desktop.domain.analysis.study import Author, AuthorRole, StudyTheme, ThemeState, ThemeWork, Workplace
from balint_desktop.domain.trouble import TroubleCode
from balint_desktop.ui.analysis.copy_deps import CopyMeaning
from balint_desktop.vault.coding_admission import Arrival
from balint_desktop.vault.log.studies import CodingFileKind

SUPERVISOR = Author("0a000000-0000-4000-8000-000000000004", "Supervisor", AuthorRole.SUPERVISOR, Workplace.WORD)
SECOND = approved_text((("R1", "Nobody came in all night."), ("R3", "And you held the cup for her.")))
YELLOW = '<w:highlight w:val="yellow"/>'
NOTES = (
    Note("made me angry", "Anger", by="Word user"),
    Note("made me angry", "At whom?", by="Supervisor", answers=0),
    Note("out of depth", "Memo: nobody is there", by="Word user"),
)


@pytest.fixture
def lab(tmp_path):
    made = Lab(tmp_path / "data")
    made.approve(made.recordings[1], SECOND)
    made.create(ME, TWO, OUTSIDE, SUPERVISOR)
    made.studies.open_round(STUDY, opened_round())
    yield made
    made.close()


@pytest.fixture
def copies(lab):
    return CodingCopies(lab.studies, lab.files)


def came(lab, *notes, text=None, colours=(), author=OUTSIDE, round_number=1):
    """Receive a Word file, and close one's own round."""
    data = word_file(Copy(text or approved_text().text, tuple(notes), tuple(colours)))
    file = lab.files.receive_file(STUDY, data, CodingFileKind.WORD, author.id, round_number).id
    if not lab.studies.open(STUDY).rounds[0].has_closed(ME.id):
        lab.studies.close_round(STUDY, 1, ME.id)
    return file


def meaning(**legend):
    colours = {f"#{colour}": code for colour, code in legend.items()}
    return CopyMeaning({"Word user": OUTSIDE.id, "Supervisor": SUPERVISOR.id}, colours)


def gained(taken):
    assert taken.arrival is Arrival.TAKEN
    return (taken.codings, taken.memos)


def coded(lab, author=OUTSIDE):
    work, texts = lab.studies.work(STUDY, 1, author.id), lab.studies.open(STUDY).texts
    return [(work.book.code(one.code).name, texts[one.text].text[one.begin : one.end]) for one in work.codings.all]


def test_before_ones_own_round_is_closed_nothing_of_a_copy_is_read(lab, copies):
    data = word_file(Copy(approved_text().text, NOTES))
    file = lab.files.receive_file(STUDY, data, CodingFileKind.WORD, OUTSIDE.id, 1).id

    assert code_of(lambda: copies.read_copy(STUDY, file)) is TroubleCode.ROUND_STILL_OPEN
    assert code_of(lambda: copies.require_others_open(STUDY, 1)) is TroubleCode.ROUND_STILL_OPEN


def test_nothing_that_came_is_opened_while_the_texts_may_not_be_analysed(lab, copies):
    word = came(lab, *NOTES)
    typed = lab.files.receive_file(STUDY, b"{}", CodingFileKind.PAPER, OUTSIDE.id, 1).id
    refuse(lab)

    assert code_of(lambda: copies.read_copy(STUDY, word)) is TroubleCode.STUDY_TEXT_CLOSED
    assert code_of(lambda: copies.admit_paper(STUDY, typed)) is TroubleCode.STUDY_TEXT_CLOSED
    assert [one.opened_wall for one in lab.files.received(STUDY)] == [None, None]


def test_a_copy_is_found_among_the_texts_and_taken_in_by_who_is_who(lab, copies):
    found = copies.read_copy(STUDY, came(lab, *NOTES, colours=(("registrar", YELLOW),)))
    taken = copies.admit_copy(STUDY, found, meaning(ffff00="Ward"))

    assert (found.sender, found.round, found.recording) == (OUTSIDE.id, 1, lab.first)
    assert found.names == (("Word user", 2), ("Supervisor", 1))
    assert gained(taken) == (2, 2)
    assert coded(lab) == [("Anger", "made me angry"), ("Ward", "registrar.")]
    assert {(one.author, one.words) for one in lab.studies.open(STUDY).memos} == {
        (SUPERVISOR.id, "At whom?"),
        (OUTSIDE.id, "nobody is there"),
    }


def test_the_copy_of_a_second_text_adds_to_the_first_and_what_was_said_is_remembered(lab, copies):
    first = copies.read_copy(STUDY, came(lab, *NOTES))
    copies.admit_copy(STUDY, first, meaning(ffff00="Ward"))
    second = copies.read_copy(STUDY, came(lab, Note("held the cup", "anger", by="Word user"), text=SECOND.text))
    taken = copies.admit_copy(STUDY, second, meaning())

    assert (second.recording, [one.name for one in second.work.book.codes]) == (lab.recordings[1], ["Anger"])
    assert (second.writers, second.legend) == (meaning().writers, {"#ffff00": "Ward"})
    assert gained(taken) == (1, 0)
    assert coded(lab) == [("Anger", "made me angry"), ("Anger", "held the cup")]


def test_a_copy_that_is_taken_in_twice_adds_nothing(lab, copies):
    file = came(lab, *NOTES)
    copies.admit_copy(STUDY, copies.read_copy(STUDY, file), meaning())
    again = copies.read_copy(STUDY, file)

    assert again.is_taken
    assert gained(copies.admit_copy(STUDY, again, meaning())) == (0, 0)


def test_what_cannot_be_placed_is_a_memo_on_the_whole_text_unless_it_is_left_out(lab, copies):
    text = approved_text().text.replace("made me angry", "made us cross")
    found = copies.read_copy(STUDY, came(lab, Note("us cross", "Anger", by="Word user"), text=text))
    left_out = copies.admit_copy(STUDY, found, replace(meaning(), keeps_unplaced=False))

    assert gained(left_out) == (0, 0)
    assert gained(copies.admit_copy(STUDY, found, meaning())) == (0, 1)
    (kept,) = lab.studies.open(STUDY).memos
    assert (kept.words, kept.text, kept.begin) == ("“us cross”\nAnger", lab.first, None)


def test_all_comments_of_a_supervisors_copy_are_memos_and_nothing_is_coded(lab, copies):
    notes = (Note("made me angry", "Anger", by="Supervisor"),)
    found = copies.read_copy(STUDY, came(lab, *notes, author=SUPERVISOR, colours=(("depth", YELLOW),)))
    taken = copies.admit_copy(STUDY, found, meaning(ffff00="Depth"))

    assert (found.round, gained(taken)) == (None, (0, 1))
    (kept,) = lab.studies.open(STUDY).memos
    assert (kept.author, kept.words, kept.begin) == (SUPERVISOR.id, "Anger", 7)
    assert lab.studies.work(STUDY, 1, SUPERVISOR.id).codings.all == ()


REPORT = (
    "What is it like?\n\nMethods\n\nThemes\n\nBeing small (not yet named)\n\nIt is about rank.\n\nCodebook\n\nAnger"
)


def test_comments_on_the_report_are_memos_on_the_theme_they_stand_under(lab, copies):
    lab.studies.save_themes(STUDY, ThemeWork((StudyTheme("t1", "Being small", state=ThemeState.NAMED),)))
    notes = (
        Note("about rank", "Whose rank?", by="Supervisor"),
        Note("Codebook", "Too long", by="Supervisor"),
        Note("Methods", "Say who", by="A stranger"),
    )
    found = copies.read_copy(STUDY, came(lab, *notes, text=REPORT, author=SUPERVISOR))
    taken = copies.admit_copy(STUDY, found, meaning())

    assert (found.recording, found.names) == (None, (("Supervisor", 2), ("A stranger", 1)))
    assert gained(taken) == (0, 2)
    assert {(one.author, one.theme, one.words) for one in lab.studies.open(STUDY).memos} == {
        (SUPERVISOR.id, "t1", "“about rank”\nWhose rank?"),
        (SUPERVISOR.id, None, "“Codebook”\nToo long"),
    }
    assert gained(copies.admit_copy(STUDY, found, meaning())) == (0, 0)


def test_what_comes_once_comparison_has_begun_is_taken_in_when_a_person_says_so(lab, copies):
    found = copies.read_copy(STUDY, came(lab, *NOTES))
    lab.studies.open_round(STUDY, opened_round(2))
    late = copies.admit_copy(STUDY, found, meaning())
    typed = copies.admit_typed(STUDY, TWO.id, 1, paper(lab, TypedCoding("Anger", "1")))

    assert [(one.arrival, one.codings) for one in (late, typed)] == [(Arrival.LATE, 0)] * 2
    assert lab.studies.open(STUDY).memos == ()
    assert copies.admit_copy(STUDY, found, meaning(), Arrival.TAKEN_LATE).codings == 1
    assert copies.admit_paper(STUDY, typed.file, Arrival.TAKEN_LATE).codings == 1
    assert copies.admit_paper(STUDY, typed.file, Arrival.KEPT).arrival is Arrival.KEPT


def test_a_document_of_something_else_is_refused(lab, copies):
    file = came(lab, text="Dear all, here are the minutes.")

    assert code_of(lambda: copies.read_copy(STUDY, file)) is TroubleCode.WORD_COPY_OTHER_TEXT


# --- paper ---


def paper(lab, *typed, version=1):
    return PaperCoding(lab.first, version, tuple(typed))


def test_what_was_typed_from_paper_is_sealed_and_taken_in_by_the_lines_of_the_print(lab, copies):
    lab.studies.close_round(STUDY, 1, ME.id)
    typed = paper(lab, TypedCoding("Anger; Rank", "1", "whose?"), TypedCoding("Depth", "2"))
    taken = copies.admit_typed(STUDY, TWO.id, 1, typed)
    # Who speaks is no word of a passage.
    first, second, *_ = (one.words.partition(": ")[2] or one.words for one in line_numbered(approved_text().text))
    (row,) = lab.files.received(STUDY)

    assert gained(taken) == (3, 0)
    assert coded(lab, TWO) == [("Anger", first), ("Rank", first), ("Depth", second)]
    assert (row.kind, row.author) == (CodingFileKind.PAPER, TWO.id)
    assert gained(copies.admit_paper(STUDY, row.id)) == (0, 0)


def test_a_second_text_typed_from_paper_adds_to_the_first(lab, copies):
    lab.studies.close_round(STUDY, 1, ME.id)
    copies.admit_typed(STUDY, TWO.id, 1, paper(lab, TypedCoding("Anger", "1")))
    second = replace(paper(lab, TypedCoding("anger", "1")), text=lab.recordings[1])
    copies.admit_typed(STUDY, TWO.id, 1, second)

    assert [name for name, _ in coded(lab, TWO)] == ["Anger", "Anger"]


def test_lines_of_another_version_of_a_text_are_not_taken_for_those_of_this_one(lab, copies):
    lab.studies.close_round(STUDY, 1, ME.id)
    lab.redact(lab.first, 4, 10)
    code = code_of(lambda: copies.admit_typed(STUDY, TWO.id, 1, paper(lab, TypedCoding("Anger", "1"))))

    assert code is TroubleCode.STUDY_TEXT_CHANGED
    assert lab.files.received(STUDY) == ()


def test_nothing_is_typed_in_for_another_coder_before_ones_own_round_is_closed(lab, copies):
    code = code_of(lambda: copies.admit_typed(STUDY, TWO.id, 1, paper(lab, TypedCoding("Anger", "1"))))

    assert code is TroubleCode.ROUND_STILL_OPEN
    assert lab.files.received(STUDY) == ()


def test_ones_own_memos_are_superseded_by_oneself_alone(lab):
    lab.studies.close_round(STUDY, 1, ME.id)
    file = came(lab, author=SUPERVISOR)
    lab.files.admit_memos(STUDY, file, SUPERVISOR.id, (memo(SUPERVISOR.id, "theirs", "m1"),))
    mine = replace(memo(ME.id, "instead", "m2"), supersedes="m1")

    assert code_of(lambda: lab.studies.add_memo(STUDY, mine)) is TroubleCode.CODING_NOT_YOURS
