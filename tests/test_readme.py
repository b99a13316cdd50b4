"""What the README promises is there: its files, its commands, its targets."""

from __future__ import annotations

import re
import shlex

import pytest
from readme import README, blocks

from balint_desktop.__main__ import _COMMANDS
from balint_desktop.cli import main as cli
from balint_desktop.ui.shell import start_options

TEXT = README.read_text(encoding="utf-8")
LINES = blocks("On the command line")[0].splitlines()


def test_every_file_that_it_points_to_is_there():
    named = {*re.findall(r"\]\(([^)#:]+)\)", TEXT), *re.findall(r'(?:src|srcset)="([^"]+)"', TEXT)}

    assert {"SECURITY.md", "resources/pictures/room-light.png"} <= named
    assert not [name for name in named if not (README.parent / name).is_file()]


@pytest.mark.parametrize("line", LINES)
def test_a_command_that_it_shows_is_understood(line):
    program, *told = shlex.split(re.split(r" {2,}", line)[0])

    assert program == "balint-desktop"
    if told and not told[0].startswith("-"):
        assert cli._parser().parse_args(told)
    else:
        assert start_options.parse(told)


def test_it_shows_every_command():
    shown = {line.split()[1] for line in LINES if len(line.split()) > 1}

    assert shown >= _COMMANDS


def test_a_target_that_it_names_is_in_the_makefile():
    targets = set(re.findall(r"^(\w+):", (README.parent / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))

    assert set(re.findall(r"(?:^|`)make (\w+)", TEXT, re.MULTILINE)) <= targets
