"""Sentences of the people of a group, their roster's file, the dates, and what they agree to."""

from __future__ import annotations

from balint_desktop.domain.trouble import TroubleCode
from balint_desktop.text.troubles.sentence import Sentence

_C = TroubleCode
SENTENCES: dict[TroubleCode, Sentence] = {
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
}
