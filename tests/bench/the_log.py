"""The cost of the log at full size: 40 groups, 400 participants, 10,000 sessions; each question beside a peer.

Searching: ours in the encrypted log, all that one stroke of a key asks for, beside stock sqlite3 with the same texts in
an FTS5 table in clear. Scrolling: each page of the Log's own table painted, beside a bare QTableView over words that
are all in memory. Run as a program it prints what it found as JSON.
"""

from __future__ import annotations

import json
import os
import random
import sqlite3
import string
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from kept_sessions import TEXT, whole_hour
from PySide6.QtCore import QAbstractTableModel
from PySide6.QtWidgets import QAbstractItemView, QApplication, QTableView
from vaults import make_vault

from balint_desktop.domain.clock import SystemClock
from balint_desktop.domain.group.group import Group, new_participants
from balint_desktop.domain.session.facts import to_fields
from balint_desktop.domain.values import GroupId
from balint_desktop.recordings.service import RecordingService
from balint_desktop.reports.log_service import LogService
from balint_desktop.ui.log.rows import LogRows, columns
from balint_desktop.ui.theme.theme import STYLE, Appearance, Theme
from balint_desktop.ui.widgets.table import Table
from balint_desktop.vault.log.log import Log
from balint_desktop.vault.log.summaries import SessionQuery

GROUPS, MEMBERS, SESSIONS = 40, 10, 10_000
SEARCH_MS, SCROLL_MS = 50.0, 16.0
# Typical input, letter by letter: the first letter is the worst case.
TYPED = ("s", "si", "sile", "silence", "anger late", "nobody", "held the", "a b")
_WORDS = (
    "slow silence anger late begin first spoke held ending hurried question story waited nobody laughed quiet stayed "
    "group again afterwards room leave open uncertain tired warm distance before between carried listened own heavy"
).split()
_SIZE = (1040, 560)


@dataclass(frozen=True)
class Took:
    """Milliseconds: each keystroke, each page painted; ours and the peer's. Memory in megabytes."""

    settling_s: float
    search_ms: list[float]
    peer_search_ms: list[float]
    scroll_ms: list[float]
    peer_scroll_ms: list[float]
    log_mb: float
    grew_mb: float


def notes(count: int) -> list[str]:
    """Return that many notes of two lines."""
    lots = random.Random(4)
    rare = ["".join(lots.choices(string.ascii_lowercase, k=lots.randint(3, 10))) for _ in range(5000)]
    return [
        " ".join([*lots.choices(_WORDS, k=lots.randint(2, 8)), *lots.choices(rare, k=lots.randint(10, 32))])
        for _ in range(count)
    ]


