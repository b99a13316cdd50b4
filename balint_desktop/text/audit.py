"""Wording of audit rows: what was done, when, to which session or group."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from balint_desktop.domain.values import GroupId, RecordingId, SessionId
from balint_desktop.i18n import tr
from balint_desktop.vault.log.audit import AuditAct, AuditRow
from balint_desktop.vault.log.log import Log
from balint_desktop.vault.log.studies import CodingFileKind

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
    facts = _facts(row)
    words = _received(facts) if row.act == AuditAct.CODING_PARCEL_RECEIVED else act_label(row.act)
    return AuditLine(row.place, row.wall, words, _about(facts, names))


def act_label(act_key: str) -> str:
    """Return the label of an act; one of a later version is labelled by its name."""
    words: dict[str, str] = {
        AuditAct.VAULT_MADE: tr("The vault was created"),
        AuditAct.PASSPHRASE_CHANGED: tr("The passphrase was changed"),
        AuditAct.RECORDING_MADE: tr("A recording was started"),
        AuditAct.PART_FINISHED: tr("A part of a recording was finished"),
        AuditAct.RECORDING_EXPORTED: tr("A recording was exported, not encrypted"),
        AuditAct.DESTROYING_ASKED: tr("Destruction of a recording was requested"),
        AuditAct.RECORDING_DESTROYED: tr("A recording was destroyed"),
        AuditAct.DELETION_WITNESSED: tr("The retention period and witness of a destruction were recorded"),
        AuditAct.TRANSCRIPT_BEGUN: tr("A transcript was begun"),
        AuditAct.TRANSCRIPT_WRITTEN: tr("The first text of a transcript was written"),
        AuditAct.TRANSCRIPT_SIGNED_OFF: tr("A transcript was signed off"),
        AuditAct.TRANSCRIPT_REOPENED: tr("A transcript that was signed off was opened for editing"),
        AuditAct.TRANSCRIPT_READ_OUT: tr("A transcript was printed, not encrypted"),
        AuditAct.TRANSCRIPT_DELETING_ASKED: tr("Deletion of a transcript was requested"),
        AuditAct.TRANSCRIPT_DELETED: tr("A transcript was deleted"),
        AuditAct.TRANSCRIPT_IMPORTED: tr("A transcript was imported with its recording"),
        AuditAct.TRANSCRIPT_WORDS_REMOVED: tr("A person’s words were removed from a transcript"),
        AuditAct.TRANSCRIPT_NO_WORDS_TO_REMOVE: tr("A transcript had no words of a person to remove"),
        AuditAct.TEXT_WITHOUT_RECORDING: tr("A text was imported for a session without a recording"),
        AuditAct.TEXT_APPROVED: tr("A de-identified text was approved"),
        AuditAct.APPROVED_TEXT_REDACTED: tr("An approved text was redacted"),
        AuditAct.APPROVED_TEXT_DELETING_ASKED: tr("Destruction of an approved text was requested"),
        AuditAct.APPROVED_TEXT_DELETED: tr("An approved text was destroyed"),
        AuditAct.APPROVED_TEXT_EXPORTED: tr("An approved text was exported, not encrypted"),
        AuditAct.STUDY_CREATED: tr("An analysis was created"),
        AuditAct.STUDY_TEXT_USED: tr("An approved text was added to an analysis"),
        AuditAct.STUDY_TEXT_LEFT_OUT: tr("A text was removed from an analysis, with its coding"),
        AuditAct.STUDY_TEXT_MOVED: tr("Coding was moved to the next version of a text"),
        AuditAct.ROUND_OPENED: tr("A round of coding was opened"),
        AuditAct.ROUND_DISCARDED: tr("A round of coding was discarded before anybody used it"),
        AuditAct.ROUND_CLOSED: tr("A coder’s round was closed, and their coding fixed"),
        AuditAct.CODING_OPENED: tr("Another coder’s work was opened"),
        AuditAct.CODING_TAKEN_IN: tr("Another coder’s work was taken into a round"),
        AuditAct.COMMENTS_TAKEN_IN: tr("Someone’s comments were taken into an analysis"),
        AuditAct.FRAMEWORK_FIXED: tr("A version of a coding framework was fixed"),
        AuditAct.CODING_PARCEL_MADE: tr("A sealed coding file was made"),
        AuditAct.CODING_COPY_MADE: tr("Texts were exported for a coder, not encrypted"),
        AuditAct.CODING_PARCEL_RECEIVED: tr("A coding file was received"),
        AuditAct.STUDY_DELETING_ASKED: tr("Destruction of an analysis was requested"),
        AuditAct.STUDY_DELETED: tr("An analysis was destroyed"),
        AuditAct.ANALYSIS_EXPORTED: tr("A file of an analysis was exported, not encrypted"),
        AuditAct.PART_CUT: tr("Removed stretches were deleted from a recording"),
        AuditAct.BACKUP_MADE: tr("A backup was made"),
        AuditAct.VAULT_RESTORED: tr("The vault was restored"),
        AuditAct.KEYS_RENEWED: tr("The keys were renewed"),
        AuditAct.CLOCK_SET: tr("A retention period was entered"),
        AuditAct.CLOCK_TAKEN_AWAY: tr("A retention period was deleted"),
        AuditAct.KEEPING_PLACE_SET: tr("Where papers are kept was recorded"),
        AuditAct.EVENT_NOTED: tr("An event that starts retention was entered"),
        AuditAct.EVENT_TAKEN_BACK: tr("An event that starts retention was deleted"),
        AuditAct.DESTROYED_ELSEWHERE: tr("Something outside the app was destroyed"),
        AuditAct.DESTROYED_ELSEWHERE_MISTAKEN: tr("A destruction outside the app was marked as a mistake"),
        AuditAct.HOLD_PLACED: tr("A legal hold was placed"),
        AuditAct.HOLD_LIFTED: tr("A legal hold was lifted"),
        AuditAct.HOLD_STANDS_AGAIN: tr("A lifted legal hold was restored"),
        AuditAct.READER_ADDED: tr("A reader of recordings was added"),
        AuditAct.READER_TAKEN_OFF: tr("A reader of recordings was removed"),
        AuditAct.VAULT_READS: tr("Whether this vault can open recordings was changed"),
        AuditAct.RECORDING_RESEALED: tr("A recording was sealed again"),
        AuditAct.RECORDING_HANDED_OVER: tr("A sealed copy of a recording was shared"),
        AuditAct.RECORDING_BROUGHT_IN: tr("A recording was imported"),
        AuditAct.SHARED_COPY_IMPORTED: tr("A sealed copy was imported"),
        AuditAct.DATES_CHANGED: tr("Dates were changed"),
        AuditAct.GROUP_PUT_AWAY: tr("A group was archived"),
        AuditAct.GROUP_BROUGHT_BACK: tr("A group was restored from the archive"),
        AuditAct.COLLEAGUE_NOTED: tr("A colleague was saved"),
        AuditAct.COLLEAGUE_REMOVED: tr("A colleague was deleted"),
        AuditAct.LEADERS_NOTED: tr("Who led was saved"),
        AuditAct.SUPERVISION_NOTED: tr("A supervision session was saved"),
        AuditAct.SUPERVISION_REMOVED: tr("A supervision session was deleted"),
        AuditAct.MEETING_NOTED: tr("A meeting elsewhere was saved"),
        AuditAct.MEETING_REMOVED: tr("A meeting elsewhere was deleted"),
        AuditAct.AIMS_SET: tr("Accreditation aims were saved"),
        AuditAct.REVIEW_KEPT: tr("A review was saved"),
        AuditAct.REVIEW_REMOVED: tr("A review was deleted"),
        AuditAct.MEMBER_JOINED: tr("A member was added"),
        AuditAct.MEMBER_LEFT: tr("A member was marked as left"),
        AuditAct.MEMBER_CAME_BACK: tr("A member was marked as returned"),
        AuditAct.MEMBER_TAKEN_BACK: tr("Adding a member was undone"),
        AuditAct.ROSTER_KEPT: tr("Names were saved"),
        AuditAct.ROSTER_TAKEN_OUT: tr("Names were exported"),
        AuditAct.ROSTER_DESTROYING_ASKED: tr("Destruction of names was requested"),
        AuditAct.ROSTER_DESTROYED: tr("Names were destroyed"),
        AuditAct.STUDY_NUMBERS_DRAWN: tr("Study numbers were drawn"),
        AuditAct.WRITTEN_PART_OPENED: tr("The questionnaire was opened"),
        AuditAct.WRITTEN_PART_CLOSED: tr("The questionnaire was closed"),
        AuditAct.SCORE_KEPT: tr("A score was saved"),
        AuditAct.SCORE_DROPPED: tr("A score was deleted"),
        AuditAct.REPORT_TAKEN_OUT: tr("A report was exported"),
        AuditAct.CONSENTS_ENTERED: tr("Consents were entered"),
        AuditAct.CONSENTS_TAKEN_BACK: tr("Entering consents was undone"),
        AuditAct.CONSENTS_EXPORTED: tr("Consents were exported"),
        AuditAct.STUDY_CHANGED: tr("The study was changed"),
        "recording-decision": tr("A group’s decision on recording was entered"),
        AuditAct.SESSION_ENTERED: tr("A session was entered afterwards"),
        AuditAct.RECORD_CORRECTED: tr("A record was corrected"),
        AuditAct.CORRECTION_TAKEN_BACK: tr("A correction was undone"),
        AuditAct.TEXT_ERASED: tr("A text was erased"),
        AuditAct.ACCESS_REQUEST_KEPT: tr("A request for access was recorded"),
        AuditAct.ACCESS_REQUEST_REMOVED: tr("A request for access was deleted"),
    }
    if act_key in words:
        return words[act_key]
    plain = act_key.replace("-", " ")
    return plain[:1].upper() + plain[1:]


def _received(facts: Mapping[str, object]) -> str:
    """Return what came from a coder, where the row says it."""
    words: dict[object, str] = {
        CodingFileKind.PARCEL: tr("A sealed coding file was received"),
        CodingFileKind.WORD: tr("A Word copy was received from a coder, and sealed here"),
        CodingFileKind.PAPER: tr("What was typed from a coder’s print was sealed here"),
        CodingFileKind.PROJECT: tr("A coder’s project of other software was received, and sealed here"),
    }
    return words.get(facts.get("kind")) or act_label(AuditAct.CODING_PARCEL_RECEIVED)


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
