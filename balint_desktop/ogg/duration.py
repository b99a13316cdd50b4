"""Which pages of an Ogg Opus file are whole, and how long their sound is: read without decoding, cut short or not."""

from __future__ import annotations

from collections.abc import Iterator

from balint_desktop.ogg.page import MARK, NO_PACKET_ENDS, Page, page_at

# RFC 7845: granule positions count samples at 48 kHz, whatever the input rate was.
RATE_HZ = 48_000
LONGEST_S = 24 * 3600.0
"""No recording is longer: a page that says so was not written by a recorder."""
HEAD = b"OpusHead"
_LONGEST_PAGE = 27 + 255 + 255 * 255
_PRE_SKIP = slice(10, 12)


def whole_pages(ogg: bytes) -> bytes:
    """Return the file without what follows its last whole page.

    A page that was cut in two and padded with zeros would cost the page before it too: a decoder takes them for one.
    """
    return ogg[: sum(len(page.raw) for page in _whole(ogg))]


def sound_seconds(ogg: bytes) -> float:
    """Return how many seconds of sound the file holds; 0 where it is not Ogg Opus or holds none."""
    found = _whole(ogg)
    if not found or not found[0].body.startswith(HEAD):
        return 0.0
    last = max((page.granule for page in found[1:] if page.granule != NO_PACKET_ENDS), default=0)
    return seconds_at(last, pre_skip(found[0]))


def sound_pages(piece: bytes) -> Iterator[Page]:
    """Yield every whole page whose checksum holds, wherever it begins: after a hole, from the next one on."""
    at = 0
    while at >= 0:
        page = page_at(piece, at)
        if page is not None and page.sound:
            yield page
            at += len(page.raw)
        else:
            at = piece.find(MARK, at + 1)


def pre_skip(head: Page) -> int:
    """Return how many samples come before the sound begins, by the first page."""
    return int.from_bytes(head.body[_PRE_SKIP], "little")


def seconds_at(granule: int, skipped: int) -> float:
    """Return the second of the sound at a granule position."""
    return min(max(0, granule - skipped) / RATE_HZ, LONGEST_S)


class PassingSound:
    """Counts the seconds of an Ogg Opus stream while it passes, and holds one page of it at most."""

    def __init__(self) -> None:
        self._left = b""
        self._pre_skip: int | None = None
        self._granule = 0

    @property
    def seconds(self) -> float:
        """Return how much sound has passed."""
        return seconds_at(self._granule, self._pre_skip or 0)

    def passes(self, data: bytes) -> None:
        """Take the next bytes."""
        ogg = self._left + data
        end = 0
        for page in pages(ogg):
            end += len(page.raw)
            if self._pre_skip is None:
                self._pre_skip = pre_skip(page)
            elif page.granule != NO_PACKET_ENDS:
                self._granule = max(self._granule, page.granule)
        self._left = ogg[end:][-_LONGEST_PAGE:]


def _whole(ogg: bytes) -> list[Page]:
    """Return the pages up to the last whole one. Only the last can have been cut, so only there the sum is checked."""
    found = list(pages(ogg))
    while found and not found[-1].sound:
        found.pop()
    return found


def pages(ogg: bytes) -> Iterator[Page]:
    """Yield the pages from the beginning, as far as they follow each other in full length."""
    at = 0
    while (page := page_at(ogg, at)) is not None:
        yield page
        at += len(page.raw)
