"""Speech for tests of transcription: real, spoken by espeak-ng, noise; and how far a text is from what was said."""

from __future__ import annotations

import io
import re
import subprocess
from functools import cache

import numpy as np
import soundfile
import soxr
from transcription_material import speech

RATE_HZ = 48_000


@cache
def read_aloud(name):
    """Return real speech as int16 at 48 kHz."""
    sound, rate = soundfile.read(speech(name), dtype="float32", always_2d=True)
    return _int16(soxr.resample(sound.mean(axis=1), rate, RATE_HZ))


@cache
def spoken(words, voice="en-gb", speed=150):
    """Return a sentence spoken by espeak-ng as int16 at 48 kHz."""
    done = subprocess.run(
        ["espeak-ng", "-v", voice, "-s", str(speed), "--stdout", words], capture_output=True, check=True
    )
    # The header is written before the length is known.
    at = done.stdout.index(b"data") + 8
    with soundfile.SoundFile(io.BytesIO(done.stdout)) as head:
        rate = head.samplerate
    sound = np.frombuffer(done.stdout[at:][: (len(done.stdout) - at) // 2 * 2], "<i2").astype(np.float32) / 32768
    return _int16(soxr.resample(sound, rate, RATE_HZ))


def noise(seconds, level_db=-40.0, seed=1):
    """Return noise of a level in dB of full scale, as of a ventilator."""
    rng = np.random.default_rng(seed)
    return _int16(rng.normal(0, 10 ** (level_db / 20), round(seconds * RATE_HZ)))


def silence(seconds):
    return np.zeros(round(seconds * RATE_HZ), "<i2")


def joined(*sounds):
    return np.concatenate(sounds).astype("<i2")


def seconds(sound):
    return len(sound) / RATE_HZ


def plain_words(text):
    """Return the words of a text without signs or case."""
    return re.sub(r"[^\w\s']", " ", text.casefold().replace("’", "'")).split()


def word_error_rate(said, heard):
    """Return the share of words that were left out, added or taken for another."""
    want, got = plain_words(said), plain_words(heard)
    row = list(range(len(got) + 1))
    for i, word in enumerate(want, start=1):
        before, row[0] = row[0], i
        for j, other in enumerate(got, start=1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (word != other))
    return row[-1] / len(want)


def _int16(sound):
    return (np.clip(sound, -1, 1) * 32767).astype("<i2")


TWO_CITIES = (
    "It was the best of times, it was the worst of times, it was the age of wisdom, it was the age of foolishness,"
    " it was the epoch of belief, it was the epoch of incredulity, it was the season of Light, it was the season of"
    " Darkness, it was the spring of hope, it was the winter of despair, we had everything before us, we had nothing"
    " before us, we were all going direct to Heaven, we were all going direct the other way – in short, the period was"
    " so far like the present period, that some of its noisiest authorities insisted on its being received, for good"
    " or for evil, in the superlative degree of comparison only."
)
"""What `two_cities` says: the first sentence of Dickens's novel, 1859."""
