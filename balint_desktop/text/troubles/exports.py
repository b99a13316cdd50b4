"""Sentences of what is about to leave the vault: the name gate, and agreement to each use."""

from __future__ import annotations

from balint_desktop.domain.trouble import TroubleCode
from balint_desktop.text.troubles.sentence import Sentence

_C = TroubleCode
SENTENCES: dict[TroubleCode, Sentence] = {
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
}
