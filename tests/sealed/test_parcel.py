"""A parcel is complete in its place or not there at all, and every byte of it can be verified."""

from __future__ import annotations

import errno
import hashlib
import os
import stat

import pytest
from bad_vaults import files
from small_disk import small_disk

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.sealed import parcel, verified_copy
from balint_desktop.sealed.manifest import Manifest
from balint_desktop.sealed.parcel import (
    Packed,
    pack,
    unfinished_parcels,
)
from balint_desktop.sealed.verified_copy import Copied

__all__ = ["small_disk"]

ABOUT = Manifest("id", "backup", 1_772_000_000.0, "r-1", left_out=("r-1/02",))
KEY, SOUND, PAGE = b"the key", b"the sealed sound", b"How to open this"
NAMES = {"r-1/key.age": KEY, "r-1/01/audio.opus.age": SOUND, "README.txt": PAGE}


def listed(data):
    return Copied(len(data), hashlib.sha256(data).hexdigest())


@pytest.fixture
def sources(tmp_path):
    folder = tmp_path / "vault"
    folder.mkdir()
    (folder / "key").write_bytes(KEY)
    (folder / "sound").write_bytes(SOUND)
    return {"r-1/01/audio.opus.age": folder / "sound", "r-1/key.age": folder / "key"}


@pytest.fixture
def stick(tmp_path):
    return tmp_path / "stick"


@pytest.fixture
def packed(sources, stick):
    return pack(stick / "parcel", ABOUT, sources, {"README.txt": PAGE})


def trouble_of(call, *arguments):
    with pytest.raises(Trouble) as caught:
        call(*arguments)
    return caught.value.code, caught.value.details


def test_a_parcel_holds_the_files_the_texts_and_a_manifest_of_both(packed, stick):
    written = (stick / "parcel" / "manifest.json").read_bytes()

    assert files(stick) == {f"parcel/{name}": data for name, data in NAMES.items()} | {"parcel/manifest.json": written}
    expected = Manifest(
        "id", "backup", 1_772_000_000.0, "r-1", {name: listed(data) for name, data in NAMES.items()}, ("r-1/02",)
    )
    assert written == expected.to_json()
    assert packed == Packed(stick / "parcel", expected, hashlib.sha256(written).hexdigest())


def test_a_parcel_and_the_folders_of_its_files_are_for_the_owner_only(packed):
    folders = [packed.folder, packed.folder / "r-1" / "01"]

    assert [stat.S_IMODE(folder.stat().st_mode) for folder in folders] == [0o700, 0o700]


def test_progress_counts_the_bytes_of_the_files(sources, stick):
    steps = []
    pack(stick / "parcel", ABOUT, sources, {"README.txt": PAGE}, steps.append)

    assert steps == [len(SOUND), len(KEY)]


def test_until_it_is_complete_a_parcel_is_hidden_and_has_no_manifest(sources, stick):
    seen = []
    pack(stick / "parcel", ABOUT, sources, {}, lambda _bytes: seen.append(sorted(files(stick))))

    assert seen == [
        [".parcel.unfinished/r-1/01/audio.opus.age"],
        [".parcel.unfinished/r-1/01/audio.opus.age", ".parcel.unfinished/r-1/key.age"],
    ]


def test_every_folder_is_flushed_before_the_rename_and_the_folder_of_the_parcel_after_it(sources, stick, monkeypatch):
    flushed = []
    monkeypatch.setattr(
        parcel, "flush_folder_anywhere", lambda folder: flushed.append((folder, (stick / "parcel").exists()))
    )
    pack(stick / "parcel", ABOUT, sources, {"README.txt": PAGE})

    unfinished = stick / ".parcel.unfinished"
    assert sorted(flushed[:-2]) == [(unfinished / "r-1", False), (unfinished / "r-1" / "01", False)]
    assert flushed[-2:] == [(unfinished, False), (stick, True)]


@pytest.mark.parametrize("there", ["folder", "file", "dangling link"])
def test_a_parcel_never_replaces_what_is_in_its_place(sources, stick, there):
    stick.mkdir()
    place = stick / "parcel"
    if there == "folder":
        place.mkdir()
    elif there == "file":
        place.write_bytes(b"mine")
    else:
        place.symlink_to("nowhere")

    assert trouble_of(pack, place, ABOUT, sources, {}) == (TroubleCode.COPY_EXISTS, {"folder": str(place)})
    assert list(stick.iterdir()) == [place]


def test_the_remains_of_an_earlier_attempt_are_replaced(sources, stick):
    unfinished_parcels(stick / "parcel").mkdir(parents=True)
    (unfinished_parcels(stick / "parcel") / "old").write_bytes(b"old")
    pack(stick / "parcel", ABOUT, sources, {})

    assert set(files(stick)) == {"parcel/manifest.json", "parcel/r-1/key.age", "parcel/r-1/01/audio.opus.age"}


def test_a_full_disk_leaves_nothing(sources, small_disk):
    sources["r-1/key.age"].write_bytes(bytes(20_000_000))

    assert trouble_of(pack, small_disk.folder / "parcel", ABOUT, sources, {}) == (
        TroubleCode.DISK_FULL,
        {"folder": str(small_disk.folder / ".parcel.unfinished" / "r-1")},
    )
    assert list(small_disk.folder.iterdir()) == []


def test_a_place_that_cannot_be_written_to_is_reported(sources, stick):
    stick.write_bytes(b"")

    assert trouble_of(pack, stick / "folder" / "parcel", ABOUT, sources, {}) == (
        TroubleCode.FOLDER_UNWRITABLE,
        {"folder": str(stick)},
    )


def test_a_copy_that_is_stopped_leaves_nothing(sources, stick):
    def stop(_bytes):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        pack(stick / "parcel", ABOUT, sources, {}, stop)

    assert list(stick.iterdir()) == []


def test_a_disk_that_returns_other_bytes_leaves_nothing(sources, stick, monkeypatch):
    def turned(descriptor, piece):
        os.write(descriptor, piece[:-1] + bytes([piece[-1] ^ 1]))

    monkeypatch.setattr(verified_copy, "_write_all", turned)

    assert trouble_of(pack, stick / "parcel", ABOUT, sources, {})[0] is TroubleCode.COPY_DIFFERS
    assert list(stick.iterdir()) == []


def test_remains_that_cannot_be_removed_do_not_hide_what_went_wrong(sources, stick, monkeypatch):
    def refuse(*_arguments, **_named):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    sources["r-1/key.age"].unlink()
    monkeypatch.setattr(os, "rmdir", refuse)

    assert trouble_of(pack, stick / "parcel", ABOUT, sources, {}) == (
        TroubleCode.FOLDER_UNWRITABLE,
        {"folder": str(sources["r-1/key.age"].parent)},
    )
    assert not (stick / "parcel").exists()
