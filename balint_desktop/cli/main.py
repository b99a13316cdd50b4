"""Argument parser and dispatch of the command line."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import cast

from balint_desktop.cli.commands import positional_arguments, renamed
from balint_desktop.cli.language import use_language
from balint_desktop.cli.output import escaped_output
from balint_desktop.cli.parsing import SubcommandParser, build_parser
from balint_desktop.cli.result import CommandResult, UsageError, leave_output
from balint_desktop.command import is_reader_gone
from balint_desktop.domain.trouble import Trouble
from balint_desktop.i18n import tr
from balint_desktop.text.trouble import sentence

WRONG, USAGE = 1, 2


def main(arguments: Sequence[str]) -> int:
    """Run a command line. Return 0 done, 1 failed, 2 wrong usage; the messages for 1 and 2 go to stderr."""
    with escaped_output():
        use_language(arguments)
        return _main(list(arguments))


def _main(arguments: list[str]) -> int:
    try:
        code, words = _run(arguments)
        sys.stdout.flush()
    except SystemExit as ended:
        # argparse has printed the reason already.
        return int(ended.code or 0)
    except KeyboardInterrupt:
        return WRONG
    except OSError as error:
        if not is_reader_gone(error):
            raise
        # The reader closed the pipe.
        leave_output()
        return 0
    if words:
        print(words, file=sys.stderr)
    return code


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """Parse a command line; wrong usage ends the program with exit code 2, as in argparse."""
    name = next(iter(positional_arguments(arguments)), "")
    return build_parser(name, _COMMANDS.get(name)).parse_args(list(arguments), argparse.Namespace(data_dir=None))


def _run(arguments: list[str]) -> tuple[int, str]:
    old_and_new = renamed(arguments)
    if old_and_new is not None:
        old, new = old_and_new
        return USAGE, tr("“{old}” is now called “{new}”. Nothing was done.").format(old=old, new=new)
    options = parse(arguments)
    try:
        answer = cast("Callable[[argparse.Namespace], CommandResult]", options.do)(options)
    except UsageError as error:
        return USAGE, str(error)
    except Trouble as trouble:
        return WRONG, sentence(trouble)
    return (WRONG, answer.wrong) if answer.wrong else (0, "")


# Each command's module is imported on use: the dependencies of the others need not be installed.


def _vault(acts: SubcommandParser) -> None:
    from balint_desktop.cli import vault  # noqa: PLC0415

    vault.add_to(acts)


def _groups(acts: SubcommandParser) -> None:
    from balint_desktop.cli import groups  # noqa: PLC0415

    groups.add_to(acts)


def _sessions(acts: SubcommandParser) -> None:
    from balint_desktop.cli import sessions  # noqa: PLC0415

    sessions.add_to(acts)


def _consents(acts: SubcommandParser) -> None:
    from balint_desktop.cli import consents  # noqa: PLC0415

    consents.add_to(acts)


def _recordings(acts: SubcommandParser) -> None:
    from balint_desktop.cli import recordings  # noqa: PLC0415

    recordings.add_to(acts)


def _transcribe(acts: SubcommandParser) -> None:
    from balint_desktop.cli import transcribe  # noqa: PLC0415

    transcribe.add_to(acts)


def _transcripts(acts: SubcommandParser) -> None:
    from balint_desktop.cli import transcripts  # noqa: PLC0415

    transcripts.add_to(acts)


def _retention(acts: SubcommandParser) -> None:
    from balint_desktop.cli import retention  # noqa: PLC0415

    retention.add_to(acts)


def _formats(acts: SubcommandParser) -> None:
    from balint_desktop.cli import formats  # noqa: PLC0415

    formats.add_to(acts)


def _deidentify(acts: SubcommandParser) -> None:
    from balint_desktop.cli import deidentify  # noqa: PLC0415

    deidentify.add_to(acts)


def _models(acts: SubcommandParser) -> None:
    from balint_desktop.cli import models  # noqa: PLC0415

    models.add_to(acts)


def _analysis(acts: SubcommandParser) -> None:
    from balint_desktop.cli import analysis  # noqa: PLC0415

    analysis.add_to(acts)


def _doctor(acts: SubcommandParser) -> None:
    from balint_desktop.cli import doctor  # noqa: PLC0415

    doctor.add_to(acts)


def _rehearse(acts: SubcommandParser) -> None:
    from balint_desktop.cli import rehearse  # noqa: PLC0415

    rehearse.add_to(acts)


_COMMANDS: Mapping[str, Callable[[SubcommandParser], None]] = {
    "vault": _vault,
    "groups": _groups,
    "sessions": _sessions,
    "consents": _consents,
    "recordings": _recordings,
    "transcribe": _transcribe,
    "transcripts": _transcripts,
    "retention": _retention,
    "formats": _formats,
    "deidentify": _deidentify,
    "models": _models,
    "analysis": _analysis,
    "doctor": _doctor,
    "rehearse": _rehearse,
}
