"""Sentences of opening the vault: its files, its passphrase and keys, and its log."""

from __future__ import annotations

from balint_desktop.domain.trouble import TroubleCode
from balint_desktop.text.troubles.sentence import Sentence

_C = TroubleCode
SENTENCES: dict[TroubleCode, Sentence] = {
    _C.VAULT_MISSING: Sentence(
        "There is no vault in {folder}.",
        "Nothing was changed.",
        "Choose “Set up” to create one, or give the folder where yours is.",
    ),
    _C.VAULT_EXISTS: Sentence(
        "There is already a vault in {folder}.",
        "It was not changed.",
        "Unlock it, or choose an empty folder.",
    ),
    _C.NO_VAULT_IN_FOLDER: Sentence(
        "There is no vault in the folder {folder}.",
        "Nothing was changed.",
        "If it is on another disk, plug that in. Otherwise choose the folder that holds it.",
    ),
    _C.VAULT_FILE_MISSING: Sentence(
        "The vault’s file {name} is missing, and so is its copy.",
        "The recordings and the log are still in place, sealed.",
        "Restore the file from a backup, or open the vault with the recovery key.",
    ),
    _C.VAULT_FILE_DAMAGED: Sentence(
        "The vault’s file {name} is damaged, and so is its copy.",
        "The recordings and the log are still in place, sealed.",
        "Restore the file from a backup, or open the vault with the recovery key.",
    ),
    _C.VAULT_NEWER: Sentence(
        "This vault was written by a newer version of the app.",
        "Nothing was changed.",
        "Install the newer version to open it.",
    ),
    _C.VAULT_IN_USE: Sentence(
        "The vault in {folder} is already open in another window.",
        "Nothing was changed.",
        "Use that window, or close it first.",
    ),
    _C.VAULT_LOCKED: Sentence(
        "The vault is locked.",
        "Nothing in it has changed. A running session and its recording continue.",
        "Unlock it to do this.",
    ),
    _C.WRONG_PASSPHRASE: Sentence(
        "That is not this vault’s passphrase.",
        "Nothing was changed.",
        "Try again. Capital letters and spaces matter.",
    ),
    _C.WRONG_RECOVERY_KEY: Sentence(
        "That is not this vault’s recovery key.",
        "Nothing was changed.",
        "Check the paper again. The key begins with AGE-SECRET-KEY-1.",
    ),
    _C.WEAK_PASSPHRASE: Sentence(
        "That passphrase is too easy to guess.",
        "Nothing has been saved yet.",
        "Add one or two unrelated words.",
    ),
    _C.LAST_READER: Sentence(
        "Without this reader, no one could open the recordings of {name}.",
        "The readers are unchanged.",
        "Add another reader first, or allow this vault to open them.",
    ),
    _C.RENEWAL_UNFINISHED: Sentence(
        "Renewing the keys has not finished.",
        "Every recording still opens.",
        "Lock the vault and unlock it to finish, then try again.",
    ),
    _C.LOG_DAMAGED: Sentence(
        "The log is damaged and cannot be read.",
        "The recordings are separate files and still open.",
        "Restore the log from a backup.",
    ),
    _C.LOG_MISSING: Sentence(
        "The log is missing from the vault.",
        "The recordings are separate files and still open.",
        "Restore the file log.db from a backup.",
    ),
    _C.TOO_MUCH_WORK: Sentence(
        "The passphrase file demands more computing work than this app ever uses.",
        "Nothing was tried, and nothing was changed.",
        "The file was changed by someone else, or is damaged. Restore it from a backup, or use the recovery key.",
    ),
    _C.MEMORY_SHORT: Sentence(
        "There is not enough free memory to check the passphrase.",
        "Nothing was changed.",
        "Close other programs and try again, or use the recovery key, which needs hardly any memory.",
    ),
    _C.OPEN_FOR_READING_FULL: Sentence(
        "The disk is full, so the vault is open for reading only.",
        "Everything in it is safe.",
        "You can read, export or back up to another disk, and destroy recordings to make room.",
    ),
    _C.OPEN_FOR_READING_ONLY: Sentence(
        "The disk cannot be written to, so the vault is open for reading only.",
        "Everything in it is safe.",
        "You can read, and export or back up to another disk. To change anything, unlock the disk or copy the vault.",
    ),
    _C.RECOVERY_KEY_UNPROVEN: Sentence(
        "The paper with the recovery key may not open this vault: both copies of {name} are damaged or were replaced.",
        "Your passphrase opens everything, and nothing was changed.",
        "Renew the keys in Settings: that makes a new recovery key. Then destroy the old paper.",
    ),
    _C.PASSPHRASE_FILE_UNPROVEN: Sentence(
        "Your passphrase may not open this vault: the two copies of {name} are damaged, or differ.",
        "Everything else is safe, and neither copy was changed.",
        "Lock the vault and unlock it with your passphrase: that repairs both. If it no longer works, change it in "
        "Settings and enter your recovery key as the current passphrase.",
    ),
    _C.LINK_IN_VAULT: Sentence(
        "{name} is a link, and the app never puts links in a vault.",
        "Nothing was followed, changed or destroyed.",
        "Delete the link, or put the real folder back in its place, and try again.",
    ),
}
