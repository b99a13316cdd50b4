"""Reads exported files with other programs: LibreOffice for spreadsheets, poppler for PDFs."""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
import subprocess
import tempfile
import unicodedata
from pathlib import Path

from waiting import GENEROUS_S

# UTF-8, comma, quotes, cells as shown, each sheet into a separate file: options of LibreOffice's CSV filter.
_FILTER = "csv:Text - txt - csv (StarCalc):44,34,76,1,,1033,false,true,false,false,false,-1"
# Text in UTF-8, as chosen in the dialog.
_HOW = {".xlsx": (), ".csv": ("--infilter=CSV:44,34,76,1,,1033",)}
_ENVIRONMENT = os.environ | {"LC_ALL": "C.UTF-8"}
# LibreOffice starts slowly.
_LONGEST_S = 5 * GENEROUS_S


def by_libreoffice(*files: Path) -> list[dict[str, list[list[str]]]]:
    """Open files in LibreOffice, all of one kind in one start; return for each its sheets as rows of texts.

    A CSV has one sheet, which is called "". Days are read as the United States write them, whatever this machine is.
    """
    office = shutil.which("soffice")
    assert office, "libreoffice-calc-nogui is among the packages for tests"
    with tempfile.TemporaryDirectory(prefix="office-") as aside:
        start = [office, "--headless", f"-env:UserInstallation=file://{aside}/profile"]
        for ending, how in _HOW.items():
            asked = [str(file) for file in files if file.suffix == ending]
            if asked:
                to = ["--convert-to", _FILTER, "--outdir", f"{aside}/out{ending}"]
                subprocess.run(
                    [*start, *how, *to, *asked],
                    check=True,
                    capture_output=True,
                    timeout=5 * GENEROUS_S,
                    env=_ENVIRONMENT,
                )
        return [_sheets(Path(f"{aside}/out{file.suffix}"), file) for file in files]


def printed_by_libreoffice(file: Path) -> Path:
    """Print a spreadsheet in LibreOffice; return the PDF, beside it."""
    office = shutil.which("soffice")
    assert office, "libreoffice-calc-nogui is among the packages for tests"
    with tempfile.TemporaryDirectory(prefix="office-") as aside:
        start = [office, "--headless", f"-env:UserInstallation=file://{aside}/profile", "--convert-to", "pdf"]
        subprocess.run(
            [*start, "--outdir", str(file.parent), str(file)],
            check=True,
            capture_output=True,
            timeout=_LONGEST_S,
            env=_ENVIRONMENT,
        )
    return file.with_suffix(".pdf")


def text_by_libreoffice(file: Path) -> str:
    """Return the text of a document as LibreOffice writes it, a line a paragraph."""
    office = shutil.which("soffice")
    assert office, "libreoffice-writer-nogui is among the packages for tests"
    with tempfile.TemporaryDirectory(prefix="office-") as aside:
        start = [office, "--headless", f"-env:UserInstallation=file://{aside}/profile"]
        subprocess.run(
            [*start, "--convert-to", "txt:Text (encoded):UTF8", "--outdir", aside, str(file)],
            check=True,
            capture_output=True,
            timeout=_LONGEST_S,
            env=_ENVIRONMENT,
        )
        found = Path(aside) / f"{file.stem}.txt"
        assert found.exists(), "libreoffice-writer-nogui is among the packages for tests"
        return found.read_text("utf-8-sig").replace("\r\n", "\n")


def by_pdftotext(path: Path, *options: str) -> str:
    """Return the laid-out text of a PDF as poppler reads it, with ligatures as letters."""
    assert shutil.which("pdftotext"), "poppler-utils is among the packages for tests"
    read = ["pdftotext", "-layout", *options, str(path), "-"]
    text = subprocess.run(read, capture_output=True, text=True, check=True).stdout
    return re.sub("[\ufb00-\ufb04]", lambda sign: unicodedata.normalize("NFKC", sign.group()), text)


def pages_of(path: Path) -> int:
    """Return the number of pages in a PDF, by poppler."""
    text = subprocess.run(["pdfinfo", str(path)], capture_output=True, text=True, check=True).stdout
    return int(next(line.split()[1] for line in text.splitlines() if line.startswith("Pages:")))


def fonts_of(path: Path) -> dict[str, bool]:
    """Return each font of a PDF without its subset's tag, and whether it is embedded, by poppler."""
    text = subprocess.run(["pdffonts", str(path)], capture_output=True, text=True, check=True).stdout
    heading, _rule, *lines = text.splitlines()
    embedded = heading.index("emb")
    return {line.split()[0].split("+")[-1]: line[embedded:].startswith("yes") for line in lines}


def csv_rows(data: bytes) -> list[dict[str, str]]:
    """Return a CSV's rows by Python's own reader."""
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def _sheets(out: Path, file: Path) -> dict[str, list[list[str]]]:
    found = {}
    for path in sorted(out.glob(f"{file.stem}*.csv")):
        name = path.stem.removeprefix(file.stem).removeprefix("-")
        found["" if file.suffix == ".csv" else name] = list(
            csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline=""))
        )
    return found
