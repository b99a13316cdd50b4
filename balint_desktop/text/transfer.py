"""Wording of backups, restores and shared copies, for the window and the command line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from balint_desktop.i18n import tr, tr_n
from balint_desktop.sealed.parcel import VerifiedParcel
from balint_desktop.vault.destination_warnings import DestinationWarning
from balint_desktop.vault.log.transfers import TransferRow
from balint_desktop.vault.restore import Restored

_MAX = 8


def destination_warning(of: DestinationWarning) -> str:
    """Return a warning about a destination folder."""
    return {
        DestinationWarning.SYNCED: tr(
            "This folder is synced to a cloud service. Everything in it is sealed, but you cannot delete it from "
            "there: a recording you destroy later may remain."
        ),
        DestinationWarning.NETWORK: tr(
            "This folder is on another computer. Everything in it is sealed. The people who run that computer "
            "decide how long it stays."
        ),
        DestinationWarning.OPEN_TO_OTHERS: tr(
            "This disk has no file permissions, like most USB sticks. That is fine: everything is sealed."
        ),
    }[of]


def backup_made(row: TransferRow, left_out: Sequence[str], *, is_listed: bool = True) -> str:
    """Return a backup's content and location, and whether the vault could not list it."""
    words = tr_n(
        "Backed up to {folder} and checked: the log and {n} recording.",
        "Backed up to {folder} and checked: the log and {n} recordings.",
        len(row.recordings),
    ).format(folder=row.folder, n=len(row.recordings))
    if not is_listed:
        unlisted = tr("The vault’s disk takes no more, so the backup is not listed here: note where you keep it.")
        words = f"{words} {unlisted}"
    if not left_out:
        return words
    return " ".join(
        [
            words,
            tr_n(
                "{n} part still being recorded is not included. Back up again after the recording.",
                "{n} parts still being recorded are not included. Back up again after the recording.",
                len(left_out),
            ).format(n=len(left_out)),
        ]
    )


def backups_sentence(rows: Sequence[TransferRow]) -> str:
    """Return the backups that still hold a recording, empty where none does; shown when destroying it."""
    if not rows:
        return ""
    places = [row.folder if row.is_finished else tr("{folder}, not finished").format(folder=row.folder) for row in rows]
    return "\n".join(
        [
            tr_n(
                "{n} backup still contains this recording. Destroy it too, or decide to keep it.",
                "{n} backups still contain this recording. Destroy them too, or decide to keep them.",
                len(rows),
            ).format(n=len(rows)),
            *places,
        ]
    )


def verified_backup(at: VerifiedParcel) -> str:
    """Return the result of verifying a backup."""
    if at.is_whole:
        return tr_n(
            "The backup is complete: {n} file, unchanged.",
            "The backup is complete: {n} files, all unchanged.",
            len(at.manifest.files),
        ).format(n=len(at.manifest.files))
    return tr("The backup has changed since it was made:\n{files}").format(files=_lines(at.problems))


def restored(of: Restored, folder: str) -> str:
    """Return the result of a restore."""
    words = [tr("Restored to {folder}. Unlock it with its passphrase or recovery key.").format(folder=folder)]
    if of.aside:
        words.append(tr("The vault that was there was never opened. It is now in {folder}.").format(folder=of.aside))
    if of.damaged:
        words.append(tr("Damaged, restored as far as possible:\n{files}").format(files=_lines(of.damaged)))
    if of.left_out:
        words.append(tr("Could not be restored:\n{files}").format(files=_lines(of.left_out)))
    return "\n".join(words)


def shared(row: TransferRow, *, is_as_sealed: bool, approved_stays: bool = False) -> str:
    """Return where a recording was shared to, and whether the local one may be destroyed."""
    words = tr("Sealed copy made in {folder} and checked.").format(folder=row.folder)
    if any(name.startswith("transcript/") for names in row.files.values() for name in names):
        words += " " + tr("Its transcript is included.")
    if approved_stays:
        words += " " + tr("The approved text is not included: export it from its own page.")
    if is_as_sealed:
        return words
    return " ".join(
        [
            words,
            tr(
                "Some of the recording has changed since it was sealed, so keep the original until the copy has "
                "been opened."
            ),
        ]
    )


def _lines(names: Iterable[str]) -> str:
    names = tuple(names)
    return "\n".join([*names[:_MAX], *(["…"] if len(names) > _MAX else [])])
