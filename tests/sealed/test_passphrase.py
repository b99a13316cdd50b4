"""A machine that is busy or slow opens its vault all the same: only later."""

from __future__ import annotations

import pyrage
import pytest
from attacks import KEYS, VECTORS

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.sealed import keys
from balint_desktop.sealed import passphrase as slow_passphrase
from balint_desktop.sealed.passphrase import unseal_with_own_scrypt

SEALED = (VECTORS / "as-sealed" / "passphrase.age").read_bytes()


def code_of(data, passphrase=KEYS["passphrase"], opens=unseal_with_own_scrypt):
    with pytest.raises(Trouble) as told:
        opens(data, passphrase)
    return told.value.code


def with_work(factor, data=SEALED):
    return data.replace(b" %d\n" % keys.scrypt_factor(data), b" %d\n" % factor, 1)


def test_it_opens_what_the_library_sealed():
    told = unseal_with_own_scrypt(SEALED, KEYS["passphrase"]).decode()

    assert "# log-key: " in told
    assert "AGE-SECRET-KEY-1" in told


def test_a_file_that_the_library_finds_too_much_for_this_machine_is_opened_all_the_same(monkeypatch):
    with pytest.raises(pyrage.DecryptError) as refused:
        pyrage.passphrase.decrypt(with_work(40), KEYS["passphrase"])

    def too_slow(*_args):
        raise refused.value

    monkeypatch.setattr(pyrage.passphrase, "decrypt", too_slow)

    assert keys.unseal_with_passphrase(SEALED, KEYS["passphrase"]) == unseal_with_own_scrypt(SEALED, KEYS["passphrase"])


def test_a_wrong_passphrase_and_a_damaged_file_stay_two_things():
    assert code_of(SEALED, "not it") is TroubleCode.WRONG_PASSPHRASE
    assert code_of(SEALED[:-1]) is TroubleCode.SEALED_DAMAGED
    assert code_of(SEALED[:-3] + b"\0\0\0") is TroubleCode.SEALED_DAMAGED
    assert code_of(SEALED + b"\0") is TroubleCode.SEALED_DAMAGED
    assert code_of(b"age-encryption.org/v1\n") is TroubleCode.SEALED_DAMAGED


def test_more_work_than_anybody_seals_with_is_a_damaged_file_and_is_not_begun(monkeypatch):
    monkeypatch.setattr(slow_passphrase.hashlib, "scrypt", None)

    assert code_of(with_work(40)) is TroubleCode.SEALED_DAMAGED
    assert code_of(with_work(40), opens=keys.unseal_with_passphrase) is TroubleCode.SEALED_DAMAGED
