"""The text page by page, and who has read it."""

from deidentify_bench import LONG_TRANSCRIPT, select
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from qt_events import process_events
from window_fakes import DraftRows

from balint_desktop.ui.widgets.drafts import Drafts

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


def test_what_is_marked_already_is_not_marked_again(deidentifying):
    bench = deidentifying()
    select(bench, "[P3]")
    bench.page.frame.mark_button.click()

    assert bench.page.reading.problem.text() == "Select words of one turn that are not marked yet."


def test_pages_turn_by_their_keys(deidentifying):
    bench = deidentifying()
    bench.key(Key.Key_PageDown, bench.page.reading.text)
    assert bench.page.reading.page_label.text() == "Page 2 of 3"
    bench.key(Key.Key_PageUp, bench.page.reading.text)
    assert bench.page.reading.page_label.text() == "Page 1 of 3"
    bench.key(Key.Key_PageDown, bench.page.reading.text, CTRL)
    assert bench.page.reading.page_label.text() == "Page 2 of 3"


def test_a_page_is_ticked_by_a_label_that_is_asked_for_once(deidentifying):
    rows = DraftRows()
    bench = deidentifying(drafts=Drafts(rows))
    bench.page.reading.read.click()
    assert bench.page.reading.problem.text() == "Enter who reads first: initials or a label."
    assert not bench.page.reading.read.isChecked()
    assert bench.page.reading.reader.hasFocus()

    bench.types("AB")
    bench.page.reading.read.click()
    assert bench.page.reading.read.isChecked()
    assert bench.page.frame.counts.text().endswith("1 of 3 pages read")
    assert deidentifying(drafts=Drafts(rows)).page.reading.reader.text() == "AB"


def test_a_page_that_has_changed_since_is_not_ticked_and_says_so(deidentifying):
    bench = deidentifying()
    bench.page.reading.reader.setText("AB")
    bench.page.reading.read.click()
    bench.key(Key.Key_1, bench.page.reading.text)

    assert not bench.page.reading.read.isChecked()
    assert bench.page.reading.read_state.text() == "This page has changed since you read it."
    assert bench.page.frame.counts.text().endswith("0 of 3 pages read")


def test_a_tick_can_be_taken_back_and_undone(deidentifying):
    bench = deidentifying()
    bench.page.reading.reader.setText("AB")
    bench.key(Key.Key_Return, bench.page.reading.text, CTRL)
    bench.key(Key.Key_Return, bench.page.reading.text, CTRL)
    assert not bench.page.reading.read.isChecked()
    bench.key(Key.Key_Z, bench.page.reading.text, CTRL)
    assert bench.page.reading.read.isChecked()


def test_two_readers_are_two_labels_in_whatever_case_they_are_typed(deidentifying):
    bench = deidentifying(readers_needed=2)
    for label in ("AB", "ab"):
        bench.page.reading.reader.setText(label)
        if not bench.page.reading.read.isChecked():
            bench.page.reading.read.click()
    assert bench.page.reading.read_state.text() == "Read by AB; one more reader is needed"
    assert bench.page.frame.counts.text().endswith("0 of 3 pages read")

    bench.page.reading.reader.setText("CD")
    assert not bench.page.reading.read.isChecked()
    bench.page.reading.read.click()
    assert bench.page.frame.counts.text().endswith("1 of 3 pages read")


def test_nothing_of_the_text_can_be_copied_out(deidentifying):
    bench = deidentifying()
    bench.page.reading.text.selectAll()

    assert not bench.page.reading.text.createMimeDataFromSelection().hasText()


def test_only_the_page_in_view_is_in_the_document(deidentifying):
    bench = deidentifying(transcript=LONG_TRANSCRIPT)

    assert len(bench.text) < len(bench.page.sitting.reading.text) / 8


def test_no_page_turns_bold_after_one_that_began_with_a_label(deidentifying):
    bench = deidentifying()
    for key in (Key.Key_PageDown, Key.Key_PageUp):
        bench.key(key, bench.page.reading.text, CTRL)
    cursor = bench.page.reading.text.textCursor()
    cursor.setPosition(bench.text.index("like me") + 1)

    assert cursor.charFormat().fontWeight() != QFont.Weight.Bold


def test_a_page_is_ticked_only_once_its_end_was_seen(deidentifying):
    bench = deidentifying(transcript=LONG_TRANSCRIPT)
    page = bench.page
    page.reading.reader.setText("AB")
    assert not page.reading.read.isEnabled()
    assert page.reading.read_state.text() == "Scroll to the end of this page before you tick it."
    bench.key(Key.Key_Return, page.reading.text, CTRL)
    assert bench.decisions.ticks == ()

    page.reading.text.verticalScrollBar().setValue(page.reading.text.verticalScrollBar().maximum())
    process_events()
    assert page.reading.read.isEnabled()
    bench.key(Key.Key_Return, page.reading.text, CTRL)
    assert len(bench.decisions.ticks) == 1


def test_what_cannot_be_marked_is_said_until_something_else_is_selected(deidentifying):
    bench = deidentifying()
    for then in (lambda: select(bench, "anger"), lambda: bench.key(Key.Key_Z, bench.page.reading.text, CTRL)):
        select(bench, "[P3]")
        bench.page.frame.mark_button.click()
        assert bench.page.reading.problem.text()
        then()
        assert bench.page.reading.problem.text() == ""
