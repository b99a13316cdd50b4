"""Requests to the engine's process and its answers, one for one: a binary head, then sound or JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from enum import IntEnum
from struct import Struct
from typing import Any

from balint_desktop.domain.foreign import foreign_errors
from balint_desktop.pipes import read_exactly

RATE_HZ = 48_000
"""Rate of all sound on the pipe: int16, mono, little-endian."""

REQUEST = Struct(">BI")
"""The request, and how many bytes follow."""
ANSWER = Struct(">I")
"""How many bytes of JSON follow."""

LONGEST_ANSWER = 1 << 24
"""No answer is longer: a damaged model may end the engine, but it may not fill the app's memory."""


class EngineRequest(IntEnum):
    """Requests to the engine. Every one is answered once."""

    START = 1
    """Load a model: JSON with `model` (a folder), `language` (a code such as en) and `threads`. Answer: `engine`."""
    NEW_STRETCH = 2
    """Forget the stretch before, for SPEECH. No bytes follow."""
    SPEECH = 3
    """Look for speech in sound that continues the stretch. Answer: `speech` (percent) and `level_db`, a window each."""
    STRETCH_END = 4
    """As SPEECH, with the last sound of the stretch."""
    HEAR = 5
    """Hear a piece. Answer: `words` [text, from_s, until_s, probability] and `segments` [compression, no_speech]."""
    PROMPT = 6
    """Hear the pieces that follow as if this text (UTF-8) had been said before them; empty for none, as at first."""


class EngineSaysNonsenseError(Exception):
    """An answer is none of the protocol's."""


def answer(message: Mapping[str, Any]) -> bytes:
    """Return an answer with its head."""
    data = json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode()
    return ANSWER.pack(len(data)) + data


def read_answer(read: Callable[[int], bytes]) -> dict[str, Any] | None:
    """Read an answer; None if the input ends first. Raise EngineSaysNonsenseError."""
    head = read_exactly(read, ANSWER.size)
    if head is None:
        return None
    (size,) = ANSWER.unpack(head)
    if size > LONGEST_ANSWER:
        raise EngineSaysNonsenseError
    data = read_exactly(read, size)
    if data is None:
        return None
    with foreign_errors(EngineSaysNonsenseError()):
        message = json.loads(data)
    if not isinstance(message, dict):
        raise EngineSaysNonsenseError
    return message
