"""Coding files: who was sent what, what came, and opening it after one's own round, in words and by acts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from analysis_bench import OTHER, OUTSIDE, ROUND, STUDY, WALL, FakeFiles, coding_file, work_of
from files_bench import CLOSED, FOR_OTHER, OUT, cells, states
from window_fixtures import settle

from balint_desktop.domain.analysis.coding import Coding
from balint_desktop.domain.analysis.moving import MoveCount
from balint_desktop.domain.analysis.project_work import FileWork, NamesInFile, UnplacedPassage
from balint_desktop.domain.analysis.study import Approach, Author, AuthorRole, Workplace
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.ui.help.pages_of import page_of
from balint_desktop.ui.widgets.dates import day_at
from balint_desktop.vault.analysis.study_rows import TakenFile
from balint_desktop.vault.coding_admission import Arrival, TakenCoding, WorkDifference
from balint_desktop.vault.coding_files import ArrivedFile
from balint_desktop.vault.log.studies import CodingFileKind
from balint_desktop.vault.program_files import OpenedFile

WORK = work_of(Coding("g1", "recording-1", 4, 30, "code-Anger", WALL))


def taken(arrival=Arrival.TAKEN, author=OUTSIDE, difference=None, **read):
    return OpenedFile(TakenCoding(arrival, author, 1, WORK, difference), FileWork(WORK, **read))


# --- what is shown ---


def test_each_coder_of_the_round_is_listed_with_what_left_what_came_and_how_far_it_is(shown):
    rows = (
        coding_file("s1", OTHER, 1, OUT, CodingFileKind.WORD),
        coding_file("s2", OUTSIDE, 1, OUT),
        coding_file("r1", OTHER, 1, kind=CodingFileKind.WORD),
    )
    page = shown(FakeFiles(rows))
    me, other, outside = cells(page.coders)

    assert (me[:2], me[-1]) == (["Coder 1", "In this vault"], "Your round is closed")
    assert other[2:5] == [day_at(WALL), "Word copy", day_at(WALL)]
    assert outside[2:5] == [day_at(WALL), "Sealed coding file", ""]
    assert states(page) == {
        "Coder 1": "Your round is closed",
        "Coder 2": "Can be opened",
        "Independent": "Waiting for their file",
    }
    assert page_of(page.place) == "coding-files"


def test_at_twice_the_size_the_days_are_whole_and_where_a_coder_codes_gives_way(shown):
    page = shown(FakeFiles((coding_file("s1", OTHER, 1, OUT, CodingFileKind.WORD), coding_file("r1", OTHER, 1))))
    page.place.resize(640, 360)
    settle()
    header, table = page.coders.horizontalHeader(), page.coders
    at = {one.key: number for number, one in enumerate(table.rows.columns)}

    assert all(header.sectionSize(at[key]) >= table.sizeHintForColumn(at[key]) for key in ("sent", "came"))
    assert [key for key in at if header.isSectionHidden(at[key])] == ["where", "sent-as"]
    assert header.length() <= table.viewport().width()


def test_before_anything_left_that_is_said(shown):
    page = shown(FakeFiles(), rounds=(ROUND,))

    assert states(page) == {
        "Coder 1": "Your round is open",
        "Coder 2": "Nothing sent yet",
        "Independent": "Nothing sent yet",
    }
    assert not page.came.isVisible()


def test_while_ones_own_round_is_open_what_came_cannot_be_opened_and_says_why(shown):
    page = shown(FakeFiles([coding_file("r1", None, None)]), rounds=(ROUND,))
    ((_, who, _, state),) = cells(page.came)

    assert who == "Not known before it is opened"
    assert state.startswith("Came on ")
    assert state.endswith(", opened after you close your own round")
    assert not page.open_button.isEnabled()


@pytest.mark.parametrize(
    ("row", "kept", "state", "may_open"),
    [
        (coding_file("r1", OTHER, 1), TakenFile("r1", OTHER, 1, WALL, ""), "In round 1", False),
        (
            coding_file("r1", OTHER, 1),
            TakenFile("r1", OTHER, 1, WALL, "", counts=False),
            "Kept for the next round",
            True,
        ),
        (coding_file("r1", OTHER, 1, opened_wall=WALL), None, "Opened, not taken in", True),
        (coding_file("r1", None, None, kind=CodingFileKind.WORD), None, "Not known whose it is; add it again", False),
    ],
)
def test_how_far_a_file_is_is_said(shown, row, kept, state, may_open):
    page = shown(FakeFiles([row], {"r1": kept} if kept else None))

    assert cells(page.came)[0][-1] == state
    assert page.open_button.isEnabled() is may_open


def test_of_two_files_of_a_coder_the_earlier_says_so(shown):
    both = {key: TakenFile(key, OTHER, 1, WALL, "", counts=key == "r2") for key in ("r1", "r2")}
    page = shown(FakeFiles([coding_file(key, OTHER, 1) for key in both], both))

    assert [line[-1] for line in cells(page.came)] == ["In round 1", "A later file counts"]


def test_a_sealed_file_that_is_kept_for_the_next_round_is_its_coders(shown):
    row, kept = coding_file("r1", None, None, opened_wall=WALL), TakenFile("r1", OTHER, 1, WALL, "", counts=False)
    page = shown(FakeFiles([row], {"r1": kept}))

    assert cells(page.came)[0][1] == "Coder 2"
    assert states(page)["Coder 2"] == "Kept for the next round"


def test_an_earlier_round_is_shown_when_it_is_chosen(shown):
    second = replace(ROUND, number=2)
    page = shown(FakeFiles([coding_file("s1", OTHER, 1, OUT)]), rounds=(CLOSED, second))
    before = states(page)["Coder 2"]
    page.round.setCurrentIndex(0)

    assert (before, states(page)["Coder 2"]) == ("Nothing sent yet", "Waiting for their file")


def test_the_page_is_offered_where_the_approach_has_rounds(shown, settle):
    page = shown(FakeFiles())
    page.back_button.click()
    settle()
    offered = page.place.study_page.files_button.isVisibleTo(page.place)
    other = shown(FakeFiles(), study=replace(STUDY, approach=Approach.REFLEXIVE))

    assert offered
    assert not other.place.study_page.files_button.isVisibleTo(other.place)
    assert other.opened is None


def test_two_files_of_a_coder_are_told_apart_by_the_time_they_came(shown):
    both = [coding_file(f"r{at}", OTHER, 1, wall=WALL + 60 * at) for at in (1, 2)]
    page = shown(FakeFiles(both))

    assert len({line[2] for line in cells(page.came)}) == 2


# --- what comes ---


def test_a_sealed_file_that_came_is_kept_and_says_when_it_is_opened(shown, settle):
    page = shown(FakeFiles(), rounds=(ROUND,))
    page.ask_file = lambda *_: Path("round-1.balint-codes")
    page.add_button.click()
    settle()

    assert page._files.asked == [("arrive", Path("round-1.balint-codes"))]
    assert page.news.text() == "The file is kept, sealed. It is opened after you close your own round."
    assert len(cells(page.came)) == 1


@pytest.mark.parametrize(
    ("name", "kind", "likely"),
    [("a.DOCX", CodingFileKind.WORD, OTHER), ("a.qdpx", CodingFileKind.PROJECT, OUTSIDE)],
)
def test_of_a_file_of_another_program_it_is_asked_whose_it_is(shown, settle, name, kind, likely):
    page = shown(FakeFiles())
    # Whoever is chosen in the table: a Word file is of who codes in Word.
    page.coders.choose(OUTSIDE)
    page.add_file(Path(name))
    offered = page.whose.coder.value()
    page.whose.coder.choose(OTHER)
    page.whose.do_button.click()
    settle()

    assert offered == likely
    assert page._files.asked == [("receive_file", Path(name), kind, FOR_OTHER)]
    assert page.news.text() == "The file is kept, sealed. You can open it now."
    assert page.open_button.hasFocus()


def test_a_word_file_may_be_a_supervisors_and_then_nobody_is_chosen(shown):
    supervisor = Author("0a-super", "Supervisor", AuthorRole.SUPERVISOR, Workplace.WORD)
    page = shown(FakeFiles(), study=replace(STUDY, authors=(*STUDY.authors, supervisor)))
    page.add_file(Path("a.docx"))

    assert page.whose.coder.value() is None


def test_a_sealed_file_may_be_of_the_round_that_is_open_and_that_is_said(shown, settle):
    rounds = (CLOSED, replace(ROUND, number=2))
    row = coding_file("r1", None, None)
    page = shown(FakeFiles([row]), rounds=rounds)
    page._on_came("r1")
    settle()

    assert cells(page.came)[0][-1] == "Can be opened, unless it is of your open round"
    assert page.news.text() == (
        "The file is kept, sealed. If it is of your open round, it is opened after you close that."
    )


def test_a_file_that_came_before_says_so(shown, settle):
    page = shown(FakeFiles([coding_file("r1", OTHER, 1)], {"r1": TakenFile("r1", OTHER, 1, WALL, "")}))
    page._on_came("r1")
    settle()

    assert page.news.text() == "This file came before. In round 1."


def test_without_a_coder_the_file_is_not_added(shown, settle):
    page = shown(FakeFiles())
    page.add_file(Path("a.docx"))
    page.whose.coder.choose(None)
    page.whose.do_button.click()
    settle()

    assert page.whose.problem.text() == "Choose whose file it is."
    assert page._files.asked == []


def test_a_file_of_another_analysis_leads_there(shown, settle):
    files = FakeFiles(arrives=ArrivedFile("study-2", coding_file("r9", None, None)))
    page = shown(files)
    page.add_file(Path("round-1.balint-codes"))
    settle()

    assert ("open", "study-2") in page.place.service.asked


# --- opening ---


def test_a_file_is_opened_and_what_was_in_it_is_said(shown, settle):
    read = {
        "moved": 2,
        "not_placed": (UnplacedPassage("Session 1", "Anger", "nobody said this"),),
        "withdrawn": MoveCount(1, 0),
    }
    page = shown(FakeFiles([coding_file("r1", OUTSIDE, 1)], opens=[taken(difference=WorkDifference(1, 2, 3), **read)]))
    page.open_button.click()
    settle()

    assert page._files.asked == [("open_file", "r1", "", Arrival.LATE)]
    assert page.news.text() == (
        "The coding of Independent is in round 1: 1 passage. 2 were found elsewhere in their turns. 1 was on words "
        "that are redacted now. Since their last file: 1 added, 2 removed, 3 changed."
    )
    assert page.not_placed.item(0).text() == "Session 1: “nobody said this” (Anger)"
    assert page.not_placed_heading.text() == "Not placed: 1 passage"


def test_a_file_that_names_several_people_asks_which_of_them_the_coder_is(shown, settle):
    names = NamesInFile((("a", "HP"), ("b", "XY")))
    row = coding_file("r1", OUTSIDE, 1, kind=CodingFileKind.PROJECT)
    page = shown(FakeFiles([row], opens=[names, taken()]))
    page.open_button.click()
    settle()
    asked = page.names.heading.text()
    page.names.do_button.click()
    refused = page.names.problem.text()
    page.names.name.choose("b")
    page.names.do_button.click()
    settle()

    assert asked == "The file names several people: which is Independent?"
    assert refused == "Choose a name."
    assert page._files.asked[-1] == ("open_file", "r1", "b", Arrival.LATE)
    assert page.news.text() == "The coding of Independent is in round 1: 1 passage."


@pytest.mark.parametrize(
    ("pressed", "late", "words"),
    [
        ("take_button", Arrival.TAKEN_LATE, "The coding of Independent is in round 1: 1 passage."),
        ("keep_button", Arrival.KEPT, "The coding of Independent is kept for the next round."),
    ],
)
def test_of_a_late_file_it_is_asked_whether_it_is_taken_in(shown, settle, pressed, late, words):
    page = shown(FakeFiles([coding_file("r1", OUTSIDE, 1)], opens=[taken(Arrival.LATE), taken(late)]))
    page.open_button.click()
    settle()
    asked = page.late.heading.text()
    getattr(page.late, pressed).click()
    settle()

    assert asked == "The coding of Independent came after comparison had begun."
    assert page._files.asked[-1] == ("open_file", "r1", "", late)
    assert page.news.text() == words


def test_of_an_earlier_file_it_is_said_that_a_later_one_counts(shown, settle):
    page = shown(FakeFiles([coding_file("r1", OUTSIDE, 1)], opens=[taken(Arrival.EARLIER)]))
    page.open_button.click()
    settle()

    assert page.news.text() == "A later file of Independent counts already. This one is kept."


@pytest.mark.parametrize(
    "code",
    [
        *(TroubleCode.CODING_FILE_DAMAGED, TroubleCode.CODING_FILE_FOREIGN, TroubleCode.CODING_FILE_NEWER),
        *(TroubleCode.CODING_FILE_WRONG_TICKET, TroubleCode.CODING_FILE_UNKNOWN_TEXT),
    ],
)
def test_what_cannot_be_taken_in_is_said_in_a_sentence_of_its_own_and_stays(shown, settle, messages, code):
    files = FakeFiles([coding_file("r1", None, None)])
    page = shown(files)
    told = []
    messages.trouble = lambda trouble, *_: told.append(trouble.code)
    files.trouble = Trouble(code)
    page.open_button.click()
    settle()

    assert told == [code]
    assert len(cells(page.came)) == 1


# --- in a coder's own vault ---


def test_in_a_coders_vault_a_closed_round_is_sent_back_and_nothing_else_is_offered(shown, settle, tmp_path):
    page = shown(FakeFiles(is_guest=True))
    page.ask_save = lambda _parent, _title, name, _kinds: tmp_path / name
    hidden = (page.coders, page.send_button, page.add_button, page.open_button, page.came)
    offered = [one.objectName() for one in hidden if one.isVisible()]
    page.return_button.click()
    settle()

    ((act, number, path),) = page._files.asked
    assert offered == []
    assert (act, number, path.name) == ("export_back", 1, "being-with-distress-round-1-from-coder-1.balint-codes")
    assert page.return_line.text().startswith("Round 1 was saved to be sent back on ")


def test_an_open_round_is_not_sent_back(shown):
    page = shown(FakeFiles(is_guest=True), rounds=(ROUND,))

    assert not page.return_button.isEnabled()
    assert page.return_line.text() == "Close your round, then send it back to the person who sent it to you."


def test_nothing_can_be_added_in_a_coders_vault(shown, settle):
    page = shown(FakeFiles(is_guest=True))
    page.add_file(Path("a.docx"))
    settle()

    assert not page.whose.isVisible()
    assert page._files.asked == []
