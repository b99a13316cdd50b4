"""The pictures in Help, in each language and look, from the running window.

make help-pictures

Written anew where a page has changed. A picture shows the page without the navigation, hardly wider than Help shows it
at text of 100 %, so that what is read in it has about the size of the text around it, and as high as it needs to be. It
has at most 64 colours, which is what the pages need.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_LOGGING_RULES", "*.warning=false")

import pytest
from pages.walk import Walk
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QScrollArea

from balint_desktop.i18n import SOURCE, available
from balint_desktop.ui.theme.theme import STYLE

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "help" / "pictures"
# Which page each picture is of, by the names of the walk, and how wide and at least how high it is.
PICTURES = {
    "get-ready": ("get-ready", 920, 480),
    "room-phase-4-reflection": ("room", 1000, 600),
    "debrief": ("debrief", 880, 480),
}
# A picture of the dimmed room would be too dark to be printed: the dark one stands for it.
_LOOKS = ("light", "dark", "high-contrast")
_HIGHEST, _STEP = 1000, 10
_COLOURS = 64


def main() -> int:
    # The example's sessions are in the afternoon there.
    os.environ.update(TZ="Pacific/Auckland", LC_ALL="en_NZ.UTF-8")
    time.tzset()
    app = QApplication(["help-pictures", *STYLE])
    for language in available():
        folder = FOLDER if language == SOURCE else FOLDER / language
        folder.mkdir(parents=True, exist_ok=True)
        for look in _LOOKS:
            _take(app, folder, language, look)
    size = sum(path.stat().st_size for path in FOLDER.rglob("*.png"))
    print(f"{len(list(FOLDER.rglob('*.png')))} pictures, {size / 1000:.0f} kB, in {FOLDER}")
    return 0


def _take(app: QApplication, folder: Path, language: str, look: str) -> None:
    with (
        tempfile.TemporaryDirectory(prefix="pages-") as data,
        pytest.MonkeyPatch.context() as patch,
        Walk(app, Path(data), patch, look=look, language=language) as walk,
    ):
        for name in walk.session_pages():
            if name in PICTURES:
                picture, width, height = PICTURES[name]
                _fit(walk, width, height)
                taken = walk.page.grab().toImage()
                _few_colours(taken).save(str(folder / f"{picture}{_ending(look)}.png"))


def _fit(walk: Walk, width: int, height: int) -> None:
    """Make the page so wide, and high enough for all that is on it."""
    beside = walk.shell.width() - walk.page.width()
    # From above: where a page scrolls, it may need more room than it would without a scroll bar.
    high = _HIGHEST
    while high >= height and not _scrolls_at(walk, width + beside, high):
        high -= _STEP
    _scrolls_at(walk, width + beside, high + _STEP)


def _scrolls_at(walk: Walk, width: int, height: int) -> bool:
    walk.shell.resize(width, height)
    walk.settle()
    areas = [one for one in walk.page.findChildren(QScrollArea) if one.isVisibleTo(walk.page)]
    return any(one.verticalScrollBar().maximum() for one in areas)


def _few_colours(picture: QImage) -> QImage:
    """Return a picture in the colours it uses most, without patterns of dots."""
    plain = picture.convertToFormat(QImage.Format.Format_RGB32)
    used = Counter(memoryview(plain.constBits()).cast("I"))
    palette = [colour for colour, _ in used.most_common(_COLOURS)]
    return plain.convertToFormat(QImage.Format.Format_Indexed8, palette, Qt.ImageConversionFlag.ThresholdDither)


def _ending(look: str) -> str:
    return "" if look == "light" else f"-{look}"


if __name__ == "__main__":
    sys.exit(main())
