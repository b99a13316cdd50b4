"""Sentences for every expected failure: what happened, what is safe, what to do."""

from __future__ import annotations

from dataclasses import dataclass

from balint_desktop.domain.hidden_signs import escape_hidden
from balint_desktop.domain.session.format_lines import FormatError
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.i18n import tr
from balint_desktop.text import name_places


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
        "The other formats are unaffected.",
        "Correct that line, or choose another format.",
    ),
    _C.FORMAT_MISSING: Sentence(
        "The session format {name} was not found.",
        "The group and its log are unchanged.",
        "Choose another format, or restore its file.",
    ),
    _C.QUESTIONNAIRE_INVALID: Sentence(
        "The questionnaire {name} cannot be used: line {line}, {reason}.",
        "The other questionnaires are unaffected.",
        "Correct that line, or choose another questionnaire.",
    ),
    _C.QUESTIONNAIRE_MISSING: Sentence(
        "The questionnaire {name} was not found.",
        "Answers already given, and their questions, are still in the log.",
        "Choose another questionnaire, or restore its file.",
    ),
    _C.WRITTEN_PART_CLOSED: Sentence(
        "This written part is closed, so no more sheets can be added.",
        "Its counts are unchanged.",
        "Start another written part for late sheets.",
    ),
    _C.ANALYSIS_NOT_AGREED: Sentence(
        "This person has not agreed to analysis.",
        "No score was saved.",
        "If they have agreed, enter their consent first.",
    ),
    _C.WRONG_KEY: Sentence(
        "This file cannot be opened with this key.",
        "The file was not changed.",
        "Open it with the vault or the reader’s key it was sealed for.",
    ),
    _C.SEALED_DAMAGED: Sentence(
        "{name} has been damaged or changed since it was sealed.",
        "The undamaged parts can still be opened.",
        "Leave the file as it is, and restore a copy if you have one.",
    ),
    _C.RECORDING_KEY_DAMAGED: Sentence(
        "This recording’s key, {name}, is damaged or missing.",
        "The audio itself is still there, sealed, and will open again with the key.",
        "Leave everything where it is, and restore that file from a backup.",
    ),
    _C.PART_IN_USE: Sentence(
        "This part is being recorded right now.",
        "Everything recorded so far is sealed.",
        "Stop the recording first.",
    ),
    _C.VAULT_MISSING: Sentence(
        "There is no vault in {folder}.",
        "Nothing was changed.",
        "Choose “Set up” to create one, or give the folder where yours is.",
    ),
    _C.NO_VAULT_IN_FOLDER: Sentence(
        "There is no vault in the folder {folder}.",
        "Nothing was changed.",
        "If it is on another disk, plug that in. Otherwise choose the folder that holds it.",
    ),
    _C.VAULT_EXISTS: Sentence(
        "There is already a vault in {folder}.",
        "It was not changed.",
        "Unlock it, or choose an empty folder.",
    ),
    _C.VAULT_FILE_MISSING: Sentence(
        "The vault’s file {name} is missing, and so is its copy.",
        "The recordings and the log are still in place, sealed.",
        "Restore the file from a backup, or open the vault with the recovery key.",
    ),
    _C.VAULT_FILE_DAMAGED: Sentence(
        "The vault’s file {name} is damaged, and so is its copy.",
        "The recordings and the log are still in place, sealed.",
        "Restore the file from a backup, or open the vault with the recovery key.",
    ),
    _C.VAULT_NEWER: Sentence(
        "This vault was written by a newer version of the app.",
        "Nothing was changed.",
        "Install the newer version to open it.",
    ),
    _C.VAULT_IN_USE: Sentence(
        "The vault in {folder} is already open in another window.",
        "Nothing was changed.",
        "Use that window, or close it first.",
    ),
    _C.VAULT_LOCKED: Sentence(
        "The vault is locked.",
        "Nothing in it has changed. A running session and its recording continue.",
        "Unlock it to do this.",
    ),
    _C.WRONG_PASSPHRASE: Sentence(
        "That is not this vault’s passphrase.",
        "Nothing was changed.",
        "Try again. Capital letters and spaces matter.",
    ),
    _C.WRONG_RECOVERY_KEY: Sentence(
        "That is not this vault’s recovery key.",
        "Nothing was changed.",
        "Check the paper again. The key begins with AGE-SECRET-KEY-1.",
    ),
    _C.WEAK_PASSPHRASE: Sentence(
        "That passphrase is too easy to guess.",
        "Nothing has been saved yet.",
        "Add one or two unrelated words.",
    ),
    _C.LAST_READER: Sentence(
        "Without this reader, no one could open the recordings of {name}.",
        "The readers are unchanged.",
        "Add another reader first, or allow this vault to open them.",
    ),
    _C.RENEWAL_UNFINISHED: Sentence(
        "Renewing the keys has not finished.",
        "Every recording still opens.",
        "Lock the vault and unlock it to finish, then try again.",
    ),
    _C.LOG_DAMAGED: Sentence(
        "The log is damaged and cannot be read.",
        "The recordings are separate files and still open.",
        "Restore the log from a backup.",
    ),
    _C.LOG_MISSING: Sentence(
        "The log is missing from the vault.",
        "The recordings are separate files and still open.",
        "Restore the file log.db from a backup.",
    ),
    _C.FOLDER_UNWRITABLE: Sentence(
        "The folder {folder} is not writable.",
        "Nothing was lost.",
        "Choose a folder of your own, or ask the person who manages this computer.",
    ),
    _C.FOLDER_SHARED: Sentence(
        "Other users could read the folder {folder}.",
        "Nothing was saved there.",
        "Choose a folder on this computer’s own disk.",
    ),
    _C.FOLDER_NOT_EMPTY: Sentence(
        "The folder {folder} is not empty.",
        "It was not changed.",
        "Choose an empty folder or a new one.",
    ),
    _C.DISK_FULL: Sentence(
        "The disk is full.",
        "Everything sealed so far is safe.",
        "Free up some space on this disk, then continue.",
    ),
    _C.DISK_LOW: Sentence(
        "The disk is nearly full.",
        "Recording continues, and everything so far is sealed.",
        "Free up some space on this disk when you can.",
    ),
    _C.DISK_READ_ONLY: Sentence(
        "The disk is read-only.",
        "Everything sealed so far is safe.",
        "Choose a folder on another disk.",
    ),
    _C.RECORDING_UNKNOWN: Sentence(
        "The log has no entry for a recording in this vault.",
        "It was left in place.",
        "Check where it came from before relying on it.",
    ),
    _C.RECORDING_MISSING: Sentence(
        "There is no recording {recording} in this vault.",
        "Nothing was changed.",
        "Run “balint-desktop recordings list” to see them.",
    ),
    _C.RECORDING_CHANGED: Sentence(
        "A recording has changed since it was sealed.",
        "It was left in place.",
        "Compare it with a backup before relying on it.",
    ),
    _C.NOT_CUT: Sentence(
        "The removed stretch could not be deleted from part {part}, which is damaged or was changed after sealing.",
        "The part was left as it is. The removed stretch stays silent in the app and in exports.",
        "If you have a good copy of the recording, restore it. The stretch is deleted the next time you unlock.",
    ),
    _C.EXPORT_EXISTS: Sentence(
        "A file named {name} already exists.",
        "It was not changed.",
        "Choose another name or folder.",
    ),
    _C.NAME_IN_EXPORT: Sentence(
        "{where} contains the name of someone on the roster.",
        "Nothing left the vault.",
        "Take the name out, then try again.",
    ),
    _C.NAMES_LOCKED: Sentence(
        "Names are locked, so this cannot be checked for them.",
        "Nothing left the vault.",
        "Show the names on the group’s Members page with your passphrase, then try again.",
    ),
    _C.EXPORT_UNREADABLE: Sentence(
        "Part of this file cannot be checked for names.",
        "Nothing left the vault.",
        "Choose another kind of file.",
    ),
    _C.NOT_AS_APPROVED: Sentence(
        "The file would differ from the approved text.",
        "Nothing was exported, and the approved text is unchanged.",
        "Choose another kind of file, or approve the text again.",
    ),
    _C.TOO_MUCH_WORK: Sentence(
        "The passphrase file demands more computing work than this app ever uses.",
        "Nothing was tried, and nothing was changed.",
        "The file was changed by someone else, or is damaged. Restore it from a backup, or use the recovery key.",
    ),
    _C.MEMORY_SHORT: Sentence(
        "There is not enough free memory to check the passphrase.",
        "Nothing was changed.",
        "Close other programs and try again, or use the recovery key, which needs hardly any memory.",
    ),
    _C.OPEN_FOR_READING_FULL: Sentence(
        "The disk is full, so the vault is open for reading only.",
        "Everything in it is safe.",
        "You can read, export or back up to another disk, and destroy recordings to make room.",
    ),
    _C.OPEN_FOR_READING_ONLY: Sentence(
        "The disk cannot be written to, so the vault is open for reading only.",
        "Everything in it is safe.",
        "You can read, and export or back up to another disk. To change anything, unlock the disk or copy the vault.",
    ),
    _C.RECOVERY_KEY_UNPROVEN: Sentence(
        "The paper with the recovery key may not open this vault: both copies of {name} are damaged or were replaced.",
        "Your passphrase opens everything, and nothing was changed.",
        "Renew the keys in Settings: that makes a new recovery key. Then destroy the old paper.",
    ),
    _C.PASSPHRASE_FILE_UNPROVEN: Sentence(
        "Your passphrase may not open this vault: the two copies of {name} are damaged, or differ.",
        "Everything else is safe, and neither copy was changed.",
        "Lock the vault and unlock it with your passphrase: that repairs both. If it no longer works, change it in "
        "Settings and enter your recovery key as the current passphrase.",
    ),
    _C.LINK_IN_VAULT: Sentence(
        "{name} is a link, and the app never puts links in a vault.",
        "Nothing was followed, changed or destroyed.",
        "Delete the link, or put the real folder back in its place, and try again.",
    ),
    _C.ENGINE_FAILED: Sentence(
        "Transcribing stopped: the model could not be used, or this computer ran out of memory.",
        "What was transcribed so far is stored.",
        "Close other programs and continue, or choose a smaller model.",
    ),
    _C.LISTENING_FAILED: Sentence(
        "The machine could not listen again: the model could not be used, or this computer ran out of memory.",
        "The text is unchanged.",
        "Close other programs and try again, or listen yourself.",
    ),
    _C.LISTENING_WAITS: Sentence(
        "The machine cannot listen again while you get ready or lead a session.",
        "The text is unchanged.",
        "Try again after the session.",
    ),
    _C.TRANSCRIPTION_NOT_AGREED: Sentence(
        "Not everyone in the room agrees to transcription.",
        "The recording is unchanged.",
        "A yes given after a session counts for later recordings only.",
    ),
    _C.TRANSCRIPT_EXISTS: Sentence(
        "This recording already has a transcript.",
        "The transcript is unchanged.",
        "Open it, or delete it before you start again.",
    ),
    _C.TRANSCRIPT_MISSING: Sentence(
        "This recording has no transcript.",
        "Nothing was changed.",
        "Transcribe the recording first.",
    ),
    _C.TRANSCRIPT_DAMAGED: Sentence(
        "Part of this transcript has been damaged or changed.",
        "The recording is unchanged.",
        "Restore the transcript from a backup, or transcribe the recording again.",
    ),
    _C.TRANSCRIPT_CHANGED: Sentence(
        "This transcript was rewritten or deleted after you opened it.",
        "Your last change was not saved.",
        "Close the transcript and open it again.",
    ),
    _C.TRANSCRIPT_UNFINISHED: Sentence(
        "This transcript is not finished, so no one’s words can be found in it.",
        "The transcript is unchanged.",
        "Delete the unfinished transcript instead.",
    ),
    _C.NOT_SIGNED_OFF: Sentence(
        "This transcript is not signed off.",
        "Nothing was changed.",
        "Sign the transcript off first, then de-identify it.",
    ),
    _C.APPROVING_NOT_AGREED: Sentence(
        "Not everyone in the room agrees to this use of the text.",
        "The text is unchanged.",
        "Ask the person who keeps the group’s consents, or see Consents on the group’s page.",
    ),
    _C.ALREADY_APPROVED: Sentence(
        "A de-identified text of this session is already approved.",
        "The transcript and the approved text are unchanged.",
        "To take something out of the approved text, redact it there.",
    ),
    _C.TEXT_WITHOUT_TIMES: Sentence(
        "This text has no times, so it cannot become subtitles.",
        "Nothing left the vault.",
        "Choose another kind of file.",
    ),
    _C.APPROVED_MISSING: Sentence(
        "This session has no approved text.",
        "Nothing was changed.",
        "De-identify the transcript and approve it first.",
    ),
    _C.APPROVED_DAMAGED: Sentence(
        "This approved text has been damaged or changed.",
        "The transcript, if it is still here, is unchanged.",
        "Restore the approved text from a backup.",
    ),
    _C.STUDY_IS_GUEST: Sentence(
        "This analysis was created in another vault.",
        "Nothing left this one.",
        "Its reports are made there; what you coded goes back as a coding file.",
    ),
    _C.STUDY_WITHOUT_TEXTS: Sentence(
        "This analysis has no texts yet.",
        "Nothing left the vault.",
        "Add approved texts in “Set up” first.",
    ),
    _C.STUDY_MISSING: Sentence(
        "This analysis is not in this vault.",
        "Nothing was changed.",
        "Choose another in the list, or restore a backup that has it.",
    ),
    _C.STUDY_DAMAGED: Sentence(
        "This analysis has been damaged or changed.",
        "The approved texts are unaffected.",
        "Leave it as it is, and restore the analysis from a backup.",
    ),
    _C.STUDY_TEXT_CLOSED: Sentence(
        "{name} may not be analysed at present: not everyone in it agrees to analysis, or grades are not final.",
        "The coding is unchanged.",
        "Check the group’s consents, or remove the session from this analysis.",
    ),
    _C.STUDY_TEXT_CHANGED: Sentence(
        "The text of {name} is not the one this analysis was coded on.",
        "The coding is unchanged.",
        "Restore the approved text from a backup.",
    ),
    _C.ROUND_CLOSED: Sentence(
        "This round is closed, so its coding can no longer change.",
        "What you coded in it is saved.",
        "Open another round to code on.",
    ),
    _C.ROUND_STILL_OPEN: Sentence(
        "Other people’s coding stays sealed until you close your own round.",
        "Nothing was opened.",
        "Close round {number} first.",
    ),
    _C.ROUND_NOT_CLOSED: Sentence(
        "Round {number} is still open, so there is nothing to send yet.",
        "What you coded is saved.",
        "Close your round first.",
    ),
    _C.ROUND_UNKNOWN: Sentence(
        "There is no round {number} for this coder in this analysis.",
        "Nothing was changed.",
        "Check the round and the coder.",
    ),
    _C.ROUND_IN_USE: Sentence(
        "Round {number} is in use: something was coded, sent, received or closed in it, or it is not the last.",
        "Nothing was changed.",
        "Go on in this round, or close it and open the next.",
    ),
    _C.ROUND_OPENED_ELSEWHERE: Sentence(
        "The rounds of this analysis are opened by the person who sent it to you.",
        "Your coding is unchanged.",
        "Import the coding file of the next round when it comes.",
    ),
    _C.CODING_NOT_YOURS: Sentence(
        "Only the person who works in this vault can code here.",
        "Nothing was changed.",
        "Other coders use their own vault, Word, paper or another program.",
    ),
    _C.CODER_WITHOUT_KEY: Sentence(
        "{name} has no reader key yet.",
        "No file was made.",
        "Ask for their reader key, and enter it with the coder.",
    ),
    _C.CODING_FILE_UNREADABLE: Sentence(
        "{name} is not a coding file, or it is incomplete.",
        "Nothing was imported, and the file was not changed.",
        "Ask for the file again.",
    ),
    _C.CODING_FILE_NEWER: Sentence(
        "This coding file was made by a later version of Balint Desktop.",
        "The file is unchanged.",
        "Update Balint Desktop on this computer, then import it again.",
    ),
    _C.CODING_FILE_FOREIGN: Sentence(
        "This coding file belongs to another analysis.",
        "The file is unchanged.",
        "Import it into the analysis it was made for.",
    ),
    _C.CODING_FILE_NOT_FOR_YOU: Sentence(
        "This coding file is sealed to another coder’s reader key.",
        "The file is unchanged.",
        "Ask for one that is sealed to your reader key.",
    ),
    _C.CODING_FILE_OWN: Sentence(
        "This coding file was made from an analysis in this vault.",
        "Nothing was changed.",
        "Send it to the coder, who imports it into their own vault.",
    ),
    _C.CODING_FILE_DAMAGED: Sentence(
        "This coding file is damaged.",
        "It was kept as it came, and nothing was taken from it.",
        "Ask the coder to send it again.",
    ),
    _C.CODING_FILE_WRONG_TICKET: Sentence(
        "This coding file does not answer any file that was sent for this analysis.",
        "It was kept as it came, and nothing was taken from it.",
        "Ask the coder whether they chose the right file.",
    ),
    _C.CODING_FILE_UNKNOWN_TEXT: Sentence(
        "This coding file was made on a text that this analysis never had.",
        "It was kept as it came, and nothing was taken from it.",
        "Ask the coder to send the coding of the text you sent.",
    ),
    _C.CODING_FILE_MISSING: Sentence(
        "This coding file is no longer in the vault.",
        "The rest of the analysis is unaffected.",
        "Restore it from a backup, or ask the coder to send it again.",
    ),
    _C.APPROVED_CHANGED: Sentence(
        "This approved text was changed after you opened it.",
        "Your redactions were not made.",
        "Open the approved text again.",
    ),
    _C.NUMBERS_DESTROYED: Sentence(
        "The study numbers of this group were destroyed, so no one can tell whose words these are.",
        "The approved text is unchanged.",
        "Redact what you recognise by hand, or mark this as done.",
    ),
    _C.NOTHING_TO_HEAR: Sentence(
        "There is no speech in this recording that can be heard.",
        "The recording is unchanged.",
        "Listen to it, and check the microphone before the next session.",
    ),
    _C.COPY_EXISTS: Sentence(
        "The folder {folder} already exists.",
        "It was not changed.",
        "Choose another folder.",
    ),
    _C.COPY_DIFFERS: Sentence(
        "The copy in {folder} does not match the original: {name}.",
        "The vault is unchanged, and the copy was deleted.",
        "Try another USB stick or disk. This one may be failing.",
    ),
    _C.BACKUP_MISSING: Sentence(
        "There is no backup in {folder}.",
        "Nothing was changed.",
        "Choose the folder whose name begins with balint-backup.",
    ),
    _C.BACKUP_UNFINISHED: Sentence(
        "The backup in {folder} was never finished.",
        "Nothing was restored from it.",
        "Choose a finished backup.",
    ),
    _C.BACKUP_LIST_DAMAGED: Sentence(
        "The backup in {folder} cannot be checked, because its list of files is damaged.",
        "Nothing was changed.",
        "Choose another backup, or copy its files by hand. They are still sealed.",
    ),
    _C.BACKUP_DAMAGED: Sentence(
        "The backup has changed since it was made: {name}.",
        "Nothing has been restored yet.",
        "Choose another backup, or restore only the intact files of this one.",
    ),
    _C.BACKUP_INSIDE: Sentence(
        "The folder {folder} is inside the vault.",
        "Nothing was copied.",
        "Choose a folder on another disk or a USB stick.",
    ),
    _C.SHARED_COPY_MISSING: Sentence(
        "There is no sealed copy of a recording in {folder}.",
        "Nothing was changed.",
        "Choose the folder whose name begins with recording- and that holds manifest.json.",
    ),
    _C.SHARED_COPY_DAMAGED: Sentence(
        "The sealed copy in {folder} is incomplete or has changed since it was made: {name}.",
        "Nothing was imported, and the copy was left as it is.",
        "Copy the whole folder again, or ask for a new copy.",
    ),
    _C.SHARED_COPY_NEWER: Sentence(
        "The sealed copy in {folder} was made by a newer version of the app.",
        "Nothing was imported.",
        "Install the newer version to import it.",
    ),
    _C.SHARED_COPY_NOT_FOR_HERE: Sentence(
        "The sealed copy in {folder} was not sealed for this vault.",
        "Nothing was imported, and the copy is still sealed.",
        "Send your current reader key to the person who shared it, and ask them to share it again.",
    ),
    _C.SHARED_COPY_IS_HERE: Sentence(
        "The recording {recording} is in this vault already.",
        "Nothing was changed.",
        "Open it in Recordings.",
    ),
    _C.SHARED_COPY_DESTROYED_HERE: Sentence(
        "The recording {recording} was destroyed in this vault.",
        "Nothing was imported: a destroyed recording is not brought back.",
        "Delete the sealed copy, and tell the person who shared it.",
    ),
    _C.SHARED_COPY_SAYS_TOO_LITTLE: Sentence(
        "The sealed copy in {folder} was made by an earlier version, which did not add the session.",
        "Nothing was imported.",
        "Enter the session’s number and day, or ask for a new copy.",
    ),
    _C.SHARED_COPY_OTHER_GROUP: Sentence(
        "This session is in this vault already, in the group {name}.",
        "Nothing was imported.",
        "Choose that group.",
    ),
    _C.BACKUP_INCOMPLETE: Sentence(
        "The backup in {folder} has no {name}, so no vault could be opened from it.",
        "Nothing was restored, and this computer is unchanged.",
        "Choose another backup.",
    ),
    _C.SESSION_MISSING: Sentence(
        "There is no session {name} in the log.",
        "Nothing was imported.",
        "Run “balint-desktop sessions list” to see them.",
    ),
    _C.SESSION_NOT_CLOSED: Sentence(
        "That session has not been closed.",
        "Nothing was imported, and the file is unchanged.",
        "Close the session first, then import the file.",
    ),
    _C.RECORDING_NOT_AVAILABLE: Sentence(
        "Recording was not available for that session.",
        "Nothing was imported, and the file is unchanged.",
        "If the file holds that session, delete it from the recorder.",
    ),
    _C.CONSENT_AHEAD: Sentence(
        "{day} is in the future.",
        "Nothing was saved, and the earlier answers are unchanged.",
        "Choose the date on which the answer was given.",
    ),
    _C.CONSENT_EARLIER: Sentence(
        "This person declined or withdrew on {day}, after the date you chose.",
        "Nothing was saved, and that answer still counts.",
        "If they have agreed again since, enter that date. Otherwise leave the answer as it is.",
    ),
    _C.CONSENT_NOT_GIVEN: Sentence(
        "None of these consents was given, so there is nothing to withdraw.",
        "Nothing was saved.",
        "For someone who never agreed, record “declined”.",
    ),
    _C.CONSENT_REFUSED: Sentence(
        "A refusal cannot be changed for several people at once.",
        "Nothing was saved.",
        "If someone agrees now, record it for that person and one purpose.",
    ),
    _C.PURPOSE_NOT_AGREED: Sentence(
        "Not everyone has agreed to this use of the recording.",
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
        "When the grades are final, enter the day under Consents on the group’s page.",
    ),
    _C.ASSESSMENT_UNANSWERED: Sentence(
        "This stays closed until you say whether you also assess these students.",
        "Nothing left the vault.",
        "Answer it under Consents on the group’s page, in The study.",
    ),
    _C.SOUND_MISSING: Sentence(
        "The file {name} could not be found or read.",
        "Nothing was imported.",
        "Plug the recorder in again, or choose another file.",
    ),
    _C.SOUND_UNREADABLE: Sentence(
        "No audio could be read from {name}.",
        "Nothing was imported, and the file is unchanged.",
        "Check that it plays on its own device and copy it again, or save it as WAV and import that.",
    ),
    _C.SOUND_UNSUPPORTED: Sentence(
        "{name} is {kind}, which this computer cannot read.",
        "Nothing was imported, and the file is unchanged.",
        "Save it as WAV, FLAC or MP3 in the app that made it or in an audio editor, and import that. "
        "With ffmpeg installed, it can be imported as it is.",
    ),
    _C.SOUND_TOO_LONG: Sentence(
        "{name} is longer than twelve hours.",
        "Nothing was imported, and the file is unchanged.",
        "Cut out the session with an audio editor, and import that.",
    ),
    _C.SOUND_RATE: Sentence(
        "{name} has an unusual sample rate that is not supported.",
        "Nothing was imported, and the file is unchanged.",
        "Save it at 44.1 or 48 kHz with an audio editor, and import that.",
    ),
    _C.GROUP_MISSING: Sentence(
        "There is no group {name} in this vault.",
        "Nothing was changed.",
        "Run “balint-desktop groups list” to see them.",
    ),
    _C.GROUP_UNNAMED: Sentence(
        "The new group needs a name.",
        "Nothing was created.",
        "Enter a name, such as “Wednesday group”.",
    ),
    _C.MEMBER_MISSING: Sentence(
        "{name} has no member with the code {member}.",
        "Nothing was saved.",
        "Run “balint-desktop groups list” to see its codes.",
    ),
    _C.GROUP_FULL: Sentence(
        "The group {name} has used all its codes, up to P99.",
        "Nothing was changed.",
        "Create a new group for new members.",
    ),
    _C.MEMBER_IN_USE: Sentence(
        "{member} already appears in a session or a consent.",
        "Nothing was changed.",
        "Mark this member as left instead. A code is never reused.",
    ),
    _C.ROSTER_FILE_MISSING: Sentence(
        "The file {name} could not be found or read.",
        "Nothing was imported.",
        "Choose another file.",
    ),
    _C.ROSTER_FILE_EMPTY: Sentence(
        "The file {name} contains no names.",
        "Nothing was imported.",
        "Choose a file with one row for each person.",
    ),
    _C.ROSTER_FILE_KIND: Sentence(
        "The file {name} is neither a CSV file nor an Excel workbook.",
        "Nothing was imported.",
        "Save it as CSV or .xlsx in your spreadsheet program, and choose that file.",
    ),
    _C.ROSTER_FILE_LARGE: Sentence(
        "The file {name} is too large to be a group’s list of names.",
        "Nothing was imported.",
        "Choose a file with only this group’s members.",
    ),
    _C.ROSTER_FILE_LONG: Sentence(
        "The file {name} has more than {most} rows.",
        "Nothing was imported.",
        "Choose a file with only this group’s members.",
    ),
    _C.ROSTER_FILE_ENCODING: Sentence(
        "The file {name} is not text in UTF-8, UTF-16 or Windows-1252.",
        "Nothing was imported.",
        "Save it as “CSV UTF-8” in your spreadsheet program, and choose that file.",
    ),
    _C.ROSTER_FILE_DAMAGED: Sentence(
        "The workbook {name} is damaged or cannot be read safely.",
        "Nothing was imported.",
        "Open it in your spreadsheet program, save it as CSV, and choose that file.",
    ),
    _C.ROSTER_COLUMNS: Sentence(
        "The file {name} has no column for names.",
        "Nothing was imported.",
        "Give the column of names the heading “name”, and choose the file again.",
    ),
    _C.ROSTER_QUOTE_OPEN: Sentence(
        "In the file {name}, a quotation mark in line {line} is not closed.",
        "Nothing was imported.",
        "Correct that line, and choose the file again.",
    ),
    _C.TEXT_FILE_MISSING: Sentence(
        "The file {name} could not be found or read.",
        "Nothing was imported.",
        "Choose another file.",
    ),
    _C.TEXT_FILE_EMPTY: Sentence(
        "The file {name} contains no text.",
        "Nothing was imported.",
        "Choose the file with the transcript.",
    ),
    _C.TEXT_FILE_KIND: Sentence(
        "The file {name} is not a transcript that can be read here.",
        "Nothing was imported.",
        "Save it as plain text (.txt), Word (.docx) or subtitles (.vtt or .srt), and choose that file.",
    ),
    _C.TEXT_FILE_LARGE: Sentence(
        "The file {name} is too large to be the transcript of a session.",
        "Nothing was imported.",
        "Choose a file with only this session.",
    ),
    _C.TEXT_FILE_ENCODING: Sentence(
        "The file {name} is not text in UTF-8, UTF-16 or Windows-1252.",
        "Nothing was imported.",
        "Save it as UTF-8 in the program it came from, and choose that file.",
    ),
    _C.TEXT_FILE_DAMAGED: Sentence(
        "The document {name} is damaged or cannot be read safely.",
        "Nothing was imported.",
        "Open it in your word processor, save it as plain text (.txt), and choose that file.",
    ),
    _C.WORD_COPY_KIND: Sentence(
        "{name} is not a Word document.",
        "Nothing was imported.",
        "Save the copy as Word (.docx), and choose that file.",
    ),
    _C.WORD_COPY_LARGE: Sentence(
        "{name} is far larger than a copy of one session.",
        "Nothing was imported.",
        "Choose the copy of this session that was sent out, with its comments.",
    ),
    _C.WORD_COPY_DAMAGED: Sentence(
        "{name} is damaged or cannot be read safely.",
        "Nothing was imported.",
        "Open it in your word processor, save it again as Word (.docx), and choose that file.",
    ),
    _C.WORD_COPY_OTHER_TEXT: Sentence(
        "{name} does not hold the text of this session.",
        "Nothing was imported.",
        "Choose the copy of this session, or the session that this copy belongs to.",
    ),
    _C.PROJECT_FILE_MISSING: Sentence(
        "The file {name} could not be found or read.",
        "Nothing was changed.",
        "Choose another file.",
    ),
    _C.PROJECT_FILE_DAMAGED: Sentence(
        "The file {name} is not a project that can be read here.",
        "Nothing was changed.",
        "Export it again as a REFI-QDA project (.qdpx), and choose that file.",
    ),
    _C.CODEBOOK_FILE_MISSING: Sentence(
        "The file {name} could not be found or read.",
        "The framework is unchanged.",
        "Choose another file.",
    ),
    _C.CODEBOOK_FILE_DAMAGED: Sentence(
        "The file {name} is not a codebook that can be read here.",
        "The framework is unchanged.",
        "Export it again as a REFI-QDA codebook (.qdc), and choose that file.",
    ),
    _C.CODEBOOK_FILE_LARGE: Sentence(
        "The codebook {name} has more codes than fit into a framework.",
        "The framework is unchanged.",
        "Export only the codes you need, and choose that file.",
    ),
    _C.CODEBOOK_FILE_EMPTY: Sentence(
        "The codebook {name} has no codes.",
        "The framework is unchanged.",
        "Choose another file.",
    ),
    _C.DAYS_REVERSED: Sentence(
        "The last day off is before the first.",
        "Nothing was changed.",
        "Change one of them.",
    ),
    _C.SESSION_HELD: Sentence(
        "Session {number} has already taken place.",
        "Its date and its record are unchanged.",
        "Correct mistakes in the log.",
    ),
    _C.SESSION_ORDER: Sentence(
        "That date would put this session on the wrong side of session {number}, which has already taken place.",
        "Nothing was changed.",
        "Choose another date, or enter the session in the log if it has already taken place.",
    ),
    _C.TOO_MANY_SESSIONS: Sentence(
        "A group can have at most {most} planned sessions.",
        "Nothing was changed.",
        "Create another group for later sessions.",
    ),
    _C.RECORD_CHANGED: Sentence(
        "This session has been changed elsewhere in the meantime.",
        "Nothing was overwritten. Your text is still here, beside the current version.",
        "Compare the two, and save the one you want.",
    ),
    _C.CORRECTION_UNSAID: Sentence(
        "To correct a record, enter who is making the change and why.",
        "Nothing has been changed yet.",
        "Fill in both, then save.",
    ),
    _C.VALUE_IMPOSSIBLE: Sentence(
        "The value for “{name}” is not possible.",
        "Nothing was saved. What you typed is still here.",
        "Correct it, then save.",
    ),
    _C.NO_MICROPHONE: Sentence(
        "No microphone was found.",
        "The clock and the prompts work without one.",
        "Plug one in, close any program that may be using it, or continue without recording.",
    ),
    _C.MICROPHONE_GONE: Sentence(
        "The microphone has stopped sending sound.",
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
        "Choose the system’s default microphone or another one.",
    ),
    _C.MICROPHONE_MUTED: Sentence(
        "The microphone is muted.",
        "Nothing said here is being recorded. The clock continues.",
        "Unmute it on the microphone or in the system’s sound settings.",
    ),
    _C.MICROPHONE_DENIED: Sentence(
        "This app is not allowed to use the microphone.",
        "Nothing was lost.",
        "Allow it in the system’s privacy settings, then try again.",
    ),
    _C.MICROPHONE_FAINT: Sentence(
        "For the past minute the microphone has picked up only a faint hiss.",
        "The clock and the recording continue.",
        "Check the switch on the microphone, and its cable.",
    ),
    _C.ONLY_COMPUTER_SOUND: Sentence(
        "The microphone has stopped sending sound.",
        "The voices on the call are still being recorded; yours is not.",
        "Plug it in again, or choose another.",
    ),
    _C.COMPUTER_SOUND_LOST: Sentence(
        "The sound of the call is no longer being recorded.",
        "The microphone still is.",
        "Check that the call plays on the same loudspeaker or headphones as before. It is added again when it is back.",
    ),
    _C.COMPUTER_SOUND_SILENT: Sentence(
        "Nothing has been heard on the call for two minutes.",
        "The clock and the recording continue.",
        "If people are speaking, let the call play on the output that you chose before the session.",
    ),
    _C.MICROPHONE_CHANGED: Sentence(
        "The recording has switched to another microphone.",
        "Recording continues with it.",
        "Choose another if you prefer.",
    ),
    _C.SOUND_SYSTEM_FROZEN: Sentence(
        "The sound system is not responding.",
        "Everything up to {until} is sealed.",
        "Start recording again. The clock is still running.",
    ),
    _C.SOUND_LATE: Sentence(
        "No sound arrived for more than a minute. The computer may have been asleep.",
        "Everything up to {until} is sealed.",
        "Start recording again. The clock is still running.",
    ),
    _C.SOUND_DROPPED: Sentence(
        "This computer could not keep up: {lost} of audio is missing.",
        "The rest was recorded, and recording continues.",
        "Close other programs if you can.",
    ),
    _C.RECORDER_DIED: Sentence(
        "The recorder stopped unexpectedly.",
        "Everything up to {until} is sealed.",
        "Start recording again. The clock is still running.",
    ),
    _C.RECORDER_SILENT: Sentence(
        "The recorder is not responding.",
        "Everything up to {until} is sealed.",
        "Wait a moment. If it does not recover, it will be restarted.",
    ),
    _C.NO_LOUDSPEAKER: Sentence(
        "The sound could not be played.",
        "The recording is unchanged.",
        "Check the loudspeaker or headphones, and try again.",
    ),
    _C.NO_SUCH_TIME: Sentence(
        "“{name}” is not a time.",
        "Nothing was changed.",
        "Enter a time such as 14:00 or 2 pm.",
    ),
    _C.TIME_MISSING: Sentence(
        "The time is missing.",
        "Nothing was changed.",
        "Enter a time such as 14:00.",
    ),
    _C.NO_SUCH_DAY: Sentence(
        "“{name}” is not a date.",
        "Nothing was changed.",
        "Enter a date such as {example}.",
    ),
    _C.DAY_MISSING: Sentence(
        "The date is missing.",
        "Nothing was changed.",
        "Enter a date such as {example}.",
    ),
    _C.DAY_TO_COME: Sentence(
        "That date is in the future.",
        "What you typed is still here.",
        "Correct the date, or enter this once it has happened.",
    ),
    _C.ENDS_BEFORE_IT_BEGINS: Sentence(
        "The end date is before the start date.",
        "What you typed is still here.",
        "Correct one of the two dates.",
    ),
    _C.NOTED_ALREADY: Sentence(
        "There is already an entry with the same date, length and text.",
        "It was not added again.",
        "If this is a different one, change the entry. Otherwise cancel.",
    ),
    _C.LABEL_MISSING: Sentence(
        "The name is missing.",
        "What you typed is still here.",
        "Enter a name. Initials are enough.",
    ),
    _C.LABEL_TAKEN: Sentence(
        "Someone else is already called {name}.",
        "Nothing was changed.",
        "Add a letter to tell them apart.",
    ),
    _C.PERIOD_EMPTY: Sentence(
        "Enter at least 1.",
        "What you typed is still here.",
        "Use the number that the approval states.",
    ),
    _C.PERIOD_TOO_LONG: Sentence(
        "That period is longer than a hundred years.",
        "What you typed is still here.",
        "Check the number and its unit.",
    ),
    _C.APPROVAL_WITHOUT_NUMBER: Sentence(
        "The approval’s number is missing.",
        "What you typed is still here.",
        "Enter where the period is stated, for example: approval 023473, section 4.",
    ),
    _C.DAY_TOO_EARLY: Sentence(
        "That date is before the event it must follow.",
        "What you typed is still here.",
        "Correct the date.",
    ),
    _C.REASON_MISSING: Sentence(
        "The reason is missing.",
        "Nothing was changed. What you typed is still here.",
        "Write a few words, without names. They are stored in the log.",
    ),
    _C.REQUEST_INCOMPLETE: Sentence(
        "Part of the request is missing.",
        "What you typed is still here.",
        "Enter what the request is about. For an answered request, enter both the answer and its date.",
    ),
    _C.HELD: Sentence(
        "This is under a legal hold and cannot be destroyed.",
        "Nothing was changed.",
        "To lift the hold, open the group’s page, choose “Retention” and give a reason.",
    ),
    _C.HELD_STRUCK: Sentence(
        "The removed stretch is under a legal hold, so it was not deleted from this recording.",
        "It stays silent in playback and exports.",
        "It will be deleted when the hold is lifted.",
    ),
    _C.ENGINE_MISSING: Sentence(
        "The program that writes first drafts is not installed.",
        "Everything else works without it.",
        "Install balint-desktop-transcribe, in the same version as this app.",
    ),
    _C.NO_MODEL: Sentence(
        "There is no model for transcription on this computer.",
        "The recording is unchanged.",
        "Add one first: in Settings under Transcription, or with “balint-desktop models add”.",
    ),
    _C.MODEL_MISSING: Sentence(
        "There is no model called {name} on this computer.",
        "Nothing was changed.",
        "Add one in Settings, under Transcription, or run “balint-desktop models list” to see them.",
    ),
    _C.MODEL_CHANGED: Sentence(
        "The model {name} has changed since it was added.",
        "It was given nothing to transcribe.",
        "Remove it, then add it again.",
    ),
    _C.MODEL_DIFFERS: Sentence(
        "This looks like the model {name}, but {file} is damaged or was changed.",
        "Nothing was added.",
        "Get the model again from its publisher. If it was changed on purpose, add it as “not checked by us”.",
    ),
    _C.MODEL_NOT_LISTED: Sentence(
        "The model {name} is not one that we have checked.",
        "Nothing was added.",
        "If you trust where it comes from, add it as “not checked by us”.",
    ),
    _C.MODEL_FILE_MISSING: Sentence(
        "{file} is missing from {name}.",
        "Nothing was added.",
        "Choose a folder or a zip with model.bin, config.json, tokenizer.json and vocabulary.txt in it.",
    ),
    _C.MODEL_FILE_TWICE: Sentence(
        "{name} contains {file} more than once.",
        "Nothing was added.",
        "Choose a zip of one model.",
    ),
    _C.MODEL_FILE_LARGE: Sentence(
        "{file} in {name} is too large for a model.",
        "Nothing was added.",
        "Get the model again from its publisher.",
    ),
    _C.MODEL_UNREADABLE: Sentence(
        "{name} cannot be read.",
        "Nothing was added.",
        "Copy it to this computer again, then try again.",
    ),
    _C.MODEL_ZIP_UNUSABLE: Sentence(
        "The zip {name} is damaged, encrypted, or packed in an unusual way.",
        "Nothing was added.",
        "Get it again, or unpack it yourself and choose the folder.",
    ),
    _C.MODEL_NO_SPACE: Sentence(
        "The disk has too little space for this model, which needs {megabytes} MB.",
        "Nothing was added.",
        "Free up some space on this disk, or choose a smaller model.",
    ),
    _C.MODELS_BUSY: Sentence(
        "Another model is being added or removed right now.",
        "Nothing was changed.",
        "Wait until that has finished, then try again.",
    ),
    _C.NO_DISPLAY: Sentence(
        "There is no screen to open a window on.",
        "Nothing was changed.",
        "Run “balint-desktop rehearse” to see a session on a virtual screen.",
    ),
    _C.CHILD_FAILED: Sentence(
        "Part of the app did not start.",
        "Nothing was lost.",
        "Run “balint-desktop doctor” to see what is missing.",
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
        "The microphone has stopped sending sound.",
        "Nothing was lost.",
        "Plug it in again, or choose another.",
    ),
    _C.MICROPHONE_BUSY: Sentence(
        "Another program is using the microphone.",
        "Nothing was lost.",
        "Close that program, or choose another microphone.",
    ),
    _C.MICROPHONE_MUTED: Sentence(
        "The microphone is muted.",
        "Nothing is being recorded yet.",
        "Unmute it on the microphone or in the system’s sound settings.",
    ),
    _C.SOUND_SYSTEM_FROZEN: Sentence(
        "The sound system is not responding.",
        "Nothing was lost.",
        "Wait a moment and try again, or restart the computer.",
    ),
    _C.RECORDER_DIED: Sentence(
        "The recorder stopped unexpectedly.",
        "Nothing was lost.",
        "Start recording again. The clock is still running.",
    ),
    _C.SOUND_LATE: Sentence(
        "No sound arrived for more than a minute. The computer may have been asleep.",
        "Nothing was lost.",
        "Start recording again. The clock is still running.",
    ),
    _C.RECORDER_SILENT: Sentence(
        "The recorder is not responding.",
        "Nothing was lost.",
        "Wait a moment. If it does not recover, it will be restarted.",
    ),
}

