"""The page that de-identifies: by the mouse, by keys, and over leaving and coming back."""

from dataclasses import replace
from itertools import pairwise

import accessible
import pytest
from correcting_bench import turn
from deidentify_bench import RECORDING, found_in
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QScrollArea
from qt_events import process_events
from window_fakes import DraftRows

from balint_desktop.domain.deidentify.decisions import DecisionKind
from balint_desktop.domain.deidentify.suggestions import Layer
from balint_desktop.domain.transcript.transcript import transcript_of
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.ui.widgets.drafts import Drafts
from balint_desktop.ui.widgets.enter_escape import press_enter, press_escape

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
FULL = Trouble(TroubleCode.DISK_FULL, folder="/x")


def answers(page):
    return [made.text() for made in page.card.buttons if made.isVisible()]


def next_word(bench):
    bench.key(Key.Key_J, modifier=CTRL)


def select(bench, words):
    begin = bench.page.text.page.text.index(words)
    bench.page.text.select((begin, begin + len(words)))
    process_events()


def test_words_are_grouped_with_how_often_they_stand_and_what_becomes_of_them(deidentifying):
    page = deidentifying().page

    assert page.list.rows == ["‹26› once", "‹Papakura› 2 times", "Siobhan: [P3]", "‹Shivon› 3 times"]
    assert page.notes.rows == ["engagement ring"]
    assert page.counts.text() == "3 to decide · 0 of 3 pages read"


def test_a_word_says_why_it_was_found_and_has_a_digit_for_each_answer(deidentifying):
    bench = deidentifying()
    next_word(bench)
    next_word(bench)

    assert bench.page.card.word.text() == "Shivon, 3 times"
    assert bench.page.card.why.text() == "Sounds like P3 on this group’s roster."
    assert answers(bench.page) == ["1  [P3]", "2  [another person]", "3  [place]", "0  Leave it"]


def test_a_digit_in_the_text_answers_for_every_place_of_a_word(deidentifying):
    bench = deidentifying()
    next_word(bench)
    next_word(bench)
    bench.key(Key.Key_1)

    assert "[P3] told me. I asked [P3] what" in bench.text
    assert bench.decisions.everywhere["shivon"].replacement == "[P3]"
    assert bench.page.counts.text().startswith("2 to decide")


def test_a_digit_in_the_list_answers_too(deidentifying):
    bench = deidentifying()
    bench.page.list.setFocus()
    bench.key(Key.Key_Down)
    bench.key(Key.Key_1)

    assert bench.decisions.everywhere["papakura"].replacement == "[place]"


def test_a_digit_in_a_field_is_typed(deidentifying):
    bench = deidentifying()
    bench.page.card.other.setFocus()
    bench.types("1")

    assert (bench.page.card.other.text(), dict(bench.decisions.everywhere)) == ("1", {})


def test_a_press_answers_and_leaves_the_words_on_purpose(deidentifying):
    bench = deidentifying()
    leave = next(made for made in bench.page.card.buttons if made.text().endswith("Leave it"))
    QTest.mouseClick(leave, Qt.MouseButton.LeftButton)
    process_events()

    assert bench.decisions.everywhere["26"].verdict is DecisionKind.LEAVE
    assert "She was 26 like me" in bench.text
    assert bench.page.card.decision.text() == "Decided: left"


def test_a_name_of_the_roster_is_taken_out_at_once_and_can_become_something_else_but_not_stay(deidentifying):
    bench = deidentifying()
    bench.page.list.chosen.emit(2)

    assert bench.page.card.why.text() == "A name on this group’s roster. It cannot stay in the text."
    assert answers(bench.page) == ["1  [P3]", "2  [another person]", "3  [place]"]
    bench.page.text.setFocus()
    bench.key(Key.Key_2)
    assert "after [another person] called" in bench.text


