"""How long an Opus packet is, and which packet of the same length is digital silence (RFC 6716, section 3)."""

from __future__ import annotations

from functools import lru_cache

# Samples at 48 kHz of one frame, by the configuration in the packet's first five bits.
_SILK = (480, 960, 1920, 2880)
_HYBRID = (480, 960)
_CELT = (120, 240, 480, 960)
_FIRST_HYBRID, _FIRST_CELT = 12, 16
# CELT at full bandwidth: the last four configurations, the longest frame first.
_SILENT = ((960, 31), (480, 30), (240, 29), (120, 28))
# What the encoder itself writes for a frame of zeros: CELT's silence flag, and nothing after it.
_SILENT_FRAME = b"\xff\xfe"
_ONE, _COUNTED = 0, 3
_COUNT = 0x3F


def samples(packet: bytes) -> int:
    """Return how many samples (48 kHz) a packet becomes; 0 for one that is empty or cut short."""
    if not packet:
        return 0
    configuration, code = packet[0] >> 3, packet[0] & 3
    if code == _COUNTED:
        return (packet[1] & _COUNT if len(packet) > 1 else 0) * _frame(configuration)
    return (1 if code == _ONE else 2) * _frame(configuration)


def _frame(configuration: int) -> int:
    if configuration < _FIRST_HYBRID:
        return _SILK[configuration % 4]
    if configuration < _FIRST_CELT:
        return _HYBRID[configuration % 2]
    return _CELT[configuration % 4]


@lru_cache(maxsize=8)
def silence(length: int) -> bytes:
    """Return a mono packet of so many samples of digital silence. Raise ValueError for a length Opus has not.

    It is the same for every packet of that length, whatever stood there: the mode and the size of a packet follow
    who is speaking, so neither is kept. A decoder changes mode at any packet, and loses no time over it.
    """
    for frame, configuration in _SILENT:
        frames, rest = divmod(length, frame)
        if frames == 1 and not rest:
            return bytes((configuration << 3 | _ONE,)) + _SILENT_FRAME
        if 1 < frames <= 48 and not rest:
            return bytes((configuration << 3 | _COUNTED, frames)) + _SILENT_FRAME * frames
    raise ValueError(f"no packet has {length} samples")
