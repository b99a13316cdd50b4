"""The page that de-identifies: by the mouse, by keys, and over leaving and coming back."""

import accessible
import pytest
from deidentify_bench import RECORDING, next_word, select
from PySide6.QtCore import Qt
from window_fakes import DraftRows

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import RecordingId
from balint_desktop.ui.widgets.drafts import Drafts

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
FULL = Trouble(TroubleCode.DISK_FULL, folder="/x")


def test_undo_and_redo_go_over_the_whole_sitting(deidentifying):
    bench = deidentifying()
    before = bench.text
    bench.key(Key.Key_1)
    next_word(bench)
    bench.key(Key.Key_1)
    after = bench.text
    for _ in range(2):
        bench.key(Key.Key_Z, bench.page.reading.text, CTRL)
    assert bench.text == before

    for _ in range(3):
        bench.key(Key.Key_Z, bench.page.reading.text, CTRL | SHIFT)
    assert bench.text == after


def test_undo_of_a_marking_shows_the_words_again(deidentifying):
    bench = deidentifying()
    select(bench, "told me")
    bench.key(Key.Key_E, bench.page.reading.text, CTRL)
    bench.key(Key.Key_1, bench.page.reading.text)
    bench.key(Key.Key_Z, bench.page.reading.text, CTRL)

    assert "‹Shivon› told me." in bench.text


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"capitals_off": True}, "words with a capital letter are not suggested"),
        ({"has_roster": False}, "names are not searched for"),
        ({"readers_needed": 2}, "2 people read all of it."),
    ],
)
def test_what_is_not_searched_for_is_said(deidentifying, changed, words):
    assert words in deidentifying(**changed).page.frame.about.text()


def test_decisions_are_saved_at_once_and_there_again(deidentifying, qtbot):
    bench = deidentifying()
    bench.key(Key.Key_2)
    qtbot.waitUntil(lambda: bench.page.saver.is_saved)
    assert bench.service.saved[-1].everywhere["26"].replacement == "[in her twenties]"

    bench.page.leave()
    assert (bench.text, bench.service.closed) == ("", [RECORDING])
    bench.open()
    assert "[in her twenties]" in bench.text
    bench.page.words.list.chosen.emit(0)
    assert bench.page.words.card.why.text() == "An age or another number."


def test_what_cannot_be_saved_is_said_and_tried_again(deidentifying, qtbot):
    bench = deidentifying()
    bench.service.trouble = FULL
    bench.key(Key.Key_2)
    qtbot.waitUntil(lambda: bench.page.saver.is_failing)
    assert bench.page.frame.save_state.text() == "Not saved yet. Trying again."
    with pytest.raises(Trouble):
        bench.page.leave()

    bench.service.trouble = None
    bench.page.saver.flush()
    assert bench.page.frame.save_state.text() == ""
    assert bench.service.saved[-1] == bench.decisions


def test_a_half_typed_replacement_outlasts_leaving_and_no_word_of_the_text_is_stored(deidentifying):
    rows = DraftRows()
    bench = deidentifying(drafts=Drafts(rows))
    bench.page.words.card.other.setText("in her tw")
    left = bench.page.left_open()
    bench.page.store.save_open(left)
    bench.page.leave()
    stored = " ".join(rows.values())
    assert "in her tw" in stored
    assert not any(word in stored for word in ("Papakura", "Shivon", "Siobhan", "26"))

    bench.open()
    assert bench.page.words.card.other.text() == "in her tw"
    assert bench.page.store.read_open() == left


def test_a_text_is_approved_once_all_is_decided_and_read_by_keys_alone(deidentifying, qtbot):
    bench = deidentifying()
    bench.page.reading.reader.setFocus()
    bench.types("AB")
    bench.page.reading.text.setFocus()
    for _ in range(3):
        bench.key(Key.Key_1)
        next_word(bench)
    assert bench.page.words.card.word.text() == "Nothing left to decide"
    for _ in range(3):
        bench.key(Key.Key_Return, modifier=CTRL)
        bench.key(Key.Key_PageDown, modifier=CTRL)
    assert bench.page.frame.counts.text() == "nothing to decide · 3 of 3 pages read"

    bench.page.frame.approve_button.setFocus()
    bench.key(Key.Key_Space)
    assert bench.page.approving.form.by.text() == "AB"
    bench.page.approving.form.do_button.setFocus()
    bench.key(Key.Key_Space)
    qtbot.waitUntil(lambda: bool(bench.approvals))
    assert bench.service.approved_by == ["AB"]
    assert "Siobhan" not in bench.service.text.text


def test_every_control_is_named(deidentifying):
    assert accessible.nameless(deidentifying().page) == []


def test_redo_has_its_button_and_ctrl_y(deidentifying):
    bench = deidentifying()
    bench.key(Key.Key_1)
    after = bench.text
    for redo in (bench.page.frame.redo_button.click, lambda: bench.key(Key.Key_Y, bench.page.reading.text, CTRL)):
        bench.page.frame.undo_button.click()
        assert bench.text != after
        redo()
        assert bench.text == after


def test_a_text_is_opened_at_the_first_word_to_decide_of_its_page(deidentifying):
    bench = deidentifying()
    bench.page.leave()
    bench.page.show_opened(bench.service, bench.service.open(RECORDING), 2)

    assert (bench.page.reading.page, bench.page.words.card.word.text()) == (2, "Shivon, 3 times")
    assert bench.page.deciding.mark.suggestion.begin == bench.page.sitting.reading.text.rindex("Shivon")


def test_a_half_typed_replacement_is_for_the_same_word_after_leaving(deidentifying):
    bench = deidentifying(drafts=Drafts(DraftRows()))
    bench.page.words.list.chosen.emit(1)
    bench.page.words.card.other.setText("up nor")
    bench.page.reading.turn_to(3)
    left = bench.page.left_open()
    bench.page.leave()
    bench.page.show_opened(bench.service, bench.service.open(RECORDING), left.page)

    assert (bench.page.words.card.word.text(), bench.page.words.card.other.text()) == ("Papakura, 2 times", "up nor")
    assert bench.page.reading.page == 3


def test_a_half_typed_replacement_of_what_is_marked_is_asked_for_again(deidentifying):
    bench = deidentifying(drafts=Drafts(DraftRows()))
    select(bench, "told me")
    bench.page.frame.mark_button.click()
    bench.page.words.card.other.setText("a frie")
    bench.page.leave()
    bench.open()

    assert (bench.page.words.card.word.text(), bench.page.words.card.other.text()) == ("told me: 1 place", "a frie")


def test_what_was_typed_in_another_text_is_not_asked_for_here(deidentifying):
    rows = DraftRows()
    bench = deidentifying(drafts=Drafts(rows))
    bench.page.words.list.chosen.emit(1)
    bench.page.words.card.other.setText("up nor")
    bench.page.leave()

    assert bench.page.store.read_typed_at(RecordingId("another")) is None
    assert bench.page.store.read_typed_at(RECORDING) is not None
