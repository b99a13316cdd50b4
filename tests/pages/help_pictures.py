"""The pictures in Help, in each language and in light and dark, from the running window.

make help-pictures

Written anew where a page has changed. A picture has at most 256 colours, which is what the pages need.
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
from PySide6.QtWidgets import QApplication

from balint_desktop.i18n import SOURCE, available
from balint_desktop.ui.theme.theme import STYLE

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "help" / "pictures"
# Which page each picture is of, by the names of the walk.
PICTURES = {"get-ready": "get-ready", "room-phase-4-reflection": "room", "debrief": "debrief"}
_COLOURS = 256


def main() -> int:
    # The example's sessions are in the afternoon there.
    os.environ.update(TZ="Pacific/Auckland", LC_ALL="en_NZ.UTF-8")
    time.tzset()
    app = QApplication(["help-pictures", *STYLE])
    for language in available():
        folder = FOLDER if language == SOURCE else FOLDER / language
        folder.mkdir(parents=True, exist_ok=True)
        for look in ("light", "dark"):
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
                picture = walk.shell.grab().toImage()
                _few_colours(picture).save(str(folder / f"{PICTURES[name]}{_ending(look)}.png"))


def _few_colours(picture: QImage) -> QImage:
    """Return a picture in the colours it uses most, without patterns of dots."""
    plain = picture.convertToFormat(QImage.Format.Format_RGB32)
    used = Counter(memoryview(plain.constBits()).cast("I"))
    palette = [colour for colour, _ in used.most_common(_COLOURS)]
    return plain.convertToFormat(QImage.Format.Format_Indexed8, palette, Qt.ImageConversionFlag.ThresholdDither)


def _ending(look: str) -> str:
    return "-dark" if look == "dark" else ""


if __name__ == "__main__":
    sys.exit(main())
