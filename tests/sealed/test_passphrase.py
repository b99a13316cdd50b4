"""A passphrase file: its work factor, and that a busy or slow machine can open it all the same."""

from __future__ import annotations

import re

import pyrage
import pytest
import quick_age
from attacks import KEYS, VECTORS

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.sealed import keys
from balint_desktop.sealed import passphrase as passphrase_module
from balint_desktop.sealed.passphrase import (
    scrypt_factor,
    seal_with_passphrase,
    unseal_with_own_scrypt,
    unseal_with_passphrase,
)

PASSPHRASE = "four words of nonsense"
SEALED = quick_age.seal(b"secret", PASSPHRASE)


def refused(call):
    with pytest.raises(Trouble) as caught:
        call()
    return caught.value.code


def code_of(data, passphrase=PASSPHRASE, opens=unseal_with_own_scrypt):
    return refused(lambda: opens(data, passphrase))


def with_work(factor, data=SEALED):
    return data.replace(b" %d\n" % scrypt_factor(data), b" %d\n" % factor, 1)


def test_the_work_factor_is_at_least_ages_default_and_the_passphrase_opens_it(monkeypatch):
    tries, encrypt = [], pyrage.passphrase.encrypt
    monkeypatch.setattr(pyrage.passphrase, "encrypt", lambda *args: tries.append(args) or encrypt(*args))
    sealed = seal_with_passphrase(b"secret", PASSPHRASE)
    # A machine too busy for the library's measurement is retried as often as allowed.
    assert scrypt_factor(sealed) >= 18 or len(tries) == passphrase_module._TRIES
    assert unseal_with_passphrase(sealed, PASSPHRASE) == b"secret"


def test_the_library_also_distinguishes_a_wrong_passphrase_from_a_damaged_file():
    assert code_of(SEALED, "four words", opens=unseal_with_passphrase) is TroubleCode.WRONG_PASSPHRASE
    damaged = SEALED[:-2] + bytes([SEALED[-2] ^ 1]) + SEALED[-1:]
    assert code_of(damaged, opens=unseal_with_passphrase) is TroubleCode.SEALED_DAMAGED


def test_a_weak_factor_is_resealed_a_few_times_and_the_best_is_used(monkeypatch):
    factors = iter([15, 16, 17, 14, 13, 12, 11, 10])
    monkeypatch.setattr(
        pyrage.passphrase, "encrypt", lambda *_: b"age-encryption.org/v1\n-> scrypt c2FsdA %d\n" % next(factors)
    )
    assert scrypt_factor(seal_with_passphrase(b"x", "y")) == 17


def test_a_file_not_sealed_with_a_passphrase_is_reported_as_damaged():
    to_key = keys.seal(b"x", [keys.new_identity().recipient])
    assert re.match(rb"age-encryption", to_key)
    assert refused(lambda: unseal_with_passphrase(to_key, "x")) is TroubleCode.SEALED_DAMAGED
    assert refused(lambda: scrypt_factor(to_key)) is TroubleCode.SEALED_DAMAGED


def test_it_opens_files_sealed_by_the_library():
    sealed = (VECTORS / "as-sealed" / "passphrase.age").read_bytes()
    text = unseal_with_own_scrypt(sealed, KEYS["passphrase"]).decode()

    assert "# log-key: " in text
    assert "AGE-SECRET-KEY-1" in text


def test_a_file_the_library_rejects_as_too_costly_is_opened_all_the_same(monkeypatch):
    with pytest.raises(pyrage.DecryptError) as refused:
        pyrage.passphrase.decrypt(with_work(40), PASSPHRASE)

    def too_slow(*_args):
        raise refused.value

    monkeypatch.setattr(pyrage.passphrase, "decrypt", too_slow)

    assert unseal_with_passphrase(SEALED, PASSPHRASE) == b"secret"


def test_a_wrong_passphrase_and_a_damaged_file_are_distinguished():
    assert code_of(SEALED, "not it") is TroubleCode.WRONG_PASSPHRASE
    assert code_of(SEALED[:-1]) is TroubleCode.SEALED_DAMAGED
    assert code_of(SEALED[:-3] + b"\0\0\0") is TroubleCode.SEALED_DAMAGED
    assert code_of(SEALED + b"\0") is TroubleCode.SEALED_DAMAGED
    assert code_of(b"age-encryption.org/v1\n") is TroubleCode.SEALED_DAMAGED


def test_an_excessive_work_factor_is_a_damaged_file_and_is_not_attempted(monkeypatch):
    monkeypatch.setattr(passphrase_module.hashlib, "scrypt", None)

    assert code_of(with_work(40)) is TroubleCode.SEALED_DAMAGED
    assert code_of(with_work(40), opens=unseal_with_passphrase) is TroubleCode.SEALED_DAMAGED


def test_work_that_scrypt_refuses_is_a_damaged_file():
    assert code_of(with_work(0)) is TroubleCode.SEALED_DAMAGED
