"""Coding: by keys, by menu, undone, saved at each step, read aloud."""

from __future__ import annotations

from dataclasses import replace

import accessible
import pytest
from analysis_bench import FIRST, ME, ROUND, SECOND, TEXT, WALL, FakeAnalysis
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QAccessible, QFont, QGuiApplication, QTextCursor
from PySide6.QtTest import QTest
from qt_events import process_events
from waiting import wait_until

from balint_desktop.domain.analysis.codebook import Codebook
from balint_desktop.domain.analysis.coding import Coding
from balint_desktop.domain.analysis.history import CoderWork
from balint_desktop.domain.analysis.study import Approach, RoundClosing
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.ui.analysis.code_keys import SHORTCUTS, SIGNS, CodeAction, action_name
from balint_desktop.ui.analysis.coding_sitting import CodingSitting
from balint_desktop.ui.widgets.enter_escape import press_escape

ANGRY = (TEXT.text.index("It made"), TEXT.text.index("angry.") + len("angry."))
TIRED = (TEXT.text.index("I know"), TEXT.text.index("tired.") + len("tired."))


def given(guid, span, code="Anger", memo=""):
    return Coding(guid, FIRST, *span, f"code-{code}", 1.0, memo)


def select(page, begin, end):
    cursor = QTextCursor(page.text.document())
    cursor.setPosition(page.text.places.to_qt(begin))
    cursor.setPosition(page.text.places.to_qt(end), QTextCursor.MoveMode.KeepAnchor)
    page.text.setTextCursor(cursor)


def passages(page):
    names = {code.guid: code.name for code in page.sitting.book.codes}
    return [(names[one.code], page.sitting.passage(one)) for one in page.sitting.codings]


# --- giving ---


def test_select_k_two_letters_enter_codes_whole_words(coding):
    page = coding()
    select(page, ANGRY[0] + 1, ANGRY[1] - 2)

    QTest.keyClicks(page.text, "k")
    QTest.keyClicks(page.give_box.typed, "an")
    QTest.keyClick(page.give_box.typed, Qt.Key.Key_Return)

    assert passages(page) == [("Anger", "It made me angry.")]
    assert page.text.hasFocus()
    assert page.give_box.isHidden()


def test_what_is_no_code_yet_becomes_one(coding):
    page = coding()
    select(page, *TIRED)

    QTest.keyClicks(page.text, "k")
    QTest.keyClicks(page.give_box.typed, "Knowing better")
    QTest.keyClick(page.give_box.typed, Qt.Key.Key_Return)

    assert passages(page) == [("Knowing better", "I know she was only tired.")]


def test_the_arrows_choose_among_the_codes_offered(coding):
    page = coding(names=("Anger", "Anger at staff"))
    select(page, *ANGRY)

    QTest.keyClicks(page.text, "k")
    QTest.keyClicks(page.give_box.typed, "an")
    QTest.keyClick(page.give_box.typed, Qt.Key.Key_Down)
    QTest.keyClick(page.give_box.typed, Qt.Key.Key_Return)

    assert passages(page) == [("Anger at staff", "It made me angry.")]


def test_a_semicolon_gives_the_last_code_again(coding):
    page = coding()
    select(page, *ANGRY)
    page._give("code-Anger")
    select(page, *TIRED)

    QTest.keyClicks(page.text, ";")

    assert passages(page) == [("Anger", "It made me angry."), ("Anger", "I know she was only tired.")]


def test_a_digit_gives_a_recent_code_and_keeps_its_meaning(coding):
    page = coding()
    for code, span in (("Anger", ANGRY), ("Safety", TIRED), ("Anger", TIRED)):
        select(page, *span)
        page._give(f"code-{code}")
    select(page, *ANGRY)

    QTest.keyClicks(page.text, "2")

    assert ("Safety", "It made me angry.") in passages(page)


def test_the_digit_of_a_code_changes_only_when_ten_are_given(coding):
    names = tuple(f"C{n}" for n in range(11))
    page = coding(names=names)
    for name in names:
        select(page, *ANGRY)
        page._give(f"code-{name}")

    assert page.sitting.recent == ("code-C9", "code-C10", *(f"code-C{n}" for n in range(2, 9)))


