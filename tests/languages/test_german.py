"""German has one word for one thing, in the window as in Help."""

from __future__ import annotations

import re

import pytest
from languages.messages import FOLDER, read

from balint_desktop.library.help import help_pages


@pytest.fixture(scope="module")
def catalogue():
    # What Help can be searched for is not shown, and has the other words too.
    hidden = {page.keywords for page in help_pages()}
    return [one for one in read(FOLDER / "de.po") if one.id and one.id not in hidden and not one.fuzzy]


@pytest.fixture(scope="module")
def texts(catalogue):
    return [text for one in catalogue for text in forms(one.string)]


def forms(of):
    """Return a text, or each of its plural forms."""
    return [of] if isinstance(of, str) else list(of)


@pytest.mark.parametrize(
    ("other", "word"),
    [
        (r"\bVideoanruf|\bAnruf\b|\bAnrufs\b|Videositzung", "Videokonferenz"),
        (r"\bMitteilungen", "Benachrichtigungen"),
        (r"\bAusbildung", "Weiterbildung"),
        (r"Festplatte", "Datenträger"),
        (r"\bEscape\b", "Esc"),
        (r"Ctrl\+|Strg\+Return|Strg\+Enter", "Strg+Eingabe"),
        (r"\bjenes\b|\bjene\b|\bjenen\b", "dieses"),
        (r"Co-leit", "Co-Leitung"),
        (r"[Ee]rste[n]? Fassung", "Entwurf"),
        (r"\b[Uu]nklar", "unverständlich"),
        (r"ehrere zugleich", "mehrere gleichzeitig"),
        (r"[Dd]rücken Sie (auf )?\*", "Klicken Sie auf"),
    ],
)
def test_one_thing_has_one_word(texts, other, word):
    assert [text for text in texts if re.search(other, text)] == []
    assert any(word in text for text in texts)


def test_no_button_does_what_its_name_says_twice(texts):
    doubled = [re.match(r"\*(\w+)\* (\w+)", text) for text in texts]

    assert [one[0] for one in doubled if one and one[1].lower()[:5] == one[2].lower()[:5]] == []


def test_an_ellipsis_has_a_space_before_it_only_where_english_has_one(catalogue):
    def spaced(text):
        return len(re.findall(r"\s…", text))

    ellipses = [one for one in catalogue if any("…" in text for text in forms(one.string))]
    assert len(ellipses) > 100
    assert [
        text for one in ellipses for text in forms(one.string) if spaced(text) != max(map(spaced, forms(one.id)))
    ] == []


def test_an_ellipsis_is_one_sign(texts):
    assert [text for text in texts if "..." in text] == []
