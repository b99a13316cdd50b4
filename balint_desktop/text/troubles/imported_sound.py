"""Sentences of the sound of another recorder."""

from __future__ import annotations

from balint_desktop.domain.trouble import TroubleCode
from balint_desktop.text.troubles.sentence import Sentence

_C = TroubleCode
SENTENCES: dict[TroubleCode, Sentence] = {
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
}
