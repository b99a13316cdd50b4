"""Spoiled or malicious rosters: read within bounds, or refused with a Trouble, and never half."""

from __future__ import annotations

import contextlib
import functools
import io
import zipfile

import openpyxl
from spoiling import spoiled

from balint_desktop.domain.group.group import Group, new_participants
from balint_desktop.domain.group.roster import Roster
from balint_desktop.domain.trouble import Trouble
from balint_desktop.domain.values import GroupId
from balint_desktop.roster.plan_import import people_in, plan
from balint_desktop.roster.read_table import MAX_ROWS, parse_table

GROUP = Group(GroupId("g"), "Block B", participants=new_participants(6))
TEXT = 'sep=;\nName;Code;E-mail\n"Zoë ""Z"" Example";P1;z@example.org\n=1+1;2;"two\nlines"\nNæm;;\n;P4;\n'
CODECS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "utf-7", "utf-32")


def roster_file(rng, folder):
    """A CSV file, spoiled, in a random encoding."""
    _read(spoiled(rng, TEXT.encode(rng.choice(CODECS)), most=6), rng)


def roster_workbook(rng, folder):
    """A workbook with one member, or all of it, spoiled."""
    if rng.random() < 0.3:
        _read(spoiled(rng, _workbook(), most=6), rng)
        return
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_workbook())) as before, zipfile.ZipFile(out, "w") as after:
        which = rng.choice(before.namelist())
        for name in before.namelist():
            data = before.read(name)
            after.writestr(name, spoiled(rng, data, most=4) if name == which else data)
    _read(out.getvalue(), rng)


@functools.cache
def _workbook():
    book = openpyxl.Workbook()
    for row in (("Name", "Code", "Phone"), ("Zoë", 1, 21000), ("=1+1", "P2", None), ("Two", 3.5, True)):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _read(data, rng):
    with contextlib.suppress(Trouble):
        found = people_in(parse_table(data, "list"), "list")
        assert len(found.rows) <= MAX_ROWS
        made = plan(found, GROUP, Roster(), fill=rng.random() < 0.5)
        codes = [person.code for person in made.named_rows]
        assert len(codes) == len(set(codes))
        assert all(person.name.isprintable() for person in made.named_rows)
