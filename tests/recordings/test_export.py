import struct
import wave

import pytest
from sounds import opus

from balint_desktop.capture.decode_handle import encode_pcm, open_pcm
from balint_desktop.ogg.duration import whole_pages
from balint_desktop.recordings.decode import decode_pcm
from balint_desktop.recordings.export import write_sound
from balint_desktop.recordings.timeline import PartLength, join_parts

ONE = join_parts([PartLength(1, 30.0, 2.0)])


def test_a_single_complete_part_is_exported_as_it_was_recorded(tmp_path):
    write_sound(tmp_path / "a.opus", ONE, {1: opus(2.0)}, open_pcm, encode_pcm)

    assert (tmp_path / "a.opus").read_bytes() == opus(2.0)


def test_a_wav_is_as_long_as_the_session_time(tmp_path):
    joined = join_parts([PartLength(1, 0.0, 2.0), PartLength(2, 3.5, 1.0)])
    write_sound(tmp_path / "a.WAV", joined, {1: opus(2.0), 2: opus(1.0)}, open_pcm, encode_pcm)

    with wave.open(str(tmp_path / "a.WAV")) as file:
        assert file.getnframes() == round(4.5 * 48_000)


def test_an_unknown_file_extension_is_refused(tmp_path):
    with pytest.raises(ValueError, match="not in"):
        write_sound(tmp_path / "a.mp3", ONE, {1: opus(2.0)}, open_pcm, encode_pcm)

    assert list(tmp_path.iterdir()) == []


def test_more_than_one_part_is_encoded_anew_from_what_is_heard(tmp_path):
    joined = join_parts([PartLength(1, 0.0, 2.0), PartLength(2, 3.5, 1.0)])
    heard = []

    def encode(pcm):
        heard.append(b"".join(pcm))
        return (b"encoded ", b"anew")

    write_sound(tmp_path / "a.OPUS", joined, {1: opus(2.0), 2: opus(1.0)}, open_pcm, encode)

    assert (tmp_path / "a.OPUS").read_bytes() == b"encoded anew"
    assert heard == [b"".join(decode_pcm(joined, {1: opus(2.0), 2: opus(1.0)}, open_pcm))]
    assert len(heard[0]) == round(4.5 * 48_000) * 2


def test_a_wav_has_the_standard_header_and_the_samples_that_are_heard(tmp_path):
    write_sound(tmp_path / "a.wav", ONE, {1: opus(2.0)}, open_pcm, encode_pcm)

    heard = b"".join(decode_pcm(ONE, {1: opus(2.0)}, open_pcm))
    head = struct.pack(
        "<4sI4s4sIHHIIHH4sI", b"RIFF", 36 + 192_000, b"WAVE", b"fmt ", 16, 1, 1, 48_000, 96_000, 2, 16, b"data", 192_000
    )
    assert (tmp_path / "a.wav").read_bytes() == head + heard
    assert len(heard) == 192_000


def test_a_part_that_was_cut_short_is_exported_up_to_its_last_whole_page(tmp_path):
    write_sound(tmp_path / "a.opus", ONE, {1: opus(2.0)[:-100]}, open_pcm, encode_pcm)

    assert (tmp_path / "a.opus").read_bytes() == whole_pages(opus(2.0)[:-100])
