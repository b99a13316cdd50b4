"""Read the duration of an Ogg Opus file, truncated or not, without decoding, and cut it after its last whole page."""

from __future__ import annotations

from balint_desktop.ogg.packet import RATE_HZ
from balint_desktop.ogg.page import LONGEST_PAGE, NO_PACKET_ENDS, Page, pages

LONGEST_S = 24 * 3600.0
"""Longest possible recording: a page beyond this was not written by a recorder."""
OPUS_HEAD = b"OpusHead"
"""Magic bytes at the start of an Opus stream's first page body."""
_PRE_SKIP = slice(10, 12)


def whole_pages(ogg: bytes) -> bytes:
    """Return the file cut after its last whole page.

    A truncated page padded with zeros would lose the page before it, too: a decoder takes the two for one.
    """
    return ogg[: sum(page.size for page in _whole(ogg))]


def duration_s(ogg: bytes) -> float:
    """Return the duration of the file's sound in seconds; 0 if it is not Ogg Opus or has none."""
    found = _whole(ogg)
    if not found or not found[0].body.startswith(OPUS_HEAD):
        return 0.0
    last = max((page.granule for page in found[1:] if page.granule != NO_PACKET_ENDS), default=0)
    return seconds_at(last, pre_skip(found[0]))


def pre_skip(head: Page) -> int:
    """Return the number of samples before the sound begins (pre-skip), from the first page."""
    return int.from_bytes(head.body[_PRE_SKIP], "little")


def seconds_at(granule: int, skipped: int) -> float:
    """Return the position in seconds of the sound for a granule position."""
    return min(max(0, granule - skipped) / RATE_HZ, LONGEST_S)


class StreamDuration:
    """Count the seconds of an Ogg Opus stream as it passes, buffering at most one page."""

    def __init__(self) -> None:
        self._rest = b""
        self._pre_skip: int | None = None
        self._granule = 0

    @property
    def seconds(self) -> float:
        """Return the duration so far, in seconds."""
        return seconds_at(self._granule, self._pre_skip or 0)

    def feed(self, data: bytes) -> None:
        """Process the next bytes of the stream."""
        ogg = self._rest + data
        end = 0
        for page in pages(ogg):
            end += page.size
            if self._pre_skip is None:
                self._pre_skip = pre_skip(page)
            elif page.granule != NO_PACKET_ENDS:
                self._granule = max(self._granule, page.granule)
        self._rest = ogg[end:][-LONGEST_PAGE:]


def _whole(ogg: bytes) -> list[Page]:
    """Return the pages up to the last whole one. Only the last can be truncated, so only its checksum is verified."""
    found = list(pages(ogg))
    while found and not found[-1].is_intact:
        found.pop()
    return found
