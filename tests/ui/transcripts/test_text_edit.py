"""The editor: what is typed becomes the text, and nothing else can be."""

import pytest
from correcting_bench import TRANSCRIPT, turn
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from balint_desktop.domain.transcript.transcript import Speaker, Turn, WordKind, transcript_of

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def test_it_shows_a_line_a_turn_with_phases_and_silence_between(correcting):
    assert correcting().lines() == [
        "Open",
        "I imagine she was tired of being asked.",
        "[silence, 7 s]",
        "Group reflects",
        "It made me angry. With the registrar, and then with her.",
        "[silence, 8 s]",
        "[not understood, 4 s]",
        "[silence, 4 s]",
        "What is that anger like?",
        "[silence, 3 s]",
        "Like being small again, [unclear, 4 s] and I said [te reo Māori: for a speaker] nothing.",
    ]


def test_what_is_typed_becomes_the_text_at_the_next_pause(correcting, qtbot):
    bench = correcting()
    bench.at(4, 1)
    bench.type("really ")
    assert bench.words(4) == "What is that anger like?"

    qtbot.waitUntil(lambda: bench.words(4) == "What really is that anger like?")


def test_long_typing_without_a_pause_is_no_older_than_a_second(correcting):
    bench = correcting()
    bench.at(4, 1)
    bench.type("x")

    assert bench.edit._longest.isActive()
    assert bench.edit._longest.interval() + 300 < 1_000
    left = bench.edit._longest.remainingTime()
    bench.type("y")
    assert bench.edit._longest.remainingTime() <= left


def test_leaving_a_turn_makes_what_was_typed_the_text_at_once(correcting):
    bench = correcting()
    bench.at_end(4)
    bench.type(" Tell   me. ")
    bench.key(Key.Key_Up)

    assert bench.words(4) == "What is that anger like? Tell me."
    assert "What is that anger like? Tell me." in bench.lines()


def test_a_space_just_typed_stays_under_the_cursor(correcting):
    bench = correcting()
    bench.at_end(4)
    bench.type(" so ")
    bench.edit.commit()

    assert "What is that anger like? so " in bench.lines()
    assert bench.edit.textCursor().atBlockEnd()


def test_words_that_were_not_touched_keep_their_times_and_doubt(correcting):
    bench = correcting()
    bench.at(2, 0)
    bench.type("Well, ")
    bench.edit.commit()

    now, before = bench.transcript.turn(2).words, TRANSCRIPT.turn(2).words
    assert now[1:] == before
    assert now[7].is_doubtful


@pytest.mark.parametrize("key", [Key.Key_Left, Key.Key_Right])
def test_the_cursor_crosses_a_place_in_one_step(correcting, key):
    bench = correcting()
    bench.at(5, 4)
    start = bench.edit.textCursor().positionInBlock()
    if key == Key.Key_Left:
        bench.at(5, 5, -1)

    bench.key(key)

    here = bench.edit.textCursor().positionInBlock()
    assert here == (start + len("[unclear, 4 s]") if key == Key.Key_Right else start)


def test_a_click_into_a_place_ends_beside_it(correcting):
    bench = correcting()
    bench.at(5, 4)
    block = bench.edit.textCursor().block()
    inside = QTextCursor(block)
    inside.setPosition(block.position() + block.text().index("[unclear, 4 s]") + 3)

    bench.edit.setTextCursor(inside)

    assert bench.edit.textCursor().positionInBlock() - block.text().index("[unclear, 4 s]") in {
        0,
        len("[unclear, 4 s]"),
    }


@pytest.mark.parametrize(("word", "key"), [(5, Key.Key_Backspace), (4, Key.Key_Delete)])
@pytest.mark.parametrize("modifier", [Qt.KeyboardModifier.NoModifier, CTRL])
def test_a_place_is_deleted_whole(correcting, word, key, modifier):
    bench = correcting()
    bench.at(5, word, -1 if key == Key.Key_Backspace else 0)
    bench.key(key, modifier)
    bench.edit.commit()

    assert "[unclear, 4 s]" not in bench.lines()[-1]
    assert bench.words(5) == "Like being small again, and I said te reo Māori nothing."
    assert [w.kind for w in bench.transcript.turn(5).words].count(WordKind.OTHER_LANGUAGE) == 1


