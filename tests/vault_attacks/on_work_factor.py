"""Attacks by the machine that made the vault: its speed leaves no trace, and an earlier version's can be mended."""

from __future__ import annotations

from pathlib import Path
from unittest import mock

import pyrage
from vault_attacks.registry import attack
from vault_attacks.worlds import code_of, made_vault, sealing_quickly

from balint_desktop.domain.clock import SystemClock
from balint_desktop.sealed.passphrase import scrypt_factor, seal_with_passphrase
from balint_desktop.vault import opening, renewal_files
from balint_desktop.vault.layout import PASSPHRASE_FILE
from balint_desktop.vault.secret_work import SecretRequest, SecretTask, handle_request

NEW = "another one altogether, herons"


def factors(folder):
    return sorted({scrypt_factor(path.read_bytes()) for path in Path(folder).rglob(f"*{PASSPHRASE_FILE}")})


@attack("work-factor", "a vault made on a fast machine", "[18]")
def made_here(folder):
    opening.create_vault(folder / "vault", NEW, SystemClock())
    return str(factors(folder / "vault"))


@attack("work-factor", "a change of passphrase", "[18]")
def changed(folder):
    made = made_vault(folder / "vault")
    opening.set_passphrase(made.folder, made.secret, NEW)
    return str(factors(made.folder))


@attack("work-factor", "a renewal of the keys", "[18]")
def renewed(folder):
    made = made_vault(folder / "vault")
    renewal_files.prepare(made.folder, made.secret, NEW)
    return str(factors(made.folder / "renewal-prepared"))


@attack(
    "work-factor",
    "a vault that an earlier version sealed with more: said, and sealed again",
    "said: 12; then 10; opens: done",
)
def sealed_again(folder):
    made = made_vault(folder / "vault")
    with sealing_quickly():
        heavier = _sealed_at(12, made)
        for name in (PASSPHRASE_FILE, f"copy-of-{PASSPHRASE_FILE}"):
            (made.folder / name).write_bytes(heavier)
        before = opening.passphrase_work(made.folder)
        asked = SecretRequest(SecretTask.RESEAL, str(made.folder), secret=made.passphrase)
        assert b"trouble" not in handle_request(asked, SystemClock())
        after = opening.passphrase_work(made.folder)
    opens = code_of(opening.secret_by_passphrase, made.folder, made.passphrase)
    return f"said: {before}; then {after}; opens: {opens}"


def _sealed_at(factor, made):
    with mock.patch("balint_desktop.sealed.passphrase.WORK_FACTOR", factor):
        return seal_with_passphrase(made.secret.to_text().encode(), made.passphrase)


@attack("work-factor", "sealing again with a wrong passphrase", "wrong-passphrase; unchanged")
def sealed_again_wrongly(folder):
    made = made_vault(folder / "vault")
    before = (made.folder / PASSPHRASE_FILE).read_bytes()
    asked = SecretRequest(SecretTask.RESEAL, str(made.folder), secret="not it")
    answer = handle_request(asked, SystemClock())
    same = (made.folder / PASSPHRASE_FILE).read_bytes() == before
    return f"{'wrong-passphrase' if b'wrong-passphrase' in answer else answer}; {'unchanged' if same else 'changed'}"


@attack("work-factor", "stock age opens what the app seals", "b'the vault secret'")
def stock_age(folder):
    sealed = seal_with_passphrase(b"the vault secret", NEW)
    return str(pyrage.passphrase.decrypt(sealed, NEW))


@attack(
    "work-factor",
    "two vaults of one passphrase on two machines differ in their headers by the salt alone",
    "same length, other salt",
)
def same_shape(folder):
    with sealing_quickly():
        one, two = (seal_with_passphrase(b"secret", NEW) for _ in range(2))
    return f"{'same' if len(one) == len(two) else 'another'} length, {'other' if one[:60] != two[:60] else 'same'} salt"
