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
    """One connection, used by one thread at a time: the window's, or one in the background while it reads.

    Every statement is its own transaction unless it runs inside `together`.
    """

    def __init__(self, path: Path, key: str) -> None:
        """Open a log that is there; a mistyped path makes no empty one. Raise Trouble."""
        if not path.exists():
            raise Trouble(TroubleCode.LOG_MISSING, folder=str(path.parent))
        self.path = path
        if _is_cut(path):
            raise Trouble(TroubleCode.LOG_DAMAGED, folder=str(path.parent))
        self._key = key
        self._turn = threading.RLock()
        with self._telling():
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
        # A full sync at each commit: what is committed is on the disk. NORMAL would sync at checkpoints only.
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
        """Run one statement and return its rows. Raise Trouble where the disk or the file refuses."""
        with self._turn, self._telling():
            return list(self._connection.execute(sql, values))

    @property
    def changes(self) -> int:
        """How many rows were changed since it was opened: what was read holds as long as that stays the same."""
        with self._turn:
            return int(self._connection.total_changes())

    def check(self) -> None:
        """Look at every page. Raise Trouble LOG_DAMAGED where one does not authenticate or they do not fit together."""
        if self.run("PRAGMA quick_check") != [("ok",)]:
            raise Trouble(TroubleCode.LOG_DAMAGED, folder=str(self.path.parent))

    @contextlib.contextmanager
    def together(self) -> Iterator[None]:
        """Keep what is done in the block together or not at all."""
        with self._turn, self._telling():
            try:
                with self._connection:
                    yield
            except apsw.SQLError as error:
                # A full disk or a damaged page ends the transaction by itself; then there is nothing left to take
                # back, and what is to be told is that disk or page.
                if isinstance(error.__context__, Trouble | apsw.Error):
                    raise error.__context__ from None
                raise

    def copy_to(self, path: Path) -> Database:
        """Write a consistent copy, sealed with the same key, into a new file, and open it. Raise Trouble.

        Nothing deleted is in it: SQLite writes the rows anew rather than the pages. Other threads wait meanwhile.
        """
        with report_disk_errors(path):
            os.close(open_new(path))
        self.run("VACUUM INTO ?", (str(path),))
        return Database(path, self._key)

    def close(self) -> None:
        """Close the file; what the write-ahead log holds goes into it."""
        self._connection.close()

    @contextlib.contextmanager
    def _telling(self) -> Iterator[None]:
        try:
            yield
        except apsw.Error as error:
            raise self._trouble(error) from error
        except UnicodeDecodeError as error:
            # All text in it was written as UTF-8: what is not comes out of a page that was put together wrongly.
            raise Trouble(TroubleCode.LOG_DAMAGED, folder=str(self.path.parent)) from error

    def _trouble(self, error: apsw.Error) -> Trouble:
        """Return what a refusal means. Others are faults of ours and go up as they are."""
        folder = str(self.path.parent)
        if isinstance(error, apsw.NotADBError | apsw.CorruptError):
            # The key came out of the vault secret, so it fits: what does not open is damaged.
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
    """Tell whether the file ends inside a page: the cipher hands out such a page as it lies there, unproven.

    Where a write-ahead log is left, a power cut may have done that, and the log holds the page whole.
    """
    ahead = path.with_name(f"{path.name}-wal")
    return path.stat().st_size % _PAGE != 0 and not (ahead.exists() and ahead.stat().st_size)


def rekey(path: Path, key: str, new_key: str) -> None:
    """Seal a database file anew under another key. Killed on the way it is rubbish: only ever done to a copy.

    Raise Trouble, LOG_DAMAGED where what came out does not open whole.
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


def make_database(path: Path, key: str) -> Database:
    """Make an empty file for the owner only, and open it. Raise Trouble."""
    with report_disk_errors(path):
        os.close(open_new(path))
        flush_folder(path.parent)
    return Database(path, key)
