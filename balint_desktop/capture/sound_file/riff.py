"""WAV reader: RIFF, RIFX, RF64, BW64 and Wave64, including unfinished files and several WAVs in one file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from balint_desktop.capture.sound_file import mpeg
from balint_desktop.capture.sound_file.extent import Extent, extent, is_chunk_id
from balint_desktop.capture.sound_file.file_bytes import FileBytes, PiecedFile, Stretch, Zeros
from balint_desktop.capture.sound_file.pcm import (
    A_LAW,
    BIG,
    LITTLE,
    MU_LAW,
    UNSIGNED_8,
    Blocks,
    Samples,
    account_for,
    fractions,
    pcm_take,
    signed,
)
from balint_desktop.capture.sound_file.take import (
    NoSoundError,
    ReadingAccount,
    SndTake,
    SoundFile,
    Take,
    UnknownCodecError,
)

_EXTENSIBLE = 0xFFFE
_PCM, _MS_ADPCM, _FLOAT, _A_LAW, _MU_LAW, _IMA_ADPCM, _GSM = 1, 2, 3, 6, 7, 0x11, 0x31
_MPEG = frozenset({0x50, 0x55})
_COMPRESSED = frozenset({_MS_ADPCM, _IMA_ADPCM, _GSM})
_W64_RIFF = b"riff\x2e\x91\xcf\x11\xa5\xd6\x28\xdb\x04\xc1\x00\x00"
_W64_REST = b"\xf3\xac\xd3\x11\x8c\xd1\x00\xc0\x4f\x8e\xdb\x8a"
_SHORTEST_FORM, _LONGEST_FORM = 14, 4096
_WINDOW = 1 << 20
_MAX_CHUNKS = 10_000
_TRUST_DS64 = 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class _Dialect:
    """Chunk layout: byte order, width of ids and lengths, and whether a length includes the chunk header."""

    kind: str
    order: Literal["little", "big"]
    id_bytes: int = 4
    length_bytes: int = 4
    counts_head: bool = False
    aligned: int = 2

    @property
    def head(self) -> int:
        """Return the size of a chunk header in bytes."""
        return self.id_bytes + self.length_bytes

    def number(self, data: bytes) -> int:
        """Decode an integer in this byte order."""
        return int.from_bytes(data, self.order)


_DIALECTS = {
    b"RIFF": _Dialect("WAV", "little"),
    b"RF64": _Dialect("WAV (RF64)", "little"),
    b"BW64": _Dialect("WAV (BW64)", "little"),
    b"RIFX": _Dialect("WAV (RIFX)", "big"),
}
_W64 = _Dialect("WAV (Wave64)", "little", 16, 8, counts_head=True, aligned=8)


@dataclass(frozen=True, slots=True)
class _Chunk:
    id: bytes
    begins: int
    length: int


@dataclass(frozen=True, slots=True)
class _Form:
    """Fields of the `fmt ` chunk."""

    raw: bytes
    tag: int
    channels: int
    rate_hz: int
    align: int
    bits: int
    frames_per_block: int


@dataclass(frozen=True, slots=True)
class _Wave:
    """One WAV in the file: its format, the start, stated length and extent of its audio, and its `fact` count."""

    form: _Form
    begins: int
    stated_bytes: int
    found: Extent
    fact: int | None


def is_wave(file: FileBytes, at: int = 0) -> bool:
    """Return whether a WAV starts at a position."""
    return _dialect(file, at) is not None


def open_wave(file: FileBytes, begins: int = 0) -> SoundFile:
    """Open a WAV file. Raise NoSoundError if it holds no audio that can be decoded here."""
    account = ReadingAccount()
    takes: list[Take] = []
    kind, at = "WAV", begins
    while (dialect := _dialect(file, at)) is not None:
        wave = _read(file, at, dialect)
        if wave is None:
            break
        kind = dialect.kind
        takes += _takes(file, account, dialect, wave)
        at = _next_wave(file, wave)
    if not takes:
        raise NoSoundError
    return SoundFile(kind, takes, account)


def _dialect(file: FileBytes, at: int) -> _Dialect | None:
    head = file.read(at, 40)
    if head.startswith(_W64_RIFF) and head[24:28] == b"wave":
        return _W64
    return _DIALECTS.get(head[:4]) if head[8:12] == b"WAVE" else None


def _read(file: FileBytes, at: int, dialect: _Dialect) -> _Wave | None:
    """Read the WAV at a position. Return None if it has no format or no audio."""
    bodies: dict[bytes, bytes] = {}
    sound: _Chunk | None = None
    behind = begins = at + _head_length(dialect)
    for chunk in _chunks(file, begins, dialect):
        if chunk.id == b"data" and b"fmt " in bodies:
            sound = chunk
            break
        behind = chunk.begins
        bodies[chunk.id] = file.read(chunk.begins, min(max(chunk.length, 0), _LONGEST_FORM))
    if len(bodies.get(b"fmt ", b"")) < _SHORTEST_FORM:
        return None
    if sound is None:
        # A chunk before `data` states a wrong length.
        sound = _chunk(file, max(behind, file.find(b"data", behind, behind + _WINDOW)), dialect)
    if sound is None or sound.id != b"data":
        return None
    long_length = dialect.number(bodies.get(b"ds64", bytes(16))[8:16])
    said = long_length if long_length and sound.length == _TRUST_DS64 else sound.length
    fact = dialect.number(bodies[b"fact"][:4]) if b"fact" in bodies else None
    is_whole = _says_its_true_size(file, at, dialect)
    found = extent(file, sound.begins, said, lambda end: _fills(file, end, dialect), is_whole=is_whole)
    return _Wave(_form(bodies[b"fmt "], dialect), sound.begins, said, found, fact)


def _head_length(dialect: _Dialect) -> int:
    return 40 if dialect is _W64 else 12


def _says_its_true_size(file: FileBytes, at: int, dialect: _Dialect) -> bool:
    said = dialect.number(file.read(at + dialect.id_bytes, dialect.length_bytes))
    return at + said + (0 if dialect.counts_head else 8) == file.size


def _chunks(file: FileBytes, at: int, dialect: _Dialect) -> Iterator[_Chunk]:
    for _ in range(_MAX_CHUNKS):
        chunk = _chunk(file, at, dialect)
        if chunk is None:
            # The pad byte after a chunk of odd length was left out.
            chunk = _chunk(file, at - 1, dialect)
        if chunk is None:
            return
        yield chunk
        at = _after(chunk, dialect)


def _chunk(file: FileBytes, at: int, dialect: _Dialect) -> _Chunk | None:
    head = file.read(at, dialect.head)
    if len(head) < dialect.head or not is_chunk_id(head[:4]):
        return None
    if dialect is _W64 and head[4:16] != _W64_REST:
        return None
    length = dialect.number(head[dialect.id_bytes :]) - (dialect.head if dialect.counts_head else 0)
    return _Chunk(head[:4], at + dialect.head, length)


def _after(chunk: _Chunk, dialect: _Dialect) -> int:
    until = chunk.begins + max(chunk.length, 0)
    return until + -until % dialect.aligned if dialect is _W64 else until + chunk.length % 2


def _fills(file: FileBytes, at: int, dialect: _Dialect) -> bool:
    """Return whether chunks fill the file from a position to its end, or to another WAV."""
    for _ in range(_MAX_CHUNKS):
        if 0 <= file.size - at < dialect.aligned or _dialect(file, at) is not None:
            return True
        chunk = _chunk(file, at, dialect)
        if chunk is None or chunk.length < 0 or chunk.begins + chunk.length > file.size:
            return False
        at = min(_after(chunk, dialect), file.size)
    return False


def _next_wave(file: FileBytes, wave: _Wave) -> int:
    """Return the position of the next WAV after this one, or the end of the file."""
    at = wave.found.until
    while (at := file.find(b"WAVE", at)) >= 0:
        if is_wave(file, at - 8):
            return at - 8
        at += 4
    return file.size


def _form(body: bytes, dialect: _Dialect) -> _Form:
    def number(at: int, size: int) -> int:
        return dialect.number(body[at : at + size])

    tag = number(24, 2) if number(0, 2) == _EXTENSIBLE and len(body) >= 26 else number(0, 2)
    return _Form(body, tag, number(2, 2), number(4, 4), number(12, 2), number(14, 2), number(18, 2))


def _takes(file: FileBytes, account: ReadingAccount, dialect: _Dialect, wave: _Wave) -> list[Take]:
    if wave.found.until <= wave.begins:
        return []
    if wave.form.tag in _MPEG:
        found = mpeg.open_mpeg(file, wave.begins, wave.found.until, account)
        return list(found.takes)
    samples = _samples(wave.form)
    if samples is None:
        return [_compressed(file, account, dialect, wave)]
    form = wave.form
    blocks = Blocks(max(1, form.rate_hz), samples.bytes * max(1, form.channels))
    account_for(account, wave.begins, wave.stated_bytes, wave.found, blocks)
    endian = BIG if dialect.order == "big" else LITTLE
    raw = (endian, form.rate_hz, form.channels)
    return [pcm_take(file, account, Stretch(wave.begins, wave.found.until - wave.begins), samples, raw)]


def _samples(form: _Form) -> Samples | None:
    """Return the sample format, or None if the audio is compressed."""
    size = form.align // form.channels if form.channels and form.align % form.channels == 0 else 0
    size = size or -(-form.bits // 8)
    if form.tag == _PCM:
        return UNSIGNED_8 if size == 1 else signed(size)
    if form.tag == _FLOAT:
        return fractions(size)
    return {_A_LAW: A_LAW, _MU_LAW: MU_LAW}.get(form.tag)


def _compressed(file: FileBytes, account: ReadingAccount, dialect: _Dialect, wave: _Wave) -> SndTake:
    """Return a take of block-compressed audio with a header that states its true length."""
    form, length = wave.form, wave.found.until - wave.begins
    per_block, frames, missing = _frames_per_block(form), None, 0
    if per_block and form.align and form.rate_hz:
        account_for(account, wave.begins, wave.stated_bytes, wave.found, Blocks(form.rate_hz, form.align, per_block))
        blocks, rest = divmod(length, form.align)
        frames = blocks * per_block + _frames_in_part(form, rest)
        missing = form.align - rest if rest else 0
        # The last block is rarely full. The `fact` count is used if it ends inside the last block.
        if wave.fact is not None and frames - per_block < wave.fact < frames:
            frames = wave.fact
    account.is_unchecked |= frames is None
    if form.tag not in _COMPRESSED:
        raise UnknownCodecError(f"WAV (codec 0x{form.tag:04x})")
    head = _head(form, dialect, frames or 0, length + missing)
    return SndTake(PiecedFile(file, [head, Stretch(wave.begins, length), Zeros(missing)]), account, frames=frames)


def _head(form: _Form, dialect: _Dialect, frames: int, length: int) -> bytes:
    """Build the header of a WAV with one `data` chunk."""

    def number(value: int) -> bytes:
        return value.to_bytes(4, dialect.order)

    body = b"WAVEfmt " + number(len(form.raw)) + form.raw + b"\0" * (len(form.raw) % 2)
    body += b"fact" + number(4) + number(frames) + b"data" + number(length)
    return (b"RIFF" if dialect.order == "little" else b"RIFX") + number(len(body) + length) + body


def _frames_in_part(form: _Form, size: int) -> int:
    """Return the number of frames in the first `size` bytes of a block."""
    head, frames_in_head = (7, 2) if form.tag == _MS_ADPCM else (4, 1)
    rest = size - head * form.channels
    if form.tag not in {_MS_ADPCM, _IMA_ADPCM} or rest < 0:
        return 0
    return rest * 2 // form.channels + frames_in_head


def _frames_per_block(form: _Form) -> int:
    """Return the number of frames per block, 0 if unknown."""
    if form.tag in {_MS_ADPCM, _IMA_ADPCM} and form.frames_per_block:
        return form.frames_per_block
    if form.tag == _IMA_ADPCM and form.channels and form.align > 4 * form.channels:
        return (form.align - 4 * form.channels) * 2 // form.channels + 1
    return 320 if form.tag == _GSM else 0
