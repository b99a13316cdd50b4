"""How long the sound in an Ogg Opus file is, read from its pages: without decoding, cut short or not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

# RFC 7845: granule positions count samples at 48 kHz, whatever the input rate was.
RATE_HZ = 48_000
# RFC 3533: a page's fixed header; byte 26 says how many segment lengths follow.
_HEADER = 27
_NO_PACKET_ENDS = 2**64 - 1
_PRE_SKIP = slice(10, 12)


@dataclass(frozen=True, slots=True)
class Page:
    """One Ogg page: how many samples end with it (None where no packet does), and what it carries."""

    granule: int | None
    body: bytes


def pages(ogg: bytes) -> Iterator[Page]:
    """Yield a file's whole pages from its beginning, up to where it was cut or stops making sense."""
    at = 0
    while ogg[at : at + 4] == b"OggS" and at + _HEADER <= len(ogg):
        lengths_end = at + _HEADER + ogg[at + 26]
        end = lengths_end + sum(ogg[at + _HEADER : lengths_end])
        if end > len(ogg):
            return
        granule = int.from_bytes(ogg[at + 6 : at + 14], "little")
        yield Page(None if granule == _NO_PACKET_ENDS else granule, ogg[lengths_end:end])
        at = end


def sound_seconds(ogg: bytes) -> float:
    """Return how many seconds of sound the file holds; 0 where it is not Ogg Opus or holds none."""
    pre_skip: int | None = None
    last = 0
    for page in pages(ogg):
        if pre_skip is None:
            if not page.body.startswith(b"OpusHead") or len(page.body) < _PRE_SKIP.stop:
                return 0.0
            pre_skip = int.from_bytes(page.body[_PRE_SKIP], "little")
        elif page.granule is not None:
            last = max(last, page.granule)
    return max(0, last - (pre_skip or 0)) / RATE_HZ
