"""Open a coding file that another program made: one coder's work, placed on the approved texts, into their round."""

from __future__ import annotations

from dataclasses import dataclass

from balint_desktop.domain.analysis.project import Project
from balint_desktop.domain.analysis.project_work import (
    FileWork,
    NamesInFile,
    ProjectStamp,
    UnknownTextError,
    project_coders,
    project_work,
)
from balint_desktop.domain.analysis.refi_read import ProjectFileError, read_qdpx
from balint_desktop.domain.analysis.study import Author, StudyText
from balint_desktop.domain.deidentify.approved import ApprovedText
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.vault.coding_admission import Arrival, TakenCoding
from balint_desktop.vault.coding_files import CodingFiles
from balint_desktop.vault.log.studies import CodingFileKind, CodingFileRow, author_behind
from balint_desktop.vault.studies import AnalysisStudies, StudyContents


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """What became of a file that was opened, and what was read from it."""

    taken: TakenCoding
    read: FileWork


@dataclass(frozen=True, slots=True)
class _Opening:
    """A file that is being opened: its row, whose it is, and the study it is for."""

    row: CodingFileRow
    author: Author
    contents: StudyContents
    name_in_file: str

    @property
    def study(self) -> str:
        return self.contents.study.id

    @property
    def number(self) -> int:
        return self.row.round or 0

    @property
    def texts(self) -> list[tuple[StudyText, ApprovedText]]:
        return [(one, self.contents.texts[one.recording]) for one in self.contents.study.analysed]


class ProgramFiles:
    """Opens the projects that came for a study. Any thread: each call has the log to itself."""

    def __init__(self, studies: AnalysisStudies, files: CodingFiles) -> None:
        self._studies = studies
        self._files = files

    def open(
        self, study: str, file_id: str, *, name_in_file: str = "", late: Arrival = Arrival.LATE
    ) -> OpenedFile | NamesInFile:
        """Open a file after one's own round is closed, and take it in as its coder's.

        `name_in_file` is the key of one of NamesInFile, which is returned where the file leaves that open. Raise
        Trouble: ROUND_STILL_OPEN before anything is read; CODING_FILE_DAMAGED, CODING_FILE_UNKNOWN_TEXT,
        CODING_FILE_MISSING, ROUND_UNKNOWN where its coder is not of the study any more: the file stays as it came.
        """
        with self._studies.vault.log_stays, self._studies.store.lock:
            row = self._row(study, file_id)
            contents = self._studies.open(study)
            # Whose it is, before the audit trail says that it was opened.
            opening = _Opening(row, _author(contents, row), contents, name_in_file)
            data = self._files.open_received(study, file_id)
            try:
                found = self._project(data, opening)
            except ProjectFileError as error:
                raise Trouble(TroubleCode.CODING_FILE_DAMAGED) from error
            except UnknownTextError as error:
                raise Trouble(TroubleCode.CODING_FILE_UNKNOWN_TEXT) from error
            if isinstance(found, NamesInFile):
                return found
            taken = self._files.admit_work(study, file_id, opening.author.id, found.work, found.memos, late=late)
            return OpenedFile(taken, found)

    def _row(self, study: str, file_id: str) -> CodingFileRow:
        row = self._files.received_row(study, file_id)
        if row.round is None or row.kind is not CodingFileKind.PROJECT:
            raise Trouble(TroubleCode.CODING_FILE_MISSING)
        return row

    def _project(self, data: bytes, opening: _Opening) -> FileWork | NamesInFile:
        project = read_qdpx(data)
        coder = coder_in(project, opening.author.label, opening.name_in_file)
        if isinstance(coder, NamesInFile):
            return coder
        given = self._studies.given_codes(opening.study, opening.number, opening.author.id)
        ever = self._studies.log.studies.ever_used(opening.study)
        versions = [(one.recording, one.version, one.sha256) for one in ever]
        stamp = ProjectStamp(opening.author.id, opening.row.wall, given, versions)
        return project_work(project, coder, opening.texts, stamp)


def coder_in(project: Project, label: str, chosen: str = "") -> str | NamesInFile:
    """Return which coder of a project is meant, by guid: the one chosen, the only one, or the one of that name."""
    coders = project_coders(project)
    if len(coders) == 1:
        return coders[0].guid
    if chosen and any(one.guid == chosen for one in coders):
        return chosen
    called = [one.guid for one in coders if one.name.casefold() == label.casefold()]
    return called[0] if len(called) == 1 else NamesInFile(tuple((one.guid, one.name) for one in coders))


def _author(contents: StudyContents, row: CodingFileRow) -> Author:
    """Return whose file it is. Raise Trouble ROUND_UNKNOWN where they are not in the study any more."""
    author = author_behind(row.study, row.author, (one.id for one in contents.study.authors))
    if author is None:
        raise Trouble(TroubleCode.ROUND_UNKNOWN, number=row.round or 0)
    return contents.study.author(author)
