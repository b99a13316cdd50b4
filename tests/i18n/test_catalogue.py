"""Catalogues: our reader and compiler, beside Babel's."""

from __future__ import annotations

import gettext
import io

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from balint_desktop import resources
from balint_desktop.i18n import catalogue

HEADER = (
    'msgid ""\nmsgstr ""\n'
    '"Content-Type: text/plain; charset=utf-8\\n"\n'
    '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n'
)
PO = (
    HEADER
    + """
#: balint_desktop/x.py
msgid "Close"
msgstr "Schließen"

msgctxt "format"
msgid "Close"
msgstr "Ausklang"

#, python-brace-format
msgid "{n} day"
msgid_plural "{n} days"
msgstr[0] "{n} Tag"
msgstr[1] "{n} Tage"

msgid ""
"Two "
"lines\\nof \\"text\\""
msgstr ""
"Zwei Zeilen\\n"
"„Text“"

#, fuzzy
msgid "Guess"
msgstr "Geraten"

msgid "Nothing yet"
msgstr ""

#~ msgid "Gone"
#~ msgstr "Weg"
"""
)


@pytest.fixture
def texts():
    return gettext.GNUTranslations(io.BytesIO(catalogue.compiled_catalogue(PO)))


def test_a_text_is_found(texts):
    assert texts.gettext("Close") == "Schließen"


def test_the_same_text_in_a_context_is_another(texts):
    assert texts.pgettext("format", "Close") == "Ausklang"


@pytest.mark.parametrize(("n", "expected"), [(1, "{n} Tag"), (0, "{n} Tage"), (7, "{n} Tage")])
def test_a_plural_has_the_forms_of_its_language(texts, n, expected):
    assert texts.ngettext("{n} day", "{n} days", n) == expected


def test_a_text_over_several_lines_is_one(texts):
    assert texts.gettext('Two lines\nof "text"') == "Zwei Zeilen\n„Text“"


@pytest.mark.parametrize("text", ["Guess", "Nothing yet", "Gone"])
def test_a_guess_a_gap_and_what_is_gone_are_not_shown(texts, text):
    assert texts.gettext(text) == text


def test_a_line_that_is_none_of_a_catalogue_is_named():
    with pytest.raises(catalogue.CatalogueError, match="line 2"):
        catalogue.entries('msgid "x"\nmsgstr x\n')


@pytest.mark.parametrize("tag", catalogue.tags(resources.folder("translations")))
def test_our_compiler_and_babels_agree_on_every_language(tag):
    path = resources.folder("translations") / f"{tag}.po"
    out = io.BytesIO()
    with path.open("rb") as file:
        write_mo(out, read_po(file))
    theirs = gettext.GNUTranslations(io.BytesIO(out.getvalue()))
    ours = gettext.GNUTranslations(io.BytesIO(catalogue.compiled_catalogue(path.read_text(encoding="utf-8"))))

    # Babel also writes plurals that nobody has translated yet, as they are in English.
    assert ours._catalog
    assert ours._catalog == {name: text for name, text in theirs._catalog.items() if name in ours._catalog}


def test_a_compiled_catalogue_comes_before_the_po_file(tmp_path):
    (tmp_path / "de.mo").write_bytes(catalogue.compiled_catalogue(PO))
    (tmp_path / "de.po").write_text(HEADER, encoding="utf-8")

    assert catalogue.load(tmp_path, "de").gettext("Close") == "Schließen"


def test_a_checkout_reads_the_po_file(tmp_path):
    (tmp_path / "de.po").write_text(PO, encoding="utf-8")

    assert catalogue.tags(tmp_path) == ("de",)
    assert catalogue.load(tmp_path, "de").gettext("Close") == "Schließen"
