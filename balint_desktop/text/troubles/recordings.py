"""Sentences of sealed recordings: their parts, their keys, and the stretch that was removed."""

from __future__ import annotations

from balint_desktop.domain.trouble import TroubleCode
from balint_desktop.text.troubles.sentence import Sentence

_C = TroubleCode
SENTENCES: dict[TroubleCode, Sentence] = {
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
    _C.NO_LOUDSPEAKER: Sentence(
        "The sound could not be played.",
        "The recording is unchanged.",
        "Check the loudspeaker or headphones, and try again.",
    ),
}