def test_a_place_keeps_its_time_when_the_words_around_it_are_typed_anew(correcting):
    bench = correcting()
    bench.at(5, 5)
    bench.type("quietly ")
    bench.at(5, 4)
    bench.type("hardly ")
    bench.edit.commit()

    place = next(word for word in bench.transcript.turn(5).words if word.kind is WordKind.UNCLEAR)
    assert place == TRANSCRIPT.turn(5).words[4]


def test_what_is_typed_behind_a_place_is_a_word(correcting):
    bench = correcting()
    bench.at_end(3)
    bench.type("yes")
    bench.edit.commit()

    assert [word.kind for word in bench.transcript.turn(3).words] == [WordKind.NOT_UNDERSTOOD, WordKind.SPOKEN]
    assert bench.transcript.turn(3).words[1].text == "yes"


@pytest.mark.parametrize("line", ["[silence, 8 s]", "Group reflects"])
def test_a_remark_between_turns_cannot_be_typed_in(correcting, line):
    bench = correcting()
    before = bench.lines()
    cursor = QTextCursor(bench.edit.document().findBlockByNumber(before.index(line)))
    cursor.movePosition(QTextCursor.MoveOperation.NextCharacter)
    bench.edit.setTextCursor(cursor)
    bench.type("abc")
    bench.key(Key.Key_Backspace)
    bench.key(Key.Key_Delete)
    bench.key(Key.Key_Return)
    commit = QInputMethodEvent("", [])
    commit.setCommitString("か")
    QApplication.sendEvent(bench.edit, commit)
    bench.edit.commit()

    assert bench.lines() == before
    assert bench.transcript == TRANSCRIPT


def test_an_input_method_types_words(correcting):
    bench = correcting()
    bench.at_end(4)
    commit = QInputMethodEvent("", [])
    commit.setCommitString(" Whānau")
    QApplication.sendEvent(bench.edit, commit)
    bench.edit.commit()

    assert bench.words(4).endswith("like? Whānau")


def test_enter_splits_a_turn_between_words(correcting):
    bench = correcting()
    bench.at(2, 4)
    bench.key(Key.Key_Return)

    assert bench.words(2) == "It made me angry."
    second = bench.transcript.turns[2]
    assert [word.text for word in second.words][:2] == ["With", "the"]
    assert (second.speaker, bench.edit.turn_at_cursor().id) == ("P2", second.id)
    assert bench.edit.textCursor().atBlockStart()


def test_enter_inside_a_word_splits_at_its_nearer_end(correcting):
    bench = correcting()
    bench.at(2, 3, 1)
    bench.key(Key.Key_Return)

    assert bench.words(2) == "It made me"


def test_enter_at_the_end_begins_a_turn_where_the_sound_is(correcting):
    empty = Turn(1, Speaker("P4"), 0, 30_000)
    bench = correcting(transcript=transcript_of((empty, turn(2, "P1", 60, "Yes."))))
    bench.at(1)
    bench.type("I was there.")
    bench.playback.seek(12.0)
    bench.key(Key.Key_Return)
    bench.type("So was I.")
    bench.edit.commit()

    first, second, third = bench.transcript.turns
    assert (first.until_ms, second.from_ms, second.until_ms, third.id) == (12_000, 12_000, 30_000, 2)
    assert " ".join(word.text for word in second.words) == "So was I."
    assert first.words[-1].until_ms <= 12_000


def test_backspace_at_the_beginning_joins_to_the_turn_before(correcting):
    bench = correcting()
    bench.at(4, 0)
    bench.key(Key.Key_Backspace)

    assert bench.words(3) == "<not-understood> What is that anger like?"
    assert bench.edit.turn_at_cursor().id == 3
    assert [one.id for one in bench.transcript.turns] == [1, 2, 3, 5]


def test_delete_at_the_end_joins_the_next_turn(correcting):
    bench = correcting()
    bench.at_end(1)
    bench.key(Key.Key_Delete)

    assert bench.words(1).startswith("I imagine she was tired of being asked. It made me")
    assert bench.transcript.turn(1).speaker == "P4"


@pytest.mark.parametrize("key", [Key.Key_Backspace, Key.Key_Delete])
def test_nothing_joins_past_the_first_turn_or_the_last(correcting, key):
    bench = correcting()
    if key == Key.Key_Backspace:
        bench.at(1, 0)
    else:
        bench.at_end(5)
    bench.key(key)

    assert bench.transcript == TRANSCRIPT


