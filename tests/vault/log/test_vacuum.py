"""Rewriting the log's file: only if intended, and the intent stays until it is finished."""

from __future__ import annotations

import pytest

from balint_desktop.vault.log.database import Database, create_database
from balint_desktop.vault.log.earlier_copies import copy_path
from balint_desktop.vault.log.vacuum import intend_vacuum, vacuum_if_intended

KEY = "ab" * 32
INTENT = "SELECT key FROM settings"


@pytest.fixture
def database(tmp_path):
    made = create_database(tmp_path / "log.db", KEY)
    made.run("CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT)")
    yield made
    made.close()


@pytest.fixture
def copy(database):
    """A copy of an earlier version of the log."""
    path = copy_path(database.path, 1)
    path.write_bytes(b"sealed, and it holds what was erased")
    return path


def test_without_an_intent_the_file_and_the_copies_are_untouched(database, copy):
    vacuum_if_intended(database)

    assert copy.exists()


def test_an_intended_vacuum_runs_once_and_deletes_the_copies(database, copy):
    intend_vacuum(database)
    vacuum_if_intended(database)

    assert not copy.exists()
    assert database.run(INTENT) == []


def test_while_another_connection_reads_the_intent_remains(database):
    intend_vacuum(database)
    reader = Database(database.path, KEY)
    with reader.together():
        reader.run(INTENT)
        vacuum_if_intended(database)
    assert database.run(INTENT) == [("forget",)]
    reader.close()

    vacuum_if_intended(database)
    assert database.run(INTENT) == []
