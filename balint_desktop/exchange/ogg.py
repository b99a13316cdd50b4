"""Which pages of an Ogg Opus file are whole, and how long their sound is: read without decoding, cut short or not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

# RFC 7845: granule positions count samples at 48 kHz, whatever the input rate was.
RATE_HZ = 48_000
# RFC 3533: a page's fixed header; bytes 22 to 25 are its checksum, byte 26 says how many segment lengths follow.
_HEADER = 27
_CHECKSUM = slice(22, 26)
_POLYNOMIAL = 0x04C11DB7
_NO_PACKET_ENDS = 2**64 - 1
_PRE_SKIP = slice(10, 12)


@dataclass(frozen=True, slots=True)
class Page:
    """Where a page lies in the file, where its body begins, and how many samples end with it."""

    at: int
    body: int
    end: int
    granule: int


def whole_pages(ogg: bytes) -> bytes:
    """Return the file without what follows its last whole page.

    A page that was cut in two and padded with zeros would cost the page before it too: a decoder takes them for one.
    """
    found = _whole(ogg)
    return ogg[: found[-1].end] if found else b""


def sound_seconds(ogg: bytes) -> float:
    """Return how many seconds of sound the file holds; 0 where it is not Ogg Opus or holds none."""
    found = _whole(ogg)
    if not found or not ogg[found[0].body :].startswith(b"OpusHead"):
        return 0.0
    last = max((page.granule for page in found[1:] if page.granule != _NO_PACKET_ENDS), default=0)
    return max(0, last - pre_skip(ogg)) / RATE_HZ


def pre_skip(ogg: bytes) -> int:
    """Return how many samples a decoder drops at the beginning: the sound's second nought comes after them."""
    first = next(pages(ogg))
    return int.from_bytes(ogg[first.body : first.end][_PRE_SKIP], "little")


def _whole(ogg: bytes) -> list[Page]:
    """Return the pages up to the last whole one. Only the last can have been cut, so only there the sum is checked."""
    found = list(pages(ogg))
    while found and not _sound(ogg[found[-1].at : found[-1].end]):
        found.pop()
    return found


def pages(ogg: bytes) -> Iterator[Page]:
    """Yield the pages from the beginning, as far as they follow each other in full length."""
    at = 0
    while ogg[at : at + 4] == b"OggS" and at + _HEADER <= len(ogg):
        body = at + _HEADER + ogg[at + 26]
        end = body + sum(ogg[at + _HEADER : body])
        if end > len(ogg):
            return
        yield Page(at, body, end, int.from_bytes(ogg[at + 6 : at + 14], "little"))
        at = end


def _sound(page: bytes) -> bool:
    """Tell whether a page's checksum is right."""
    return summed(page)[_CHECKSUM] == page[_CHECKSUM]


def summed(page: bytes) -> bytes:
    """Return a page with its checksum put right (RFC 3533: the sum of the page with its own four bytes zero)."""
    before, after = page[: _CHECKSUM.start], page[_CHECKSUM.stop :]
    table = _table()
    checksum = 0
    for byte in before + bytes(4) + after:
        checksum = (checksum << 8 & 0xFFFFFFFF) ^ table[checksum >> 24 ^ byte]
    return before + checksum.to_bytes(4, "little") + after


@lru_cache(maxsize=1)
def _table() -> tuple[int, ...]:
    return tuple(_shifted(byte << 24) for byte in range(256))


def _shifted(value: int) -> int:
    for _bit in range(8):
        value = (value << 1 ^ _POLYNOMIAL if value & 0x80000000 else value << 1) & 0xFFFFFFFF
    return value
