"""Every page, as it is shown: nothing is cut off, at any size of text, and in a language that needs more room.

Nor does the mouse wheel change a field there, and Escape presses only what goes back.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from languages.pseudo import TAG, speak_pseudo
from pages import example_vault
from pages.reading import cut_off, untranslated
from pages.seen import Seen
from pages.walk import SIZE, Walk
from pages.words import LONG_PAGES, MOST

# A screen of 1280 by 720 pixels at a scale factor of 2.
HALF = (SIZE[0] // 2, SIZE[1] // 2)
TESTS = Path(__file__).resolve().parents[1]


@pytest.fixture(
    scope="module", params=[(1.0, SIZE), (2.0, SIZE), (1.0, HALF)], ids=["text at 100 %", "at 200 %", "scale factor 2"]
)
def seen(request, qapp, tmp_path_factory):
    """One walk at each size."""
    scale, size = request.param
    found = Seen()
    with (
        pytest.MonkeyPatch.context() as patch,
        Walk(qapp, tmp_path_factory.mktemp("pages"), patch, scale=scale, size=size) as walk,
    ):
        for name in walk.pages():
            found.look(walk, name, size)
    return found


def _windows(walk):
    return [walk.shell, *walk.popups()]


def test_nothing_is_cut_off(seen):
    assert seen.cut == []


def test_nothing_is_cut_off_on_a_screen_of_twice_the_pixels():
    """Asked of a process of its own: fonts are of other widths there than at half the size."""
    command = [sys.executable, "-m", "pages.looks", "--looks", "light", "--sizes", "x2", "--no-pictures"]
    paths = os.pathsep.join(map(str, (TESTS.parent, TESTS)))
    done = subprocess.run(command, env=os.environ | {"PYTHONPATH": paths}, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout.splitlines()[1:]) == (0, []), done.stderr


def test_the_window_takes_the_size_of_its_screen(seen):
    assert seen.larger == []


@pytest.mark.parametrize("seen", [(1.0, SIZE)], indirect=True, ids=["text at 100 %"])
def test_a_page_of_many_words_has_a_reason(seen):
    over = {name: n for name, n in seen.words.items() if n > MOST and not name.startswith(tuple(LONG_PAGES))}

    assert over == {}


@pytest.mark.parametrize("seen", [(1.0, SIZE)], indirect=True, ids=["text at 100 %"])
def test_every_page_has_its_page_of_help(seen):
    # Help is its own, and whoever the laptop is passed to gets a sheet and nothing else.
    helpless = {
        name for name, page in seen.helped.items() if not page and not name.startswith(("help", "written-part"))
    }

    assert helpless == set()


@pytest.mark.parametrize("seen", [(1.0, SIZE)], indirect=True, ids=["text at 100 %"])
def test_escape_presses_every_button_that_goes_back_on_any_page_and_no_other(seen):
    assert (seen.escape.without, seen.escape.other) == (set(), set())
    assert seen.escape.roles > 40


@pytest.mark.parametrize("seen", [(1.0, SIZE)], indirect=True, ids=["text at 100 %"])
def test_the_wheel_changes_nothing_on_any_page(seen):
    assert seen.wheel.changed == []
    assert seen.wheel.tried > 20


def test_in_a_longer_language_every_text_is_translated_and_nothing_is_cut_off(qapp, tmp_path, monkeypatch):
    speak_pseudo(monkeypatch)
    raw, cut = {}, []
    with Walk(qapp, tmp_path, monkeypatch, language=TAG) as walk:
        for name in walk.pages(deep=True):
            for shown in _windows(walk):
                for one in untranslated(shown, example_vault.NAMES):
                    raw.setdefault(one, name)
                cut += [f"{name}: {one}" for one in cut_off(shown)]

    assert (raw, cut) == ({}, [])
