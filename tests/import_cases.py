"""Sound files as recorders, phones and programs write them, good and bad, with the expected result of each import.

Each row makes one file and states how much sound is in it, its expected level relative to the loudest channel, and the
expected message. `import_table.py` prints the rows; `capture/test_import_cases.py` holds them.
"""

from __future__ import annotations

import io
import os
import struct
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import soundfile
import wave_files as w

from balint_desktop.capture.convert_protocol import Refusal
from balint_desktop.domain.import_report import Finding
from balint_desktop.ogg.page import NO_PACKET_ENDS, pages, with_checksum

RATE = 44_100
SECONDS = 6.0
_NOTHING_SAID = frozenset()


@dataclass(frozen=True)
class Case:
    """One file: its name, what writes it, and the expected result.

    `level_db` is against the loudest channel; None where it is not asked. `near_s` is how far the length may be off.
    `follows` says that what comes out rises and falls as `speech` does, from beginning to end.
    """

    name: str
    write: Callable[[Path], object]
    seconds: float = SECONDS
    said: frozenset = _NOTHING_SAID
    level_db: float | None = 0.0
    near_s: float = 0.06
    refused: Refusal | None = None
    follows: bool = True


@lru_cache(maxsize=16)
def speech(seconds=SECONDS, rate=RATE, seed=1):
    """Return sound that rises, falls and pauses like speech, so that positions in it can be recognised."""
    lots = np.random.default_rng(seed)
    at = np.arange(round(seconds * rate)) / rate
    pitch = 140 + 30 * np.sin(2 * np.pi * 0.7 * at) + 10 * np.sin(2 * np.pi * 3.1 * at)
    phase = 2 * np.pi * np.cumsum(pitch) / rate
    voice = sum(np.sin(n * phase) / n for n in range(1, 18) if n * 180 < rate / 2)
    syllables = np.clip(np.sin(2 * np.pi * 2.6 * at) + 0.4, 0, None) * (np.sin(2 * np.pi * 0.31 * at) > -0.8)
    sound = 0.14 * voice * syllables + lots.normal(0, 0.001, len(at))
    return np.clip(sound, -1, 1)


def _data(name, data, **right):
    """Return a case whose file is these bytes, made on demand."""
    return Case(name, lambda path: path.write_bytes(data()), **right)


def _ffmpeg(name, *options, source=None, **right):
    def write(path):
        feed = path.with_name("source.wav")
        soundfile.write(feed, speech() if source is None else source(), RATE)
        run("ffmpeg", "-y", "-v", "error", "-i", feed, *options, path)
        feed.unlink()

    return Case(name, write, **right)


def run(*command):
    subprocess.run([str(part) for part in command], check=True, stdin=subprocess.DEVNULL, capture_output=True)


def _soundfile(name, sound=None, rate=RATE, form=None, subtype=None, **right):
    def write(path):
        soundfile.write(path, speech(rate=rate) if sound is None else sound(), rate, format=form, subtype=subtype)

    return Case(name, write, **right)


@lru_cache(maxsize=16)
def encoded(form, subtype, rate=RATE, sound=None):
    """Return sound encoded as a file of some kind."""
    out = io.BytesIO()
    soundfile.write(out, speech(rate=rate) if sound is None else sound(), rate, format=form, subtype=subtype)
    return out.getvalue()


def said(*findings):
    return frozenset(findings)


F = Finding
WAV = w.whole(speech()[: 2 * RATE * 3])
INFO = w.chunk(b"LIST", b"INFO" + w.chunk(b"ISFT", b"Recorder 1.0\0\0"))
NOISE = np.random.default_rng(9).bytes(60_000)


def _cut(data, share=0.5):
    return data[: int(len(data) * share)]


def _spoilt(data, share=0.5, length=40):
    at = int(len(data) * share)
    return data[:at] + np.random.default_rng(3).bytes(length) + data[at + length :]


# --- WAV and its relatives: the header's claims, and the content ---


def _mono(**lengths):
    return lambda: w.wave(w.form(RATE), w.whole(speech()), **lengths)


FULL = len(w.whole(speech()))
FIVE = RATE * 2 * 2


def _form_behind(aiff):
    common, sound = aiff[12 : 12 + 26], aiff[12 + 26 :]
    return aiff[:12] + sound + common


