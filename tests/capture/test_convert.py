import io
import os
import signal
import struct
import subprocess
import sys

import numpy as np
import pytest
import soundfile
from import_cases import CASES, written
from sounds import RATE_HZ, loudness, opus, pitch

from balint_desktop.capture import convert_handle
from balint_desktop.capture.convert_handle import ConvertedSound
from balint_desktop.capture.convert_protocol import Refusal, Refused, end_message, read_messages, sound_message
from balint_desktop.capture.sound_child import SoundChild
from balint_desktop.domain.import_report import Finding, ImportReport
from balint_desktop.domain.trouble import Trouble, TroubleCode

KINDS = [
    ("a.wav", "WAV", "PCM_16", 44_100, 2),
    ("a.wav", "WAV", "FLOAT", 96_000, 2),
    ("a.flac", "FLAC", "PCM_16", 44_100, 2),
    ("a.mp3", "MP3", "MPEG_LAYER_III", 44_100, 2),
    ("a.opus", "OGG", "OPUS", 48_000, 2),
]


def tone(path, kind="WAV", subtype="PCM_16", rate=44_100, *, channels=2, seconds=3.0, loud=0.4):
    at = np.arange(round(seconds * rate)) / rate
    one = np.sin(2 * np.pi * 440.0 * at) * loud
    soundfile.write(path, np.stack([one] * channels, axis=1), rate, format=kind, subtype=subtype)
    return path


def converted(path):
    sound = ConvertedSound(path)
    ogg = b"".join(sound.chunks())
    samples, rate = soundfile.read(io.BytesIO(ogg), dtype="int16")
    assert rate == RATE_HZ
    return samples, sound.report


def refusal(path):
    with pytest.raises(Trouble) as caught:
        b"".join(ConvertedSound(path).chunks())
    assert caught.value.details["name"] == path.name
    return caught.value.code


def case(name):
    return next(one for one in CASES if one.name == name)


@pytest.mark.parametrize("written_as", KINDS)
def test_files_from_recorders_become_mono_at_48_khz_and_stay_unchanged(tmp_path, written_as):
    name, kind, subtype, rate, channels = written_as
    before = tone(tmp_path / name, kind, subtype, rate, channels=channels).read_bytes()

    samples, report = converted(tmp_path / name)

    assert report.read_s == pytest.approx(3.0, abs=0.08)
    assert report.kept_s == pytest.approx(len(samples) / RATE_HZ, abs=0.001)
    assert pitch(samples[RATE_HZ : 2 * RATE_HZ]) == pytest.approx(440.0, abs=2)
    assert np.abs(samples[RATE_HZ : 2 * RATE_HZ].astype(int)).max() / 32767 == pytest.approx(0.4, abs=0.06)
    assert report.is_complete
    assert (tmp_path / name).read_bytes() == before


@pytest.mark.parametrize("subtype", ["FLOAT", "DOUBLE"])
def test_sound_above_full_scale_is_attenuated_and_not_clipped(tmp_path, subtype):
    samples, _ = converted(tone(tmp_path / "a.wav", "WAV", subtype, 48_000, channels=1, loud=3.0))

    second = samples[RATE_HZ : 2 * RATE_HZ]
    assert pitch(second) == pytest.approx(440.0, abs=2)
    # A sine at full scale; clipped samples would be louder.
    assert loudness(second) == pytest.approx(np.sqrt(0.5), abs=0.05)


def test_one_damaged_number_does_not_attenuate_a_whole_file(tmp_path):
    path = tone(tmp_path / "a.wav", "WAV", "FLOAT", 48_000, channels=1)
    data = bytearray(path.read_bytes())
    data[-4000:-3996] = struct.pack("<f", 1e30)
    path.write_bytes(data)

    samples, _ = converted(path)

    assert loudness(samples[RATE_HZ : 2 * RATE_HZ]) == pytest.approx(0.4 * np.sqrt(0.5), abs=0.02)


@pytest.mark.parametrize("rate", [8_000, 44_100, 96_000])
def test_a_tone_is_preserved_and_no_other_appears(tmp_path, rate):
    samples, _ = converted(tone(tmp_path / "a.wav", rate=rate, channels=1))

    spectrum = np.abs(np.fft.rfft(samples[RATE_HZ : 2 * RATE_HZ] * np.hanning(RATE_HZ)))
    assert np.argmax(spectrum) == pytest.approx(440, abs=1)
    assert spectrum[1000:].max() < spectrum.max() / 300


