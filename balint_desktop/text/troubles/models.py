"""Sentences of the models for transcription."""

from __future__ import annotations

from balint_desktop.domain.trouble import TroubleCode
from balint_desktop.text.troubles.sentence import Sentence

_C = TroubleCode
SENTENCES: dict[TroubleCode, Sentence] = {
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
}