def _select_from_second_word_of_first_to_third_of_second(bench):
    bench.at(1, 2)
    first = bench.edit.textCursor().position()
    bench.at(2, 3)
    cursor = bench.edit.textCursor()
    last = cursor.position()
    cursor.setPosition(first)
    cursor.setPosition(last, QTextCursor.MoveMode.KeepAnchor)
    bench.edit.setTextCursor(cursor)


def test_deleting_over_two_turns_joins_what_is_left_and_is_one_step(correcting):
    bench = correcting()
    _select_from_second_word_of_first_to_third_of_second(bench)
    bench.key(Key.Key_Delete)
    assert bench.words(1) == "I imagine angry. With the registrar, and then with her."
    assert "[silence, 7 s]" not in bench.lines()

    bench.key(Key.Key_Z, CTRL)

    assert bench.transcript == TRANSCRIPT


def test_typing_over_two_turns_replaces_what_was_selected(correcting):
    bench = correcting()
    _select_from_second_word_of_first_to_third_of_second(bench)
    bench.type("x")
    bench.edit.commit()

    assert bench.words(1) == "I imagine xangry. With the registrar, and then with her."


def test_undo_goes_back_over_the_whole_sitting_and_redo_forward(correcting):
    bench = correcting()
    seen = [bench.transcript]
    for number in range(30):
        bench.at_end(1 + number % 2)
        bench.type(f" w{number}")
        bench.edit.commit()
        seen.append(bench.transcript)

    for expected in reversed(seen[:-1]):
        bench.key(Key.Key_Z, CTRL)
        assert bench.transcript == expected
    assert bench.lines() == correcting().lines()
    for expected in seen[1:]:
        bench.key(Key.Key_Y, CTRL)
        assert bench.transcript == expected


def test_undo_takes_back_what_was_typed_before_any_pause(correcting):
    bench = correcting()
    bench.at_end(4)
    bench.type(" now")
    bench.key(Key.Key_Z, CTRL)

    assert bench.transcript == TRANSCRIPT
    assert "What is that anger like?" in bench.lines()


def test_undo_is_possible_while_the_text_is_locked(correcting):
    bench = correcting()
    bench.at_end(4)
    bench.type(" now")
    bench.page.who_chip.click()
    bench.key(Key.Key_Z, CTRL)

    assert bench.transcript == TRANSCRIPT


def test_only_the_blocks_that_changed_are_written(correcting):
    bench = correcting()
    bench.edit.complete()
    written = []
    bench.edit.document().contentsChange.connect(lambda at, gone, came: written.append((at, gone, came)))
    bench.at_end(4)
    bench.type("!")
    bench.edit.commit()

    block = bench.edit.document().findBlockByNumber(bench.lines().index("What is that anger like?!"))
    assert written
    assert all(block.position() <= at <= block.position() + block.length() for at, _, _ in written)


def test_nothing_that_is_copied_leaves_the_window(correcting):
    bench = correcting()
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("from elsewhere")
    QApplication.processEvents()
    bench.edit.go_to(4, 3, 1)
    bench.key(Key.Key_C, CTRL)
    assert clipboard.text() == "from elsewhere"
    assert bench.edit.createMimeDataFromSelection().formats() == []

    bench.at(4, 0)
    bench.key(Key.Key_V, CTRL)
    bench.edit.commit()

    assert bench.words(4) == "angerWhat is that anger like?"


def test_what_was_copied_elsewhere_later_is_pasted_as_one_line(correcting):
    bench = correcting()
    bench.edit.go_to(4, 3, 1)
    bench.key(Key.Key_X, CTRL)
    QGuiApplication.clipboard().setText("over\nand  over ")
    QApplication.processEvents()
    bench.key(Key.Key_V, CTRL)
    bench.edit.commit()

    assert bench.words(4) == "What is that over and over like?"


def test_text_that_is_dropped_or_pasted_by_the_system_is_one_line(correcting):
    bench = correcting()
    data = QMimeData()
    data.setText("one\ntwo\u2029three")
    bench.at_end(4)
    bench.edit.insertFromMimeData(data)
    bench.edit.commit()

    assert bench.words(4).endswith("like?one two three")
    assert not bench.edit.acceptDrops()


