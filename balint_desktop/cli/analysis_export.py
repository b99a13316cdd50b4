"""`balint-desktop analysis export`: a study as a project for other software, not encrypted."""

from __future__ import annotations

import argparse
from pathlib import Path

from balint_desktop import __version__
from balint_desktop.cli.coding_files import analysis_studies, find_study
from balint_desktop.cli.consents import parse_purpose
from balint_desktop.cli.parsing import SubcommandParser
from balint_desktop.cli.result import CommandResult, UsageError, print_json
from balint_desktop.cli.unlock import open_vault
from balint_desktop.domain.study.consent import Purpose
from balint_desktop.i18n import tr, tr_n
from balint_desktop.reports.analysis.export import PURPOSES, export_project
from balint_desktop.reports.analysis.project_file import ENDING
from balint_desktop.reports.documents.document import PRODUCER


def add_to(acts: SubcommandParser) -> None:
    """Add the subcommand."""
    export = acts.add("export", _export, as_json=True)
    export.add_argument("study", metavar="ID", help=tr("the analysis, as “analysis list” shows it"))
    export.add_argument(
        "--to", metavar="FILE.qdpx", required=True, help=tr("a new file: a project in the exchange format REFI-QDA")
    )
    # As the other exports have it. Here the purpose is enough: what leaves is de-identified, and passes the gate.
    export.add_argument("--not-encrypted", action="store_true", help=tr("as for other exports; not needed here"))
    export.add_argument("--purpose", metavar="NAME", default="", help=tr("the purpose: {names}").format(names=_uses()))


def _export(options: argparse.Namespace) -> CommandResult:
    path = Path(options.to)
    if path.suffix.lower() != ENDING:
        raise UsageError(tr("The file must end in {ending}.").format(ending=ENDING))
    purpose = _purpose(options.purpose)
    with open_vault(options) as vault:
        studies = analysis_studies(vault)
        study = find_study(studies, options.study)
        material = export_project(studies, study.id, purpose, path, f"{PRODUCER} {__version__}")
    coders = {author for (_, author), work in material.works.items() if work.codings.all or work.book.codes}
    codings = sum(len(work.codings.all) for work in material.works.values())
    if options.json:
        about = {"id": study.id, "file": str(path), "purpose": purpose.value}
        print_json([{**about, "texts": len(study.analysed), "coders": len(coders), "codings": codings}])
        return CommandResult()
    passages = tr_n("{n} coded passage", "{n} coded passages", codings).format(n=codings)
    words = tr_n(
        "{path}: {passages} by {n} coder, not encrypted.",
        "{path}: {passages} by {n} coders, not encrypted.",
        len(coders),
    )
    print(words.format(path=path, passages=passages, n=len(coders)))
    return CommandResult()


def _purpose(typed: str) -> Purpose:
    """Return the purpose that was given. Raise UsageError for none, and for one that nothing leaves for."""
    purpose = parse_purpose(typed, _uses()) if typed else None
    if purpose not in PURPOSES:
        raise UsageError(tr("Give the purpose: --purpose with one of {names}.").format(names=_uses()))
    return purpose


def _uses() -> str:
    return ", ".join(purpose.value for purpose in PURPOSES)
