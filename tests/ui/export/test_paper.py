import shutil
import subprocess

import pytest

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.ui.export import paper


def test_a_text_becomes_a_pdf_that_another_program_reads(qapp, tmp_path):
    assert shutil.which("pdftotext"), "poppler-utils is among the packages for tests"
    path = tmp_path / "report.pdf"
    paper.save_pdf(path, "<h1>Wednesday group</h1><p>Six sessions were held.</p>", "Wednesday group")

    read = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True).stdout
    assert "Wednesday group" in read
    assert "Six sessions were held." in read
    assert path.stat().st_mode & 0o077 == 0


def test_a_pdf_never_overwrites_a_file(qapp, tmp_path):
    path = tmp_path / "report.pdf"
    path.write_bytes(b"mine")
    with pytest.raises(Trouble) as raised:
        paper.save_pdf(path, "<p>x</p>", "x")

    assert raised.value.code is TroubleCode.EXPORT_EXISTS
    assert path.read_bytes() == b"mine"