WAVES = [
    _data("wav", _mono()),
    _data("wav-chunks-before-and-after", _mono(before=INFO, after=INFO + w.chunk(b"id3 ", NOISE))),
    _data("wav-header-says-2-s", _mono(data_length=FIVE, file_length=36 + FIVE), said=said(F.MORE_THAN_SAID)),
    _data("wav-header-says-2-s-chunks-after", _mono(data_length=FIVE, after=INFO), said=said(F.MORE_THAN_SAID)),
    _data("wav-length-0", _mono(data_length=0, file_length=0), said=said(F.UNFINISHED)),
    _data(
        "wav-length-0-chunks-after",
        _mono(data_length=0, file_length=0, after=INFO + w.chunk(b"id3 ", NOISE)),
        said=said(F.UNFINISHED),
    ),
    _data(
        "wav-length-0-chunk-cut-short",
        lambda: _mono(data_length=0, file_length=0, after=w.chunk(b"LIST", b"INFO" + NOISE))()[:-900],
        said=said(F.UNFINISHED),
    ),
    _data("wav-length-all-ones", _mono(data_length=0xFFFFFFFF, file_length=0xFFFFFFFF), said=said(F.UNFINISHED)),
    _data("wav-length-of-sox-pipe", _mono(data_length=0x7FFFF000, file_length=0x7FFFF024), said=said(F.UNFINISHED)),
    _data("wav-44-too-large", _mono(data_length=FULL + 44)),
    _data("wav-44-too-large-both", _mono(data_length=FULL + 44, file_length=FULL + 80)),
    _data("wav-44-too-large-chunks-after", _mono(data_length=FULL + 44, after=INFO)),
    _data("wav-twice-too-large", _mono(data_length=2 * FULL, file_length=2 * FULL + 36), said=said(F.CUT_SHORT)),
    _data("wav-cut-in-half", lambda: _cut(_mono()()), seconds=SECONDS / 2, said=said(F.CUT_SHORT)),
    _data("wav-1000-bytes-missing", lambda: _mono()()[:-1000], said=said(F.CUT_SHORT)),
    _data("wav-odd-8-bit", lambda: w.wave(w.form(RATE, bits=8), w.whole(speech()[:-1], 1), after=INFO)),
    _data(
        "wav-odd-8-bit-no-pad", lambda: w.wave(w.form(RATE, bits=8), w.whole(speech()[:-1], 1), pad=False, after=INFO)
    ),
    _data("wav-half-a-frame-more", lambda: w.wave(w.form(RATE, 2), w.whole(np.stack([speech()] * 2, 1)) + b"\1")),
    _data("wav-id3v1-behind", lambda: _mono()() + b"TAG" + bytes(125)),
    _data("wav-id3v2-before", lambda: b"ID3\3\0\0\0\0\1\0" + bytes(128) + _mono()()),
    _data("wav-filled-up-with-zeros", lambda: _mono()() + bytes(30_000)),
    _data("wav-two-joined", lambda: _mono()() + _mono()(), seconds=2 * SECONDS, said=said(F.JOINED)),
    _data(
        "wav-two-joined-first-unfinished",
        lambda: _mono(data_length=0)() + _mono()(),
        seconds=2 * SECONDS,
        said=said(F.JOINED, F.UNFINISHED),
    ),
    _data(
        "wav-two-joined-rates",
        lambda: _mono()() + w.wave(w.form(16_000, 2), w.whole(np.stack([speech(rate=16_000)] * 2, 1))),
        seconds=2 * SECONDS,
        said=said(F.JOINED),
    ),
    _data(
        "wav-wrong-length-before",
        lambda: w.wave(w.form(RATE), w.whole(speech())).replace(
            b"data", w.chunk(b"LIST", b"INFO" + bytes(20), 90_000_000) + b"data", 1
        ),
    ),
    _data("wav-24-in-32", lambda: w.wave(w.form(RATE, bits=24, align=4), w.whole(speech(), 4))),
    _data("wav-wrong-block-align", lambda: w.wave(struct.pack("<HHIIHH", 1, 1, RATE, 0, 0, 16), w.whole(speech()))),
    _data(
        "wav-extensible",
        lambda: w.wave(
            w.form(RATE, bits=16, tag=w.EXTENSIBLE)
            + struct.pack("<HHI", 22, 16, 4)
            + b"\1\0\0\0\0\0\x10\0\x80\0\0\xaa\0\x38\x9b\x71",
            w.whole(speech()),
        ),
    ),
    _data("rifx", lambda: w.wave(w.form(RATE, order=">"), w.whole(speech(), order=">"), order=">")),
    _data("rf64", lambda: w.rf64(w.form(RATE), w.whole(speech()))),
    _data("rf64-length-0", lambda: w.rf64(w.form(RATE), w.whole(speech()), data_length=0), said=said(F.UNFINISHED)),
    _data(
        "rf64-says-2-s", lambda: w.rf64(w.form(RATE), w.whole(speech()), data_length=FIVE), said=said(F.MORE_THAN_SAID)
    ),
    _data("bw64", lambda: w.rf64(w.form(RATE), w.whole(speech()), mark=b"BW64")),
    _data("w64", lambda: w.wave_64(w.form(RATE), w.whole(speech()))),
    _data(
        "w64-says-2-s",
        lambda: w.wave_64(w.form(RATE), w.whole(speech()), data_length=FIVE),
        said=said(F.MORE_THAN_SAID),
    ),
    _data(
        "w64-cut-in-half",
        lambda: _cut(w.wave_64(w.form(RATE), w.whole(speech()))),
        seconds=SECONDS / 2,
        said=said(F.CUT_SHORT),
    ),
    _data("aiff", lambda: w.aiff(RATE, w.whole(speech(), order=">"))),
    _data(
        "aiff-lengths-0",
        lambda: w.aiff(RATE, w.whole(speech(), order=">"), data_length=0, file_length=0, frames=0),
        said=said(F.UNFINISHED),
    ),
    _data(
        "aiff-says-2-s",
        lambda: w.aiff(RATE, w.whole(speech(), order=">"), data_length=FIVE + 8, frames=2 * RATE),
        said=said(F.MORE_THAN_SAID),
    ),
    _data(
        "aiff-chunks-after",
        lambda: w.aiff(RATE, w.whole(speech(), order=">"), after=w.chunk(b"ANNO", b"note", None, ">")),
    ),
    _data(
        "aiff-cut-in-half",
        lambda: _cut(w.aiff(RATE, w.whole(speech(), order=">"))),
        seconds=SECONDS / 2,
        said=said(F.CUT_SHORT),
    ),
    _data("aiff-form-behind-its-sound", lambda: _form_behind(w.aiff(RATE, w.whole(speech(), order=">")))),
    _data("caf-to-the-end", lambda: w.caf(RATE, w.whole(speech(), order=">"), data_length=-1)),
    _data(
        "caf-says-2-s",
        lambda: w.caf(RATE, w.whole(speech(), order=">"), data_length=FIVE + 4),
        said=said(F.MORE_THAN_SAID),
    ),
    _data("au-length-not-said", lambda: w.au(RATE, w.whole(speech(), order=">"), data_length=0xFFFFFFFF)),
    _data(
        "au-says-2-s", lambda: w.au(RATE, w.whole(speech(), order=">"), data_length=FIVE), said=said(F.MORE_THAN_SAID)
    ),
    _data(
        "au-cut-in-half",
        lambda: _cut(w.au(RATE, w.whole(speech(), order=">"))),
        seconds=SECONDS / 2,
        said=said(F.CUT_SHORT),
    ),
]