def test_a_click_seeks_the_word_that_was_clicked(correcting):
    bench = correcting()
    bench.at(2, 7)
    place = bench.edit.cursorRect().center() + QPoint(4, 0)
    QTest.mouseClick(bench.edit.viewport(), Qt.MouseButton.LeftButton, pos=place)

    assert bench.playback.position_s == TRANSCRIPT.turn(2).words[7].from_ms / 1000


def test_the_word_that_is_heard_is_highlighted_while_it_plays(correcting):
    bench = correcting()
    bench.plays(70.0, 1.5)

    (shown,) = bench.edit.extraSelections()
    assert shown.cursor.selectedText() == "With"


def test_a_word_is_still_found_while_its_turn_is_being_typed(correcting):
    bench = correcting()
    bench.at(2, 1)
    bench.type("has ")
    bench.plays(70.0, 1.5)

    (shown,) = bench.edit.extraSelections()
    assert shown.cursor.selectedText() == "With"


def test_the_text_follows_the_sound_unless_somebody_is_typing(correcting):
    many = transcript_of(turn(n, "P1", n * 3, "one two three") for n in range(1, 120))
    bench = correcting(transcript=many)
    bench.plays(300.0, 0.1)
    assert bench.edit.verticalScrollBar().value() > 0

    bench.edit.verticalScrollBar().setValue(0)
    bench.at(1, 0)
    bench.type("x")
    bench.deck.hears(2.0)

    assert bench.edit.verticalScrollBar().value() == 0


def test_a_withdrawn_turn_shows_neither_speaker_nor_length(correcting):
    bench = correcting(transcript=transcript_of((turn(1, "P4", 60, "<withdrawn>"), turn(2, "P1", 65, "Yes."))))

    assert bench.lines()[1] == "[not available]"


def test_the_gutter_of_a_withdrawn_turn_is_as_empty_as_one_of_nobody(correcting):
    shots = []
    for who in ("P4", "P2"):
        bench = correcting(transcript=transcript_of((turn(1, who, 60, "<withdrawn>"),)))
        shots.append(bench.edit._gutter.grab().toImage())

    assert shots[0] == shots[1]


def test_select_all_and_delete_leaves_an_empty_turn_and_comes_back(correcting):
    bench = correcting()
    bench.key(Key.Key_A, CTRL)
    bench.key(Key.Key_Delete)
    assert [one.words for one in bench.transcript.turns] == [()]

    bench.key(Key.Key_Z, CTRL)
    assert bench.transcript == TRANSCRIPT
    assert len(bench.lines()) == 11


def test_what_is_written_past_the_keys_never_stands_beside_the_text(correcting, qtbot):
    bench = correcting()
    before = bench.lines()
    for line in (0, 4):
        cursor = QTextCursor(bench.edit.document().findBlockByNumber(line))
        cursor.insertText("x\ny" if line else "x")
    qtbot.waitUntil(lambda: bench.lines() == before)

    assert bench.transcript == TRANSCRIPT


def test_words_written_into_another_turn_than_the_cursor_is_in_are_its_words(correcting):
    bench = correcting()
    bench.at(1, 0)
    cursor = QTextCursor(bench.edit.document().findBlockByNumber(bench.lines().index("What is that anger like?")))
    cursor.insertText("So, ")
    bench.edit.commit()

    assert bench.words(4) == "So, What is that anger like?"


def test_a_long_text_is_whole_once_what_is_seen_of_it_is_painted(correcting, qtbot):
    many = transcript_of(turn(n, "P1", n * 3, f"word{n} ~two") for n in range(1, 200))
    bench = correcting(transcript=many)
    bench.page.show_opened(bench.service, bench.opened)
    assert len(bench.edit.lines) < 150
    qtbot.waitUntil(lambda: len(bench.edit.lines) > 199)

    assert bench.lines()[-1] == "word199 two"
    assert len(bench.page.places.places) == 199
    assert bench.edit.document().blockCount() == len(bench.edit.lines)


@pytest.mark.parametrize("act", ["go", "hear", "undo", "type", "leave"])
def test_whoever_is_quicker_than_the_paint_finds_the_whole_text(correcting, act):
    many = transcript_of(turn(n, "P1", n * 3, f"word{n} two") for n in range(1, 200))
    bench = correcting(transcript=many)
    bench.page.show_opened(bench.service, bench.opened)
    acts = {
        "go": lambda: bench.edit.go_to(190),
        "hear": lambda: bench.edit.show_heard(190 * 3_000, follow=True),
        "undo": lambda: bench.key(Key.Key_Z, CTRL),
        "type": lambda: (bench.type("x"), bench.edit.commit()),
        "leave": bench.page.leave,
    }
    acts[act]()

    if act == "leave":
        assert bench.service.saved == []
    else:
        assert [one.id for one in bench.transcript.turns] == list(range(1, 200))
        bench.edit.complete()
        assert bench.edit.document().blockCount() == len(bench.edit.lines) > 199