def test_frequencies_above_the_48_khz_limit_are_removed_without_aliasing(tmp_path):
    at = np.arange(3 * 96_000) / 96_000
    soundfile.write(tmp_path / "a.wav", np.sin(2 * np.pi * 30_000 * at) * 0.4, 96_000)

    samples, report = converted(tmp_path / "a.wav")

    assert loudness(samples) < 0.4 / 1000
    assert not report.is_complete


@pytest.mark.parametrize("name", ["nothing", "text", "flac-head-and-zeros", "wav-without-sound"])
def test_a_file_that_is_not_sound_is_reported(tmp_path, name):
    assert refusal(written(case(name), tmp_path)) is TroubleCode.SOUND_UNREADABLE


def test_a_missing_file_is_reported(tmp_path):
    assert refusal(tmp_path / "a.wav") is TroubleCode.SOUND_MISSING


def test_a_file_longer_than_twelve_hours_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "a.wav"
    frames = 13 * 3600 * 8_000
    head = (
        b"RIFF" + struct.pack("<I", 36 + frames) + b"WAVEfmt " + struct.pack("<IHHIIHH", 16, 1, 1, 8_000, 8_000, 1, 8)
    )
    with path.open("wb") as file:
        file.write(head + b"data" + struct.pack("<I", frames))
        file.truncate(44 + frames)

    assert refusal(path) is TroubleCode.SOUND_TOO_LONG


