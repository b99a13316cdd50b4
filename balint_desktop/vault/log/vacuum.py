"""Write the log's file anew, so that no page of it holds what was erased: intended with the erasing, then done."""

from __future__ import annotations

from balint_desktop.vault.log.database import Database
from balint_desktop.vault.log.earlier_copies import delete_copies

# The setting that holds the intent, under the name that vaults already have.
_INTENT = "forget"


def intend_vacuum(database: Database) -> None:
    """Record, in the transaction that erases something, the intent to rewrite the file without it."""
    database.run("INSERT OR REPLACE INTO settings VALUES (?, '1')", (_INTENT,))


def vacuum_if_intended(database: Database) -> None:
    """Rewrite the file if that is intended. Raise Trouble: the intent then remains for the next opening.

    Deleted rows are overwritten at once (`secure_delete`); but pages that were moved may hold a copy, and the
    write-ahead log holds earlier versions of pages.
    """
    if not database.run("SELECT 1 FROM settings WHERE key = ?", (_INTENT,)):
        return
    # Copies of earlier versions hold it too.
    delete_copies(database.path)
    database.run("VACUUM")
    # Its rows report whether the write-ahead log could be emptied: not while another connection reads.
    ((busy, *_),) = database.run("PRAGMA wal_checkpoint(TRUNCATE)")
    if not busy:
        database.run("DELETE FROM settings WHERE key = ?", (_INTENT,))
