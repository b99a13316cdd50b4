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
            "This folder is carried to another company's computers. Everything is sealed, but it cannot be called "
            "back from there: a recording that you destroy later may stay."
        ),
        DestinationWarning.NETWORK: tr(
            "This folder lies on another computer. Everything is sealed; whoever runs that computer decides how long "
            "it is kept."
        ),
        DestinationWarning.OPEN_TO_OTHERS: tr(
            "This disk cannot keep others out, as most sticks cannot. That is all right: everything is sealed."
        ),
    }[of]


def backup_made(row: TransferRow, left_out: Sequence[str]) -> str:
    """Return a backup's content and location."""
    words = tr_n(
        "Backed up to {folder}: the log and {n} recording, read back and compared.",
        "Backed up to {folder}: the log and {n} recordings, read back and compared.",
        len(row.recordings),
    ).format(folder=row.folder, n=len(row.recordings))
    if not left_out:
        return words
    return " ".join(
        [
            words,
            tr_n(
                "{n} part that is being recorded now is not in it; back up again when the recording has stopped.",
                "{n} parts that are being recorded now are not in it; back up again when the recording has stopped.",
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
                "{n} backup still holds this recording, and opens it: destroy that too, or keep it knowingly.",
                "{n} backups still hold this recording, and open it: destroy those too, or keep them knowingly.",
                len(rows),
            ).format(n=len(rows)),
            *places,
        ]
    )


def verified_backup(at: VerifiedParcel) -> str:
    """Return the result of verifying a backup."""
    if at.is_whole:
        return tr_n(
            "The backup is whole: {n} file, each as it was.",
            "The backup is whole: {n} files, each as it was.",
            len(at.manifest.files),
        ).format(n=len(at.manifest.files))
    return tr("The backup is not as it was made:\n{files}").format(files=_lines(at.problems))


def restored(of: Restored, folder: str) -> str:
    """Return the result of a restore."""
    words = [tr("Restored to {folder}. Open it with its passphrase or its recovery key.").format(folder=folder)]
    if of.damaged:
        words.append(tr("Damaged, and here as far as it goes:\n{files}").format(files=_lines(of.damaged)))
    if of.left_out:
        words.append(tr("Could not be restored:\n{files}").format(files=_lines(of.left_out)))
    return "\n".join(words)


def shared(row: TransferRow, *, is_as_sealed: bool) -> str:
    """Return where a recording was shared to, and whether the local one may be destroyed."""
    words = tr("Handed over to {folder}, still sealed; every file was read back and compared.").format(
        folder=row.folder
    )
    if is_as_sealed:
        return words
    return " ".join(
        [
            words,
            tr("It is not all as it was sealed after the session, so keep the one here until that one was opened."),
        ]
    )


def _lines(names: Iterable[str]) -> str:
    names = tuple(names)
    return "\n".join([*names[:_MAX], *(["…"] if len(names) > _MAX else [])])
