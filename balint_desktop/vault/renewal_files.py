"""Files of a key renewal: prepared aside, committed by one rename, resumable.

    renewal-prepared/   prepared; has no effect until the new recovery key was typed back
    renewal/            once renamed to this, the renewal is in effect
        both/           the vault's files while it is in progress: new passphrase and recovery key, old and new identity
        new/            the vault's files at its end: the new identity alone, and the log under its new key
        final/          what new/ is renamed to once nothing is sealed to the old identity any more

If both/ or final/ exists, its files take precedence over the vault's own, which can then be overwritten safely.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.sealed import disk, keys, rewrite_file
from balint_desktop.sealed.passphrase import seal_with_passphrase
from balint_desktop.vault import mirrored_files
from balint_desktop.vault.layout import PASSPHRASE_FILE, RECOVERY_FILE, VaultLayout
from balint_desktop.vault.passphrase_text import tidy_passphrase
from balint_desktop.vault.secret import VaultSecret, combined_secret, new_secret

_SEALED = (PASSPHRASE_FILE, RECOVERY_FILE)


@dataclass(frozen=True, slots=True)
class RenewalLayout:
    """The folders of a renewal in a vault."""

    vault: Path

    @property
    def prepared(self) -> Path:
        """Return the folder in which the renewal is prepared."""
        return self.vault / "renewal-prepared"

    @property
    def folder(self) -> Path:
        """Return the folder of a confirmed renewal."""
        return self.vault / "renewal"

    @property
    def both(self) -> Path:
        """Return the folder of the files in effect during the renewal."""
        return self.folder / "both"

    @property
    def new(self) -> Path:
        """Return the folder of the final files, not yet in effect."""
        return self.folder / "new"

    @property
    def final(self) -> Path:
        """Return the folder of the final files, once they are in effect."""
        return self.folder / "final"

    @property
    def placed(self) -> Path:
        """Return files that are in their places and waiting to be deleted."""
        return self.folder / "placed"


def current_files(vault: Path) -> Path:
    """Return the folder whose passphrase and recovery files are in effect now."""
    places = RenewalLayout(vault)
    return next((folder for folder in (places.final, places.both) if folder.is_dir()), vault)


def is_unfinished(vault: Path) -> bool:
    """Return whether a confirmed renewal is unfinished."""
    return RenewalLayout(vault).folder.is_dir()


def prepare(vault: Path, secret: VaultSecret, passphrase: str) -> str:
    """Prepare all new files in a staging folder, and return the new recovery key, stored nowhere. Raise Trouble.

    Takes seconds and holds the interpreter lock: the window calls it in a child process.
    """
    if is_unfinished(vault):
        raise Trouble(TroubleCode.RENEWAL_UNFINISHED)
    places = RenewalLayout(vault)
    disk.destroy_folder(places.prepared)
    recovery, new = keys.new_identity(), new_secret()
    for name, held in ((places.both.name, combined_secret(new, secret)), (places.new.name, new)):
        folder = places.prepared / name
        disk.make_private_folder(folder)
        text = held.to_text().encode()
        mirrored_files.write_mirrored(folder, RECOVERY_FILE, keys.seal(text, [recovery.recipient]))
        mirrored_files.write_mirrored(folder, PASSPHRASE_FILE, seal_with_passphrase(text, tidy_passphrase(passphrase)))
    return recovery.secret


def confirm(vault: Path) -> None:
    """Put the prepared renewal into effect with one rename. Raise Trouble."""
    places = RenewalLayout(vault)
    _rename(places.prepared, places.folder)


def delete_prepared(vault: Path) -> None:
    """Delete a renewal that was prepared and not confirmed. Raise Trouble."""
    disk.destroy_folder(RenewalLayout(vault).prepared)


def roll_forward(vault: Path) -> None:
    """Move the files in effect into their places; idempotent. Call under the vault's lock. Raise Trouble."""
    places = RenewalLayout(vault)
    disk.destroy_folder(places.placed)
    if places.final.is_dir():
        # The log first, which needs no free space: it opens with the key in effect.
        _place_log(places.final, vault)
        _place_sealed(places.final, vault)
        _rename(places.final, places.placed)
    elif places.both.is_dir():
        _place_sealed(places.both, vault)
        _rename(places.both, places.placed)
    disk.destroy_folder(places.placed)
    if places.folder.is_dir() and not places.new.is_dir():
        disk.destroy_folder(places.folder)


def can_be_finished(vault: Path) -> bool:
    """Return whether the files are in their places, so that recordings may be sealed to the new identity."""
    places = RenewalLayout(vault)
    return places.new.is_dir() and not places.both.is_dir()


def has_later_log(vault: Path) -> bool:
    """Return whether the current log is not in its place yet: the one there must not be written to."""
    return (RenewalLayout(vault).final / VaultLayout(vault).log.name).exists()


def recover(vault: Path) -> None:
    """Put the new identity alone into effect, and move its files into their places. Raise Trouble."""
    places = RenewalLayout(vault)
    _rename(places.new, places.final)
    roll_forward(vault)


def abandon_renewal(vault: Path) -> None:
    """End a renewal retaining both identities, since some file opens with the old one only. Raise Trouble."""
    places = RenewalLayout(vault)
    _rename(places.new, places.placed)
    roll_forward(vault)


def _place_sealed(folder: Path, vault: Path) -> None:
    for name in _SEALED:
        with disk.report_disk_errors(vault):
            data = disk.read_small_file(folder / name)
        for path in (vault / name, vault / f"copy-of-{name}"):
            if disk.read_or_none(path) != data:
                rewrite_file.rewrite(path, data)
            else:
                rewrite_file.end_replaced(path)


def _place_log(folder: Path, vault: Path) -> None:
    made, log = folder / "log.db", VaultLayout(vault).log
    if not made.exists():
        return
    # The old log was closed completely before its copy was made: none of it is in these.
    for ending in ("-wal", "-shm"):
        disk.remove_file(log.with_name(log.name + ending))
    old = rewrite_file.temporary_path(log, rewrite_file.OUTGOING)
    with disk.report_disk_errors(vault):
        if log.exists() and not old.exists():
            os.link(log, old)
            disk.flush_folder(vault)
        disk.replace(made, log)
        disk.flush_folder(vault)
    rewrite_file.end_replaced(log)


def _rename(old: Path, new: Path) -> None:
    with disk.report_disk_errors(old):
        disk.replace(old, new)
        disk.flush_folder(new.parent)
        disk.flush_folder(old.parent)