def test_one_by_one_decides_a_single_place_and_leaves_the_others_open(deidentifying):
    bench = deidentifying()
    next_word(bench)
    bench.page.card.single.click()
    bench.key(Key.Key_1, bench.page.text)

    assert bench.page.card.scope.text() == "Place 1 of 2"
    assert "came from [place] after" in bench.text
    assert "‹Papakura› again" in bench.text
    assert bench.page.list.rows[1] == "‹Papakura› 2 times"


def test_a_decision_can_be_changed_and_put_off(deidentifying):
    bench = deidentifying()
    bench.key(Key.Key_1)
    bench.key(Key.Key_2)
    assert bench.decisions.everywhere["26"].replacement == "[in her twenties]"

    bench.page.card.later_button.click()
    assert "‹26›" in bench.text


def test_another_replacement_is_typed_and_gets_its_brackets(deidentifying):
    bench = deidentifying()
    bench.page.card.other.setFocus()
    bench.types("a young age")
    bench.key(Key.Key_Return)

    assert "She was [a young age] like me" in bench.text
    assert bench.page.card.other.text() == ""


def test_words_that_generalise_are_offered_in_a_list(deidentifying):
    bench = deidentifying()
    bench.page.card.words_button.click()
    (shown,) = bench.page.card.words_button.findChildren(QMenu)
    next(one for one in shown.actions() if one.text() == "[patient]").trigger()
    shown.close()
    process_events()

    assert bench.page.card.other.text() == "[patient]"


def test_ctrl_e_marks_what_is_selected_everywhere_in_the_text(deidentifying, qtbot):
    bench = deidentifying()
    select(bench, "told me")
    bench.key(Key.Key_E, bench.page.text, CTRL)
    assert bench.page.card.word.text() == "told me: 1 place"
    bench.key(Key.Key_1, bench.page.text)

    assert "‹Shivon› [another person]." in bench.text
    assert bench.page.list.rows[-1] == "told me: [another person]"


def test_what_a_person_marked_is_found_elsewhere_and_the_place_in_the_text_stays(deidentifying, qtbot):
    bench = deidentifying()
    select(bench, "anger")
    begin = bench.page.text.selected()[0]
    bench.key(Key.Key_E, bench.page.text, CTRL)
    bench.service.suggest = lambda work, decisions: found_in(work.reading.text, [*decisions.phrases(), "what"])
    bench.key(Key.Key_2, bench.page.text)
    bench.page._later.timeout.emit()
    bench.page._later.stop()
    qtbot.waitUntil(lambda: not bench.work.busy)
    process_events()

    assert bench.page.text.page.source(bench.page.text.selected()[0]) == bench.page.sitting.reading.text.index("anger")
    assert begin is not None


def test_a_word_says_why_it_was_found_also_once_it_was_decided_and_looked_for_anew(deidentifying, qtbot):
    bench = deidentifying()
    for _ in range(2):
        next_word(bench)
    bench.key(Key.Key_2)
    bench.page._later.timeout.emit()
    bench.page._later.stop()
    qtbot.waitUntil(lambda: not bench.work.busy)
    process_events()
    assert bench.page.card.why.text() == "Sounds like P3 on this group’s roster."
    assert answers(bench.page)[0] == "1  [P3]"

    bench.key(Key.Key_Z, bench.page.text, CTRL)
    assert "‹Shivon› told me" in bench.text


def test_what_is_marked_already_is_not_marked_again(deidentifying):
    bench = deidentifying()
    select(bench, "[P3]")
    bench.page.mark_button.click()

    assert bench.page.problem.text() == "Select words of one turn that are not marked yet."


def test_undo_and_redo_go_over_the_whole_sitting(deidentifying):
    bench = deidentifying()
    before = bench.text
    bench.key(Key.Key_1)
    next_word(bench)
    bench.key(Key.Key_1)
    after = bench.text
    for _ in range(2):
        bench.key(Key.Key_Z, bench.page.text, CTRL)
    assert bench.text == before

    for _ in range(3):
        bench.key(Key.Key_Z, bench.page.text, CTRL | SHIFT)
    assert bench.text == after


