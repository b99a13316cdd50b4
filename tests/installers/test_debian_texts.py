"""The changelog and the manual page that the .deb carries."""

from __future__ import annotations

import shutil
import subprocess
import sys
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest

from balint_desktop.cli.commands import COMMANDS

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "installers" / "linux"))

import debian_texts  # noqa: E402  a script of a recipe

NOON = 1_795_867_200.0
WRITTEN = """\
# Changelog
Words.

## [Unreleased]
### Changed
- Something since.

## [0.2.0] - 2026-11-28
### Added
- **A package**, which is said in a line that goes on and on, well past the end of what a terminal shows at once
  and still goes on.
- Another.

## [0.1.0] - 2026-11-28
### Fixed
- One thing.
"""


def changelog():
    return debian_texts.changelog(WRITTEN, "balint-desktop", "0.2.0", "A <a@example.org>", NOON)


def test_each_version_is_an_entry_with_its_bullets_and_no_line_is_too_long():
    lines = changelog().splitlines()

    assert [line for line in lines if line.startswith("balint-desktop")] == [
        "balint-desktop (0.2.0) unstable; urgency=medium",
        "balint-desktop (0.1.0) unstable; urgency=medium",
    ]
    bullets = [line for line in lines if line.startswith("  *")]
    assert (bullets[0], *bullets[2:]) == ("  * Something since.", "  * Another.", "  * One thing.")
    assert max(map(len, lines)) <= debian_texts.WIDTH
    assert "and still goes on." in " ".join(" ".join(lines).split())


def test_a_version_of_the_same_day_is_older_than_the_one_that_is_built():
    new, old = (
        parsedate_to_datetime(line.partition(">  ")[2]) for line in changelog().splitlines() if line.startswith(" --")
    )

    assert new.timestamp() == NOON
    assert old < new


def test_the_real_changelog_has_no_line_that_is_too_long():
    real = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")

    assert max(map(len, debian_texts.changelog(real, "x", "9.9.9", "A <a@b>", NOON).splitlines())) <= debian_texts.WIDTH


def test_the_manual_page_has_every_command_and_keeps_its_dashes():
    page = debian_texts.manual_page("balint-desktop", "1.2.3", "A summary", "Words - with ’ marks.\nMore.")

    for command in COMMANDS:
        for act in command.subcommands or [""]:
            name = " ".join(filter(None, (command.name, act))).replace("-", "\\-")
            assert f".B {name}\n" in page
    assert "balint\\-desktop \\- a summary" in page
    assert "’" not in page


@pytest.mark.skipif(not shutil.which("groff"), reason="groff is not installed")
def test_groff_reads_the_manual_page_without_a_warning():
    page = debian_texts.manual_page("balint-desktop", "1.2.3", "A summary", "Words.")
    done = subprocess.run(
        ["groff", "-man", "-ww", "-Tutf8", "-P-cbu"], input=page, capture_output=True, text=True, check=True
    )

    assert not done.stderr
    assert "vault create" in done.stdout