# The remedy where a recording resumes by itself as soon as it can.
GOING_ON: dict[TroubleCode, str] = {
    _C.DISK_FULL: "Free up some space on this disk. Recording then resumes by itself.",
    _C.DISK_READ_ONLY: "Recording resumes by itself once the disk is writable.",
    _C.FOLDER_UNWRITABLE: "Recording resumes by itself once the folder is writable.",
    _C.MICROPHONE_GONE: "Plug it in again, or choose another. Recording then resumes.",
    _C.MICROPHONE_BUSY: "Recording resumes when it is free, or with another microphone.",
    _C.MICROPHONE_DENIED: "Recording resumes when the system allows it.",
    _C.SOUND_SYSTEM_FROZEN: "Recording resumes by itself when it responds.",
    _C.SOUND_LATE: "Recording resumes by itself.",
    _C.RECORDER_DIED: "It is being restarted.",
}


class _MissingDetails(dict[str, object]):
    """Fills a missing detail with three dots, so that a sentence is always shown."""

    def __missing__(self, key: str) -> str:
        return "…"


_EXAMPLE_DAY = "2026-03-24"


def sentence(trouble: Trouble, *, goes_on: bool = False) -> str:
    """Return the trouble in words: what happened, what is safe, what to do.

    `goes_on` is set where a recording resumes by itself as soon as it can.
    """
    words = SENTENCES[trouble.code]
    if "until" not in trouble.details:
        words = BEFORE_RECORDING.get(trouble.code, words)
    to_do = GOING_ON.get(trouble.code, words.to_do) if goes_on else words.to_do
    details = _shown(trouble)
    return " ".join(tr(part).format_map(details) for part in (words.happened, words.safe, to_do))


def _shown(trouble: Trouble) -> _MissingDetails:
    """Return the details as they are printed: a path may hold an escape sequence."""
    escaped = {
        name: escape_hidden(value) if isinstance(value, str) else value for name, value in trouble.details.items()
    }
    if trouble.code is TroubleCode.NAME_IN_EXPORT:
        escaped["where"] = name_places.where(escaped)
    # A page has written the example in its user's way already.
    return _MissingDetails({"example": _EXAMPLE_DAY, **escaped})


def headline(trouble: Trouble) -> str:
    """Return the first of the trouble's three parts, for a place with little room."""
    return tr(SENTENCES[trouble.code].happened).format_map(_shown(trouble))


def format_reason(error: FormatError) -> str:
    """Return why a format or another of the user's files cannot be used, to finish a sentence."""
    return tr(error.template).format(**error.details)
