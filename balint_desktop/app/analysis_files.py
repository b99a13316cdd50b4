"""The coding files of an open vault, as the page of coding files asks for them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from balint_desktop import __version__
from balint_desktop.domain.analysis.file_outside import looks_like_project, looks_like_word
from balint_desktop.domain.analysis.project_work import FileWork, NamesInFile
from balint_desktop.domain.analysis.study import AnalysisStudy, AuthorRole
from balint_desktop.domain.file_name import printable_name
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.reports.analysis.coder_export import CoderExport, CopyFor
from balint_desktop.sealed import disk
from balint_desktop.vault.coding_admission import Arrival
from balint_desktop.vault.coding_files import ArrivedFile, CodingFiles, FilesOverview
from balint_desktop.vault.log.studies import CodingFileKind
from balint_desktop.vault.program_files import OpenedFile, ProgramFiles
from balint_desktop.vault.studies import AnalysisStudies

# By their outside alone.
_LOOKS_LIKE = {CodingFileKind.WORD: looks_like_word, CodingFileKind.PROJECT: looks_like_project}


class AnalysisFiles:
    """Fits an open vault to `ui/analysis/files_deps.py: CodingFilesService`. Any thread."""

    def __init__(self, studies: AnalysisStudies) -> None:
        self._studies = studies
        self._files = CodingFiles(studies)
        self._export = CoderExport(studies, self._files, __version__)
        self._programs = ProgramFiles(studies, self._files)

    def overview(self, study: str) -> FilesOverview:
        """Return the coding files of a study, both ways."""
        return self._files.overview(study)

    # --- to a coder ---

    def write_parcel(self, who: CopyFor, path: Path) -> None:
        """Write a sealed coding file for a coder. It has the framework where the round has one."""
        self._files.write_parcel(who.study, who.round, who.author, path)
        given = self._studies.given_codes(who.study, who.round, who.author)
        self._note_given(who, with_framework=bool(given.codes))

    def export_word(self, who: CopyFor, folder: Path) -> int:
        """Write a Word copy of each text for a coder into a folder; return how many."""
        written = len(self._export.export_word(who, folder))
        self._note_given(who, with_framework=False)
        return written

    def export_project(self, who: CopyFor, path: Path, *, with_framework: bool) -> None:
        """Write the texts as a project for a coder's software."""
        self._export.export_project(who, path, with_framework=with_framework)
        self._note_given(who, with_framework=with_framework)

    def lines_to_print(self, who: CopyFor) -> tuple[AnalysisStudy, str]:
        """Return the study, and its texts as HTML with numbered lines."""
        return self._export.lines_to_print(who)

    def note_printed(self, who: CopyFor, html: str) -> None:
        """Record that lines were printed for a coder."""
        self._export.note_printed(who, html)
        self._note_given(who, with_framework=False)

    def _note_given(self, who: CopyFor, *, with_framework: bool) -> None:
        """State in the study whether the independent coder ever had the framework: its methods say so."""
        study = self._studies.open(who.study).study
        has_had = bool(study.independent_had_framework) or with_framework
        is_independent = study.author(who.author).role is AuthorRole.INDEPENDENT
        if is_independent and study.independent_had_framework is not has_had:
            self._studies.save_study(replace(study, independent_had_framework=has_had))

    # --- back ---

    def arrive(self, path: Path) -> ArrivedFile:
        """Keep a sealed file by the study it belongs to, or import it where it was sent to this vault."""
        return self._files.arrive(_read(path), printable_name(path.name))

    def receive_file(self, study: str, path: Path, kind: CodingFileKind, who: CopyFor) -> None:
        """Seal a file of another program, as it came from a coder. Raise Trouble CODING_FILE_UNREADABLE.

        Only the names of its parts are looked at: nobody's coding is read before it may be.
        """
        self._files.receive_file(study, _read_as(kind, path), kind, who.author, who.round)

    def receive_comments(self, study: str, path: Path, author: str) -> str:
        """Seal a Word file with somebody's comments, which are nobody's coding; return its id.

        Raise Trouble CODING_FILE_UNREADABLE.
        """
        data = _read_as(CodingFileKind.WORD, path)
        return self._files.receive_file(study, data, CodingFileKind.WORD, author, None).id

    def open_file(self, study: str, file: str, *, name_in_file: str, late: Arrival) -> OpenedFile | NamesInFile:
        """Open a file that came, and take it in where it may be."""
        if self._files.received_row(study, file).kind is not CodingFileKind.PARCEL:
            return self._programs.open(study, file, name_in_file=name_in_file, late=late)
        taken = self._files.admit_return(study, file, late=late)
        return OpenedFile(taken, FileWork(taken.work, withdrawn=taken.moved))

    def export_back(self, study: str, round_number: int, path: Path) -> None:
        """Seal one's own closed round for the study that it came from."""
        self._files.export_back(study, round_number, path)


def _read_as(kind: CodingFileKind, path: Path) -> bytes:
    """Return a file that looks as one of its kind does. Raise Trouble CODING_FILE_UNREADABLE."""
    data = _read(path)
    if not _LOOKS_LIKE[kind](data):
        raise Trouble(TroubleCode.CODING_FILE_UNREADABLE, name=printable_name(path.name))
    return data


def _read(path: Path) -> bytes:
    try:
        return disk.read_small_file(path)
    except OSError as error:
        raise Trouble(TroubleCode.CODING_FILE_UNREADABLE, name=printable_name(path.name)) from error
