"""What one page of an Ogg Opus stream says, whether its checksum holds, and how a page is written."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

NO_PACKET_ENDS = 2**64 - 1
"""The granule position of a page on which no packet ends."""
MARK = b"OggS"
# RFC 3533: version, flags, granule position, serial number, page number, checksum, count of segment lengths.
_HEAD = struct.Struct("<4sBBQIIIB")
_CHECKSUM = slice(22, 26)
_NUMBER = slice(18, 22)
_CONTINUED = 1
_WHOLE_SEGMENT = 255
_MIRRORED = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))
# RFC 6716, table 2: samples of a frame at 48 kHz, by the first five bits of a packet.
_SILK = (480, 960, 1920, 2880)
_HYBRID = (480, 960)
_CELT = (120, 240, 480, 960)
_LONGEST_PACKET = 5760


@dataclass(frozen=True, slots=True)
class Page:
    """A page that is all there. `granule` counts the samples at 48 kHz that end with it."""

    raw: bytes = field(repr=False)
    flags: int
    granule: int
    serial: int
    number: int
    segments: bytes = field(repr=False)

    @property
    def begins_inside_a_packet(self) -> bool:
        """Tell whether the page before holds the beginning of this one's first packet."""
        return bool(self.flags & _CONTINUED)

    @property
    def body(self) -> bytes:
        """Return what the page carries."""
        return self.raw[_HEAD.size + len(self.segments) :]

    @property
    def sound(self) -> bool:
        """Tell whether the checksum holds."""
        told = int.from_bytes(self.raw[_CHECKSUM], "little")
        return told == checksum(self.raw[: _CHECKSUM.start], bytes(4), self.raw[_CHECKSUM.stop :])

    @property
    def samples(self) -> int:
        """Return how many samples the packets hold that end on this page."""
        return sum(_samples(packet) for packet in self._packets())

    def numbered(self, number: int) -> bytes:
        """Return the page with another number."""
        if number == self.number:
            return self.raw
        return _summed(self.raw[: _NUMBER.start], struct.pack("<I", number), self.raw[_CHECKSUM.stop :])

    def _packets(self) -> Iterator[bytes]:
        at, length, body = 0, 0, self.body
        for segment in self.segments:
            length += segment
            if segment < _WHOLE_SEGMENT:
                yield body[at : at + length]
                at, length = at + length, 0


def page_at(ogg: bytes, at: int) -> Page | None:
    """Return the page that begins there, None where none does or where it is not all there."""
    if len(ogg) - at < _HEAD.size:
        return None
    mark, _version, flags, granule, serial, number, _sum, count = _HEAD.unpack_from(ogg, at)
    body = at + _HEAD.size + count
    segments = ogg[at + _HEAD.size : body]
    end = body + sum(segments)
    if mark != MARK or end > len(ogg):
        return None
    return Page(ogg[at:end], flags, granule, serial, number, segments)


def written(packets: Iterable[bytes], *, flags: int, granule: int, serial: int, number: int) -> bytes:
    """Return a page with these packets, each shorter than 255 bytes and at most 255 of them."""
    told = tuple(packets)
    head = _HEAD.pack(MARK, 0, flags, granule, serial, number, 0, len(told))
    return _summed(head[: _CHECKSUM.start], b"", head[_CHECKSUM.stop :] + bytes(map(len, told)) + b"".join(told))


def checksum(*pieces: bytes) -> int:
    """Return the sum that a page carries (RFC 3533): zlib's, of mirrored bits and from zero on."""
    told = zlib.crc32(b"".join(pieces).translate(_MIRRORED), 0xFFFFFFFF) ^ 0xFFFFFFFF
    return int.from_bytes(told.to_bytes(4, "little").translate(_MIRRORED), "big")


def summed(page: bytes) -> bytes:
    """Return a page with its checksum put right."""
    return _summed(page[: _NUMBER.start], page[_NUMBER], page[_CHECKSUM.stop :])


def _summed(head: bytes, number: bytes, rest: bytes) -> bytes:
    return head + number + checksum(head, number, bytes(4), rest).to_bytes(4, "little") + rest


def _samples(packet: bytes) -> int:
    """Return how long a packet plays, by its first byte or two (RFC 6716, section 3.1)."""
    if not packet:
        return 0
    kind, count = packet[0] >> 3, packet[0] & 3
    kinds = _SILK if kind < 12 else _HYBRID * 2 if kind < 16 else _CELT
    frame = kinds[kind & 3]
    frames = (1, 2, 2, packet[1] & 63 if len(packet) > 1 else 0)[count]
    return min(frame * frames, _LONGEST_PACKET)
