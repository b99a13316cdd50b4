"""Argument parsers: one for each command, built only where that command is asked for."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from typing import Any

from balint_desktop.cli.commands import COMMANDS, RECORDER, WINDOW, CommandHelp
from balint_desktop.cli.result import CommandResult
from balint_desktop.i18n import tr

Do = Callable[[argparse.Namespace], CommandResult]


class SubcommandParser:
    """Adds the subcommands of one command, with the options they share."""

    def __init__(self, command: CommandHelp, parser: argparse.ArgumentParser) -> None:
        self._command = command
        self._parser = parser
        self._acts: Any = None

    def add(self, act: str, do: Do, *, opens_vault: bool = True, as_json: bool = False) -> argparse.ArgumentParser:
        """Add a subcommand, and return its parser. `do` runs it, raising Trouble and UsageError."""
        if self._acts is None:
            self._acts = self._parser.add_subparsers(
                dest="act", required=True, metavar="|".join(self._command.subcommands)
            )
        help_line = tr(self._command.subcommands[act])
        added: argparse.ArgumentParser = self._acts.add_parser(
            act, help=help_line, description=_as_sentence(help_line), allow_abbrev=False
        )
        add_data_dir(added)
        if opens_vault:
            add_passphrase_file(added)
        if as_json:
            added.add_argument("--json", action="store_true", help=tr("print one JSON object per line"))
        added.set_defaults(do=do)
        return added

    def only(self, do: Do) -> argparse.ArgumentParser:
        """Define a command without subcommands, and return its parser."""
        self._parser.set_defaults(do=do)
        return self._parser


def build_parser(name: str, add_to: Callable[[SubcommandParser], None] | None) -> argparse.ArgumentParser:
    """Return the parser of the whole command line, with the arguments of one command filled in."""
    parser = argparse.ArgumentParser(
        prog="balint-desktop",
        description=tr("Keeps the time of a Balint group, so you can stay with the group."),
        epilog="\n".join(_listing()),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    add_data_dir(parser)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for command in COMMANDS:
        added = commands.add_parser(command.name, description=_as_sentence(tr(command.help)), allow_abbrev=False)
        add_data_dir(added)
        if command.name == name and add_to is not None:
            add_to(SubcommandParser(command, added))
    return parser


def add_data_dir(parser: argparse.ArgumentParser) -> None:
    """Add the option shared by every command. No default, so that a later parser keeps an earlier value."""
    parser.add_argument(
        "--data-dir",
        metavar="DIR",
        default=argparse.SUPPRESS,
        help=tr("store all data in this folder"),
    )


def add_passphrase_file(parser: argparse.ArgumentParser) -> None:
    """Add the option of every subcommand that opens the vault."""
    parser.add_argument(
        "--passphrase-file",
        metavar="FILE",
        help=tr("read the passphrase from the first line of this file"),
    )


def _as_sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."


def _listing() -> Iterator[str]:
    """Yield the options without a command, and every command with its subcommands, a line each."""
    yield tr("without a command:")
    for words, help_line in WINDOW.items():
        yield f"  {words:<22}{tr(help_line)}"
    yield ""
    yield tr("commands (each has its own --help):")
    for command in (*COMMANDS, RECORDER):
        if not command.subcommands:
            yield f"  {command.name:<22}{tr(command.help)}"
        for act, help_line in command.subcommands.items():
            yield f"  {f'{command.name} {act}':<22}{tr(help_line)}"
