"""Read TOML and report the line of each error, for formats, prompts and questionnaires."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from typing import Any

from balint_desktop.domain.foreign import FOREIGN_ERRORS

_HEADER = re.compile(r"^\s*\[\[?\s*([A-Za-z_]+)\s*\]?\]")
_KEY = re.compile(r"^\s*([A-Za-z_][A-Za-z0-9_-]*)\s*=")
_AT_LINE = re.compile(r"\(at line (\d+)")
_REQUIRED = object()
_LONGEST_MINUTES = 600


class FormatError(ValueError):
    """A format file that cannot be used: `line` (1 upwards) and `reason`, in words that finish a sentence.

    `template` is the reason with its `details` still to be filled in, for a translation.
    """

    def __init__(self, line: int, template: str, **details: object) -> None:
        self.template = template
        self.details = details
        reason = template.format(**details)
        super().__init__(f"line {line}: {reason}")
        self.line = line
        self.reason = reason


class Lines:
    """Reads values out of a parsed TOML text, and knows the line of each key."""

    def __init__(self, text: str) -> None:
        self._lines: dict[tuple[str, int | None, str], int] = {}
        rows = text.removesuffix("\n").split("\n")
        self._count = len(rows)
        table, index = "", None
        counts: dict[str, int] = {}
        for number, line in enumerate(rows, start=1):
            if header := _HEADER.match(line):
                table = header.group(1)
                index = counts.get(table, -1) + 1
                counts[table] = index
                self._lines[table, index, ""] = number
            elif key := _KEY.match(line):
                self._lines.setdefault((table, index, key.group(1)), number)

    def of(self, key: str, index: int | None = None, table_name: str = "phase") -> int:
        """Return the line of a key, of the table by that name, or of its table's header where it is missing."""
        places: list[tuple[str, int | None, str]] = (
            [("", None, key), (key, 0, "")] if index is None else [(table_name, index, key), (table_name, index, "")]
        )
        return next((self._lines[place] for place in places if place in self._lines), 1)

    def parsed(self, text: str) -> dict[str, Any]:
        """Parse the text's tables. Raise FormatError where it is not TOML."""
        try:
            return tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            found = _AT_LINE.search(str(error))
            line = int(found.group(1)) if found else self._count
            reason = re.sub(r"\s*\(at .*\)$", "", str(error))
            raise FormatError(line, "this is not TOML ({reason})", reason=reason) from error
        except FOREIGN_ERRORS as error:
            raise FormatError(1, "it is nested too deeply, or contains a number that is too large") from error

    def refuse_unknown(
        self, table: Mapping[str, Any], known: Iterable[str], index: int | None, table_name: str = "phase"
    ) -> None:
        """Raise FormatError for an unknown key: most often a typing error."""
        for key in table:
            if key not in known:
                raise FormatError(self.of(key, index, table_name), "“{key}” is not recognised here", key=key)

    def text(
        self,
        table: Mapping[str, Any],
        key: str,
        index: int | None,
        default: object = _REQUIRED,
        table_name: str = "phase",
    ) -> str:
        """Return a text; it is required unless a default is given."""
        value = table.get(key, default)
        if value is _REQUIRED:
            raise FormatError(self.of(key, index, table_name), "“{key}” is missing", key=key)
        if not isinstance(value, str):
            raise FormatError(self.of(key, index, table_name), "“{key}” must be text in quotation marks", key=key)
        if default is _REQUIRED and not value.strip():
            raise FormatError(self.of(key, index, table_name), "“{key}” is empty", key=key)
        return value

    def texts(
        self, table: Mapping[str, Any], key: str, index: int | None, table_name: str = "phase"
    ) -> tuple[str, ...]:
        """Return a list of texts, empty where it is missing."""
        value = table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise FormatError(self.of(key, index, table_name), "“{key}” must be a list of texts", key=key)
        return tuple(value)

    def flag(self, table: Mapping[str, Any], key: str, index: int | None, table_name: str = "phase") -> bool:
        """Return a boolean, false where it is missing."""
        value = table.get(key, False)
        if not isinstance(value, bool):
            raise FormatError(
                self.of(key, index, table_name), "“{key}” must be true or false, without quotation marks", key=key
            )
        return value

    def tables(self, data: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
        """Return the tables written as [[key]], empty where there are none."""
        value = data.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise FormatError(self.of(key), "write each one as a [[{key}]] table", key=key)
        return value

    def minutes(self, table: Mapping[str, Any], key: str, index: int | None, table_name: str = "phase") -> int:
        """Return a time written in minutes (12 or 2.5), in whole seconds."""
        line = self.of(key, index, table_name)
        if key not in table:
            raise FormatError(line, "“{key}” is missing", key=key)
        value = table[key]
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= _LONGEST_MINUTES:
            raise FormatError(
                line, "“{key}” must be a number of minutes from 0 to {most}", key=key, most=_LONGEST_MINUTES
            )
        return round(value * 60)
