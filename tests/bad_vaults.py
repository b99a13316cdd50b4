"""Ways to damage a vault, and a snapshot of a folder's files."""

from __future__ import annotations

from balint_desktop.sealed.lock import FileLock
from balint_desktop.vault.log.database import Database
from balint_desktop.vault.log.migrate import VERSION


def files(folder):
    """Return every file under a folder with its bytes, without the lock file, which means nothing."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "in-use"
    }


def copies(made, name):
    return made.folder / name, made.folder / f"copy-of-{name}"


def lose_passphrase_file(made):
    for path in copies(made, "passphrase.age"):
        path.unlink()


def damage_passphrase_file(made):
    for path in copies(made, "passphrase.age"):
        damage(path)


def damage(path):
    """Change one bit near the end."""
    data = bytearray(path.read_bytes())
    data[-5] ^= 1
    path.write_bytes(bytes(data))


def lose_log(made):
    (made.folder / "log.db").unlink()


def damage_log(made):
    path = made.folder / "log.db"
    path.write_bytes(b"\x5a" * path.stat().st_size)


def empty_log(made):
    """Truncate the log to nothing, as a full disk or an aborted copy would."""
    (made.folder / "log.db").write_bytes(b"")


def write_as_a_newer_version(made):
    database = Database(made.folder / "log.db", made.secret.log_key)
    database.run(f"PRAGMA user_version = {VERSION + 1}")
    database.close()


def open_elsewhere(made):
    """Hold the vault as another window would; `release` lets go of it."""
    lock = FileLock(made.folder / "in-use")
    assert lock.try_acquire()
    return lock
