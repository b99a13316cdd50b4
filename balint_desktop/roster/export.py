"""Export the names behind a group's codes as a CSV file."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from datetime import date

from balint_desktop.domain.group.group import Group
from balint_desktop.domain.group.roster import Person, Roster
from balint_desktop.reports.cells import safe_cell

COLUMNS = ("code", "name", "contact", "short names", "heard as", "joined", "left")


def roster_csv(group: Group, roster: Roster) -> bytes:
    """Return one row per member, in UTF-8 with a byte order mark; formula-like cells are escaped as text (OWASP)."""
    rows = [
        (
            member.code,
            *_cells(roster.person(member.code)),
            _day(member.joined),
            _day(member.left),
        )
        for member in group.participants
    ]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([safe_cell(value) for value in row] for row in rows)
    return ("\ufeff" + out.getvalue()).encode()


def file_name(group: Group) -> str:
    """Return the file's name, which states that it holds names."""
    ascii_name = unicodedata.normalize("NFKD", group.name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", ascii_name).strip("-")[:40] or "group"
    return f"balint-{slug}-roster-with-names.csv"


def _cells(person: Person | None) -> tuple[str, ...]:
    if person is None:
        return ("", "", "", "")
    return (person.name, person.contact, "; ".join(person.short_names), "; ".join(person.heard_as))


def _day(day: date | None) -> str:
    return day.isoformat() if day is not None else ""
