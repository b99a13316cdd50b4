from __future__ import annotations

from bench.table import Row, in_turn, slope, slowest_in_twenty, spread, table


def test_a_slope_excludes_the_startup_cost():
    cpu_at_10_s, cpu_at_40_s = 0.9 + 10 * 0.02, 0.9 + 40 * 0.02

    assert round(slope((10, cpu_at_10_s), (40, cpu_at_40_s)), 9) == 0.02


def test_ratios_are_computed_pair_by_pair():
    """A moment in which everything is slow shows in both columns, and not in the ratio."""
    row = Row("both slowed down at once", [3.0, 30.0, 3.3], [2.0, 20.0, 2.0])

    assert [round(ratio, 9) for ratio in row.ratios] == [1.5, 1.5, 1.65]


def test_nineteen_of_twenty_are_not_above_the_slowest():
    assert slowest_in_twenty([float(figure) for figure in range(21)]) == 19.0


def test_the_median_decides_whether_an_aim_is_met():
    assert Row("", [1.0, 1.1, 9.0], [1.0, 1.0, 1.0], aim=1.1).reached is True
    assert Row("", [1.0, 1.2, 1.2], [1.0, 1.0, 1.0], aim=1.1).reached is False
    assert Row("", [1.0], [1.0]).reached is None


def test_a_figure_without_a_peer_is_compared_with_the_aim_itself():
    assert Row("", [1.0, 1.5, 2.5], aim=2.0).reached is True
    assert Row("", [2.5], aim=2.0).reached is False


def test_an_absolute_aim_does_not_depend_on_how_slow_the_peer_is():
    assert Row("", [60.0], [900.0], aim=50, absolute=True).reached is False
    assert Row("", [40.0], [20.0], aim=50, absolute=True).reached is True


def test_both_are_measured_equally_often_and_alternate_in_going_first():
    order = []

    def measure(which, figure):
        order.append(which)
        return figure

    pairs = in_turn(3, lambda: measure("ours", 1.0), lambda: measure("peers", 2.0))

    assert pairs == [(1.0, 2.0)] * 3
    assert order == ["ours", "peers", "peers", "ours", "ours", "peers"]


def test_a_spread_is_the_minimum_the_median_and_the_maximum():
    assert spread([3.0, 1.0, 2.26], 1) == "1.0 / 2.3 / 3.0"
    assert spread([2.26], 1) == "2.3"
    assert spread([], 1) == ""


def test_a_missed_aim_is_printed_as_missed():
    shown = table([Row("slow", [3.0], [2.0], aim=1.4), Row("quick", [2.0], [2.0], aim=1.4), Row("aimless", [1.0])])

    head, slow, quick, aimless = shown.split("\n")
    assert head.split() == ["ours", "peer's", "ratio", "aim"]
    assert slow.split() == ["slow", "3.0", "2.0", "1.50", "≤", "1.4", "missed"]
    assert quick.split() == ["quick", "2.0", "2.0", "1.00", "≤", "1.4", "reached"]
    assert aimless.split() == ["aimless", "1.0"]
