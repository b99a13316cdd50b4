import io
import struct

import numpy as np
import pytest
import soundfile
from sounds import RATE_HZ, loudness, opus, pitch

from balint_desktop.capture.convert_handle import ConvertedSound
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.ogg.duration import duration_s

KINDS = [
    ("a.wav", "WAV", "PCM_16", 44_100, 2),
    ("a.wav", "WAV", "PCM_24", 48_000, 1),
    ("a.wav", "WAV", "FLOAT", 96_000, 2),
    ("a.flac", "FLAC", "PCM_16", 44_100, 2),
    ("a.mp3", "MP3", "MPEG_LAYER_III", 44_100, 2),
    ("a.ogg", "OGG", "VORBIS", 44_100, 1),
    ("a.opus", "OGG", "OPUS", 48_000, 2),
    ("a.wav", "WAV", "PCM_16", 16_000, 1),
]


def written(path, kind="WAV", subtype="PCM_16", rate=44_100, *, channels=2, seconds=3.0, loud=0.4):
    at = np.arange(round(seconds * rate)) / rate
    one = np.sin(2 * np.pi * 440.0 * at) * loud
    soundfile.write(path, np.stack([one] * channels, axis=1), rate, format=kind, subtype=subtype)
    return path


def converted(path):
    sound = ConvertedSound(path)
    ogg = b"".join(sound.chunks())
    samples, rate = soundfile.read(io.BytesIO(ogg), dtype="int16")
    assert rate == RATE_HZ
    return ogg, samples, sound.cut_short


def refusal(path):
    with pytest.raises(Trouble) as told:
        b"".join(ConvertedSound(path).chunks())
    assert told.value.details["name"] == path.name
    return told.value.code


@pytest.mark.parametrize("written_as", KINDS)
def test_what_recorders_write_becomes_mono_at_48_khz(tmp_path, written_as):
    name, kind, subtype, rate, channels = written_as
    before = written(tmp_path / name, kind, subtype, rate, channels=channels).read_bytes()

    ogg, samples, cut_short = converted(tmp_path / name)

    assert abs(duration_s(ogg) - 3.0) < 0.06
    assert abs(pitch(samples[RATE_HZ : 2 * RATE_HZ]) - 440.0) < 2
    assert abs(np.abs(samples[RATE_HZ : 2 * RATE_HZ].astype(int)).max() / 32767 - 0.4) < 0.06
    assert not cut_short
    assert (tmp_path / name).read_bytes() == before


@pytest.mark.parametrize(("kind", "subtype"), [("WAV", "FLOAT"), ("WAV", "DOUBLE")])
def test_sound_louder_than_whole_numbers_hold_does_not_turn_over(tmp_path, kind, subtype):
    path = written(tmp_path / "a.wav", kind, subtype, 48_000, channels=1, loud=3.0)

    _, samples, _ = converted(path)

    assert abs(pitch(samples[RATE_HZ : 2 * RATE_HZ]) - 440.0) < 2
    assert loudness(samples[RATE_HZ : 2 * RATE_HZ]) > 0.85


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not sound at all" * 99,
        b"RIFF\xff\xff\xff\xffWAVE",
        b"fLaC" + bytes(64),
        b"OggS" + bytes(999),
        b"\0" * 5000,
    ],
)
def test_what_is_no_sound_is_said(tmp_path, data):
    (tmp_path / "a.wav").write_bytes(data)

    assert refusal(tmp_path / "a.wav") is TroubleCode.SOUND_UNREADABLE


def test_a_sound_file_without_sound_is_said(tmp_path):
    assert refusal(written(tmp_path / "a.wav", seconds=0.0)) is TroubleCode.SOUND_UNREADABLE


def test_a_file_that_is_not_there_is_said(tmp_path):
    assert refusal(tmp_path / "a.wav") is TroubleCode.SOUND_MISSING


@pytest.mark.parametrize(("name", "kind", "subtype"), [k[:3] for k in KINDS if k[0] != "a.mp3" and k[3] > 16_000])
def test_what_breaks_off_is_brought_in_as_far_as_it_goes_and_said(tmp_path, name, kind, subtype):
    # Noise, so that no kind of file packs six seconds into its first few bytes.
    path = tmp_path / name
    soundfile.write(path, np.random.default_rng(1).normal(0, 0.1, 6 * RATE_HZ), RATE_HZ, format=kind, subtype=subtype)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])

    ogg, _, cut_short = converted(path)

    assert cut_short
    assert 1.0 < duration_s(ogg) < 5.0


def test_a_recorder_whose_battery_died_before_it_wrote_the_length(tmp_path):
    path = written(tmp_path / "a.wav", channels=1)
    data = bytearray(path.read_bytes())
    at = data.index(b"data") + 4
    data[at : at + 4] = bytes(4)
    data[4:8] = bytes(4)
    path.write_bytes(bytes(data))

    ogg, _, cut_short = converted(path)

    assert cut_short
    assert abs(duration_s(ogg) - 3.0) < 0.06


def test_a_file_of_more_than_twelve_hours_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "a.wav"
    frames = 13 * 3600 * 8_000
    head = (
        b"RIFF" + struct.pack("<I", 36 + frames) + b"WAVEfmt " + struct.pack("<IHHIIHH", 16, 1, 1, 8_000, 8_000, 1, 8)
    )
    with path.open("wb") as file:
        file.write(head + b"data" + struct.pack("<I", frames))
        file.truncate(44 + frames)

    assert refusal(path) is TroubleCode.SOUND_TOO_LONG


def test_a_rate_that_no_recorder_has_is_refused(tmp_path):
    path = written(tmp_path / "a.wav", channels=1)
    data = bytearray(path.read_bytes())
    data[24:28] = struct.pack("<I", 44_101)
    path.write_bytes(bytes(data))

    assert refusal(path) is TroubleCode.SOUND_RATE


def test_stopping_early_ends_the_child(tmp_path):
    sound = ConvertedSound(written(tmp_path / "a.wav", seconds=60.0))
    chunks = sound.chunks()
    assert next(chunks)[:4] == b"OggS"
    chunks.close()


def test_any_damage_is_either_read_or_refused(tmp_path):
    lots = np.random.default_rng(5)
    for name, kind, subtype, rate, channels in KINDS[::3]:
        path = written(tmp_path / name, kind, subtype, rate, channels=channels, seconds=1.0)
        whole = bytearray(path.read_bytes())
        for _ in range(3):
            for at in lots.integers(0, min(len(whole), 400), 8):
                whole[at] ^= int(lots.integers(1, 256))
            path.write_bytes(bytes(whole))
            assert outcome(path) in {
                None,
                TroubleCode.SOUND_UNREADABLE,
                TroubleCode.SOUND_RATE,
                TroubleCode.SOUND_TOO_LONG,
            }


def outcome(path):
    try:
        b"".join(ConvertedSound(path).chunks())
    except Trouble as trouble:
        return trouble.code
    return None


def test_what_was_recorded_here_can_come_back(tmp_path):
    (tmp_path / "a.opus").write_bytes(opus(3.0))

    assert abs(pitch(converted(tmp_path / "a.opus")[1][:RATE_HZ]) - 440) < 2
