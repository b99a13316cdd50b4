"""Attacks by the passphrase file's own numbers: nothing above the app's own work is computed."""

from __future__ import annotations

from unittest import mock

import quick_age
from vault_attacks.registry import attack
from vault_attacks.worlds import code_of, made_vault

from balint_desktop.sealed import passphrase as passphrase_module
from balint_desktop.vault import opening
from balint_desktop.vault.layout import PASSPHRASE_FILE


def opened_with(folder, factors):
    """Write these work factors into the two copies, and open; return the code and how often scrypt ran."""
    made = made_vault(folder / "vault")
    for name, factor in zip((PASSPHRASE_FILE, f"copy-of-{PASSPHRASE_FILE}"), factors, strict=True):
        path = made.folder / name
        path.write_bytes(path.read_bytes().replace(b" 10\n", b" %s\n" % factor.encode(), 1))
    real, runs = passphrase_module.hashlib.scrypt, []

    def counted(*args, **named):
        runs.append(named["n"])
        return real(*args, **named)

    with mock.patch.object(passphrase_module.hashlib, "scrypt", counted):
        code = code_of(opening.secret_by_passphrase, made.folder, made.passphrase)
    return f"{code}; computed {len(runs)} times"


def _both(factor, outcome):
    @attack("scrypt", f"a work factor of {factor[:12]} in both copies", outcome)
    def act(folder):
        return opened_with(folder, (factor, factor))


_both("22", "too-much-work; computed 0 times")
_both("23", "too-much-work; computed 0 times")
_both("63", "too-much-work; computed 0 times")
_both("99", "too-much-work; computed 0 times")
_both("0", "vault-file-damaged; computed 0 times")
_both("9" * 400, "vault-file-damaged; computed 0 times")
_both("-1", "vault-file-damaged; computed 0 times")


@attack("scrypt", "a work factor of 30 in one copy: the other opens, and mends it", "done; computed 1 times")
def one_copy(folder):
    return opened_with(folder, ("30", "10"))


@attack("scrypt", "a work factor of 30 in one copy, and a wrong passphrase", "wrong-passphrase")
def wrong_for_the_other(folder):
    made = made_vault(folder / "vault")
    path = made.folder / PASSPHRASE_FILE
    path.write_bytes(path.read_bytes().replace(b" 10\n", b" 30\n", 1))
    return code_of(opening.secret_by_passphrase, made.folder, "not it")


@attack("scrypt", "two scrypt stanzas in one header", "vault-file-damaged")
def two_stanzas(folder):
    made = made_vault(folder / "vault")
    for name in (PASSPHRASE_FILE, f"copy-of-{PASSPHRASE_FILE}"):
        path = made.folder / name
        version, _, rest = path.read_bytes().partition(b"\n")
        stanza = rest[: rest.index(b"---")]
        path.write_bytes(version + b"\n" + stanza + rest)
    return code_of(opening.secret_by_passphrase, made.folder, made.passphrase)


@attack("scrypt", "less memory than scrypt needs", "memory-short")
def no_memory(folder):
    made = made_vault(folder / "vault")
    with mock.patch.object(passphrase_module.hashlib, "scrypt", side_effect=MemoryError):
        return code_of(opening.secret_by_passphrase, made.folder, made.passphrase)


assert quick_age._FACTOR == 10
