"""All that a vault holds, as plain values that can be compared: ids, keys and hashes stand for themselves no more."""

from __future__ import annotations

import re

from balint_desktop.vault.state import VaultState

# A uuid, a hash, a key, a salt: thirty-two or more signs of hexadecimal or of an age key, or random bytes.
_RANDOM = re.compile(
    r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|(?<![0-9a-z])[0-9a-f]{16,}(?![0-9a-z])|age1[0-9a-z]{50,}|AGE-[A-Z0-9-]+"
)


def contents(vault):
    """Return the rows of every table of a vault's log and studies, without anything random; nothing without a vault."""
    if vault is None:
        return {}
    found = _tables(vault.log._database)
    for record in vault.log.studies.all() if vault.state is VaultState.OPEN else ():
        of_study = _tables(vault.studies.open(record.id).database)
        found |= {f"analysis/{record.id[:8]}/{table}": rows for table, rows in of_study.items()}
    return found


def _tables(log):
    tables = [name for (name,) in log.run("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    indexes = tuple(
        name for (name,) in log.run("SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%'")
    )
    found = {}
    for table in tables:
        # The index of notes is made of the rows, in an order of its own.
        if table.startswith(("sqlite_", *indexes)):
            continue
        rows = log.run(f"SELECT * FROM {table}")
        found[table] = sorted(repr(tuple(_plain(value) for value in row)) for row in rows)
    return found


def files(folder):
    """Return the names of all files under a folder, without anything random, and how often each is there."""
    return sorted(_plain(str(path.relative_to(folder))) for path in folder.rglob("*") if path.is_file())


def differences(one, other):
    """Return what stands in one and not in the other, by table."""
    return {
        table: (_less(one.get(table, []), other.get(table, [])), _less(other.get(table, []), one.get(table, [])))
        for table in sorted({*one, *other})
        if one.get(table) != other.get(table)
    }


def _less(rows, others):
    left = list(others)
    return [row for row in rows if row not in left or left.remove(row)]


def _plain(value):
    if isinstance(value, bytes):
        return f"<{len(value)} bytes>"
    return _RANDOM.sub("<random>", value) if isinstance(value, str) else value
