"""What a file of another program is, by the names of its parts."""

from __future__ import annotations

import io
import zipfile

import pytest
from word_copies import Copy, word_file

from balint_desktop.domain.analysis.file_outside import looks_like_project, looks_like_word


def zipped(*names):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        for name in names:
            file.writestr(name, "not read")
    return made.getvalue()


def test_a_word_copy_and_a_project_are_told_by_their_parts():
    word, project = word_file(Copy("A text")), zipped("project.qde", "sources/a.txt")

    assert (looks_like_word(word), looks_like_project(word)) == (True, False)
    assert (looks_like_word(project), looks_like_project(project)) == (False, True)


@pytest.mark.parametrize(
    "data",
    [b"", b"PK", b"words", zipped(), zipped("a.txt")],
    ids=["none", "sign", "text", "empty", "other"],
)
def test_what_is_neither_is_neither(data):
    assert not looks_like_word(data)
    assert not looks_like_project(data)
