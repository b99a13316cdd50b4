"""The encrypted SQLite database: open it, and tell its errors apart."""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import apsw

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.sealed.disk import flush_folder, flush_to_disk, open_new, report_disk_errors

Row = tuple[Any, ...]

# SQLCipher's fourth scheme.
_PAGE = 4096


class Database:
    """One connection, used by one thread at a time: the window's, or a background thread's while it reads.

    Every statement is its own transaction unless it runs inside `together`.
    """

    def __init__(self, path: Path, key: str) -> None:
        """Open an existing log; a mistyped path creates no empty one. Raise Trouble."""
        if not path.exists():
            raise Trouble(TroubleCode.LOG_MISSING, folder=str(path.parent))
        self.path = path
        if _is_cut(path):
            raise Trouble(TroubleCode.LOG_DAMAGED, folder=str(path.parent))
        self._key = key
        self._lock = threading.RLock()
        with self._translating_errors():
            self._connection = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READWRITE)
        try:
            self._prepare(key)
        except Trouble:
            self._connection.close()
            raise

    def _prepare(self, key: str) -> None:
        # SQLCipher's fourth scheme, with the raw key: any SQLCipher opens it (tests do, with another library).
        for pragma in ("cipher = 'sqlcipher'", "legacy = 4", f"key = \"x'{key}'\""):
            self.run(f"PRAGMA {pragma}")
        # A full sync at each commit: committed data is on the disk. NORMAL would sync at checkpoints only.
        for pragma in (
            "journal_mode = WAL",
            "synchronous = FULL",
            "foreign_keys = ON",
            "secure_delete = ON",
            "temp_store = MEMORY",
            "busy_timeout = 2000",
        ):
            self.run(f"PRAGMA {pragma}")
        if sys.platform == "darwin":
            self.run("PRAGMA fullfsync = ON")

    def run(self, sql: str, values: Row = ()) -> list[Row]:
        """Run one statement and return its rows. Raise Trouble if the disk or the file fails."""
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

        It holds no deleted data: SQLite rewrites the rows rather than the pages. Other threads wait meanwhile.
        """
        with report_disk_errors(path):
            os.close(open_new(path))
        self.run("VACUUM INTO ?", (str(path),))
        return Database(path, self._key)

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
            return Trouble(TroubleCode.DISK_READ_ONLY, folder=folder)
        if isinstance(error, apsw.CantOpenError | apsw.IOError):
            return Trouble(TroubleCode.FOLDER_UNWRITABLE, folder=folder)
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
