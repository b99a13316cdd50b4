"""The recorder's vocabulary: the words of its lines, and the room on the disk that it counts with."""

from __future__ import annotations

from balint_desktop.domain.recorder import (
    BYTES_PER_HOUR,
    DISK_LOW_S,
    RecorderEventKind,
    RecorderReport,
    RecorderState,
)

_OPUS_BITS_PER_S = 24_000


def test_the_states_are_the_words_of_the_recorders_lines():
    assert list(RecorderState) == ["recording", "paused", "lost"]


def test_the_events_are_the_words_of_the_recorders_lines():
    assert list(RecorderEventKind) == [
        "device-lost",
        "device-back",
        "muted",
        "unmuted",
        "source-changed",
        "gap",
        "disk-low",
        "disk-room",
        "overrun",
        "computer-lost",
        "computer-back",
        "computer-silent",
        "computer-heard",
        "ended",
    ]


def test_a_report_has_no_trouble_no_fingerprint_and_no_gap_unless_it_names_them():
    report = RecorderReport(RecorderEventKind.DEVICE_BACK, 12.5)

    assert (report.sealed_s, report.trouble, report.sha256) == (12.5, None, None)
    assert (report.gap_at_s, report.gap_s) == (0.0, 0.0)


def test_a_disk_is_low_with_space_for_less_than_ten_minutes():
    assert DISK_LOW_S == 10 * 60


def test_an_hour_takes_sixteen_megabytes_which_is_more_than_its_sound_alone():
    assert BYTES_PER_HOUR == 16_000_000
    assert BYTES_PER_HOUR > _OPUS_BITS_PER_S / 8 * 3600
