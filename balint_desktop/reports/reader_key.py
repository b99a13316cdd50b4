"""A reader key on paper and as a file: what it is, the key, and the words to compare. No more."""

from __future__ import annotations

from html import escape

from balint_desktop.domain.key_words import key_words
from balint_desktop.i18n import tr
from balint_desktop.text import reader_key


def key_file(recipient: str) -> bytes:
    """Return a text file that age takes as a list of recipients: all but the key is in comments."""
    words = reader_key.words_line(recipient)
    comments = (tr("Balint Desktop: reader key"), reader_key.about(), reader_key.compare(), words)
    return "".join((*(f"# {line}\n" for line in comments), f"{recipient}\n")).encode()


def sheet_html(recipient: str) -> str:
    """Return the sheet to print: the words large and numbered, the key in lines of equal length."""
    numbered = [f"{number}\u00a0{word}" for number, word in enumerate(key_words(recipient), start=1)]
    parts = (
        f"<h1>{escape(tr('Reader key'))}</h1>",
        f"<p>{escape(reader_key.about())}</p>",
        f"<p><tt>{'<br>'.join(reader_key.key_lines(recipient))}</tt></p>",
        f"<p>{escape(reader_key.compare())}</p>",
        f"<h2>{escape('   '.join(numbered[:4]))}<br>{escape('   '.join(numbered[4:]))}</h2>",
    )
    return "".join(parts)
