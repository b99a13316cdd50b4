"""The list of models: complete, and what files are matched with."""

from __future__ import annotations

import dataclasses
import json
import tomllib
from pathlib import Path

import pytest
import transcription_material
from small_models import FILES, KNOWN, LISTED, model_file

from balint_desktop.text.models import purpose_words
from balint_desktop.transcription.model_store import shipped_list
from balint_desktop.transcription.models import ModelList, is_multilingual_vocabulary

SHIPPED = shipped_list()
ALIKE = [model_file(name, data) for name, data in FILES.items()]


def test_the_list_has_the_models_that_are_offered_and_the_one_of_the_tests():
    assert [model.name for model in SHIPPED.models] == [
        "tiny.en",
        "base.en",
        "small.en",
        "medium.en",
        "base",
        "small",
        "medium",
    ]
    assert [model.name for model in SHIPPED.models if model.is_for_tests] == ["tiny.en"]
    assert [model.name for model in SHIPPED.models if model.purpose == "recommended"] == ["small.en"]


@pytest.mark.parametrize("model", SHIPPED.models, ids=lambda model: model.name)
def test_a_listed_model_names_each_of_its_files_with_a_whole_hash_and_its_words(model):
    assert {file.name for file in model.files} == {"model.bin", "config.json", "tokenizer.json", "vocabulary.txt"}
    assert all(len(bytes.fromhex(file.sha256)) == 32 for file in model.files)
    assert model.is_known
    assert model.licence == "MIT"
    assert model.source.startswith("https://")
    assert model.memory_mb * 1_000_000 > model.bytes
    assert purpose_words(model.purpose)


@pytest.mark.parametrize("model", SHIPPED.models, ids=lambda model: model.name)
def test_a_model_of_english_has_en_in_its_name_and_a_multilingual_one_hears_te_reo(model):
    assert model.is_multilingual is not model.name.endswith(".en")
    assert ("mi" in model.languages) is model.is_multilingual
    assert "en" in model.languages


def test_no_two_models_share_weights_or_a_configuration():
    for name in ("model.bin", "config.json"):
        hashes = [model.sha256_of(name) for model in SHIPPED.models]
        assert len(set(hashes)) == len(hashes)


def test_the_list_says_of_the_tests_model_what_its_files_are():
    tiny = SHIPPED.named("tiny.en")
    unpacked = {name.rpartition("/")[2]: sha for _, name, sha in transcription_material.FILES if "tiny.en/" in name}

    assert {file.name: file.sha256 for file in tiny.files} == unpacked


def test_the_languages_are_those_that_the_engine_knows():
    transcription_material.engine_python()
    (source,) = transcription_material.ENVIRONMENT.glob("**/faster_whisper/tokenizer.py")
    codes = json.loads("[" + source.read_text().split("_LANGUAGE_CODES = (")[1].split(")")[0].strip().strip(",") + "]")

    assert set(SHIPPED.languages) == set(codes) - {"yue"}


def test_the_list_is_in_the_wheel():
    project = tomllib.loads((Path(__file__).resolve().parents[2] / "pyproject.toml").read_text(encoding="utf-8"))
    included = project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]

    assert included["resources/models"] == "balint_desktop/_resources/models"


def test_files_are_matched_by_every_hash():
    assert KNOWN.match(ALIKE) is LISTED
    assert KNOWN.match(ALIKE[1:]) is None
    assert KNOWN.match([*ALIKE, model_file("more.json", b"")]) is None
    for place, file in enumerate(ALIKE):
        assert KNOWN.match([*ALIKE[:place], model_file(file.name, b"other"), *ALIKE[place + 1 :]]) is None


def test_a_model_with_a_hash_that_is_not_known_is_never_matched():
    half_known = dataclasses.replace(LISTED, files=(dataclasses.replace(LISTED.files[0], sha256=""), *LISTED.files[1:]))
    known = ModelList((half_known,), ())

    assert not half_known.is_known
    assert known.match(half_known.files) is None


def test_a_changed_file_is_told_by_what_the_others_are():
    changed = [model_file("model.bin", b"other") if one.name == "model.bin" else one for one in ALIKE]

    assert KNOWN.resembled(changed) == (LISTED, "model.bin")
    assert KNOWN.resembled([one for one in ALIKE if one.name != "tokenizer.json"]) == (LISTED, "tokenizer.json")
    assert KNOWN.resembled([model_file("model.bin", b"other"), model_file("config.json", b"other")]) is None


def test_english_alone_has_one_token_less():
    assert not is_multilingual_vocabulary(51_864)
    assert is_multilingual_vocabulary(51_865)
