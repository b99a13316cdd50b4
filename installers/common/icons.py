"""Write the program's icon in the form of each system, from the one drawing.

python installers/common/icons.py FOLDER    writes balint-desktop.ico and balint-desktop.icns there
"""

from __future__ import annotations

import struct
import sys
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

ROOT = Path(__file__).resolve().parents[2]
DRAWING = ROOT / "resources" / "icons" / "balint-desktop.svg"
NAME = "balint-desktop"
# What Explorer, the taskbar and Alt+Tab ask for at 100 to 400 %.
ICO_PX = (16, 20, 24, 32, 40, 48, 64, 96, 128, 256)
# The types of an icns that hold a PNG (Apple's icon services), and their pixels.
ICNS_PX = {
    b"icp4": 16,
    b"icp5": 32,
    b"ic11": 32,
    b"ic12": 64,
    b"ic07": 128,
    b"ic13": 256,
    b"ic08": 256,
    b"ic14": 512,
    b"ic09": 512,
    b"ic10": 1024,
}
_WHOLE_BYTE = 256


def write_icon(folder: Path, name: str, platform: str) -> Path | None:
    """Write the icon that a system's programs carry, and return its path; None where the package brings it."""
    if platform not in {"win32", "darwin"}:
        return None
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.{'ico' if platform == 'win32' else 'icns'}"
    path.write_bytes(ico() if platform == "win32" else icns())
    return path


def ico() -> bytes:
    """Return the icon for Windows: a directory, then one PNG per size."""
    pictures = [png(size) for size in ICO_PX]
    head = struct.pack("<HHH", 0, 1, len(pictures))
    at = len(head) + 16 * len(pictures)
    for size, picture in zip(ICO_PX, pictures, strict=True):
        # 256 pixels are written as 0.
        side = size % _WHOLE_BYTE
        head += struct.pack("<BBBBHHII", side, side, 0, 0, 1, 32, len(picture), at)
        at += len(picture)
    return head + b"".join(pictures)


def icns() -> bytes:
    """Return the icon for macOS: a magic word and the length, then each size with its type and length."""
    pieces = b""
    for kind, size in ICNS_PX.items():
        picture = png(size)
        pieces += kind + struct.pack(">I", 8 + len(picture)) + picture
    return b"icns" + struct.pack(">I", 8 + len(pieces)) + pieces


def png(size: int) -> bytes:
    """Return the drawing as a square PNG."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(DRAWING)).render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data().data())


if __name__ == "__main__":
    for system in ("win32", "darwin"):
        print(write_icon(Path(sys.argv[1]), NAME, system))
