"""The words on the page: their list, the card that answers, and the rare details."""

import pytest
from deidentify_bench import answers, next_word, select
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QScrollArea
from qt_events import process_events

from balint_desktop.domain.deidentify.decisions import DecisionKind
from balint_desktop.ui.widgets import in_view

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


def test_words_are_grouped_with_how_often_they_stand_and_what_becomes_of_them(deidentifying):
    page = deidentifying().page

    assert page.words.list.rows == ["‹26› once", "‹Papakura› 2 times", "Siobhan: [P3]", "‹Shivon› 3 times"]
    assert page.words.notes.rows == ["engagement ring"]
    assert page.frame.counts.text() == "3 to decide · 0 of 3 pages read"


def test_a_word_says_why_it_was_found_and_has_a_digit_for_each_answer(deidentifying):
    bench = deidentifying()
    next_word(bench)
    next_word(bench)

    assert bench.page.words.card.word.text() == "Shivon, 3 times"
    assert bench.page.words.card.why.text() == "Sounds like P3 on this group’s roster."
    assert answers(bench.page) == ["1  [P3]", "2  [another person]", "3  [place]", "0  Leave it"]


def test_a_digit_in_the_list_answers_too(deidentifying):
    bench = deidentifying()
    bench.page.words.list.setFocus()
    bench.key(Key.Key_Down)
    bench.key(Key.Key_1)

    assert bench.decisions.everywhere["papakura"].replacement == "[place]"


def test_a_digit_in_a_field_is_typed(deidentifying):
    bench = deidentifying()
    bench.page.words.card.other.setFocus()
    bench.types("1")

    assert (bench.page.words.card.other.text(), dict(bench.decisions.everywhere)) == ("1", {})


def test_a_press_answers_and_leaves_the_words_on_purpose(deidentifying):
    bench = deidentifying()
    leave = next(made for made in bench.page.words.card.buttons if made.text().endswith("Leave it"))
    QTest.mouseClick(leave, Qt.MouseButton.LeftButton)
    process_events()

    assert bench.decisions.everywhere["26"].verdict is DecisionKind.LEAVE
    assert "She was 26 like me" in bench.text
    assert bench.page.words.card.decision.text() == "Decided: left"


def test_a_name_of_the_roster_is_taken_out_at_once_and_can_become_something_else_but_not_stay(deidentifying):
    bench = deidentifying()
    bench.page.words.list.chosen.emit(2)

    assert bench.page.words.card.why.text() == "A name on this group’s roster. It cannot stay in the text."
    assert answers(bench.page) == ["1  [P3]", "2  [another person]", "3  [place]"]
    bench.page.reading.text.setFocus()
    bench.key(Key.Key_2)
    assert "after [another person] called" in bench.text


def test_another_replacement_is_typed_and_gets_its_brackets(deidentifying):
    bench = deidentifying()
    bench.page.words.card.other.setFocus()
    bench.types("a young age")
    bench.key(Key.Key_Return)

    assert "She was [a young age] like me" in bench.text
    assert bench.page.words.card.other.text() == ""


def test_words_that_generalise_are_offered_in_a_list(deidentifying):
    bench = deidentifying()
    bench.page.words.card.words_button.click()
    (shown,) = bench.page.words.card.words_button.findChildren(QMenu)
    next(one for one in shown.actions() if one.text() == "[patient]").trigger()
    shown.close()
    process_events()

    assert bench.page.words.card.other.text() == "[patient]"


def test_a_note_on_the_story_is_dismissed_and_the_words_stay(deidentifying):
    bench = deidentifying()
    bench.page.words.notes.chosen.emit(0)
    assert answers(bench.page) == ["0  Dismiss"]
    bench.key(Key.Key_0, bench.page.reading.text)

    assert bench.page.words.notes.rows == ["engagement ring, dismissed"]
    assert "The engagement ring stayed" in bench.text


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
    bench.key(Key.Key_1, bench.page.reading.text)
    bench.page.words.list.chosen.emit(0)
    bench.page.words.card.other.setFocus()
    bench.types(typed)
    bench.key(Key.Key_Return)

    assert bench.page.words.card.problem.text() == sentence
    assert (bench.page.words.card.other.text(), "26" in bench.decisions.everywhere) == (typed, False)


