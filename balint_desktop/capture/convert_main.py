"""The child `balint-desktop convert`: convert another recorder's sound file to Ogg Opus on standard output.

It holds no key, so a file made to break a decoder breaks this process alone. The file's name comes on standard input
and not as an argument, since any user of the computer can list arguments. Only this process loads numpy.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import soxr

from balint_desktop.capture.convert_protocol import Refusal, Refused, end_message, sound_message
from balint_desktop.capture.encoder import OggSink, OpusEncoder
from balint_desktop.capture.sound_file.file_bytes import FileBytes
from balint_desktop.capture.sound_file.meter import Meter, decibels
from balint_desktop.capture.sound_file.mixdown import Mixdown, Mono
from balint_desktop.capture.sound_file.open_sound import UnsupportedError, open_sound
from balint_desktop.capture.sound_file.take import NoSoundError, SoundFile, Take
from balint_desktop.command import is_reader_gone
from balint_desktop.domain.import_report import NEARLY_S, Finding, ImportReport
from balint_desktop.ogg.packet import RATE_HZ

LONGEST_S = 12 * 3600.0
SLOWEST_HZ, FASTEST_HZ = 4_000, 768_000
# Far more than needed; a file made to ask for more must not exhaust the memory of the app's window.
_MAX_MEMORY = 2 << 30
_SILENT_DB, _QUIET_DB = -80.0, -50.0
"""Level of the loudest twentieth of a second below which a file is silent, or quiet, in dB of full scale."""
_OPPOSED_SHARE = 0.1
_SILENT_SHARE, _SILENT_END_S = 0.25, 60.0
"""Longest digital silence, as a share of the file and at its end: enough for a meeting's breaks, not half of a copy."""


def main(arguments: list[str]) -> int:
    """Convert the file named on standard input, and write the outcome last."""
    del arguments
    _hold_memory()
    path = Path(os.fsdecode(sys.stdin.buffer.read()))
    out = sys.stdout.buffer
    try:
        out.write(end_message(convert(path, lambda data: out.write(sound_message(data)))))
        out.flush()
    except OSError as error:
        if not is_reader_gone(error):
            raise
        # The reader wants no more, and nothing more may be written at exit either.
        sys.stdout = None
        return 1
    return 0


def convert(path: Path, put: Callable[[bytes], object]) -> ImportReport | Refused:
    """Convert a file to Ogg Opus, 48 kHz, mono, passed to `put` in pieces, and return the outcome."""
    try:
        with closing(FileBytes(path)) as file:
            return _Conversion(open_sound(file, path), put).run()
    except UnsupportedError as error:
        return Refused(Refusal.UNSUPPORTED, str(error))
    except _RefusedError as error:
        return Refused(error.why)
    except (NoSoundError, MemoryError):
        return Refused(Refusal.UNREADABLE)
    except OSError as error:
        if is_reader_gone(error):
            raise
        return Refused(Refusal.MISSING)


class _RefusedError(Exception):
    def __init__(self, why: Refusal) -> None:
        super().__init__(why)
        self.why = why


def _hold_memory() -> None:
    if sys.platform == "linux":
        import resource  # noqa: PLC0415  Windows has none

        # numpy has reserved address space by the number of processors; the limit is on top of that.
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        most = pages * resource.getpagesize() + _MAX_MEMORY
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


class _Conversion:
    """Converts one file's audio and collects the figures for its report."""

    def __init__(self, sound: SoundFile, put: Callable[[bytes], object]) -> None:
        self._sound = sound
        self._encoder = OpusEncoder(OggSink(put))
        self._takes = 0
        self._meter = Meter(RATE_HZ)
        self._read_s = self._opposed_s = self._loudest_channel = 0.0
        self._kept = 0

    def run(self) -> ImportReport:
        """Convert the file and return its report. Raise NoSoundError, or _RefusedError with the reason."""
        takes = list(self._sound.takes)
        if sum(take.seconds or 0.0 for take in takes) > LONGEST_S:
            raise _RefusedError(Refusal.TOO_LONG)
        for take in takes:
            if not SLOWEST_HZ <= take.rate_hz <= FASTEST_HZ:
                raise _RefusedError(Refusal.RATE)
            self._convert(take)
        if not self._kept:
            raise NoSoundError
        self._encoder.close()
        return self._report()

    def _convert(self, take: Take) -> None:
        resampler = None if take.rate_hz == RATE_HZ else soxr.ResampleStream(take.rate_hz, RATE_HZ, 1, "float32")
        before = self._kept
        mixdown = Mixdown(take.rate_hz, take.channels)
        for mono in self._mixed(take, mixdown):
            self._write(mono if resampler is None else resampler.resample_chunk(mono))
        if resampler is not None:
            self._write(resampler.resample_chunk(np.zeros(0, np.float32), last=True))
        self._takes += self._kept > before
        self._opposed_s += mixdown.opposed_s
        self._loudest_channel += mixdown.loudest

    def _mixed(self, take: Take, mixdown: Mixdown) -> Iterator[Mono]:
        for block in take.blocks():
            self._read_s += len(block) / take.rate_hz
            # A file may state no length or a wrong one, so the audio read is counted.
            if self._read_s > LONGEST_S:
                raise _RefusedError(Refusal.TOO_LONG)
            yield from mixdown.feed(block)
        yield from mixdown.finish()

    def _write(self, mono: Mono) -> None:
        if len(mono):
            self._kept += len(mono)
            self._meter.feed(mono)
            self._encoder.write_fractions(np.clip(mono, -1.0, 1.0).tobytes())

    def _report(self) -> ImportReport:
        account = self._sound.account
        return ImportReport(
            self._sound.kind,
            round(self._read_s, 3),
            round(self._kept / RATE_HZ, 3),
            None if account.stated_s is None else round(account.stated_s, 3),
            round(account.lost_s, 3),
            self._takes,
            round(self._meter.silent_s, 1),
            decibels(self._meter.power / self._read_s),
            decibels(self._meter.power / self._loudest_channel) if self._loudest_channel else None,
            tuple(self._findings()),
        )

    def _findings(self) -> Iterator[Finding]:
        account, kept_s = self._sound.account, self._kept / RATE_HZ
        loudest_db = decibels(self._meter.peak_power)
        is_silent = loudest_db is None or loudest_db < _SILENT_DB
        found = {
            Finding.DAMAGED: account.errors or account.lost_s or abs(kept_s - self._read_s) > NEARLY_S,
            Finding.CUT_SHORT: account.is_cut_short,
            Finding.LESS_THAN_SAID: self._beyond_s() < -NEARLY_S and not account.is_cut_short,
            Finding.MORE_THAN_SAID: self._beyond_s() > NEARLY_S and not account.is_unfinished,
            Finding.UNFINISHED: account.is_unfinished,
            Finding.UNCHECKED: account.is_unchecked,
            Finding.JOINED: self._takes > 1,
            Finding.OPPOSED: self._opposed_s > _OPPOSED_SHARE * self._read_s,
            Finding.SILENT_IN_PART: not is_silent and self._is_silent_in_part(),
            Finding.SILENT: is_silent,
            Finding.QUIET: not is_silent and loudest_db is not None and loudest_db < _QUIET_DB,
        }
        return (finding for finding, holds in found.items() if holds)

    def _is_silent_in_part(self) -> bool:
        return self._meter.silent_s > _SILENT_SHARE * self._read_s or self._meter.silent_end_s > _SILENT_END_S

    def _beyond_s(self) -> float:
        """Return how many seconds more were read than the header states."""
        said_s = self._sound.account.stated_s
        return 0.0 if said_s is None else self._read_s - said_s
