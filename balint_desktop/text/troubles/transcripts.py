"""Sentences of transcripts: writing, correcting and importing them."""

from __future__ import annotations

from balint_desktop.domain.trouble import TroubleCode
from balint_desktop.text.troubles.sentence import Sentence

_C = TroubleCode
SENTENCES: dict[TroubleCode, Sentence] = {
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
    _C.NOTHING_TO_HEAR: Sentence(
        "There is no speech in this recording that can be heard.",
        "The recording is unchanged.",
        "Listen to it, and check the microphone before the next session.",
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
}
