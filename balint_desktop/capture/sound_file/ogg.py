"""Ogg reader: verify every page, keep every chained stream, and replace lost pages with silence.

A page is verified by its checksum; its number and granule position show what is missing before it. A decoder is given
consecutive pages of one stream, and a file size too large for it to find an end, so that it trusts the packets and not
its own estimate of the length.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from balint_desktop.capture.sound_file import flac
from balint_desktop.capture.sound_file.file_bytes import FileBytes, Piece, PiecedFile, Stretch
from balint_desktop.capture.sound_file.take import (
    Block,
    NoSoundError,
    ReadingAccount,
    SndTake,
    SoundFile,
    Take,
    UnknownCodecError,
    silence,
)
from balint_desktop.ogg.page import (
    CAPTURE_PATTERN,
    FIRST_PAGE,
    LAST_PAGE,
    NO_PACKET_ENDS,
    PacketPiece,
    PageHead,
    build_page,
    head_at,
    page_at,
)

_HEAD = 27
_LONGEST_HEAD = _HEAD + 255
_FULL = 255
_OPUS, _VORBIS, _FLAC = b"OpusHead", b"\x01vorbis", b"\x7fFLAC"
_HEADERS = {_OPUS: 2, _VORBIS: 3}
_KINDS = {_OPUS: "Opus", _VORBIS: "Ogg Vorbis", _FLAC: "Ogg FLAC"}
_FLAC_HEAD = 13
# Speex, Theora and other codecs found in Ogg files.
_OTHERS = (b"Speex   ", b"\x80theora", b"CELT    ", b"PCM     ")
_LOOKED_AT = 1 << 16
# Granule positions further apart than this mean something other than lost pages.
_LONGEST_GAP_S = 24 * 3600.0
_NO_END = 1 << 50


class _FoundPage(NamedTuple):
    """Page: its position and header. `rest` holds the complete packets of a truncated page, rebuilt as a page."""

    at: int
    head: PageHead
    rest: bytes = b""

    @property
    def piece(self) -> Piece:
        """Return the bytes of the page."""
        return self.rest or Stretch(self.at, self.head.size)


@dataclass(slots=True)
class _OggStream:
    """One logical stream: its codec, the body of its first page, and its pages."""

    codec: bytes
    first_body: bytes
    pages: list[_FoundPage] = field(default_factory=list)


def is_ogg(file: FileBytes, at: int) -> bool:
    """Return whether an Ogg page starts at a position."""
    return file.read(at, len(CAPTURE_PATTERN)) == CAPTURE_PATTERN


def open_ogg(file: FileBytes, begins: int) -> SoundFile:
    """Open an Ogg file. Raise NoSoundError if it holds no audio that can be decoded here."""
    account = ReadingAccount()
    takes: list[Take] = []
    kind = ""
    for stream in _streams(file, begins, account):
        take = _build_take(file, stream, account)
        if take is None:
            continue
        takes.append(take)
        kind = kind or _KINDS[stream.codec]
        account.is_cut_short |= not stream.pages[-1].head.flags & LAST_PAGE
    if not takes:
        if any(file.find(mark, begins, begins + _LOOKED_AT) >= 0 for mark in _OTHERS):
            raise UnknownCodecError("Ogg")
        raise NoSoundError
    return SoundFile(kind, takes, account)


# --- pages ---


def _pages(file: FileBytes, begins: int, account: ReadingAccount) -> Iterator[_FoundPage]:
    """Yield every page whose checksum matches, and the complete packets of a page cut off by the end of the file."""
    at = begins
    while at < file.size:
        head = head_at(file.read(at, _LONGEST_HEAD))
        page = None if head is None else page_at(file.read(at, head.size), 0)
        if head is not None and page is not None and page.is_intact:
            yield _FoundPage(at, head)
            at += head.size
            continue
        after = file.find(CAPTURE_PATTERN, at + 1)
        if head is not None and page is None and after < 0:
            account.is_cut_short = True
            rest = _as_far_as_whole(head, file.read(at, head.size))
            if (whole := head_at(rest)) is not None:
                yield _FoundPage(at, whole, rest)
            return
        until = after if after >= 0 else file.size
        if not file.is_zero(at, until):
            account.errors += 1
        at = until


def _as_far_as_whole(head: PageHead, data: bytes) -> bytes:
    """Rebuild a truncated page from its complete packets, without a granule position. Return b"" if it has none."""
    body = data[_HEAD + len(head.segments) :]
    pieces: list[PacketPiece] = []
    at = length = 0
    for segment in head.segments:
        length += segment
        if at + length > len(body):
            break
        if segment < _FULL:
            pieces.append(PacketPiece(body[at : at + length], is_end=True))
            at, length = at + length, 0
    if not pieces:
        return b""
    flags = head.flags & ~LAST_PAGE
    return build_page(pieces, flags=flags, granule=NO_PACKET_ENDS, serial=head.serial, number=head.number)


# --- streams ---


def _streams(file: FileBytes, begins: int, account: ReadingAccount) -> Iterator[_OggStream]:
    """Yield the first audio stream of each group of multiplexed streams."""
    for group in _groups(file, begins, account):
        stream = next((stream for stream in group.values() if stream.codec), None)
        if stream is None:
            # The group holds no known audio codec.
            account.errors += 1
        else:
            yield stream


def _groups(file: FileBytes, begins: int, account: ReadingAccount) -> Iterator[dict[int, _OggStream]]:
    """Yield groups of multiplexed streams, by serial number."""
    group: dict[int, _OggStream] = {}
    is_beginning = True
    for page in _pages(file, begins, account):
        if page.head.flags & FIRST_PAGE:
            if not is_beginning:
                yield group
                group = {}
            is_beginning = True
            group[page.head.serial] = _begun(file, page)
        else:
            is_beginning = False
        if page.head.serial in group:
            group[page.head.serial].pages.append(page)
        else:
            # The first page of the stream is missing, and nothing can be decoded without it.
            account.errors += 1
    if group:
        yield group


def _begun(file: FileBytes, page: _FoundPage) -> _OggStream:
    """Return the stream that a page starts, with an empty codec if it is no known audio codec."""
    parsed = page_at(file.read(page.at, page.head.size), 0)
    body = parsed.body if parsed is not None else b""
    return _OggStream(next((codec for codec in _KINDS if body.startswith(codec)), b""), body)


def _build_take(file: FileBytes, stream: _OggStream, account: ReadingAccount) -> Take | None:
    """Return a take of the stream, or None if it holds no audio."""
    if stream.codec == _FLAC:
        return _flac_take(file, stream, account)
    headers = _header_pages(stream)
    sound = stream.pages[headers:]
    if not sound:
        return None
    if sound[0].head.number > stream.pages[headers - 1].head.number + 1:
        # The audio before the first page present is missing: one error, whatever its length.
        account.errors += 1
    try:
        return _OggTake(file, stream.codec, stream.pages[:headers], sound, account)
    except NoSoundError:
        account.errors += 1
        return None


def _header_pages(stream: _OggStream) -> int:
    """Return the number of pages that hold the headers."""
    packets = 0
    for number, page in enumerate(stream.pages):
        packets += sum(1 for segment in page.head.segments if segment < _FULL)
        if packets >= _HEADERS[stream.codec]:
            return number + 1
    return len(stream.pages)


# --- Vorbis and Opus ---


class _OggTake:
    """Audio of one Vorbis or Opus stream, with silence for missing pages."""

    def __init__(
        self,
        file: FileBytes,
        codec: bytes,
        headers: Sequence[_FoundPage],
        sound: Sequence[_FoundPage],
        account: ReadingAccount,
    ) -> None:
        """Check that the stream can be decoded. Raise NoSoundError."""
        self._file = file
        self._codec = codec
        self._headers = [page.piece for page in headers]
        self._sound = sound
        self._account = account
        probe = self._decoder(sound[:1])
        self.rate_hz, self.channels = probe.rate_hz, probe.channels
        probe.close()

    @property
    def seconds(self) -> float | None:
        """Return the expected duration, from the end of the first page to the end of the last."""
        ends = [page.head.granule for page in self._sound if page.head.granule != NO_PACKET_ENDS]
        return max(0, ends[-1] - ends[0]) / self.rate_hz if ends else None

    def blocks(self) -> Iterator[Block]:
        """Yield the audio. Raise OSError on a disk error."""
        ended: int | None = None
        for run in _without_gaps(self._sound):
            if ended is not None:
                yield from self._gap(run, ended)
            frames = 0
            for block in self._decoder(run).blocks():
                frames += len(block)
                yield block
            ends = [page.head.granule for page in run if page.head.granule != NO_PACKET_ENDS]
            self._compare(ends, frames)
            ended = ends[-1] if ends else ended

    def _compare(self, ends: Sequence[int], frames: int) -> None:
        """Account for audio that was not decoded, from the granule positions of the first and last page."""
        missing = ends[-1] - ends[0] - frames if ends else 0
        if missing > 0:
            self._account.lost_s += missing / self.rate_hz

    def _gap(self, run: Sequence[_FoundPage], ended: int) -> Iterator[Block]:
        """Yield silence for the audio missing between two runs of pages."""
        at = next((at for at, page in enumerate(run) if page.head.granule != NO_PACKET_ENDS), None)
        if at is None:
            return
        first = sum(len(block) for block in self._decoder(run[: at + 1]).blocks())
        missing = run[at].head.granule - first - ended
        if 0 < missing <= _LONGEST_GAP_S * self.rate_hz:
            self._account.lost_s += missing / self.rate_hz
            yield from silence(missing, self.channels)

    def _decoder(self, pages: Sequence[_FoundPage]) -> SndTake:
        pieces = [*self._headers, *(page.piece for page in pages)]
        return SndTake(PiecedFile(self._file, pieces, _NO_END), self._account)


def _without_gaps(pages: Sequence[_FoundPage]) -> Iterator[list[_FoundPage]]:
    """Yield runs of consecutively numbered pages."""
    run: list[_FoundPage] = []
    for page in pages:
        if run and page.head.number != run[-1].head.number + 1 and not _is_unnumbered(run, page):
            yield run
            run = []
        run.append(page)
    if run:
        yield run


def _is_unnumbered(run: Sequence[_FoundPage], page: _FoundPage) -> bool:
    """Return whether an encoder restarted the page numbers, or wrote none, so that no audio is missing."""
    return page.head.number == run[-1].head.number or (
        page.head.number < run[-1].head.number and page.head.granule >= run[-1].head.granule
    )


# --- FLAC ---


def _flac_take(file: FileBytes, stream: _OggStream, account: ReadingAccount) -> Take | None:
    info = flac.parse_info(stream.first_body[_FLAC_HEAD + 4 :])
    frames: list[flac.Frame] = []
    for packet in _packets(stream.pages[1:]):
        beginning = b"".join(file.read(piece.begins, min(piece.length, flac.LONGEST_HEAD)) for piece in packet[:2])
        head = flac.frame_head(beginning[: flac.LONGEST_HEAD], info)
        if head is not None:
            frames.append(flac.Frame(head.first, head.samples, packet))
    if info.samples:
        account.add_stated_length(info.samples / info.rate_hz)
    return flac.FlacTake(file, info, frames, account) if frames else None


def _packets(pages: Sequence[_FoundPage]) -> Iterator[list[Stretch]]:
    """Yield the packets of pages, each as its byte ranges in the file."""
    packet: list[Stretch] = []
    for page in pages:
        if page.rest:
            return
        if not page.head.is_continued:
            packet = []
        segments = page.head.segments
        at = page.at + _HEAD + len(segments)
        length = 0
        for segment in segments:
            length += segment
            if segment < _FULL:
                yield [*packet, Stretch(at, length)]
                packet, at, length = [], at + length, 0
        if length:
            packet.append(Stretch(at, length))
