"""Find a group, a session or members by what is named on the command line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from balint_desktop.cli.result import UsageError
from balint_desktop.domain.group.group import Group
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import ParticipantCode, RecordingId, SessionId, parse_participant_code
from balint_desktop.i18n import tr
from balint_desktop.vault.log.log import Log

Id = TypeVar("Id", bound=str)
EVERYONE = "all"


def find_group(log: Log, named: str) -> Group:
    """Return a group. Raise Trouble GROUP_MISSING."""
    groups = {group.id: group for group in log.groups.groups()}
    found = unique_match(groups, named)
    if found is None:
        raise Trouble(TroubleCode.GROUP_MISSING, name=named)
    return groups[found]


def find_session(log: Log, named: str) -> SessionId:
    """Return a session that has started. Raise Trouble SESSION_MISSING."""
    found = unique_match((row.id for row in log.sessions.sessions()), named)
    if found is None:
        raise Trouble(TroubleCode.SESSION_MISSING, name=named)
    return found


def find_recording(log: Log, named: str) -> RecordingId:
    """Return the recording with that id, or the only one with that prefix. Raise Trouble RECORDING_MISSING."""
    found = unique_match((row.id for row in log.recordings.recordings()), named)
    if found is None:
        raise Trouble(TroubleCode.RECORDING_MISSING, recording=named)
    return found


def parse_codes(text: str) -> tuple[ParticipantCode, ...]:
    """Parse codes written as P1,P2. Raise UsageError."""
    parts = [part.strip() for part in text.split(",")]
    try:
        return tuple(dict.fromkeys(parse_participant_code(part.upper()) for part in parts if part))
    except ValueError as error:
        raise UsageError(tr("“{text}” is not a list of codes. Write them as P1,P2.").format(text=text)) from error


def find_members(group: Group, text: str) -> tuple[ParticipantCode, ...]:
    """Return the named members, or all of them. Raise UsageError, Trouble MEMBER_MISSING."""
    if text.strip().casefold() == EVERYONE:
        return tuple(member.code for member in group.participants)
    codes = parse_codes(text)
    if not codes:
        raise UsageError(tr("Name the members, such as P1,P2, or use “all”."))
    group.require(codes)
    return codes


def unique_match(ids: Iterable[Id], named: str) -> Id | None:
    """Return the id equal to the text, or the only one with that prefix."""
    known = tuple(ids)
    if named in known:
        return named
    found = [one for one in known if named and one.startswith(named)]
    return found[0] if len(found) == 1 else None
