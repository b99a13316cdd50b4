"""The queue of transcriptions: places from 1, and the reason that is said."""

import pytest

from balint_desktop.domain.transcript.queue import QueueState, WaitReason, first_reason
from balint_desktop.domain.values import RecordingId

A, B, C = (RecordingId(name) for name in "abc")


def test_the_first_of_the_queue_has_the_first_place_and_what_is_not_in_it_none():
    queue = QueueState((A, B))

    assert (queue.first, queue.place(A), queue.place(B), queue.place(C)) == (A, 1, 2, 0)
    assert QueueState().first is None


@pytest.mark.parametrize(
    ("holds", "reason"),
    [
        (frozenset(), None),
        (frozenset({WaitReason.BATTERY}), WaitReason.BATTERY),
        (frozenset({WaitReason.BATTERY, WaitReason.PLAYING}), WaitReason.PLAYING),
        (frozenset(WaitReason) - {WaitReason.SESSION}, WaitReason.LOCKED),
        (frozenset(WaitReason), WaitReason.SESSION),
    ],
)
def test_of_several_reasons_the_one_that_must_end_first_is_said(holds, reason):
    assert first_reason(holds) is reason
