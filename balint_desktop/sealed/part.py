"""Write one part of a recording: a growing age file, and tails for the unfinished chunk."""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Sequence
from dataclasses import replace
from io import BufferedIOBase
from pathlib import Path
from typing import cast

import pyrage

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.sealed import disk, names
from balint_desktop.sealed.keys import parse_recipient, seal
from balint_desktop.sealed.lock import FileLock
from balint_desktop.sealed.part_facts import PartFacts
from balint_desktop.sealed.stream import CHUNK, SEALED_CHUNK, header_length
from balint_desktop.sealed.tail import pad


class _Pipe:
    """Input of the sealing thread: bytes in order; reading blocks while there are none."""

    def __init__(self) -> None:
        self._bytes = bytearray()
        self._closed = False
        self._changed = threading.Condition()

    def put(self, data: bytes) -> None:
        with self._changed:
            self._bytes += data
            self._changed.notify()

    def close(self) -> None:
        with self._changed:
            self._closed = True
            self._changed.notify()

    def read(self, size: int = -1) -> bytes:
        """Return up to `size` bytes, none at the end. Called by the sealing library."""
        with self._changed:
            self._changed.wait_for(lambda: self._bytes or self._closed)
            count = len(self._bytes) if size < 0 else min(size, len(self._bytes))
            taken = bytes(self._bytes[:count])
            del self._bytes[:count]
            return taken


class _MainFile:
    """Output of the sealing library: every whole chunk is on disk before the next tail is written."""

    def __init__(self, path: Path) -> None:
        self._descriptor = disk.open_new(path)
        self._head = bytearray()
        self._header: int | None = None
        self._written = 0
        self.sha256 = hashlib.sha256()
        self.plain_bytes = 0
        self.error: OSError | None = None

    def write(self, data: bytes) -> int:
        """Append sealed bytes. Called by the sealing library, which drops a write's error; it is stored here."""
        try:
            self._append(data)
        except OSError as error:
            self.error = error
            raise
        return len(data)

    def _append(self, data: bytes) -> None:
        _write_all(self._descriptor, data)
        self.sha256.update(data)
        self._written += len(data)
        if self._header is None:
            self._head += data
            self._header = header_length(self._head)
        if self._header is not None:
            chunks = (self._written - self._header) // SEALED_CHUNK
            plain_bytes = chunks * CHUNK
            if plain_bytes > self.plain_bytes:
                disk.flush_to_disk(self._descriptor)
                self.plain_bytes = plain_bytes

    def flush(self) -> None:
        """Do nothing: writes are unbuffered. Called by the sealing library."""

    def close(self) -> None:
        disk.flush_to_disk(self._descriptor)
        os.close(self._descriptor)

    def abandon(self) -> None:
        os.close(self._descriptor)


class PartWriter:
    """Seal one part into a folder. Holds public keys only.

    `write` takes plain bytes in order, from one thread. A separate thread seals them chunk by chunk; `write_tail`
    makes the rest durable and is called every TAIL_EVERY_S. The first disk error is stored in
    `failure`; bytes sealed before it stay sealed.
    """

    def __init__(self, folder: Path, recipients: Sequence[str]) -> None:
        self._folder = folder
        self._recipients = list(recipients)
        keys = [parse_recipient(recipient) for recipient in recipients]
        disk.make_private_folder(folder)
        self._lock = FileLock(folder / names.LOCK)
        with disk.report_disk_errors(folder):
            if not self._lock.try_acquire():
                raise Trouble(TroubleCode.PART_IN_USE)
            self._main = _MainFile(folder / names.AUDIO)
            disk.flush_folder(folder)
        self._pipe = _Pipe()
        self._guard = threading.Lock()
        self._recent = bytearray()
        self._recent_from = 0
        self._tail_number = 0
        self._tail: Path | None = None
        self._tail_until = 0
        self.failure: Trouble | None = None
        self._main_failure: Trouble | None = None
        self._thread = threading.Thread(target=self._seal, args=(keys,), name="sealing", daemon=True)
        self._thread.start()

    @property
    def sealed_bytes(self) -> int:
        """Return the number of plain bytes that would survive a power cut now."""
        return max(self._main.plain_bytes, self._tail_until)

    def write(self, data: bytes) -> None:
        """Append plain bytes. Never waits for the disk."""
        with self._guard:
            self._recent += data
        self._pipe.put(data)

    def write_tail(self) -> None:
        """Make everything written so far durable: bytes not yet in a whole chunk go into a tail."""
        offset, recent = self._unsealed()
        if not recent or offset + len(recent) <= self.sealed_bytes or self.failure is not None:
            return
        self._tail_number += 1
        path = self._folder / str(names.TailName(offset, self._tail_number))
        try:
            _write_new(path, seal(pad(recent), self._recipients))
            disk.flush_folder(self._folder)
        except OSError as error:
            self._fail(error)
            return
        older, self._tail, self._tail_until = self._tail, path, offset + len(recent)
        if older is not None:
            disk.unlink_with_retries(older)

    def _unsealed(self) -> tuple[int, bytes]:
        """Return the bytes after the main file's last whole chunk, and the offset of the first of them."""
        with self._guard:
            done = self._main.plain_bytes - self._recent_from
            if done > 0:
                del self._recent[:done]
                self._recent_from += done
            return self._recent_from, bytes(self._recent)

    def write_facts(self, facts: PartFacts) -> None:
        """Write the part's current facts, sealed. Raise Trouble."""
        disk.write_durably(self._folder / names.FACTS, seal(facts.to_json(), self._recipients))

    def close(self, facts: PartFacts) -> PartFacts:
        """Close the part: one ordinary age file, no tails. Return the facts with its SHA-256.

        A failed tail write is ignored if the main file was completed after all. If it was not, the sealed bytes are
        left for recovery to read, and the main file's failure is raised.
        """
        self._pipe.close()
        self._thread.join()
        try:
            if self._main_failure is not None:
                raise self._main_failure
            closed = replace(facts, closed=True, sha256=self._main.sha256.hexdigest())
            self.write_facts(closed)
            for _name, path in names.tails(self._folder):
                disk.unlink_with_retries(path)
            with disk.report_disk_errors(self._folder):
                disk.flush_folder(self._folder)
            return closed
        finally:
            self._lock.release()
            disk.unlink_with_retries(self._folder / names.LOCK)

    def _seal(self, keys: list[pyrage.x25519.Recipient]) -> None:
        """Seal the pipe's bytes until it is closed. Runs on the sealing thread."""
        try:
            # The library calls only read and write, although its types require more.
            pyrage.encrypt_io(cast("BufferedIOBase", self._pipe), cast("BufferedIOBase", self._main), keys)
            self._main.close()
        except (OSError, pyrage.EncryptError) as error:
            cause = self._main.error or (error if isinstance(error, OSError) else OSError(str(error)))
            self._main_failure = self._fail(cause)
            self._main.abandon()

    def _fail(self, error: OSError) -> Trouble:
        trouble = disk.trouble_from_os_error(error, self._folder)
        self.failure = self.failure or trouble
        return trouble


def _write_new(path: Path, data: bytes) -> None:
    descriptor = disk.open_new(path)
    try:
        _write_all(descriptor, data)
        disk.flush_to_disk(descriptor)
    finally:
        os.close(descriptor)


def _write_all(descriptor: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]
