"""Sentences of recording: the microphone, the sound of a call, and the recorder."""

from __future__ import annotations

from balint_desktop.domain.trouble import TroubleCode
from balint_desktop.text.troubles.sentence import Sentence

_C = TroubleCode
SENTENCES: dict[TroubleCode, Sentence] = {
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
    _C.MICROPHONE_CHANGED: Sentence(
        "The recording has switched to another microphone.",
        "Recording continues with it.",
        "Choose another if you prefer.",
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
