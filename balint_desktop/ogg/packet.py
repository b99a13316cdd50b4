"""The length of an Opus packet, and packets of digital silence of any length (RFC 6716, section 3)."""

from __future__ import annotations

from functools import lru_cache

RATE_HZ = 48_000
"""Sample rate of Opus positions, whatever the rate of the recording (RFC 7845)."""
# Samples of one frame, by the configuration in the packet's first five bits (table 2).
_SILK = (480, 960, 1920, 2880)
_HYBRID = (480, 960)
_CELT = (120, 240, 480, 960)
_FIRST_HYBRID, _FIRST_CELT = 12, 16
_ONE_FRAME, _COUNTED_FRAMES = 0, 3
_FRAME_COUNT = 0x3F
_LONGEST_PACKET = 5760
# CELT at full bandwidth: the last four configurations, longest frame first.
_SILENT = ((960, 31), (480, 30), (240, 29), (120, 28))
# The encoder's output for a frame of zeros: CELT's silence flag, and nothing after it.
_SILENT_FRAME = b"\xff\xfe"


def sample_count(packet: bytes) -> int:
    """Return the number of samples (48 kHz) a packet decodes to; 0 for an empty or truncated one.

    The maximum is 120 ms: a packet that claims more is not Opus, and is capped at that.
    """
    if not packet:
        return 0
    configuration, code = packet[0] >> 3, packet[0] & 3
    if code == _COUNTED_FRAMES:
        frames = packet[1] & _FRAME_COUNT if len(packet) > 1 else 0
    else:
        frames = 1 if code == _ONE_FRAME else 2
    return min(frames * _frame(configuration), _LONGEST_PACKET)


def _frame(configuration: int) -> int:
    if configuration < _FIRST_HYBRID:
        return _SILK[configuration % 4]
    if configuration < _FIRST_CELT:
        return _HYBRID[configuration % 2]
    return _CELT[configuration % 4]


@lru_cache(maxsize=8)
def silent_packet(samples: int) -> bytes:
    """Return a mono packet of digital silence of that many samples. Raise ValueError for a length that Opus lacks.

    It depends only on the length, not on the replaced packet: the mode and the size of a packet depend on who is
    speaking, so neither is preserved. A decoder can change mode at any packet without losing time.
    """
    for frame, configuration in _SILENT:
        frames, rest = divmod(samples, frame)
        if frames == 1 and not rest:
            return bytes((configuration << 3 | _ONE_FRAME,)) + _SILENT_FRAME
        if 1 < frames <= 48 and not rest:
            return bytes((configuration << 3 | _COUNTED_FRAMES, frames)) + _SILENT_FRAME * frames
    raise ValueError(f"no packet has {samples} samples")


def silent_packets(samples: int) -> list[bytes]:
    """Return one-frame packets of silence for that many samples, leaving out a remainder below 2.5 ms."""
    packets: list[bytes] = []
    for frame, _ in _SILENT:
        packets += [silent_packet(frame)] * (samples // frame)
        samples %= frame
    return packets
