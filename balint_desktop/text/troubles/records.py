"""Sentences of what is entered by hand: the log's records, accreditation and retention."""

from __future__ import annotations

from balint_desktop.domain.trouble import TroubleCode
from balint_desktop.text.troubles.sentence import Sentence

_C = TroubleCode
SENTENCES: dict[TroubleCode, Sentence] = {
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
}
