import pytest
from sounds import opus

from balint_desktop.ogg.duration import LONGEST_S, StreamDuration, duration_s, pre_skip, seconds_at, whole_pages
from balint_desktop.ogg.page import FIRST_PAGE, LONGEST_PAGE, NO_PACKET_ENDS, build_page, pages, whole_packets


@pytest.mark.parametrize("seconds", [0.5, 1.0, 2.34])
def test_the_length_is_exact(seconds):
    assert abs(duration_s(opus(seconds)) - seconds) < 1e-4


def test_a_complete_file_is_unchanged():
    assert whole_pages(opus(2.0)) == opus(2.0)


def test_padding_after_the_end_is_ignored():
    assert whole_pages(opus(2.0) + bytes(5000)) == opus(2.0)
    assert duration_s(opus(2.0) + bytes(5000)) == duration_s(opus(2.0))


@pytest.mark.parametrize("padding", [0, 1, 65_536])
def test_a_truncated_page_is_ignored_padded_or_not(padding):
    cut = opus(4.0)[:-2000]

    whole = whole_pages(cut + bytes(padding))

    assert whole == whole_pages(cut)
    assert len(whole) < len(cut)
    assert 0 < duration_s(cut + bytes(padding)) < 4


@pytest.mark.parametrize("junk", [b"", b"OggS", b"RIFF" + bytes(100), b"OggS" + bytes(30)])
def test_data_that_is_not_ogg_opus_has_no_length(junk):
    assert duration_s(junk) == 0
    assert whole_pages(junk) == b""


def test_every_prefix_is_read_without_an_error_and_never_longer_than_the_whole():
    ogg = opus(1.0)
    lengths = [duration_s(ogg[:length]) for length in range(0, len(ogg), 97)]

    assert lengths == sorted(lengths)
    assert lengths[-1] <= duration_s(ogg)


# --- of a stream ---


def counted(*pieces):
    duration = StreamDuration()
    for piece in pieces:
        duration.feed(piece)
    return duration.seconds


def head(skipped):
    """Return a stream's first page, which says how many samples are skipped at its beginning."""
    packet = b"OpusHead\1\1" + skipped.to_bytes(2, "little") + bytes(7)
    return build_page(whole_packets([packet]), flags=FIRST_PAGE, granule=0, serial=1, number=0)


def page(granule, body=b"abc"):
    return build_page(whole_packets([body]), flags=0, granule=granule, serial=1, number=1)


@pytest.mark.parametrize("size", [1, 100, 4096, 10_000_000])
def test_seconds_are_counted_while_the_sound_passes(size):
    ogg = opus(7.0)

    assert counted(*(ogg[at : at + size] for at in range(0, len(ogg), size))) == duration_s(ogg) == 7.0


def test_a_stream_that_has_not_begun_has_no_seconds():
    assert counted() == 0.0
    assert counted(head(312)[:-1]) == 0.0
    assert counted(head(312)) == 0.0


def test_the_samples_skipped_at_the_beginning_do_not_count():
    assert counted(head(480), page(480 + 48_000)) == 1.0
    assert counted(head(0), page(48_000)) == 1.0
    assert counted(head(480), page(479)) == 0.0


def test_a_page_counts_once_it_is_complete():
    first, second = page(48_000), page(96_000)

    assert counted(head(0), first, second[:-1]) == 1.0
    assert counted(head(0), first, second[:-1], second[-1:]) == 2.0
    assert counted(head(0) + first[:5], first[5:] + second) == 2.0


def test_a_page_on_which_no_packet_ends_and_an_earlier_one_change_nothing():
    assert counted(head(0), page(48_000), page(NO_PACKET_ENDS), page(24_000)) == 1.0


def test_the_longest_page_is_counted_although_it_comes_in_two_pieces():
    longest = page(48_000, bytes(255 * 254 + 254))
    assert len(longest) == LONGEST_PAGE - 1

    assert counted(head(0), longest[:-1], longest[-1:]) == 1.0


def test_no_more_than_one_page_is_held_of_a_stream_that_is_no_ogg():
    duration = StreamDuration()
    for _ in range(3):
        duration.feed(bytes(LONGEST_PAGE))

    assert len(duration._rest) == LONGEST_PAGE
    assert duration.seconds == 0.0


# --- positions ---


@pytest.mark.parametrize(
    ("granule", "skipped", "seconds"),
    [(0, 0, 0.0), (48_000, 0, 1.0), (48_312, 312, 1.0), (100, 312, 0.0), (48_000 * 86_400, 0, 86_400.0)],
)
def test_a_granule_position_is_a_time(granule, skipped, seconds):
    assert seconds_at(granule, skipped) == seconds


def test_no_recording_is_longer_than_a_day():
    assert seconds_at(48_000 * 86_401, 0) == LONGEST_S == 86_400.0


def test_the_file_and_the_stream_read_the_same_two_bytes_of_the_head():
    (first,) = pages(head(0x0138))

    assert pre_skip(first) == 312
    assert duration_s(head(312) + page(312 + 24_000)) == 0.5


def test_a_file_of_nothing_but_its_head_has_no_seconds():
    assert duration_s(head(312)) == 0.0
    assert duration_s(head(0)) == 0.0
    assert duration_s(head(0) + page(NO_PACKET_ENDS)) == 0.0


def test_the_first_page_is_no_sound_whatever_its_position():
    packet = b"OpusHead\1\1\0\0" + bytes(7)
    late = build_page(whole_packets([packet]), flags=FIRST_PAGE, granule=96_000, serial=1, number=0)

    assert duration_s(late + page(48_000)) == counted(late, page(48_000)) == 1.0
