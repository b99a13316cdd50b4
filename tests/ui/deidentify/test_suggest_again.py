"""What may identify is looked for again once something was decided."""

from dataclasses import replace

from deidentify_bench import answers, found_in, next_word, select
from PySide6.QtCore import Qt
from qt_events import process_events

from balint_desktop.domain.deidentify.decisions import DecisionKind

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


def test_what_a_person_marked_is_found_elsewhere_and_the_place_in_the_text_stays(deidentifying, qtbot):
    bench = deidentifying()
    select(bench, "anger")
    begin = bench.page.reading.text.selected()[0]
    bench.key(Key.Key_E, bench.page.reading.text, CTRL)
    bench.service.suggest = lambda work, decisions: found_in(work.reading.text, [*decisions.phrases(), "what"])
    bench.key(Key.Key_2, bench.page.reading.text)
    bench.page.suggesting.later.timeout.emit()
    bench.page.suggesting.later.stop()
    qtbot.waitUntil(lambda: not bench.work.busy)
    process_events()

    assert bench.page.reading.text.page.source(
        bench.page.reading.text.selected()[0]
    ) == bench.page.sitting.reading.text.index("anger")
    assert begin is not None


def test_a_word_says_why_it_was_found_also_once_it_was_decided_and_looked_for_anew(deidentifying, qtbot):
    bench = deidentifying()
    for _ in range(2):
        next_word(bench)
    bench.key(Key.Key_2)
    bench.page.suggesting.later.timeout.emit()
    bench.page.suggesting.later.stop()
    qtbot.waitUntil(lambda: not bench.work.busy)
    process_events()
    assert bench.page.words.card.why.text() == "Sounds like P3 on this group’s roster."
    assert answers(bench.page)[0] == "1  [P3]"

    bench.key(Key.Key_Z, bench.page.reading.text, CTRL)
    assert "‹Shivon› told me" in bench.text


def test_a_name_that_is_also_a_word_can_be_answered_at_once_and_is_not_looked_for_where_it_is_the_word(
    also_a_word, qtbot
):
    bench = also_a_word
    bench.page.words.card.single.click()
    bench.key(Key.Key_1, bench.page.reading.text)
    bench.page.suggesting.suggest()
    qtbot.waitUntil(lambda: not bench.work.busy)
    process_events()

    assert bench.text.startswith("P4: [P3] said there is hope. [P3] and")


def test_an_ordinary_word_is_marked_only_here_unless_everywhere_is_chosen_with_its_number(also_a_word, qtbot):
    bench = also_a_word
    select(bench, "that was")
    bench.page.reading.text.select((bench.text.index("that was"), bench.text.index("that was") + 4))
    bench.key(Key.Key_E, bench.page.reading.text, CTRL)
    card = bench.page.words.card
    assert (card.word.text(), card.scope.text(), answers(bench.page)[0]) == (
        "that: 3 places",
        "At this place",
        "1  [another person]",
    )

    bench.key(Key.Key_1, bench.page.reading.text)
    bench.page.suggesting.suggest()
    qtbot.waitUntil(lambda: not bench.work.busy)
    process_events()
    assert "and that: [another person] was that" in bench.text

    bench.page.reading.text.select((bench.text.index("that:"), bench.text.index("that:") + 4))
    bench.key(Key.Key_E, bench.page.reading.text, CTRL)
    card.here.click()
    assert answers(bench.page)[0] == "1  [another person]"
    assert card.scope.text() == "Everywhere in this group’s texts"


def test_a_typed_replacement_is_never_among_the_ready_answers(deidentifying, qtbot):
    bench = deidentifying()
    next_word(bench)
    before = answers(bench.page)
    bench.page.words.card.other.setFocus()
    bench.types("up north")
    bench.key(Key.Key_Return)
    bench.page.suggesting.later.timeout.emit()
    bench.page.suggesting.later.stop()
    qtbot.waitUntil(lambda: not bench.work.busy)
    process_events()
    assert answers(bench.page) == before

    bench.page.leave()
    bench.open()
    bench.page.words.list.chosen.emit(1)
    assert bench.page.words.card.word.text() == "Papakura, 2 times"
    assert not any("up north" in answer for answer in answers(bench.page))


def test_a_digit_has_the_same_answer_before_and_after_a_word_was_decided(deidentifying, qtbot):
    bench = deidentifying()
    next_word(bench)
    before = answers(bench.page)
    found = bench.service.opened.suggestions
    bench.service.suggest = lambda *_: [replace(one, replacement="[hospital]") for one in found]
    bench.key(Key.Key_2, bench.page.reading.text)
    bench.page.suggesting.later.timeout.emit()
    bench.page.suggesting.later.stop()
    qtbot.waitUntil(lambda: not bench.work.busy)
    process_events()

    assert answers(bench.page) == before
    assert before[-1] == "0  Leave it"
    bench.key(Key.Key_0, bench.page.reading.text)
    assert bench.decisions.everywhere["papakura"].verdict is DecisionKind.LEAVE
