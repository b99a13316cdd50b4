"""Hear a piece with faster-whisper, at temperature 0. Loaded in the engine's process alone."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from balint_desktop.transcription import stand_ins
from balint_desktop.transcription.engine_options import COMPUTE, OPTIONS

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

RATE_HZ = 16_000

Words = list[tuple[str, float, float, float]]
"""Text, from and until in seconds of the piece, probability."""
Segments = list[tuple[float, float]]
"""Compression ratio, and the likelihood that nobody speaks."""


class WhisperEngine:
    """A model in memory. `model` is its folder; `language` is never detected."""

    def __init__(self, model: Path, language: str, threads: int) -> None:
        stand_ins.install()
        from faster_whisper import WhisperModel  # noqa: PLC0415  it needs the stand-ins

        self._model = WhisperModel(str(model), device="cpu", compute_type=COMPUTE, cpu_threads=threads)
        self._language = language

    def hear(self, pcm: npt.NDArray[np.float32], prompt: str = "") -> tuple[Words, Segments]:
        """Return the words of a piece of at most 30 s, mono at 16 kHz, and what the model says of its segments.

        With a prompt it is heard as if that had been said before.
        """
        segments, _ = self._model.transcribe(pcm, language=self._language, initial_prompt=prompt or None, **OPTIONS)
        words: Words = []
        found: Segments = []
        for segment in segments:
            found.append((float(segment.compression_ratio), float(segment.no_speech_prob)))
            for word in segment.words or ():
                _add(words, word.word, float(word.start), float(word.end), float(word.probability))
        return words, found


def engine_name() -> str:
    """Return the engine's name and version, for the plan and the methods text."""
    return f"faster-whisper {version('faster-whisper')}, CTranslate2 {version('ctranslate2')}, {COMPUTE}"


def _add(words: Words, text: str, from_s: float, until_s: float, probability: float) -> None:
    """Add a word. One without a space before it continues the last one, as after a hyphen."""
    if words and not text[:1].isspace():
        before, begin_s, _, least = words[-1]
        words[-1] = (before + text.strip(), begin_s, until_s, min(least, probability))
    elif text.strip():
        words.append((text.strip(), from_s, until_s, probability))
