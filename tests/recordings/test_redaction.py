import pytest
from hypothesis import given
from hypothesis import strategies as st

from balint_desktop.domain.part_marks import parse_mark
from balint_desktop.domain.session.recording_view import RecordedPart, RecordingView, Span, redacted_in
from balint_desktop.recordings.redaction import (
    counted_spans,
    is_redacted,
    redacted_spans,
    span_seconds,
    spans_to_redact,
)
from balint_desktop.recordings.timeline import PartLength, StretchKind, join_parts
from balint_desktop.sealed.part_facts import PartFacts, PartRedaction, PlacedMark


def test_a_redaction_extends_half_a_second_further_back_and_a_little_more_forward():
    assert spans_to_redact([Span(160, 220)], 100, 3600) == (PartRedaction(59.5, 120.58),)


def test_a_redaction_never_extends_beyond_the_part():
    assert spans_to_redact([Span(100.2, 500)], 100, 60) == (PartRedaction(0.0, 60.0),)
    assert spans_to_redact([Span(100.2, None)], 100, 60) == (PartRedaction(0.0, 60.0),)


def test_a_redaction_touching_a_part_only_with_its_margin_applies_to_it_too():
    assert spans_to_redact([Span(40, 100.0), Span(160.3, 170)], 100, 60) == (
        PartRedaction(0.0, 0.58),
        PartRedaction(59.8, 60.0),
    )
    assert spans_to_redact([Span(40, 99.4), Span(160.6, 170)], 100, 60) == ()


def test_adjacent_spans_are_merged():
    assert spans_to_redact([Span(20, 30), Span(10, 20.5), Span(50, 51)], 0, 60) == (
        PartRedaction(9.5, 30.58),
        PartRedaction(49.5, 51.58),
    )


def test_marks_and_facts_both_count():
    view = RecordingView(parts=(RecordedPart(1, Span(100.0)),), redacted=(Span(10, 20),))
    facts = PartFacts(
        offset_s=5.0, marks=(PlacedMark(70.0, parse_mark("struck 60")), PlacedMark(1.0, parse_mark("struck it out")))
    )

    assert redacted_spans(view, {1: facts, 2: None}) == (Span(10, 20), Span(110, 170))
    assert redacted_spans(RecordingView(), {1: facts}) == (Span(15, 75),)


def test_an_act_in_both_facts_and_marks_counts_once_with_the_length_of_the_facts():
    view = RecordingView(parts=(RecordedPart(1, Span(0.0)),), redacted=(Span(0, 56),))
    parts = {1: PartFacts(offset_s=0.0, marks=(PlacedMark(56.4, parse_mark("struck 60")),))}

    assert redacted_spans(view, parts) == (Span(0.0, 56.4),)
    assert span_seconds(counted_spans(view, parts)) == 56


def test_an_act_known_only_from_a_mark_counts_too():
    view = RecordingView(parts=(RecordedPart(1, Span(0.0)),), redacted=(Span(0, 56),))
    parts = {
        1: PartFacts(
            offset_s=0.0, marks=(PlacedMark(56.4, parse_mark("struck 60")), PlacedMark(200.0, parse_mark("struck 60")))
        )
    }

    assert span_seconds(counted_spans(view, parts)) == 116


def test_two_overlapping_acts_are_as_long_as_their_union():
    assert span_seconds([Span(10, 70), Span(40, 100)]) == 90


def test_the_redacted_length_excludes_margins():
    view = RecordingView(redacted=(Span(90, 130), Span(150, None)))

    assert redacted_in(view, Span(100, 160)) == (Span(100, 130), Span(150, 160))


def test_it_counts_as_redacted_only_if_all_of_it_is():
    facts = PartFacts(offset_s=0, cut=(PartRedaction(9.5, 20.58),))

    assert is_redacted([PartRedaction(9.5, 20.58)], facts)
    assert is_redacted([PartRedaction(12, 15)], facts)
    assert is_redacted([], None)
    assert not is_redacted([PartRedaction(9.5, 25)], facts)
    assert not is_redacted([PartRedaction(9.5, 20.58), PartRedaction(30, 31)], facts)
    assert not is_redacted([PartRedaction(9.5, 20.58)], None)


def test_facts_sealed_before_redactions_existed_are_read():
    old = b'{"offset_s": 1.5, "device": "", "seconds": 2.0, "marks": [], "dropped": 0, "closed": true, "sha256": null}'
    cut = PartFacts(offset_s=1.5, cut=(PartRedaction(0.5, 1.0),))

    assert PartFacts.from_json(old) == PartFacts(offset_s=1.5, seconds=2.0, closed=True)
    assert PartFacts.from_json(cut.to_json()) == cut


@given(
    begin_s=st.floats(0, 600),
    seconds=st.floats(1, 600),
    redacted=st.lists(st.tuples(st.floats(0, 1000), st.floats(0.1, 100)), max_size=5),
)
def test_everything_the_app_silences_is_redacted(begin_s, seconds, redacted):
    spans = [Span(from_s, from_s + length) for from_s, length in redacted]
    view = RecordingView(parts=(RecordedPart(1, Span(begin_s)),), redacted=tuple(spans))
    cuts = spans_to_redact(spans, begin_s, seconds)

    for stretch in join_parts([PartLength(1, begin_s, seconds)], view).stretches:
        if stretch.kind is StretchKind.STRUCK:
            from_s, until_s = stretch.part_from_s, stretch.part_from_s + stretch.seconds
            assert any(c.from_s <= from_s + 0.002 and until_s - 0.002 <= c.until_s for c in cuts)


def facts_with(*marks):
    placed = tuple(PlacedMark(at_s, parse_mark(text)) for at_s, text in marks)
    return PartFacts(offset_s=0.0, seconds=600.0, marks=placed)


@pytest.mark.parametrize(
    ("marks", "spans"),
    [
        ([(100, "struck 60"), (105, "struck 60 taken back")], ()),
        ([(100, "struck 60"), (300, "struck 60"), (305, "struck 60 taken back")], (Span(40, 100),)),
        ([(100, "struck 60"), (105, "struck 60 taken back"), (300, "struck 60")], (Span(240, 300),)),
        # Nothing to take back, and what is not understood leaves the sound removed.
        ([(5, "struck 60 taken back"), (100, "struck 60")], (Span(40, 100),)),
        ([(100, "struck 60"), (105, "struck 60 taken")], (Span(40, 100),)),
    ],
)
def test_a_redaction_that_was_undone_is_in_the_part_no_more(marks, spans):
    assert redacted_spans(RecordingView(), {1: facts_with(*marks)}) == spans
