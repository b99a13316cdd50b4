"""The models by the command line: no vault, no passphrase, one object a line."""

from __future__ import annotations

import contextlib
import io
import json

import pytest
import transcription_material
from small_models import KNOWN, model_folder, model_zip

from balint_desktop.cli import checks
from balint_desktop.cli import main as cli
from balint_desktop.data_folder import DataFolder
from balint_desktop.transcription import model_store


@pytest.fixture
def models(tmp_path, monkeypatch):
    """Run a subcommand over an empty data folder, where the list knows one small model."""
    monkeypatch.setattr(model_store, "shipped_list", lambda: KNOWN)

    def run(*arguments, code=0):
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            came_to = cli.main(["--data-dir", str(tmp_path / "data"), "models", *map(str, arguments)])
        assert (came_to, bool(err.getvalue())) == (code, bool(code)), err.getvalue()
        return err.getvalue() if code else out.getvalue()

    return run


def objects(text):
    return [json.loads(line) for line in text.splitlines()]


def test_list_shows_what_could_be_added_and_from_where(models, tmp_path):
    assert "small.en  no                English    2 MB  recommended  example.org/small.en" in models("list")
    assert "models add" in models("list")
    assert not (tmp_path / "data").exists()
    (offered,) = objects(models("list", "--json"))
    assert (offered["name"], offered["installed"]) == ("small.en", False)


def test_the_list_that_comes_with_the_app_does_not_offer_the_model_of_the_tests(tmp_path, capsys):
    assert cli.main(["--data-dir", str(tmp_path), "models", "list", "--json"]) == 0

    names = [one["name"] for one in objects(capsys.readouterr().out)]
    assert "small.en" in names
    assert "tiny.en" not in names


def test_a_model_is_added_listed_checked_and_removed(models, tmp_path):
    path = model_zip(tmp_path / "mine.zip")

    assert models("add", path) == "small.en was added. Every file was checked.\n"
    assert models("add", path) == "small.en is already on this computer.\n"
    (found,) = objects(models("list", "--json"))
    assert (found["name"], found["installed"], found["checked"], found["languages"]) == (
        "small.en",
        True,
        True,
        ["en"],
    )
    assert "yes, checked" in models("list")
    assert models("check") == "ok      small.en (checked)\n"
    assert objects(models("check", "--json")) == [{"name": "small.en", "ok": True, "checked": True}]
    assert models("remove", "small.en") == "small.en was removed from this computer.\n"
    assert models("check") == "There is no model on this computer.\n"


def test_what_is_done_is_said_by_name_to_a_script(models, tmp_path):
    path = model_folder(tmp_path / "mine")

    (first,), (again,) = (objects(models("add", path, "--json")) for _ in range(2))
    assert (first["name"], first["new"], again["new"]) == ("small.en", True, False)
    assert objects(models("remove", "small.en", "--json")) == [{"name": "small.en", "removed": True}]


def test_an_unlisted_model_needs_a_yes_and_is_called_not_checked(models, tmp_path):
    path = model_folder(tmp_path / "te reo", model__bin=b"weights", config__json=b"{}")

    assert models("add", path, code=1) == (
        "The model te reo is not one that we have checked. Nothing was added. "
        "If you trust where it comes from, add it as “not checked by us”.\n"
    )
    assert models("add", path, "--not-checked") == "te reo was added. It is not checked by us.\n"
    assert "yes, not checked by us" in models("list")
    assert models("check") == "ok      te reo (not checked by us)\n"


def test_a_changed_model_fails_its_check_with_what_to_do(models, tmp_path):
    models("add", model_folder(tmp_path / "mine"))
    (path,) = (tmp_path / "data" / "models").glob("*/vocabulary.txt")
    path.write_bytes(b"b\na\n" * 100)

    assert models("check", code=1) == (
        "The model small.en has changed since it was added. It was given nothing to transcribe. "
        "Remove it, then add it again.\n"
    )
    (path.parent / "about.json").write_text("{")
    assert "damaged" in models("list")
    assert objects(models("list", "--json"))[0]["damaged"] is True


def test_a_name_that_is_not_there_is_an_error_and_none_at_all_is_wrong_usage(models):
    assert "no model called nope" in models("remove", "nope", code=1)
    models("remove", code=2)


def test_the_doctor_says_what_is_there_and_what_to_install(tmp_path, monkeypatch):
    data = DataFolder(tmp_path)
    monkeypatch.setattr(checks, "engine_command", lambda: None)
    assert "install balint-desktop-transcribe" in checks.transcription(data)

    monkeypatch.setattr(checks, "engine_command", lambda: ["engine"])
    assert "add a model" in checks.transcription(data)

    model_store.ModelStore(data.models).add(transcription_material.model_folder())
    assert checks.transcription(data) == "installed, with the model tiny.en"
