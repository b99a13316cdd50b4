"""A Word copy that came back: who wrote, what colours mean, what comes, and what could not be placed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from analysis_bench import FIRST, ME, OTHER, OUTSIDE, STUDY, TEXT, FakeAnalysis, FakeCopies
from qt_events import process_events
from waiting import wait_until
from window_fakes import DraftRows
from word_copies import Copy, Note, word_file

from balint_desktop.domain.analysis.history import CoderWork
from balint_desktop.domain.analysis.study import Author, AuthorRole
from balint_desktop.domain.analysis.word_coding import read_returned_copy
from balint_desktop.domain.analysis.word_copy import read_word_copy
from balint_desktop.domain.analysis.word_work import CopyStamp, memos_of_copy, work_with_copy
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import new_id
from balint_desktop.ui.analysis.copy_deps import CopyMeaning, ReceivedCopy, TakenCopy
from balint_desktop.ui.analysis.word_form import WordForm
from balint_desktop.ui.widgets.drafts import Drafts
from balint_desktop.vault.coding_admission import Arrival

SUPERVISOR = Author("author-4", "Supervisor", AuthorRole.SUPERVISOR)
YELLOW, GREEN = '<w:highlight w:val="yellow"/>', '<w:highlight w:val="green"/>'
NOTES = (
    Note("look at me", "Shame; Anger", by="Coder 2"),
    Note("made me angry", "Anger: at whom?", by="Coder 2"),
    Note("made me angry", "Whose?", by="Supervisor", answers=1),
    Note("out of depth", "Memo: nobody is there", by="Word user"),
)


def received(*notes, text=TEXT.text, colours=(), **changed):
    data = word_file(Copy(text, tuple(notes), tuple(colours)))
    copy = read_returned_copy(data, "a.docx", TEXT.text)
    made = ReceivedCopy("file-1", OTHER, 1, copy.authors, FIRST, copy)
    return replace(made, **changed)


@pytest.fixture
def form(qtbot, work, theme, look_at):
    """Return a function that shows a copy on the form."""
    rows = DraftRows()

    def shown(copy, *taken):
        made = look_at(WordForm(Drafts(rows), work), 1080, 720)
        made.service, made.said, made.rows = FakeCopies(copy, *taken), [], rows
        made.taken.connect(made.said.append)
        study = replace(STUDY, authors=(*STUDY.authors, SUPERVISOR))
        made.show_copy(made.service, FakeAnalysis(study).open("study-1"), copy)
        return made

    yield shown
    work.shutdown()


def settle(work):
    wait_until(lambda: (process_events(), not work.busy)[1])


def took(form):
    return [one for one in form.service.asked if one[0] == "admit_copy"]


def test_names_are_guessed_by_the_label_of_an_author_and_others_are_asked_for(form):
    made = form(received(*NOTES))

    assert {name: choice.value() for name, choice in made.writers.items()} == {
        "Coder 2": OTHER,
        "Supervisor": SUPERVISOR.id,
        "Word user": None,
    }
    assert made.title.text() == "Word copy from Coder 2"
    assert made.about.text() == "Session 1, version 1 · Round 1"
    assert made.first_field() is made.writers["Word user"]


def test_the_only_name_in_a_file_is_the_one_who_sent_it(form):
    assert form(received(Note("look at me", "Shame", by="Word user"))).writers["Word user"].value() == OTHER


def test_what_was_said_before_is_there_again_and_may_be_changed(form):
    copy = received(*NOTES, writers={"Word user": "", "Coder 2": OUTSIDE}, colours=(("tired", YELLOW),))
    made = form(replace(copy, legend={"#ffff00": "Fatigue"}))

    assert (made.writers["Word user"].value(), made.writers["Coder 2"].value()) == ("", OUTSIDE)
    assert made.legend["#ffff00"].text() == "Fatigue"


def test_an_author_who_left_the_study_is_asked_for_anew(form):
    made = form(received(*NOTES, writers={"Word user": "author-9"}))

    assert made.writers["Word user"].value() is None


def test_nothing_is_taken_in_before_every_name_is_somebody_or_left_out(form, work):
    made = form(received(*NOTES))
    made.admit()

    assert made.problem.text() == "Choose who “Word user” is, or leave their comments out."
    assert took(made) == []
    made.writers["Word user"].choose("")
    made.take_button.click()
    settle(work)

    said = CopyMeaning({"Coder 2": OTHER, "Supervisor": SUPERVISOR.id, "Word user": ""}, {}, keeps_unplaced=True)
    assert took(made) == [("admit_copy", said, Arrival.LATE)]
    assert made.said == ["Taken in: 1 passage, 0 memos."]


def test_what_comes_is_counted_as_names_and_colours_are_said(form):
    made = form(received(*NOTES, colours=(("tired", YELLOW), ("registrar", YELLOW), ("fine", GREEN))[:2]))
    counts = [made.expected()]
    made.writers["Word user"].choose(OUTSIDE)
    counts.append(made.expected())
    made.legend["#ffff00"].setText("Fatigue")
    counts.append(made.expected())

    assert [(one.passages, one.memos) for one in counts] == [(3, 1), (3, 2), (5, 2)]
    wait_until(lambda: (process_events(), made.gain.text() == "5 passages, 2 memos")[1])
    assert made.codes.text() == "Codes: Anger (2), Fatigue (2), Shame (1)"


def test_a_colour_is_shown_with_its_name_its_number_and_its_words(form):
    made = form(received(colours=(("tired", YELLOW), ("registrar", YELLOW))))
    labels = [made.findChild(type(made.title), name).text() for name in ("word-colour-0-label", "word-examples-0")]

    assert labels == ["Yellow, 2 passages", "“registrar,” · “tired.”"]


def test_what_is_not_placed_and_what_was_changed_is_listed_with_its_words(form):
    text = TEXT.text.replace("It made me angry.", "It made us cross.")
    made = form(received(Note("us cross", "Anger", by="Coder 2"), text=text))

    assert [made.left.item(at).text() for at in range(made.left.count())] == ["Coder 2 · Anger · “us cross.”"]
    assert made.changed.item(0).text().startswith("Turn edited: R2: It made us cross.")
    assert made.keeps.isChecked()
    assert made.left.isVisibleTo(made)


def test_what_is_not_placed_is_counted_as_it_is_taken_in(form, work):
    text = TEXT.text.replace("It made me angry.", "It made us cross.")
    notes = (NOTES[0], Note("us cross", "Anger", by="Coder 2"), Note("us cross", "Whose?", by="Word user"))
    made = form(received(*notes, text=text), TakenCopy(2, 1))
    shown = [(made.gain.text(), made.whole.text())]
    made.writers["Word user"].choose(OUTSIDE)
    wait_until(lambda: (process_events(), made.gain.text() == "2 passages, 2 memos")[1])
    shown.append((made.gain.text(), made.whole.text()))
    made.keeps.setChecked(False)
    shown.append((made.gain.text(), made.whole.text()))

    assert shown == [
        ("2 passages, 1 memo", "Among them 1 memo on the whole text: 2 could not be placed."),
        ("2 passages, 2 memos", "Among them 2 memos on the whole text: 2 could not be placed."),
        ("2 passages, 0 memos", "2 that could not be placed are left out."),
    ]


def test_nothing_is_said_of_what_could_not_be_placed_where_all_was(form):
    assert not form(received(*NOTES)).whole.isVisible()


def test_a_copy_without_colours_or_changes_asks_nothing_of_them(form):
    made = form(received(*NOTES))

    assert not any(one.isVisibleTo(made) for one in (made._colours, made.left, made.keeps, made.changed))
    assert made.legend == {}


def test_comments_alone_code_nothing_and_ask_for_no_colours(form):
    copy = received(*NOTES, colours=(("tired", YELLOW),), sender=SUPERVISOR.id, round=None)
    made = form(copy)

    assert made.title.text() == "Comments from Supervisor"
    assert made.legend == {}
    assert made.expected().passages == 0


def test_comments_on_the_report_are_counted_as_memos(form):
    report = read_word_copy(word_file(Copy("Methods\n\nThemes", (Note("Themes", "Long", by="Supervisor"),))))
    made = form(ReceivedCopy("file-1", SUPERVISOR.id, None, (("Supervisor", 1),), report=report))

    assert made.about.text() == "The report · Comments become memos; nothing is coded"
    assert made.expected().memos == 1


def test_what_comes_late_is_asked_about_and_taken_in_only_then(form, work):
    made = form(received(NOTES[0]), TakenCopy(0, 0, Arrival.LATE, "file-1"), TakenCopy(2, 0, Arrival.TAKEN_LATE))
    made.admit()
    settle(work)

    assert made.confirm.is_asking
    assert made.said == []
    made.confirm.do_button.click()
    settle(work)
    assert [one[2] for one in took(made)] == [Arrival.LATE, Arrival.TAKEN_LATE]
    assert made.said == ["Taken in: 2 passages, 0 memos."]


def test_a_trouble_leaves_all_that_was_said(form, work):
    made = form(received(*NOTES, colours=(("tired", YELLOW),)))
    made.legend["#ffff00"].setText("Fatigue")
    made.writers["Word user"].choose("")
    made.service.trouble = Trouble(TroubleCode.DISK_FULL)
    made.admit()
    settle(work)

    assert made.problem.text()
    assert made.legend["#ffff00"].text() == "Fatigue"
    assert made.take_button.isEnabled()


def test_what_was_said_survives_a_lock_and_no_word_of_the_session_is_stored(form):
    copy = received(*NOTES, colours=(("tired", YELLOW),))
    made = form(copy)
    made.legend["#ffff00"].setText("Fatigue")
    made.writers["Word user"].choose(ME)
    opened = made._opened
    made.leave()
    stored = "".join(made.rows.values())

    assert (made.writers, made.legend, made.left.count()) == ({}, {}, 0)
    assert not [words for words in ("tired", "registrar", "look at me") if words in stored]
    made.show_copy(made.service, opened, copy)
    assert (made.legend["#ffff00"].text(), made.writers["Word user"].value()) == ("Fatigue", ME)


def test_once_taken_in_no_draft_is_left(form, work):
    made = form(received(NOTES[0], colours=(("tired", YELLOW),)))
    made.legend["#ffff00"].setText("Fatigue")
    made.admit()
    settle(work)
    made.leave()

    assert made.rows == {}


def test_a_copy_that_was_taken_in_before_says_so(form):
    assert "only what is new" in form(received(*NOTES, is_taken=True)).about.text()


def test_a_copy_that_came_before_adds_nothing_and_says_so_before_it_is_taken_in(form):
    first = form(received(*NOTES[:2]))
    new = first.expected()
    work = work_with_copy(CoderWork(), first.received.copy, ["Coder 2"], {}, CopyStamp(FIRST, 0.0, new_id))
    again = form(received(*NOTES[:2], work=work))

    assert (new.passages, again.expected().passages) == (3, 0)
    assert again.gain.text() == "0 passages, 0 memos"


def test_a_memo_that_is_there_is_not_counted_again(form):
    copy = received(NOTES[3], writers={"Word user": OTHER})
    made = form(copy)
    stamp = CopyStamp(FIRST, 0.0, new_id)
    before = made.expected().memos
    made._opened = replace(made._opened, memos=memos_of_copy(copy.copy, {"Word user": OTHER}, stamp))

    assert (before, made.expected().memos) == (1, 0)


def test_cancel_beside_taking_in_goes_back_and_drops_what_was_said(form):
    made = form(received(*NOTES, colours=(("tired", YELLOW),)))
    backs = []
    made.back.connect(lambda: backs.append(True))
    made.legend["#ffff00"].setText("Fatigue")
    made.cancel_button.click()
    made.leave()

    assert (backs, made.rows, took(made)) == ([True], {}, [])
