"""Prints the result of importing each file of `import_cases.py`, or files named: seconds, level, and messages.

PYTHONPATH=tests .venv/bin/python tests/import_table.py [FILE ...]
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from import_cases import CASES, written

from balint_desktop.capture.convert_handle import ConvertedSound
from balint_desktop.domain.file_name import printable_name
from balint_desktop.domain.import_report import ImportReport
from balint_desktop.domain.trouble import Trouble
from balint_desktop.text.imports import imported
from balint_desktop.text.trouble import sentence

_WIDTH = 36


def outcome(path: Path) -> tuple[ImportReport | None, str]:
    """Return the outcome for a file, and its message."""
    sound = ConvertedSound(path)
    try:
        for _ in sound.chunks():
            pass
    except Trouble as trouble:
        return None, sentence(trouble)
    return sound.report, imported(printable_name(path.name), sound.report)


def row(name: str, right_s: float | None, path: Path) -> str:
    """Return one row."""
    report, words = outcome(path)
    right = "" if right_s is None else f"{right_s:8.2f}"
    if report is None:
        return f"{name:{_WIDTH}} {right:>8} {'-':>8} {'-':>8} {'-':>6}  {words}"
    level = "" if report.against_loudest_db is None else f"{report.against_loudest_db:+.1f}"
    return f"{name:{_WIDTH}} {right:>8} {report.read_s:8.2f} {report.kept_s:8.2f} {level:>6}  {words}"


def main(files: list[str]) -> None:
    """Print the table."""
    print(f"{'file':{_WIDTH}} {'right':>8} {'read':>8} {'kept':>8} {'level':>6}  said")
    if files:
        for file in files:
            print(row(printable_name(Path(file).name), None, Path(file)), flush=True)
        return
    with tempfile.TemporaryDirectory() as folder:
        for case in CASES:
            print(row(case.name, None if case.refused else case.seconds, written(case, Path(folder))), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
