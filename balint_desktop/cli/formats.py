"""`balint-desktop formats`: list, check and copy session formats."""

from __future__ import annotations

import argparse
from pathlib import Path

from balint_desktop.cli.result import CommandResult, table
from balint_desktop.data_folder import data_folder
from balint_desktop.domain.session.format_lines import FormatError
from balint_desktop.domain.session.formats import parse_format
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.i18n import tr, tr_n
from balint_desktop.library.formats import FormatLibrary, shipped_bank


def run(options: argparse.Namespace) -> CommandResult:
    """Do one act. Raise Trouble."""
    if options.act == "check":
        return _check(Path(options.file))
    library = FormatLibrary(data_folder(options.data_dir).formats, shipped_bank())
    if options.act == "copy":
        key = library.copy(options.key, options.name)
        print(tr("Copied. Change it in any editor: {path}").format(path=library.folder / f"{key}.toml"))
        return CommandResult()
    return _list(library)


def _list(library: FormatLibrary) -> CommandResult:
    usable = [line for line in library.lines() if not line.problem]
    print(table([(tr("Format"), tr("Name"), tr("About")), *((line.key, line.name, line.about) for line in usable)]))
    problems = [line.problem for line in library.lines() if line.problem]
    return CommandResult("\n".join(problems))


def _check(path: Path) -> CommandResult:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise Trouble(
            TroubleCode.FORMAT_INVALID, name=path.name, line=1, reason=tr("the file cannot be read as text")
        ) from error
    try:
        found = parse_format(text, shipped_bank())
    except FormatError as error:
        raise Trouble(TroubleCode.FORMAT_INVALID, name=path.name, line=error.line, reason=error.reason) from error
    phases = tr_n("{n} phase", "{n} phases", len(found.phases)).format(n=len(found.phases))
    print(
        tr("{path} can be used: {name}, {phases}, {minutes:g} minutes.").format(
            path=path, name=found.name, phases=phases, minutes=found.length_s / 60
        )
    )
    return CommandResult()
