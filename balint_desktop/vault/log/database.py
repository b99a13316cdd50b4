"""The encrypted SQLite database: open it, and tell its errors apart."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import apsw

from balint_desktop.domain.hidden_signs import strip_hidden
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.sealed.disk import flush_folder, flush_to_disk, is_read_only, open_new, report_disk_errors

Row = tuple[Any, ...]

# SQLCipher's fourth scheme.
_INDEX_BYTES = 32 * 1024
_PAGE = 4096
_WRITES = ("INSERT", "UPDATE")


class Verbatim(str):
    """Text to be stored sign by sign: a path, which a file system compares so."""

    __slots__ = ()


# Bytes 18 and 19 of a database's header: the file format's write and read versions.
_JOURNAL_NUMBERS = slice(18, 20)
# The codes of a disk that is full or cannot be written to; SQLite reports both as an ordinary error at times.
DISK_CODES = frozenset({TroubleCode.DISK_FULL, TroubleCode.DISK_READ_ONLY, TroubleCode.FOLDER_UNWRITABLE})

_ALWAYS = ("foreign_keys = ON", "secure_delete = ON", "temp_store = MEMORY")
# A full sync at each commit: committed data is on the disk. NORMAL would sync at checkpoints only.
_DURABLE = (
    "journal_mode = WAL",
    "synchronous = FULL",
    *_ALWAYS,
    "busy_timeout = 2000",
)
# There a plain flush stops at the drive's cache.
_DURABLE_ON_MACS = ("fullfsync = ON",)


@dataclass(frozen=True, slots=True)
class _Way:
    """A way to open the file: SQLite's flags, parameters of its URI, and pragmas."""

    pragmas: tuple[str, ...]
    flags: int = apsw.SQLITE_OPEN_READWRITE
    parameters: str = ""

    def all_pragmas(self) -> tuple[str, ...]:
        return (*self.pragmas, *_DURABLE_ON_MACS) if sys.platform == "darwin" else self.pragmas

    def connect(self, path: Path) -> apsw.Connection:
        if not self.parameters:
            return apsw.Connection(str(path), flags=self.flags)
        return apsw.Connection(f"{path.absolute().as_uri()}?{self.parameters}", flags=self.flags)


_READ_WRITE = _Way(_DURABLE)
# Alone with the file, SQLite keeps the index of the write-ahead log in memory instead of in a file of 32 KiB.
_WITHOUT_SPACE = _Way(("locking_mode = EXCLUSIVE", *_DURABLE))
# On a disk that cannot be written to, nobody changes the file.
_IMMUTABLE = _Way(_ALWAYS, apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI, "immutable=1")


def _cipher(key: str) -> tuple[str, ...]:
    """Return the pragmas of SQLCipher's fourth scheme, with the raw key: any SQLCipher opens it (tests do)."""
    return "cipher = 'sqlcipher'", "legacy = 4", f"key = \"x'{key}'\""


@contextlib.contextmanager
def _readable_copy(path: Path) -> Iterator[Path]:
    """Yield the file, or a sealed copy on the system's own disk if a write-ahead log has to be read with it."""
    ahead = path.with_name(f"{path.name}-wal")
    if not (ahead.exists() and ahead.stat().st_size):
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="balint-") as folder, report_disk_errors(path):
        for one in (path, ahead):
            shutil.copyfile(one, Path(folder) / one.name)
        yield Path(folder) / path.name