def fill(log: Log, texts: list[str], groups: int = GROUPS) -> None:
    """Store a session for each note, as in a log of an earlier version: no summary is made yet."""
    for number in range(groups):
        people = new_participants(MEMBERS)
        log.groups.save_group(Group(GroupId(f"g{number}"), f"Group {number}", participants=people))
    database, facts = log._database, whole_hour()
    kinds = [(fact.kind, fact.at, json.dumps(to_fields(fact))) for fact in facts]
    with log.together():
        for number, text in enumerate(texts):
            later = (number - len(texts)) * 3600.0
            database.run(
                "INSERT INTO sessions (id, group_id, number, kind, format_key, format_text, closed)"
                " VALUES (?, ?, ?, 'case', 'student-hour', ?, 1)",
                (f"s{number}", f"g{number % groups}", number // groups + 1, TEXT),
            )
            for place, (kind, at, one) in enumerate(kinds, start=1):
                values = (f"s{number}", place, kind, at.wall + later, at.boot + later, "boot", one)
                database.run("INSERT INTO facts VALUES (?, ?, ?, ?, ?, ?, ?)", values)
            database.run("UPDATE sessions SET process_note = ? WHERE id = ?", (text, f"s{number}"))


def measure(count: int = SESSIONS) -> Took:
    """Make a log of that many sessions, and query it as its place does."""
    app = QApplication(["bench", *STYLE])
    # Both are painted in the app's theme, which costs more than the default one.
    theme = Theme(app, Appearance.LIGHT)
    texts = notes(count)
    with tempfile.TemporaryDirectory() as folder:
        vault = make_vault(Path(folder) / "vault").open(SystemClock())
        fill(vault.log, texts)
        began = time.perf_counter()
        while vault.log.summaries.refresh(200):
            pass
        settling_s = time.perf_counter() - began
        book = LogService(vault, RecordingService(vault, None, None), SystemClock())
        peer = _peer(Path(folder) / "peer.db", texts)
        before = held_mb()
        search, peer_search = [], []
        for typed in TYPED * 3:
            search.append(_took(lambda typed=typed: _search(book, typed)))
            peer_search.append(_took(lambda typed=typed: _peer_search(peer, typed)))
        peer.close()
        table = Table("bench", "bench", columns(), sort_by="began", descending=True, fills=True)
        table.show_from(LogRows(book, SessionQuery()))
        scroll = _scroll(app, table)
        grew = held_mb() - before
        peer_scroll = _scroll(app, _bare(book))
        size = (Path(folder) / "vault" / "log.db").stat().st_size / 1e6
        vault.close()
    theme.deleteLater()
    return Took(settling_s, search, peer_search, scroll, peer_scroll, size, grew)


def _search(book: LogService, typed: str) -> None:
    """Run all that one keystroke asks of the log: matching sessions, their number, the visible rows with snippets."""
    rows = LogRows(book, SessionQuery())
    rows.arrange("began", descending=True, words=typed)
    rows.window(0, 64)


def _peer(path: Path, texts: list[str]) -> sqlite3.Connection:
    peer = sqlite3.connect(path)
    peer.execute("CREATE VIRTUAL TABLE notes USING fts5 (told, tokenize = 'unicode61 remove_diacritics 2')")
    peer.executemany("INSERT INTO notes (told) VALUES (?)", ((text,) for text in texts))
    peer.commit()
    return peer


def _peer_search(peer: sqlite3.Connection, typed: str) -> None:
    wanted = " ".join(f'"{word}"*' for word in typed.split())
    found = peer.execute("SELECT rowid FROM notes WHERE notes MATCH ? ORDER BY rowid DESC", (wanted,)).fetchall()
    ids = [row for (row,) in found[:64]]
    marks = ", ".join("?" * len(ids))
    peer.execute(
        f"SELECT snippet(notes, 0, '', '', '…', 14) FROM notes WHERE notes MATCH ? AND rowid IN ({marks})",
        (wanted, *ids),
    ).fetchall()


class _Words(QAbstractTableModel):
    """Words that are all in memory."""

    def __init__(self, rows):
        super().__init__()
        self._rows = rows

    def rowCount(self, parent=None):  # noqa: N802
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent=None):  # noqa: N802
        return 0 if parent is not None and parent.isValid() else len(self._rows[0])

    def data(self, index, role=0):
        return self._rows[index.row()][index.column()] if role == 0 else None


def _bare(book: LogService) -> QTableView:
    rows = LogRows(book, SessionQuery())
    rows.arrange("began", descending=True, words="")
    view = QTableView()
    view.words = _Words([[cell.words for cell in row.cells] for row in rows.window(0, rows.count())])
    view.setModel(view.words)
    for at, column in enumerate(columns()):
        view.setColumnHidden(at, not column.shown)
    view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    return view


def _scroll(app: QApplication, view: QTableView) -> list[float]:
    """Scroll through the list, page by page and then back in large jumps; return each frame's milliseconds."""
    view.resize(*_SIZE)
    view.show()
    app.processEvents()
    bar = view.verticalScrollBar()
    page = max(1, bar.pageStep())
    places = [*range(0, bar.maximum(), page), *range(bar.maximum(), 0, -page * 37)]

    def frame(place: int) -> None:
        bar.setValue(place)
        view.viewport().repaint()

    took = [_took(lambda place=place: frame(place)) for place in places]
    view.hide()
    return took


def _took(act: Callable[[], None]) -> float:
    began = time.perf_counter()
    act()
    return 1000.0 * (time.perf_counter() - began)


def held_mb() -> float:
    """Return the current memory of this process."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGESIZE") / 1e6


def by_child(count: int = SESSIONS) -> Took:
    """Measure in a separate process, without a screen."""
    done = subprocess.run(
        [sys.executable, __file__, str(count)],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=True,
    )
    return Took(**json.loads(done.stdout.splitlines()[-1]))


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    print(json.dumps(asdict(measure(int(sys.argv[1]) if len(sys.argv) > 1 else SESSIONS))))
