"""Writing the log's file anew: only where it is intended, and the intent stays until it was done whole."""

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


def test_without_an_intent_the_file_and_the_copies_are_left_alone(database, copy):
    vacuum_if_intended(database)

    assert copy.exists()


def test_what_was_intended_is_done_once_and_takes_the_copies_along(database, copy):
    intend_vacuum(database)
    vacuum_if_intended(database)

    assert not copy.exists()
    assert database.run(INTENT) == []


def test_while_another_connection_reads_the_intent_stays(database):
    intend_vacuum(database)
    reader = Database(database.path, KEY)
    with reader.together():
        reader.run(INTENT)
        vacuum_if_intended(database)
    assert database.run(INTENT) == [("forget",)]
    reader.close()

    vacuum_if_intended(database)
    assert database.run(INTENT) == []
