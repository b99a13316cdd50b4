"""Makes the copies of this folder: needs LibreOffice, and python-docx 1.2.0 in a Python of its own.

PYTHONPATH=.:tests python tests/domain/analysis/word_copies/make.py PYTHON_WITH_DOCX
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from xml.sax.saxutils import escape

from coded import COLOURS, COMMENTS
from word_copies import TEXT

from balint_desktop.domain.deidentify.approved import ApprovedText
from balint_desktop.reports.analysis.clean_copy import clean_copy

HERE = Path(__file__).parent


def main() -> None:
    """Write all copies."""
    (HERE / "clean.docx").write_bytes(clean_copy("Session 2", ApprovedText(1, TEXT, ())))
    with tempfile.TemporaryDirectory() as folder:
        _by_libreoffice(Path(folder))
    subprocess.run([sys.argv[1], HERE / "by_python_docx.py"], check=True)


def _by_libreoffice(folder: Path) -> None:
    _convert("fodt", HERE / "clean.docx", folder)
    file = folder / "clean.fodt"
    text = file.read_text(encoding="utf-8")
    for number, (words, until, who, says, done) in enumerate(COMMENTS):
        lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in says.split("\n"))
        begin = text.index(words, text.index("<office:text"))
        end = text.index(until, begin) + len(until) if until else begin + len(words)
        note = (
            f'<office:annotation office:name="a{number}" loext:resolved="{str(done).lower()}"><dc:creator>{who}'
            f"</dc:creator><dc:date>2026-11-03T10:00:00</dc:date>{lines}</office:annotation>"
        )
        text = f'{text[:begin]}{note}{text[begin:end]}<office:annotation-end office:name="a{number}"/>{text[end:]}'
    styles = ""
    for number, (words, colour, _) in enumerate(COLOURS):
        begin = text.index(words, text.index("<office:text"))
        text = f'{text[:begin]}<text:span text:style-name="H{number}">{words}</text:span>{text[begin + len(words) :]}'
        styles += (
            f'<style:style style:name="H{number}" style:family="text"><style:text-properties '
            f'fo:background-color="{colour}"/></style:style>'
        )
    file.write_text(text.replace("</office:automatic-styles>", f"{styles}</office:automatic-styles>", 1), "utf-8")
    _convert("docx:MS Word 2007 XML", file, folder)
    (HERE / "libreoffice.docx").write_bytes((folder / "clean.docx").read_bytes())


def _convert(kind: str, file: Path, folder: Path) -> None:
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run(["soffice", "--headless", profile, "--convert-to", kind, "--outdir", folder, file], check=True)


if __name__ == "__main__":
    main()
