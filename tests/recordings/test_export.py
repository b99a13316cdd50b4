import wave

import pytest
from sounds import opus

from balint_desktop.capture.decode_handle import encode_pcm, open_pcm
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
