"""A folder or zip with a model: what is read of it, and the hostile ones that are refused."""

from __future__ import annotations

import os
import stat
import sys
import warnings
import zipfile

import pytest
from small_models import FILES, model_folder, model_zip

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.transcription import model_source
from balint_desktop.transcription.model_source import open_source


def read(path):
    with open_source(path) as source:
        return source.label, {file.name: b"".join(file.pieces()) for file in source.files}


def refused(path):
    """Return why reading all of it is refused."""
    with pytest.raises(Trouble) as raised:
        read(path)
    return raised.value


def test_a_folder_gives_its_four_files_and_nothing_else(tmp_path):
    folder = model_folder(tmp_path / "small")
    (folder / "README.md").write_text("more")

    assert read(folder) == ("small", FILES)


@pytest.mark.parametrize("inside", ["", "faster-whisper-small.en/", "a/b/"])
def test_a_zip_gives_its_files_by_their_last_names(tmp_path, inside):
    assert read(model_zip(tmp_path / "small.zip", inside)) == ("small", FILES)


def test_links_of_a_downloads_cache_are_followed(tmp_path):
    blobs = model_folder(tmp_path / "blobs")
    snapshot = tmp_path / "snapshot"
    snapshot.mkdir()
    for name in FILES:
        (snapshot / name).symlink_to(blobs / name)

    assert read(snapshot) == ("snapshot", FILES)


def test_a_vocabulary_may_be_json_and_newer_models_bring_one_file_more(tmp_path):
    newer = {"vocabulary__txt": None, "vocabulary__json": b"[]", "preprocessor_config__json": b"{}"}

    assert set(read(model_folder(tmp_path / "new", **newer))[1]) == {
        "model.bin",
        "config.json",
        "tokenizer.json",
        "vocabulary.json",
        "preprocessor_config.json",
    }


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_named(tmp_path, name):
    without = {name.replace(".", "__"): None}
    for path in (model_folder(tmp_path / "model", **without), model_zip(tmp_path / "model.zip", **without)):
        trouble = refused(path)
        assert (trouble.code, trouble.details) == (
            TroubleCode.MODEL_FILE_MISSING,
            {"name": path.name, "file": name},
        )


def test_a_path_that_is_not_there_and_one_that_never_ends_are_refused(tmp_path):
    assert refused(tmp_path / "nothing.zip").code is TroubleCode.MODEL_UNREADABLE
    if sys.platform != "win32":
        os.mkfifo(tmp_path / "pipe.zip")
        assert refused(tmp_path / "pipe.zip").code is TroubleCode.MODEL_UNREADABLE
        folder = model_folder(tmp_path / "model", model__bin=None)
        os.mkfifo(folder / "model.bin")
        assert refused(folder).code is TroubleCode.MODEL_UNREADABLE


# --- hostile zips ---


def packed(path, members):
    """Write a zip of these members, each a ZipInfo or a name with its bytes."""
    with warnings.catch_warnings(), zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as zipped:
        warnings.simplefilter("ignore")
        for info, data in members:
            zipped.writestr(info, data)
    return path


def with_other(path, name, info, data=b"{}"):
    return packed(path, [*((one, got) for one, got in FILES.items() if one != name), (info, data)])


def test_two_files_of_one_name_are_refused_wherever_they_are(tmp_path):
    for other in ("model.bin", "more/model.bin", "x\\model.bin"):
        trouble = refused(packed(tmp_path / "two.zip", [*FILES.items(), (other, b"other")]))
        assert (trouble.code, trouble.details["file"]) == (TroubleCode.MODEL_FILE_TWICE, "model.bin")


@pytest.mark.parametrize("name", ["../config.json", "a/../../config.json", "/etc/config.json", "..\\config.json"])
def test_a_member_that_leads_out_of_the_zip_is_refused(tmp_path, name):
    path = with_other(tmp_path / "out.zip", "config.json", name)

    assert refused(path).code is TroubleCode.MODEL_ZIP_UNUSABLE
    assert [one.name for one in tmp_path.iterdir()] == ["out.zip"]


def test_a_link_in_a_zip_is_refused(tmp_path):
    link = zipfile.ZipInfo("config.json")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16

    assert refused(with_other(tmp_path / "link.zip", "config.json", link, b"/etc/passwd")).code is (
        TroubleCode.MODEL_ZIP_UNUSABLE
    )


def test_what_swells_when_it_is_unpacked_is_refused_before_it_is(tmp_path):
    path = with_other(tmp_path / "bomb.zip", "model.bin", "model.bin", bytes(50_000_000))

    assert path.stat().st_size < 1_000_000
    assert refused(path).code is TroubleCode.MODEL_ZIP_UNUSABLE


@pytest.mark.parametrize(
    ("name", "size"), [("model.bin", 9 << 30), ("config.json", 33 << 20), ("vocabulary.txt", 1 << 62)]
)
def test_a_file_that_says_it_is_larger_than_any_models_is_refused_unread(tmp_path, name, size):
    path = model_zip(tmp_path / "large.zip")
    with zipfile.ZipFile(path) as zipped:
        for info in zipped.infolist():
            if info.filename == name:
                info.file_size = info.compress_size = size
        trouble = None
        try:
            model_source._chosen(path.name, model_source._in_zip(path.name, zipped, Trouble(TroubleCode.MODEL_MISSING)))
        except Trouble as raised:
            trouble = raised

    assert (trouble.code, trouble.details["file"]) == (TroubleCode.MODEL_FILE_LARGE, name)


def test_a_size_that_is_not_true_is_refused(tmp_path):
    """The zip says fewer bytes than are in it, in both of its places."""
    path = model_zip(tmp_path / "small.zip")
    data = path.read_bytes()
    true, wrong = (len(FILES["vocabulary.txt"]) + less for less in (0, -7))
    assert data.count(true.to_bytes(4, "little")) == 2
    path.write_bytes(data.replace(true.to_bytes(4, "little"), wrong.to_bytes(4, "little")))

    assert refused(path).code is TroubleCode.MODEL_ZIP_UNUSABLE


def test_a_locked_zip_and_an_unusual_packing_are_refused(tmp_path):
    path = model_zip(tmp_path / "locked.zip")
    data = bytearray(path.read_bytes())
    # The bit of a password, in the central directory's first entry.
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    path.write_bytes(data)
    unusual = tmp_path / "unusual.zip"
    with zipfile.ZipFile(unusual, "w", zipfile.ZIP_LZMA) as zipped:
        for name, content in FILES.items():
            zipped.writestr(name, content)

    assert refused(path).code is TroubleCode.MODEL_ZIP_UNUSABLE
    assert refused(unusual).code is TroubleCode.MODEL_ZIP_UNUSABLE


def test_any_damaged_zip_is_refused_in_our_own_words(tmp_path):
    whole = model_zip(tmp_path / "whole.zip", model__bin=bytes(range(256))).read_bytes()
    codes = set()
    for at in range(0, len(whole), 7):
        for damaged in (whole[:at], whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :]):
            path = tmp_path / "damaged.zip"
            path.write_bytes(damaged)
            try:
                with open_source(path) as source:
                    for file in source.files:
                        for _ in file.pieces():
                            pass
            except Trouble as trouble:
                codes.add(trouble.code)

    assert TroubleCode.MODEL_ZIP_UNUSABLE in codes
    assert codes <= {
        TroubleCode.MODEL_ZIP_UNUSABLE,
        TroubleCode.MODEL_FILE_MISSING,
        TroubleCode.MODEL_FILE_TWICE,
        TroubleCode.MODEL_FILE_LARGE,
    }
