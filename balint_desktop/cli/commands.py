"""Every command and act with its line of help, and the words of earlier versions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class CommandHelp:
    """One command. `acts` are its subcommands, each with a line of help; empty where it has none."""

    name: str
    help: str
    subcommands: Mapping[str, str] = field(default_factory=dict)


WINDOW = {
    "": "open the window",
    "--timer-only": "open only the clock and the prompts; nothing is stored",
    "--version": "print the version",
}
"""The usage without a command."""

COMMANDS = (
    CommandHelp(
        "vault",
        "create the vault, back it up and restore it",
        {
            "create": "create a vault and print its recovery key, once only",
            "backup": "copy everything, sealed, to another disk",
            "backups": "list the backups recorded in the log",
            "restore": "restore a vault from a backup",
            "reader-key": "print this vault’s reader key, and eight words to compare by telephone",
        },
    ),
    CommandHelp(
        "groups",
        "create and list groups",
        {"create": "create a group, with its dates if a first day is given", "list": "list the groups"},
    ),
    CommandHelp(
        "sessions",
        "enter and list sessions",
        {
            "enter": "enter a session that ran without the laptop",
            "list": "list the sessions, and which can take a recording",
        },
    ),
    CommandHelp(
        "consents",
        "enter and list consents",
        {"enter": "record an answer for members and purposes", "list": "list the current answers"},
    ),
    CommandHelp(
        "recordings",
        "list, verify, import, export, share and redact recordings",
        {
            "list": "list the recordings and their condition",
            "verify": "check every byte, changing nothing",
            "import": "import a sealed copy, or a file from another recorder as a session’s recording",
            "export": "export an audio file, not encrypted, for an agreed purpose",
            "share": "make a sealed copy of a recording",
            "redact": "delete removed stretches from a sealed recording, permanently",
        },
    ),
    CommandHelp(
        "retention",
        "list what is due to be destroyed",
        {
            "list": "list retention periods and legal holds, overdue items first",
            "verified": "record that a transcript is verified, which starts its period",
        },
    ),
    CommandHelp(
        "formats",
        "list, check and copy session formats",
        {
            "list": "list the session formats",
            "check": "check whether a file can be used; if not, show which line and why",
            "copy": "copy a format so you can change it",
        },
    ),
    CommandHelp("transcribe", "write the first draft of a transcript, on this computer"),
    CommandHelp(
        "transcripts",
        "list, print, export and delete transcripts",
        {
            "list": "list the transcripts and how far each is",
            "show": "print a transcript, not encrypted and not de-identified",
            "export": "export an approved text, de-identified and not encrypted, to a new file",
            "delete": "delete a transcript; the recording stays",
        },
    ),
    CommandHelp(
        "deidentify",
        "find what may identify people in a text",
        {"check": "list what may identify people in any text file, without a vault"},
    ),
    CommandHelp(
        "models",
        "list, add, check and remove models for transcription",
        {
            "list": "list the models on this computer, and those you can add",
            "add": "add a model from a folder or a zip that you already have",
            "remove": "remove a model from this computer",
            "check": "check every byte of the models on this computer",
        },
    ),
    CommandHelp(
        "analysis",
        "send and receive sealed coding files, export a project, and measure how far coders agree in one",
        {
            "agreement": "print how far the coders of a project file agree, code by code",
            "export": "export an analysis as a REFI-QDA project for other software, not encrypted",
            "list": "list the analyses in this vault",
            "send": "make a sealed coding file for one coder, with nobody else’s work in it",
            "receive": "import a coding file: one that was sent to you, or one that came back from a coder",
            "return": "seal your closed round for the person who sent you the analysis",
            "import": "take a coder’s project from other software into their round, after your own is closed",
            "delete": "destroy an analysis for good, with all its coding; approved texts stay",
        },
    ),
    CommandHelp("doctor", "check this computer and suggest fixes"),
    CommandHelp("rehearse", "run a shortened session on a virtual screen and microphone"),
)

RECORDER = CommandHelp("recorder", "record only, sealed to a public key, without opening a vault")
"""A child of the window that can be started by itself; its own program parses its arguments."""

NAMES = frozenset(command.name for command in COMMANDS)

_RENAMED = {
    "keeping": "retention",
    "recordings hand-over": "recordings share",
    "recordings bring-in": "recordings import",
    "recordings cut": "recordings redact",
    "recordings sessions": "sessions list",
}
_RENAMED_OPTIONS = {"--in-the-clear": "--not-encrypted", "--what-is-sound": "--intact-only"}

_WITH_VALUE = frozenset({"--data-dir", "--passphrase-file"})


def positional_arguments(arguments: Sequence[str]) -> tuple[str, ...]:
    """Return the arguments that are neither an option nor the value of one allowed before a command."""
    return tuple(_words(arguments))


def _words(arguments: Sequence[str]) -> Iterator[str]:
    before = ""
    for argument in arguments:
        if not argument.startswith("-") and before not in _WITH_VALUE:
            yield argument
        before = argument


def is_command(arguments: Sequence[str]) -> bool:
    """Return whether the arguments name a command, under its current or an earlier name, or ask for the help on all."""
    first = next(iter(positional_arguments(arguments)), "")
    return first in NAMES or first in _RENAMED or (not first and bool({"-h", "--help"} & set(arguments)))


def renamed(arguments: Sequence[str]) -> tuple[str, str] | None:
    """Return an earlier version's word among the arguments and its replacement; None without one."""
    words = positional_arguments(arguments)
    for old in (*words[:1], " ".join(words[:2])):
        if old in _RENAMED:
            return old, _RENAMED[old]
    return next(((old, new) for old, new in _RENAMED_OPTIONS.items() if old in arguments), None)
