import pytest

from balint_desktop.ui.recordings.player_card import point_after, point_before

POINTS = (60.0, 180.0, 1020.0)


@pytest.mark.parametrize(
    ("at_s", "expected"), [(0.0, None), (61.0, None), (63.0, 60.0), (181.0, 60.0), (190.0, 180.0), (9999.0, 1020.0)]
)
def test_the_previous_mark_is_not_the_one_just_passed(at_s, expected):
    assert point_before(POINTS, at_s) == expected


@pytest.mark.parametrize(("at_s", "expected"), [(0.0, 60.0), (60.0, 180.0), (500.0, 1020.0), (1020.0, None)])
def test_the_next_mark_is_after_the_current_position(at_s, expected):
    assert point_after(POINTS, at_s) == expected
