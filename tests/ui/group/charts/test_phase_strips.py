"""The phase strips: painted where the log has them, on one scale, at any width."""

import pytest
from accounts import six_weeks_account
from PySide6.QtGui import QColor

from balint_desktop.domain.session.session_record import PhaseTimes
from balint_desktop.ui.group.charts.phase_strips import ON_PAPER, PhaseStrips, SessionStrip, on_paper
from balint_desktop.ui.group.reports.group_report import session_strips

HALVES = (PhaseTimes("", 0, 1800, 0.0, 1200.0), PhaseTimes("", 1800, 3600, 1200.0, 3600.0))


def runs(image, colour):
    """Return the first and last column of a colour in the row with most of it, and its number of pixels."""
    wanted = QColor(colour).rgb()
    rows = [[x for x in range(image.width()) if image.pixel(x, y) == wanted] for y in range(image.height())]
    longest = max(rows, key=len)
    return longest[0], longest[-1], len(longest)


def test_phases_are_drawn_to_scale_in_minutes(qapp):
    image = on_paper([SessionStrip("", HALVES, 3600, 3600.0)], 640)

    first_from, first_until, _count = runs(image, ON_PAPER.first)
    second_from, second_until, _count = runs(image, ON_PAPER.second)
    whole = second_until - first_from
    assert first_until < second_from
    assert (first_until - first_from) / whole == pytest.approx(1 / 3, abs=0.01)
    assert (second_until - second_from) / whole == pytest.approx(2 / 3, abs=0.01)


def test_a_shorter_session_is_shorter_on_the_same_scale(qapp):
    half = (PhaseTimes("", 0, 1800, 0.0, 1800.0),)
    whole = on_paper([SessionStrip("", HALVES, 3600, 3600.0)], 640)
    both = on_paper([SessionStrip("", half, 1800, 1800.0), SessionStrip("", HALVES, 3600, 3600.0)], 640)

    assert runs(both, ON_PAPER.second)[1] == runs(whole, ON_PAPER.second)[1]
    first_from, first_until, _count = runs(both, ON_PAPER.first)
    assert (first_until - first_from) / (runs(whole, ON_PAPER.second)[1] - first_from) == pytest.approx(0.5, abs=0.01)


def test_a_phase_that_was_not_reached_is_not_drawn(qapp):
    left = (PhaseTimes("", 0, 1800, 0.0, 1200.0), PhaseTimes("", 1800, 3600, None, None))
    image = on_paper([SessionStrip("", left, 3600, None)], 640)

    # An antialiased edge may have its colour by chance; a phase is wider than that.
    wanted = QColor(ON_PAPER.second).rgb()
    assert all(sum(image.pixel(x, y) == wanted for x in range(image.width())) < 9 for y in range(image.height()))


@pytest.mark.parametrize("strips", [[], [SessionStrip("", (), 0, None)]])
def test_without_data_nothing_is_drawn(qapp, strips):
    assert on_paper(strips, 640).height() > 0


def test_the_picture_scales_with_the_text_and_describes_itself(qapp, theme, look_at):
    made = PhaseStrips()
    made.show_strips(session_strips(six_weeks_account()))
    before = look_at(made).sizeHint().height()
    theme.set_scale(2.0)

    assert made.sizeHint().height() > 1.5 * before
    assert made.accessibleName()