# --- where the cursor is after an act ---

MARKS = {
    "unclear": lambda bench: bench.key(Key.Key_U, CTRL),
    "another language": lambda bench: bench.key(Key.Key_O, CTRL),
    "several at once": lambda bench: bench.page.acts.mark(WordKind.OVERLAP),
}


def here(bench):
    """Return the turn that the cursor is in, and the text before the cursor there."""
    cursor = bench.edit.textCursor()
    return bench.edit.turn_at_cursor().id, cursor.block().text()[: cursor.positionInBlock()]


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("offset", [0, 4])
def test_a_mark_leaves_the_cursor_at_its_place_and_so_does_undo(correcting, mark, offset):
    bench = correcting()
    bench.deps.settings.other_language = "te reo Māori"
    bench.at(2, 6, offset)
    MARKS[mark](bench)
    shown = bench.edit._pieces_of(4, bench.edit.textCursor().block().text())[6].text
    assert here(bench) == (2, "It made me angry. With the " + (shown if offset else ""))

    bench.key(Key.Key_Z, CTRL)
    assert here(bench) == (2, "It made me angry. With the " + ("registrar," if offset else ""))
    bench.key(Key.Key_Y, CTRL)
    assert here(bench) == (2, "It made me angry. With the " + (shown if offset else ""))


def test_what_was_selected_is_selected_as_the_mark_that_it_became(correcting):
    bench = correcting()
    bench.edit.go_to(2, 4, 3)
    bench.key(Key.Key_U, CTRL)
    assert bench.edit.textCursor().selectedText() == "[unclear, 1 s]"

    bench.key(Key.Key_Z, CTRL)
    assert bench.edit.textCursor().selectedText() == "With the registrar,"


@pytest.mark.parametrize("from_here", [False, True])
def test_a_speaker_leaves_the_cursor_at_its_word_and_so_does_undo(correcting, from_here):
    bench = correcting()
    bench.playback.seek(72.0)
    bench.at(2, 9, 2)
    bench.page.acts.set_speaker(Speaker("P1"), from_here=from_here)
    before = bench.edit.textCursor().block().text()[: bench.edit.textCursor().positionInBlock()]
    assert before.endswith("then wi")

    bench.key(Key.Key_Z, CTRL)
    assert here(bench) == (2, "It made me angry. With the registrar, and then wi")


def test_undoing_a_split_leaves_the_cursor_where_the_two_meet_and_redoing_where_it_goes_on(correcting):
    bench = correcting()
    bench.at(2, 4)
    bench.key(Key.Key_Return)
    assert here(bench) == (6, "")

    bench.key(Key.Key_Z, CTRL)
    assert here(bench) == (2, "It made me angry. ")
    bench.key(Key.Key_Y, CTRL)
    assert here(bench) == (6, "")


def test_undoing_a_join_leaves_the_cursor_at_its_words(correcting):
    bench = correcting()
    bench.at(4, 0)
    bench.key(Key.Key_Backspace)
    assert here(bench) == (3, "[not understood, 4 s]")

    bench.key(Key.Key_Z, CTRL)
    assert here(bench) in {(3, "[not understood, 4 s]"), (4, "")}


def test_replacing_all_leaves_the_cursor_at_its_word(correcting):
    bench = correcting()
    bench.at(2, 7, 1)
    bar = bench.page.find_bar
    bar.open_bar("with", replace=True)
    bar.replacement.setText("at")
    bar.replace_all_button.click()
    assert here(bench) == (2, "It made me angry. at the registrar, a")

    bench.key(Key.Key_Z, CTRL)
    assert here(bench) == (2, "It made me angry. With the registrar, a")


def test_undo_of_a_change_elsewhere_goes_to_the_word_that_it_changes(correcting):
    bench = correcting()
    bench.at(2, 6, 2)
    bench.key(Key.Key_U, CTRL)
    bench.at(4, 1)
    bench.key(Key.Key_Z, CTRL)

    assert bench.edit.textCursor().selectedText() == "registrar,"
