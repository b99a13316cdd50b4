"""The licences of what is shipped: complete, whole, and readable without a network."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from balint_desktop import resources
from balint_desktop.library.notices import read_notices

ROOT = Path(__file__).resolve().parents[2]
LOCK = (ROOT / "requirements.lock").read_text() + (ROOT / "requirements-transcribe.lock").read_text()
PINNED = sorted({line.partition("==")[0] for line in LOCK.splitlines() if "==" in line and not line.startswith(" ")})
NOTICES = {notice.name.lower(): notice for notice in read_notices()}
COMPONENTS = tomllib.loads(resources.text("licences/components.toml"))["component"]


@pytest.mark.parametrize("name", PINNED)
def test_each_package_that_is_installed_with_the_app_has_its_notice(name):
    assert NOTICES[name.lower()].licence
    assert len(NOTICES[name.lower()].text) > 40


@pytest.mark.parametrize(
    "name",
    ["Qt 6", "libsndfile", "LAME (libmp3lame)", "mpg123 (libmpg123)", "Opus", "PortAudio", "SQLite", "Lato", "libgomp"],
)
def test_what_is_not_python_has_its_notice_with_its_source(name):
    assert "Source: https://" in NOTICES[name.lower()].text


@pytest.mark.parametrize("component", COMPONENTS, ids=lambda one: one["name"])
def test_a_component_shows_the_whole_text_of_its_licence_and_its_copyright(component):
    shown = NOTICES[component["name"].lower()].text
    for name in component["texts"]:
        assert resources.text(f"licences/texts/{name}.txt").strip() in shown
    assert component["copyright"].strip() in shown


def test_the_lgpl_of_qt_is_there_with_the_gpl_it_builds_on():
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in NOTICES["qt 6"].text
    assert "TERMS AND CONDITIONS" in NOTICES["qt 6"].text


def test_libsodiums_licence_comes_with_the_package_that_holds_it():
    assert "Frank Denis" in NOTICES["pynacl"].text


@pytest.mark.parametrize(
    "name", ["Intel oneAPI Math Kernel Library (oneMKL)", "Intel OpenMP Runtime Library", "NVIDIA CUDA Runtime"]
)
def test_what_is_no_free_software_is_called_so(name):
    assert "Not free software" in NOTICES[name.lower()].text


def test_the_wheel_carries_the_file_in_the_package_and_beside_its_metadata():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())

    assert "resources/licences/THIRD_PARTY_NOTICES.txt" in project["project"]["license-files"]
    assert "resources/licences" in project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
