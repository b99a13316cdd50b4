"""Both sealed key files are compared with their fingerprints in the log; one copy mends the other."""

from __future__ import annotations

import pytest
from vaults import make_vault

from balint_desktop.domain.clock import SystemClock
from balint_desktop.domain.trouble import TroubleCode
from balint_desktop.sealed import keys
from balint_desktop.vault import recovery_proof
from balint_desktop.vault.layout import PASSPHRASE_FILE, RECOVERY_FILE
from balint_desktop.vault.mirrored_files import mirrored_paths
from balint_desktop.vault.opening import secret_by_recovery_key
from balint_desktop.vault.recovery_proof import prove_passphrase, prove_recovery, store_proof
from balint_desktop.vault.vault import OpenVault


@pytest.fixture
def made(tmp_path):
    return make_vault(tmp_path / "vault")


@pytest.fixture
def log(made):
    vault = made.open()
    yield vault.log
    vault.close()


@pytest.fixture
def copies(made):
    return mirrored_paths(made.folder, RECOVERY_FILE)


def stranger():
    return keys.seal(b"# Balint Desktop: the vault secret.\n" * 12, [keys.new_identity().recipient])


def test_a_new_vault_is_proven(made, log):
    assert prove_recovery(log, made.folder) is None


@pytest.mark.parametrize("which", [0, 1])
@pytest.mark.parametrize("data", [b"", b"nonsense", stranger()])
def test_whichever_copy_is_not_the_one_that_was_sealed_is_mended_from_the_other(made, log, copies, which, data):
    sealed = copies[0].read_bytes()
    copies[which].write_bytes(data)

    assert prove_recovery(log, made.folder) is None
    assert [path.read_bytes() for path in copies] == [sealed, sealed]


def test_two_strange_copies_are_reported_and_left_as_they_are(made, log, copies):
    other = stranger()
    for path in copies:
        path.write_bytes(other)

    trouble = prove_recovery(log, made.folder)

    assert (trouble.code, trouble.details) == (TroubleCode.RECOVERY_KEY_UNPROVEN, {"name": RECOVERY_FILE})
    assert [path.read_bytes() for path in copies] == [other, other]


def test_where_nothing_is_known_two_copies_that_differ_prove_nothing(made, log, copies):
    log.set_setting(recovery_proof._KNOWN, "")
    copies[1].write_bytes(stranger())

    assert prove_recovery(log, made.folder).code is TroubleCode.RECOVERY_KEY_UNPROVEN
    assert copies[0].read_bytes() != copies[1].read_bytes()


def test_where_nothing_is_known_two_equal_copies_are_taken_over(made, log, copies):
    log.set_setting(recovery_proof._KNOWN, "")
    assert prove_recovery(log, made.folder) is None
    for path in copies:
        path.write_bytes(stranger())

    assert prove_recovery(log, made.folder).code is TroubleCode.RECOVERY_KEY_UNPROVEN


def test_a_file_that_was_just_sealed_takes_the_place_of_the_known_one(made, log, copies):
    other = stranger()
    store_proof(log, other)
    for path in copies:
        path.write_bytes(other)

    assert prove_recovery(log, made.folder) is None


@pytest.fixture
def passphrase_copies(made):
    return mirrored_paths(made.folder, PASSPHRASE_FILE)


def other_passphrase_file(copies):
    """Return a file that is as whole as the sealed one, as far as can be seen without the passphrase."""
    data = copies[0].read_bytes()
    return data[:-1] + bytes([data[-1] ^ 1])


@pytest.mark.parametrize("which", [0, 1])
@pytest.mark.parametrize("spoil", [lambda _: b"nonsense", lambda _: b"", other_passphrase_file])
def test_the_passphrase_copy_that_is_not_the_one_the_log_knows_is_mended(made, log, passphrase_copies, which, spoil):
    sealed = passphrase_copies[0].read_bytes()
    assert prove_passphrase(log, made.folder) is None
    passphrase_copies[which].write_bytes(spoil(passphrase_copies))

    assert prove_passphrase(log, made.folder) is None
    assert [path.read_bytes() for path in passphrase_copies] == [sealed, sealed]


def test_where_nothing_is_known_a_copy_that_is_no_passphrase_file_is_mended(made, log, passphrase_copies):
    sealed = passphrase_copies[0].read_bytes()
    log.set_setting(recovery_proof._KNOWN_PASSPHRASE, "")
    passphrase_copies[0].write_bytes(b"nonsense")

    assert prove_passphrase(log, made.folder) is None
    assert [path.read_bytes() for path in passphrase_copies] == [sealed, sealed]


def test_where_nothing_is_known_two_whole_copies_that_differ_are_reported_and_left(made, log, passphrase_copies):
    log.set_setting(recovery_proof._KNOWN_PASSPHRASE, "")
    other = other_passphrase_file(passphrase_copies)
    passphrase_copies[1].write_bytes(other)
    trouble = prove_passphrase(log, made.folder)

    assert (trouble.code, trouble.details) == (TroubleCode.PASSPHRASE_FILE_UNPROVEN, {"name": PASSPHRASE_FILE})
    assert passphrase_copies[1].read_bytes() == other


def test_two_damaged_passphrase_copies_are_reported(made, log, passphrase_copies):
    for path in passphrase_copies:
        path.write_bytes(b"nonsense")

    assert prove_passphrase(log, made.folder).code is TroubleCode.PASSPHRASE_FILE_UNPROVEN


def test_a_changed_passphrase_takes_the_place_of_the_known_one(made, log, passphrase_copies):
    changed = other_passphrase_file(passphrase_copies)
    before = passphrase_copies[0].read_bytes()
    for path in passphrase_copies:
        path.write_bytes(changed)
    assert prove_passphrase(log, made.folder) is None
    passphrase_copies[1].write_bytes(before)

    assert prove_passphrase(log, made.folder) is None
    assert passphrase_copies[1].read_bytes() == changed


def test_unlocking_by_the_recovery_key_mends_a_passphrase_copy_and_says_what_it_cannot(made, passphrase_copies):
    OpenVault(made.folder, made.secret, SystemClock()).close()
    sealed = passphrase_copies[0].read_bytes()
    passphrase_copies[0].write_bytes(other_passphrase_file(passphrase_copies))
    vault = OpenVault(made.folder, secret_by_recovery_key(made.folder, made.recovery_key), SystemClock())

    assert vault.warnings() == ()
    assert passphrase_copies[0].read_bytes() == sealed
    for path in passphrase_copies:
        path.write_bytes(b"nonsense")
    assert [trouble.code for trouble in vault.prove_keys()] == [TroubleCode.PASSPHRASE_FILE_UNPROVEN]
    vault.close()
