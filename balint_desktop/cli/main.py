"""Argument parser and dispatch of the command line."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from typing import Any, cast

from balint_desktop.cli.result import CommandResult, UsageError
from balint_desktop.domain.trouble import Trouble
from balint_desktop.i18n import tr
from balint_desktop.text.trouble import sentence

WRONG, USAGE = 1, 2


def main(arguments: Sequence[str]) -> int:
    """Do what is asked. Return 0 done, 1 something is wrong, 2 wrong usage; the words for 1 and 2 go to stderr."""
    try:
        code, words = _answered(list(arguments))
        sys.stdout.flush()
    except SystemExit as ended:
        # argparse has said why already.
        return int(ended.code or 0)
    except KeyboardInterrupt:
        return WRONG
    except BrokenPipeError:
        # Whoever read has read enough. What is still in the buffer would be tried once more at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    if words:
        print(words, file=sys.stderr)
    return code


def _answered(arguments: list[str]) -> tuple[int, str]:
    # Suppressed as a default, so that a command without it does not undo one that stands before the command.
    options = _parser().parse_args(arguments, argparse.Namespace(data_dir=None))
    try:
        answer = cast("Callable[[argparse.Namespace], CommandResult]", options.do)(options)
    except UsageError as error:
        return USAGE, str(error)
    except Trouble as trouble:
        return WRONG, sentence(trouble)
    return (WRONG, answer.wrong) if answer.wrong else (0, "")


def _parser() -> argparse.ArgumentParser:
    folder = argparse.ArgumentParser(add_help=False)
    folder.add_argument(
        "--data-dir",
        metavar="DIR",
        default=argparse.SUPPRESS,
        help=tr("keep and look for everything under this folder"),
    )
    parser = argparse.ArgumentParser(prog="balint-desktop", parents=[folder])
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    word = _passphrase_option()
    _add_recordings(commands, folder, word)
    _add_vault(commands, folder, word)
    _add_keeping(commands, folder, word)
    _add_formats(commands, folder)
    doctor = commands.add_parser("doctor", parents=[folder], help=tr("check this computer, and say what to do"))
    doctor.add_argument("--only", metavar="CHECK", help=argparse.SUPPRESS)
    doctor.set_defaults(do=_doctor)
    command = commands.add_parser("rehearse", help=tr("a shortened session, recorded and opened again"))
    command.add_argument("--to", metavar="FOLDER", help=tr("where the pictures and the recording go"))
    command.set_defaults(do=_rehearse)
    return parser


def _passphrase_option() -> argparse.ArgumentParser:
    word = argparse.ArgumentParser(add_help=False)
    word.add_argument(
        "--passphrase-file",
        metavar="FILE",
        help=tr("read the passphrase from this file's first line instead of asking for it"),
    )
    return word


def _add_recordings(commands: Any, folder: argparse.ArgumentParser, word: argparse.ArgumentParser) -> None:
    told = tr("list, verify, cut, export, hand over and import recordings")
    recordings = commands.add_parser("recordings", help=told)
    acts = recordings.add_subparsers(dest="act", required=True, metavar="list|verify|cut|export|…")
    listing = acts.add_parser("list", parents=[folder, word], help=tr("what there is, and its condition"))
    listing.add_argument("--json", action="store_true", help=tr("for another program"))
    listing.set_defaults(do=_recordings)
    verify = acts.add_parser("verify", parents=[folder, word], help=tr("look at every byte, and change nothing"))
    verify.add_argument("id", nargs="*", metavar="ID", help=tr("which; all where none is named"))
    verify.set_defaults(do=_recordings)
    cut = acts.add_parser("cut", parents=[folder, word], help=tr("cut what was struck from the sealed sound, for good"))
    cut.add_argument("id", nargs="?", default="", metavar="ID")
    cut.add_argument("--folder", metavar="DIR", help=tr("a recording's own folder outside any vault, in place of ID"))
    cut.add_argument("--identity", metavar="FILE", help=tr("the age identity file that opens it"))
    cut.set_defaults(do=_recordings)
    export = acts.add_parser("export", parents=[folder, word], help=tr("write a sound file in the clear"))
    export.add_argument("id", metavar="ID")
    export.add_argument("--to", metavar="FILE", required=True, help=tr("a new file, .opus or .wav"))
    export.add_argument("--in-the-clear", action="store_true", help=tr("say that whoever has the file may hear it"))
    export.set_defaults(do=_recordings)
    over = acts.add_parser("hand-over", parents=[folder, word], help=tr("copy one to another disk, still sealed"))
    over.add_argument("id", metavar="ID")
    over.add_argument("--to", metavar="DIR", required=True, help=tr("a folder, such as the university's share"))
    over.set_defaults(do=_recordings)
    sessions = acts.add_parser(
        "sessions", parents=[folder, word], help=tr("which sessions a file can be imported into")
    )
    sessions.set_defaults(do=_recordings)
    bring = acts.add_parser("bring-in", parents=[folder, word], help=tr("import a sound file of another recorder"))
    bring.add_argument("file", metavar="FILE", help=tr("WAV, FLAC, MP3, Ogg, M4A and others; it is left as it is"))
    bring.add_argument("--session", metavar="ID", required=True, help=tr("of which session; see recordings sessions"))
    bring.add_argument(
        "--begins-at", metavar="MM:SS", default="0:00", help=tr("where it begins on the session's clock")
    )
    bring.set_defaults(do=_recordings)


def _add_vault(commands: Any, folder: argparse.ArgumentParser, word: argparse.ArgumentParser) -> None:
    vault = commands.add_parser("vault", help=tr("back the vault up, and restore it"))
    acts = vault.add_subparsers(dest="act", required=True, metavar="backup|backups|restore")
    backup = acts.add_parser("backup", parents=[folder, word], help=tr("copy everything, sealed, to another disk"))
    backup.add_argument("--to", metavar="DIR", required=True, help=tr("a folder; a new one is made in it"))
    backup.set_defaults(do=_vault)
    backups = acts.add_parser("backups", parents=[folder, word], help=tr("which there are, by the log"))
    backups.add_argument("--holding", metavar="ID", default="", help=tr("only those that hold this recording"))
    backups.set_defaults(do=_vault)
    restore = acts.add_parser("restore", parents=[folder], help=tr("make a vault of a backup, where there is none"))
    restore.add_argument("--from", dest="from_", metavar="DIR", required=True, help=tr("the backup's folder"))
    restore.add_argument(
        "--what-is-sound", action="store_true", help=tr("of a damaged backup, restore everything that is not damaged")
    )
    restore.set_defaults(do=_vault)


def _add_keeping(commands: Any, folder: argparse.ArgumentParser, word: argparse.ArgumentParser) -> None:
    retention = commands.add_parser("keeping", help=tr("what is due to be destroyed, and what is held"))
    acts = retention.add_subparsers(dest="act", required=True, metavar="list|verified")
    listing = acts.add_parser("list", parents=[folder, word], help=tr("every clock, what is due first"))
    listing.add_argument("--json", action="store_true", help=tr("for another program"))
    listing.set_defaults(do=_keeping)
    verified = acts.add_parser("verified", parents=[folder, word], help=tr("enter that a transcript is verified"))
    verified.add_argument("id", metavar="ID", help=tr("of which recording"))
    verified.add_argument("--on", metavar="DAY", required=True, help=tr("on which day, as 2026-03-04"))
    verified.add_argument("--by", metavar="WHO", required=True, help=tr("by whom, a role such as coordinator"))
    verified.set_defaults(do=_keeping)


def _add_formats(commands: Any, folder: argparse.ArgumentParser) -> None:
    formats = commands.add_parser("formats", help=tr("list, check and copy session formats"))
    acts = formats.add_subparsers(dest="act", required=True, metavar="list|check|copy")
    acts.add_parser("list", parents=[folder], help=tr("the formats at hand")).set_defaults(do=_formats)
    check = acts.add_parser("check", parents=[folder], help=tr("say whether a file can be used, and why not"))
    check.add_argument("file", metavar="FILE")
    check.set_defaults(do=_formats)
    copy = acts.add_parser("copy", parents=[folder], help=tr("copy a format, to change the copy"))
    copy.add_argument("key", metavar="FORMAT")
    copy.add_argument("--name", default="", help=tr("the copy's name"))
    copy.set_defaults(do=_formats)


# Each command is imported when it is asked for: the others need not even be installed.


def _recordings(options: argparse.Namespace) -> CommandResult:
    from balint_desktop.cli import recordings  # noqa: PLC0415

    return recordings.run(options)


def _vault(options: argparse.Namespace) -> CommandResult:
    from balint_desktop.cli import vault  # noqa: PLC0415

    return vault.run(options)


def _keeping(options: argparse.Namespace) -> CommandResult:
    from balint_desktop.cli import retention  # noqa: PLC0415

    return retention.run(options)


def _formats(options: argparse.Namespace) -> CommandResult:
    from balint_desktop.cli import formats  # noqa: PLC0415

    return formats.run(options)


def _doctor(options: argparse.Namespace) -> CommandResult:
    from balint_desktop.cli import doctor  # noqa: PLC0415

    return doctor.run(options)


def _rehearse(options: argparse.Namespace) -> CommandResult:
    from balint_desktop.rehearsal import command  # noqa: PLC0415

    return CommandResult(command.rehearse(options.to))
