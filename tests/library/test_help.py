"""Every page of Help is there, leads somewhere, and names only what is in the window, in every language."""

from __future__ import annotations

import re
import tomllib

import pytest
from languages.extract import ROOT, everything
from languages.messages import FOLDER, read

from balint_desktop import i18n, resources
from balint_desktop.domain.help.page import BlockKind, names_in, parse_page
from balint_desktop.domain.help.search import search
from balint_desktop.library.help import CHAPTERS, help_page, help_pages, picture
from balint_desktop.ui.room.view_panel import keys_line
from balint_desktop.ui.theme.colours import ALL

KEYS = [key for keys in CHAPTERS.values() for key in keys]
LANGUAGES = sorted(path.stem for path in FOLDER.glob("*.po"))


@pytest.fixture(autouse=True)
def in_english():
    i18n.use(("en",))
    yield
    i18n.use(("en",))


def test_every_file_is_a_page_in_one_chapter():
    files = sorted(path.stem for path in resources.folder("help").glob("*.md"))

    assert files == sorted(KEYS)


@pytest.mark.parametrize("key", KEYS)
def test_each_link_leads_to_a_page_and_is_called_by_its_title(key):
    page = parse_page(key, resources.text(f"help/{key}.md"))

    assert [(block.target, block.text) for block in page.blocks if block.kind is BlockKind.LINK] == [
        (target, help_page(target).title) for target in page.links()
    ]


def test_every_page_can_be_reached_from_another():
    reached = {target for page in help_pages() for target in page.links()}

    # The first is where one begins.
    assert set(KEYS) - reached <= {"groups", "settings", "evaluation", "five-minutes"}


@pytest.mark.parametrize("language", ["en", *LANGUAGES])
def test_each_picture_is_there_in_every_look_and_language(language):
    i18n.use((language,))
    names = {name for page in help_pages() for name in page.pictures()}

    files = {picture(name, look.name) for name in names for look in ALL}

    assert names
    # The dimmed room shows the dark ones.
    assert len(files) == len(names) * (len(ALL) - 1)
    assert {path.parent.name for path in files} == {"pictures" if language == "en" else language}
    assert all(path.is_file() for path in files)


def test_a_language_without_pictures_shows_the_english_ones(monkeypatch):
    monkeypatch.setattr("balint_desktop.library.help.language", lambda: "xx")

    assert picture("room", "dark").name == "room-dark.png"
    assert picture("room", "dark").is_file()


def test_the_pictures_are_small():
    size = sum(path.stat().st_size for path in (resources.folder("help") / "pictures").rglob("*.png"))

    assert size < 600_000


@pytest.mark.parametrize("key", KEYS)
def test_a_page_is_short(key):
    words = sum(len(text.split()) for text in help_page(key).texts())

    assert 60 <= words <= 250


@pytest.fixture(scope="module")
def shown():
    return {one.text.replace("&", "") for one in everything() if one.context != "help"}


@pytest.mark.parametrize("key", KEYS)
def test_a_page_names_only_what_is_in_the_window(key, shown):
    named = {name for text in help_page(key).texts() for name in names_in(text)}

    assert named - shown == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_another_language_names_the_same_buttons_by_their_names_there(language):
    catalogue = read(FOLDER / f"{language}.po")
    shown = {}
    for one in catalogue:
        if one.id and one.context != "help" and isinstance(one.id, str):
            shown.setdefault(one.id.replace("&", ""), set()).add(one.string.replace("&", ""))

    wrong = [
        (name, text)
        for key in KEYS
        for text in help_page(key).texts()
        for translated in [catalogue.get(text, "help").string]
        for name in names_in(text)
        if not shown[name] & set(names_in(translated)) or len(names_in(text)) != len(names_in(translated))
    ]

    assert wrong == []


@pytest.mark.parametrize("language", ["en", *LANGUAGES])
def test_every_page_has_other_words_to_be_found_by(language):
    i18n.use((language,))

    for page in help_pages():
        assert page.keywords.count(", ") >= 3
        assert page.keywords not in page.texts()


@pytest.mark.parametrize("language", ["en", *LANGUAGES])
@pytest.mark.parametrize("evaluation", [False, True])
def test_the_keys_of_the_room_are_written_in_help_as_in_its_list(language, evaluation):
    i18n.use((language,))
    page = " ".join(help_page("keyboard").texts())

    listed = [key for keys, _ in keys_line(evaluation=evaluation) for key in keys.split("  ")]

    assert [key for key in listed if key not in page] == []
    assert "Return" not in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_in_another_language_every_page_is_in_it(language):
    english = {text for page in help_pages() for text in page.texts()}
    i18n.use((language,))
    translated = {text for page in help_pages() for text in page.texts()}

    # A short name may be the same word in both.
    assert {text for text in english & translated if len(text.split()) > 3} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_link_is_called_by_the_title_of_its_page_in_another_language_too(language):
    i18n.use((language,))

    for page in help_pages():
        for block in page.blocks:
            if block.kind is BlockKind.LINK:
                assert block.text == help_page(block.target).title


@pytest.mark.parametrize("language", ["en", *LANGUAGES])
def test_no_sentence_ends_with_four_dots(language):
    i18n.use((language,))

    assert [text for page in help_pages() for text in page.texts() if "…*." in text or "…." in text] == []


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("wiederherstellungsschlussel", "recovery-key"),
        ("ton export", "reports"),
        ("Schluessel", "recovery-key"),
        ("Kopfhoerer", "online"),
        ("groesse", "settings"),
        ("Passwort", "first-start"),
        ("Passwort vergessen", "recovery-key"),
        ("Datenschutz", "sealing"),
        ("Widerruf", "consent"),
        ("aufzeichnen", "recordings"),
        ("Videokonferenz", "online"),
        ("zoom", "online"),
    ],
)
def test_german_is_found_without_its_accents_and_by_other_words(words, expected):
    i18n.use(("de",))

    assert expected in [one.page.key for one in search(help_pages(), words)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("forgotten pass", "recovery-key"),
        ("maori", "limits"),
        ("disk full", "trouble"),
        ("safeguard", "limits"),
        ("stick", "backups"),
        ("headphones", "online"),
        ("undo", "dates"),
        ("password", "first-start"),
        ("forgot password", "recovery-key"),
        ("zoom", "online"),
        ("teams", "online"),
        ("withdraw", "consent"),
        ("data protection", "sealing"),
    ],
)
def test_what_is_looked_for_is_found(words, expected):
    assert expected in [one.page.key for one in search(help_pages(), words)]


def test_addresses_of_the_network_are_text_alone():
    raw = "".join(resources.text(f"help/{key}.md") for key in KEYS)

    assert re.findall(r"\]\((?!pictures/)(?![a-z0-9-]+\.md\))[^)]*\)|<a |<img ", raw) == []


def test_the_pages_and_their_pictures_are_in_the_wheel():
    build = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]

    assert build["targets"]["wheel"]["force-include"]["resources/help"] == "balint_desktop/_resources/help"