class Database:
    """One connection, used by one thread at a time: the window's, or a background thread's while it reads.

    Every statement is its own transaction unless it runs inside `together`. `read_only` is why nothing can be written
    for as long as it is open, None where it can: DISK_FULL, or DISK_READ_ONLY.
    """

    def __init__(self, path: Path, key: str, *, in_memory: bool = False) -> None:
        """Open an existing log, or only read it into memory; a mistyped path creates no empty one. Raise Trouble."""
        if not path.exists():
            raise Trouble(TroubleCode.LOG_MISSING, folder=str(path.parent))
        self.path = path
        if _is_cut(path):
            raise Trouble(TroubleCode.LOG_DAMAGED, folder=str(path.parent))
        self._key = key
        self._lock = threading.RLock()
        self.read_only: TroubleCode | None = None
        if in_memory:
            self._read_into_memory()
            return
        try:
            self._connection = self._connect(_READ_WRITE)
        except Trouble as trouble:
            if trouble.code not in DISK_CODES:
                raise
            self._connect_without_space()

    def _connect(self, way: _Way) -> apsw.Connection:
        with self._translating_errors():
            connection = way.connect(self.path)
        try:
            with self._translating_errors():
                for pragma in (*_cipher(self._key), *way.all_pragmas()):
                    list(connection.execute(f"PRAGMA {pragma}"))
        except Trouble:
            connection.close()
            raise
        return connection

    def _connect_without_space(self) -> None:
        """Open the log on a full disk, or read it whole where the disk cannot be written to. Raise Trouble."""
        try:
            self._connection = self._connect(_WITHOUT_SPACE)
        except Trouble as trouble:
            # A log that is being created holds nothing yet that could be read.
            if trouble.code not in DISK_CODES or not self.path.stat().st_size:
                raise
            self._read_into_memory()

    def _read_into_memory(self) -> None:
        with _readable_copy(self.path) as readable:
            way = _IMMUTABLE if readable == self.path else _READ_WRITE
            original, self.path = self.path, readable
            try:
                source = self._connect(way)
            finally:
                self.path = original
        with self._translating_errors():
            image = bytearray(source.serialize("main"))
            source.close()
            # The two numbers that ask for a write-ahead log, which a database in memory cannot have.
            image[_JOURNAL_NUMBERS] = b"\x01\x01"
            self._connection = apsw.Connection(":memory:")
            self._connection.deserialize("main", bytes(image))
            for pragma in _ALWAYS:
                list(self._connection.execute(f"PRAGMA {pragma}"))
        self.read_only = TroubleCode.DISK_READ_ONLY if is_read_only(self.path) else TroubleCode.DISK_FULL

    def refuse_writes(self) -> None:
        """Let every write fail from now on: what is written in memory alone would be lost."""
        self.run("PRAGMA query_only = ON")

    def run(self, sql: str, values: Row = ()) -> list[Row]:
        """Run one statement and return its rows. Raise Trouble if the disk or the file fails.

        Text is stored without hidden signs, whichever field it was typed in.
        """
        if sql.startswith(_WRITES):
            values = tuple(strip_hidden(value) if type(value) is str else value for value in values)
        with self._lock, self._translating_errors():
            return list(self._connection.execute(sql, values))

    @property
    def changes(self) -> int:
        """The number of rows changed since opening: cached reads are valid while it stays the same."""
        with self._lock:
            return int(self._connection.total_changes())

    def check(self) -> None:
        """Check every page. Raise Trouble LOG_DAMAGED if one does not authenticate or the structure is inconsistent."""
        if self.run("PRAGMA quick_check") != [("ok",)]:
            raise Trouble(TroubleCode.LOG_DAMAGED, folder=str(self.path.parent))

    @contextlib.contextmanager
    def together(self) -> Iterator[None]:
        """Run the block in one transaction."""
        with self._lock, self._translating_errors():
            try:
                with self._connection:
                    yield
            except apsw.SQLError as error:
                # A full disk or a damaged page ends the transaction by itself; then there is nothing to roll back,
                # and the error to report is the disk's or the page's.
                if isinstance(error.__context__, Trouble | apsw.Error):
                    raise error.__context__ from None
                raise

    def copy_to(self, path: Path) -> Database:
        """Write a consistent copy, sealed with the same key, into a new file, and open it. Raise Trouble.

        It holds no deleted data: SQLite rewrites the rows rather than the pages. Other threads wait meanwhile. A log
        that was read into memory is not encrypted there: of that, the sealed file is copied as it stands on the disk.
        """
        with report_disk_errors(path):
            os.close(open_new(path))
        if self.read_only is not None:
            self._copy_sealed_to(path)
        else:
            self.run("VACUUM INTO ?", (str(path),))
        return Database(path, self._key)

    def _copy_sealed_to(self, path: Path) -> None:
        """Copy the sealed file, and merge its write-ahead log into the copy: nothing else writes to either.

        A disk that can be written to is written to by nobody else, since the vault is locked to one process.
        """
        aheads = [one.with_name(f"{one.name}-wal") for one in (self.path, path)]
        with report_disk_errors(path):
            shutil.copyfile(self.path, path)
            if aheads[0].exists() and aheads[0].stat().st_size:
                os.close(open_new(aheads[1]))
                shutil.copyfile(*aheads)
        Database(path, self._key).close()
        _flush_file(path)

    def close(self) -> None:
        """Close the file; the write-ahead log is merged into it."""
        self._connection.close()

    @contextlib.contextmanager
    def _translating_errors(self) -> Iterator[None]:
        try:
            yield
        except apsw.Error as error:
            raise self._trouble(error) from error
        except UnicodeDecodeError as error:
            # All text in it was written as UTF-8: invalid UTF-8 comes from a damaged page.
            raise Trouble(TroubleCode.LOG_DAMAGED, folder=str(self.path.parent)) from error

    def _trouble(self, error: apsw.Error) -> Trouble:
        """Return the trouble for a database error. Others are programming errors and propagate."""
        folder = str(self.path.parent)
        if isinstance(error, apsw.NotADBError | apsw.CorruptError):
            # The key came out of the vault secret, so it fits: a file that does not open is damaged.
            return Trouble(TroubleCode.LOG_DAMAGED, folder=folder)
        if isinstance(error, apsw.FullError):
            return Trouble(TroubleCode.DISK_FULL, folder=folder)
        if isinstance(error, apsw.ReadOnlyError):
            return Trouble(self.read_only or TroubleCode.DISK_READ_ONLY, folder=folder)
        if isinstance(error, apsw.CantOpenError | apsw.IOError):
            # The write-ahead log's index takes its space at once, and SQLite does not say that it was space it lacked.
            is_full = shutil.disk_usage(folder).free < _INDEX_BYTES
            return Trouble(TroubleCode.DISK_FULL if is_full else TroubleCode.FOLDER_UNWRITABLE, folder=folder)
        if isinstance(error, apsw.BusyError):
            return Trouble(TroubleCode.VAULT_IN_USE, folder=folder)
        raise error