def test_undo_of_a_marking_shows_the_words_again(deidentifying):
    bench = deidentifying()
    select(bench, "told me")
    bench.key(Key.Key_E, bench.page.text, CTRL)
    bench.key(Key.Key_1, bench.page.text)
    bench.key(Key.Key_Z, bench.page.text, CTRL)

    assert "‹Shivon› told me." in bench.text


def test_ctrl_j_goes_on_over_the_pages_and_begins_again(deidentifying):
    bench = deidentifying()
    found = []
    for _ in range(6):
        next_word(bench)
        mark = bench.page._mark
        found.append((bench.page._page, mark.suggestion.text))

    assert found == [(1, "Papakura"), (1, "Shivon"), (1, "Shivon"), (1, "Papakura"), (2, "Shivon"), (1, "26")]
    bench.key(Key.Key_J, modifier=CTRL | SHIFT)
    assert bench.page._mark.suggestion.text == "Shivon"


def test_pages_turn_by_their_keys(deidentifying):
    bench = deidentifying()
    bench.key(Key.Key_PageDown, bench.page.text)
    assert bench.page.page_label.text() == "Page 2 of 3"
    bench.key(Key.Key_PageUp, bench.page.text)
    assert bench.page.page_label.text() == "Page 1 of 3"
    bench.key(Key.Key_PageDown, bench.page.text, CTRL)
    assert bench.page.page_label.text() == "Page 2 of 3"


def test_a_page_is_ticked_by_a_label_that_is_asked_for_once(deidentifying):
    rows = DraftRows()
    bench = deidentifying(drafts=Drafts(rows))
    bench.page.read.click()
    assert bench.page.problem.text() == "Enter who reads first: initials or a label."
    assert not bench.page.read.isChecked()
    assert bench.page.reader.hasFocus()

    bench.types("AB")
    bench.page.read.click()
    assert bench.page.read.isChecked()
    assert bench.page.counts.text().endswith("1 of 3 pages read")
    assert deidentifying(drafts=Drafts(rows)).page.reader.text() == "AB"


def test_a_page_that_has_changed_since_is_not_ticked_and_says_so(deidentifying):
    bench = deidentifying()
    bench.page.reader.setText("AB")
    bench.page.read.click()
    bench.key(Key.Key_1, bench.page.text)

    assert not bench.page.read.isChecked()
    assert bench.page.read_state.text() == "This page has changed since you read it."
    assert bench.page.counts.text().endswith("0 of 3 pages read")


def test_a_tick_can_be_taken_back_and_undone(deidentifying):
    bench = deidentifying()
    bench.page.reader.setText("AB")
    bench.key(Key.Key_Return, bench.page.text, CTRL)
    bench.key(Key.Key_Return, bench.page.text, CTRL)
    assert not bench.page.read.isChecked()
    bench.key(Key.Key_Z, bench.page.text, CTRL)
    assert bench.page.read.isChecked()


def test_two_readers_are_two_labels_in_whatever_case_they_are_typed(deidentifying):
    bench = deidentifying(readers_needed=2)
    for label in ("AB", "ab"):
        bench.page.reader.setText(label)
        if not bench.page.read.isChecked():
            bench.page.read.click()
    assert bench.page.read_state.text() == "Read by AB; one more reader is needed"
    assert bench.page.counts.text().endswith("0 of 3 pages read")

    bench.page.reader.setText("CD")
    assert not bench.page.read.isChecked()
    bench.page.read.click()
    assert bench.page.counts.text().endswith("1 of 3 pages read")


def test_a_note_on_the_story_is_dismissed_and_the_words_stay(deidentifying):
    bench = deidentifying()
    bench.page.notes.chosen.emit(0)
    assert answers(bench.page) == ["0  Dismiss"]
    bench.key(Key.Key_0, bench.page.text)

    assert bench.page.notes.rows == ["engagement ring, dismissed"]
    assert "The engagement ring stayed" in bench.text


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"capitals_off": True}, "words with a capital letter are not suggested"),
        ({"has_roster": False}, "names are not searched for"),
        ({"readers_needed": 2}, "2 people read all of it."),
    ],
)
def test_what_is_not_searched_for_is_said(deidentifying, changed, words):
    assert words in deidentifying(**changed).page.about.text()


