"""Sentences of copies of a vault, and sealed copies of a recording for somebody else."""

from __future__ import annotations

from balint_desktop.domain.trouble import TroubleCode
from balint_desktop.text.troubles.sentence import Sentence

_C = TroubleCode
SENTENCES: dict[TroubleCode, Sentence] = {
    _C.COPY_EXISTS: Sentence(
        "The folder {folder} already exists.",
        "It was not changed.",
        "Choose another folder.",
    ),
    _C.COPY_DIFFERS: Sentence(
        "The copy in {folder} does not match the original: {name}.",
        "The vault is unchanged, and the copy was deleted.",
        "Try another USB stick or disk. This one may be failing.",
    ),
    _C.BACKUP_MISSING: Sentence(
        "There is no backup in {folder}.",
        "Nothing was changed.",
        "Choose the folder whose name begins with balint-backup.",
    ),
    _C.BACKUP_UNFINISHED: Sentence(
        "The backup in {folder} was never finished.",
        "Nothing was restored from it.",
        "Choose a finished backup.",
    ),
    _C.BACKUP_LIST_DAMAGED: Sentence(
        "The backup in {folder} cannot be checked, because its list of files is damaged.",
        "Nothing was changed.",
        "Choose another backup, or copy its files by hand. They are still sealed.",
    ),
    _C.BACKUP_DAMAGED: Sentence(
        "The backup has changed since it was made: {name}.",
        "Nothing has been restored yet.",
        "Choose another backup, or restore only the intact files of this one.",
    ),
    _C.BACKUP_INSIDE: Sentence(
        "The folder {folder} is inside the vault.",
        "Nothing was copied.",
        "Choose a folder on another disk or a USB stick.",
    ),
    _C.BACKUP_INCOMPLETE: Sentence(
        "The backup in {folder} has no {name}, so no vault could be opened from it.",
        "Nothing was restored, and this computer is unchanged.",
        "Choose another backup.",
    ),
    _C.SHARED_COPY_MISSING: Sentence(
        "There is no sealed copy of a recording in {folder}.",
        "Nothing was changed.",
        "Choose the folder whose name begins with recording- and that holds manifest.json.",
    ),
    _C.SHARED_COPY_DAMAGED: Sentence(
        "The sealed copy in {folder} is incomplete or has changed since it was made: {name}.",
        "Nothing was imported, and the copy was left as it is.",
        "Copy the whole folder again, or ask for a new copy.",
    ),
    _C.SHARED_COPY_NEWER: Sentence(
        "The sealed copy in {folder} was made by a newer version of the app.",
        "Nothing was imported.",
        "Install the newer version to import it.",
    ),
    _C.SHARED_COPY_NOT_FOR_HERE: Sentence(
        "The sealed copy in {folder} was not sealed for this vault.",
        "Nothing was imported, and the copy is still sealed.",
        "Send your current reader key to the person who shared it, and ask them to share it again.",
    ),
    _C.SHARED_COPY_IS_HERE: Sentence(
        "The recording {recording} is in this vault already.",
        "Nothing was changed.",
        "Open it in Recordings.",
    ),
    _C.SHARED_COPY_DESTROYED_HERE: Sentence(
        "The recording {recording} was destroyed in this vault.",
        "Nothing was imported: a destroyed recording is not brought back.",
        "Delete the sealed copy, and tell the person who shared it.",
    ),
    _C.SHARED_COPY_SAYS_TOO_LITTLE: Sentence(
        "The sealed copy in {folder} was made by an earlier version, which did not add the session.",
        "Nothing was imported.",
        "Enter the session’s number and day, or ask for a new copy.",
    ),
    _C.SHARED_COPY_OTHER_GROUP: Sentence(
        "This session is in this vault already, in the group {name}.",
        "Nothing was imported.",
        "Choose that group.",
    ),
}
