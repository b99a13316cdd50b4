"""How many words each page has, as a table; more than 120 need a reason.

make words
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from pages.reading import count_words
from pages.walk import Walk
from PySide6.QtWidgets import QApplication

from balint_desktop.ui.theme.theme import STYLE

MOST = 120
# Pages that have more, by the beginning of their names, and why.
LONG_PAGES = {
    "room": "the phase, the situations and the words to say, so that nobody has to look for them in the room",
    "evaluation": "the core questions stand whole beside the situations, so that nobody has to look for them either",
    "get-ready-online": "which output the call plays on, and whether it is heard twice, are asked of a call alone",
    "group-teaching-retention": "a table of all that is stored, which counts as words, and what can be done about it",
    "settings-formats": "six formats, each with its name and what it is: a list that is looked through, not read",
    "written-part": "twelve statements with five numbers each, which count as words, read by one person at a time",
    "help": "a page of Help is read once, at leisure, instead of a paragraph on each page it explains",
}


def main() -> int:
    app = QApplication(["words", *STYLE])
    counted = {}
    with (
        tempfile.TemporaryDirectory(prefix="pages-") as folder,
        pytest.MonkeyPatch.context() as patch,
        Walk(app, Path(folder), patch) as walk,
    ):
        for name in walk.pages(deep="--deep" in sys.argv):
            counted[name] = count_words(walk.page)
    print(table(counted))
    return 0


def table(counted: dict[str, int]) -> str:
    """Return the table of the pages and their words."""
    wide = max(map(len, counted))
    rows = [f"{name:<{wide}}  {n:>5}{_remark(name, n)}" for name, n in counted.items()]
    over = sum(n > MOST for n in counted.values())
    return "\n".join(
        (*rows, "", f"{len(counted)} pages, {sum(counted.values())} words, {over} pages over {MOST} words")
    )


def _remark(name: str, n: int) -> str:
    if n <= MOST:
        return ""
    reason = next((why for beginning, why in LONG_PAGES.items() if name.startswith(beginning)), "no reason")
    return f"  over: {reason}"


if __name__ == "__main__":
    raise SystemExit(main())
