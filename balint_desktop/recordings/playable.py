"""Playable audio of a part: every whole Ogg page at its granule position, and the gaps between them."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from balint_desktop.domain.session.recording_view import Span
from balint_desktop.ogg.duration import LONGEST_S, OPUS_HEAD, duration_s, pre_skip, seconds_at
from balint_desktop.ogg.packet import RATE_HZ, sample_count, silent_packets
from balint_desktop.ogg.page import FIRST_PAGE, NO_PACKET_ENDS, Page, build_page, intact_pages, whole_packets
from balint_desktop.sealed.pieces import Piece
from balint_desktop.sealed.reading import PartSound, PartState

# The values that this app's encoder writes; used only if the beginning of a part is lost.
_USUAL_PRE_SKIP = 312
_TAGS = b"OpusTags"
# A page has room for 255 segments.
_PACKETS_PER_PAGE = 250
# The last page's granule may be lower than its packets' sum; a page further back belongs to another moment.
_MAX_OVERLAP = 960
# A part's end counts as lost if more than this is missing from its length; less is a rounding difference.
_LEAST_LOST_S = 0.25


@dataclass(frozen=True, slots=True)
class PlayableAudio:
    """The playable form of a part: one Ogg Opus file, its length, and the lost spans, in the part's seconds."""

    ogg: bytes = field(repr=False)
    seconds: float
    damaged: tuple[Span, ...] = ()


def playable_audio(part: PartSound, logged_s: float | None = None) -> PlayableAudio:
    """Return the playable audio of a part. `logged_s` is its length by the log, if known.

    An intact part stays byte for byte as it was sealed. In a damaged one, silence replaces lost pages, so that
    the rest keeps its position.
    """
    if part.state in {PartState.COMPLETE, PartState.IN_USE}:
        return PlayableAudio(part.ogg, duration_s(part.ogg))
    stream = _StreamBuilder(_pages(part.pieces))
    sound = stream.sound() if stream.pages else PlayableAudio(b"", 0.0)
    closed_s = part.facts.seconds if part.facts is not None and part.facts.closed else 0.0
    until_s = min(max(closed_s, logged_s or 0.0), LONGEST_S)
    if until_s < sound.seconds + _LEAST_LOST_S:
        return sound
    return PlayableAudio(sound.ogg, until_s, (*sound.damaged, Span(sound.seconds, until_s)))


def _pages(pieces: Iterable[Piece]) -> list[Page]:
    """Return the audio pages of the first stream."""
    found = [page for piece in pieces for page in intact_pages(piece.plain)]
    return [page for page in found if page.serial == found[0].serial]


class _StreamBuilder:
    """A part's pages as one stream, with silence in place of lost pages."""

    def __init__(self, pages: Sequence[Page]) -> None:
        self.pages = pages
        self._serial = pages[0].serial if pages else 0
        self._skip = _USUAL_PRE_SKIP
        self._at = 0
        self._out: list[bytes] = []
        self._damaged: list[Span] = []

    def sound(self) -> PlayableAudio:
        expected = self._write_head()
        for page in self.pages[expected:]:
            self._append(page, follows=page.number == expected)
            expected = page.number + 1
        return PlayableAudio(b"".join(self._out), seconds_at(self._at, self._skip), tuple(self._damaged))

    def _write_head(self) -> int:
        """Write the two header pages of the stream, and return how many of them were found."""
        first = self.pages[0]
        if not first.body.startswith(OPUS_HEAD):
            self._out += self._usual_head()
            return 0
        self._skip = pre_skip(first)
        if len(self.pages) > 1 and self.pages[1].body.startswith(_TAGS):
            self._out += [first.raw, self.pages[1].renumbered(1)]
            return 2
        self._out += [first.raw, self._usual_head()[1]]
        return 1

    def _usual_head(self) -> list[bytes]:
        head = OPUS_HEAD + struct.pack("<BBHIhB", 1, 1, _USUAL_PRE_SKIP, RATE_HZ, 0, 0)
        tags = _TAGS + bytes(8)
        return [
            build_page(whole_packets([head]), flags=FIRST_PAGE, granule=0, serial=self._serial, number=0),
            build_page(whole_packets([tags]), flags=0, granule=0, serial=self._serial, number=1),
        ]

    def _append(self, page: Page, *, follows: bool) -> None:
        if page.granule == NO_PACKET_ENDS or page.granule > LONGEST_S * RATE_HZ:
            return
        if not follows:
            from_granule = page.granule - page.samples
            if page.is_continued or from_granule < self._at - _MAX_OVERLAP:
                return
            self._fill(from_granule)
        elif page.granule < self._at:
            return
        self._out.append(page.renumbered(len(self._out)))
        self._at = page.granule

    def _fill(self, until: int) -> None:
        """Write silence up to a granule position."""
        if until <= self._at:
            return
        self._damaged.append(Span(seconds_at(self._at, self._skip), seconds_at(until, self._skip)))
        silence = silent_packets(until - self._at)
        for first in range(0, len(silence), _PACKETS_PER_PAGE):
            packets = silence[first : first + _PACKETS_PER_PAGE]
            self._at += sum(map(sample_count, packets))
            pieces = whole_packets(packets)
            self._out.append(build_page(pieces, flags=0, granule=self._at, serial=self._serial, number=len(self._out)))
