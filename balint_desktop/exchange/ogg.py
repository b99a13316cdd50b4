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
_LONGEST_PAGE = 27 + 255 + 255 * 255
_NO_PACKET_ENDS = 2**64 - 1
_PRE_SKIP = slice(10, 12)


@dataclass(frozen=True, slots=True)
class _Page:
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
    head = ogg[found[0].body : found[0].end]
    pre_skip = int.from_bytes(head[_PRE_SKIP], "little")
    last = max((page.granule for page in found[1:] if page.granule != _NO_PACKET_ENDS), default=0)
    return max(0, last - pre_skip) / RATE_HZ


class PassingSound:
    """Counts the seconds of an Ogg Opus stream while it passes, and holds one page of it at most."""

    def __init__(self) -> None:
        self._left = b""
        self._pre_skip: int | None = None
        self._granule = 0

    @property
    def seconds(self) -> float:
        """Return how much sound has passed."""
        return max(0, self._granule - (self._pre_skip or 0)) / RATE_HZ

    def passes(self, data: bytes) -> None:
        """Take the next bytes."""
        ogg = self._left + data
        end = 0
        for page in _pages(ogg):
            end = page.end
            if self._pre_skip is None:
                self._pre_skip = int.from_bytes(ogg[page.body : page.end][_PRE_SKIP], "little")
            elif page.granule != _NO_PACKET_ENDS:
                self._granule = max(self._granule, page.granule)
        self._left = ogg[end:][-_LONGEST_PAGE:]


def _whole(ogg: bytes) -> list[_Page]:
    """Return the pages up to the last whole one. Only the last can have been cut, so only there the sum is checked."""
    found = list(_pages(ogg))
    while found and not _sound(ogg[found[-1].at : found[-1].end]):
        found.pop()
    return found


def _pages(ogg: bytes) -> Iterator[_Page]:
    at = 0
    while ogg[at : at + 4] == b"OggS" and at + _HEADER <= len(ogg):
        body = at + _HEADER + ogg[at + 26]
        end = body + sum(ogg[at + _HEADER : body])
        if end > len(ogg):
            return
        yield _Page(at, body, end, int.from_bytes(ogg[at + 6 : at + 14], "little"))
        at = end


def _sound(page: bytes) -> bool:
    """Tell whether a page's checksum is right (RFC 3533: the sum of the page with its own four bytes zero)."""
    blank = page[: _CHECKSUM.start] + bytes(4) + page[_CHECKSUM.stop :]
    table = _table()
    checksum = 0
    for byte in blank:
        checksum = (checksum << 8 & 0xFFFFFFFF) ^ table[checksum >> 24 ^ byte]
    return checksum == int.from_bytes(page[_CHECKSUM], "little")


@lru_cache(maxsize=1)
def _table() -> tuple[int, ...]:
    return tuple(_shifted(byte << 24) for byte in range(256))


def _shifted(value: int) -> int:
    for _bit in range(8):
        value = (value << 1 ^ _POLYNOMIAL if value & 0x80000000 else value << 1) & 0xFFFFFFFF
    return value
