"""Sentences for every expected failure: what happened, what is safe, what to do."""

from __future__ import annotations

from dataclasses import dataclass

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.i18n import tr


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words for one trouble. Curly braces are placeholders for the trouble's details."""

    happened: str
    safe: str
    to_do: str


_C = TroubleCode
SENTENCES: dict[TroubleCode, Sentence] = {
    _C.FORMAT_INVALID: Sentence(
        "The session format {name} cannot be used: line {line}, {reason}.",
        "The other formats are as they were.",
        "Put that line right, or choose another format.",
    ),
    _C.FORMAT_MISSING: Sentence(
        "The session format {name} is not there any more.",
        "The group and its log are as they were.",
        "Choose another format, or put its file back.",
    ),
    _C.QUESTIONNAIRE_INVALID: Sentence(
        "The questionnaire {name} cannot be used: line {line}, {reason}.",
        "The other questionnaires are as they were.",
        "Put that line right, or choose another questionnaire.",
    ),
    _C.QUESTIONNAIRE_MISSING: Sentence(
        "The questionnaire {name} is not there any more.",
        "What was answered with it is kept, with its questions.",
        "Choose another questionnaire, or put its file back.",
    ),
    _C.WRITTEN_PART_CLOSED: Sentence(
        "This written part is closed, and no sheet can be added to it.",
        "Its counts are as they were.",
        "Begin another written part for sheets that came later.",
    ),
    _C.ANALYSIS_NOT_AGREED: Sentence(
        "There is no agreement to analysis for this score.",
        "The score was not saved.",
        "If there is a signed form, enter the consent first.",
    ),
    _C.WRONG_KEY: Sentence(
        "This file is not sealed to the key at hand.",
        "The file is untouched.",
        "Open it with the vault or the reader's key it was made for.",
    ),
    _C.SEALED_DAMAGED: Sentence(
        "{name} has been damaged or changed since it was sealed.",
        "What is not damaged in it can still be opened.",
        "Keep the file as it is, and bring back a copy of it if you have one.",
    ),
    _C.RECORDING_KEY_DAMAGED: Sentence(
        "The key of this recording, {name}, is damaged or missing.",
        "The sound lies sealed beside it, and opens again with the key.",
        "Leave everything where it is, and bring that file back from a backup.",
    ),
    _C.PART_IN_USE: Sentence(
        "This part is being recorded right now.",
        "What is recorded so far is sealed.",
        "Stop the recording first.",
    ),
    _C.VAULT_MISSING: Sentence(
        "There is no vault in {folder}.",
        "Nothing was changed.",
        "Choose Set up to make one, or name the folder where yours is.",
    ),
    _C.VAULT_EXISTS: Sentence(
        "There is a vault in {folder} already.",
        "It was not touched.",
        "Unlock it, or choose an empty folder.",
    ),
    _C.VAULT_FILE_MISSING: Sentence(
        "The vault's file {name} is missing, and so is its copy.",
        "The recordings and the log are still sealed in their places.",
        "Bring the file back from a backup, or open the vault with the recovery key.",
    ),
    _C.VAULT_FILE_DAMAGED: Sentence(
        "The vault's file {name} is damaged, and so is its copy.",
        "The recordings and the log are still sealed in their places.",
        "Bring the file back from a backup, or open the vault with the recovery key.",
    ),
    _C.VAULT_NEWER: Sentence(
        "This vault was written by a newer version of the app.",
        "Nothing was changed.",
        "Install the newer version, and open it there.",
    ),
    _C.VAULT_IN_USE: Sentence(
        "The vault in {folder} is open in another window.",
        "Nothing was changed.",
        "Go on in that window, or close it first.",
    ),
    _C.VAULT_LOCKED: Sentence(
        "The vault is locked.",
        "Nothing in it has changed, and a session and its recording go on.",
        "Unlock it to do this.",
    ),
    _C.WRONG_PASSPHRASE: Sentence(
        "That is not this vault's passphrase.",
        "Nothing was changed.",
        "Try again; capital letters and spaces count.",
    ),
    _C.WRONG_RECOVERY_KEY: Sentence(
        "That is not this vault's recovery key.",
        "Nothing was changed.",
        "Look at the paper again; it begins with AGE-SECRET-KEY-1.",
    ),
    _C.WEAK_PASSPHRASE: Sentence(
        "That passphrase could be guessed.",
        "Nothing was kept yet.",
        "Add a word or two that nobody would expect together.",
    ),
    _C.LAST_READER: Sentence(
        "Nobody else could open what {name} records.",
        "The readers are as they were.",
        "Add another reader first, or let this vault read.",
    ),
    _C.RENEWAL_UNFINISHED: Sentence(
        "Renewing the keys is not finished yet.",
        "Every recording still opens.",
        "Lock the vault and open it again, which finishes it, then try once more.",
    ),
    _C.LOG_DAMAGED: Sentence(
        "The log is damaged and cannot be read.",
        "The recordings are separate files and still open.",
        "Bring the log back from a backup.",
    ),
    _C.LOG_MISSING: Sentence(
        "The log is missing from the vault.",
        "The recordings are separate files and still open.",
        "Bring the file log.db back from a backup.",
    ),
    _C.FOLDER_UNWRITABLE: Sentence(
        "The folder {folder} cannot be written to.",
        "Nothing was lost.",
        "Choose a folder of your own, or ask whoever looks after this computer.",
    ),
    _C.FOLDER_SHARED: Sentence(
        "The folder {folder} cannot keep others out.",
        "Nothing was put there.",
        "Choose a folder on this computer's own disk.",
    ),
    _C.FOLDER_NOT_EMPTY: Sentence(
        "There is something in {folder} already.",
        "It was not touched.",
        "Name an empty folder, or one that does not exist yet.",
    ),
    _C.DISK_FULL: Sentence(
        "The disk is full.",
        "Everything sealed so far is safe.",
        "Make some room on this disk, then go on.",
    ),
    _C.DISK_LOW: Sentence(
        "The disk is nearly full.",
        "Recording goes on, and everything so far is sealed.",
        "Make some room on this disk when you can.",
    ),
    _C.DISK_READ_ONLY: Sentence(
        "The disk can be read but not written to.",
        "Everything sealed so far is safe.",
        "Choose a folder on another disk.",
    ),
    _C.RECORDING_UNKNOWN: Sentence(
        "A recording in this vault is not in the log.",
        "It was left where it is.",
        "Find out where it came from before you rely on it.",
    ),
    _C.RECORDING_MISSING: Sentence(
        "There is no recording {recording} in this vault.",
        "Nothing was changed.",
        "See balint-desktop recordings list for those there are.",
    ),
    _C.RECORDING_CHANGED: Sentence(
        "A recording is not as it was when it was sealed.",
        "It was left where it is.",
        "Compare it with a backup before you rely on it.",
    ),
    _C.NOT_CUT: Sentence(
        "What was struck could not be cut from part {part}: the part is damaged, or changed since it was sealed.",
        "It was left as it is, and what was struck stays silent in the app and in what it exports.",
        "Bring back a good copy of the recording if you have one; it is cut the next time you unlock.",
    ),
    _C.EXPORT_EXISTS: Sentence(
        "There is a file {name} already.",
        "It was not touched.",
        "Choose another name or folder.",
    ),
    _C.COPY_EXISTS: Sentence(
        "There is a folder {folder} already.",
        "It was not touched.",
        "Choose another folder.",
    ),
    _C.COPY_DIFFERS: Sentence(
        "What was read back from {folder} is not what was written there: {name}.",
        "The vault is as it was, and the copy was taken away again.",
        "Try another stick or disk; this one may be failing.",
    ),
    _C.BACKUP_MISSING: Sentence(
        "There is no backup in {folder}.",
        "Nothing was changed.",
        "Choose the folder whose name begins with balint-backup.",
    ),
    _C.BACKUP_UNFINISHED: Sentence(
        "The backup in {folder} was cut short while it was made.",
        "Nothing was restored from it.",
        "Choose a backup that was finished.",
    ),
    _C.BACKUP_LIST_DAMAGED: Sentence(
        "The list of what the backup in {folder} holds is damaged, so it cannot be checked.",
        "Nothing was changed.",
        "Choose another backup, or copy its files by hand; they are still sealed.",
    ),
    _C.BACKUP_DAMAGED: Sentence(
        "The backup is not as it was made: {name}.",
        "Nothing was restored yet.",
        "Choose another backup, or restore what is sound of this one.",
    ),
    _C.BACKUP_INSIDE: Sentence(
        "The folder {folder} lies inside the vault itself.",
        "Nothing was copied.",
        "Choose a folder on another disk or a stick.",
    ),
    _C.SESSION_MISSING: Sentence(
        "There is no session {name} in the log.",
        "Nothing was imported.",
        "See balint-desktop sessions list for those there are.",
    ),
    _C.SESSION_NOT_CLOSED: Sentence(
        "That session is not closed yet.",
        "Nothing was imported, and the file is unchanged.",
        "Close the session first, then import the file.",
    ),
    _C.RECORDING_NOT_AVAILABLE: Sentence(
        "Recording was not available for that session.",
        "Nothing was imported, and the file is unchanged.",
        "Wipe it from the recorder if it holds that session.",
    ),
    _C.CONSENT_AHEAD: Sentence(
        "{day} is in the future.",
        "Nothing was entered.",
        "Enter the day on which the answer was given.",
    ),
    _C.CONSENT_EARLIER: Sentence(
        "This person declined or withdrew on {day}, after the day you chose.",
        "Nothing was entered.",
        "If they agreed again later, enter the day on which they did.",
    ),
    _C.CONSENT_NOT_GIVEN: Sentence(
        "None of these consents was given, so none can be withdrawn.",
        "Nothing was entered.",
        "For a person who never agreed, enter “declined”.",
    ),
    _C.CONSENT_REFUSED: Sentence(
        "An answer for many does not change a refusal.",
        "Nothing was entered.",
        "Choose one person and one purpose to enter that they agree now.",
    ),
    _C.PURPOSE_NOT_AGREED: Sentence(
        "This recording is not agreed for that use.",
        "Nothing left the vault.",
        "Ask the person who keeps the group’s consents, or see Consents on the group’s page.",
    ),
    _C.STUDY_NOT_AGREED: Sentence(
        "No one’s agreement to analysis has been entered for this group.",
        "Nothing left the vault.",
        "Ask the person who keeps the group’s consents, or see Consents on the group’s page.",
    ),
    _C.GRADES_NOT_FINAL: Sentence(
        "This stays closed until the students’ grades are final, because you also assess them.",
        "Nothing left the vault.",
        "When the grades are final, enter the day under Consents, The study, on the group’s page.",
    ),
    _C.SOUND_MISSING: Sentence(
        "The file {name} cannot be found or read.",
        "Nothing was imported.",
        "Plug the recorder in again, or choose another file.",
    ),
    _C.SOUND_UNREADABLE: Sentence(
        "No sound could be read from {name}.",
        "Nothing was imported, and the file is unchanged.",
        "Check that it plays on the device it came from, and copy it again; or save it as WAV and import that.",
    ),
    _C.SOUND_UNSUPPORTED: Sentence(
        "{name} is {kind}, which this computer cannot read.",
        "Nothing was imported, and the file is unchanged.",
        "Save it as WAV, FLAC or MP3 in the app that made it or in a sound editor, and import that. "
        "Where ffmpeg is installed, it can be imported as it is.",
    ),
    _C.SOUND_TOO_LONG: Sentence(
        "{name} is longer than twelve hours.",
        "Nothing was imported, and the file is unchanged.",
        "Cut the session out of it with a sound editor, and import that.",
    ),
    _C.SOUND_RATE: Sentence(
        "{name} has a sample rate that no recorder uses.",
        "Nothing was imported, and the file is unchanged.",
        "Save it at 44.1 or 48 kHz with a sound editor, and import that.",
    ),
    _C.GROUP_MISSING: Sentence(
        "There is no group {name} in this vault.",
        "Nothing was changed.",
        "See balint-desktop groups list for those there are.",
    ),
    _C.GROUP_UNNAMED: Sentence(
        "The new group has no name yet.",
        "Nothing was created.",
        "Give it a name, such as “Wednesday group”.",
    ),
    _C.MEMBER_MISSING: Sentence(
        "Nobody in {name} has the code {member}.",
        "Nothing was entered.",
        "See balint-desktop groups list for its codes.",
    ),
    _C.GROUP_FULL: Sentence(
        "The group {name} has given all its codes, up to P99.",
        "Nothing was changed.",
        "Name a new group for whoever joins now.",
    ),
    _C.MEMBER_IN_USE: Sentence(
        "{member} has been used since: in a session, or for a consent.",
        "Nothing was changed.",
        "Note that they left instead; their code then stays theirs.",
    ),
    _C.ROSTER_FILE_MISSING: Sentence(
        "There is no file {name} that can be read.",
        "Nothing was imported.",
        "Choose another file.",
    ),
    _C.ROSTER_FILE_EMPTY: Sentence(
        "There is nobody in the file {name}.",
        "Nothing was imported.",
        "Choose a file with a row of headings and a row for each person.",
    ),
    _C.ROSTER_FILE_KIND: Sentence(
        "The file {name} is neither a CSV file nor an Excel workbook.",
        "Nothing was imported.",
        "Save it as CSV or as .xlsx in your spreadsheet program, and choose that.",
    ),
    _C.ROSTER_FILE_LARGE: Sentence(
        "The file {name} is far too large for the roster of a group.",
        "It was not read, and nothing was imported.",
        "Choose a file that holds this group's people alone.",
    ),
    _C.ROSTER_FILE_LONG: Sentence(
        "The file {name} has more than {most} rows.",
        "Nothing was imported.",
        "Choose a file that holds this group's people alone.",
    ),
    _C.ROSTER_FILE_ENCODING: Sentence(
        "The file {name} holds signs that are no text in UTF-8, UTF-16 or Windows-1252.",
        "Nothing was imported.",
        'Save it as "CSV UTF-8" in your spreadsheet program, and choose that.',
    ),
    _C.ROSTER_FILE_DAMAGED: Sentence(
        "The workbook {name} is damaged, or was made to mislead.",
        "Nothing was imported.",
        "Open it in your spreadsheet program, save it as CSV, and choose that.",
    ),
    _C.ROSTER_COLUMNS: Sentence(
        "The file {name} has no column for names; its columns are: {found}.",
        "Nothing was imported.",
        'Give the column with the names the heading "name", and choose the file again.',
    ),
    _C.DAY_OVER: Sentence(
        "{day} is in the past.",
        "Nothing was changed.",
        "Choose today or a later day; a session that was held already is entered in the log.",
    ),
    _C.DAYS_REVERSED: Sentence(
        "The last day off is before the first.",
        "Nothing was changed.",
        "Change one of the two.",
    ),
    _C.SESSION_HELD: Sentence(
        "Session {number} has been held.",
        "Its date and its record stay as they are.",
        "What was noted wrongly is corrected in the log.",
    ),
    _C.SESSION_ORDER: Sentence(
        "Session {number} has been held, and this one would come to lie on its other side.",
        "Nothing was changed.",
        "Choose a day on this side of it, or enter the session in the log if it was held.",
    ),
    _C.TOO_MANY_SESSIONS: Sentence(
        "A calendar has at most {most} sessions.",
        "Nothing was changed.",
        "Begin another group for what comes after.",
    ),
    _C.RECORD_CHANGED: Sentence(
        "This session was changed meanwhile, on another page or by another program.",
        "Nothing was saved over that; what you typed is still here, beside what stands there now.",
        "Compare the two, and save again what shall stand.",
    ),
    _C.CORRECTION_UNSAID: Sentence(
        "A change of a record needs who makes it and why, in a few words.",
        "Nothing was changed yet.",
        "Fill in both, and save again.",
    ),
    _C.VALUE_IMPOSSIBLE: Sentence(
        "What was typed for “{name}” cannot be.",
        "Nothing was saved; what you typed is still here.",
        "Put it right, and save again.",
    ),
    _C.NO_MICROPHONE: Sentence(
        "No microphone was found.",
        "The clock and the prompts work without one.",
        "Plug one in, close a program that may be using it, or go on without recording.",
    ),
    _C.MICROPHONE_GONE: Sentence(
        "No sound comes from the microphone any more.",
        "Everything up to {until} is sealed.",
        "Plug it in again, or choose another.",
    ),
    _C.MICROPHONE_BUSY: Sentence(
        "Another program is using the microphone.",
        "Everything up to {until} is sealed.",
        "Close that program, or choose another microphone.",
    ),
    _C.MICROPHONE_RATE: Sentence(
        "This microphone cannot record at 48 kHz.",
        "Nothing was lost.",
        "Choose the system's default microphone, which converts it, or another one.",
    ),
    _C.MICROPHONE_MUTED: Sentence(
        "The microphone is muted: it gives no sound at all.",
        "The clock goes on, and so does the recording.",
        "Unmute it on the microphone or in the system's sound settings.",
    ),
    _C.MICROPHONE_DENIED: Sentence(
        "The system does not let this app use the microphone.",
        "Nothing was lost.",
        "Allow it in the system's privacy settings, then try again.",
    ),
    _C.MICROPHONE_CHANGED: Sentence(
        "Another microphone has taken over.",
        "Recording goes on with it.",
        "Choose the one you want, or leave it.",
    ),
    _C.SOUND_SYSTEM_FROZEN: Sentence(
        "The sound system has stopped answering.",
        "Everything up to {until} is sealed.",
        "Start the recording again; the clock goes on.",
    ),
    _C.SOUND_LATE: Sentence(
        "No sound came for more than a minute, as when a computer sleeps.",
        "Everything up to {until} is sealed.",
        "Start the recording again; the clock goes on.",
    ),
    _C.SOUND_DROPPED: Sentence(
        "This computer could not keep up: {lost} of sound are missing.",
        "The rest is there, and recording goes on.",
        "Close other programs if you can.",
    ),
    _C.RECORDER_DIED: Sentence(
        "The recorder stopped unexpectedly.",
        "Everything up to {until} is sealed.",
        "Start the recording again; the clock goes on.",
    ),
    _C.RECORDER_SILENT: Sentence(
        "The recorder does not answer.",
        "Everything up to {until} is sealed.",
        "Wait a moment: if it stays so, another one is started.",
    ),
    _C.NO_LOUDSPEAKER: Sentence(
        "The sound could not be played.",
        "The recording is as it was.",
        "Check the loudspeaker or headphones, and try again.",
    ),
    _C.NO_SUCH_TIME: Sentence(
        "There is no time “{name}” in a day.",
        "Nothing was changed.",
        "Type it as 14:00 or 2 pm.",
    ),
    _C.TIME_MISSING: Sentence(
        "No time is entered.",
        "Nothing was changed.",
        "Type one, such as 14:00.",
    ),
    _C.NO_SUCH_DAY: Sentence(
        "There is no day “{name}” in the calendar.",
        "Nothing was changed.",
        "Type another, such as 2026-03-24.",
    ),
    _C.DAY_MISSING: Sentence(
        "No day is entered.",
        "Nothing was changed.",
        "Type one, such as 2026-03-24.",
    ),
    _C.DAY_TO_COME: Sentence(
        "That day is still to come.",
        "What you typed is still there.",
        "Note it once it has been, or put the day right.",
    ),
    _C.ENDS_BEFORE_IT_BEGINS: Sentence(
        "The last day lies before the first.",
        "What you typed is still there.",
        "Put one of the two days right.",
    ),
    _C.NOTED_ALREADY: Sentence(
        "This is noted already, with the same day, length and words.",
        "It is kept once, as it was.",
        "Change what differs, or go back.",
    ),
    _C.LABEL_MISSING: Sentence(
        "Nobody is named yet.",
        "What you typed is still there.",
        "Initials are enough.",
    ),
    _C.LABEL_TAKEN: Sentence(
        "Somebody else is {name} already.",
        "Nobody was changed.",
        "Add a letter, so that the two can be told apart.",
    ),
    _C.PERIOD_EMPTY: Sentence(
        "Enter at least 1.",
        "What you typed is still there.",
        "Type the number that the approval names.",
    ),
    _C.PERIOD_TOO_LONG: Sentence(
        "That period is longer than a hundred years.",
        "What you typed is still there.",
        "Check the number and its unit.",
    ),
    _C.APPROVAL_WITHOUT_NUMBER: Sentence(
        "The approval’s number is missing.",
        "What you typed is still there.",
        "Write where the approval says so, such as: approval 023473, section 4.",
    ),
    _C.DAY_TOO_EARLY: Sentence(
        "That day lies before the day of what it follows.",
        "What you typed is still there.",
        "Put the day right.",
    ),
    _C.REASON_MISSING: Sentence(
        "There is no reason yet.",
        "What you typed is still there, and nothing was changed.",
        "Write a few words, without names: the log keeps them.",
    ),
    _C.REQUEST_INCOMPLETE: Sentence(
        "Something is missing: what the request is about, or the day or text of its answer.",
        "What you typed is still there.",
        "Fill it in. An open request has neither an answer nor a day for it.",
    ),
    _C.HELD: Sentence(
        "A legal hold covers this, so it cannot be destroyed.",
        "Nothing was changed.",
        "When the hold ends, lift it on the group’s page under Retention.",
    ),
    _C.HELD_STRUCK: Sentence(
        "A legal hold covers what was struck, so it is not cut from this recording.",
        "It stays silent wherever the recording is played or exported.",
        "It is cut once the hold is lifted.",
    ),
    _C.NO_DISPLAY: Sentence(
        "There is no display here to open a window on.",
        "Nothing was changed.",
        "Run balint-desktop rehearse to see a session on a virtual screen.",
    ),
    _C.CHILD_FAILED: Sentence(
        "A part of the app did not start.",
        "Nothing was lost.",
        "Run balint-desktop doctor to see what is missing.",
    ),
    _C.TOOL_MISSING: Sentence(
        "The program {name} is not installed.",
        "Nothing was changed.",
        "Install it, then try again.",
    ),
}