def _unfinished_adpcm(path):
    soundfile.write(path, speech(), RATE, format="WAV", subtype="IMA_ADPCM")
    data = bytearray(path.read_bytes())
    for name, at in ((b"RIFF", 4), (b"fact", 8), (b"data", 4)):
        place = data.find(name) + at
        data[place : place + 4] = bytes(4)
    path.write_bytes(data)


# A block of ADPCM is padded at the end: a little more comes out than went in.
_BLOCK_S = 0.1
SAMPLES = [
    *(
        _soundfile(f"{name}-{subtype.lower()}", form=form, subtype=subtype, near_s=_BLOCK_S)
        for name, form, subtypes in (
            ("wav", "WAV", ("PCM_U8", "PCM_24", "PCM_32", "FLOAT", "DOUBLE", "ULAW", "ALAW", "IMA_ADPCM", "MS_ADPCM")),
            ("rf64", "RF64", ("PCM_24", "FLOAT")),
            ("w64", "W64", ("PCM_24", "FLOAT", "ALAW", "IMA_ADPCM", "MS_ADPCM")),
            ("aiff", "AIFF", ("PCM_S8", "PCM_U8", "PCM_24", "PCM_32", "FLOAT", "DOUBLE", "ULAW", "ALAW", "IMA_ADPCM")),
            ("caf", "CAF", ("PCM_S8", "PCM_16", "PCM_24", "PCM_32", "FLOAT", "DOUBLE", "ULAW", "ALAW")),
            ("au", "AU", ("PCM_S8", "PCM_16", "PCM_24", "PCM_32", "FLOAT", "DOUBLE", "ULAW", "ALAW")),
        )
        for subtype in subtypes
    ),
    _soundfile("wav-gsm610", form="WAV", subtype="GSM610", rate=8_000, near_s=_BLOCK_S, level_db=None),
    _soundfile("nist-pcm", form="NIST", subtype="PCM_16"),
    _soundfile("caf-alac", form="CAF", subtype="ALAC_16", said=said(F.UNCHECKED), near_s=0.2),
    Case("wav-unfinished-adpcm", _unfinished_adpcm, said=said(F.UNFINISHED), near_s=_BLOCK_S),
    _ffmpeg("wav-adpcm-ms-cut", "-c:a", "adpcm_ms", "-f", "wav", near_s=_BLOCK_S),
    _ffmpeg("wav-with-mp3-inside", "-c:a", "libmp3lame", "-f", "wav", near_s=_BLOCK_S),
    _ffmpeg("wav-with-mp2-inside", "-c:a", "mp2", "-f", "wav", near_s=_BLOCK_S),
    _ffmpeg("aiff-ima4", "-c:a", "adpcm_ima_qt", "-f", "aiff", near_s=_BLOCK_S),
]


