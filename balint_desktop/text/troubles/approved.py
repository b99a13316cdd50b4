"""Sentences of de-identified texts: approving, opening and changing them."""

from __future__ import annotations

from balint_desktop.domain.trouble import TroubleCode
from balint_desktop.text.troubles.sentence import Sentence

_C = TroubleCode
SENTENCES: dict[TroubleCode, Sentence] = {
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
    _C.APPROVED_CHANGED: Sentence(
        "This approved text was changed after you opened it.",
        "Your redactions were not made.",
        "Open the approved text again.",
    ),
    _C.TEXT_WITHOUT_TIMES: Sentence(
        "This text has no times, so it cannot become subtitles.",
        "Nothing left the vault.",
        "Choose another kind of file.",
    ),
    _C.NUMBERS_DESTROYED: Sentence(
        "The study numbers of this group were destroyed, so no one can tell whose words these are.",
        "The approved text is unchanged.",
        "Redact what you recognise by hand, or mark this as done.",
    ),
}
