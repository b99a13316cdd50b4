"""The commands: --help names every one, a former name is refused with the new one, and each has help."""

from __future__ import annotations

import pytest

from balint_desktop import __main__ as start
from balint_desktop.cli import commands
from balint_desktop.cli import main as cli
from balint_desktop.cli.commands import COMMANDS, RECORDER, is_command, renamed

ACTS = [(command.name, act) for command in COMMANDS for act in command.subcommands]


def help_of(capsys, *arguments):
    assert start.main([*arguments, "--help"]) == 0
    return " ".join(capsys.readouterr().out.split())


def test_help_names_every_command_and_every_act(capsys):
    words = help_of(capsys)

    assert not [name for name in (*commands.NAMES, "recorder", "--timer-only") if name not in words]
    assert not [f"{name} {act}" for name, act in ACTS if f"{name} {act} {_line(name, act)}" not in words]


@pytest.mark.parametrize(("name", "act"), ACTS)
def test_the_help_of_an_act_says_what_it_does_and_takes_the_data_folder(capsys, name, act):
    words = help_of(capsys, name, act)
    line = _line(name, act)

    assert f"{line[:1].upper()}{line[1:]}." in words
    assert "--data-dir" in words


@pytest.mark.parametrize("command", [command.name for command in COMMANDS])
def test_the_help_of_a_command_says_what_it_does(capsys, command):
    line = next(one.help for one in COMMANDS if one.name == command)

    assert f"{line[:1].upper()}{line[1:]}." in help_of(capsys, command)


def _line(name, act):
    return next(command.subcommands[act] for command in COMMANDS if command.name == name)


def test_every_command_in_the_help_is_implemented():
    assert set(cli._COMMANDS) == commands.NAMES


@pytest.mark.parametrize(
    ("arguments", "old", "new"),
    [
        (["keeping", "list"], "keeping", "retention"),
        (["recordings", "hand-over", "x", "--to", "y"], "recordings hand-over", "recordings share"),
        (["recordings", "bring-in", "x"], "recordings bring-in", "recordings import"),
        (["recordings", "cut", "x"], "recordings cut", "recordings redact"),
        (["--data-dir", "d", "recordings", "sessions"], "recordings sessions", "sessions list"),
        (["recordings", "export", "x", "--to", "y.wav", "--in-the-clear"], "--in-the-clear", "--not-encrypted"),
        (["vault", "restore", "--from", "x", "--what-is-sound"], "--what-is-sound", "--intact-only"),
    ],
)
def test_a_former_command_is_refused_and_the_new_one_named(capsys, arguments, old, new):
    code = start.main(arguments)

    assert code == 2
    assert capsys.readouterr().err == f"“{old}” is now called “{new}”. Nothing was done.\n"


def test_an_unknown_command_is_answered_by_the_way_to_all_of_them(capsys):
    with pytest.raises(SystemExit) as ended:
        start.main(["frobnicate"])
    printed = capsys.readouterr().err

    assert ended.value.code == 2
    assert "COMMAND" in printed
    assert "“frobnicate” is no command or option. “balint-desktop --help” lists them all." in printed


def test_the_recorders_help_says_what_the_list_says_in_the_same_signs(capsys):
    with pytest.raises(SystemExit):
        start.main(["recorder", "--help"])
    printed = " ".join(capsys.readouterr().out.split())

    assert f"{RECORDER.help[0].upper()}{RECORDER.help[1:]}." in printed
    assert "'" not in printed
    assert [words for words in ("so long", "left out") if words in printed] == []


@pytest.mark.parametrize(
    "arguments", [["groups", "create", "keeping"], ["recordings", "list"], ["vault", "backup", "--to", "sessions"], []]
)
def test_a_value_that_equals_a_former_command_is_not_taken_for_one(arguments):
    assert renamed(arguments) is None


@pytest.mark.parametrize(
    ("arguments", "is_one"),
    [
        (["groups", "list"], True),
        (["--data-dir", "vault", "groups", "list"], True),
        (["--data-dir", "vault"], False),
        (["--timer-only"], False),
        (["--timer-only", "--help"], True),
        ([], False),
    ],
)
def test_a_command_is_distinguished_from_opening_the_window(arguments, is_one):
    assert is_command(arguments) is is_one


def test_an_option_cannot_be_abbreviated(capsys):
    assert start.main(["recordings", "export", "x", "--to", "y.wav", "--not-enc", "--purpose", "analysis"]) == 2
    assert "--not-enc" in capsys.readouterr().err
