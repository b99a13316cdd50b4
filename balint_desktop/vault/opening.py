"""Create a vault, and read its secret by passphrase or recovery key."""

from __future__ import annotations

import contextlib
from pathlib import Path

from balint_desktop.domain.clock import Clock
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.sealed import disk, keys
from balint_desktop.sealed.passphrase import scrypt_factor, seal_with_passphrase, unseal_with_passphrase
from balint_desktop.vault import mirrored_files, recovery_proof, renewal_files
from balint_desktop.vault.layout import PASSPHRASE_FILE, RECOVERY_FILE, VaultLayout, check_private
from balint_desktop.vault.log.log import create_log
from balint_desktop.vault.passphrase_text import tidy_passphrase
from balint_desktop.vault.recovery_key import normalise_key
from balint_desktop.vault.secret import VaultSecret, new_secret


def create_vault(folder: Path, passphrase: str, clock: Clock) -> str:
    """Create a vault in an empty folder, and return its recovery key, which is stored nowhere.

    Takes seconds and holds the interpreter lock: the window calls it in a child process. Raise Trouble.
    """
    places = VaultLayout(folder)
    if places.exists():
        raise Trouble(TroubleCode.VAULT_EXISTS, folder=str(folder))
    check_private(folder)
    disk.make_private_folder(places.recordings)
    secret = new_secret()
    recovery = keys.new_identity()
    # The passphrase file is written last: if it exists, all others do.
    sealed = keys.seal(secret.to_text().encode(), [recovery.recipient])
    create_log(places.log, secret.log_key, clock, lambda log: recovery_proof.store_proof(log, sealed))
    mirrored_files.write_mirrored(folder, RECOVERY_FILE, sealed)
    set_passphrase(folder, secret, passphrase)
    return recovery.secret


def place_vault(made: Path, folder: Path) -> None:
    """Move a new vault from its staging folder into its place. Raise Trouble VAULT_EXISTS, or the disk's error."""
    if VaultLayout(folder).exists():
        raise Trouble(TroubleCode.VAULT_EXISTS, folder=str(folder))
    with disk.report_disk_errors(folder):
        if folder.exists():
            folder.rmdir()
        disk.replace(made, folder)
        disk.flush_folder(folder.parent)


def secret_by_passphrase(folder: Path, passphrase: str) -> VaultSecret:
    """Return the vault secret. Takes a second. Raise Trouble.

    Vaults of an earlier version were sealed with the passphrase exactly as it was typed.
    """

    def unseal(data: bytes) -> bytes:
        tidied = tidy_passphrase(passphrase)
        try:
            return unseal_with_passphrase(data, tidied)
        except Trouble as trouble:
            if trouble.code is not TroubleCode.WRONG_PASSPHRASE or tidied == passphrase:
                raise
        return unseal_with_passphrase(data, passphrase)

    return _secret(folder, PASSPHRASE_FILE, unseal)


def secret_by_recovery_key(folder: Path, recovery_key: str) -> VaultSecret:
    """Return the vault secret. Raise Trouble."""
    key = normalise_key(recovery_key)

    def unseal(data: bytes) -> bytes:
        try:
            return keys.unseal(data, [key])
        except Trouble as trouble:
            if trouble.code is TroubleCode.WRONG_KEY:
                raise Trouble(TroubleCode.WRONG_RECOVERY_KEY) from trouble
            raise

    return _secret(folder, RECOVERY_FILE, unseal)


def _secret(folder: Path, name: str, unseal: mirrored_files.Unseal) -> VaultSecret:
    with disk.report_disk_errors(folder):
        there = VaultLayout(folder).exists()
    if not there:
        raise Trouble(TroubleCode.VAULT_MISSING, folder=str(folder))
    counts = renewal_files.current_files(folder)
    try:
        return VaultSecret.from_text(mirrored_files.read_mirrored(counts, name, unseal).decode())
    except UnicodeDecodeError as error:
        raise Trouble(TroubleCode.VAULT_FILE_DAMAGED, name=name) from error


def passphrase_work(folder: Path) -> int | None:
    """Return the work factor of the vault's passphrase file, None if neither copy tells."""
    for path in mirrored_files.mirrored_paths(renewal_files.current_files(folder), PASSPHRASE_FILE):
        with contextlib.suppress(Trouble):
            return scrypt_factor(disk.read_or_none(path) or b"")
    return None


def set_passphrase(folder: Path, secret: VaultSecret, passphrase: str) -> None:
    """Seal the vault secret with a new passphrase: one small file, twice. Raise Trouble."""
    if renewal_files.is_unfinished(folder):
        # The files for its end are sealed already, with the passphrase chosen for the renewal.
        raise Trouble(TroubleCode.RENEWAL_UNFINISHED)
    sealed = seal_with_passphrase(secret.to_text().encode(), tidy_passphrase(passphrase))
    mirrored_files.write_mirrored(folder, PASSPHRASE_FILE, sealed)
