"""The recovery file is compared with its fingerprint in the log; one copy mends the other."""

from __future__ import annotations

import pytest
from vaults import make_vault

from balint_desktop.domain.trouble import TroubleCode
from balint_desktop.sealed import keys
from balint_desktop.vault import recovery_proof
from balint_desktop.vault.layout import PASSPHRASE_FILE, RECOVERY_FILE
from balint_desktop.vault.mirrored_files import mirrored_paths
from balint_desktop.vault.recovery_proof import mend_passphrase_copy, prove_recovery, store_proof


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


@pytest.mark.parametrize("which", [0, 1])
def test_a_passphrase_copy_that_is_no_passphrase_file_is_mended_from_the_other(made, which):
    paths = mirrored_paths(made.folder, PASSPHRASE_FILE)
    sealed = paths[0].read_bytes()
    paths[which].write_bytes(b"nonsense")
    mend_passphrase_copy(made.folder)

    assert [path.read_bytes() for path in paths] == [sealed, sealed]


def test_two_passphrase_files_that_differ_are_both_left(made):
    paths = mirrored_paths(made.folder, PASSPHRASE_FILE)
    other = paths[0].read_bytes()[:-1] + b"x"
    paths[1].write_bytes(other)
    mend_passphrase_copy(made.folder)

    assert paths[1].read_bytes() == other