# Where nothing is being recorded yet, there is no sealed sound to mention.
BEFORE_RECORDING: dict[TroubleCode, Sentence] = {
    _C.MICROPHONE_GONE: Sentence(
        "No sound comes from the microphone any more.",
        "Nothing was lost.",
        "Plug it in again, or choose another.",
    ),
    _C.MICROPHONE_BUSY: Sentence(
        "Another program is using the microphone.",
        "Nothing was lost.",
        "Close that program, or choose another microphone.",
    ),
    _C.MICROPHONE_MUTED: Sentence(
        "The microphone is muted: it gives no sound at all.",
        "Nothing is being recorded yet.",
        "Unmute it on the microphone or in the system's sound settings.",
    ),
    _C.SOUND_SYSTEM_FROZEN: Sentence(
        "The sound system has stopped answering.",
        "Nothing was lost.",
        "Wait a moment and try again, or start this computer anew.",
    ),
    _C.RECORDER_DIED: Sentence(
        "The recorder stopped unexpectedly.",
        "Nothing was lost.",
        "Start the recording again; the clock goes on.",
    ),
    _C.SOUND_LATE: Sentence(
        "No sound came for more than a minute, as when a computer sleeps.",
        "Nothing was lost.",
        "Start the recording again; the clock goes on.",
    ),
    _C.RECORDER_SILENT: Sentence(
        "The recorder does not answer.",
        "Nothing was lost.",
        "Wait a moment: if it stays so, another one is started.",
    ),
}

