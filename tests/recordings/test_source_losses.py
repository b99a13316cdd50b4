"""Where one of two sources is missing, by the marks of the parts."""

from __future__ import annotations

import pytest

from balint_desktop.domain.part_marks import parse_mark
from balint_desktop.domain.values import SoundSource
from balint_desktop.recordings.source_losses import SourceLoss, source_losses
from balint_desktop.sealed.part_facts import PartFacts, PlacedMark

MICROPHONE, CALL = SoundSource.MICROPHONE, SoundSource.CALL


def part(*marks, offset_s=0.0, seconds=60.0):
    placed = tuple(PlacedMark(at_s, parse_mark(text)) for at_s, text in marks)
    return PartFacts(offset_s=offset_s, seconds=seconds, marks=placed)


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ((), ()),
        (((5.0, "call lost"), (9.0, "call back")), ((CALL, 5.0, 9.0),)),
        (((5.0, "call lost"),), ((CALL, 5.0, 60.0),)),
        (((5.0, "call back"),), ()),
        # Told a second time when the call is lost as well.
        (((5.0, "microphone lost"), (7.0, "microphone lost"), (9.0, "microphone back")), ((MICROPHONE, 5.0, 9.0),)),
        (
            ((5.0, "call lost"), (6.0, "microphone lost"), (7.0, "call back"), (8.0, "microphone back")),
            ((CALL, 5.0, 7.0), (MICROPHONE, 6.0, 8.0)),
        ),
        (((5.0, "pause"), (6.0, "resume")), ()),
    ],
)
def test_a_source_is_missing_from_its_loss_until_it_is_back_or_the_part_ends(marks, expected):
    assert tuple(SourceLoss(*one) for one in expected) == source_losses([part(*marks)])


def test_losses_are_told_on_the_clock_of_the_session_in_order():
    second = part((1.0, "call lost"), offset_s=100.0, seconds=3.0)
    first = part((2.0, "microphone lost"), (4.0, "microphone back"), offset_s=10.0)

    assert source_losses([second, first]) == (SourceLoss(MICROPHONE, 12.0, 14.0), SourceLoss(CALL, 101.0, 103.0))
