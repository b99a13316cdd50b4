"""What a decision is about: all of a word or one of its places, and what is marked by hand."""

import pytest
from deidentify_bench import key_of, next_word, select, work_of
from PySide6.QtCore import Qt

from balint_desktop.domain.deidentify.decisions import DecisionKind, Decisions
from balint_desktop.ui.deidentify.deciding import Deciding
from balint_desktop.ui.deidentify.sitting import DeidentifySitting

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def test_a_digit_in_the_text_answers_for_every_place_of_a_word(deidentifying):
    bench = deidentifying()
    next_word(bench)
    next_word(bench)
    bench.key(Key.Key_1)

    assert "[P3] told me. I asked [P3] what" in bench.text
    assert bench.decisions.everywhere["shivon"].replacement == "[P3]"
    assert bench.page.frame.counts.text().startswith("2 to decide")


def test_one_by_one_decides_a_single_place_and_leaves_the_others_open(deidentifying):
    bench = deidentifying()
    next_word(bench)
    bench.page.words.card.single.click()
    bench.key(Key.Key_1, bench.page.reading.text)

    assert bench.page.words.card.scope.text() == "Place 1 of 2"
    assert "came from [place] after" in bench.text
    assert "‹Papakura› again" in bench.text
    assert bench.page.words.list.rows[1] == "‹Papakura› 2 times"


def test_a_decision_can_be_changed_and_put_off(deidentifying):
    bench = deidentifying()
    bench.key(Key.Key_1)
    bench.key(Key.Key_2)
    assert bench.decisions.everywhere["26"].replacement == "[in her twenties]"

    bench.page.words.card.later_button.click()
    assert "‹26›" in bench.text


def test_ctrl_e_marks_what_is_selected_everywhere_in_the_text(deidentifying, qtbot):
    bench = deidentifying()
    select(bench, "told me")
    bench.key(Key.Key_E, bench.page.reading.text, CTRL)
    assert bench.page.words.card.word.text() == "told me: 1 place"
    bench.key(Key.Key_1, bench.page.reading.text)

    assert "‹Shivon› [another person]." in bench.text
    assert bench.page.words.list.rows[-1] == "told me: [another person]"


def test_a_name_that_is_also_a_word_is_decided_one_by_one_also_at_the_next_visit(also_a_word):
    bench = also_a_word
    assert bench.page.words.card.scope.text() == "Place 1 of 2"
    bench.key(Key.Key_1, bench.page.reading.text)
    next_word(bench)
    bench.page.words.list.chosen.emit(0)

    assert bench.text.startswith("P4: [P3] said there is hope. ‹Hope› and")
    assert bench.page.words.card.scope.text() == "Place 2 of 2"


def test_a_word_stays_one_by_one_where_it_was_so_before(deidentifying):
    bench = deidentifying()
    next_word(bench)
    bench.page.words.card.single.click()
    bench.key(Key.Key_1, bench.page.reading.text)
    next_word(bench)
    bench.page.words.list.chosen.emit(1)
    assert bench.page.words.card.scope.text() == "Place 2 of 2"
    bench.page.leave()
    bench.open()
    bench.page.words.list.chosen.emit(1)

    assert bench.page.words.card.scope.text() == "Place 2 of 2"


def test_a_word_with_a_capital_at_few_places_is_marked_everywhere(deidentifying):
    bench = deidentifying()
    bench.page.reading.text.select((bench.text.index("She"), bench.text.index("She") + 3))
    bench.key(Key.Key_E, bench.page.reading.text, CTRL)

    assert not bench.page.words.card.here.isChecked()


def test_ctrl_j_goes_on_over_the_pages_and_begins_again(deidentifying):
    bench = deidentifying()
    found = []
    for _ in range(6):
        next_word(bench)
        mark = bench.page.deciding.mark
        found.append((bench.page.reading.page, mark.suggestion.text))

    assert found == [(1, "Papakura"), (1, "Shivon"), (1, "Shivon"), (1, "Papakura"), (2, "Shivon"), (1, "26")]
    bench.key(Key.Key_J, modifier=CTRL | SHIFT)
    assert bench.page.deciding.mark.suggestion.text == "Shivon"


@pytest.fixture
def deciding(qapp):
    """Return what decides on the text, without a window."""
    opened = work_of()
    sitting = DeidentifySitting()
    sitting.begin(opened.reading, opened.suggestions, opened.decisions)
    return Deciding(sitting, key_of, lambda: 2.0), sitting


def test_no_word_is_decided_at_first(deciding):
    of, sitting = deciding

    assert (of.term, of.span, of.words, of.answers) == (None, None, "", ())
    assert not of.decide("[age]", "AB")
    assert sitting.decisions == Decisions()


@pytest.mark.parametrize(("forward", "found"), [(True, "26"), (False, "Shivon")])
def test_the_next_open_place_is_from_the_other_end_after_the_last(deciding, forward, found):
    of, sitting = deciding
    end = len(sitting.reading.text) if forward else 0

    assert of.next_open(end, forward=forward).suggestion.text == found


def test_the_next_place_is_after_the_word_and_not_after_the_cursor(deciding):
    of, _ = deciding
    of.choose(of.next_open(0, forward=True))

    assert of.next_open(0, forward=True).suggestion.text == "Papakura"


def test_a_decision_says_who_made_it_and_when(deciding):
    of, sitting = deciding
    of.choose(of.next_open(0, forward=True))
    assert of.decide("[age]", "AB")

    made = sitting.decisions.everywhere["26"]
    assert (made.replacement, made.by, made.wall, made.verdict) == ("[age]", "AB", 2.0, DecisionKind.REPLACE)
    assert not of.decide("[age]", "AB")


def test_an_empty_replacement_leaves_the_word(deciding):
    of, sitting = deciding
    of.choose(of.next_open(0, forward=True))
    of.decide("", "AB")

    assert sitting.decisions.everywhere["26"].verdict is DecisionKind.LEAVE


def test_what_is_marked_here_alone_is_decided_at_that_place_alone(deciding):
    of, sitting = deciding
    begin = sitting.reading.text.index("anger")
    of.begin_marking((begin, begin + 5))
    assert (of.marked_words, of.marked_places, of.is_only_here) == ("anger", 1, True)
    of.decide("[another person]", "AB")

    assert sitting.decisions.everywhere == {}
    assert [one.term for one in sitting.decisions.single.values()] == ["anger"]
    assert (of.marking, of.key) == (None, "anger")


def test_a_word_that_the_text_has_no_more_is_not_decided_any_more(deciding):
    of, sitting = deciding
    of.choose(of.next_open(0, forward=True))
    sitting.show_suggestions(())

    assert of.follow() is None
    assert (of.key, of.span) == ("", None)


def test_no_word_outlasts_the_text(deciding):
    of, sitting = deciding
    of.choose(of.next_open(0, forward=True))
    of.set_single(is_single=True)
    assert of.answers
    begin = sitting.reading.text.index("anger")
    of.begin_marking((begin, begin + 5))
    of.forget()

    assert not any(word in repr(vars(of)) for word in ("'26'", "anger", "[age]"))