def test_decisions_are_saved_at_once_and_there_again(deidentifying, qtbot):
    bench = deidentifying()
    bench.key(Key.Key_2)
    qtbot.waitUntil(lambda: bench.page.saver.is_saved)
    assert bench.service.saved[-1].everywhere["26"].replacement == "[in her twenties]"

    bench.page.leave()
    assert (bench.text, bench.service.closed) == ("", [RECORDING])
    bench.open()
    assert "[in her twenties]" in bench.text
    bench.page.list.chosen.emit(0)
    assert bench.page.card.why.text() == "An age or another number."


def test_what_cannot_be_saved_is_said_and_tried_again(deidentifying, qtbot):
    bench = deidentifying()
    bench.service.trouble = FULL
    bench.key(Key.Key_2)
    qtbot.waitUntil(lambda: bench.page.saver.is_failing)
    assert bench.page.save_state.text() == "Not saved yet. Trying again."
    with pytest.raises(Trouble):
        bench.page.leave()

    bench.service.trouble = None
    bench.page.saver.flush()
    assert bench.page.save_state.text() == ""
    assert bench.service.saved[-1] == bench.decisions


def test_a_half_typed_replacement_outlasts_leaving_and_no_word_of_the_text_is_stored(deidentifying):
    rows = DraftRows()
    bench = deidentifying(drafts=Drafts(rows))
    bench.page.card.other.setText("in her tw")
    left = bench.page.left_open()
    bench.page.store.save_open(left)
    bench.page.leave()
    stored = " ".join(rows.values())
    assert "in her tw" in stored
    assert not any(word in stored for word in ("Papakura", "Shivon", "Siobhan", "26"))

    bench.open()
    assert bench.page.card.other.text() == "in her tw"
    assert bench.page.store.read_open() == left


def test_a_half_typed_label_of_who_approves_outlasts_leaving(deidentifying):
    bench = deidentifying(drafts=Drafts(DraftRows()))
    bench.page.approve_button.click()
    bench.page.approve_form.by.setText("the coordi")
    bench.page.leave()
    bench.open()
    bench.page.approve_button.click()

    assert bench.page.approve_form.by.text() == "the coordi"


def test_nothing_of_the_text_can_be_copied_out(deidentifying):
    bench = deidentifying()
    bench.page.text.selectAll()

    assert not bench.page.text.createMimeDataFromSelection().hasText()


def test_the_gate_lists_places_without_their_names_and_leads_to_each(deidentifying, qtbot):
    bench = deidentifying()
    bench.page.approve_button.click()
    bench.page.approve_form.by.setText("AB")
    bench.page.approve_form.do_button.click()
    qtbot.waitUntil(lambda: not bench.work.busy)
    process_events()
    form = bench.page.approve_form

    assert form.found.text() == "Not approved: 3 to decide and 3 pages to read. Press one to go there."
    assert form.list.rows[:3] == [
        "Page 1: ‹26› once",
        "Page 1: ‹Papakura› 2 times",
        "Page 1: a word waits for a decision",
    ]
    assert form.list.rows[-1] == "Page 3: not read, or changed since it was read"
    assert not any(name in " ".join(form.list.rows) for name in ("Siobhan", "Shivon"))
    form.list.setFocus()
    bench.key(Key.Key_Down, form.list)
    bench.key(Key.Key_Return, form.list)
    assert bench.page.card.word.text() == "Papakura, 2 times"

    form.finding_chosen.emit(form._findings[-1])
    assert bench.page.page_label.text() == "Page 3 of 3"
    assert bench.page.read.hasFocus()


def test_what_the_gate_found_anew_is_among_the_words(deidentifying, qtbot):
    bench = deidentifying()
    bench.service.suggest = lambda work, decisions: found_in(work.reading.text, [*decisions.phrases(), "anger"])[:3]
    bench.page.approve_button.click()
    bench.page.approve_form.by.setText("AB")
    bench.page.approve_form.do_button.click()
    qtbot.waitUntil(lambda: len(bench.page.list.rows) == 3)

    assert bench.page.approve_form.isVisible()


