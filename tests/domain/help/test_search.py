"""Help is searched by beginnings of words, whatever their accents, capitals and script."""

from __future__ import annotations

import pytest

from balint_desktop.domain.help.page import parse_page
from balint_desktop.domain.help.search import fold, highlighted_words, search, spans_of, words_of


def page(key, title, *paragraphs):
    return parse_page(key, "\n\n".join((f"# {title}", *paragraphs)))


def found(pages, text):
    return [one.page.key for one in search(pages, text)]


def lit(text, search_for):
    return [text[first:after] for first, after in spans_of(text, words_of(search_for))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Wiederherstellungsschlüssel", "wiederherstellungsschlussel"),
        ("Straße", "strasse"),
        ("Māori", "maori"),
        ("Ångström, Łódź, smørrebrød", "angstrom, lodz, smorrebrod"),
        ("Ma\u0304ori", "maori"),
        ("ΑΘΉΝΑ", "αθηνα"),
    ],
)
def test_accents_and_capitals_are_folded(text, expected):
    assert expected == fold(text)


@pytest.mark.parametrize(
    ("text", "search_for", "expected"),
    [
        ("Der Schlüssel öffnet", "schlus", ["Schlüs"]),
        ("Der Schlüssel öffnet", "OFF", ["öff"]),
        ("Die Straße", "strasse", ["Straße"]),
        ("Māori and maori", "maori", ["Māori", "maori"]),
        ("Ma\u0304ori", "ma", ["Ma\u0304"]),
        ("unlock the lock", "lock", ["lock"]),
        ("don’t record", "don", ["don"]),
        ("begin again", "begin be", ["begin"]),
        ("录音已加密", "加密", ["加密"]),
        ("והמפתח", "מפתח", ["מפתח"]),
        ("пароль", "ПАР", ["пар"]),
    ],
)
def test_a_word_is_found_by_its_beginning(text, search_for, expected):
    assert expected == lit(text, search_for)


def test_every_word_must_be_on_the_page():
    pages = [page("a", "One", "The microphone is lost."), page("b", "Two", "The microphone works.")]

    assert found(pages, "micro lost") == ["a"]


def test_titles_come_first_then_headings_then_more_of_it():
    pages = [
        page("once", "One", "A backup."),
        page("often", "Two", "A backup, a backup, a backup."),
        page("heading", "Three", "## Backups", "None."),
        page("title", "Backups", "None."),
    ]

    assert found(pages, "backup") == ["title", "heading", "often", "once"]


def test_equal_pages_stay_in_the_order_of_help():
    pages = [page("a", "One", "The key."), page("b", "Two", "The key.")]

    assert found(pages, "key") == ["a", "b"]


@pytest.mark.parametrize("nothing", ["", "  ", "…", "*", "("])
def test_a_search_without_words_finds_nothing(nothing):
    assert search([page("a", "One", "All of it.")], nothing) == []


def test_the_excerpt_is_the_paragraph_with_most_of_the_words_around_the_first():
    long = f"{'before it ' * 30}the recovery key {'after it ' * 30}"
    (one,) = search([page("a", "One", "A key.", long)], "recovery key")

    text, spans = one.excerpt.text, one.excerpt.spans
    assert [text[first:after] for first, after in spans] == ["recovery", "key"]
    assert text.startswith("… ")
    assert text.endswith(" …")
    assert len(text) <= 170


def test_a_word_longer_than_an_excerpt_is_not_lost():
    (one,) = search([page("a", "One", "x" * 400)], "xxx")

    assert one.excerpt.spans[0] == (0, 3)


def test_the_names_of_buttons_are_found_without_their_marks():
    (one,) = search([page("a", "One", "Press *Begin* now.")], "begin now")

    assert one.excerpt.text == "Press Begin now."


@pytest.mark.parametrize("typed", ["schluessel", "SCHLÜSSEL", "schlussel"])
def test_an_umlaut_may_be_typed_as_two_letters(typed):
    pages = [page("a", "Eins", "Der Schlüssel."), page("b", "Zwei", "Das Papier.")]

    assert found(pages, typed) == ["a"]
    assert highlighted_words(pages, typed) == ("schlussel",)


def test_two_letters_that_are_spelt_so_are_left():
    pages = [page("a", "One", "A cue."), page("b", "Two", "A cup.")]

    assert found(pages, "cue") == ["a"]


def test_a_word_that_every_page_has_is_looked_for_but_not_highlighted():
    pages = [page("a", "One", "The group, then the leader."), page("b", "Two", "The key.")]

    (one,) = search(pages, "the leader")

    assert one.excerpt.spans == ((20, 26),)
    assert highlighted_words(pages, "the leader") == ("leader",)
    assert highlighted_words(pages, "the") == ("the",)


def test_a_page_is_found_by_its_keywords():
    pages = [
        parse_page("a", "Keywords: password, login\n# One\n## First\n\nThe passphrase."),
        page("b", "Two", "None."),
    ]

    found = search(pages, "password")

    assert [one.page.key for one in found] == ["a"]
    assert found[0].excerpt.text == "The passphrase."
    assert found[0].excerpt.spans == ()
