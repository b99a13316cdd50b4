"""The cost of Today at full size: 40 groups, 400 participants, 10,000 sessions planned and held, after scrypt.

Ours, in a process of its own as the app is, with its passphrase typed: from the moment its secret is there until the
vault is open, and Today gathered, built and painted, with all that is still to be imported for it. The peer: stock
sqlcipher, in a process of its own too, which opens the same log and reads the rows of the same tables with bare
SELECTs; nothing is shown.

Run as a program with `today` or `peer` and a folder it is the side that is measured; alone it prints both.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_TESTS = str(Path(__file__).parents[1])
sys.path.insert(0, _TESTS)

from processes import DidNotRun, environment, peak_mb  # noqa: E402

GROUPS, MEMBERS, SESSIONS = 40, 10, 10_000
AIM_MS = 150.0
_LONGEST_S = 60.0
# The rows that Today uses; bare, all of them.
_SELECTS = (
    "SELECT id, name, sessions, weekday, archived FROM groups",
    "SELECT group_id, number, day, time, kind, cancelled FROM planned_sessions",
    "SELECT group_id, number, began_wall, closed FROM summaries",
)


@dataclass(frozen=True)
class Shown:
    """The time in milliseconds, and the process's peak memory by then in megabytes."""

    after_ms: float
    peak_mb: float


@dataclass(frozen=True)
class FullVault:
    """A data folder with a vault at full size, and its secret."""

    folder: Path
    passphrase: str
    log_key: str


@contextmanager
def full_vault(sessions: int = SESSIONS) -> Iterator[FullVault]:
    """Make a vault of that many sessions, and remove it again."""
    from the_log import fill, notes  # noqa: PLC0415  the sides that are measured must not pay for it
    from vaults import make_vault  # noqa: PLC0415

    from balint_desktop.domain.clock import SystemClock  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder:
        made = make_vault(Path(folder) / "vault")
        vault = made.open(SystemClock())
        fill(vault.log, notes(sessions), GROUPS)
        _plan(vault.log, sessions // GROUPS)
        while vault.log.summaries.refresh(500):
            pass
        vault.close()
        yield FullVault(Path(folder), made.passphrase, made.secret.log_key)


def _plan(log, each: int) -> None:
    """Plan what each group held, week by week up to today, and a week more; one in twenty has no record."""
    from datetime import timedelta  # noqa: PLC0415

    from balint_desktop.domain.clock import SystemClock  # noqa: PLC0415
    from balint_desktop.domain.group.dates import day_of  # noqa: PLC0415

    today = day_of(SystemClock().now().wall)
    with log.together():
        for group in range(GROUPS):
            for number in range(1, each + 2):
                day = today + timedelta(days=7 * (number - each) + group % 7)
                log._database.run(
                    "INSERT INTO planned_sessions VALUES (?, ?, ?, ?, '14:00', 'case', NULL)",
                    (f"g{group}", number, number, day.isoformat()),
                )
            log._database.run("UPDATE groups SET sessions = ? WHERE id = ?", (each + 1, f"g{group}"))
        log._database.run("DELETE FROM sessions WHERE rowid % 20 = 7 AND rowid > ?", (GROUPS * each // 2,))


def show_today(vault: FullVault) -> Shown:
    """Unlock, and show Today."""
    return _side("today", str(vault.folder), vault.passphrase)


def read_bare(vault: FullVault) -> Shown:
    """Read the same tables' rows with another program's library."""
    return _side("peer", str(vault.folder / "vault" / "log.db"), vault.log_key)


def _side(side: str, path: str, secret: str) -> Shown:
    done = subprocess.run(
        [sys.executable, __file__, side, path],
        input=secret,
        env={**environment(), "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        timeout=_LONGEST_S,
        check=False,
    )
    if done.returncode or not done.stdout:
        raise DidNotRun(f"Today was never shown: {done.stderr.strip()[-300:]}")
    after_ms, peak = map(float, done.stdout.split())
    return Shown(after_ms, peak)


# --- the sides that are measured ---


def _ours(folder: str) -> None:
    from PySide6.QtWidgets import QApplication, QPushButton  # noqa: PLC0415  what is imported here counts

    from balint_desktop.app.desktop import Desktop  # noqa: PLC0415
    from balint_desktop.data_folder import DataFolder  # noqa: PLC0415
    from balint_desktop.domain.clock import SystemClock  # noqa: PLC0415
    from balint_desktop.ui.vault_access.unlock_form import UnlockForm  # noqa: PLC0415

    app = QApplication([])
    desktop = Desktop(app, DataFolder(Path(folder)), SystemClock())
    desktop.start()
    app.processEvents()
    take, began = desktop.context.vault.unlock, []

    def took(secret):
        began.append(time.perf_counter())
        return take(secret)

    desktop.context.vault.unlock = took
    form = desktop.shell.findChild(UnlockForm)
    form.secret.setText(sys.stdin.read())
    form.open_button.click()
    while not began or desktop.shell.current is None:
        app.processEvents()
        time.sleep(0.001)
    desktop.shell.repaint()
    after_ms = 1000.0 * (time.perf_counter() - began[0])
    cards = [b for b in desktop.shell.findChildren(QPushButton) if b.objectName().startswith("get-ready-")]
    if not cards:
        raise DidNotRun("Today has nothing to show")
    print(after_ms, peak_mb())
    desktop.shell.may_close = lambda: True
    desktop.shell.close()
    desktop.shutdown()


def _peer(path: str) -> None:
    import sqlcipher3  # noqa: PLC0415

    key = sys.stdin.read().strip()
    began = time.perf_counter()
    connection = sqlcipher3.connect(path)
    connection.execute(f"PRAGMA key = \"x'{key}'\"")
    for select in _SELECTS:
        connection.execute(select).fetchall()
    print(1000.0 * (time.perf_counter() - began), peak_mb())
    connection.close()


def main() -> None:
    """Print both sides, or be one."""
    if len(sys.argv) > 2:
        {"today": _ours, "peer": _peer}[sys.argv[1]](sys.argv[2])
        return
    with full_vault(int(sys.argv[1]) if len(sys.argv) > 1 else SESSIONS) as vault:
        for _time in range(5):
            print("ours", show_today(vault), "peer", read_bare(vault), flush=True)


if __name__ == "__main__":
    main()
