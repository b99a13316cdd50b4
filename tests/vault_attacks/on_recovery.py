"""Attacks on the file that the paper key opens: what is damaged or replaced is mended, or said."""

from __future__ import annotations

import os
import shutil

from vault_attacks.registry import attack
from vault_attacks.worlds import code_of, made_vault, opened, recorded_vault, sealing_quickly

from balint_desktop.domain.clock import SystemClock
from balint_desktop.sealed import keys
from balint_desktop.vault import opening, renewal_files
from balint_desktop.vault.backup import back_up
from balint_desktop.vault.layout import PASSPHRASE_FILE, RECOVERY_FILE

COPY = f"copy-of-{RECOVERY_FILE}"
NEW = "another one altogether, herons"


def stranger():
    """Return the same kind of file, sealed to somebody else's key."""
    return keys.seal(b"# Balint Desktop: the vault secret.\n" * 12, [keys.new_identity().recipient])


def flip(path):
    data = bytearray(path.read_bytes())
    data[-5] ^= 1
    path.write_bytes(bytes(data))


def outcome(made):
    """Open with the passphrase's secret; return the warning, and what the paper key comes to afterwards."""
    with opened(made.folder, made.secret) as vault:
        trouble = vault.recovery_trouble
        said = trouble.code.value if trouble is not None else "nothing said"
    paper = code_of(opening.secret_by_recovery_key, made.folder, made.recovery_key)
    equal = (made.folder / RECOVERY_FILE).read_bytes() == (made.folder / COPY).read_bytes()
    return f"{said}; paper: {paper}; copies {'equal' if equal else 'differ'}"


@attack("recovery", "nothing at all", "nothing said; paper: done; copies equal")
def untouched(folder):
    return outcome(made_vault(folder / "vault"))


@attack("recovery", "one copy damaged", "nothing said; paper: done; copies equal")
def one_damaged(folder):
    made = made_vault(folder / "vault")
    flip(made.folder / RECOVERY_FILE)
    return outcome(made)


@attack("recovery", "one copy deleted", "nothing said; paper: done; copies equal")
def one_deleted(folder):
    made = made_vault(folder / "vault")
    (made.folder / COPY).unlink()
    return outcome(made)


@attack("recovery", "a stranger's file in place of one copy", "nothing said; paper: done; copies equal")
def one_strange(folder):
    made = made_vault(folder / "vault")
    (made.folder / RECOVERY_FILE).write_bytes(stranger())
    return outcome(made)


@attack("recovery", "both copies damaged", "recovery-key-unproven; paper: vault-file-damaged; copies equal")
def both_damaged(folder):
    made = made_vault(folder / "vault")
    flip(made.folder / RECOVERY_FILE)
    flip(made.folder / COPY)
    return outcome(made)


@attack(
    "recovery", "a stranger's file in place of both", "recovery-key-unproven; paper: wrong-recovery-key; copies equal"
)
def both_strange(folder):
    made = made_vault(folder / "vault")
    for name in (RECOVERY_FILE, COPY):
        (made.folder / name).write_bytes(
            stranger() if name == RECOVERY_FILE else (made.folder / RECOVERY_FILE).read_bytes()
        )
    return outcome(made)


@attack("recovery", "both copies deleted", "recovery-key-unproven")
def both_deleted(folder):
    made = made_vault(folder / "vault")
    for name in (RECOVERY_FILE, COPY):
        (made.folder / name).unlink()
    with opened(made.folder, made.secret) as vault:
        return vault.recovery_trouble.code.value


@attack(
    "recovery", "replaced while the vault is open: a backup looks again", "nothing said, then recovery-key-unproven"
)
def replaced_while_open(folder):
    made = made_vault(folder / "vault")
    with opened(made.folder, made.secret) as vault:
        before = "nothing said" if vault.recovery_trouble is None else "something said"
        for name in (RECOVERY_FILE, COPY):
            (made.folder / name).write_bytes(stranger())
        (folder / "stick").mkdir()
        back_up(vault, folder / "stick", SystemClock())
        return f"{before}, then {vault.recovery_trouble.code.value}"


@attack(
    "recovery",
    "a stranger's file in both places, then the keys renewed",
    "recovery-key-unproven; renewed: None; new paper: done",
)
def mended_by_renewal(folder):
    made = made_vault(folder / "vault")
    for name in (RECOVERY_FILE, COPY):
        (made.folder / name).write_bytes(stranger())
    with sealing_quickly(), opened(made.folder, made.secret) as vault:
        said = vault.recovery_trouble.code.value
        paper = renewal_files.prepare(made.folder, made.secret, NEW)
        vault.confirm_renewal()
    with opened(made.folder, opening.secret_by_passphrase(made.folder, NEW)) as vault:
        after = vault.recovery_trouble
    return f"{said}; renewed: {after}; new paper: {code_of(opening.secret_by_recovery_key, made.folder, paper)}"


@attack(
    "recovery",
    "a vault of an earlier version, whose log knows no fingerprint: taken over, and then proven",
    "nothing said, then recovery-key-unproven",
)
def earlier_version(folder):
    vault, secret = recorded_vault(folder / "vault")
    with opened(vault, secret) as now:
        before = "nothing said" if now.recovery_trouble is None else "something said"
    for name in (RECOVERY_FILE, COPY):
        (vault / name).write_bytes(stranger())
    with opened(vault, secret) as now:
        return f"{before}, then {now.recovery_trouble.code.value}"


@attack(
    "recovery", "a renewal folder of a stranger, prepared by hand, puts a file in its place", "recovery-key-unproven"
)
def forged_renewal(folder):
    made = made_vault(folder / "vault")
    forged = made.folder / "renewal" / "both"
    forged.mkdir(parents=True)
    (made.folder / "renewal" / "new").mkdir()
    for name in (PASSPHRASE_FILE, f"copy-of-{PASSPHRASE_FILE}"):
        shutil.copy(made.folder / name, forged / name)
    (forged / RECOVERY_FILE).write_bytes(stranger())
    with opened(made.folder, made.secret) as vault:
        return vault.recovery_trouble.code.value


@attack("recovery", "a pipe in place of one copy", "nothing said; paper: done")
def a_pipe(folder):
    made = made_vault(folder / "vault")
    (made.folder / RECOVERY_FILE).unlink()
    os.mkfifo(made.folder / RECOVERY_FILE)
    with opened(made.folder, made.secret) as vault:
        said = "nothing said" if vault.recovery_trouble is None else "something said"
    return f"{said}; paper: {code_of(opening.secret_by_recovery_key, made.folder, made.recovery_key)}"


@attack(
    "recovery",
    "one passphrase copy damaged, and opened by the paper key: mended all the same",
    "copies equal; passphrase: done",
)
def passphrase_copy(folder):
    made = made_vault(folder / "vault")
    (made.folder / PASSPHRASE_FILE).write_bytes(b"nonsense")
    with opened(made.folder, made.secret):
        pass
    equal = (made.folder / PASSPHRASE_FILE).read_bytes() == (made.folder / f"copy-of-{PASSPHRASE_FILE}").read_bytes()
    passphrase = code_of(opening.secret_by_passphrase, made.folder, made.passphrase)
    return f"copies {'equal' if equal else 'differ'}; passphrase: {passphrase}"
