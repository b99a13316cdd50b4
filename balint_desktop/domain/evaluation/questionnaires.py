"""Questionnaires of the written part: statements with five answers, free lines, and parsing the file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from balint_desktop.domain.session.format_lines import FormatError, Lines

# A five-point scale with labelled ends (this project's questionnaire, not validated).
POINTS = 5
MAX_STATEMENTS = 20
MAX_LINES = 2
# Longer statements would not fit on one screen beside five answers.
LONGEST = 160

_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_TOP_KNOWN = {"key", "name", "version", "about", "from_words", "to_words", "language", "statement", "line"}
_MAX_VERSION = 999


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """Statements to be answered 1 to 5, the labels of 1 and 5, and the questions for free lines.

    `language` is the tag of the language it is written in, empty where its file does not say.
    `version` rises when its questions change. A written part keeps the text it was opened with, so answers to one
    version are never counted with those to another.
    """

    key: str
    name: str
    about: str
    statements: tuple[str, ...]
    lines: tuple[str, ...]
    from_words: str
    to_words: str
    language: str = ""
    version: int = 1


def parse_questionnaire(text: str) -> Questionnaire:
    """Return the questionnaire that a TOML text describes.

    Raise FormatError, with the line and the reason, where it does not describe one.
    """
    lines = Lines(text)
    data = lines.parsed(text)
    lines.refuse_unknown(data, _TOP_KNOWN, None)
    key = lines.text(data, "key", None)
    if not _KEY.fullmatch(key):
        raise FormatError(lines.of("key"), "“key” can contain only lower-case letters from a to z, digits and hyphens")
    statements = _texts(data, "statement", lines)
    if not statements:
        raise FormatError(1, "a questionnaire needs at least one [[statement]]")
    _no_more(statements, MAX_STATEMENTS, "statement", lines)
    free = _texts(data, "line", lines)
    _no_more(free, MAX_LINES, "line", lines)
    return Questionnaire(
        key=key,
        name=lines.text(data, "name", None),
        about=lines.text(data, "about", None, default=""),
        statements=statements,
        lines=free,
        from_words=lines.text(data, "from_words", None),
        to_words=lines.text(data, "to_words", None),
        language=lines.text(data, "language", None, default=""),
        version=_version(data, lines),
    )


def _version(data: Mapping[str, Any], lines: Lines) -> int:
    version = data.get("version", 1)
    if not isinstance(version, int) or isinstance(version, bool) or not 1 <= version <= _MAX_VERSION:
        raise FormatError(lines.of("version"), "“version” must be a whole number from 1 to {most}", most=_MAX_VERSION)
    return version


def _texts(data: Mapping[str, Any], table_name: str, lines: Lines) -> tuple[str, ...]:
    found: list[str] = []
    for index, table in enumerate(lines.tables(data, table_name)):
        lines.refuse_unknown(table, {"text"}, index, table_name)
        text = lines.text(table, "text", index, table_name=table_name)
        if len(text) > LONGEST:
            raise FormatError(
                lines.of("text", index, table_name),
                "a {table} can have at most {most} characters",
                table=table_name,
                most=LONGEST,
            )
        if text in found:
            raise FormatError(lines.of("text", index, table_name), "the same text appears twice")
        found.append(text)
    return tuple(found)


def _no_more(found: tuple[str, ...], most: int, table_name: str, lines: Lines) -> None:
    if len(found) > most:
        raise FormatError(
            lines.of("", most, table_name),
            "there can be at most {most} [[{table}]] tables",
            most=most,
            table=table_name,
        )
