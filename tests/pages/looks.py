"""Pictures of every page in every look and size, into build/looks (or build/looks/de): page-look-size.png.

    make looks                      all of them
    make looks ONLY=room LOOKS=dark SIZES=200

The sizes: text at 100 and 200 %, and x2, a scale factor of 2, all on a screen of 1280 by 720 pixels. Each look and size
is walked by a process of its own, since Qt takes the scale factor at its start. What is cut off is printed, and makes
the command fail; `--no-pictures` looks for that alone.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_LOGGING_RULES", "*.warning=false")

FOLDER = Path(__file__).resolve().parents[2] / "build" / "looks"
LOOKS = ("light", "dark", "high-contrast", "dim")
SIZES = ("100", "200", "x2")


def main() -> int:
    options = _parser().parse_args()
    if options.one:
        return _take(*options.one, options)
    folder_of(options.language).mkdir(parents=True, exist_ok=True)
    failed = 0
    with tempfile.TemporaryDirectory(prefix="screen-") as folder:
        # As a person sees them: in a locale that has one, and not in the C locale's own way of writing a day.
        environment = os.environ | {"QT_QPA_PLATFORM": screen(Path(folder)), "LC_ALL": "en_GB.UTF-8"}
        for look in options.looks or LOOKS:
            for size in options.sizes or SIZES:
                scaled = {"QT_SCALE_FACTOR": "2"} if size == "x2" else {}
                command = [sys.executable, "-m", "pages.looks", *sys.argv[1:], "--one", look, size]
                failed |= subprocess.run(command, env=environment | scaled, check=False).returncode
    return failed


def screen(folder: Path) -> str:
    """Return Qt's platform with a screen as large as the window, over which lists and calendars find their places."""
    size = {"width": 1280, "height": 720}
    described = folder / "screen.json"
    described.write_text(
        json.dumps({"screens": [{"name": "looks", "x": 0, "y": 0, **size, "logicalDpi": 96, "dpr": 1}]})
    )
    return f"offscreen:configfile={described}"


def folder_of(language: str) -> Path:
    """Return the folder of a language's pictures; English stands in the first."""
    return FOLDER / language if language else FOLDER


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Pictures of every page.")
    parser.add_argument("--only", default="", help="pages whose name begins so")
    parser.add_argument("--looks", nargs="*", choices=LOOKS)
    parser.add_argument("--sizes", nargs="*", choices=SIZES)
    parser.add_argument("--language", default="", help="a language of the app, or pseudo")
    parser.add_argument("--no-pictures", action="store_true", help="only say what is cut off")
    parser.add_argument("--deep", action="store_true", help="also what each button opens")
    parser.add_argument("--one", nargs=2, metavar=("LOOK", "SIZE"), help=argparse.SUPPRESS)
    return parser


def _take(look: str, size: str, options: argparse.Namespace) -> int:
    """Take the pictures of one look and size; return whether something is cut off."""
    import pytest  # noqa: PLC0415  in the process that walks
    from languages.pseudo import TAG, speak_pseudo  # noqa: PLC0415
    from pages.reading import cut_off  # noqa: PLC0415
    from pages.walk import SIZE, Walk, picture  # noqa: PLC0415
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415

    from balint_desktop.ui.theme.theme import STYLE  # noqa: PLC0415

    app = QApplication(["looks", *STYLE])
    taken, cut, language = 0, [], options.language
    window_size = SIZE if size != "x2" else (SIZE[0] // 2, SIZE[1] // 2)
    with (
        tempfile.TemporaryDirectory(prefix="pages-") as folder,
        pytest.MonkeyPatch.context() as patch,
    ):
        if language == TAG:
            speak_pseudo(patch)
        scale = 2.0 if size == "200" else 1.0
        walk = Walk(app, Path(folder), patch, look=look, scale=scale, size=window_size, language=language)
        with walk:
            for name in walk.pages(deep=options.deep):
                if name.startswith(options.only):
                    cut += [f"{name}: {one}" for shown in (walk.shell, *walk.popups()) for one in cut_off(shown)]
                    taken += 1
                    if not options.no_pictures:
                        picture(walk).save(str(folder_of(language) / f"{name}-{look}-{size}.png"))
    print(f"{look}, {size}: {taken} pages seen, pictures in {folder_of(language)}", *cut, sep="\n  ")
    return int(bool(cut))


if __name__ == "__main__":
    raise SystemExit(main())
