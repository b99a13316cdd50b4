"""Binary requests to the child that holds a recording's audio, and its answers, one for one."""

from __future__ import annotations

from enum import IntEnum
from struct import Struct

REQUEST = Struct(">BHQQ")
"""The request, the part's number, and two numbers: see ReelRequest."""
ANSWER = Struct(">?Q")
"""Whether the request succeeded, and how many bytes of audio follow."""


class ReelRequest(IntEnum):
    """Requests to the child."""

    HOLD = 1
    """Hold a part's Ogg Opus: its length in bytes, and 0; the bytes follow. There is no answer."""
    READ = 2
    """Decode a part: the first frame, and the number of frames (int16, 48 kHz, mono)."""
