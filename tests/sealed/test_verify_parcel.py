"""A parcel is read and verified byte by byte, without a change to it."""

from __future__ import annotations

import errno
import os

import pytest
from bad_vaults import damage, files

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.sealed import manifest, verified_copy
from balint_desktop.sealed.manifest import Manifest
from balint_desktop.sealed.parcel import delete_unfinished, pack, read_manifest, unfinished_parcels, verify_parcel

KEY, SOUND, PAGE = b"the key", b"the sealed sound", b"How to open this"


@pytest.fixture
def stick(tmp_path):
    return tmp_path / "stick"


@pytest.fixture
def packed(tmp_path, stick):
    (tmp_path / "key").write_bytes(KEY)
    (tmp_path / "sound").write_bytes(SOUND)
    sources = {"r-1/key.age": tmp_path / "key", "r-1/01/audio.opus.age": tmp_path / "sound"}
    return pack(stick / "parcel", Manifest("id", "backup", 0.0), sources, {"README.txt": PAGE})


def trouble_of(call, *arguments):
    with pytest.raises(Trouble) as caught:
        call(*arguments)
    return caught.value.code, caught.value.details


def test_a_manifest_is_read_with_its_sha_256(packed):
    assert read_manifest(packed.folder) == (packed.manifest, packed.sha256)


def test_an_unfinished_parcel_is_not_read_even_with_a_manifest(packed):
    folder = unfinished_parcels(packed.folder)
    packed.folder.rename(folder)

    assert folder.name == ".parcel.unfinished"
    assert trouble_of(read_manifest, folder) == (TroubleCode.BACKUP_UNFINISHED, {"folder": str(folder)})


def test_a_folder_without_a_manifest_is_no_parcel(tmp_path):
    assert trouble_of(read_manifest, tmp_path) == (TroubleCode.BACKUP_MISSING, {"folder": str(tmp_path)})


def test_a_manifest_that_cannot_be_read_is_damaged(tmp_path):
    (tmp_path / manifest.NAME).mkdir()

    assert trouble_of(read_manifest, tmp_path) == (TroubleCode.BACKUP_LIST_DAMAGED, {"folder": str(tmp_path)})


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", TroubleCode.BACKUP_LIST_DAMAGED),
        (b'{"sha256": "", "balint-desktop-parcel": 2}', TroubleCode.VAULT_NEWER),
    ],
)
def test_a_manifest_that_is_refused_is_reported_with_its_folder(tmp_path, data, code):
    (tmp_path / manifest.NAME).write_bytes(data)

    assert trouble_of(read_manifest, tmp_path) == (code, {"folder": str(tmp_path)})


def test_an_unchanged_parcel_is_whole_and_verifying_it_counts_every_byte(packed):
    before, steps = files(packed.folder), []

    found = verify_parcel(packed.folder, steps.append)

    assert (found.folder, found.manifest, found.sha256) == (packed.folder, packed.manifest, packed.sha256)
    assert (found.changed, found.missing, found.problems) == ((), (), ())
    assert found.is_whole is True
    assert sorted(steps) == sorted([len(KEY), len(SOUND), len(PAGE)])
    assert files(packed.folder) == before


def test_changed_and_missing_files_are_named_apart_and_together_in_order(packed):
    damage(packed.folder / "r-1" / "key.age")
    (packed.folder / "r-1" / "01" / "audio.opus.age").unlink()
    (packed.folder / "README.txt").unlink()
    (packed.folder / "README.txt").mkdir()

    found = verify_parcel(packed.folder)

    assert found.changed == ("r-1/key.age",)
    assert sorted(found.missing) == ["README.txt", "r-1/01/audio.opus.age"]
    assert found.problems == ("README.txt", "r-1/01/audio.opus.age", "r-1/key.age")


@pytest.mark.parametrize("name", ["r-1/key.age", "README.txt"])
def test_one_changed_file_makes_a_parcel_not_whole(packed, name):
    damage(packed.folder / name)

    assert verify_parcel(packed.folder).is_whole is False
    assert verify_parcel(packed.folder).problems == (name,)


def test_one_missing_file_makes_a_parcel_not_whole(packed):
    (packed.folder / "README.txt").unlink()

    assert verify_parcel(packed.folder).is_whole is False


def test_a_file_with_a_bad_sector_counts_as_missing(packed, monkeypatch):
    real = os.read

    def read(descriptor, size):
        if os.fstat(descriptor).st_ino == (packed.folder / "README.txt").stat().st_ino:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return real(descriptor, size)

    monkeypatch.setattr(verified_copy.os, "read", read)

    found = verify_parcel(packed.folder)
    assert (found.changed, found.missing) == ((), ("README.txt",))


def test_the_remains_of_an_interrupted_copy_are_deleted_and_nothing_else(packed, stick):
    unfinished_parcels(packed.folder).mkdir()
    (unfinished_parcels(packed.folder) / "half").write_bytes(b"half")

    assert delete_unfinished(packed.folder) is True
    assert list(stick.iterdir()) == [packed.folder]
    assert delete_unfinished(packed.folder) is False
    assert verify_parcel(packed.folder).is_whole


def test_remains_that_cannot_be_removed_are_reported_as_remains(packed, monkeypatch):
    def refuse(*_arguments, **_named):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    unfinished_parcels(packed.folder).mkdir()
    monkeypatch.setattr(os, "rmdir", refuse)

    assert delete_unfinished(packed.folder) is True
