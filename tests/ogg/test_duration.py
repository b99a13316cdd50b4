import pytest
from sounds import opus

from balint_desktop.ogg.duration import duration_s, whole_pages


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
