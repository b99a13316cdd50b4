"""A passphrase file: always the same work, and what is refused before any work is done."""

from __future__ import annotations

import re
import subprocess
import sys

import pyrage
import pytest
import quick_age
from attacks import KEYS, VECTORS

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.sealed import keys
from balint_desktop.sealed import passphrase as passphrase_module
from balint_desktop.sealed.passphrase import scrypt_factor, seal_with_passphrase, unseal_with_passphrase

PASSPHRASE = "four words of nonsense"
SEALED = quick_age.seal(b"secret", PASSPHRASE)


def refused(call):
    with pytest.raises(Trouble) as caught:
        call()
    return caught.value.code


def code_of(data, passphrase=PASSPHRASE):
    return refused(lambda: unseal_with_passphrase(data, passphrase))


def with_work(factor, data=SEALED):
    return data.replace(b" %d\n" % scrypt_factor(data), b" %s\n" % str(factor).encode(), 1)


def test_the_work_factor_is_ages_default_and_the_library_opens_what_was_sealed():
    sealed = seal_with_passphrase(b"secret", PASSPHRASE)

    assert scrypt_factor(sealed) == 18
    assert unseal_with_passphrase(sealed, PASSPHRASE) == b"secret"
    assert pyrage.passphrase.decrypt(sealed, PASSPHRASE) == b"secret"


def test_every_sealing_has_a_salt_and_a_key_of_its_own(monkeypatch):
    monkeypatch.setattr(passphrase_module, "WORK_FACTOR", 10)

    assert len({seal_with_passphrase(b"secret", PASSPHRASE) for _ in range(5)}) == 5


@pytest.mark.parametrize("length", [0, 1, 64 * 1024])
def test_the_library_opens_every_length_of_one_chunk(length, monkeypatch):
    monkeypatch.setattr(passphrase_module, "WORK_FACTOR", 10)

    assert pyrage.passphrase.decrypt(seal_with_passphrase(b"s" * length, PASSPHRASE), PASSPHRASE) == b"s" * length


def test_more_than_one_chunk_is_not_sealed(monkeypatch):
    monkeypatch.setattr(passphrase_module, "WORK_FACTOR", 10)

    with pytest.raises(ValueError, match="64 KiB"):
        seal_with_passphrase(bytes(64 * 1024 + 1), PASSPHRASE)


def test_a_file_not_sealed_with_a_passphrase_is_reported_as_damaged():
    to_key = keys.seal(b"x", [keys.new_identity().recipient])
    assert re.match(rb"age-encryption", to_key)
    assert code_of(to_key, "x") is TroubleCode.SEALED_DAMAGED
    assert refused(lambda: scrypt_factor(to_key)) is TroubleCode.SEALED_DAMAGED


def test_it_opens_files_sealed_by_the_library():
    sealed = (VECTORS / "as-sealed" / "passphrase.age").read_bytes()
    text = unseal_with_passphrase(sealed, KEYS["passphrase"]).decode()

    assert "# log-key: " in text
    assert "AGE-SECRET-KEY-1" in text


def test_a_wrong_passphrase_and_a_damaged_file_are_distinguished():
    assert code_of(SEALED, "not it") is TroubleCode.WRONG_PASSPHRASE
    assert code_of(SEALED[:-1]) is TroubleCode.SEALED_DAMAGED
    assert code_of(SEALED[:-3] + b"\0\0\0") is TroubleCode.SEALED_DAMAGED
    assert code_of(SEALED + b"\0") is TroubleCode.SEALED_DAMAGED
    assert code_of(b"age-encryption.org/v1\n") is TroubleCode.SEALED_DAMAGED


@pytest.mark.parametrize("factor", [22, 23, 40, 63, 99])
def test_more_work_than_the_app_ever_chose_is_refused_before_any_of_it(factor, monkeypatch):
    monkeypatch.setattr(passphrase_module.hashlib, "scrypt", None)

    assert code_of(with_work(factor)) is TroubleCode.TOO_MUCH_WORK


@pytest.mark.parametrize("factor", ["0", "018", "-1", "1e1", "100", "9" * 400])
def test_a_work_factor_that_no_age_writes_is_a_damaged_file(factor, monkeypatch):
    monkeypatch.setattr(passphrase_module.hashlib, "scrypt", None)

    assert code_of(with_work(factor)) is TroubleCode.SEALED_DAMAGED


def test_too_little_memory_is_said_as_that(monkeypatch):
    def no_memory(*_args, **_named):
        raise MemoryError

    monkeypatch.setattr(passphrase_module.hashlib, "scrypt", no_memory)

    assert code_of(SEALED) is TroubleCode.MEMORY_SHORT


def test_a_passphrase_from_a_terminal_of_another_encoding_is_its_bytes():
    typed = b"m\xfchle".decode("utf-8", "surrogateescape")

    assert code_of(SEALED, typed) is TroubleCode.WRONG_PASSPHRASE


@pytest.mark.skipif(sys.platform != "linux", reason="the peak of a process is read from /proc")
def test_taking_the_passphrase_needs_less_than_330_megabytes(tmp_path):
    sealed = tmp_path / "passphrase.age"
    sealed.write_bytes(seal_with_passphrase(b"secret", PASSPHRASE))
    program = (
        "import pathlib, sys; from balint_desktop.vault import unlock_main;"
        "from balint_desktop.sealed.passphrase import unseal_with_passphrase;"
        "unseal_with_passphrase(pathlib.Path(sys.argv[1]).read_bytes(), sys.argv[2]);"
        "print(pathlib.Path('/proc/self/status').read_text().partition('VmHWM:')[2].split()[0])"
    )
    out = subprocess.run([sys.executable, "-c", program, str(sealed), PASSPHRASE], capture_output=True, check=True)

    assert int(out.stdout) * 1024 < 330_000_000
