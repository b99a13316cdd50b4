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
from balint_desktop.sealed.tail import IMPORT_TAIL_EVERY_BYTES
from balint_desktop.sealed.verified_copy import ProgressCallback
from balint_desktop.vault.import_recording import PendingImport, SealedImport, admit_import, discard_import
from balint_desktop.vault.vault import OpenVault

_DEVICE = "brought in as a file"


class Converted(Protocol):
    """A sound file converted to Ogg Opus, 48 kHz, mono. `report` is set once all of it has been read."""

    report: ImportReport | None

    def chunks(self) -> Generator[bytes, None, None]:
        """Yield the audio in pieces. Raise Trouble if the file cannot be converted."""
        ...


def seal_converted(
    pending: PendingImport, sound: Converted, on_progress: ProgressCallback = lambda _bytes: None
) -> SealedImport:
    """Seal converted audio aside. Takes minutes per hour of audio; any thread. Raise Trouble, leaving nothing behind.

    `on_progress` receives the number of further bytes sealed; an exception raised in it ends the import.
    """
    try:
        return _sealed(pending, sound, on_progress)
    except BaseException:
        discard_import(pending)
        raise


def _sealed(pending: PendingImport, sound: Converted, on_progress: ProgressCallback) -> SealedImport:
    duration = StreamDuration()
    writer = PartWriter(pending.part, [pending.recipient])
    try:
        _write(writer, duration, sound, on_progress)
    finally:
        # Always closed: the writer's own thread waits for more.
        facts = PartFacts(offset_s=pending.offset_s, device=_DEVICE, seconds=round(duration.seconds, 3))
        closed = writer.close(facts)
    if sound.report is None:
        raise Trouble(TroubleCode.CHILD_FAILED)
    # The report counts only what was sealed.
    return SealedImport(duration.seconds, closed.sha256 or "", sound.report.keeping(duration.seconds))


def _write(writer: PartWriter, duration: StreamDuration, sound: Converted, on_progress: ProgressCallback) -> None:
    since_tail = 0
    with contextlib.closing(sound.chunks()) as chunks:
        for data in chunks:
            writer.write(data)
            duration.feed(data)
            on_progress(len(data))
            since_tail += len(data)
            if since_tail >= IMPORT_TAIL_EVERY_BYTES:
                writer.write_tail()
                since_tail = 0
            if writer.failure is not None:
                raise writer.failure


def register_import(
    vault: OpenVault, pending: PendingImport, sealed: SealedImport, original: str, clock: Clock
) -> None:
    """Register a sealed recording in the log and move it into the vault. Raise Trouble."""
    try:
        admit_import(vault, pending, sealed, original, clock)
    except Trouble:
        # Once its rows are committed, the next opening moves the files into place; otherwise it deletes them.
        if not any(row.recording == pending.recording for row in vault.log.transfers.imports()):
            discard_import(pending)
        raise