def test_digits_are_those_of_before_when_the_page_is_opened_again(coding):
    page = coding()
    for code in ("Safety", "Anger"):
        select(page, *ANGRY)
        page._give(f"code-{code}")
    work = page.sitting.work
    page.sitting.begin(CoderWork())

    assert page.sitting.recent == ()

    page.sitting.begin(work)

    assert (page.sitting.recent, page.sitting.last) == (("code-Safety", "code-Anger"), "code-Anger")


def test_digits_are_at_first_those_of_the_codes_given_last_in_the_order_they_were_given(coding):
    later = replace(given("b", TIRED, "Safety"), wall=2.0)
    page = coding(later, given("a", ANGRY))

    assert (page.sitting.recent, page.sitting.last) == (("code-Anger", "code-Safety"), "code-Safety")


def test_a_code_keeps_its_letter_when_others_are_made_one_and_undone(coding):
    page = coding()
    page.sitting.merge("code-Safety", "code-Being small")
    assert [page.sitting.letter(f"code-{name}") for name in ("Anger", "Being small")] == ["A", "C"]

    page.sitting.undo()

    assert page.sitting.letter("code-Safety") == "B"


def test_a_code_has_its_letter_again_after_a_restart_whatever_was_merged_and_made_before(coding):
    page = coding()
    page.sitting.merge("code-Anger", "code-Being small")
    page.sitting.merge("code-Safety", "code-Being small")
    made = page.sitting.new_code("Shame")
    restarted = CodingSitting(lambda: 0.0)

    restarted.begin(page.sitting.work)

    assert [restarted.letter(code) for code in ("code-Being small", made)] == ["C", "A"]


def test_codes_that_had_no_letters_are_saved_with_them_at_the_first_step(coding):
    page = coding()
    bare = Codebook(tuple(replace(code, letter="") for code in page.sitting.book.codes))
    page.sitting.begin(CoderWork(bare))

    page.sitting.merge("code-Anger", "code-Safety")

    assert [code.letter for code in page.sitting.work.book.codes] == ["B", "C"]


def test_the_numbers_beside_codes_say_what_they_are(coding):
    page = coding(given("a", ANGRY))
    tree = page.codes.tree
    rows = [tree.topLevelItem(at) for at in range(2)]

    assert [(row.toolTip(1), row.toolTip(2)) for row in rows] == [
        ("1 passage", "Press 1 in the text to give this code"),
        ("0 passages", ""),
    ]


def test_the_columns_of_the_codes_have_headings_that_are_read_aloud(coding):
    tree = coding(given("a", ANGRY)).codes.tree
    heads = [one for one in accessible.interfaces(tree) if one.role() == QAccessible.Role.ColumnHeader]

    assert tree.header().isVisible()
    assert {one.text(QAccessible.Text.Name) for one in heads} == {"Code", "Passages", "Key"}
    assert all(tree.columnWidth(at) >= tree.header().sectionSizeHint(at) for at in (1, 2))


def test_the_menu_and_what_is_said_speak_of_passages_as_help_does():
    words = " ".join(action_name(action) for action in CodeAction)

    assert "coding" not in words.casefold()
    assert action_name(CodeAction.NEXT) == "Next passage"


_WIDE = (1400, 720)


def piled(count):
    """Return so many codings that all overlap, each of a code of its own, and their names."""
    names = tuple(f"Code {number}" for number in range(count))
    return [given(name, (ANGRY[0], ANGRY[1]), name) for name in names], names


def test_codings_with_no_column_of_their_own_are_counted_and_named(coding):
    codings, names = piled(11)
    page = coding(*codings, names=names, size=_WIDE)
    seen, (group,) = page.lanes.seen(), page.lanes.without_bar()

    assert (len(seen), len(group.codings), page.lanes.count_words(group)) == (7, 4, "+4")
    assert page.lanes.accessibleDescription() == (
        "4 passages have no bar of their own: Code 7, Code 8, Code 9 and Code 10. At the cursor, “This passage” lists "
        "all."
    )


def test_a_click_on_their_count_takes_them_in_hand_in_turn_and_that_one_has_a_bar(coding):
    codings, names = piled(10)
    page = coding(*codings, names=names, size=_WIDE)
    (group,) = page.lanes.without_bar()
    taken = []
    for _ in range(4):
        QTest.mouseClick(page.lanes, Qt.MouseButton.LeftButton, pos=group.place.center().toPoint())
        taken.append(page.sitting.current)
        assert page.sitting.current in [one.guid for one, _ in page.lanes.seen()]

    assert taken == ["Code 7", "Code 8", "Code 9", "Code 7"]
    assert page.lanes.count_words(page.lanes.without_bar()[0]) == "+2"


