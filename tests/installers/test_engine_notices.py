"""The licences that come with the engine's packages: of all that is in them, and of nothing else."""

from __future__ import annotations

import importlib.util
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
COMPONENTS = tomllib.loads((ROOT / "resources" / "licences" / "components.toml").read_text(encoding="utf-8"))[
    "component"
]
NOT_FREE = [one for one in COMPONENTS if "Not free software" in one["copyright"]]


@pytest.fixture(scope="module")
def engine_notices():
    spec = importlib.util.spec_from_file_location(
        "engine_notices", ROOT / "installers" / "common" / "engine_notices.py"
    )
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def headings(engine_notices):
    """The names in the notices, in the order of the file."""
    return re.findall(r"^={100}\n(.+)\nLicence: ", engine_notices.notices(), re.MULTILINE)


def test_each_part_has_one_notice(engine_notices, headings):
    assert sorted(name.lower() for name in headings) == sorted(engine_notices.names())


@pytest.mark.parametrize("name", ["ctranslate2", "faster-whisper", "soxr", "libsoxr", "numpy", "Python", "Eigen"])
def test_what_is_in_the_engine_is_named(headings, name):
    assert name in headings


@pytest.mark.parametrize("name", ["Qt 6", "pyrage", "PortAudio", "Lato"])
def test_what_is_in_the_app_alone_is_not(headings, name):
    assert name not in headings


def test_four_parts_are_not_free_software():
    assert {one["name"] for one in NOT_FREE} == {
        "Intel oneAPI Math Kernel Library (oneMKL)",
        "Intel OpenMP Runtime Library",
        "NVIDIA CUDA Runtime",
        "Microsoft Visual C++ runtime",
    }


@pytest.mark.parametrize("component", NOT_FREE, ids=lambda one: one["name"])
def test_each_part_that_is_not_free_is_named_in_the_licence_and_has_its_whole_terms(engine_notices, component):
    assert component["name"].partition(" (")[0] in engine_notices.licence()
    for text in component["texts"]:
        whole = (ROOT / "resources" / "licences" / "texts" / f"{text}.txt").read_text(encoding="utf-8")
        assert whole.strip() in engine_notices.notices()


def test_a_part_without_a_notice_stops_the_build(engine_notices, monkeypatch):
    monkeypatch.setattr(engine_notices, "names", lambda: {"numpy", "new-package"})

    with pytest.raises(SystemExit, match="Without a notice: new-package"):
        engine_notices.notices()


def test_both_texts_are_written_beside_the_program(engine_notices, tmp_path):
    engine_notices.write_texts(tmp_path)

    assert (tmp_path / "LICENCE.txt").read_text(encoding="utf-8") == engine_notices.licence()
    assert (tmp_path / "THIRD_PARTY_NOTICES.txt").read_text(encoding="utf-8") == engine_notices.notices()
    assert "Permission is hereby granted, free of charge" in engine_notices.licence()
