"""Texts that Debian asks of a package: the changelog in its form, and the manual page of the command."""

from __future__ import annotations

import email.utils
import re
import textwrap
from datetime import UTC, datetime

from balint_desktop.cli.commands import COMMANDS, RECORDER, WINDOW

# Debian's policy and lintian: no line of a changelog or of a description is longer.
WIDTH = 80


def changelog(written: str, package: str, version: str, maintainer: str, built_at: float) -> str:
    """Return Debian's form of CHANGELOG.md: one entry a version, its bullets wrapped.

    `built_at` (seconds since 1970) dates the version that is built, which has what is not released yet; an earlier one
    is dated by the start of its day.
    """
    bodies: dict[str, list[str]] = {}
    days: dict[str, datetime] = {}
    for section in re.split(r"^## ", written, flags=re.MULTILINE)[1:]:
        title, _, body = section.partition("\n")
        name = title.split()[0].strip("[]")
        named = version if name == "Unreleased" else name
        day = re.search(r"\d{4}-\d\d-\d\d", title)
        if day is not None:
            days[named] = datetime.fromisoformat(f"{day[0]}T00:00Z")
        bodies.setdefault(named, []).append(_bullets(body))
    days[version] = datetime.fromtimestamp(built_at, UTC)
    return "\n".join(
        f"{package} ({named}) unstable; urgency=medium\n\n{_joined(bullets)}\n\n"
        f" -- {maintainer}  {email.utils.format_datetime(days.get(named, days[version]))}\n"
        for named, bullets in bodies.items()
    )


def _joined(bodies: list[str]) -> str:
    return "\n".join(filter(None, bodies))


def _bullets(body: str) -> str:
    """Return a version's headings and bullets, in Debian's marks."""
    lines = []
    for block in re.split(r"\n(?=- |###)", body.strip()):
        words = " ".join(block.split())
        if words.startswith("### "):
            lines.append(f"  [ {words.removeprefix('### ')} ]")
        else:
            lines += _wrapped(f"* {words.removeprefix('- ')}", first="  ", others="    ")
    return "\n".join(lines)


def _wrapped(words: str, *, first: str, others: str) -> list[str]:
    return textwrap.wrap(
        words, WIDTH, initial_indent=first, subsequent_indent=others, break_long_words=False, break_on_hyphens=False
    )


def wrapped_description(text: str) -> str:
    """Return a package's long description as its control file takes it."""
    return "".join(f"{line}\n" for line in _wrapped(" ".join(text.split()), first=" ", others=" "))


def manual_page(package: str, version: str, summary: str, description: str) -> str:
    """Return the manual page (section 1) of the command, with all that `--help` lists."""
    lines = [
        f'.TH {package.upper()} 1 "" "{package} {version}"',
        ".SH NAME",
        f"{_roff(package)} \\- {_roff(summary[0].lower() + summary[1:])}",
        ".SH SYNOPSIS",
        f"\\fB{_roff(package)}\\fR [\\fB\\-\\-data\\-dir\\fR \\fIDIR\\fR] [\\fICOMMAND\\fR ...]",
        ".SH DESCRIPTION",
        _roff(" ".join(description.split())),
        ".SH WITHOUT A COMMAND",
        *(_item(name or package, words) for name, words in WINDOW.items()),
        ".SH COMMANDS",
        "Each answers \\-\\-help.",
        *(
            _item(" ".join(filter(None, (command.name, act))), words)
            for command in (*COMMANDS, RECORDER)
            for act, words in (command.subcommands or {"": command.help}).items()
        ),
        ".SH EXIT STATUS",
        "0 done, 1 something is wrong and one line says what, 2 wrong usage.",
        ".SH FILES",
        _item(f"~/.local/share/{package}", "all that is stored; --data-dir chooses another folder"),
        _item(f"/usr/share/doc/{package}/for-it.md", "a sheet for IT"),
    ]
    return "\n".join(lines) + "\n"


def _item(name: str, words: str) -> str:
    return f".TP\n.B {_roff(name)}\n{_roff(words)}"


def _roff(text: str) -> str:
    """Return text with what roff reads as its own escaped."""
    return text.replace("\\", "\\e").replace("-", "\\-").replace("’", "\\(cq").replace("'", "\\(aq")