def test_as_many_codings_as_columns_have_all_their_bars(coding):
    codings, names = piled(8)
    page = coding(*codings, names=names, size=_WIDE)

    assert (len(page.lanes.seen()), page.lanes.without_bar(), page.lanes.accessibleDescription()) == (8, [], "")


def test_one_beyond_the_columns_elsewhere_has_the_last_column_to_itself(coding):
    codings, names = piled(9)
    first = TEXT.turns[0]
    alone = [replace(one, guid=f"{one.guid} again", begin=first.begin, end=first.end) for one in codings[:8]]
    page = coding(*codings, *alone, names=names, size=_WIDE)

    (group,) = page.lanes.without_bar()
    assert [one.guid for one in group.codings] == ["Code 7", "Code 8"]
    assert "Code 7 again" in [one.guid for one, _ in page.lanes.seen()]


def test_a_wide_window_may_be_made_narrow_in_one_step(coding):
    page = coding(size=(1280, 720))

    page.resize(640, 360)
    process_events()

    assert page.width() == 640
    assert not page.codes.isVisible()


def test_in_a_narrow_window_the_bars_leave_room_for_the_text(coding):
    codings, names = piled(8)
    page = coding(*codings, names=names, size=(560, 360))

    assert page.text.viewport().width() > page.text.width() / 2
    assert page.lanes.count_words(page.lanes.without_bar()[0]).startswith("+")
    assert page.width() == 560


def test_overlapping_codings_stand_in_lanes_with_letters(coding):
    page = coding(given("a", ANGRY), given("b", (ANGRY[0] + 8, TIRED[1]), "Safety"))

    assert {one.guid: (page.sitting.lane(one.guid), page.sitting.letter(one.code)) for one in page.sitting.codings} == {
        "a": (0, "A"),
        "b": (1, "B"),
    }
    assert [one.guid for one, _ in page.lanes.seen()] == ["a", "b"]


def test_passages_that_meet_in_a_line_have_bars_and_letters_of_their_own(coding):
    begin, middle, end = ANGRY[0], ANGRY[0] + len("It made"), ANGRY[1]
    page = coding(given("a", (begin, middle)), given("b", (middle + 1, end), "Safety"))
    (_, first), (_, second) = seen = page.lanes.seen()

    assert [page.sitting.lane(one) for one in "ab"] == [0, 0]
    assert first.top() < first.bottom() < second.top() < second.bottom()
    assert list(page.lanes.letter_tops(seen)) == ["a"]


def test_the_letter_of_the_coding_in_hand_is_the_one_that_is_seen(coding):
    begin, middle, end = ANGRY[0], ANGRY[0] + len("It made"), ANGRY[1]
    page = coding(given("a", (begin, middle)), given("b", (middle + 1, end), "Safety"))
    page.sitting.choose("b")

    assert list(page.lanes.letter_tops(page.lanes.seen())) == ["b"]


def test_letters_in_one_lane_stand_below_each_other_where_bars_have_room(coding):
    page = coding(given("a", ANGRY), given("b", TIRED, "Safety"))
    one, two = (each for each, _ in page.lanes.seen())
    high = page.lanes.fontMetrics().ascent()
    bar = QRectF(0, 10, 20, 5 * high)

    assert page.lanes.letter_tops([(one, bar), (two, bar)]) == {"a": 10, "b": 10 + high}


def test_a_retired_code_is_not_given(coding):
    page = coding()
    page.sitting.retire("code-Anger", is_retired=True)
    select(page, *ANGRY)

    page._give("code-Anger")

    assert passages(page) == []
    assert "retired" in page.news.text()


def test_the_name_of_a_retired_code_says_so_at_enter(coding):
    page = coding()
    page.sitting.retire("code-Anger", is_retired=True)
    select(page, *ANGRY)

    QTest.keyClicks(page.text, "k")
    QTest.keyClicks(page.give_box.typed, "anger")
    QTest.keyClick(page.give_box.typed, Qt.Key.Key_Return)

    assert passages(page) == []
    assert "retired" in page.news.text()


