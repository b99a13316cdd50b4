"""Sound for tests: generated tones and Ogg Opus, so that no recording of a person is needed."""

from __future__ import annotations

import io
from functools import lru_cache

import numpy as np
import soundfile

from balint_desktop.capture.encoder import OggSink, OpusEncoder
from balint_desktop.ogg.packet import RATE_HZ


def tone(seconds: float, hz: float = 440.0, loud: float = 0.4) -> np.ndarray:
    """Return a tone as int16."""
    at = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    return (np.sin(2 * np.pi * hz * at) * loud * 32767).astype("<i2")


@lru_cache(maxsize=32)
def opus(seconds: float, hz: float = 440.0) -> bytes:
    """Return a tone as Ogg Opus."""
    out = io.BytesIO()
    with soundfile.SoundFile(out, "w", RATE_HZ, 1, format="OGG", subtype="OPUS") as sound:
        sound.buffer_write(tone(seconds, hz).tobytes(), dtype="int16")
    return out.getvalue()


def stair_hz(second: int) -> int:
    """Return the pitch of a second of `stairs`: seconds near each other all differ."""
    return 300 + 50 * (second % 40)


@lru_cache(maxsize=8)
def stairs(seconds: int) -> bytes:
    """Return Ogg Opus sound whose pitch identifies the position, 11 KB a second in pages as a recorder's."""
    out = io.BytesIO()
    sink = OggSink(out.write)
    encoder = OpusEncoder(sink, bit_rate=96_000)
    for second in range(seconds):
        encoder.write(tone(1.0, stair_hz(second)).tobytes())
    encoder.close()
    return out.getvalue()


def loudness(pcm: bytes | np.ndarray) -> float:
    """Return the root mean square of int16 sound, 0 to 1."""
    samples = np.frombuffer(pcm, "<i2") if isinstance(pcm, bytes) else pcm
    return float(np.sqrt(np.mean((samples / 32767.0) ** 2))) if len(samples) else 0.0


def pitch(pcm: bytes | np.ndarray) -> float:
    """Return the loudest frequency of int16 sound, in Hz."""
    samples = np.frombuffer(pcm, "<i2") if isinstance(pcm, bytes) else pcm
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
    return float(np.argmax(spectrum) * RATE_HZ / len(samples))
