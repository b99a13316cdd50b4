"""Read a codebook file of other software, and say what became of its codes."""

from __future__ import annotations

from pathlib import Path

from balint_desktop.domain.analysis.codebook_import import ImportedCodes
from balint_desktop.domain.analysis.project import ProjectCode
from balint_desktop.domain.analysis.refi_read import CodebookTooLargeError, ProjectFileError, read_qdc
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.i18n import tr_n
from balint_desktop.sealed import disk


def read_codebook(path: Path) -> tuple[ProjectCode, ...]:
    """Return the codes of a .qdc file. Raise Trouble: CODEBOOK_FILE_MISSING, _DAMAGED, _LARGE, _EMPTY."""
    try:
        codes = read_qdc(disk.read_small_file(path))
    except OSError as error:
        raise Trouble(TroubleCode.CODEBOOK_FILE_MISSING, name=path.name) from error
    except CodebookTooLargeError as error:
        raise Trouble(TroubleCode.CODEBOOK_FILE_LARGE, name=path.name) from error
    except ProjectFileError as error:
        raise Trouble(TroubleCode.CODEBOOK_FILE_DAMAGED, name=path.name) from error
    if not any(one.name.strip() for one in codes):
        raise Trouble(TroubleCode.CODEBOOK_FILE_EMPTY, name=path.name)
    return codes


def imported_words(imported: ImportedCodes) -> str:
    """Return how many codes are new, and how many were there."""
    added = tr_n("{n} code imported.", "{n} codes imported.", imported.added).format(n=imported.added)
    if not imported.known:
        return added
    known = tr_n(
        "{n} has the name of a code that is there, which is unchanged.",
        "{n} have names of codes that are there, which are unchanged.",
        imported.known,
    )
    return f"{added} {known.format(n=imported.known)}"