def _piped(path):
    feed = path.with_name("source.wav")
    soundfile.write(feed, speech(), RATE)
    out = subprocess.run(["ffmpeg", "-v", "error", "-i", feed, "-f", "wav", "-"], check=True, capture_output=True)
    path.write_bytes(out.stdout)
    feed.unlink()


SAMPLES.append(Case("wav-as-a-pipe-writes-it", _piped, said=said(F.UNFINISHED)))

# --- channels and levels ---


def _channels(name, make, **right):
    return _soundfile(name, make, form="WAV", subtype="PCM_16", **right)


def _inverted_from(second):
    left = speech()
    right = left.copy()
    right[round(second * RATE) :] *= -1
    return np.stack([left, right], 1)


def _delayed(ms):
    left = speech()
    return np.stack([left, -np.roll(left, round(RATE * ms / 1000))], 1)


def _two_people():
    one, other = speech(), speech(seed=2)
    turns = np.sin(2 * np.pi * 0.5 * np.arange(len(one)) / RATE) > 0
    return np.stack([one * turns, other * ~turns], 1)


CHANNELS = [
    _channels("stereo-same", lambda: np.stack([speech()] * 2, 1)),
    _channels("stereo-opposed", lambda: np.stack([speech(), -speech()], 1), said=said(F.OPPOSED)),
    _channels(
        "stereo-opposed-a-little-quieter", lambda: np.stack([speech(), -0.9 * speech()], 1), said=said(F.OPPOSED)
    ),
    _channels("stereo-opposed-from-2-s", lambda: _inverted_from(2.0), said=said(F.OPPOSED)),
    _channels("stereo-opposed-and-delayed-1-ms", lambda: _delayed(1.0), said=said(F.OPPOSED), level_db=0.0),
    _channels("stereo-opposed-and-delayed-10-ms", lambda: _delayed(10.0), said=None, level_db=0.0),
    _channels("stereo-left-only", lambda: np.stack([speech(), 0 * speech()], 1)),
    _channels("stereo-right-only", lambda: np.stack([0 * speech(), speech()], 1)),
    _channels(
        "stereo-right-only-left-hisses",
        lambda: np.stack([np.random.default_rng(4).normal(0, 10 ** (-70 / 20), len(speech())), speech()], 1),
    ),
    _channels("stereo-two-people", _two_people, level_db=3.0, follows=False),
    _channels(
        "stereo-left-dies-at-3-s",
        lambda: np.stack([speech() * (np.arange(len(speech())) < 3 * RATE), speech()], 1),
        level_db=-0.5,
    ),
    _channels("four-channels", lambda: np.stack([speech() * gain for gain in (1, 0.5, 0.7, 0.2)], 1)),
    _channels(
        "four-channels-two-opposed",
        lambda: np.stack([speech() * gain for gain in (1, -1, 1, -1)], 1),
        said=said(F.OPPOSED),
    ),
    _channels("six-channels-centre-only", lambda: np.stack([speech() * gain for gain in (0, 0, 1, 0, 0, 0)], 1)),
    _channels("offset", lambda: speech() * 0.5 + 0.4),
    _channels(
        "offset-opposed", lambda: np.stack([speech() * 0.5 + 0.4, -speech() * 0.5 + 0.4], 1), said=said(F.OPPOSED)
    ),
    _soundfile(
        "very-quiet-24-bit", lambda: speech() * 10 ** (-60 / 20), form="WAV", subtype="PCM_24", said=said(F.QUIET)
    ),
    _soundfile("louder-than-full-scale", lambda: np.clip(speech(), -0.2, 0.2) * 4, form="WAV", subtype="FLOAT"),
    _channels(
        "second-half-is-nothing",
        lambda: np.concatenate([speech(), np.zeros(round(12 * RATE))]),
        seconds=SECONDS + 12,
        said=said(F.SILENT_IN_PART),
        follows=False,
    ),
    _channels(
        "pauses-of-a-noise-gate",
        lambda: np.concatenate([speech(), np.zeros(5 * RATE), speech()]),
        seconds=2 * SECONDS + 5,
        follows=False,
    ),
    _channels("silence", lambda: np.zeros(round(SECONDS * RATE)), said=said(F.SILENT), level_db=None, follows=False),
    _channels(
        "silence-with-an-offset",
        lambda: np.full(round(SECONDS * RATE), 0.3),
        said=said(F.SILENT),
        level_db=None,
        follows=False,
    ),
    _soundfile(
        "hiss-of-a-muted-microphone",
        lambda: np.random.default_rng(3).normal(0, 10 ** (-85 / 20), round(SECONDS * RATE)),
        form="WAV",
        subtype="PCM_24",
        said=said(F.SILENT),
        level_db=None,
        follows=False,
    ),
    *(
        _soundfile(f"wav-{rate}-hz", rate=rate, form="WAV", subtype="PCM_16")
        for rate in (8_000, 11_025, 16_000, 22_050, 32_000, 44_056, 47_999, 48_000, 88_200, 96_000, 192_000)
    ),
    _soundfile("wav-1000-hz", rate=1_000, form="WAV", subtype="PCM_16", refused=Refusal.RATE),
]

