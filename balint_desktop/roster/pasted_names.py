"""Read a list of names that was pasted: one a line, or rows of a table."""

from __future__ import annotations

from balint_desktop.domain.group.roster import CONTACT_LIMIT, NAME_LIMIT, Person, same_name, tidy
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import participant_code
from balint_desktop.roster.plan_import import RosterContent, people_in, people_pasted
from balint_desktop.roster.read_table import parse_table


def people_in_text(text: str) -> tuple[Person, ...]:
    """Return the people of a pasted list, with codes in its order; a name that is there twice counts once.

    Raise Trouble as for a file, and ROSTER_FILE_EMPTY where no line is a name.
    """
    people: list[Person] = []
    for row in _content(text).rows:
        name = tidy(row.name)[:NAME_LIMIT]
        if name and not any(same_name(name, person.name) for person in people):
            people.append(
                Person(
                    participant_code(len(people) + 1),
                    name,
                    tidy(row.contact)[:CONTACT_LIMIT],
                    row.short_names,
                    row.heard_as,
                )
            )
    if not people:
        raise Trouble(TroubleCode.ROSTER_FILE_EMPTY, name="")
    return tuple(people)


def _content(text: str) -> RosterContent:
    try:
        return people_pasted(text, "")
    except Trouble as trouble:
        if trouble.code is not TroubleCode.ROSTER_COLUMNS:
            raise
        # Whatever was typed into the field for names is one, however it looks.
        return people_in(parse_table(f"Name\n{text}".encode(), ""), "")
