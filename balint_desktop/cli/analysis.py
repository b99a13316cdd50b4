"""`balint-desktop analysis`: how far coders agree in a project file, ours or another program's."""

from __future__ import annotations

import argparse
from pathlib import Path

from balint_desktop.cli import analysis_export, coding_files, project_import
from balint_desktop.cli.parsing import SubcommandParser
from balint_desktop.cli.result import CommandResult, UsageError, print_json, print_table
from balint_desktop.domain.analysis.file_agreement import ComparedUnit, coders_of, project_agreement
from balint_desktop.i18n import tr, tr_in
from balint_desktop.text.lists import listed


def add_to(acts: SubcommandParser) -> None:
    """Add the subcommands of analysis."""
    shared = acts.add("agreement", _agreement, opens_vault=False, as_json=True)
    shared.add_argument("file", metavar="FILE.qdpx", help=tr("a project in the exchange format REFI-QDA"))
    shared.add_argument(
        "--unit",
        choices=[unit.value for unit in ComparedUnit],
        default=ComparedUnit.CHARACTER.value,
        help=tr("compare each character, or whether each sentence or turn was coded at all"),
    )
    analysis_export.add_to(acts)
    coding_files.add_to(acts)
    project_import.add_to(acts)


def _agreement(options: argparse.Namespace) -> CommandResult:
    _, project = project_import.read_project(Path(options.file))
    try:
        found = project_agreement(project, ComparedUnit(options.unit))
    except ValueError as error:
        raise UsageError(tr("The file names fewer than two coders, so there is no agreement to measure.")) from error
    if options.json:
        print_json({"code": name, "n": one.n, "alpha": one.alpha, "jaccard": one.jaccard} for name, one in found)
        return CommandResult()
    headings = (tr_in("analysis", "Code"), tr("Units"), tr("Krippendorff’s alpha"), tr("Jaccard"))
    rows = [(name, str(one.n), _figure(one.alpha), _figure(one.jaccard)) for name, one in found]
    print_table(headings, rows, tr("The project has no codes."))
    # A consensus counts like anybody: whoever reads the figures sees between whom they are.
    names = {one.guid: one.name for one in project.coders}
    print(tr("Coders: {who}").format(who=listed([names.get(one) or one for one in coders_of(project)])))
    return CommandResult()


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"
