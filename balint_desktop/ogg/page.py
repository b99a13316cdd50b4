"""Read and build pages of an Ogg stream (RFC 3533): header, checksum and packets."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from balint_desktop.ogg.packet import sample_count

CAPTURE_PATTERN = b"OggS"
"""The four magic bytes at the start of every page."""
NO_PACKET_ENDS = 2**64 - 1
"""The granule position of a page on which no packet ends."""
LONGEST_PAGE = 27 + 255 + 255 * 255
CONTINUED, FIRST_PAGE, LAST_PAGE = 0x01, 0x02, 0x04
"""Page flags: the first packet continues from the previous page; first, and last, page of a logical stream."""
# Capture pattern, version, flags, granule position, serial number, page number, checksum, count of segments.
_HEAD = struct.Struct("<4sBBQIIIB")
_CHECKSUM = slice(22, 26)
_NUMBER = slice(18, 22)
_FULL_SEGMENT = 255
_BITS_REVERSED = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))


class PacketPiece(NamedTuple):
    """A packet's bytes on one page: a whole packet, or a piece of one that spans pages. `is_end` marks the last."""

    data: bytes
    is_end: bool


@dataclass(frozen=True, slots=True)
class PageHead:
    """A page header. `granule` counts the samples (48 kHz) up to the end of the page, `segments` are lacing values."""

    flags: int
    granule: int
    serial: int
    number: int
    segments: bytes = field(repr=False)

    @property
    def size(self) -> int:
        """Return the size of the whole page in bytes."""
        return _HEAD.size + len(self.segments) + sum(self.segments)

    @property
    def is_continued(self) -> bool:
        """Return whether the first packet continues from the previous page."""
        return bool(self.flags & CONTINUED)


@dataclass(frozen=True, slots=True)
class Page(PageHead):
    """A complete page with its bytes."""

    raw: bytes = field(repr=False)

    @property
    def body(self) -> bytes:
        """Return the bytes after the header."""
        return self.raw[_HEAD.size + len(self.segments) :]

    @property
    def is_intact(self) -> bool:
        """Return whether the checksum is valid."""
        stored = int.from_bytes(self.raw[_CHECKSUM], "little")
        return stored == checksum(self.raw[: _CHECKSUM.start], bytes(4), self.raw[_CHECKSUM.stop :])

    @property
    def pieces(self) -> list[PacketPiece]:
        """Return the packets of the page; the first and the last may be pieces that continue on other pages."""
        found: list[PacketPiece] = []
        body, at, size = self.body, 0, 0
        for segment in self.segments:
            size += segment
            if segment < _FULL_SEGMENT:
                found.append(PacketPiece(body[at : at + size], is_end=True))
                at, size = at + size, 0
        if size:
            found.append(PacketPiece(body[at : at + size], is_end=False))
        return found

    @property
    def samples(self) -> int:
        """Return the number of samples (48 kHz) in the Opus packets that end on this page."""
        return sum(sample_count(piece.data) for piece in self.pieces if piece.is_end)

    def renumbered(self, number: int) -> bytes:
        """Return the page's bytes with another page number."""
        if number == self.number:
            return self.raw
        return _joined(self.raw[: _NUMBER.start], struct.pack("<I", number), self.raw[_CHECKSUM.stop :])

    def rebuilt(self, pieces: Iterable[PacketPiece], *, flags: int) -> bytes:
        """Return the page's bytes with other packets and flags."""
        return build_page(pieces, flags=flags, granule=self.granule, serial=self.serial, number=self.number)


def head_at(data: bytes, at: int = 0) -> PageHead | None:
    """Parse the page header at an offset. Return None if there is none or it is incomplete."""
    if len(data) - at < _HEAD.size:
        return None
    pattern, _version, flags, granule, serial, number, _sum, count = _HEAD.unpack_from(data, at)
    segments = data[at + _HEAD.size : at + _HEAD.size + count]
    if pattern != CAPTURE_PATTERN or len(segments) < count:
        return None
    return PageHead(flags, granule, serial, number, segments)


def page_at(data: bytes, at: int) -> Page | None:
    """Parse the page at an offset. Return None if there is none or it is incomplete."""
    head = head_at(data, at)
    if head is None or at + head.size > len(data):
        return None
    return Page(head.flags, head.granule, head.serial, head.number, head.segments, data[at : at + head.size])


def pages(data: bytes) -> Iterator[Page]:
    """Yield the pages from the beginning, as long as they are contiguous and complete."""
    at = 0
    while (page := page_at(data, at)) is not None:
        yield page
        at += page.size


def intact_pages(data: bytes) -> Iterator[Page]:
    """Yield every complete page with a valid checksum, at any offset: after a gap, continue at the next one."""
    at = 0
    while at >= 0:
        page = page_at(data, at)
        if page is not None and page.is_intact:
            yield page
            at += page.size
        else:
            at = data.find(CAPTURE_PATTERN, at + 1)


def build_page(pieces: Iterable[PacketPiece], *, flags: int, granule: int, serial: int, number: int) -> bytes:
    """Build a page from these packets, of at most 255 segments."""
    pieces = tuple(pieces)
    segments = b"".join(_lacing(piece) for piece in pieces)
    head = _HEAD.pack(CAPTURE_PATTERN, 0, flags, granule, serial, number, 0, len(segments))
    return with_checksum(head + segments + b"".join(piece.data for piece in pieces))


def whole_packets(packets: Iterable[bytes]) -> list[PacketPiece]:
    """Return packets as pieces that begin and end on one page."""
    return [PacketPiece(packet, is_end=True) for packet in packets]


def checksum(*pieces: bytes) -> int:
    """Return the CRC of a page: zlib's polynomial with the bits of each byte reversed, initial value zero."""
    crc = zlib.crc32(b"".join(pieces).translate(_BITS_REVERSED), 0xFFFFFFFF) ^ 0xFFFFFFFF
    return int.from_bytes(crc.to_bytes(4, "little").translate(_BITS_REVERSED), "big")


def with_checksum(page: bytes) -> bytes:
    """Return a page's bytes with the correct checksum."""
    return _joined(page[: _NUMBER.start], page[_NUMBER], page[_CHECKSUM.stop :])


def _joined(before: bytes, number: bytes, after: bytes) -> bytes:
    return before + number + checksum(before, number, bytes(4), after).to_bytes(4, "little") + after


def _lacing(piece: PacketPiece) -> bytes:
    """Return the segment lengths of a packet: full ones, and a shorter one (possibly 0) at its end."""
    full, rest = divmod(len(piece.data), _FULL_SEGMENT)
    return bytes((_FULL_SEGMENT,)) * full + (bytes((rest,)) if piece.is_end else b"")
