"""The working text, the engine's text and what was listened to as JSON, and back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from balint_desktop.domain.foreign import foreign_errors
from balint_desktop.domain.transcript.listened import Listened
from balint_desktop.domain.transcript.machine_text import HeardPiece, HeardWord, Verdict, stored_probability
from balint_desktop.domain.transcript.spans import Span, merged
from balint_desktop.domain.transcript.transcript import Turn, Word, WordKind, parse_speaker

VERSION = 1


class NotOurFormatError(ValueError):
    """The bytes are not what this version writes."""


def page_to_json(turns: Iterable[Turn]) -> bytes:
    """Return a page of the working text."""
    return _dump({"turns": [_turn(turn) for turn in turns]})


def page_from_json(data: bytes) -> tuple[Turn, ...]:
    """Return the turns of a page. Raise NotOurFormatError."""
    message = _load(data)
    with foreign_errors(NotOurFormatError()):
        return tuple(_read_turn(turn) for turn in message["turns"])


def pages_to_json(pages: Mapping[int, Sequence[Turn]]) -> bytes:
    """Return several pages that change together, by number."""
    return _dump({"pages": {str(number): [_turn(turn) for turn in turns] for number, turns in pages.items()}})


def pages_from_json(data: bytes) -> dict[int, tuple[Turn, ...]]:
    """Return pages that change together. Raise NotOurFormatError."""
    message = _load(data)
    with foreign_errors(NotOurFormatError()):
        return {int(number): tuple(_read_turn(turn) for turn in turns) for number, turns in message["pages"].items()}


def pieces_to_json(pieces: Iterable[HeardPiece]) -> bytes:
    """Return what was heard of some pieces."""
    return _dump({"pieces": [_piece(piece) for piece in pieces]})


def pieces_from_json(data: bytes) -> tuple[HeardPiece, ...]:
    """Return pieces that were heard. Raise NotOurFormatError."""
    message = _load(data)
    with foreign_errors(NotOurFormatError()):
        return tuple(_read_piece(piece) for piece in message["pieces"])


def listened_to_json(listened: Listened) -> bytes:
    """Return what was listened to."""
    return _dump({"listened": listened.spans})


def listened_from_json(data: bytes) -> Listened:
    """Return what was listened to. Raise NotOurFormatError."""
    message = _load(data)
    with foreign_errors(NotOurFormatError()):
        return Listened(merged(_span(begin, end) for begin, end in message["listened"]))


def _turn(turn: Turn) -> list[Any]:
    return [turn.id, turn.speaker, turn.from_ms, turn.until_ms, [_word(word) for word in turn.words]]


def _word(word: Word) -> list[Any]:
    # An hour has eight thousand words: a list each, as short as it can be.
    row = [word.text, word.from_ms, word.until_ms, word.probability]
    return row if word.kind is WordKind.SPOKEN else [*row, word.kind]


def _read_turn(row: Sequence[Any]) -> Turn:
    turn_id, speaker, begin, end, words = row
    return Turn(
        _number(turn_id), parse_speaker(speaker), *_span(begin, end), words=tuple(_read_word(word) for word in words)
    )


def _read_word(row: Sequence[Any]) -> Word:
    text, begin, end, probability, *kinds = row
    (kind,) = kinds or [WordKind.SPOKEN]
    likely = None if probability is None else _probability(probability)
    return Word(_text(text), *_span(begin, end), probability=likely, kind=WordKind(kind))


def _piece(piece: HeardPiece) -> dict[str, Any]:
    return {
        "piece": piece.number,
        "from_ms": piece.from_ms,
        "until_ms": piece.until_ms,
        "verdict": piece.verdict,
        "words": [[one.text, one.from_ms, one.until_ms, stored_probability(one.probability)] for one in piece.words],
    }


def _read_piece(row: dict[str, Any]) -> HeardPiece:
    words = tuple(HeardWord(_text(text), *_span(a, b), probability=_probability(p)) for text, a, b, p in row["words"])
    span = _span(row["from_ms"], row["until_ms"])
    return HeardPiece(_number(row["piece"]), *span, verdict=Verdict(row["verdict"]), words=words)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _number(value: object) -> int:
    if type(value) is not int:
        raise TypeError(value)
    return value


def _span(begin: object, end: object) -> Span:
    return _number(begin), max(_number(begin), _number(end))


def _probability(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise TypeError(value)
    return float(value)


def _dump(message: dict[str, Any]) -> bytes:
    text = json.dumps({"version": VERSION, **message}, ensure_ascii=False, separators=(",", ":"))
    # Half a pair of surrogates, as an input method can leave one, must not keep an hour's work from being saved.
    return text.encode("utf-8", "surrogatepass")


def _load(data: bytes) -> dict[str, Any]:
    with foreign_errors(NotOurFormatError()):
        message = json.loads(data)
    if not isinstance(message, dict) or type(message.get("version")) is not int or message["version"] != VERSION:
        raise NotOurFormatError
    return message
