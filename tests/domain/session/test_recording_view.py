"""The recording by its facts: spans merged and clipped, and which change can follow which state."""

from __future__ import annotations

import contextlib

import pytest

from balint_desktop.domain.session import recording_view as v
from balint_desktop.domain.session.facts import NotNow
from balint_desktop.domain.session.recording_view import RecordedPart, RecordingView, Span
from balint_desktop.domain.values import RecordingId, RecordingState

R = RecordingId("r")
RECORDING = v.with_part(RecordingView(), R, 1, 10.0)
PAUSED = v.with_pause(RECORDING, 20.0)
LOST = v.with_loss(RECORDING, 30.0)
STOPPED = v.with_stop(RECORDING, 40.0)


@pytest.mark.parametrize(
    ("spans", "merged"),
    [
        ((), ()),
        ((Span(5, 6), Span(1, 2)), (Span(1, 2), Span(5, 6))),
        ((Span(1, 3), Span(3, 4)), (Span(1, 4),)),
        ((Span(1, 9), Span(2, 3), Span(4, 9)), (Span(1, 9),)),
        ((Span(1, 3), Span(2, 5), Span(7)), (Span(1, 5), Span(7))),
        ((Span(1, 3), Span(2)), (Span(1),)),
        ((Span(1), Span(2, 3), Span(4)), (Span(1),)),
    ],
)
def test_spans_that_touch_or_overlap_are_one(spans, merged):
    assert v.merged_spans(spans) == merged


@pytest.mark.parametrize(
    ("span", "within", "clipped"),
    [
        (Span(1, 5), Span(2, 4), (Span(2, 4),)),
        (Span(2, 3), Span(1, 9), (Span(2, 3),)),
        (Span(1, 2), Span(2, 4), ()),
        (Span(4, 5), Span(2, 4), ()),
        (Span(3), Span(2, 4), (Span(3, 4),)),
        (Span(3), Span(5), (Span(5),)),
    ],
)
def test_a_span_is_clipped_to_another_and_one_outside_it_is_left_out(span, within, clipped):
    assert v.clipped_spans([span], within) == clipped


@pytest.mark.parametrize(
    ("change", "allowed"),
    [
        (lambda view: v.with_part(view, R, 2, 50.0), {"off", "lost", "stopped"}),
        (lambda view: v.with_pause(view, 50.0), {"recording"}),
        (lambda view: v.with_resume(view, 50.0), {"paused"}),
        (lambda view: v.with_loss(view, 50.0), {"recording", "paused"}),
        (lambda view: v.with_gap(view, Span(45.0, 50.0)), {"recording", "paused"}),
        (lambda view: v.with_stop(view, 50.0), {"recording", "paused", "lost"}),
        (lambda view: v.with_redaction(view, Span(45.0, 50.0)), {"recording", "paused", "lost"}),
    ],
    ids=["part", "pause", "resume", "loss", "gap", "stop", "redaction"],
)
def test_each_change_follows_only_the_states_it_can(change, allowed):
    followed = set()
    for view in (RecordingView(), RECORDING, PAUSED, LOST, STOPPED):
        with contextlib.suppress(NotNow):
            change(view)
            followed.add(view.state)
    assert followed == allowed


def test_a_change_that_cannot_follow_says_the_state():
    with pytest.raises(NotNow, match="the recording is stopped"):
        v.with_pause(STOPPED, 50.0)


def test_a_gap_lies_within_its_part_and_ends_nothing():
    view = v.with_gap(PAUSED, Span(22.0, 25.0))

    assert (view.lost, view.parts, view.state) == ((Span(22.0, 25.0),), PAUSED.parts, RecordingState.PAUSED)


def test_a_loss_closes_the_part_and_the_pause_and_a_new_part_closes_the_loss():
    lost = v.with_loss(PAUSED, 30.0)
    again = v.with_part(lost, R, 2, 35.0)

    assert (lost.parts, lost.off_record, lost.lost) == (
        (RecordedPart(1, Span(10.0, 30.0)),),
        (Span(20.0, 30.0),),
        (Span(30.0),),
    )
    assert (again.parts, again.lost) == ((*lost.parts, RecordedPart(2, Span(35.0))), (Span(30.0, 35.0),))


def test_a_stop_closes_what_is_open_and_never_before_it_began():
    assert v.with_stop(LOST, 50.0).lost == (Span(30.0, 50.0),)
    assert v.with_stop(PAUSED, 15.0).off_record == (Span(20.0, 20.0),)
    assert STOPPED.parts == (RecordedPart(1, Span(10.0, 40.0)),)
