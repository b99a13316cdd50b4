"""Silence spans of an Ogg Opus file without re-encoding: packet by packet, all other packets unchanged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from balint_desktop.ogg.duration import pre_skip
from balint_desktop.ogg.packet import RATE_HZ, sample_count, silent_packet
from balint_desktop.ogg.page import CONTINUED, PacketPiece, Page, pages


def silence_spans(ogg: bytes, spans: Sequence[tuple[float, float]]) -> bytes:
    """Return the file with every packet silenced that overlaps one of these spans.

    Spans are in seconds of audio. Positions, the number of pages and all other packets stay bit-identical; a page in
    which nothing is silenced is not rebuilt.
    """
    if not spans or not ogg:
        return ogg
    skip = pre_skip(next(pages(ogg)))
    wanted = [(from_s * RATE_HZ + skip, until_s * RATE_HZ + skip) for from_s, until_s in spans]
    out = bytearray()
    copied = end = position = 0
    for run in _runs(ogg):
        at, end = end, end + sum(page.size for page in run)
        begin, position = position, run[-1].granule
        # Only the two headers end at position 0.
        near = [span for span in wanted if span[0] < position and span[1] > begin] if position else []
        if not near:
            continue
        silent = _silent(_packets(run), near, begin)
        if silent:
            out += ogg[copied:at]
            out += b"".join(_silenced(run, silent))
            copied = end
    return bytes(out + ogg[copied:])


def _runs(ogg: bytes) -> Iterator[list[Page]]:
    """Yield runs of pages that share packets. Almost always a run is one page."""
    run: list[Page] = []
    for page in pages(ogg):
        if run and not page.is_continued:
            yield run
            run = []
        run.append(page)
    if run:
        yield run


def _packets(run: Sequence[Page]) -> list[bytes]:
    """Join the packets of a run; the last may be truncated."""
    packets = [b""]
    for page in run:
        for piece in page.pieces:
            packets[-1] += piece.data
            if piece.is_end:
                packets.append(b"")
    return packets if packets[-1] else packets[:-1]


def _silent(packets: Sequence[bytes], spans: Sequence[tuple[float, float]], position: int) -> dict[int, bytes]:
    """Return the silent replacement packets by packet number. The first packet starts at `position`, in samples."""
    silent: dict[int, bytes] = {}
    for number, packet in enumerate(packets):
        samples = sample_count(packet)
        if samples and any(position < until and position + samples > from_ for from_, until in spans):
            silent[number] = silent_packet(samples)
        position += samples
    return silent


def _silenced(run: Sequence[Page], silent: Mapping[int, bytes]) -> Iterator[bytes]:
    """Yield the pages of a run with those packets silenced. Each is put on the page where the original ended."""
    number = 0
    for page in run:
        first = number
        kept: list[PacketPiece] = []
        changed = False
        for piece in page.pieces:
            if number not in silent:
                kept.append(piece)
            elif piece.is_end:
                kept.append(PacketPiece(silent[number], is_end=True))
            changed |= number in silent
            number += piece.is_end
        flags = page.flags & ~CONTINUED if first in silent else page.flags
        yield page.rebuilt(kept, flags=flags) if changed else page.raw
