"""The models on this computer: what counts as one, whatever interrupts adding or removing it."""

from __future__ import annotations

import errno
import json
import shutil
from pathlib import Path

import pytest
import transcription_material
from killing import deaths_of
from small_models import FILES, KNOWN, LISTED, model_folder, model_zip, store

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.sealed import disk
from balint_desktop.sealed.lock import FileLock
from balint_desktop.transcription.model_store import ModelStore

SHA = LISTED.sha256_of("model.bin")


@pytest.fixture
def models(tmp_path):
    return store(tmp_path / "data")


@pytest.fixture
def source(tmp_path):
    return model_folder(tmp_path / "small")


def in_folder(models):
    return sorted(path.name for path in models.folder.iterdir() if path.is_dir())


def refused(act, *arguments, **named):
    with pytest.raises(Trouble) as raised:
        act(*arguments, **named)
    return raised.value.code


def test_without_the_folder_there_are_no_models_and_none_is_made(models):
    assert models.installed() == ()
    assert not models.folder.exists()


@pytest.mark.parametrize("pack", [model_folder, model_zip])
def test_a_listed_model_is_added_under_its_own_name_whatever_the_file_is_called(models, tmp_path, pack):
    added = models.add(pack(tmp_path / "mine.zip"))

    assert added.is_new
    assert models.installed() == (added.model,)
    assert (added.model.name, added.model.is_checked, added.model.sha256) == ("small.en", True, SHA)
    assert added.model.folder == models.folder / SHA[:12]
    assert {path.name: path.read_bytes() for path in added.model.folder.iterdir() if path.name != "about.json"} == FILES
    assert models.verified("small.en") == added.model.folder


def test_files_and_folder_are_for_the_owner_alone(models, source):
    folder = models.add(source).model.folder

    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
    assert {path.stat().st_mode & 0o777 for path in (folder, models.folder)} == {0o700}


def test_the_same_model_twice_is_there_once(models, source, tmp_path):
    first = models.add(source)
    again = models.add(model_zip(tmp_path / "again.zip"), not_checked=True)

    assert (again.is_new, again.model) == (False, first.model)
    assert in_folder(models) == [SHA[:12]]


@pytest.mark.parametrize("name", ["model.bin", "tokenizer.json", "vocabulary.txt"])
def test_a_listed_model_with_another_file_is_refused_and_leaves_nothing(models, tmp_path, name):
    path = model_folder(tmp_path / "small.en", **{name.replace(".", "__"): b"other"})

    with pytest.raises(Trouble) as raised:
        models.add(path)

    assert (raised.value.code, raised.value.details) == (
        TroubleCode.MODEL_DIFFERS,
        {"name": "small.en", "file": name},
    )
    assert in_folder(models) == []


def test_a_model_that_nobody_listed_is_refused_unless_it_may_be_unchecked(models, tmp_path):
    path = model_folder(tmp_path / "te reo", model__bin=b"weights", config__json=b"{}")

    assert refused(models.add, path) is TroubleCode.MODEL_NOT_LISTED
    added = models.add(path, not_checked=True).model

    assert (added.name, added.is_checked) == ("te reo", False)
    assert models.installed() == (added,)
    assert models.verified("te reo") == added.folder


def test_a_model_that_is_not_checked_never_has_the_name_of_a_listed_one(models, tmp_path):
    path = model_folder(tmp_path / "small.en", model__bin=b"weights")
    added = models.add(path, not_checked=True).model
    about = added.folder / "about.json"
    about.write_text(about.read_text().replace(added.name, "small.en"))

    assert added.name == "small.en-2"
    assert [(one.name, one.is_checked) for one in models.installed()] == [("small.en-2", False)]


def test_two_models_of_one_folder_name_get_two_names(models, tmp_path):
    for weights in (b"one", b"two"):
        models.add(model_folder(tmp_path / weights.decode() / "mine", model__bin=weights), not_checked=True)

    assert [one.name for one in models.installed()] == ["mine", "mine-2"]


def test_the_same_weights_with_another_tokenizer_are_another_model(models, source, tmp_path):
    models.add(source)
    models.add(model_folder(tmp_path / "mine", tokenizer__json=b"{}"), not_checked=True)

    assert in_folder(models) == [SHA[:12], f"{SHA[:12]}-2"]
    assert [one.name for one in models.installed()] == ["mine", "small.en"]


@pytest.mark.parametrize(("tokens", "languages"), [(51_864, ("en",)), (51_865, KNOWN.languages)])
def test_the_number_of_tokens_says_whether_an_unlisted_model_hears_more_than_english(
    models, tmp_path, tokens, languages
):
    as_text = {"vocabulary__txt": b"a\n" * tokens}
    as_json = {"vocabulary__txt": None, "vocabulary__json": json.dumps(["a"] * tokens).encode()}
    for number, vocabulary in enumerate((as_text, as_json)):
        path = model_folder(tmp_path / f"model{number}", model__bin=b"weights", **vocabulary)
        assert models.add(path, not_checked=True).model.languages == languages


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("spoil", ["change", "shorten", "delete", "link"])
def test_a_model_that_changed_is_never_used(models, source, name, spoil, tmp_path):
    path = models.add(source).model.folder / name
    if spoil == "link":
        shutil.move(path, tmp_path / "aside")
        path.symlink_to(tmp_path / "aside")
    elif spoil == "delete":
        path.unlink()
    else:
        data = path.read_bytes()
        path.write_bytes(data[:-1] + (b"" if spoil == "shorten" else bytes([data[-1] ^ 1])))

    assert refused(models.verified, "small.en") is TroubleCode.MODEL_CHANGED


