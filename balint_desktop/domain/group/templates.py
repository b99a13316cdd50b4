"""Templates for a new group: frames from the literature, or the frame of an earlier group."""

from __future__ import annotations

from dataclasses import dataclass, replace

from balint_desktop.domain.group.dates import A_WEEK, Plan
from balint_desktop.domain.group.group import Group, RecordingRule, Weekday, new_participants
from balint_desktop.domain.values import GroupId


@dataclass(frozen=True, slots=True)
class GroupTemplate:
    """A template: number of sessions, interval in days, number of people, format, and its source.

    Every field can be changed. The name is translated where it is shown.
    """

    key: str
    name: str
    sessions: int
    every: int
    people: int
    format_key: str
    source: str


TEMPLATES = (
    GroupTemplate("six", "Six weekly sessions", 6, A_WEEK, 6, "student-hour", "Ng, Seu & Cullum 2022"),
    GroupTemplate("six-online", "Six weekly sessions online", 6, A_WEEK, 6, "online", "Ng, Seu & Cullum 2022"),
    GroupTemplate("four", "Four weekly sessions", 4, A_WEEK, 7, "student-hour", "Ros et al., BJPsych Open 2022"),
    GroupTemplate("twelve", "Twelve weekly sessions", 12, A_WEEK, 8, "student-hour", "St George's student scheme"),
    GroupTemplate(
        "fortnightly", "Twelve sessions, every two weeks", 12, 2 * A_WEEK, 12, "student-hour", "King's student scheme"
    ),
)


def from_template(template: GroupTemplate, group: GroupId, name: str) -> Group:
    """Build a new group from a template."""
    return Group(group, name, template.sessions, new_participants(template.people), format_key=template.format_key)


def with_dates(group: Group, sessions: int, plan: Plan) -> Group:
    """Return a new group with its number of sessions and, if dates are planned, the weekday of the first."""
    return replace(group, sessions=sessions, weekday=list(Weekday)[plan[0].day.weekday()] if plan else None)


def template_from_group(earlier: Group, group: GroupId, name: str) -> Group:
    """Build a new group from an earlier one: same format, support, readers and number of people, but new members.

    Members, consents and seats are not copied, nor who decides on recording: that is asked of each group anew.
    """
    people = sum(1 for member in earlier.participants if member.left is None)
    return replace(
        earlier,
        id=group,
        name=name,
        participants=new_participants(max(1, people)),
        recording_rule=RecordingRule.ALL_MEMBERS,
        leader_assesses=None,
        grades_final=None,
    )
