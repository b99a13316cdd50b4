"""What the page of coding files asks: what goes to coders, what comes back, and how it is opened."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from balint_desktop.domain.analysis.project_work import NamesInFile
from balint_desktop.domain.analysis.study import AnalysisStudy
from balint_desktop.reports.analysis.coder_export import CopyFor
from balint_desktop.vault.coding_admission import Arrival
from balint_desktop.vault.coding_files import ArrivedFile, FilesOverview
from balint_desktop.vault.log.studies import CodingFileKind
from balint_desktop.vault.program_files import OpenedFile


class CodingFilesService(Protocol):
    """Coding files of the studies of an open vault. All methods raise Trouble, and are called in a thread."""

    def overview(self, study: str) -> FilesOverview:
        """Return the coding files of a study, both ways."""
        ...

    def write_parcel(self, who: CopyFor, path: Path) -> None:
        """Write a sealed coding file for a coder."""
        ...

    def export_word(self, who: CopyFor, folder: Path) -> int:
        """Write a Word copy of each text for a coder into a folder; return how many."""
        ...

    def export_project(self, who: CopyFor, path: Path, *, with_framework: bool) -> None:
        """Write the texts as a project for a coder's software; what an independent coder had is stated in the study."""
        ...

    def lines_to_print(self, who: CopyFor) -> tuple[AnalysisStudy, str]:
        """Return the study, and its texts as HTML with numbered lines."""
        ...

    def note_printed(self, who: CopyFor, html: str) -> None:
        """Record that lines were printed for a coder."""
        ...

    def arrive(self, path: Path) -> ArrivedFile:
        """Keep a sealed file by the study it belongs to, or import it where it was sent to this vault."""
        ...

    def receive_file(self, study: str, path: Path, kind: CodingFileKind, who: CopyFor) -> None:
        """Seal a file of another program, as it came from a coder."""
        ...

    def receive_comments(self, study: str, path: Path, author: str) -> str:
        """Seal a Word file with somebody's comments, which are nobody's coding; return its id."""
        ...

    def open_file(self, study: str, file: str, *, name_in_file: str, late: Arrival) -> OpenedFile | NamesInFile:
        """Open a file that came, and take it in where it may be."""
        ...

    def export_back(self, study: str, round_number: int, path: Path) -> None:
        """Seal one's own closed round for the study that it came from."""
        ...