def _is_cut(path: Path) -> bool:
    """Return whether the file ends inside a page: the cipher returns such a page without authenticating it.

    If a write-ahead log exists, a power cut may have done that, and the log holds the complete page.
    """
    ahead = path.with_name(f"{path.name}-wal")
    return path.stat().st_size % _PAGE != 0 and not (ahead.exists() and ahead.stat().st_size)


def rekey(path: Path, key: str, new_key: str) -> None:
    """Reseal a database file under another key. If killed midway the file is unusable: call on a copy only.

    Raise Trouble, LOG_DAMAGED if the result does not open completely.
    """
    database = Database(path, key)
    try:
        database.run("PRAGMA journal_mode = DELETE")
        database.run(f"PRAGMA rekey = \"x'{new_key}'\"")
    finally:
        database.close()
    database = Database(path, new_key)
    try:
        if database.run("PRAGMA quick_check") != [("ok",)]:
            raise Trouble(TroubleCode.LOG_DAMAGED, folder=str(path.parent))
        database.run("PRAGMA journal_mode = DELETE")
    finally:
        database.close()
    _flush_file(path)


def _flush_file(path: Path) -> None:
    """Make a closed database durable. Raise Trouble."""
    with report_disk_errors(path):
        descriptor = os.open(path, os.O_RDWR)
        try:
            flush_to_disk(descriptor)
        finally:
            os.close(descriptor)


def create_database(path: Path, key: str) -> Database:
    """Create an empty file private to its owner, and open it. Raise Trouble."""
    with report_disk_errors(path):
        os.close(open_new(path))
        flush_folder(path.parent)
    return Database(path, key)
