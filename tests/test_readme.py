"""The README's files, commands and targets exist."""

from __future__ import annotations

import re
import shlex

import pytest
from readme import README, blocks

from balint_desktop.cli import main as cli
from balint_desktop.cli.commands import COMMANDS
from balint_desktop.ui.shell import start_options

TEXT = README.read_text(encoding="utf-8")
LINES = blocks("On the command line")[0].splitlines()


def test_every_linked_file_exists():
    named = {*re.findall(r"\]\(([^)#:]+)\)", TEXT), *re.findall(r'(?:src|srcset)="([^"]+)"', TEXT)}

    assert {"SECURITY.md", "resources/pictures/room-light.png"} <= named
    assert not [name for name in named if not (README.parent / name).is_file()]


@pytest.mark.parametrize("line", LINES)
def test_every_command_shown_parses(line):
    program, *one = shlex.split(re.split(r" {2,}", line)[0])

    assert program == "balint-desktop"
    if one and not one[0].startswith("-"):
        assert cli.parse(one)
    else:
        assert start_options.parse(one)


def test_it_shows_every_command_and_every_action():
    shown = {" ".join(line.split()[1:3]) for line in LINES}
    acts = {f"{command.name} {act}" for command in COMMANDS for act in command.subcommands}

    assert not acts - shown
    assert {command.name for command in COMMANDS} <= {words.split()[0] for words in shown if words}


def test_every_named_target_is_in_the_makefile():
    makefile = (README.parent / "Makefile").read_text(encoding="utf-8")
    targets = {name for names in re.findall(r"^([\w -]+):", makefile, re.MULTILINE) for name in names.split()}

    assert set(re.findall(r"(?:^|`)make ([\w-]+)", TEXT, re.MULTILINE)) <= targets
