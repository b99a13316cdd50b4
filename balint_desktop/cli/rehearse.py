"""`balint-desktop rehearse`: lead a shortened session on a virtual screen and microphone."""

from __future__ import annotations

import argparse

from balint_desktop.cli.parsing import SubcommandParser
from balint_desktop.cli.result import CommandResult
from balint_desktop.i18n import tr


def add_to(acts: SubcommandParser) -> None:
    """Add the options of a rehearsal."""
    parser = acts.only(_rehearse)
    parser.add_argument(
        "--online", action="store_true", help=tr("rehearse an online session, with a second voice on a call")
    )
    parser.add_argument("--to", metavar="FOLDER", help=tr("the folder for the pictures and the recording"))


def _rehearse(options: argparse.Namespace) -> CommandResult:
    from balint_desktop.rehearsal import command  # noqa: PLC0415  its help needs neither a window nor a voice

    return CommandResult(command.rehearse(options.to or options.data_dir or "", online=options.online))
