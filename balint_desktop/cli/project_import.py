"""`balint-desktop analysis import`: a coder's project file of another program, into their round of an analysis."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from balint_desktop.cli import coding_files
from balint_desktop.cli.parsing import SubcommandParser
from balint_desktop.cli.result import CommandResult, UsageError
from balint_desktop.cli.unlock import open_vault
from balint_desktop.domain.analysis.project import Project
from balint_desktop.domain.analysis.project_work import NamesInFile, project_coders
from balint_desktop.domain.analysis.refi_read import ProjectFileError, read_qdpx
from balint_desktop.domain.analysis.study import AnalysisStudy, CodingRound
from balint_desktop.domain.file_name import printable_name
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.i18n import tr, tr_n
from balint_desktop.sealed import disk
from balint_desktop.text.lists import listed
from balint_desktop.vault.coding_admission import Arrival
from balint_desktop.vault.coding_files import CodingFiles
from balint_desktop.vault.log.studies import CodingFileKind, author_mark
from balint_desktop.vault.program_files import OpenedFile, ProgramFiles, coder_in
from balint_desktop.vault.studies import AnalysisStudies

_SHORT_ID = 8


def add_to(acts: SubcommandParser) -> None:
    """Add the subcommand."""
    added = acts.add("import", _import)
    added.add_argument("file", metavar="FILE.qdpx", help=tr("a project in the exchange format REFI-QDA"))
    added.add_argument(
        "study",
        metavar="ID",
        nargs="?",
        default="",
        help=tr("the analysis, as “analysis list” shows it; else the only one"),
    )
    added.add_argument(
        "--coder",
        metavar="NAME",
        default="",
        help=tr("the coder, as the analysis calls them; else the one awaited whom the file names, or the only one"),
    )
    added.add_argument("--round", metavar="N", type=int, help=tr("the number of the round; else the last"))
    added.add_argument("--name", metavar="NAME", default="", help=tr("the coder, as the file calls them"))
    added.add_argument(
        "--late",
        choices=list(coding_files.LATE),
        help=tr("what to do with a file that came after comparison had begun"),
    )


def _import(options: argparse.Namespace) -> CommandResult:
    path = Path(options.file)
    with open_vault(options) as vault:
        studies = coding_files.analysis_studies(vault)
        study = coding_files.find_study(studies, options.study) if options.study else _only_study(studies)
        opened = studies.open(study.id)
        rounds = {one.number: one for one in opened.rounds}
        number = options.round or max(rounds, default=0)
        coders = [options.coder] if options.coder else _awaited(study, rounds.get(number), opened.me)
        # Before the file is read: what somebody else coded stays closed until then.
        for one in coders:
            CodingFiles(studies).require_open_to(study.id, number, coding_files.find_coder(study, one))
        data, project = read_project(path)
        coder = _only_named(coders, project)
        author, key = coding_files.find_coder(study, coder), _named(project, coder, options.name)
        file = _kept(studies, study.id, data, author, number)
        late = coding_files.LATE.get(options.late or "", Arrival.LATE)
        found = ProgramFiles(studies, CodingFiles(studies)).open(study.id, file, name_in_file=key, late=late)
    if isinstance(found, OpenedFile):
        print(" ".join((*coding_files.said_of(found.taken, coder), *_said_of_passages(found))))
        for one in found.read.not_placed:
            print(tr("Not placed: {text}: “{quoted}” ({code})").format(text=one.text, quoted=one.quoted, code=one.code))
    return CommandResult()


def _only_study(studies: AnalysisStudies) -> AnalysisStudy:
    """Return the only analysis. Raise UsageError where there are several, Trouble STUDY_MISSING for none."""
    found = [study for study, _, _ in studies.contents_in_short()]
    if len(found) > 1:
        names = listed([f"{one.id[:_SHORT_ID]} ({one.name})" for one in found])
        raise UsageError(tr("Say which analysis after the file: {names}.").format(names=names))
    if not found:
        raise Trouble(TroubleCode.STUDY_MISSING)
    return found[0]


def _awaited(study: AnalysisStudy, coding_round: CodingRound | None, me: str) -> list[str]:
    """Return what the others are called whose coding of a round has not come. Raise UsageError where it is nobody's."""
    coding = set(coding_round.authors) - {me} if coding_round is not None else set()
    found = [
        one.label for one in study.authors if one.id in coding and coding_round and not coding_round.has_closed(one.id)
    ]
    if not found:
        raise _unclear_coder(one.label for one in study.authors)
    return found


def _only_named(coders: Sequence[str], project: Project) -> str:
    """Return the coder whom a file names, or the only one. Raise UsageError."""
    names = {one.name.casefold() for one in project_coders(project)}
    found = [one for one in coders if one.casefold() in names] if len(coders) > 1 else coders
    if len(found) != 1:
        raise _unclear_coder(coders)
    return found[0]


def _unclear_coder(coders: Iterable[str]) -> UsageError:
    return UsageError(tr("Say with --coder whose coding it is: {names}.").format(names=listed(list(coders))))


def read_project(path: Path) -> tuple[bytes, Project]:
    """Read a project file. Raise Trouble: PROJECT_FILE_MISSING, PROJECT_FILE_DAMAGED."""
    try:
        data = disk.read_small_file(path)
    except OSError as error:
        raise Trouble(TroubleCode.PROJECT_FILE_MISSING, name=printable_name(path.name)) from error
    try:
        return data, read_qdpx(data)
    except ProjectFileError as error:
        raise Trouble(TroubleCode.PROJECT_FILE_DAMAGED, name=printable_name(path.name)) from error


def _named(project: Project, label: str, name: str) -> str:
    """Return the coder in the file, by guid. Raise UsageError where it is not clear."""
    chosen = [one.guid for one in project_coders(project) if name and one.name.casefold() == name.casefold()]
    coder = coder_in(project, label, chosen[0] if len(chosen) == 1 else "")
    if isinstance(coder, NamesInFile) or (name and not chosen):
        names = ", ".join(one.name for one in project_coders(project))
        raise UsageError(tr("Say with --name which of these in the file is the coder: {names}.").format(names=names))
    return coder


def _kept(studies: AnalysisStudies, study: str, data: bytes, author: str, number: int) -> str:
    """Return the id of the file as it is kept, sealed; one that was kept before is not kept twice."""
    files, mark = CodingFiles(studies), author_mark(study, author)
    for row in files.received(study):
        is_likely = (row.kind, row.author, row.round) == (CodingFileKind.PROJECT, mark, number)
        # One that does not open any more is kept beside the new one.
        with suppress(Trouble):
            if is_likely and files.open_received(study, row.id) == data:
                return row.id
    return files.receive_file(study, data, CodingFileKind.PROJECT, author, number).id


def _said_of_passages(found: OpenedFile) -> Iterator[str]:
    if found.taken.arrival not in {Arrival.TAKEN, Arrival.TAKEN_LATE}:
        return
    if found.read.moved:
        words = tr_n(
            "{n} was found elsewhere in its turn.", "{n} were found elsewhere in their turns.", found.read.moved
        )
        yield words.format(n=found.read.moved)
