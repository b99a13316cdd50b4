"""The catalogues: nothing is missing from the template, and a translation says what its text says."""

from __future__ import annotations

import re

import pytest
from babel.messages.catalog import Catalog
from languages.extract import CODE, ROOT, everything, in_source, not_literal
from languages.extract import catalog as catalog_of
from languages.messages import FOLDER, POT, bring_up_to_date, read, untranslated

LANGUAGES = sorted(path.stem for path in FOLDER.glob("*.po"))
# Texts that are looked up in a table, whose rows `languages.extract` finds by the name of what holds them.
_TABLES_ARE_READ_IN = {
    "balint_desktop/cli/parsing.py",
    "balint_desktop/text/trouble.py",
    "balint_desktop/ui/group/form/new_group.py",
    "balint_desktop/i18n/library_texts.py",
}
_PLACEHOLDER = re.compile(r"\{[^{}]*\}")


def ids(of):
    return {(one.context, one.id) for one in of if one.id}


def test_the_template_is_up_to_date():
    """`make messages` brings it up."""
    assert ids(read(POT)) == ids(catalog_of(everything()))


def test_every_text_is_written_where_it_can_be_found():
    found = [
        place
        for path in sorted(CODE.rglob("*.py"))
        for place in not_literal(path.read_text(encoding="utf-8"), str(path.relative_to(ROOT)))
        if place.split(":")[0] not in _TABLES_ARE_READ_IN
    ]

    assert found == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_is_up_to_date(language):
    """`make messages` brings it up."""
    assert ids(read(FOLDER / f"{language}.po")) == ids(read(POT))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_without_its_translation(language):
    assert [one.id for one in untranslated(read(FOLDER / f"{language}.po"))] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_placeholders_of_its_text(language):
    wrong = [
        (one.id, text)
        for one in read(FOLDER / f"{language}.po")
        if one.id
        for original, text in _pairs(one)
        if (text and set(_PLACEHOLDER.findall(text)) - set(_PLACEHOLDER.findall(original)))
        or (
            text
            and not isinstance(one.id, tuple)
            and set(_PLACEHOLDER.findall(text)) != set(_PLACEHOLDER.findall(original))
        )
    ]

    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_begins_and_ends_as_its_text(language):
    """What is put together with others keeps its spaces, and a button that opens something its dots."""
    wrong = [
        (original, text)
        for one in read(FOLDER / f"{language}.po")
        if one.id
        for original, text in _pairs(one)
        if text and (_edges(original) != _edges(text))
    ]

    assert wrong == []


def test_german_quotes_are_german():
    wrong = [
        text
        for one in read(FOLDER / "de.po")
        if one.id
        for _original, text in _pairs(one)
        if "”" in text or re.search(r"(?<!\w)'|'(?!\w)|\"", text)
    ]

    assert wrong == []


def _pairs(one):
    texts = one.string if isinstance(one.string, list | tuple) else (one.string,)
    originals = one.id if isinstance(one.id, tuple) else (one.id,)
    return [(originals[min(at, len(originals) - 1)], text) for at, text in enumerate(texts)]


def _edges(text):
    return (text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :], text.endswith("…"))


SOURCE = """
tr("Plain")
tr("Two " "lines")
tr_n("{n} day", "{n} days", 3)
tr_in("format", "Open")
later("Looked up later")
Sentence("Happened.", "Safe.", "")
CommandHelp("vault", "help of it", {"create": "help of the act"})
GroupTemplate("six", "Six weekly sessions", 6, "Ng et al.")
tr(looked_up)
other("No text of ours")
"""


def test_a_text_is_found_wherever_it_stands():
    found = [(one.context, one.text, one.plural) for one in in_source(SOURCE, "x.py")]

    assert found == [
        ("", "Plain", ""),
        ("", "Two lines", ""),
        ("", "{n} day", "{n} days"),
        ("format", "Open", ""),
        ("", "Looked up later", ""),
        ("", "Happened.", ""),
        ("", "Safe.", ""),
        ("", "help of it", ""),
        ("", "help of the act", ""),
        ("", "Six weekly sessions", ""),
    ]


def test_a_text_that_is_not_written_there_is_pointed_at():
    assert not_literal(SOURCE, "x.py") == ["x.py:10"]


@pytest.mark.parametrize(
    "shown",
    [
        ("format", "Open and frame"),
        ("questionnaire", "I was listened to."),
        ("prompt", "Giving advice"),
        ("pathway", "from before June 2023"),
    ],
)
def test_the_files_of_resources_are_read(shown):
    assert shown in {(one.context, one.text) for one in everything()}


@pytest.mark.parametrize(("context", "expected"), [(None, "Schließen"), ("format", "Ausklang")])
def test_a_text_that_comes_back_has_its_translation_again(context, expected):
    language, template = Catalog(locale="de"), Catalog()
    template.add("Close", context=context)
    language.add("Close", expected, context=context)
    language.update(Catalog())

    bring_up_to_date(language, template)

    assert language.get("Close", context).string == expected
    assert not language.obsolete