def test_who_speaks_is_not_coded_and_k_on_it_asks_for_words(coding):
    page = coding()
    label = TEXT.text.index("R2:")
    select(page, label, label + len("R2:"))

    QTest.keyClicks(page.text, "k")

    assert page.give_box.isHidden()
    assert page.news.text() == "Select the words to code first."


# --- edges, split, removal ---


@pytest.mark.parametrize(
    ("sign", "passage"),
    [
        # Who speaks is no word of a passage.
        ("[", "there? R2: It made me angry."),
        ("]", "made me angry."),
        ("{", "It made me"),
        ("}", "It made me angry. With"),
    ],
)
def test_brackets_move_the_edges_by_a_word(coding, sign, passage):
    page = coding(given("a", ANGRY))
    page._on_chosen("a")

    QTest.keyClicks(page.text, sign)

    assert passages(page) == [("Anger", passage)]


def test_a_coding_is_split_where_the_cursor_is(coding):
    page = coding(given("a", (ANGRY[0], TIRED[1])))
    page.text.move_cursor(TIRED[0])

    QTest.keyClicks(page.text, "s")

    assert [words for _, words in passages(page)] == [
        "It made me angry. With the registrar, and then with her.",
        "I know she was only tired.",
    ]


def test_delete_removes_the_coding_in_hand(coding):
    page = coding(given("a", ANGRY), given("b", TIRED))
    page._on_chosen("b")

    QTest.keyClick(page.text, Qt.Key.Key_Delete)

    assert passages(page) == [("Anger", "It made me angry.")]


# --- codes ---


def test_a_code_is_merged_with_its_passages_and_that_is_undone(coding):
    page = coding(given("a", ANGRY), given("b", TIRED, "Safety"))
    page.text.move_cursor(0)
    page.tree.choose("code-Safety")
    page._do(CodeAction.MERGE)
    page.code_box.other.choose("code-Anger")
    page.code_box.do_button.click()

    assert [code for code, _ in passages(page)] == ["Anger", "Anger"]

    QTest.keyClick(page.text, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)

    assert [code for code, _ in passages(page)] == ["Anger", "Safety"]


def test_a_code_is_renamed_nested_and_retired(coding):
    page = coding()
    page.tree.choose("code-Safety")
    page._do(CodeAction.RENAME)
    page.code_box.name.setText("Not alone")
    page.code_box.do_button.click()
    page._do(CodeAction.NEST)
    page.code_box.other.choose("code-Anger")
    page.code_box.do_button.click()
    page._do(CodeAction.RETIRE)

    code = page.sitting.book.code("code-Safety")
    assert (code.name, code.parent, code.is_retired) == ("Not alone", "code-Anger", True)


def test_a_name_that_another_code_has_is_refused(coding):
    page = coding()
    page._do(CodeAction.NEW)
    page.code_box.name.setText("anger")

    page.code_box.do_button.click()

    assert page.code_box.problem.text() == "Another code already has this name."
    assert len(page.sitting.book.codes) == 3


def test_the_column_of_counts_has_room_for_the_longest_and_its_heading(coding):
    page = coding(*(given(f"g{at}", (at, at + 1)) for at in range(0, 18, 2)))
    select(page, *TIRED)

    page._give("code-Anger")

    item = page.tree.topLevelItem(0)
    assert item.text(1) == "10"
    assert page.tree.columnWidth(1) >= page.tree.sizeHintForIndex(page.tree.indexFromItem(item, 1)).width()
    assert page.tree.columnWidth(1) >= page.tree.header().sectionSizeHint(1)
    assert page.tree.columnWidth(1) >= page.tree.sizeHintForColumn(1)


def test_a_code_keeps_its_digit_in_the_tree_while_others_are_given(coding):
    page = coding()
    for span, code in ((ANGRY, "code-Safety"), (TIRED, "code-Anger"), (TIRED, "code-Safety")):
        select(page, *span)
        page._give(code)

    rows = [page.tree.topLevelItem(row) for row in range(3)]

    assert [(row.text(1), row.text(2)) for row in rows] == [("1", "2"), ("2", "1"), ("", "")]
    assert page.tree.columnWidth(2) >= page.tree.sizeHintForColumn(2)


def test_counts_in_the_tree_follow_the_codings(coding):
    page = coding(given("a", ANGRY), given("b", TIRED))

    assert [page.tree.topLevelItem(0).text(column) for column in (0, 1)] == ["A  Anger", "2"]


