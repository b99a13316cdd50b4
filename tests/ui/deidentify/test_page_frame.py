"""What of the page is shown at a size."""

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea
from qt_events import process_events

from balint_desktop.ui.widgets.enter_escape import press_escape

Key = Qt.Key


@pytest.mark.parametrize("size", [(576, 300), (1026, 640)])
def test_in_a_narrow_window_the_words_open_over_the_text(deidentifying, size):
    bench = deidentifying(size=size)
    is_narrow = size[0] < 600

    assert bench.page.words.isVisible() is not is_narrow
    assert bench.page.frame.side_chip.isVisible() is is_narrow
    if is_narrow:
        bench.page.frame.side_chip.click()
        assert bench.page.words.card.context.text().startswith("She was ‹26› like me")
        bench.key(Key.Key_1, bench.page.words.list)
        assert bench.decisions.everywhere["26"].replacement == "[age]"


def test_escape_closes_the_words_over_the_text_before_it_leaves_the_page(deidentifying):
    bench = deidentifying(size=(576, 300))
    left = []
    bench.page.back.connect(lambda: left.append(True))
    bench.page.frame.side_chip.click()
    press_escape(bench.page, bench.page.words.list)

    assert (bench.page.words.isVisible(), bench.page.reading.text.isVisible(), left) == (False, True, [])
    assert not bench.page.frame.side_chip.isChecked()


@pytest.mark.parametrize("size", [(576, 300), (1026, 640)])
def test_at_200_per_cent_everything_is_whole_or_scrolled_to(deidentifying, theme, size):
    theme.set_scale(2.0)
    bench = deidentifying(size=size)
    page = bench.page
    for made in (page.frame.back_button, page.frame.title, page.frame.approve_button, page.reading.read):
        assert made.width() >= made.minimumSizeHint().width(), made.objectName()
        assert made.height() >= made.minimumSizeHint().height(), made.objectName()
    assert page.frame.title.height() <= 2 * page.frame.title.fontMetrics().lineSpacing()
    shown = [page.frame.head, page.frame.main, page.frame.foot]
    assert all(one.geometry().bottom() < next_.geometry().top() for one, next_ in pairwise(shown))
    page.frame.approve_button.setFocus()
    page.frame.side_chip.click()
    process_events()
    assert page.findChild(QScrollArea, "deidentify-scroll").verticalScrollBar().maximum() == 0
    assert not page.words.card.buttons[0].visibleRegion().isEmpty()
    assert page.words.card.buttons[0].visibleRegion().boundingRect().size() == page.words.card.buttons[0].size()


def test_the_focus_goes_from_words_that_are_hidden_to_the_text(deidentifying):
    bench = deidentifying()
    bench.page.words.next_button.setFocus()
    bench.page.resize(576, 300)
    process_events()

    assert bench.page.reading.text.hasFocus()
