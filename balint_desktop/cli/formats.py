"""`balint-desktop formats`: list, check and copy session formats."""

from __future__ import annotations

import argparse
from pathlib import Path

from balint_desktop.cli.parsing import SubcommandParser
from balint_desktop.cli.result import CommandResult, print_json, print_table
from balint_desktop.data_folder import data_folder
from balint_desktop.domain.foreign import FOREIGN_ERRORS
from balint_desktop.domain.session.format_lines import FormatError
from balint_desktop.domain.session.formats import parse_format
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.i18n import tr, tr_n
from balint_desktop.library.formats import FormatLibrary, shipped_bank
from balint_desktop.sealed.disk import read_small_file
from balint_desktop.text.trouble import format_reason


def add_to(acts: SubcommandParser) -> None:
    """Add the subcommands of formats."""
    acts.add("list", _list, opens_vault=False, as_json=True)
    check = acts.add("check", _check, opens_vault=False)
    check.add_argument("file", metavar="FILE")
    copy = acts.add("copy", _copy, opens_vault=False)
    copy.add_argument("key", metavar="FORMAT")
    copy.add_argument("--name", default="", help=tr("the copy’s name"))


def _library(options: argparse.Namespace) -> FormatLibrary:
    return FormatLibrary(data_folder(options.data_dir).formats, shipped_bank())


def _list(options: argparse.Namespace) -> CommandResult:
    lines = _library(options).lines()
    usable = [line for line in lines if not line.problem]
    if options.json:
        print_json({"id": line.key, "name": line.name, "about": line.about} for line in usable)
    else:
        headings = (tr("Format"), tr("Name"), tr("About"))
        print_table(headings, [(line.key, line.name, line.about) for line in usable], "")
    return CommandResult("\n".join(line.problem for line in lines if line.problem))


def _copy(options: argparse.Namespace) -> CommandResult:
    library = _library(options)
    key = library.copy(options.key, options.name)
    print(tr("Copied. Edit it in any text editor: {path}").format(path=library.folder / f"{key}.toml"))
    return CommandResult()


def _check(options: argparse.Namespace) -> CommandResult:
    path = Path(options.file)
    try:
        text = read_small_file(path).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise Trouble(
            TroubleCode.FORMAT_INVALID, name=path.name, line=1, reason=tr("the file cannot be read as text")
        ) from error
    try:
        found = parse_format(text, shipped_bank())
    except FormatError as error:
        raise Trouble(
            TroubleCode.FORMAT_INVALID, name=path.name, line=error.line, reason=format_reason(error)
        ) from error
    except FOREIGN_ERRORS as error:
        reason = tr("it contains an impossible value")
        raise Trouble(TroubleCode.FORMAT_INVALID, name=path.name, line=1, reason=reason) from error
    phases = tr_n("{n} phase", "{n} phases", len(found.phases)).format(n=len(found.phases))
    print(
        tr("{path} can be used: {name}, {phases}, {minutes:g} minutes.").format(
            path=path, name=found.name, phases=phases, minutes=found.length_s / 60
        )
    )
    return CommandResult()