def test_codes_are_found_by_name_and_definition(coding):
    page = coding()
    page.sitting.change_code(replace(page.sitting.book.code("code-Safety"), definition="not being alone"))

    page.codes.filter.setText("alone")

    hidden = [page.tree.topLevelItem(row).isHidden() for row in range(3)]
    assert hidden == [True, False, True]


def test_what_is_typed_of_a_code_is_one_step_and_saved(coding):
    page = coding(given("a", ANGRY))
    page._on_chosen("a")
    page.panel.definition.setPlainText("Anger turned on the patient")
    page.panel.memo.setPlainText("why: the then")

    page.panel.commit()

    assert page.sitting.book.code("code-Anger").definition == "Anger turned on the patient"
    assert page.sitting.codings[0].memo == "why: the then"
    page.saver.flush()
    assert page.service.works[1, ME] == page.sitting.work


@pytest.mark.parametrize("size", [(1080, 720), (440, 340)])
def test_m_opens_the_memo_under_the_passage_which_stays_in_view(coding, size):
    page = coding(given("a", ANGRY), size=size)
    page._on_chosen("a")

    QTest.keyClicks(page.text, "m")
    process_events()
    assert page.focusWidget() is page.panel.memo
    assert page.text.isVisible()
    assert page.text.viewport().rect().contains(page.text.cursorRect().center())

    QTest.keyClicks(page.panel.memo, "why: the then")
    page.panel.done_button.click()

    assert page.sitting.codings[0].memo == "why: the then"
    assert page.panel.memo_shown.text() == "why: the then"
    assert page.panel.memo_form.isHidden()
    assert page.focusWidget() is page.text
    assert page.foot.isVisible()


def test_what_is_half_typed_is_of_the_coding_it_was_typed_for(coding):
    page = coding(given("a", ANGRY), given("b", TIRED, "Being small"))
    page._on_chosen("a")
    QTest.keyClicks(page.text, "m")
    QTest.keyClicks(page.panel.memo, "of a")

    page._on_chosen("b")

    assert {one.guid: one.memo for one in page.sitting.codings} == {"a": "of a", "b": ""}
    assert page.panel.memo_form.isHidden()


# --- undo ---