def test_a_file_that_was_put_beside_a_models_makes_it_another(models, source):
    """The engine would read vocabulary.json before vocabulary.txt."""
    (models.add(source).model.folder / "vocabulary.json").write_text("[]")

    assert refused(models.verified, "small.en") is TroubleCode.MODEL_CHANGED


@pytest.mark.parametrize("about", ["", "{", "[]", '{"files": {"../x": {"sha256": "", "bytes": 1}}}', "[" * 100_000])
def test_a_model_that_lost_its_description_is_listed_can_be_removed_and_is_never_used(models, source, about):
    folder = models.add(source).model.folder
    (folder / "about.json").write_text(about)

    (found,) = models.installed()
    assert (found.name, found.is_checked, found.files) == (folder.name, False, ())
    assert refused(models.verified, found.name) is TroubleCode.MODEL_CHANGED
    models.remove(found.name)
    assert models.installed() == ()


def test_a_description_cannot_make_a_model_a_checked_one(models, tmp_path):
    added = models.add(model_folder(tmp_path / "mine", model__bin=b"weights"), not_checked=True).model
    about = json.loads((added.folder / "about.json").read_text())
    about["files"]["model.bin"] = {"sha256": SHA, "bytes": 7}
    (added.folder / "about.json").write_text(json.dumps(about))

    assert refused(models.verified, "small.en") is TroubleCode.MODEL_CHANGED


def test_removing_takes_one_model_and_no_other(models, source, tmp_path):
    models.add(source)
    models.add(model_folder(tmp_path / "mine", model__bin=b"weights"), not_checked=True)

    assert models.remove("mine").name == "mine"

    assert in_folder(models) == [SHA[:12]]
    assert refused(models.remove, "mine") is TroubleCode.MODEL_MISSING
    assert refused(models.verified, "mine") is TroubleCode.MODEL_MISSING


def test_progress_counts_every_byte_once_and_what_it_raises_stops_the_copy(models, source):
    class StopError(Exception):
        pass

    def stop(_done, _in_all):
        raise StopError

    with pytest.raises(StopError):
        models.add(source, on_bytes=stop)
    assert in_folder(models) == []

    seen = []
    models.add(source, on_bytes=lambda done, in_all: seen.append((done, in_all)))
    in_all = sum(map(len, FILES.values()))
    assert seen[-1] == (in_all, in_all)
    assert [done for done, _ in seen] == sorted({done for done, _ in seen})
    seen.clear()
    models.verified("small.en", lambda done, in_all: seen.append((done, in_all)))
    assert seen[-1] == (in_all, in_all)


def test_too_little_space_is_said_before_anything_is_copied(models, source, monkeypatch):
    monkeypatch.setattr(disk, "free_bytes", lambda _path: 1_000_000)

    with pytest.raises(Trouble) as raised:
        models.add(source)

    assert (raised.value.code, raised.value.details) == (TroubleCode.MODEL_NO_SPACE, {"megabytes": 3})


def test_a_disk_that_fills_up_meanwhile_leaves_nothing(models, source, monkeypatch):
    def full(_descriptor):
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(disk, "flush_to_disk", full)

    assert refused(models.add, source) is TroubleCode.DISK_FULL
    assert in_folder(models) == []


def test_one_act_at_a_time_changes_the_folder(models, source):
    models.add(source)
    other = FileLock(models.folder / ".lock")
    assert other.try_acquire()

    assert refused(models.add, source) is TroubleCode.MODELS_BUSY
    assert refused(models.remove, "small.en") is TroubleCode.MODELS_BUSY
    assert models.verified("small.en")
    other.release()
    assert models.remove("small.en")


def test_killed_anywhere_while_adding_there_is_the_whole_model_or_none(tmp_path):
    source = model_folder(tmp_path / "small")

    def check(models):
        before = [one.name for one in models.installed()]
        assert before in ([], ["small.en"])
        if before:
            assert models.verified("small.en")
        models.add(source)
        assert in_folder(models) == [SHA[:12]]
        shutil.rmtree(models.folder)

    tried = deaths_of(lambda number: store(tmp_path / str(number)), lambda models: models.add(source), check)

    assert tried > 20


def test_killed_anywhere_while_removing_there_is_the_whole_model_or_none(tmp_path):
    source = model_folder(tmp_path / "small")

    def make(number):
        models = store(tmp_path / str(number))
        models.add(source)
        return models

    def check(models):
        if models.installed():
            assert models.verified("small.en")
            models.remove("small.en")
        assert models.installed() == ()
        models.add(source)
        assert in_folder(models) == [SHA[:12]]
        shutil.rmtree(models.folder)

    assert deaths_of(make, lambda models: models.remove("small.en"), check) > 5


def test_the_real_model_of_the_tests_is_on_the_list_that_comes_with_the_app(tmp_path):
    models = ModelStore(tmp_path / "models")

    added = models.add(transcription_material.model_folder()).model

    assert (added.name, added.is_checked, added.languages) == ("tiny.en", True, ("en",))
    assert added.folder.name == "1a5afae06a4d"
    assert models.verified("tiny.en") == added.folder


def test_models_are_beside_the_vault_and_not_in_it(tmp_path):
    from balint_desktop.data_folder import data_folder  # noqa: PLC0415

    data = data_folder(str(tmp_path))

    assert data.models == Path(tmp_path) / "models"
    assert data.vault not in data.models.parents
