"""Coding files in the place: a file that came."""

from __future__ import annotations

from pathlib import Path

import pytest
from analysis_bench import (
    FakeFiles,
)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("a.docx", "“a.docx” is a Word file. Open the study"),
        ("a.QDPX", "“a.QDPX” is a project of other software. Open the study"),
        ("a.txt", "“a.txt” is not a coding file."),
    ],
)
def test_what_is_no_sealed_file_is_said_with_where_it_is_added(analysis, settle, messages, name, words):
    files = FakeFiles()
    place = analysis(files=lambda: files)
    place.files.ask_file = lambda *_: Path(name)

    place.studies.import_button.click()
    settle()

    assert messages.last.text.startswith(words)
    assert files.asked == []
