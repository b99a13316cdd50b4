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
class WindowedStretch:
    """A stretch that may be heard, in session milliseconds, with its windows from first to last."""

    from_ms: int
    until_ms: int
    windows: Sequence[Window]


@dataclass(frozen=True, slots=True)
class SpeechPiece:
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


def plan_pieces(stretches: Iterable[WindowedStretch]) -> tuple[SpeechPiece, ...]:
    """Return the pieces of all stretches, in order: LEAST_MS to LONGEST_MS each, no two overlapping.

    A stretch that is shorter than LEAST_MS has none: nothing in it could be understood.
    """
    return tuple(piece for stretch in stretches for piece in _pieces_of(stretch))


def speech_spans(stretch: WindowedStretch) -> tuple[Span, ...]:
    """Return the spans of speech in a stretch, in session milliseconds; gaps of up to a second are closed."""
    return tuple((span.from_ms, span.until_ms) for span in _speech_of(stretch))


def _pieces_of(stretch: WindowedStretch) -> list[SpeechPiece]:
    if stretch.until_ms - stretch.from_ms < LEAST_MS:
        return []
    spans = _with_room(_speech_of(stretch), stretch)
    return _widened(_joined([part for span in spans for part in _cut(stretch, span)]), stretch)


def _speech_of(stretch: WindowedStretch) -> list[_Speech]:
    """Return the spans of speech, padded by 200 ms, with gaps of up to a second closed."""
    spans: list[_Speech] = []
    for number, window in enumerate(stretch.windows):
        if window.speech < _SPEECH:
            continue
        begin = stretch.from_ms + number * WINDOW_MS
        end = min(begin + WINDOW_MS, stretch.until_ms)
        if begin >= end:
            break
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


def _with_room(spans: list[_Speech], stretch: WindowedStretch) -> list[_Speech]:
    """Join the first and the last span to their neighbours where those leave less than LEAST_MS for them.

    Only there can room be short: between two other spans there is more than a second of silence.
    """
    if len(spans) > 1 and spans[1].from_ms - stretch.from_ms < LEAST_MS:
        spans = [_one(spans[0], spans[1]), *spans[2:]]
    if len(spans) > 1 and stretch.until_ms - spans[-2].until_ms < LEAST_MS:
        spans = [*spans[:-2], _one(spans[-2], spans[-1])]
    return spans


def _one(first: _Speech, second: _Speech) -> _Speech:
    return _Speech(first.from_ms, second.until_ms, first.speech_ms + second.speech_ms)


def _cut(stretch: WindowedStretch, span: _Speech) -> list[_Speech]:
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


def _quietest(stretch: WindowedStretch, from_ms: int, until_ms: int) -> int:
    """Return the middle of the quietest 200 ms between two moments, at the edge of a window; the last of equals."""
    wide = math.ceil(_QUIET_MS / WINDOW_MS)
    first = max(0, (from_ms - stretch.from_ms) // WINDOW_MS)
    last = min(len(stretch.windows), (until_ms - stretch.from_ms) // WINDOW_MS) - wide
    if last < first:
        return until_ms
    levels = [window.level_db for window in stretch.windows[first : last + wide]]
    quietest = min(range(last - first, -1, -1), key=lambda at: sum(levels[at : at + wide]))
    return stretch.from_ms + (first + quietest + wide // 2) * WINDOW_MS


def _between(stretch: WindowedStretch, from_ms: int, until_ms: int) -> _Speech:
    first = (from_ms - stretch.from_ms) // WINDOW_MS
    last = math.ceil((until_ms - stretch.from_ms) / WINDOW_MS)
    speech_ms = 0
    for number, window in enumerate(stretch.windows[first:last], first):
        if window.speech >= _SPEECH:
            begin = stretch.from_ms + number * WINDOW_MS
            speech_ms += min(begin + WINDOW_MS, stretch.until_ms) - begin
    return _Speech(from_ms, until_ms, speech_ms)


def _joined(spans: Iterable[_Speech]) -> list[SpeechPiece]:
    """Join neighbours as long as they fit into one piece together."""
    pieces: list[SpeechPiece] = []
    for span in spans:
        last = pieces[-1] if pieces else None
        if last is not None and span.until_ms - last.from_ms <= LONGEST_MS:
            pieces[-1] = SpeechPiece(last.from_ms, span.until_ms, last.speech_ms + span.speech_ms)
        else:
            pieces.append(SpeechPiece(span.from_ms, span.until_ms, span.speech_ms))
    return pieces


def _widened(pieces: list[SpeechPiece], stretch: WindowedStretch) -> list[SpeechPiece]:
    """Give a piece that is too short the sound around it, as far as its neighbours and the stretch leave room."""
    wide: list[SpeechPiece] = []
    for number, piece in enumerate(pieces):
        low = wide[-1].until_ms if wide else stretch.from_ms
        high = pieces[number + 1].from_ms if number + 1 < len(pieces) else stretch.until_ms
        missing = max(0, LEAST_MS - piece.length_ms)
        end = min(high, max(low, piece.from_ms - missing // 2) + max(LEAST_MS, piece.length_ms))
        begin = max(low, min(piece.from_ms, end - LEAST_MS))
        wide.append(SpeechPiece(begin, end, piece.speech_ms))
    return wide