# The remedy where a recording resumes by itself as soon as it can.
GOING_ON: dict[TroubleCode, str] = {
    _C.DISK_FULL: "Make some room on this disk: recording then goes on by itself.",
    _C.DISK_READ_ONLY: "Recording goes on by itself once the disk can be written to.",
    _C.FOLDER_UNWRITABLE: "Recording goes on by itself once the folder can be written to.",
    _C.MICROPHONE_GONE: "Plug it in again, or choose another: recording then goes on.",
    _C.MICROPHONE_BUSY: "Recording goes on once it is free, or with another microphone.",
    _C.MICROPHONE_DENIED: "Recording goes on once the system allows it.",
    _C.SOUND_SYSTEM_FROZEN: "Recording goes on by itself once it answers.",
    _C.SOUND_LATE: "Recording goes on by itself.",
    _C.RECORDER_DIED: "Another one is starting.",
}


class _Left(dict[str, object]):
    """Fills a missing detail with three dots, so that a sentence is always shown."""

    def __missing__(self, key: str) -> str:
        return "…"


def sentence(trouble: Trouble, *, goes_on: bool = False) -> str:
    """Return the trouble in words: what happened, what is safe, what to do.

    `goes_on` is set where a recording resumes by itself as soon as it can.
    """
    words = SENTENCES[trouble.code]
    if "until" not in trouble.details:
        words = BEFORE_RECORDING.get(trouble.code, words)
    to_do = GOING_ON.get(trouble.code, words.to_do) if goes_on else words.to_do
    details = _Left(trouble.details)
    return " ".join(tr(part).format_map(details) for part in (words.happened, words.safe, to_do))


def headline(trouble: Trouble) -> str:
    """Return the first of the trouble's three parts, for a place with little room."""
    return tr(SENTENCES[trouble.code].happened).format_map(_Left(trouble.details))
