import re

import pyrage
import pytest

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.sealed import keys


def code_of(call):
    with pytest.raises(Trouble) as caught:
        call()
    return caught.value.code


def flipped(data, position):
    changed = bytearray(data)
    changed[position] ^= 1
    return bytes(changed)


def test_what_is_sealed_opens_with_each_of_its_keys():
    one, two = keys.new_identity(), keys.new_identity()
    sealed = keys.seal(b"the hour", [one.recipient, two.recipient])
    assert keys.unseal(sealed, [one.secret]) == b"the hour"
    assert keys.unseal(sealed, [two.secret]) == b"the hour"


def test_a_key_that_does_not_fit_and_a_damaged_file_are_told_apart():
    one, other = keys.new_identity(), keys.new_identity()
    sealed = keys.seal(b"the hour", [one.recipient])
    assert code_of(lambda: keys.unseal(sealed, [other.secret])) is TroubleCode.WRONG_KEY
    assert code_of(lambda: keys.unseal(flipped(sealed, -3), [one.secret])) is TroubleCode.SEALED_DAMAGED
    assert code_of(lambda: keys.unseal(sealed[:-1], [one.secret])) is TroubleCode.SEALED_DAMAGED
    assert code_of(lambda: keys.unseal(b"", [one.secret])) is TroubleCode.SEALED_DAMAGED


def test_sealing_to_nobody_is_refused():
    with pytest.raises(ValueError, match="recipient"):
        keys.seal(b"x", [])


@pytest.mark.parametrize("text", ["", "age1", "AGE-SECRET-KEY-1AAAA"])
def test_what_is_no_key_is_refused(text):
    assert code_of(lambda: keys.identity(text)) is TroubleCode.WRONG_KEY
    assert code_of(lambda: keys.seal(b"x", [text])) is TroubleCode.WRONG_KEY


def test_a_secret_is_not_shown_by_accident():
    made = keys.new_identity()
    assert made.secret not in repr(made)
    assert keys.identity(made.secret) == made


def test_the_work_factor_is_at_least_ages_own_default_and_the_passphrase_opens_it():
    sealed = keys.seal_with_passphrase(b"secret", "four words of nonsense")
    assert keys.scrypt_factor(sealed) >= 18
    assert keys.unseal_with_passphrase(sealed, "four words of nonsense") == b"secret"
    assert code_of(lambda: keys.unseal_with_passphrase(sealed, "four words")) is TroubleCode.WRONG_PASSPHRASE
    damaged = flipped(sealed, -2)
    assert code_of(lambda: keys.unseal_with_passphrase(damaged, "four words of nonsense")) is TroubleCode.SEALED_DAMAGED


def test_a_weak_factor_is_sealed_again_a_few_times_and_the_best_is_kept(monkeypatch):
    factors = iter([15, 16, 17, 14, 13, 12, 11, 10])
    monkeypatch.setattr(
        pyrage.passphrase, "encrypt", lambda *_: b"age-encryption.org/v1\n-> scrypt c2FsdA %d\n" % next(factors)
    )
    assert keys.scrypt_factor(keys.seal_with_passphrase(b"x", "y")) == 17


def test_a_file_that_is_not_sealed_with_a_passphrase_is_said_to_be_damaged():
    to_key = keys.seal(b"x", [keys.new_identity().recipient])
    assert re.match(rb"age-encryption", to_key)
    assert code_of(lambda: keys.unseal_with_passphrase(to_key, "x")) is TroubleCode.SEALED_DAMAGED
    assert code_of(lambda: keys.scrypt_factor(to_key)) is TroubleCode.SEALED_DAMAGED


class Busy:
    """The library on a machine that is too busy at first."""

    def __init__(self, times):
        self.times = times
        self.real = keys.pyrage.passphrase.decrypt

    def decrypt(self, data, passphrase):
        if self.times:
            self.times -= 1
            raise keys.pyrage.DecryptError("Excessive work parameter for passphrase.")
        return self.real(data, passphrase)


@pytest.mark.parametrize(("times", "expected"), [(2, b"secret"), (100, TroubleCode.MACHINE_BUSY)])
def test_a_busy_machine_is_asked_again_and_never_taken_for_damage(monkeypatch, times, expected):
    sealed = keys.pyrage.passphrase.encrypt(b"secret", "four words of nonsense")
    busy = Busy(times)
    monkeypatch.setattr(keys.pyrage.passphrase, "decrypt", busy.decrypt)
    try:
        found = keys.unseal_with_passphrase(sealed, "four words of nonsense")
    except Trouble as trouble:
        found = trouble.code

    assert found == expected


def test_a_work_factor_that_no_machine_of_today_would_choose_is_damage():
    sealed = keys.pyrage.passphrase.encrypt(b"secret", "four words of nonsense")
    factor = str(keys.scrypt_factor(sealed)).encode()
    head, _newline, rest = sealed.partition(b"\n---")
    tampered = head.replace(b" " + factor + b"\n", b" 40\n", 1) + b"\n---" + rest
    with pytest.raises(Trouble) as caught:
        keys.unseal_with_passphrase(tampered, "four words of nonsense")

    assert caught.value.code is TroubleCode.SEALED_DAMAGED
