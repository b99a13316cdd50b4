"""What a coding file is by its name, what a file chooser offers, and what is said of a file that is none."""

from __future__ import annotations

from pathlib import Path

from balint_desktop.domain.analysis.parcel import CODES_ENDING, PARCEL_ENDING
from balint_desktop.domain.file_name import printable_name
from balint_desktop.i18n import tr
from balint_desktop.reports.analysis.coder_export import PROJECT_ENDING, WORD_ENDING
from balint_desktop.vault.log.studies import CodingFileKind

KIND_OF = {WORD_ENDING: CodingFileKind.WORD, PROJECT_ENDING: CodingFileKind.PROJECT}
"""What a file of another program is, by its ending."""
_SEALED = (PARCEL_ENDING, CODES_ENDING)


def is_coding_file(path: Path) -> bool:
    """Return whether a file is a sealed coding file, by its name."""
    return path.name.lower().endswith(_SEALED)


def other_file_words(path: Path) -> str:
    """Return what a file is that is no sealed coding file, and where it is added."""
    name, kind = printable_name(path.name), KIND_OF.get(path.suffix.lower())
    if kind is CodingFileKind.WORD:
        words = tr("“{file}” is a Word file. Open the study that it belongs to, then add it under “Coding files”.")
    elif kind is CodingFileKind.PROJECT:
        words = tr(
            "“{file}” is a project of other software. Open the study that it belongs to, then add it under “Coding "
            "files”."
        )
    else:
        words = tr("“{file}” is not a coding file. Nothing was added.")
    return words.format(file=name)


def coding_file_kinds(*, sealed_only: bool) -> str:
    """Return what a file chooser offers."""
    endings = _SEALED if sealed_only else (*_SEALED, *KIND_OF)
    return f"{tr('Coding files')} ({' '.join(f'*{one}' for one in endings)})"