def test_approving_needs_a_label(deidentifying):
    bench = deidentifying()
    bench.page.approve_button.click()
    bench.page.approve_form.do_button.click()

    assert bench.page.approve_form.problem.text() == "Enter who approves: initials or a label."


def test_a_text_is_approved_once_all_is_decided_and_read_by_keys_alone(deidentifying, qtbot):
    bench = deidentifying()
    bench.page.reader.setFocus()
    bench.types("AB")
    bench.page.text.setFocus()
    for _ in range(3):
        bench.key(Key.Key_1)
        next_word(bench)
    assert bench.page.card.word.text() == "Nothing left to decide"
    for _ in range(3):
        bench.key(Key.Key_Return, modifier=CTRL)
        bench.key(Key.Key_PageDown, modifier=CTRL)
    assert bench.page.counts.text() == "nothing to decide · 3 of 3 pages read"

    bench.page.approve_button.setFocus()
    bench.key(Key.Key_Space)
    assert bench.page.approve_form.by.text() == "AB"
    bench.page.approve_form.do_button.setFocus()
    bench.key(Key.Key_Space)
    qtbot.waitUntil(lambda: bool(bench.approvals))
    assert bench.service.approved_by == ["AB"]
    assert "Siobhan" not in bench.service.text.text


def test_every_control_is_named(deidentifying):
    assert accessible.nameless(deidentifying().page) == []


@pytest.mark.parametrize("size", [(576, 300), (1026, 640)])
def test_in_a_narrow_window_the_words_open_over_the_text(deidentifying, size):
    bench = deidentifying(size=size)
    is_narrow = size[0] < 600

    assert bench.page.side.isVisible() is not is_narrow
    assert bench.page.side_chip.isVisible() is is_narrow
    if is_narrow:
        bench.page.side_chip.click()
        assert bench.page.card.context.text().startswith("She was ‹26› like me")
        bench.key(Key.Key_1, bench.page.list)
        assert bench.decisions.everywhere["26"].replacement == "[age]"


LONG = transcript_of(
    turn(
        n, "P4" if n % 2 else "P2", 8 * n, "She came from Papakura at 26 and Shivon told me of it then too, at length."
    )
    for n in range(1, 501)
)


def test_only_the_page_in_view_is_in_the_document(deidentifying):
    bench = deidentifying(transcript=LONG)

    assert len(bench.text) < len(bench.page.sitting.reading.text) / 8


NAMED = transcript_of((turn(1, "P4", 60, "Hope said there is hope. Hope and that: that was that, and so on."),))


@pytest.fixture
def also_a_word(deidentifying, monkeypatch):
    """A page on which a name of the roster is also a word."""
    monkeypatch.setattr("deidentify_bench.FOUND", ((r"\bHope\b", Layer.NAME_OR_WORD, "[P3]", ()),))
    return deidentifying(transcript=NAMED)


def test_a_name_that_is_also_a_word_is_decided_one_by_one_also_at_the_next_visit(also_a_word):
    bench = also_a_word
    assert bench.page.card.scope.text() == "Place 1 of 2"
    bench.key(Key.Key_1, bench.page.text)
    next_word(bench)
    bench.page.list.chosen.emit(0)

    assert bench.text.startswith("P4: [P3] said there is hope. ‹Hope› and")
    assert bench.page.card.scope.text() == "Place 2 of 2"


def test_a_name_that_is_also_a_word_can_be_answered_at_once_and_is_not_looked_for_where_it_is_the_word(
    also_a_word, qtbot
):
    bench = also_a_word
    bench.page.card.single.click()
    bench.key(Key.Key_1, bench.page.text)
    bench.page._suggest()
    qtbot.waitUntil(lambda: not bench.work.busy)
    process_events()

    assert bench.text.startswith("P4: [P3] said there is hope. [P3] and")


