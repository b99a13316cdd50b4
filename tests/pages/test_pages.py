"""Every page, as it is shown: nothing is cut off, at any size of text, and in a language that needs more room."""

from __future__ import annotations

import pytest
from languages.pseudo import TAG, speak_pseudo
from pages import example_vault
from pages.reading import count_words, cut_off, untranslated
from pages.walk import SIZE, Walk
from pages.words import LONG_PAGES, MOST

# A screen of 1280 by 720 pixels at a scale factor of 2.
HALF = (SIZE[0] // 2, SIZE[1] // 2)


def cuts(walk):
    return [f"{name}: {one}" for name in walk.pages() for shown in _windows(walk) for one in cut_off(shown)]


def _windows(walk):
    return [walk.shell, *walk.popups()]


@pytest.mark.parametrize(("scale", "size"), [(1.0, SIZE), (2.0, SIZE), (1.0, HALF)], ids=["100", "200", "x2"])
def test_nothing_is_cut_off(qapp, tmp_path, monkeypatch, scale, size):
    with Walk(qapp, tmp_path, monkeypatch, scale=scale, size=size) as walk:
        assert cuts(walk) == []


@pytest.mark.parametrize("size", [SIZE, HALF], ids=["100", "x2"])
def test_the_window_takes_the_size_of_its_screen(qapp, tmp_path, monkeypatch, size):
    with Walk(qapp, tmp_path, monkeypatch, size=size) as walk:
        larger = [name for name in walk.pages() if walk.shell.size().toTuple() != size]

    assert larger == []


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


def test_a_page_of_many_words_has_a_reason(qapp, tmp_path, monkeypatch):
    with Walk(qapp, tmp_path, monkeypatch) as walk:
        long = {name: count_words(walk.page) for name in walk.pages()}

    over = {name: n for name, n in long.items() if n > MOST and not name.startswith(tuple(LONG_PAGES))}
    assert over == {}