def test_a_digit_decides_nothing_while_its_answer_is_not_shown(deidentifying):
    bench = deidentifying(size=(576, 300))
    for key in (Key.Key_0, Key.Key_1):
        bench.key(key, bench.page.reading.text)

    assert bench.decisions.everywhere == {}


def test_the_focus_never_lands_in_the_field_by_itself(deidentifying):
    bench = deidentifying()
    next_word(bench)
    for press in (
        bench.page.words.card.single.click,
        bench.page.words.card.buttons[0].click,
        bench.page.words.card.later_button.click,
    ):
        bench.page.words.card.single.setFocus()
        press()
        process_events()
        assert bench.page.reading.text.hasFocus()
    bench.page.words.card.single.setFocus()
    next_word(bench)

    assert bench.page.reading.text.hasFocus()


def test_what_was_typed_for_a_word_is_not_there_for_another_and_there_again(deidentifying):
    bench = deidentifying()
    other = bench.page.words.card.other
    other.setText("a young a")
    next_word(bench)
    assert other.text() == ""

    other.setText("up nor")
    bench.page.words.list.chosen.emit(0)
    assert other.text() == "a young a"
    select(bench, "told me")
    bench.key(Key.Key_E, bench.page.reading.text, CTRL)
    assert other.text() == ""


def test_no_word_that_was_typed_outlasts_the_text(deidentifying):
    bench = deidentifying()
    bench.page.words.card.other.setText("Siobh")
    next_word(bench)
    bench.page.leave()

    assert "Siobh" not in repr(vars(bench.page.words.card))


def test_why_a_replacement_is_refused_stays_while_the_words_are_looked_for_anew(deidentifying, qtbot):
    bench = deidentifying()
    card = bench.page.words.card
    card.other.setFocus()
    bench.types("Siobhan")
    bench.key(Key.Key_Return)
    bench.page.suggesting.suggest()
    qtbot.waitUntil(lambda: not bench.work.busy)
    process_events()
    assert card.problem.text() == "This has a name in it. Use words that say less."

    next_word(bench)
    assert card.problem.text() == ""


def test_no_row_is_chosen_once_its_word_is_gone(deidentifying):
    bench = deidentifying()
    select(bench, "told me")
    bench.key(Key.Key_E, bench.page.reading.text, CTRL)
    bench.key(Key.Key_1, bench.page.reading.text)
    bench.key(Key.Key_Z, bench.page.reading.text, CTRL)

    assert bench.page.words.card.word.text() == "No word chosen"
    assert not bench.page.words.list.selectionModel().hasSelection()


@pytest.fixture
def over_the_text(deidentifying):
    """The words over the text in a low window, scrolled away from the card."""
    bench = deidentifying(size=(576, 300))
    bench.page.frame.side_chip.click()
    process_events()
    bar = bench.page.words.findChild(QScrollArea, "deidentify-side").verticalScrollBar()
    bar.setValue(bar.maximum())
    process_events()
    return bench, bar


def test_the_next_word_is_brought_into_view(over_the_text):
    bench, _ = over_the_text
    assert not in_view.is_in_view(bench.page.words.card.word)
    bench.page.words.next_button.click()
    process_events()

    assert in_view.is_in_view(bench.page.words.card.word)


def test_a_digit_for_a_word_that_is_out_of_sight_shows_it_and_decides_nothing(over_the_text):
    bench, bar = over_the_text
    bench.key(Key.Key_1, bench.page.words.list)
    assert (bar.value(), dict(bench.decisions.everywhere)) == (0, {})

    bench.key(Key.Key_1, bench.page.words.list)
    assert bench.decisions.everywhere["26"].replacement == "[age]"


def test_the_row_that_is_chosen_by_keys_stays_in_view(over_the_text):
    bench, _ = over_the_text
    rows = bench.page.words.list
    rows.setFocus()
    for _ in range(3):
        bench.key(Key.Key_Down, rows)

    assert bench.page.words.card.word.text() == "Shivon, 3 times"
    row = rows.visualRect(rows.currentIndex())
    assert rows.viewport().visibleRegion().contains(row)
