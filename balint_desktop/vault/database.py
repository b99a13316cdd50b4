"""The encrypted SQLite file under the log: opening it, and telling its refusals apart."""

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
from balint_desktop.sealed.disk import flush_folder, open_new, telling

Row = tuple[Any, ...]


class Database:
    """One connection, used by one thread at a time: the window's, or one in the background while it reads.

    Every statement is its own transaction unless it runs inside `together`.
    """

    def __init__(self, path: Path, key: str) -> None:
        """Open a log that is there; a mistyped path makes no empty one. Raise Trouble."""
        if not path.exists():
            raise Trouble(TroubleCode.LOG_MISSING, folder=str(path.parent))
        self._path = path
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

    @contextlib.contextmanager
    def together(self) -> Iterator[None]:
        """Keep what is done in the block together or not at all."""
        with self._turn, self._telling(), self._connection:
            yield

    def copy_to(self, path: Path) -> Database:
        """Write a consistent copy, sealed with the same key, into a new file, and open it. Raise Trouble.

        Nothing deleted is in it: SQLite writes the rows anew rather than the pages. Other threads wait meanwhile.
        """
        with telling(path):
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

    def _trouble(self, error: apsw.Error) -> Trouble:
        """Return what a refusal means. Others are faults of ours and go up as they are."""
        folder = str(self._path.parent)
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


def make_database(path: Path, key: str) -> Database:
    """Make an empty file for the owner only, and open it. Raise Trouble."""
    with telling(path):
        os.close(open_new(path))
        flush_folder(path.parent)
    return Database(path, key)
