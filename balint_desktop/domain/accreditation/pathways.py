"""Accreditation pathways: aims with their sources, parsing and storing them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from balint_desktop.domain.accreditation.progress import Measure
from balint_desktop.domain.session.format_lines import FormatError, Lines

MAX_WANTED = 999
_TOP_KNOWN = {"key", "name", "about", "source", "dated", "aim"}
_AIM_KNOWN = {"count", "wanted", "desirable", "note"}


@dataclass(frozen=True, slots=True)
class Aim:
    """A target amount of one measure. `desirable` marks what the society recommends and does not require."""

    measure: Measure
    target: int
    desirable: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Pathway:
    """A named set of aims, with the source of their figures and its age, in words."""

    name: str = ""
    key: str = ""
    about: str = ""
    source: str = ""
    dated: str = ""
    aims: tuple[Aim, ...] = ()


def parse_pathway(text: str) -> Pathway:
    """Return the pathway that a TOML text describes. Raise FormatError with the line and the reason."""
    lines = Lines(text)
    data = lines.parsed(text)
    lines.refuse_unknown(data, _TOP_KNOWN, None)
    tables = lines.tables(data, "aim")
    if not tables:
        raise FormatError(1, "a pathway needs at least one [[aim]]")
    return Pathway(
        key=lines.text(data, "key", None),
        name=lines.text(data, "name", None),
        about=lines.text(data, "about", None, default=""),
        # Without its source a figure cannot be checked when it changes.
        source=lines.text(data, "source", None),
        dated=lines.text(data, "dated", None),
        aims=tuple(_aim(table, index, lines) for index, table in enumerate(tables)),
    )


def _aim(table: Mapping[str, Any], index: int, lines: Lines) -> Aim:
    lines.refuse_unknown(table, _AIM_KNOWN, index, "aim")
    count = lines.text(table, "count", index, table_name="aim")
    if count not in set(Measure):
        raise FormatError(lines.of("count", index, "aim"), "“{count}” is not something the app counts", count=count)
    wanted = table.get("wanted")
    if not isinstance(wanted, int) or isinstance(wanted, bool) or not 1 <= wanted <= MAX_WANTED:
        raise FormatError(
            lines.of("wanted", index, "aim"), "“wanted” must be a whole number from 1 to {most}", most=MAX_WANTED
        )
    return Aim(
        Measure(count),
        wanted,
        lines.flag(table, "desirable", index, "aim"),
        lines.text(table, "note", index, default="", table_name="aim"),
    )


def to_plain(pathway: Pathway) -> dict[str, Any]:
    """Return a pathway as plain values, to be stored as JSON."""
    aims = [
        {"count": aim.measure.value, "wanted": aim.target, "desirable": aim.desirable, "note": aim.note}
        for aim in pathway.aims
    ]
    texts = {"name": pathway.name, "key": pathway.key, "about": pathway.about}
    return {**texts, "source": pathway.source, "dated": pathway.dated, "aims": aims}


def from_plain(values: Mapping[str, Any]) -> Pathway:
    """Return a pathway from its plain values. Aims that this version cannot count are left out."""
    known = {measure.value for measure in Measure}
    return Pathway(
        name=str(values.get("name", "")),
        key=str(values.get("key", "")),
        about=str(values.get("about", "")),
        source=str(values.get("source", "")),
        dated=str(values.get("dated", "")),
        aims=tuple(
            Aim(Measure(aim["count"]), int(aim["wanted"]), bool(aim["desirable"]), str(aim["note"]))
            for aim in values.get("aims", ())
            if aim["count"] in known
        ),
    )
