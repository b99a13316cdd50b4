"""Units that coders are compared by: characters, sentences, turns."""

from __future__ import annotations

import pytest

from balint_desktop.domain.analysis.agreement import CodedSpan
from balint_desktop.domain.analysis.file_agreement import ComparedUnit, scale_of, sentence_bounds

TEXT = "R1: It hurt. “Why me?” she said … nothing, 3.5 times\n\nF: Yes."


def test_a_sentence_ends_behind_its_mark_and_never_goes_on_in_the_next_turn():
    found = [TEXT[begin:end] for begin, end in sentence_bounds(TEXT)]

    assert found == ["R1: It hurt.", "“Why me?”", "she said …", "nothing, 3.5 times", "F: Yes."]


@pytest.mark.parametrize(
    ("unit", "n", "units"),
    [(ComparedUnit.CHARACTER, len(TEXT), (4, 16)), (ComparedUnit.SENTENCE, 5, (0, 2)), (ComparedUnit.TURN, 2, (0, 1))],
    ids=list(ComparedUnit),
)
def test_a_coding_counts_for_each_unit_it_touches(unit, n, units):
    scale = scale_of({"t": TEXT}, unit)

    assert scale.n == n
    assert scale.units(CodedSpan("t", 4, 16, "c", "A")) == units