def test_a_word_stays_one_by_one_where_it_was_so_before(deidentifying):
    bench = deidentifying()
    next_word(bench)
    bench.page.card.single.click()
    bench.key(Key.Key_1, bench.page.text)
    next_word(bench)
    bench.page.list.chosen.emit(1)
    assert bench.page.card.scope.text() == "Place 2 of 2"
    bench.page.leave()
    bench.open()
    bench.page.list.chosen.emit(1)

    assert bench.page.card.scope.text() == "Place 2 of 2"


def test_an_ordinary_word_is_marked_only_here_unless_everywhere_is_chosen_with_its_number(also_a_word, qtbot):
    bench = also_a_word
    select(bench, "that was")
    bench.page.text.select((bench.text.index("that was"), bench.text.index("that was") + 4))
    bench.key(Key.Key_E, bench.page.text, CTRL)
    card = bench.page.card
    assert (card.word.text(), card.scope.text(), answers(bench.page)[0]) == (
        "that: 3 places",
        "At this place",
        "1  [another person]",
    )

    bench.key(Key.Key_1, bench.page.text)
    bench.page._suggest()
    qtbot.waitUntil(lambda: not bench.work.busy)
    process_events()
    assert "and that: [another person] was that" in bench.text

    bench.page.text.select((bench.text.index("that:"), bench.text.index("that:") + 4))
    bench.key(Key.Key_E, bench.page.text, CTRL)
    card.here.click()
    assert answers(bench.page)[0] == "1  [another person]"
    assert card.scope.text() == "Everywhere in this group’s texts"


def test_a_word_with_a_capital_at_few_places_is_marked_everywhere(deidentifying):
    bench = deidentifying()
    bench.page.text.select((bench.text.index("She"), bench.text.index("She") + 3))
    bench.key(Key.Key_E, bench.page.text, CTRL)

    assert not bench.page.card.here.isChecked()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("Siobhan", "This has a name in it. Use words that say less."),
        ("near 26", "This repeats the word that it replaces. Use words that say less."),
        ("from Papakura", "This has a word that is taken out of the text. Use words that say less."),
    ],
)
def test_a_typed_replacement_that_says_what_is_taken_out_is_refused_with_a_reason(deidentifying, typed, sentence):
    bench = deidentifying()
    next_word(bench)
    bench.key(Key.Key_1, bench.page.text)
    bench.page.list.chosen.emit(0)
    bench.page.card.other.setFocus()
    bench.types(typed)
    bench.key(Key.Key_Return)

    assert bench.page.card.problem.text() == sentence
    assert (bench.page.card.other.text(), "26" in bench.decisions.everywhere) == (typed, False)


def test_a_typed_replacement_is_never_among_the_ready_answers(deidentifying, qtbot):
    bench = deidentifying()
    next_word(bench)
    before = answers(bench.page)
    bench.page.card.other.setFocus()
    bench.types("up north")
    bench.key(Key.Key_Return)
    bench.page._later.timeout.emit()
    bench.page._later.stop()
    qtbot.waitUntil(lambda: not bench.work.busy)
    process_events()
    assert answers(bench.page) == before

    bench.page.leave()
    bench.open()
    bench.page.list.chosen.emit(1)
    assert bench.page.card.word.text() == "Papakura, 2 times"
    assert not any("up north" in answer for answer in answers(bench.page))


def test_a_digit_has_the_same_answer_before_and_after_a_word_was_decided(deidentifying, qtbot):
    bench = deidentifying()
    next_word(bench)
    before = answers(bench.page)
    found = bench.service.opened.suggestions
    bench.service.suggest = lambda *_: [replace(one, replacement="[hospital]") for one in found]
    bench.key(Key.Key_2, bench.page.text)
    bench.page._later.timeout.emit()
    bench.page._later.stop()
    qtbot.waitUntil(lambda: not bench.work.busy)
    process_events()

    assert answers(bench.page) == before
    assert before[-1] == "0  Leave it"
    bench.key(Key.Key_0, bench.page.text)
    assert bench.decisions.everywhere["papakura"].verdict is DecisionKind.LEAVE


