import numpy as np
import pytest
from sounds import RATE_HZ, loudness, opus, pitch

from balint_desktop.capture.decode_handle import encode_pcm, open_pcm
from balint_desktop.domain.session.recording_view import RecordedPart, RecordingView, Span
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.ogg.duration import duration_s
from balint_desktop.recordings import decode
from balint_desktop.recordings.timeline import PartLength, join_parts


def samples(joined, sounds):
    return np.frombuffer(b"".join(decode.decode_pcm(joined, sounds, open_pcm)), "<i2")


def at(sound, from_s, until_s):
    return sound[round(from_s * RATE_HZ) : round(until_s * RATE_HZ)]


def test_parts_are_joined_with_silence_in_between_and_redacted_sound_is_silent():
    sounds = {1: opus(3.0, 440.0), 2: opus(2.0, 880.0)}
    lengths = [PartLength(1, 10.0, 3.0), PartLength(2, 14.5, 2.0)]
    view = RecordingView(parts=(RecordedPart(1, Span(10.0)), RecordedPart(2, Span(14.5))), redacted=(Span(11.0, 11.5),))
    joined = join_parts(lengths, view)

    sound = samples(joined, sounds)

    assert len(sound) == round(6.5 * RATE_HZ) == decode.count_frames(joined)
    assert abs(pitch(at(sound, 0, 0.5)) - 440) < 5
    assert not at(sound, 0.5, 2.0).any()
    assert abs(pitch(at(sound, 2.1, 2.9)) - 440) < 5
    assert not at(sound, 3.0, 4.5).any()
    assert abs(pitch(at(sound, 4.6, 6.4)) - 880) < 5


def test_playing_from_a_moment_gives_the_same_sound_as_playing_through():
    sounds = {1: opus(3.0, 440.0)}
    joined = join_parts([PartLength(1, 0.0, 3.0)])

    whole, rest = samples(joined, sounds), samples(joined.from_point(1.25), sounds)

    assert len(rest) == len(whole) - 60_000
    assert np.corrcoef(whole[60_000:], rest)[0, 1] > 0.999


def test_a_part_shorter_than_stated_is_followed_by_silence():
    joined = join_parts([PartLength(1, 0.0, 2.0)])

    sound = samples(joined, {1: opus(1.0)})

    assert len(sound) == 2 * RATE_HZ
    assert loudness(at(sound, 0.1, 0.9)) > 0.1
    assert not at(sound, 1.1, 2.0).any()


def test_a_missing_part_is_silence():
    assert not samples(join_parts([PartLength(1, 0.0, 1.0)]), {}).any()


@pytest.mark.parametrize("padding", [0, 40_000])
def test_a_truncated_file_is_decoded_as_far_as_it_goes(padding):
    cut = opus(6.0)[: len(opus(6.0)) * 2 // 3] + bytes(padding)
    seconds = duration_s(cut)

    sound = samples(join_parts([PartLength(1, 0.0, seconds)]), {1: cut})

    assert 2.5 < seconds < 5
    assert loudness(at(sound, seconds - 0.2, seconds)) > 0.1


def test_a_file_that_is_not_sound_is_one_expected_trouble():
    with pytest.raises(Trouble) as raised:
        open_pcm(b"no sound at all").read(10)

    assert raised.value.code is TroubleCode.CHILD_FAILED


def test_stopping_early_leaves_no_child_process():
    stream = open_pcm(opus(6.0) * 1)
    stream.read(10)
    stream.close()

    assert stream._process.poll() is not None


def test_closing_the_sound_closes_its_decoder():
    opened = []

    def remembered(ogg, from_s):
        opened.append(open_pcm(ogg, from_s))
        return opened[-1]

    playing = decode.decode_pcm(join_parts([PartLength(1, 0.0, 6.0)]), {1: opus(6.0)}, remembered)
    next(playing)
    playing.close()

    assert opened[0]._process.poll() is not None


def test_encoding_gives_ogg_opus_of_the_same_length_and_pitch():
    joined = join_parts([PartLength(1, 0.0, 2.0)])

    ogg = b"".join(encode_pcm(decode.decode_pcm(joined, {1: opus(2.0, 660.0)}, open_pcm)))

    assert duration_s(ogg) == 2.0
    assert abs(pitch(samples(joined, {1: ogg})) - 660) < 5


def test_a_failure_while_feeding_reaches_the_reader():
    def failing():
        yield bytes(100)
        raise Trouble(TroubleCode.SEALED_DAMAGED)

    with pytest.raises(Trouble) as raised:
        list(encode_pcm(failing()))

    assert raised.value.code is TroubleCode.SEALED_DAMAGED
