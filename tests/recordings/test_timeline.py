from hypothesis import given
from hypothesis import strategies as st

from balint_desktop.domain.session.recording_view import RecordedPart, RecordingView, Span
from balint_desktop.recordings.timeline import JoinedRecording, PartLength, StretchKind, join_parts


def view(*parts, **spans):
    return RecordingView(parts=tuple(RecordedPart(n, Span(at)) for n, at in parts), **spans)


def stretches(joined):
    return [
        (s.kind, round(s.from_s, 3), round(s.until_s, 3), s.part, round(s.part_from_s, 3)) for s in joined.stretches
    ]


def test_no_parts_are_no_recording():
    assert join_parts(()) == JoinedRecording()
    assert join_parts(()).seconds == 0


def test_a_single_part_is_placed_at_its_offset():
    assert stretches(join_parts([PartLength(1, 12.0, 30.0)])) == [(StretchKind.SOUND, 12.0, 42.0, 1, 0.0)]


def test_there_is_a_gap_between_two_parts():
    joined = join_parts([PartLength(2, 50.0, 10.0), PartLength(1, 0.0, 30.0)])

    assert stretches(joined) == [
        (StretchKind.SOUND, 0, 30, 1, 0),
        (StretchKind.GAP, 30, 50, None, 0),
        (StretchKind.SOUND, 50, 60, 2, 0),
    ]


def test_the_facts_place_a_part_in_preference_to_its_own_offset():
    joined = join_parts([PartLength(1, 12.0, 30.0)], view((1, 252.0)))

    assert (joined.from_s, joined.until_s) == (252.0, 282.0)


def test_overlapping_clocks_drop_no_sound():
    joined = join_parts([PartLength(1, 0, 30.2), PartLength(2, 30.0, 10)])

    assert stretches(joined) == [(StretchKind.SOUND, 0, 30.2, 1, 0), (StretchKind.SOUND, 30.2, 40.2, 2, 0)]


def test_redacted_sound_is_silent_with_a_margin_on_both_sides():
    joined = join_parts([PartLength(1, 0, 100)], view((1, 0.0), redacted=(Span(20, 80),)))

    assert stretches(joined) == [
        (StretchKind.SOUND, 0, 19.5, 1, 0),
        (StretchKind.STRUCK, 19.5, 80.5, 1, 19.5),
        (StretchKind.SOUND, 80.5, 100, 1, 80.5),
    ]


def test_a_redaction_extends_over_a_gap_into_the_previous_part():
    joined = join_parts(
        [PartLength(1, 0, 30), PartLength(2, 40, 30)], view((1, 0.0), (2, 40.0), redacted=(Span(20, 50),))
    )

    assert [s.kind for s in joined.stretches] == [
        StretchKind.SOUND,
        StretchKind.STRUCK,
        StretchKind.GAP,
        StretchKind.STRUCK,
        StretchKind.SOUND,
    ]


def test_off_the_record_is_silent_and_redaction_takes_precedence():
    joined = join_parts([PartLength(1, 0, 60)], view((1, 0.0), off_record=(Span(30, 50),), redacted=(Span(10, 40),)))

    assert stretches(joined)[1:4] == [
        (StretchKind.STRUCK, 9.5, 30, 1, 9.5),
        (StretchKind.STRUCK, 30, 40.5, 1, 30),
        (StretchKind.OFF_RECORD, 40.5, 50, 1, 40.5),
    ]


def test_a_span_that_never_ended_is_silent_to_the_end():
    joined = join_parts([PartLength(1, 0, 60)], view((1, 0.0), off_record=(Span(30),)))

    assert stretches(joined)[-1] == (StretchKind.OFF_RECORD, 30, 60, 1, 30)


def test_playback_may_begin_at_any_moment():
    joined = join_parts([PartLength(1, 10, 30), PartLength(2, 50, 30)])

    assert stretches(joined.from_point(60)) == [(StretchKind.SOUND, 60, 80, 2, 10)]
    assert stretches(joined.from_point(45)) == [(StretchKind.GAP, 45, 50, None, 0), (StretchKind.SOUND, 50, 80, 2, 0)]
    assert joined.from_point(999).stretches == ()


def test_only_one_untouched_part_is_unaltered():
    assert not join_parts([PartLength(1, 0, 60)]).altered
    assert join_parts([PartLength(1, 0, 60)], view((1, 0.0), redacted=(Span(1, 2),))).altered
    assert join_parts([PartLength(1, 0, 60)], view((1, 0.0), redacted=(Span(0, 60),))).altered


seconds = st.floats(0, 4000, allow_nan=False).map(lambda s: round(s, 2))
spans = st.tuples(seconds, seconds).map(lambda pair: Span(min(pair), max(pair)))


@given(
    parts=st.lists(st.tuples(seconds, seconds), max_size=5),
    redacted=st.lists(spans, max_size=4),
    off=st.lists(spans, max_size=4),
)
def test_stretches_are_contiguous_and_nothing_redacted_is_ever_sound(parts, redacted, off):
    lengths = [PartLength(n, at, long) for n, (at, long) in enumerate(parts, start=1)]
    joined = join_parts(lengths, view(off_record=tuple(off), redacted=tuple(redacted)))

    for before, after in zip(joined.stretches, joined.stretches[1:], strict=False):
        assert abs(before.until_s - after.from_s) < 0.01
    for stretch in joined.stretches:
        if stretch.kind is StretchKind.SOUND:
            for span in (*redacted, *off):
                inside = min(stretch.until_s, span.until_s) - max(stretch.from_s, span.from_s)
                assert inside < 0.002
