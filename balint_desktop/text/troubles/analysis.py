"""Sentences of a study's analysis: its texts, its rounds and its coders."""

from __future__ import annotations

from balint_desktop.domain.trouble import TroubleCode
from balint_desktop.text.troubles.sentence import Sentence

_C = TroubleCode
SENTENCES: dict[TroubleCode, Sentence] = {
    _C.STUDY_MISSING: Sentence(
        "This analysis is not in this vault.",
        "Nothing was changed.",
        "Choose another in the list, or restore a backup that has it.",
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
}
