"""Import another recorder's sound file: converted in a child, sealed as it arrives."""

from __future__ import annotations

import contextlib
from collections.abc import Generator
from typing import Protocol

from balint_desktop.domain.clock import Clock
from balint_desktop.domain.import_report import ImportReport
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.ogg.duration import StreamDuration
from balint_desktop.sealed.part import PartWriter
from balint_desktop.sealed.part_facts import PartFacts
from balint_desktop.sealed.verified_copy import Went
from balint_desktop.vault.import_recording import PendingImport, SealedImport, admit_import, discard_import
from balint_desktop.vault.vault import OpenVault

_DEVICE = "brought in as a file"
# The writer remembers what no tail holds yet, so that memory stays small however long the file is.
_BYTES_A_TAIL = 1 << 18


class Converted(Protocol):
    """A sound file as Ogg Opus, 48 kHz, mono. `report` is there once all of it has come."""

    report: ImportReport | None

    def chunks(self) -> Generator[bytes, None, None]:
        """Yield the sound in pieces. Raise Trouble where the file is no good."""
        ...


def seal_converted(pending: PendingImport, sound: Converted, went: Went = lambda _bytes: None) -> SealedImport:
    """Seal the sound aside. Takes minutes for an hour; any thread may call it. Raise Trouble; nothing is left then.

    `went` is told of so many more bytes; what it raises ends it.
    """
    try:
        return _sealed(pending, sound, went)
    except BaseException:
        discard_import(pending)
        raise


def _sealed(pending: PendingImport, sound: Converted, went: Went) -> SealedImport:
    duration = StreamDuration()
    writer = PartWriter(pending.part, [pending.recipient])
    try:
        _write(writer, duration, sound, went)
    finally:
        # Closed in any case: a thread of its own waits for more.
        facts = PartFacts(offset_s=pending.offset_s, device=_DEVICE, seconds=round(duration.seconds, 3))
        closed = writer.close(facts)
    if sound.report is None:
        raise Trouble(TroubleCode.CHILD_FAILED)
    # What counts as kept is what was sealed.
    return SealedImport(duration.seconds, closed.sha256 or "", sound.report.keeping(duration.seconds))


def _write(writer: PartWriter, duration: StreamDuration, sound: Converted, went: Went) -> None:
    since_tail = 0
    with contextlib.closing(sound.chunks()) as chunks:
        for data in chunks:
            writer.write(data)
            duration.feed(data)
            went(len(data))
            since_tail += len(data)
            if since_tail >= _BYTES_A_TAIL:
                writer.write_tail()
                since_tail = 0
            if writer.failure is not None:
                raise writer.failure


def admit(vault: OpenVault, pending: PendingImport, sealed: SealedImport, original: str, clock: Clock) -> None:
    """Give a sealed recording its place in the log and on the disk. Raise Trouble."""
    try:
        admit_import(vault, pending, sealed, original, clock)
    except Trouble:
        # Rows that were kept bring it to its place at the next opening; without them it came to nothing.
        if not any(row.recording == pending.recording for row in vault.log.carried.imports()):
            discard_import(pending)
        raise
