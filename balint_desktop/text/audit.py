"""Wording of audit rows: what was done, when, to which session or group."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from balint_desktop.domain.values import GroupId, RecordingId, SessionId
from balint_desktop.i18n import tr
from balint_desktop.vault.log.audit import AuditAct, AuditRow
from balint_desktop.vault.log.log import Log

# Rows shown on the page; the whole trail is exported as a file.
MAX_SHOWN = 2000


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One row of the trail in words: its number, when (seconds since 1970), the act, and its subject."""

    place: int
    wall: float
    act: str
    about: str


@dataclass(frozen=True, slots=True)
class Names:
    """Labels for ids: sessions and groups by id, and the session of each recording."""

    groups: Mapping[GroupId, str]
    sessions: Mapping[SessionId, tuple[GroupId | None, int]]
    recordings: Mapping[RecordingId, SessionId]


def lines(log: Log, most: int = MAX_SHOWN) -> tuple[AuditLine, ...]:
    """Return the latest rows of the trail, newest first. Raise Trouble."""
    rows = log.audit.rows()[-most:]
    names = _names(log)
    return tuple(line(row, names) for row in reversed(rows))


def line(row: AuditRow, names: Names) -> AuditLine:
    """Return a row in words. Rows changed from outside are shown with their content, not refused."""
    return AuditLine(row.place, row.wall, act_label(row.act), _about(_facts(row), names))


def act_label(act_key: str) -> str:
    """Return the label of an act; an unknown act's name, a past participle, is its label."""
    words = {
        AuditAct.VAULT_MADE: tr("The vault was made"),
        AuditAct.PASSPHRASE_CHANGED: tr("The passphrase was changed"),
        AuditAct.RECORDING_MADE: tr("A recording was begun"),
        AuditAct.PART_FINISHED: tr("A part of a recording was closed"),
        AuditAct.RECORDING_EXPORTED: tr("A recording was exported in the clear"),
        AuditAct.DESTROYING_ASKED: tr("Destroying a recording was asked for"),
        AuditAct.RECORDING_DESTROYED: tr("A recording was destroyed"),
        AuditAct.DELETION_WITNESSED: tr("Its clock and its witness were kept"),
        AuditAct.PART_CUT: tr("Struck sound was cut"),
        AuditAct.BACKUP_MADE: tr("A backup was made"),
        AuditAct.VAULT_RESTORED: tr("The vault was restored"),
        AuditAct.KEYS_RENEWED: tr("The keys were renewed"),
        AuditAct.CLOCK_SET: tr("A period was entered"),
        AuditAct.CLOCK_TAKEN_AWAY: tr("A period was taken away"),
        AuditAct.KEEPING_PLACE_SET: tr("Where papers lie was entered"),
        AuditAct.EVENT_NOTED: tr("An event that starts clocks was entered"),
        AuditAct.EVENT_TAKEN_BACK: tr("An event was taken back"),
        AuditAct.DESTROYED_ELSEWHERE: tr("Something outside the app was destroyed"),
        AuditAct.DESTROYED_ELSEWHERE_MISTAKEN: tr("Something was not destroyed after all"),
        AuditAct.HOLD_PLACED: tr("A legal hold was placed"),
        AuditAct.HOLD_LIFTED: tr("A legal hold was lifted"),
        AuditAct.HOLD_STANDS_AGAIN: tr("A lifted hold stands again"),
        AuditAct.ACCESS_REQUEST_KEPT: tr("A request for access was kept"),
        AuditAct.ACCESS_REQUEST_REMOVED: tr("A request for access was taken back"),
    }
    for known, wording in words.items():
        if known.value == act_key:
            return wording
    plain = act_key.replace("-", " ")
    return plain[:1].upper() + plain[1:]


def _facts(row: AuditRow) -> Mapping[str, object]:
    try:
        details = json.loads(row.details)
    except ValueError:
        return {}
    return details if isinstance(details, dict) else {}


def _about(details: Mapping[str, object], names: Names) -> str:
    recording = RecordingId(str(details.get("recording") or ""))
    session = SessionId(str(details.get("session") or names.recordings.get(recording, "")))
    if session in names.sessions:
        group, number = names.sessions[session]
        name = names.groups.get(group, "") if group is not None else ""
        return ", ".join(one for one in (name, tr("session {n}").format(n=number)) if one)
    if recording:
        return tr("recording {id}").format(id=recording[:8])
    return names.groups.get(GroupId(str(details.get("group"))), "")


def _names(log: Log) -> Names:
    return Names(
        {group.id: group.name for group in log.groups.groups()},
        log.retained_recordings.session_names(),
        log.retained_recordings.sessions_of_recordings(),
    )
