"""How stretches of an Ogg Opus file become silence without encoding it anew: packet by packet, the rest untouched."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from balint_desktop.ogg.duration import RATE_HZ, pages, pre_skip
from balint_desktop.ogg.packet import samples, silence
from balint_desktop.ogg.page import Page, summed

# RFC 3533: the flags byte, and where the number of segment lengths stands.
_FLAGS = 5
_SEGMENTS = 26
_RUNS_ON = 0x01
_FULL = 255


class _Piece(NamedTuple):
    """What a page holds of a packet: all of it, or its beginning or a further piece where it runs on."""

    data: bytes
    packet: int
    ends: bool


def silenced(ogg: bytes, spans: Sequence[tuple[float, float]]) -> bytes:
    """Return the file with every packet silent that lies in one of these spans, wholly or in part.

    Spans are seconds of sound. Positions, the number of pages and all other packets stay bit for bit; a page in
    which nothing is silenced is not even copied anew.
    """
    if not spans or not ogg:
        return ogg
    skip = pre_skip(next(pages(ogg)))
    wanted = [(from_s * RATE_HZ + skip, until_s * RATE_HZ + skip) for from_s, until_s in spans]
    out = bytearray()
    done = end = position = 0
    for run in _runs(ogg):
        at, end = end, end + sum(len(page.raw) for page in run)
        begin, position = position, run[-1].granule
        # The two headers end at position 0, as nothing else does.
        near = [span for span in wanted if span[0] < position and span[1] > begin] if position else []
        if not near:
            continue
        laid = [_pieces(page) for page in run]
        silent = _silent(_packets(laid), near, begin)
        if silent:
            out += ogg[done:at]
            for page, pieces in zip(run, _numbered(laid), strict=True):
                out += _written(page, pieces, silent)
            done = end
    return bytes(out + ogg[done:])


def _runs(ogg: bytes) -> Iterator[list[Page]]:
    """Yield pages, those together over which a packet runs on. Almost always each is alone."""
    run: list[Page] = []
    for page in pages(ogg):
        if run and not page.begins_inside_a_packet:
            yield run
            run = []
        run.append(page)
    if run:
        yield run


def _pieces(page: Page) -> list[tuple[bytes, bool]]:
    """Return what a page holds, and whether each piece ends its packet."""
    found: list[tuple[bytes, bool]] = []
    body, at, size = page.body, 0, 0
    for length in page.segments:
        size += length
        if length < _FULL:
            found.append((body[at : at + size], True))
            at, size = at + size, 0
    if size:
        found.append((body[at : at + size], False))
    return found


def _numbered(laid: Sequence[Sequence[tuple[bytes, bool]]]) -> Iterator[list[_Piece]]:
    packet = 0
    for page in laid:
        pieces = []
        for data, ends in page:
            pieces.append(_Piece(data, packet, ends))
            packet += ends
        yield pieces


def _packets(laid: Sequence[Sequence[tuple[bytes, bool]]]) -> list[bytes]:
    packets = [b""]
    for page in laid:
        for data, ends in page:
            packets[-1] += data
            if ends:
                packets.append(b"")
    return packets if packets[-1] else packets[:-1]


def _silent(packets: Sequence[bytes], spans: Sequence[tuple[float, float]], position: int) -> dict[int, bytes]:
    """Return what stands in for which packets. The first begins at that position."""
    silent: dict[int, bytes] = {}
    for number, packet in enumerate(packets):
        length = samples(packet)
        if length and any(position < until and position + length > from_ for from_, until in spans):
            silent[number] = silence(length)
        position += length
    return silent


def _written(page: Page, pieces: Sequence[_Piece], silent: dict[int, bytes]) -> bytes:
    """Return a page with those packets silent. A silent one stands whole where the old one ended."""
    if not any(piece.packet in silent for piece in pieces):
        return page.raw
    head = bytearray(page.raw[:_SEGMENTS])
    if pieces[0].packet in silent:
        head[_FLAGS] &= ~_RUNS_ON
    kept = [
        _Piece(silent.get(piece.packet, piece.data), piece.packet, piece.ends)
        for piece in pieces
        if piece.ends or piece.packet not in silent
    ]
    table = b"".join(_lengths(piece) for piece in kept)
    return summed(bytes(head) + bytes((len(table),)) + table + b"".join(piece.data for piece in kept))


def _lengths(piece: _Piece) -> bytes:
    if piece.ends and len(piece.data) < _FULL:
        return bytes((len(piece.data),))
    full, rest = divmod(len(piece.data), _FULL)
    return bytes((_FULL,)) * full + (bytes((rest,)) if piece.ends else b"")
