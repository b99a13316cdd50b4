"""`balint-desktop analysis list, send, receive, return, delete`: coding files of coders in vaults of their own."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from pathlib import Path

from balint_desktop.cli.parsing import SubcommandParser
from balint_desktop.cli.result import CommandResult, UsageError, print_json, print_table
from balint_desktop.cli.unlock import open_vault
from balint_desktop.domain.analysis.study import AnalysisStudy
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.i18n import tr, tr_n
from balint_desktop.sealed import disk
from balint_desktop.vault.analysis_texts import VaultTexts
from balint_desktop.vault.coding_admission import Arrival, TakenCoding
from balint_desktop.vault.coding_files import CodingFiles
from balint_desktop.vault.studies import AnalysisStudies
from balint_desktop.vault.vault import OpenVault

LATE = {"take": Arrival.TAKEN_LATE, "keep": Arrival.KEPT}


def add_to(acts: SubcommandParser) -> None:
    """Add the subcommands of coding files."""
    acts.add("list", _list, as_json=True)
    send = acts.add("send", _send)
    _add_study(send)
    send.add_argument("--coder", metavar="NAME", required=True, help=tr("the coder, as the analysis calls them"))
    returned = acts.add("return", _return)
    _add_study(returned)
    receive = acts.add("receive", _receive)
    receive.add_argument("file", metavar="FILE", help=tr("a coding file: sent to you, or back from a coder"))
    receive.add_argument(
        "--late", choices=list(LATE), help=tr("what to do with a file that came after comparison had begun")
    )
    delete = acts.add("delete", _delete)
    delete.add_argument("study", metavar="ID", help=tr("the analysis, as “analysis list” shows it"))


def _add_study(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("study", metavar="ID", help=tr("the analysis, as “analysis list” shows it"))
    parser.add_argument("--round", metavar="N", type=int, required=True, help=tr("the number of the round"))
    parser.add_argument("--to", metavar="FILE", required=True, help=tr("a new file, sealed"))


def analysis_studies(vault: OpenVault) -> AnalysisStudies:
    """Return the analyses of an open vault."""
    return AnalysisStudies(vault, VaultTexts(vault), lambda number: tr("Session {n}").format(n=number))


def _list(options: argparse.Namespace) -> CommandResult:
    with open_vault(options) as vault:
        found = analysis_studies(vault).contents_in_short()
    if options.json:
        print_json(
            {
                "id": study.id,
                "name": study.name,
                "texts": len(study.analysed),
                "coders": [one.label for one in study.authors],
                "rounds": len(rounds),
                "closed": bool(rounds) and rounds[-1].has_closed(me),
            }
            for study, rounds, me in found
        )
        return CommandResult()
    headings = (tr("Analysis"), tr("Name"), tr("Coders"), tr("Rounds"))
    rows = [
        (study.id, study.name, ", ".join(one.label for one in study.authors), str(len(rounds)))
        for study, rounds, _ in found
    ]
    print_table(headings, rows, tr("No analyses in this vault."))
    return CommandResult()


def _send(options: argparse.Namespace) -> CommandResult:
    with open_vault(options) as vault:
        studies = analysis_studies(vault)
        study = find_study(studies, options.study)
        CodingFiles(studies).write_parcel(study.id, options.round, find_coder(study, options.coder), Path(options.to))
    print(tr("{file} is sealed to {name}. Nobody else can open it.").format(file=options.to, name=options.coder))
    return CommandResult()


def _return(options: argparse.Namespace) -> CommandResult:
    with open_vault(options) as vault:
        studies = analysis_studies(vault)
        CodingFiles(studies).export_back(find_study(studies, options.study).id, options.round, Path(options.to))
    print(tr("{file} is sealed to the analysis it came from. Send it back.").format(file=options.to))
    return CommandResult()


def _delete(options: argparse.Namespace) -> CommandResult:
    with open_vault(options) as vault:
        studies = analysis_studies(vault)
        # By its id alone: one that is damaged and does not open can be destroyed, too.
        study = _only([one.id for one in vault.log.studies.all()], options.study)
        studies.destroy(study)
    print(tr("{name} was destroyed. Backups and exported files still hold it.").format(name=study))
    return CommandResult()


def _receive(options: argparse.Namespace) -> CommandResult:
    path = Path(options.file)
    try:
        data = disk.read_small_file(path)
    except OSError as error:
        raise Trouble(TroubleCode.CODING_FILE_UNREADABLE, name=path.name) from error
    with open_vault(options) as vault:
        studies = analysis_studies(vault)
        arrived = CodingFiles(studies).arrive(data, path.name)
        if arrived.row is not None:
            print(_admitted(studies, arrived.study, arrived.row.id, LATE.get(options.late or "", Arrival.LATE)))
            return CommandResult()
        imported = studies.open(arrived.study).study
    print(tr("{name} is in this vault now. Open Analysis to code it.").format(name=imported.name))
    return CommandResult()


def _admitted(studies: AnalysisStudies, study: str, file: str, late: Arrival) -> str:
    """Admit a file that came back, as far as it may be, and return what became of it, in words."""
    try:
        taken = CodingFiles(studies).admit_return(study, file, late=late)
    except Trouble as trouble:
        if trouble.code is not TroubleCode.ROUND_STILL_OPEN:
            raise
        return tr("The file is kept, sealed. Close your own round, then receive it again to open it.")
    name = next(one.label for one in studies.open(study).study.authors if one.id == taken.author)
    return " ".join(said_of(taken, name))


def said_of(taken: TakenCoding, name: str) -> Iterator[str]:
    """Yield what became of a coder's file."""
    if taken.arrival is Arrival.LATE:
        yield tr(
            "The coding of {name} came after comparison had begun, and is not part of it. Receive it again with "
            "--late take or --late keep."
        ).format(name=name)
    elif taken.arrival is Arrival.KEPT:
        yield tr("The coding of {name} is kept for the next round.").format(name=name)
    elif taken.arrival is Arrival.EARLIER:
        yield tr("A later file of {name} counts already. This one is kept.").format(name=name)
    else:
        count = len(taken.work.codings.all)
        yield tr_n(
            "The coding of {name} is in round {round}: {n} passage.",
            "The coding of {name} is in round {round}: {n} passages.",
            count,
        ).format(name=name, round=taken.round, n=count)
        if taken.difference is not None:
            yield tr("Since their last file: {added} added, {removed} removed, {changed} changed.").format(
                added=taken.difference.added, removed=taken.difference.removed, changed=taken.difference.changed
            )


def find_study(studies: AnalysisStudies, beginning: str) -> AnalysisStudy:
    """Return the study whose id begins so. Raise Trouble STUDY_MISSING, UsageError for more than one."""
    found = {study.id: study for study, _, _ in studies.contents_in_short()}
    return found[_only(found, beginning)]


def find_coder(study: AnalysisStudy, label: str) -> str:
    """Return the id of a coder, by what the analysis calls them. Raise UsageError."""
    for one in study.authors:
        if one.label == label:
            return one.id
    raise UsageError(tr("This analysis has no coder called {name}.").format(name=label))


def _only(ids: Iterable[str], beginning: str) -> str:
    """Return the one id that begins so. Raise Trouble STUDY_MISSING, UsageError for more than one."""
    found = [one for one in ids if beginning and one.startswith(beginning)]
    if not found:
        raise Trouble(TroubleCode.STUDY_MISSING)
    if len(found) > 1:
        raise UsageError(tr("More than one analysis begins with {id}.").format(id=beginning))
    return found[0]