def test_a_header_that_claims_more_than_twelve_hours_is_not_refused(tmp_path):
    path = tone(tmp_path / "a.wav", channels=1)
    data = bytearray(path.read_bytes())
    at = data.index(b"data") + 4
    data[at : at + 4] = struct.pack("<I", 13 * 3600 * 44_100 * 2 // 2)
    path.write_bytes(data)

    _, report = converted(path)

    assert report.read_s == 3.0


@pytest.mark.skipif(sys.platform == "win32", reason="names are text there")
def test_a_file_name_that_is_not_text_is_read_and_shown_with_replacement_characters(tmp_path):
    named = written(case("name-that-is-no-utf-8"), tmp_path)
    converted(named)
    named.write_bytes(b"no sound")

    with pytest.raises(Trouble) as caught:
        b"".join(ConvertedSound(named).chunks())

    assert caught.value.details["name"] == "Sitzung_M\N{REPLACEMENT CHARACTER}rz.wav"


def test_phone_formats_are_named_where_nothing_here_decodes_them(tmp_path, monkeypatch):
    made = written(case("m4a"), tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(Trouble) as caught:
        b"".join(ConvertedSound(made).chunks())

    assert caught.value.code is TroubleCode.SOUND_UNSUPPORTED
    assert caught.value.details == {"name": "m4a", "kind": "M4A"}


def test_a_codec_that_nothing_here_decodes_is_named(tmp_path, monkeypatch):
    path = tone(tmp_path / "a.wav", channels=1)
    data = bytearray(path.read_bytes())
    data[20:22] = struct.pack("<H", 0x0161)
    path.write_bytes(data)
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(Trouble) as caught:
        b"".join(ConvertedSound(path).chunks())

    assert caught.value.details["kind"] == "WAV (codec 0x0161)"


def test_no_decoder_is_loaded_from_the_working_directory(tmp_path, monkeypatch):
    made = written(case("m4a"), tmp_path)
    (tmp_path / "ffmpeg").write_text("#!/bin/sh\ntouch ran\n")
    (tmp_path / "ffmpeg").chmod(0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", f".{os.pathsep}{os.pathsep}relative")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(sys.path))

    assert refusal(made) is TroubleCode.SOUND_UNSUPPORTED
    assert not (tmp_path / "ran").exists()


def test_stopping_early_ends_the_child(tmp_path):
    sound = ConvertedSound(tone(tmp_path / "a.wav", seconds=60.0))
    chunks = sound.chunks()
    assert next(chunks)[:4] == b"OggS"
    chunks.close()

    assert sound.report is None


def test_a_child_that_breaks_on_a_file_reports_it_as_unreadable(tmp_path, monkeypatch):
    class Broken(SoundChild):
        def __init__(self, *arguments, **options):
            super().__init__(*arguments, **options)
            self._process.send_signal(signal.SIGTERM)

    monkeypatch.setattr(convert_handle, "SoundChild", Broken)

    assert refusal(tone(tmp_path / "a.wav")) is TroubleCode.SOUND_UNREADABLE


def test_any_damage_is_either_read_or_refused(tmp_path):
    lots = np.random.default_rng(5)
    for name, kind, subtype, rate, channels in KINDS[::2]:
        path = tone(tmp_path / name, kind, subtype, rate, channels=channels, seconds=1.0)
        whole = bytearray(path.read_bytes())
        for _ in range(3):
            for at in lots.integers(0, min(len(whole), 400), 8):
                whole[at] ^= int(lots.integers(1, 256))
            path.write_bytes(bytes(whole))
            assert outcome(path) in {None, *convert_handle._TROUBLES.values()}


def outcome(path):
    try:
        b"".join(ConvertedSound(path).chunks())
    except Trouble as trouble:
        return trouble.code
    return None


def test_recordings_made_here_can_be_imported(tmp_path):
    (tmp_path / "a.opus").write_bytes(opus(3.0))

    samples, report = converted(tmp_path / "a.opus")

    assert pitch(samples[:RATE_HZ]) == pytest.approx(440, abs=2)
    assert report == ImportReport("Opus", 3.0, 3.0, level_db=report.level_db, against_loudest_db=0.0)


_ALL_BUT_CONVERTING = """
import importlib, pkgutil, sys
import balint_desktop
# What mixes a call into a recording is loaded by a recorder that has one (tests/test_architecture.py).
mixing = ("mixer", "echo", "computer_sound", "two_source_trial")
# What finds speech is loaded in the engine's process alone, which has an environment of its own.
hearing = ("speech_finder",)
for module in pkgutil.walk_packages(balint_desktop.__path__, "balint_desktop."):
    if "sound_file" not in module.name and not module.name.endswith(("convert_main", "__main__", *mixing, *hearing)):
        importlib.import_module(module.name)
print(sorted({"numpy", "soxr"} & set(sys.modules)))
import balint_desktop.capture.convert_main
print(sorted({"numpy", "soxr"} & set(sys.modules)))
"""


def test_without_a_call_only_the_converting_child_loads_numpy():
    ended = subprocess.run([sys.executable, "-c", _ALL_BUT_CONVERTING], check=True, capture_output=True, text=True)

    assert ended.stdout.splitlines() == ["[]", "['numpy', 'soxr']"]


# --- the child's output ---


def messages(data):
    return list(read_messages(io.BytesIO(data).read))


REPORT = ImportReport("MP3", 20.0, 19.5, 40.0, 0.5, 2, findings=(Finding.DAMAGED, Finding.JOINED))


def test_sound_and_report_arrive_as_they_were_sent():
    assert messages(sound_message(b"one") + sound_message(b"two") + end_message(REPORT)) == [b"one", b"two", REPORT]


def test_a_refusal_arrives_as_it_was_sent():
    refused = Refused(Refusal.UNSUPPORTED, "M4A")

    assert messages(end_message(refused)) == [refused]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\1\0",
        struct.pack("<I", 5) + b"ab",
        struct.pack("<I", 0),
        struct.pack("<I", 0) + b"[]",
        struct.pack("<I", 0) + b'{"refused": "sleepy", "kind": ""}',
        struct.pack("<I", 0) + b'{"kind": "WAV", "read_s": "long", "kept_s": 1}',
        struct.pack("<I", 0) + b'{"kind": "WAV", "read_s": NaN, "kept_s": 1}',
        struct.pack("<I", 0) + b'{"kind": "WAV", "read_s": 1' + b"0" * 400 + b', "kept_s": 1}',
        struct.pack("<I", 0) + b'{"kind": "WAV", "read_s": 1, "kept_s": 1, "findings": ["odd"]}',
        struct.pack("<I", 0) + b'{"kind": 7, "read_s": 1, "kept_s": 1}',
    ],
)
def test_truncated_or_senseless_output_counts_as_an_unreadable_file(data):
    assert messages(data)[-1] == Refused(Refusal.UNREADABLE)


def test_a_kind_that_is_not_short_text_is_not_passed_on():
    (end,) = messages(end_message(ImportReport("WAV\x1b[2J" + "x" * 500, 1.0, 1.0)))

    assert end.kind.isprintable()
    assert len(end.kind) <= 40
