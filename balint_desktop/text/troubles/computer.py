"""Sentences of this computer: its folders, its disk, and the programs the app needs."""

from __future__ import annotations

from balint_desktop.domain.trouble import TroubleCode
from balint_desktop.text.troubles.sentence import Sentence

_C = TroubleCode
SENTENCES: dict[TroubleCode, Sentence] = {
    _C.FOLDER_UNWRITABLE: Sentence(
        "The folder {folder} is not writable.",
        "Nothing was lost.",
        "Choose a folder of your own, or ask the person who manages this computer.",
    ),
    _C.FOLDER_SHARED: Sentence(
        "Other users could read the folder {folder}.",
        "Nothing was saved there.",
        "Choose a folder on this computer’s own disk.",
    ),
    _C.FOLDER_NOT_EMPTY: Sentence(
        "The folder {folder} is not empty.",
        "It was not changed.",
        "Choose an empty folder or a new one.",
    ),
    _C.DISK_FULL: Sentence(
        "The disk is full.",
        "Everything sealed so far is safe.",
        "Free up some space on this disk, then continue.",
    ),
    _C.DISK_LOW: Sentence(
        "The disk is nearly full.",
        "Recording continues, and everything so far is sealed.",
        "Free up some space on this disk when you can.",
    ),
    _C.DISK_READ_ONLY: Sentence(
        "The disk is read-only.",
        "Everything sealed so far is safe.",
        "Choose a folder on another disk.",
    ),
    _C.NO_DISPLAY: Sentence(
        "There is no screen to open a window on.",
        "Nothing was changed.",
        "Run “balint-desktop rehearse” to see a session on a virtual screen.",
    ),
    _C.CHILD_FAILED: Sentence(
        "Part of the app did not start.",
        "Nothing was lost.",
        "Run “balint-desktop doctor” to see what is missing.",
    ),
    _C.TOOL_MISSING: Sentence(
        "The program {name} is not installed.",
        "Nothing was changed.",
        "Install it, then try again.",
    ),
}
