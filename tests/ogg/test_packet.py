"""Lengths of Opus packets, and packets of silence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balint_desktop.ogg.packet import sample_count, silent_packet, silent_packets


@pytest.mark.parametrize("length", [120, 240, 480, 960, 1920, 2880, 3840, 4800, 5760])
def test_silence_has_the_length_of_what_it_replaces(length):
    assert sample_count(silent_packet(length)) == length


@pytest.mark.parametrize("length", [0, 100, 961, 960 * 49])
def test_a_length_unknown_to_opus_is_refused(length):
    with pytest.raises(ValueError, match="no packet has"):
        silent_packet(length)


@pytest.mark.parametrize(
    ("packet", "length"),
    [
        (b"", 0),
        (b"\x03", 0),
        (b"\x00.", 480),
        (b"\x18.", 2880),
        (b"\x60.", 480),
        (b"\x69..", 1920),
        (b"\xfb\x03", 2880),
        (b"\x1b\x3f", 5760),
    ],
)
def test_a_packet_states_its_length(packet, length):
    assert sample_count(packet) == length


@given(st.binary(max_size=4))
def test_no_packet_exceeds_the_opus_limit_and_each_has_a_silent_one_of_its_length(packet):
    samples = sample_count(packet)

    assert 0 <= samples <= 5760
    if samples:
        assert sample_count(silent_packet(samples)) == samples


@given(st.integers(0, 100_000))
def test_silence_of_any_length_is_filled_to_the_shortest_frame(samples):
    packets = silent_packets(samples)

    assert samples - 120 < sum(map(sample_count, packets)) <= samples
    assert all(len(packet) == 3 for packet in packets)
