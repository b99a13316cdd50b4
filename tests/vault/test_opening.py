"""Opening a vault with its passphrase or its recovery key, and a separate error for each defect."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from vaults import PASSPHRASE, make_vault

from balint_desktop.domain.clock import SystemClock
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.sealed.keys import identity, new_identity, seal
from balint_desktop.vault import layout, mirrored_files, opening
from balint_desktop.vault.layout import PASSPHRASE_FILE, RECOVERY_FILE
from balint_desktop.vault.secret import VaultSecret


def refused(call):
    with pytest.raises(Trouble) as caught:
        call()
    return caught.value.code


def by_passphrase(made, passphrase=PASSPHRASE):
    return opening.secret_by_passphrase(made.folder, passphrase)


def copies(made, name):
    return made.folder / name, made.folder / f"copy-of-{name}"


def damage(path):
    data = bytearray(path.read_bytes())
    data[-5] ^= 1
    path.write_bytes(bytes(data))


def test_passphrase_and_recovery_key_open_the_same_secret(made):
    assert by_passphrase(made) == made.secret
    in_small_groups = " ".join(made.recovery_key[i : i + 6] for i in range(0, 74, 6)).lower()
    assert opening.secret_by_recovery_key(made.folder, in_small_groups) == made.secret


def test_one_misread_letter_of_the_recovery_key_is_detected(made):
    key = made.recovery_key
    misread = key[:30] + ("Q" if key[30] != "Q" else "P") + key[31:]
    code = refused(lambda: opening.secret_by_recovery_key(made.folder, misread))
    assert code is TroubleCode.WRONG_RECOVERY_KEY


def test_stock_age_accepts_the_secret_as_it_is(made, tmp_path):
    key = tmp_path / "recovery.txt"
    key.write_text(made.recovery_key)
    recovered = tmp_path / "secret.txt"
    opened = ["age", "-d", "-i", str(key), "-o", str(recovered), str(made.folder / RECOVERY_FILE)]
    subprocess.run(opened, check=True)
    assert recovered.read_text() == made.secret.to_text()

    sealed = subprocess.run(["age", "-r", made.secret.recipient], input=b"x", capture_output=True, check=True).stdout
    again = subprocess.run(["age", "-d", "-i", str(recovered)], input=sealed, capture_output=True, check=True)
    assert again.stdout == b"x"


def test_each_defect_has_its_own_code(made, tmp_path):
    assert refused(lambda: by_passphrase(made, "not it")) is TroubleCode.WRONG_PASSPHRASE
    other = new_identity().secret
    assert refused(lambda: opening.secret_by_recovery_key(made.folder, other)) is TroubleCode.WRONG_RECOVERY_KEY
    assert refused(lambda: opening.secret_by_recovery_key(made.folder, "hello")) is TroubleCode.WRONG_RECOVERY_KEY
    nowhere = tmp_path / "nowhere"
    assert refused(lambda: opening.secret_by_passphrase(nowhere, "x")) is TroubleCode.VAULT_MISSING


@pytest.mark.parametrize("which", [0, 1])
def test_one_good_copy_opens_the_vault_and_repairs_the_other(made, which):
    paths = copies(made, RECOVERY_FILE)
    good = paths[0].read_bytes()
    damage(paths[which])
    assert opening.secret_by_recovery_key(made.folder, made.recovery_key) == made.secret
    assert [path.read_bytes() for path in paths] == [good, good]

    paths[which].unlink()
    assert opening.secret_by_recovery_key(made.folder, made.recovery_key) == made.secret
    assert paths[which].read_bytes() == good


@pytest.mark.parametrize("which", [0, 1])
def test_a_copy_unreadable_on_disk_is_covered_by_the_other(made, which):
    unreadable, good = copies(made, RECOVERY_FILE)[which], copies(made, RECOVERY_FILE)[1 - which].read_bytes()
    unreadable.unlink()
    unreadable.mkdir()  # reading it fails, and so does mending it
    assert opening.secret_by_recovery_key(made.folder, made.recovery_key) == made.secret
    unreadable.rmdir()
    assert opening.secret_by_recovery_key(made.folder, made.recovery_key) == made.secret
    assert unreadable.read_bytes() == good


def test_a_disk_that_refuses_the_repair_does_not_prevent_opening(made, monkeypatch):
    damage(copies(made, RECOVERY_FILE)[0])

    def full(path, _data):
        raise Trouble(TroubleCode.DISK_FULL, folder=str(path.parent))

    monkeypatch.setattr(mirrored_files.rewrite_file, "rewrite", full)
    assert opening.secret_by_recovery_key(made.folder, made.recovery_key) == made.secret


def test_a_wrong_passphrase_is_reported_even_if_one_copy_is_damaged(made):
    damage(copies(made, PASSPHRASE_FILE)[0])
    assert refused(lambda: by_passphrase(made, "not it")) is TroubleCode.WRONG_PASSPHRASE


def test_two_missing_and_two_damaged_copies_are_distinguished(made):
    for path in copies(made, PASSPHRASE_FILE):
        damage(path)
    assert refused(lambda: by_passphrase(made)) is TroubleCode.VAULT_FILE_DAMAGED
    for path in copies(made, PASSPHRASE_FILE):
        path.unlink()
    assert refused(lambda: by_passphrase(made)) is TroubleCode.VAULT_FILE_MISSING
    # The recovery key still works.
    assert opening.secret_by_recovery_key(made.folder, made.recovery_key) == made.secret


def test_changing_the_passphrase_changes_nothing_else(made):
    before = {path.name: path.read_bytes() for path in made.folder.glob("*recovery.age")}
    opening.set_passphrase(made.folder, made.secret, "another one altogether, herons")
    assert refused(lambda: by_passphrase(made)) is TroubleCode.WRONG_PASSPHRASE
    assert by_passphrase(made, "another one altogether, herons") == made.secret
    assert before == {path.name: path.read_bytes() for path in made.folder.glob("*recovery.age")}


def test_a_vault_never_overwrites_another(made):
    made_again = lambda: opening.create_vault(made.folder, "x", SystemClock())  # noqa: E731
    assert refused(made_again) is TroubleCode.VAULT_EXISTS
    assert by_passphrase(made) == made.secret


def test_a_vault_created_aside_is_put_in_its_place_and_never_over_another(tmp_path):
    aside = make_vault(tmp_path / "aside")
    (tmp_path / "vault").mkdir()
    opening.place_vault(aside.folder, tmp_path / "vault")
    assert opening.secret_by_recovery_key(tmp_path / "vault", aside.recovery_key) == aside.secret
    opening.place_vault(tmp_path / "vault", tmp_path / "moved")
    opening.place_vault(tmp_path / "moved", tmp_path / "vault")
    other = make_vault(tmp_path / "other")
    assert refused(lambda: opening.place_vault(other.folder, tmp_path / "vault")) is TroubleCode.VAULT_EXISTS


def test_a_folder_synced_by_another_program_is_refused(tmp_path):
    folder = tmp_path / "OneDrive - University" / "vault"
    assert refused(lambda: layout.check_private(folder)) is TroubleCode.FOLDER_SHARED
    assert not folder.parent.exists()


@pytest.mark.parametrize("name", ["Dropbox", "Dropbox (Personal)", "Google Drive", "Nextcloud", "OneDrive-Univ", "Box"])
def test_synced_folders_are_recognised_by_their_programs_names(name):
    assert layout.looks_synced(Path("/home/somebody") / name / "balint")


@pytest.mark.parametrize("name", ["boxwell", "boxes", "my dropbox notes", "onedriver"])
def test_other_folders_are_not_mistaken_for_synced_ones(name):
    assert not layout.looks_synced(Path("/home") / name / "balint")


def test_a_folder_on_a_network_disk_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(layout, "is_on_network", lambda _folder: True)
    assert refused(lambda: layout.check_private(tmp_path / "share")) is TroubleCode.FOLDER_SHARED
    assert not (tmp_path / "share").exists()


def test_a_folder_without_permissions_is_refused(tmp_path, monkeypatch):
    # Like a stick formatted for every system: it accepts permissions and does not store them.
    monkeypatch.setattr(layout.os, "fchmod", lambda descriptor, _mode: layout.os.chmod(descriptor, 0o777))
    assert refused(lambda: layout.check_private(tmp_path / "stick")) is TroubleCode.FOLDER_SHARED
    assert list((tmp_path / "stick").iterdir()) == []


def test_an_unwritable_folder_is_reported(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    assert refused(lambda: layout.check_private(tmp_path / "file" / "vault")) is TroubleCode.FOLDER_UNWRITABLE


@pytest.mark.parametrize("text", ["", "AGE-SECRET-KEY-1ABC", "# log-key: 12\n", "# log-key: " + "a" * 64])
def test_an_invalid_secret_is_refused(text):
    with pytest.raises(Trouble):
        VaultSecret.from_text(text)


def test_a_garbled_secret_is_reported_as_damage(made):
    garbled = made.secret.to_text().replace("AGE-SECRET-KEY-1", "AGE-SECRET-KEY-1Q")
    assert refused(lambda: VaultSecret.from_text(garbled)) is TroubleCode.VAULT_FILE_DAMAGED


def test_a_secret_from_a_newer_version_is_reported_as_newer(made):
    newer = made.secret.to_text().replace("# vault: 1\n", "# vault: 2\n")
    assert refused(lambda: VaultSecret.from_text(newer)) is TroubleCode.VAULT_NEWER
    assert refused(lambda: VaultSecret.from_text("# vault: 2\n")) is TroubleCode.VAULT_NEWER


def test_printing_a_secret_reveals_nothing(made):
    assert made.secret.log_key not in repr(made.secret)
    assert made.secret.identities[0].secret not in repr(made.secret)
    assert made.secret.log_key in made.secret.to_text()


def test_copies_that_fail_for_other_reasons_are_reported_as_damaged(tmp_path):
    mirrored_files.write_mirrored(tmp_path, "f", b"x")

    def wrong(_data):
        raise Trouble(TroubleCode.SEALED_DAMAGED)

    assert refused(lambda: mirrored_files.read_mirrored(tmp_path, "f", wrong)) is TroubleCode.VAULT_FILE_DAMAGED


def test_a_secret_that_is_no_text_is_damage(made):
    mirrored_files.write_mirrored(
        made.folder, RECOVERY_FILE, seal(b"\xff\xfe", [identity(made.recovery_key).recipient])
    )

    with pytest.raises(Trouble) as caught:
        opening.secret_by_recovery_key(made.folder, made.recovery_key)
    assert (caught.value.code, caught.value.details) == (TroubleCode.VAULT_FILE_DAMAGED, {"name": RECOVERY_FILE})


def test_on_windows_a_folder_belongs_to_its_user_without_modes(tmp_path, monkeypatch):
    (tmp_path / "vault").mkdir(mode=0o777)
    (tmp_path / "vault").chmod(0o777)
    with monkeypatch.context() as patched:
        patched.setattr(layout.sys, "platform", "win32")
        patched.setattr(layout.disk, "make_private_folder", lambda _folder: None)
        layout.check_private(tmp_path / "vault")
        assert layout.is_private(tmp_path / "vault") is True
        layout.make_private(tmp_path / "vault")
    assert (tmp_path / "vault").stat().st_mode & 0o777 == 0o777


def test_a_folder_that_was_copied_with_its_modes_open_is_made_private_again(tmp_path):
    tmp_path.chmod(0o755)
    layout.make_private(tmp_path)

    assert tmp_path.stat().st_mode & 0o777 == 0o700


def test_the_work_of_the_passphrase_file_is_known_from_either_copy_and_from_none_it_is_not(made):
    work = opening.passphrase_work(made.folder)
    (made.folder / "passphrase.age").write_bytes(b"not sealed")
    assert opening.passphrase_work(made.folder) == work > 0
    (made.folder / "copy-of-passphrase.age").unlink()

    assert opening.passphrase_work(made.folder) is None
