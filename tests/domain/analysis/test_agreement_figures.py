"""The figures of agreement as they are shown: the golden table's, the same each time, with limits of the alpha."""

import pytest

from balint_desktop.domain.analysis.agreement import CodedSpan
from balint_desktop.domain.analysis.agreement_figures import agreement_figures
from balint_desktop.domain.analysis.file_agreement import ComparedUnit

TEXTS = {"t": "\n".join(["x" * 99] * 10)}
CODERS = ("A", "B")
SPANS = (CodedSpan("t", 0, 500, "c", "A"), CodedSpan("t", 250, 750, "c", "B"))


@pytest.mark.parametrize(("unit", "n"), [(ComparedUnit.TURN, 10), (ComparedUnit.CHARACTER, 999)])
def test_figures_are_the_same_each_time_and_alpha_lies_within_its_limits(unit, n):
    found = agreement_figures(TEXTS, CODERS, SPANS, unit, resamples=50)

    assert found == agreement_figures(TEXTS, CODERS, SPANS, unit, resamples=50)
    assert found.n == n
    (code,) = found.codes
    low, high = found.limits["c"]
    assert low < code.alpha < high


def test_figures_by_character_are_those_of_the_golden_table():
    (code,) = agreement_figures(TEXTS, CODERS, SPANS, ComparedUnit.CHARACTER, resamples=1).codes

    assert code.jaccard == pytest.approx(1 / 3)


def test_a_computation_that_is_stopped_has_figures_and_no_limits():
    found = agreement_figures(TEXTS, CODERS, SPANS, ComparedUnit.TURN, is_stopped=lambda: True)

    assert [one.code for one in found.codes] == ["c"]
    assert found.limits == {}
