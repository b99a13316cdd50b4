"""Makes the copies of this folder: needs LibreOffice, and python-docx 1.2.0 in a Python of its own.

PYTHONPATH=.:tests python tests/domain/analysis/word_copies/make.py PYTHON_WITH_DOCX
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from xml.sax.saxutils import escape

from coded import COLOURS, COMMENTS, LOOKS, THREADS
from word_copies import TEXT, Copy, body_xml, document_xml, word_file

from balint_desktop.domain.deidentify.approved import ApprovedText
from balint_desktop.reports.analysis.clean_copy import clean_copy

HERE = Path(__file__).parent


def main() -> None:
    """Write all copies."""
    (HERE / "clean.docx").write_bytes(clean_copy("Session 2", ApprovedText(1, TEXT, ())))
    with tempfile.TemporaryDirectory() as folder:
        _by_libreoffice(Path(folder))
        _saved_by_libreoffice(Path(folder))
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


def _saved_by_libreoffice(folder: Path) -> None:
    """A copy in the manner of Word, with threads, tracked changes and a box of text, opened and saved again."""
    file, back = folder / "word.docx", folder / "saved"
    file.write_bytes(word_copy())
    _convert("docx:MS Word 2007 XML", file, back)
    (HERE / "libreoffice-saved.docx").write_bytes((back / "word.docx").read_bytes())


def word_copy() -> bytes:
    """Return a copy in the manner of Word, with all that another program opens it by."""
    body = body_xml(Copy(notes=THREADS, colours=LOOKS))
    mark = 'w:author="Coder 2" w:date="2026-11-03T10:00:00Z"'
    body = body.replace(
        "What is that like?</w:t></w:r>",
        f"What is </w:t></w:r><w:ins w:id='90' {mark}>{_run('really ')}</w:ins>{_run('that ')}"
        f"<w:del w:id='91' {mark}>{_run('like?', 'delText')}</w:del>",
    )
    box = f"<w:txbxContent><w:p>{_run('A note in a box')}</w:p></w:txbxContent>"
    shape = f'<v:shape style="width:100pt;height:50pt"><v:textbox>{box}</v:textbox></v:shape>'
    body += f'<w:p><w:r><w:pict xmlns:v="urn:schemas-microsoft-com:vml">{shape}</w:pict></w:r></w:p>'
    office = "http://schemas.openxmlformats.org"
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    types = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{kind}.{what}+xml"/>'
        for name, what in (
            *(("document", "document.main"), ("comments", "comments")),
            ("commentsExtended", "commentsExtended"),
        )
    )
    plain = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
    )
    related = f"{office}/officeDocument/2006/relationships"
    extended = "http://schemas.microsoft.com/office/2011/relationships/commentsExtended"
    parts = {
        "word/document.xml": document_xml(None, body),
        "[Content_Types].xml": f'<Types xmlns="{office}/package/2006/content-types">{plain}{types}</Types>',
        "_rels/.rels": _links(f"{related}/officeDocument", "word/document.xml"),
        "word/_rels/document.xml.rels": _links(f"{related}/comments", "comments.xml", extended, "commentsExtended.xml"),
    }
    return word_file(Copy(notes=THREADS, parts=parts))


def _run(words: str, inside: str = "t") -> str:
    return f"<w:r><w:{inside} xml:space='preserve'>{words}</w:{inside}></w:r>"


def _links(*kinds_and_targets: str) -> str:
    pairs = zip(kinds_and_targets[::2], kinds_and_targets[1::2], strict=True)
    links = (f'<Relationship Id="r{at}" Type="{kind}" Target="{to}"/>' for at, (kind, to) in enumerate(pairs))
    around = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{around}">{"".join(links)}</Relationships>'


def _convert(kind: str, file: Path, folder: Path) -> None:
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run(["soffice", "--headless", profile, "--convert-to", kind, "--outdir", folder, file], check=True)


if __name__ == "__main__":
    main()
