"""Write the log's file anew, so that no page of it holds what was erased: intended with the erasing, then done."""

from __future__ import annotations

from balint_desktop.vault.log.database import Database
from balint_desktop.vault.log.earlier_copies import drop_copies

# The setting that holds the intent. Vaults have it under this name.
_INTENT = "forget"


def intend_vacuum(database: Database) -> None:
    """Note, in the transaction that erases something, that the file is to be written anew without it."""
    database.run("INSERT OR REPLACE INTO settings VALUES (?, '1')", (_INTENT,))


def vacuum_if_intended(database: Database) -> None:
    """Write the file anew where that is intended. Raise Trouble: the intent then stays for the next opening.

    What is deleted is overwritten at once (`secure_delete`); but pages that were moved may hold a copy, and the
    write-ahead log holds pages as they were.
    """
    if not database.run("SELECT 1 FROM settings WHERE key = ?", (_INTENT,)):
        return
    # Copies of earlier versions hold it too.
    drop_copies(database.path)
    database.run("VACUUM")
    # Its rows say whether the write-ahead log could be emptied: not while another connection reads.
    ((busy, *_),) = database.run("PRAGMA wal_checkpoint(TRUNCATE)")
    if not busy:
        database.run("DELETE FROM settings WHERE key = ?", (_INTENT,))