def test_a_digit_decides_nothing_while_its_answer_is_not_shown(deidentifying):
    bench = deidentifying(size=(576, 300))
    for key in (Key.Key_0, Key.Key_1):
        bench.key(key, bench.page.text)

    assert bench.decisions.everywhere == {}


def test_the_focus_never_lands_in_the_field_by_itself(deidentifying):
    bench = deidentifying()
    next_word(bench)
    for press in (bench.page.card.single.click, bench.page.card.buttons[0].click, bench.page.card.later_button.click):
        bench.page.card.single.setFocus()
        press()
        process_events()
        assert bench.page.text.hasFocus()
    bench.page.card.single.setFocus()
    next_word(bench)

    assert bench.page.text.hasFocus()


def test_no_page_turns_bold_after_one_that_began_with_a_label(deidentifying):
    bench = deidentifying()
    for key in (Key.Key_PageDown, Key.Key_PageUp):
        bench.key(key, bench.page.text, CTRL)
    cursor = bench.page.text.textCursor()
    cursor.setPosition(bench.text.index("like me") + 1)

    assert cursor.charFormat().fontWeight() != QFont.Weight.Bold


def test_escape_closes_the_words_over_the_text_before_it_leaves_the_page(deidentifying):
    bench = deidentifying(size=(576, 300))
    left = []
    bench.page.back.connect(lambda: left.append(True))
    bench.page.side_chip.click()
    press_escape(bench.page, bench.page.list)

    assert (bench.page.side.isVisible(), bench.page.text.isVisible(), left) == (False, True, [])
    assert not bench.page.side_chip.isChecked()


def test_a_page_is_ticked_only_once_its_end_was_seen(deidentifying):
    bench = deidentifying(transcript=LONG)
    page = bench.page
    page.reader.setText("AB")
    assert not page.read.isEnabled()
    assert page.read_state.text() == "Scroll to the end of this page before you tick it."
    bench.key(Key.Key_Return, page.text, CTRL)
    assert bench.decisions.ticks == ()

    page.text.verticalScrollBar().setValue(page.text.verticalScrollBar().maximum())
    process_events()
    assert page.read.isEnabled()
    bench.key(Key.Key_Return, page.text, CTRL)
    assert len(bench.decisions.ticks) == 1


def test_redo_has_its_button_and_ctrl_y(deidentifying):
    bench = deidentifying()
    bench.key(Key.Key_1)
    after = bench.text
    for redo in (bench.page.redo_button.click, lambda: bench.key(Key.Key_Y, bench.page.text, CTRL)):
        bench.page.undo_button.click()
        assert bench.text != after
        redo()
        assert bench.text == after


def test_enter_never_approves(deidentifying):
    bench = deidentifying()
    bench.page.approve_button.click()
    bench.page.approve_form.by.setText("AB")
    asked = []
    bench.page.approve_form.asked.connect(asked.append)
    press_enter(bench.page.approve_form.by)

    assert asked == []


@pytest.mark.parametrize("size", [(576, 300), (1026, 640)])
def test_at_200_per_cent_everything_is_whole_or_scrolled_to(deidentifying, theme, size):
    theme.set_scale(2.0)
    bench = deidentifying(size=size)
    page = bench.page
    for made in (page.back_button, page.title, page.approve_button, page.read):
        assert made.width() >= made.minimumSizeHint().width(), made.objectName()
        assert made.height() >= made.minimumSizeHint().height(), made.objectName()
    assert page.title.height() <= 2 * page.title.fontMetrics().lineSpacing()
    shown = [page._head, page._main, page._foot]
    assert all(one.geometry().bottom() < next_.geometry().top() for one, next_ in pairwise(shown))
    page.approve_button.setFocus()
    page.side_chip.click()
    process_events()
    assert page.findChild(QScrollArea, "deidentify-scroll").verticalScrollBar().maximum() == 0
    assert not page.card.buttons[0].visibleRegion().isEmpty()
    assert page.card.buttons[0].visibleRegion().boundingRect().size() == page.card.buttons[0].size()
