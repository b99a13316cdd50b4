"""Spoiled or malicious project files and codebooks: read within bounds, or refused with a ProjectFileError."""

from __future__ import annotations

import contextlib
import io
import warnings
import zipfile

from foreign_projects import FILES
from refi_projects import many_codings, project
from spoiling import shuffled, spoiled

from balint_desktop.domain.analysis.file_agreement import ComparedUnit, project_agreement
from balint_desktop.domain.analysis.placing import placed_codings
from balint_desktop.domain.analysis.refi_read import ProjectFileError, read_qdc, read_qdpx
from balint_desktop.domain.analysis.refi_write import codebook_to_qdc, project_to_qdpx

_PROJECTS = [project_to_qdpx(project()), project_to_qdpx(many_codings(30, sources=2, length=2_000)), *FILES.values()]
_BOOK = codebook_to_qdc(project().codes, "Balint Desktop 1")
_TAGS = ("Code", "Codes", "Coding", "CodeRef", "TextSource", "PlainTextSelection", "Note", "NoteRef", "Case", "User")
_VALUES = ("", "-1", "9" * 30, "9" * 5000, "NaN", "1e3", " 7 ", "1_0", "٣", "0x4", "internal://../../x", "\ufeff", "{}")


def project_file(rng, folder):
    """A project, ours or as another program writes it, spoiled as a file."""
    _read(spoiled(rng, rng.choice(_PROJECTS), most=6))


def project_parts(rng, folder):
    """A project whose members are spoiled, doubled or renamed, or whose XML is shuffled but may still be read."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(rng.choice(_PROJECTS))) as before, zipfile.ZipFile(out, "w") as after:
        for member in before.namelist():
            data, name = before.read(member), member
            if name == "project.qde":
                data = _shuffled(rng, data) if rng.random() < 0.8 else spoiled(rng, data, most=3)
            elif rng.random() < 0.3:
                data = spoiled(rng, data, most=3)
            elif rng.random() < 0.1:
                name = rng.choice(("../" + name, "/" + name, name.upper(), name + "\0x", "Project.qde"))
            with warnings.catch_warnings():
                # Of a name that is there already.
                warnings.simplefilter("ignore")
                after.writestr(name, data)
    _read(out.getvalue())


def codebook_file(rng, folder):
    """A codebook, spoiled or shuffled."""
    data = _shuffled(rng, _BOOK) if rng.random() < 0.5 else spoiled(rng, _BOOK)
    with contextlib.suppress(ProjectFileError):
        assert all(isinstance(code.name, str) for code in read_qdc(data))


def _shuffled(rng, data):
    """Return XML with some elements moved, doubled, taken out or renamed, or with other values in their attributes."""

    def changed(one):
        if one.attrib:
            one.attrib[rng.choice(sorted(one.attrib))] = rng.choice(_VALUES)

    return shuffled(rng, data, 5, lambda root: f"{root.tag.partition('}')[0]}}}{rng.choice(_TAGS)}", changed)


def _read(data):
    with contextlib.suppress(ProjectFileError):
        found = read_qdpx(data)
        codes, texts = {code.guid for code in found.codes}, {source.guid: source.text for source in found.sources}
        assert all(one.code in codes and one.source in texts for one in found.codings)
        assert all(abs(one.begin) < 10**9 and abs(one.end) < 10**9 for one in found.codings)
        assert all("\r" not in text for text in texts.values())
        for unit in ComparedUnit:
            with contextlib.suppress(ValueError):
                for _, figures in project_agreement(found, unit):
                    assert figures.jaccard is None or 0 <= figures.jaccard <= 1
                    assert figures.alpha is None or -1 <= figures.alpha <= 1
        for guid, text in texts.items():
            placed = placed_codings(text, [one for one in found.codings if one.source == guid])
            assert all(0 <= one.begin < one.end <= len(text) for one in placed.placed)
        # What was read can be written, unless two have one name.
        with contextlib.suppress(ValueError):
            project_to_qdpx(found)
