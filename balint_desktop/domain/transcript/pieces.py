"""Plan the pieces of a recording that the engine hears one by one: spans of speech, cut in silence."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from balint_desktop.domain.transcript.spans import Span

WINDOW_MS = 32
"""Length of the windows in which speech is looked for, fixed by the speech finder (silero)."""
LONGEST_MS = 28_000
"""The engine hears 30 s at most; words at a seam were lost where whole files were heard (measured)."""
LEAST_MS = 1_000
"""A piece of 20 ms made a model loop: shorter ones get the sound around them (measured)."""

_SPEECH = 0.5
_CLOSED_GAP_MS = 1_000
_PAD_MS = 200
_CUT_WITHIN_MS = 8_000
_QUIET_MS = 200


@dataclass(frozen=True, slots=True)
class Window:
    """A window of WINDOW_MS: how likely it holds speech, 0 to 1, and its level in dB of full scale."""

    speech: float
    level_db: float


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch that may be heard, in session milliseconds, with its windows from first to last."""

    from_ms: int
    until_ms: int
    windows: Sequence[Window]


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece to hear, in session milliseconds; it lies in one stretch. `speech_ms` of it are speech."""

    from_ms: int
    until_ms: int
    speech_ms: int

    @property
    def length_ms(self) -> int:
        """Return the length in milliseconds."""
        return self.until_ms - self.from_ms


@dataclass(frozen=True, slots=True)
class _Speech:
    from_ms: int
    until_ms: int
    speech_ms: int


def plan_pieces(stretches: Iterable[Stretch]) -> tuple[Piece, ...]:
    """Return the pieces of all stretches, in order: LEAST_MS to LONGEST_MS each, no two overlapping.

    A stretch that is shorter than LEAST_MS has none: nothing in it could be understood.
    """
    return tuple(piece for stretch in stretches for piece in _pieces_of(stretch))


def speech_spans(stretch: Stretch) -> tuple[Span, ...]:
    """Return the spans of speech in a stretch, in session milliseconds; gaps of up to a second are closed."""
    return tuple((span.from_ms, span.until_ms) for span in _speech_of(stretch))


def _pieces_of(stretch: Stretch) -> list[Piece]:
    if stretch.until_ms - stretch.from_ms < LEAST_MS:
        return []
    short_enough = [part for span in _speech_of(stretch) for part in _cut(stretch, span)]
    return _widened(_joined(short_enough), stretch)


def _speech_of(stretch: Stretch) -> list[_Speech]:
    """Return the spans of speech, padded by 200 ms, with gaps of up to a second closed."""
    spans: list[_Speech] = []
    for number, window in enumerate(stretch.windows):
        if window.speech < _SPEECH:
            continue
        begin = stretch.from_ms + number * WINDOW_MS
        end = min(begin + WINDOW_MS, stretch.until_ms)
        if spans and begin - spans[-1].until_ms <= _CLOSED_GAP_MS:
            last = spans.pop()
            spans.append(_Speech(last.from_ms, end, last.speech_ms + end - begin))
        else:
            spans.append(_Speech(begin, end, end - begin))
    return [
        _Speech(
            max(stretch.from_ms, one.from_ms - _PAD_MS), min(stretch.until_ms, one.until_ms + _PAD_MS), one.speech_ms
        )
        for one in spans
    ]


def _cut(stretch: Stretch, span: _Speech) -> list[_Speech]:
    """Cut a span that is too long at the quietest 200 ms of the last eight seconds that fit."""
    pieces = []
    begin = span.from_ms
    while span.until_ms - begin > LONGEST_MS:
        # What is left over is no shorter than a piece may be.
        last = min(begin + LONGEST_MS, span.until_ms - LEAST_MS)
        at = _quietest(stretch, last - _CUT_WITHIN_MS, last)
        pieces.append(_between(stretch, begin, at))
        begin = at
    return [*pieces, _between(stretch, begin, span.until_ms)]


def _quietest(stretch: Stretch, from_ms: int, until_ms: int) -> int:
    """Return the middle of the quietest 200 ms between two moments."""
    wide = math.ceil(_QUIET_MS / WINDOW_MS)
    first = max(0, (from_ms - stretch.from_ms) // WINDOW_MS)
    last = min(len(stretch.windows), (until_ms - stretch.from_ms) // WINDOW_MS) - wide
    if last < first:
        return until_ms
    levels = [window.level_db for window in stretch.windows[first : last + wide]]
    quietest = min(range(last - first + 1), key=lambda at: sum(levels[at : at + wide]))
    return stretch.from_ms + (first + quietest) * WINDOW_MS + wide * WINDOW_MS // 2


def _between(stretch: Stretch, from_ms: int, until_ms: int) -> _Speech:
    first = (from_ms - stretch.from_ms) // WINDOW_MS
    last = math.ceil((until_ms - stretch.from_ms) / WINDOW_MS)
    speech = sum(1 for window in stretch.windows[first:last] if window.speech >= _SPEECH)
    return _Speech(from_ms, until_ms, min(speech * WINDOW_MS, until_ms - from_ms))


def _joined(spans: Iterable[_Speech]) -> list[Piece]:
    """Join neighbours as long as they fit into one piece together."""
    pieces: list[Piece] = []
    for span in spans:
        last = pieces[-1] if pieces else None
        if last is not None and span.until_ms - last.from_ms <= LONGEST_MS:
            pieces[-1] = Piece(last.from_ms, span.until_ms, last.speech_ms + span.speech_ms)
        else:
            pieces.append(Piece(span.from_ms, span.until_ms, span.speech_ms))
    return pieces


def _widened(pieces: list[Piece], stretch: Stretch) -> list[Piece]:
    """Give a piece that is too short the sound around it, as far as its neighbours and the stretch leave room."""
    wide: list[Piece] = []
    for number, piece in enumerate(pieces):
        low = wide[-1].until_ms if wide else stretch.from_ms
        high = pieces[number + 1].from_ms if number + 1 < len(pieces) else stretch.until_ms
        missing = max(0, LEAST_MS - piece.length_ms)
        begin = max(low, piece.from_ms - missing // 2)
        end = min(high, begin + max(LEAST_MS, piece.until_ms - begin))
        begin = max(low, min(begin, end - LEAST_MS))
        if end - begin >= LEAST_MS:
            wide.append(Piece(begin, end, piece.speech_ms))
        elif wide and end - wide[-1].from_ms <= LONGEST_MS:
            last = wide.pop()
            wide.append(Piece(last.from_ms, end, last.speech_ms + piece.speech_ms))
    return wide