# --- MP3 and its elders ---
FRAME_S = 1152 / RATE


def _mp3(*options, name="x.mp3", source=None):
    return _mp3_made(options, name, source)


@lru_cache(maxsize=32)
def _mp3_made(options, name, source):
    import tempfile  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder:
        feed, out = Path(folder) / "source.wav", Path(folder) / name
        soundfile.write(feed, speech() if source is None else source(), RATE)
        run("ffmpeg", "-y", "-v", "error", "-i", feed, *options, out)
        return out.read_bytes()


VBR = ("-q:a", "4", "-write_xing", "0", "-id3v2_version", "0")
CBR = ("-b:a", "128k", "-write_xing", "0", "-id3v2_version", "0")
LAME = ("-q:a", "4", "-id3v2_version", "0")


def _quiet_start():
    sound = np.concatenate([np.zeros(3 * RATE), speech()])
    return _mp3("-q:a", "0", "-ar", "22050", "-write_xing", "0", "-id3v2_version", "0", source=_QUIET), sound


def _quiet():
    return np.concatenate([np.zeros(3 * RATE), speech()])


_QUIET = _quiet


def _xing(count):
    """Return an MP3 whose Xing header states another count of frames."""
    data = bytearray(_mp3(*LAME))
    at = max(data.find(b"Xing"), data.find(b"Info"))
    data[at + 8 : at + 12] = struct.pack(">I", count)
    return bytes(data)


def _vbri(count):
    """Return an MP3 preceded by a VBRI header, in a frame of 128 kilobits a second."""
    head = bytes.fromhex("fffb90c4") + bytes(32) + b"VBRI" + struct.pack(">HHHII", 1, 0, 50, 1000, count)
    return head + bytes(417 - len(head)) + _mp3(*VBR)


def _free_format():
    """Return an MP3 whose headers do not state the length of frames: all are 128 kilobits at 48 kHz."""
    data = bytearray(_mp3("-b:a", "128k", "-ar", "48000", "-write_xing", "0", "-id3v2_version", "0"))
    for at in range(0, len(data) - 3, 384):
        assert data[at] == 0xFF
        data[at + 2] &= 0x0F
    return bytes(data)


def _ape():
    item = struct.pack("<II", 5, 0) + b"Title\0" + b"Group"
    tail = struct.pack("<IIII", 2000, len(item) + 32, 1, 0x80000000) + bytes(8)
    head = struct.pack("<IIII", 2000, len(item) + 32, 1, 0xA0000000) + bytes(8)
    return b"APETAGEX" + head + item + b"APETAGEX" + tail


ID3V2 = b"ID3\3\0\0\0\0\x10\0" + bytes(2048)
ID3V1 = b"TAG" + b"Group".ljust(125)


def _in_middle(data, what, replaced=0):
    at = len(data) // 2
    return data[:at] + what + data[at + replaced :]


