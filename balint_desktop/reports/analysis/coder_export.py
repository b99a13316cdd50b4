"""What goes to a coder without being sealed: Word copies, a project, lines to print. Texts, and nobody's coding.

Each passes the gates of consent and of names, is written new, and is in the audit trail with its coder and round.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from balint_desktop.domain.analysis.codebook import Codebook
from balint_desktop.domain.analysis.history import CoderWork
from balint_desktop.domain.analysis.refi_write import project_to_qdpx
from balint_desktop.domain.analysis.study import AnalysisStudy, StudyText
from balint_desktop.domain.analysis.study_project import CodedRound, StudyFileNames, study_project
from balint_desktop.domain.deidentify.approved import ApprovedText
from balint_desktop.domain.study.doors import Door
from balint_desktop.domain.trouble import Trouble
from balint_desktop.domain.values import SessionKind
from balint_desktop.i18n import tr
from balint_desktop.reports.analysis.clean_copy import clean_copy, paper_copy
from balint_desktop.sealed.new_file import write_new
from balint_desktop.vault import name_gate
from balint_desktop.vault.coding_files import CodingFiles
from balint_desktop.vault.log.studies import CodingFileKind
from balint_desktop.vault.name_gate import OutgoingFile
from balint_desktop.vault.studies import AnalysisStudies

PROJECT_ENDING = ".qdpx"
WORD_ENDING = ".docx"
_LONGEST = 40
_NEXT_PAGE = '<h1 style="page-break-before: always">'


@dataclass(frozen=True, slots=True)
class CopyFor:
    """Who something is made for: a coder of a study, by id, in a round."""

    study: str
    round: int
    author: str


class CoderExport:
    """Makes what leaves for coders. Any thread: each call has the log to itself."""

    def __init__(self, studies: AnalysisStudies, files: CodingFiles, version: str = "") -> None:
        """`version` is the program's, as a project says it."""
        self._studies = studies
        self._files = files
        self._origin = f"Balint Desktop {version}".strip()

    def export_word(self, who: CopyFor, folder: Path) -> tuple[Path, ...]:
        """Write a clean Word copy of each text into a folder, all or none. Return the files.

        Raise Trouble: PURPOSE_NOT_AGREED, ROUND_UNKNOWN, CODING_NOT_YOURS, EXPORT_EXISTS, what the gate of names finds.
        """
        with self._studies.vault.log_stays:
            study, texts = self._texts(who)
            names = _file_names(study, who, [about for about, _ in texts])
            made = {
                folder / name: clean_copy(about.name, text) for name, (about, text) in zip(names, texts, strict=True)
            }
            leaving = [
                OutgoingFile(path.name, data, approved=text)
                for (path, data), (_, text) in zip(made.items(), texts, strict=True)
            ]
            name_gate.pass_names(self._studies.vault, Door.APPROVED_FILE, leaving)
            written: list[Path] = []
            try:
                for path, data in made.items():
                    write_new(path, (data,))
                    written.append(path)
                self._files.note_copies(who.study, who.round, who.author, CodingFileKind.WORD, [*made.values()])
            except Trouble:
                _delete(written)
                raise
            return tuple(written)

    def export_project(self, who: CopyFor, path: Path, *, with_framework: bool) -> None:
        """Write the texts as a project for other software, with the codes of the round's framework or without any.

        Raise Trouble as `export_word`.
        """
        with self._studies.vault.log_stays:
            study, texts = self._texts(who)
            given = self._studies.given_codes(who.study, who.round, who.author) if with_framework else Codebook()
            coded = CodedRound(study.author(who.author), who.round, CoderWork(given))
            names = StudyFileNames(self._origin, tr("Round {number}"), tr("Memo"))
            found = {about.recording: text for about, text in texts}
            wall = self._studies.log.now()
            data = project_to_qdpx(study_project(study, found, (coded,), wall=wall, names=names))
            leaving = OutgoingFile(path.name, data, holds=tuple(found.values()))
            name_gate.pass_names(self._studies.vault, Door.APPROVED_FILE, [leaving])
            write_new(path, (data,))
            try:
                self._files.note_copies(who.study, who.round, who.author, CodingFileKind.PROJECT, [data])
            except Trouble:
                _delete([path])
                raise

    def lines_to_print(self, who: CopyFor) -> tuple[AnalysisStudy, str]:
        """Return the study, and its texts as HTML with numbered lines, a page begun for each. Raise Trouble."""
        with self._studies.vault.log_stays:
            study, texts = self._texts(who)
            pages = [paper_copy(about.name, text) for about, text in texts]
            return study, "".join([*pages[:1], *(page.replace("<h1>", _NEXT_PAGE, 1) for page in pages[1:])])

    def note_printed(self, who: CopyFor, html: str) -> None:
        """Record that lines were printed for a coder. Raise Trouble."""
        self._files.note_copies(who.study, who.round, who.author, CodingFileKind.PAPER, [html.encode()])

    def _texts(self, who: CopyFor) -> tuple[AnalysisStudy, list[tuple[StudyText, ApprovedText]]]:
        """Return the texts of a study, each once it passed its door. Raise Trouble."""
        contents = self._studies.open(who.study)
        for one in contents.study.analysed:
            self._studies.texts.pass_door(one.recording, Door.APPROVED_FILE)
        return contents.study, [(one, contents.texts[one.recording]) for one in contents.study.analysed]


def copy_stem(study: AnalysisStudy, who: CopyFor) -> str:
    """Return what a file for a coder is called, without its ending: small letters, digits and hyphens."""
    return f"{_plain(study.name)}-round-{who.round}-for-{_plain(study.author(who.author).label)}"


def _file_names(study: AnalysisStudy, who: CopyFor, texts: Sequence[StudyText]) -> list[str]:
    """Return a name for the copy of each text: two groups may each have a session of one number."""
    found: list[str] = []
    for one in texts:
        kind = "evaluation" if one.kind is SessionKind.EVALUATION else "session"
        name = f"{copy_stem(study, who)}-{kind}-{one.number}-v{one.version}"
        at = 2
        while f"{name}{WORD_ENDING}" in found:
            name, at = f"{name.removesuffix(f'-{at - 1}')}-{at}", at + 1
        found.append(f"{name}{WORD_ENDING}")
    return found


def _plain(words: str) -> str:
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_LONGEST].strip("-") or "balint"


def _delete(paths: Sequence[Path]) -> None:
    for path in paths:
        with suppress(OSError):
            path.unlink()