def test_undo_and_redo_go_over_codes_and_codings(coding):
    page = coding()
    select(page, *ANGRY)
    QTest.keyClicks(page.text, "k")
    QTest.keyClicks(page.give_box.typed, "New one")
    QTest.keyClick(page.give_box.typed, Qt.Key.Key_Return)
    made = page.sitting.work

    for _ in range(2):
        QTest.keyClick(page.text, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert (len(page.sitting.book.codes), passages(page)) == (3, [])

    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    for _ in range(2):
        QTest.keyClick(page.text, Qt.Key.Key_Z, both)
    assert page.sitting.work == made


# --- keys act in the text alone ---


@pytest.mark.parametrize("sign", ["k", "s", "m", ";", "1", "["])
def test_a_sign_typed_in_a_field_is_only_typed(coding, sign):
    page = coding(given("a", ANGRY))
    page._on_chosen("a")
    page.panel.definition.setFocus()
    before = page.sitting.work.codings

    QTest.keyClicks(page.panel.definition, sign)

    assert page.panel.definition.toPlainText() == sign
    assert page.sitting.work.codings == before
    assert page.give_box.isHidden()


def test_every_action_is_in_the_menu_with_its_key(coding):
    page = coding(given("a", ANGRY))
    page._on_chosen("a")

    rows = [row.text().split("\t") for row in page.menu().actions() if row.text()]

    assert len(rows) == len(CodeAction)
    assert all(len(row) == 2 and row[1] for row in rows), rows
    assert {*SIGNS.values(), *SHORTCUTS} < set(CodeAction)


def test_next_and_previous_go_through_codings_and_read_them_aloud(coding, announced):
    page = coding(given("a", ANGRY), given("b", TIRED, "Safety"))
    page.text.move_cursor(0)

    QTest.keyClicks(page.text, "..,")

    assert announced[-3:] == [
        "Anger: “It made me angry.”",
        "Safety: “I know she was only tired.”",
        "Anger: “It made me angry.”",
    ]


def test_nothing_selected_leaves_the_window(coding):
    page = coding()
    select(page, *ANGRY)
    QGuiApplication.clipboard().setText("copied elsewhere")

    QTest.keyClick(page.text, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)

    assert QGuiApplication.clipboard().text() == "copied elsewhere"


# --- texts, phases, saving, closing ---


def test_phases_are_headings_and_are_said_with_the_speaker(coding):
    page = coding()

    page.text.move_cursor(ANGRY[0])

    assert page.where.text() == "Group reflects · R2"
    assert set(page.text._heading_blocks.values()) == {"Presenting the case", "Group reflects"}


def test_another_text_has_its_own_codings_and_undo_goes_over_both(coding):
    page = coding(given("a", ANGRY))
    page.texts.setCurrentIndex(1)
    select(page, *TIRED)
    page._give("code-Safety")

    assert passages(page) == [("Safety", "I know she was only tired.")]
    assert page.sitting.codings[0].text == SECOND
    page._do(CodeAction.UNDO)
    assert page.sitting.codings == ()


def test_only_who_speaks_is_bold_also_in_the_next_text(coding):
    page = coding()
    page.texts.setCurrentIndex(1)
    process_events()

    def weight(words):
        select(page, at := TEXT.text.index(words), at + 1)
        return page.text.textCursor().charFormat().fontWeight()

    assert (weight("R2:"), weight("It made")) == (QFont.Weight.Bold, QFont.Weight.Normal)


def test_each_step_is_saved(coding, work):
    page = coding()
    select(page, *ANGRY)

    page._give("code-Anger")

    wait_until(lambda: (process_events(), not work.busy)[1])
    assert page.service.works[1, ME].codings.all == page.sitting.work.codings.all


def test_what_cannot_be_saved_is_told_and_tried_again_when_left(coding, work, messages):
    page = coding()
    page.service.trouble = Trouble(TroubleCode.DISK_FULL)
    select(page, *ANGRY)
    page._give("code-Anger")
    wait_until(lambda: (process_events(), messages.last is not None)[1])

    with pytest.raises(Trouble):
        page.leave()
    page.service.trouble = None
    page.leave()

    assert len(page.service.works[1, ME].codings.all) == 1


def test_closing_says_what_it_means_and_then_nothing_can_be_changed(coding, work, qtbot):
    page = coding(given("a", ANGRY))
    page.close_button.click()
    assert "You cannot change it afterwards." in page.confirm.words.text()

    with qtbot.waitSignal(page.closed):
        page.confirm.do_button.click()

    assert ("close_round", 1, ME) in page.service.asked
    select(page, *TIRED)
    page._give("code-Anger")
    QTest.keyClick(page.text, Qt.Key.Key_Delete)
    assert passages(page) == [("Anger", "It made me angry.")]


def test_a_closed_round_is_shown_and_cannot_be_changed(coding):
    closed = replace(ROUND, closings=(RoundClosing(ME, WALL, "0" * 64),))
    page = coding(given("a", ANGRY), coding_round=closed)

    QTest.keyClicks(page.text, "k")

    assert page.give_box.isHidden()
    assert page.close_button.isHidden()
    assert page.panel.memo.isReadOnly()


def test_without_rounds_nothing_is_closed(coding):
    service = FakeAnalysis(replace(FakeAnalysis().study, approach=Approach.REFLEXIVE))

    page = coding(service=service)

    assert page.close_button.isHidden()
    assert page.title.text() == "You are Coder 1"


@pytest.mark.parametrize("size", [(1080, 720), (440, 340)])
def test_on_a_small_screen_one_column_is_shown_at_a_time(coding, size):
    page = coding(given("a", ANGRY), size=size)
    is_small = size[0] < 600

    assert page.middle.isVisible()
    assert (page.codes.isVisible(), page.panel.isVisible()) == (not is_small, not is_small)
    if is_small:
        page.codes_chip.click()
        assert (page.codes.isVisible(), page.middle.isVisible()) == (True, False)


def test_escape_closes_what_is_in_place_of_the_text_before_the_page_is_left(coding):
    page = coding()
    left = []
    page.back.connect(lambda: left.append(True))
    page._set_narrow(narrow=True)
    page.codes_chip.setChecked(True)

    press_escape(page, page.tree)

    assert not page.middle.isHidden()
    assert left == []


def test_coding_goes_on_at_the_text_that_was_coded_last(coding):
    here, there = given("a", ANGRY), replace(given("b", (0, 5)), text=SECOND, wall=9.0)
    page = coding(here, there)

    assert page.texts.currentData() == SECOND