MPEG = [
    _data("mp3-vbr-without-xing", lambda: _mp3(*VBR)),
    _data("mp3-vbr-quiet-start", lambda: _quiet_start()[0], seconds=9.0, near_s=0.1, level_db=None, follows=False),
    _data("mp3-lame-header", lambda: _mp3(*LAME)),
    _data("mp3-lame-header-says-half", lambda: _xing(115), said=said(F.MORE_THAN_SAID)),
    _data("mp3-lame-header-says-twice", lambda: _xing(460), said=said(F.LESS_THAN_SAID)),
    _data("mp3-lame-header-says-nothing", lambda: _xing(0)),
    _data("mp3-vbri-header-says-half", lambda: _vbri(115), said=said(F.MORE_THAN_SAID)),
    _data("mp3-cbr", lambda: _mp3(*CBR)),
    _data("mp3-id3v2-id3v1-ape", lambda: ID3V2 + _mp3(*VBR) + _ape() + ID3V1),
    _data("mp3-junk-before", lambda: NOISE[:3000] + _mp3(*VBR), said=None),
    _data("mp3-much-junk-before", lambda: NOISE[:40_000] + _mp3(*VBR), said=said(F.DAMAGED)),
    _data("mp3-front-cut-off", lambda: _mp3(*CBR)[48_300:], seconds=SECONDS - 3, near_s=0.1, said=None, follows=False),
    _data(
        "mp3-zeros-instead",
        lambda: _in_middle(_mp3(*CBR), bytes(20_000), 20_000),
        seconds=SECONDS - 1.25,
        near_s=0.15,
        said=said(F.DAMAGED),
        follows=False,
    ),
    _data("mp3-many-zeros-behind", lambda: _mp3(*VBR) + bytes(100_000), said=said(F.CUT_SHORT)),
    _data("mp3-zeros-behind", lambda: _mp3(*VBR) + bytes(20_000)),
    _data("mp3-cut-in-a-frame", lambda: _cut(_mp3(*CBR), 0.501), seconds=SECONDS / 2, said=said(F.CUT_SHORT)),
    _data(
        "mp3-lame-header-cut-in-half",
        lambda: _cut(_mp3(*LAME)),
        seconds=SECONDS / 2,
        said=said(F.CUT_SHORT),
        near_s=1.0,
    ),
    _data(
        "mp3-garbage-put-in",
        lambda: _in_middle(_mp3(*CBR), NOISE[:5000]),
        said=said(F.DAMAGED),
        near_s=0.15,
        follows=False,
    ),
    _data(
        "mp3-garbage-instead",
        lambda: _in_middle(_mp3(*CBR), NOISE[:5000], 5000),
        seconds=SECONDS - 0.31,
        said=said(F.DAMAGED),
        near_s=0.15,
        follows=False,
    ),
    _data(
        "mp3-zeros-in-the-middle",
        lambda: _in_middle(_mp3(*CBR), bytes(5000)),
        near_s=0.15,
        said=said(F.DAMAGED),
        follows=False,
    ),
    _data(
        "mp3-two-joined",
        lambda: _mp3(*LAME) + ID3V2 + _mp3(*LAME),
        seconds=2 * SECONDS,
        said=said(F.JOINED),
        near_s=0.15,
    ),
    _data(
        "mp3-two-joined-rates",
        lambda: _mp3(*CBR) + ID3V1 + _mp3("-ar", "22050", *CBR),
        seconds=2 * SECONDS,
        said=said(F.JOINED),
        near_s=0.15,
    ),
    _data(
        "mp3-two-joined-channels",
        lambda: _mp3(*CBR) + _mp3("-ac", "2", *CBR),
        seconds=2 * SECONDS,
        said=said(F.JOINED),
        near_s=0.15,
    ),
    _data("mp3-free-format", _free_format, near_s=0.1),
    *(
        _data(f"mp3-{rate}-hz", lambda rate=rate: _mp3("-ar", str(rate), "-b:a", "32k", "-write_xing", "0"), near_s=0.2)
        for rate in (8_000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000)
    ),
    _data("mp3-opposed-channels", lambda: _mp3(*CBR, source=_OPPOSED), said=said(F.OPPOSED), near_s=0.1),
    _data("mp2", lambda: _mp3("-b:a", "192k", name="x.mp2"), near_s=0.1),
    _data(
        "mp2-cut", lambda: _cut(_mp3("-b:a", "192k", name="x.mp2"), 0.501), seconds=SECONDS / 2, said=said(F.CUT_SHORT)
    ),
    _data("mp2-22050-hz", lambda: _mp3("-ar", "22050", "-b:a", "64k", name="x.mp2"), near_s=0.1),
]


def _opposed():
    return np.stack([speech(), -speech()], 1)


_OPPOSED = _opposed

# --- FLAC ---


def _flac(rate=RATE, subtype="PCM_16"):
    return encoded("FLAC", subtype, rate=rate)


def _flac_total(samples, md5=None):
    data = bytearray(_flac())
    packed = int.from_bytes(data[18:26], "big") >> 36 << 36 | samples
    data[18:26] = packed.to_bytes(8, "big")
    if md5 is not None:
        data[26:42] = md5
    return bytes(data)


FLACS = [
    _data("flac", _flac),
    _data("flac-24-bit-96000-hz", lambda: _flac(96_000, "PCM_24")),
    _data("flac-length-not-said", lambda: _flac_total(0, bytes(16))),
    _data("flac-md5-zero", lambda: _flac_total(round(SECONDS * RATE), bytes(16))),
    _data("flac-says-half", lambda: _flac_total(3 * RATE), said=said(F.MORE_THAN_SAID)),
    _data("flac-says-twice", lambda: _flac_total(12 * RATE), said=said(F.LESS_THAN_SAID)),
    _data("flac-damaged-frame", lambda: _spoilt(_flac()), said=said(F.DAMAGED), level_db=None),
    _data("flac-hole", lambda: _spoilt(_flac(), length=20_000), said=said(F.DAMAGED), level_db=None),
    _data(
        "flac-hole-cut-out",
        lambda: _in_middle(_flac(), b"", 20_000),
        said=said(F.DAMAGED),
        level_db=None,
        follows=False,
    ),
    _data(
        "flac-cut-in-half",
        lambda: _cut(_flac()),
        seconds=SECONDS / 2,
        near_s=0.6,
        said=said(F.CUT_SHORT),
        level_db=None,
    ),
    _data(
        "flac-front-missing",
        lambda: _flac()[:42] + b"\x81\0\0\0" + _flac()[len(_flac()) // 2 :],
        seconds=SECONDS / 2,
        near_s=0.6,
        said=None,
        level_db=None,
        follows=False,
    ),
    _data("flac-two-joined", lambda: _flac() + _flac(), seconds=2 * SECONDS, said=said(F.JOINED)),
    _data("flac-tags-around", lambda: ID3V2 + _flac() + ID3V1),
    _data("flac-zeros-behind", lambda: _flac() + bytes(5000)),
    _ffmpeg("flac-of-ffmpeg", "-f", "flac"),
]

# --- Ogg ---


def _opposed_48():
    return np.stack([speech(rate=48_000), -speech(rate=48_000)], 1)


def _ogg(subtype="OPUS", rate=48_000, sound=None):
    return encoded("OGG", subtype, rate=rate, sound=sound)


def _moved(data, seconds):
    """Return the file with granule positions that start later."""
    out = b""
    for page in pages(data):
        granule = page.granule + round(seconds * 48_000) if page.granule not in {0, NO_PACKET_ENDS} else page.granule
        out += with_checksum(page.raw[:6] + struct.pack("<Q", granule) + page.raw[14:])
    return out


def _without_page(data, which):
    found = list(pages(data))
    return b"".join(page.raw for at, page in enumerate(found) if at != which % len(found))


def _other():
    """Return another take, under another serial number."""
    out = b""
    for page in pages(_ogg()):
        out += with_checksum(page.raw[:14] + struct.pack("<I", page.serial ^ 0x5555) + page.raw[18:])
    return out


def _no_sound_stream():
    body = b"\x80theora" + bytes(40)
    head = b"OggS\0" + bytes((2,)) + bytes(8) + struct.pack("<III", 4242, 0, 0) + b"\1" + bytes((len(body),))
    return with_checksum(head + body)


def _interleaved():
    """Return an Ogg file with a foreign stream between the pages of the sound."""
    found = list(pages(_ogg("VORBIS")))

    def other(number, flags, body):
        head = (
            b"OggS\0" + bytes((flags,)) + bytes(8) + struct.pack("<III", 4242, number, 0) + b"\1" + bytes((len(body),))
        )
        return with_checksum(head + body)

    out = other(0, 2, b"fishead\0" + bytes(40)) + found[0].raw
    for number, page in enumerate(found[1:], 1):
        out += page.raw + (other(number, 0, b"words") if number % 3 == 0 else b"")
    return out


def _ogg_flac(path):
    feed = path.with_name("source.wav")
    soundfile.write(feed, speech(), RATE)
    run("ffmpeg", "-y", "-v", "error", "-i", feed, "-c:a", "flac", "-f", "ogg", path)
    feed.unlink()


def _ogg_flac_twice(path):
    _ogg_flac(path)
    path.write_bytes(path.read_bytes() * 2)


OGGS = [
    _data("opus", _ogg),
    _data("opus-two-takes-joined", lambda: _ogg() + _ogg(), seconds=2 * SECONDS, said=said(F.JOINED)),
    _data(
        "opus-second-take-without-its-first-page",
        lambda: _ogg() + b"".join(page.raw for page in list(pages(_other()))[1:]),
        said=said(F.DAMAGED),
    ),
    _data("opus-and-something-else-joined", lambda: _ogg() + _no_sound_stream(), said=said(F.DAMAGED)),
    _data("opus-and-vorbis-joined", lambda: _ogg() + _ogg("VORBIS", RATE), seconds=2 * SECONDS, said=said(F.JOINED)),
    _data("opus-last-page-cut", lambda: _ogg()[:-800], seconds=SECONDS - 0.1, near_s=0.25, said=said(F.CUT_SHORT)),
    _data(
        "opus-cut-in-half", lambda: _cut(_ogg()), seconds=SECONDS / 2, near_s=0.5, said=said(F.CUT_SHORT), level_db=None
    ),
    _data(
        "opus-without-its-last-page",
        lambda: _without_page(_ogg(), -1),
        seconds=SECONDS - 0.5,
        near_s=0.5,
        said=said(F.CUT_SHORT),
        level_db=None,
    ),
    _data("opus-starts-at-1000-s", lambda: _moved(_ogg(), 1000)),
    _data("opus-page-missing", lambda: _without_page(_ogg(), 4), said=said(F.DAMAGED), level_db=None),
    _data("opus-page-damaged", lambda: _spoilt(_ogg()), said=said(F.DAMAGED), level_db=None),
    _data(
        "opus-first-page-missing",
        lambda: _without_page(_ogg(), 2),
        seconds=SECONDS - 1,
        near_s=0.1,
        said=said(F.DAMAGED),
        level_db=None,
        follows=False,
    ),
    _data(
        "opus-stereo-opposed",
        lambda: _ogg(sound=_opposed_48),
        said=said(F.OPPOSED),
    ),
    _data("vorbis", lambda: _ogg("VORBIS", RATE)),
    _data("vorbis-two-takes-joined", lambda: _ogg("VORBIS", RATE) * 2, seconds=2 * SECONDS, said=said(F.JOINED)),
    _data("vorbis-starts-at-1000-s", lambda: _moved(_ogg("VORBIS", 48_000), 1000)),
    _data(
        "vorbis-last-page-cut",
        lambda: _ogg("VORBIS", RATE)[:-800],
        seconds=SECONDS - 0.1,
        near_s=0.25,
        said=said(F.CUT_SHORT),
    ),
    _data("vorbis-page-missing", lambda: _without_page(_ogg("VORBIS", RATE), 6), said=said(F.DAMAGED), level_db=None),
    _data("vorbis-page-damaged", lambda: _spoilt(_ogg("VORBIS", RATE)), said=said(F.DAMAGED), level_db=None),
    _data("vorbis-beside-another-stream", _interleaved),
    _data("ogg-zeros-behind", lambda: _ogg() + bytes(5000)),
    Case("ogg-flac", _ogg_flac),
    Case("ogg-flac-two-takes-joined", _ogg_flac_twice, seconds=2 * SECONDS, said=said(F.JOINED)),
]

# --- formats the system decodes ---


def _cut_m4a():
    """Return an M4A with its index before its sound, and truncated sound."""
    return _cut(_mp3("-c:a", "aac", "-movflags", "+faststart", name="x.m4a"), 0.6)


SYSTEM = [
    _ffmpeg("m4a", "-c:a", "aac", "-f", "ipod", near_s=0.1),
    _ffmpeg("m4a-alac", "-c:a", "alac", "-f", "ipod", near_s=0.1),
    _data("m4a-cut", _cut_m4a, seconds=SECONDS * 0.6, near_s=0.8, said=None, level_db=None),
    _data("m4a-without-its-index", lambda: _cut(_mp3("-c:a", "aac", name="x.m4a"), 0.6), refused=Refusal.UNREADABLE),
    _ffmpeg("mp4-of-a-meeting", "-c:a", "aac", "-f", "mp4", near_s=0.1),
    _ffmpeg("3gp", "-c:a", "aac", "-f", "3gp", near_s=0.1),
    _ffmpeg("aac", "-c:a", "aac", "-f", "adts", near_s=0.15),
    _ffmpeg("wma", "-c:a", "wmav2", "-f", "asf", near_s=0.3, said=said(F.UNCHECKED)),
    _ffmpeg("webm", "-c:a", "libopus", "-f", "webm", near_s=0.1, said=said(F.UNCHECKED)),
    _ffmpeg("wv", "-c:a", "wavpack", "-f", "wv", said=said(F.UNCHECKED)),
]


def _not_utf_8(path):
    named = os.fsencode(path.parent) + b"/Sitzung_M\xe4rz.wav"
    Path(os.fsdecode(named)).write_bytes(_mono()())
    return Path(os.fsdecode(named))


NAMES = [Case("name-that-is-no-utf-8", _not_utf_8)]

NO_SOUND = [
    _data(name, lambda data=data: data, refused=Refusal.UNREADABLE)
    for name, data in (
        ("nothing", b""),
        ("text", b"Dear group, this is no sound at all. " * 99),
        ("head-alone", b"RIFF\xff\xff\xff\xffWAVE"),
        ("wav-without-sound", w.wave(w.form(RATE), b"")),
        ("flac-head-and-zeros", b"fLaC" + bytes(64)),
        ("ogg-head-and-zeros", b"OggS" + bytes(999)),
        ("zeros", bytes(5000)),
        ("noise", NOISE),
    )
]

CASES = [*WAVES, *SAMPLES, *CHANNELS, *MPEG, *FLACS, *OGGS, *SYSTEM, *NAMES, *NO_SOUND]


def written(case, folder):
    """Write a case's file, and return its path."""
    path = folder / case.name
    made = case.write(path)
    return made if isinstance(made, Path) else path
