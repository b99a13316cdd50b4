"""Read a transcript from a file by what it contains, whatever its name says, within limits."""

from __future__ import annotations

from pathlib import Path

from balint_desktop.domain.encodings import NotTextError, decode, decode_as
from balint_desktop.domain.transcript.imported_text import ImportedText, ImportedTurn
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.transcription.text_import import plain_text, subtitles, time_stamps, web_page, word_document

# An hour is some 8,000 words: 60 kB of text, or 2 MB as a Word document that holds pictures.
MAX_BYTES = 16 * 1024 * 1024
MAX_SIGNS = 4_000_000
MAX_WORDS = 60_000
# Words, with the signs and times that a format puts between them.
_MOST_TERMS = 4 * MAX_WORDS

_ZIP = b"PK\x03\x04"
_OTHER_KINDS = (b"\xd0\xcf\x11\xe0", b"%PDF", b"PK", b"{\\rtf", b"OggS", b"ID3", b"RIFF", b"fLaC")
_OTHER_TEXTS = ("{", "<?xml", "BEGIN:V")


def read_text(path: Path) -> ImportedText:
    """Return the turns of a file. Raise Trouble TEXT_FILE_MISSING and what `parse_text` raises."""
    return parse_text(read_bytes(path), path.name)


def read_bytes(path: Path) -> bytes:
    """Return a file's bytes, and one more than may be parsed of a longer one. Raise Trouble TEXT_FILE_MISSING."""
    try:
        # Reading a pipe or a device would never end.
        if not path.is_file():
            raise Trouble(TroubleCode.TEXT_FILE_MISSING, name=path.name)
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise Trouble(TroubleCode.TEXT_FILE_MISSING, name=path.name) from error


def parse_text(data: bytes, name: str, encoding: str = "") -> ImportedText:
    """Return the turns of a file's bytes, in the encoding that a person chose where one is given.

    Raise Trouble: TEXT_FILE_EMPTY for a file without a word, TEXT_FILE_LARGE, TEXT_FILE_KIND for a file of another
    kind, TEXT_FILE_ENCODING, TEXT_FILE_DAMAGED for a document that cannot be read, or not safely.
    """
    if len(data) > MAX_BYTES:
        raise Trouble(TroubleCode.TEXT_FILE_LARGE, name=name)
    found = _document(data, name) if data.startswith(_ZIP) else _text(data, name, encoding)
    words = sum(len(piece.text.split()) for turn in found.turns for piece in turn.pieces)
    if not words:
        raise Trouble(TroubleCode.TEXT_FILE_EMPTY, name=name)
    if words > MAX_WORDS:
        raise Trouble(TroubleCode.TEXT_FILE_LARGE, name=name)
    return found


def _document(data: bytes, name: str) -> ImportedText:
    text = _bounded(word_document.document_text(data, name), name)
    # Word documents of meetings have times as subtitles do, and names on lines of their own.
    is_cues = subtitles.is_subtitles(text) and time_stamps.cue(text.lstrip().partition("\n")[0]) is None
    return ImportedText(subtitles.turns_of(text) if is_cues else plain_text.turns_of(text))


def _text(data: bytes, name: str, encoding: str) -> ImportedText:
    if data.startswith(_OTHER_KINDS):
        raise Trouble(TroubleCode.TEXT_FILE_KIND, name=name)
    try:
        found = decode_as(data, encoding) if encoding else decode(data)
    except NotTextError as error:
        raise Trouble(TroubleCode.TEXT_FILE_ENCODING, name=name) from error
    if found.text.lstrip().startswith(_OTHER_TEXTS) and not web_page.is_web_page(found.text):
        raise Trouble(TroubleCode.TEXT_FILE_KIND, name=name)
    return ImportedText(_turns(_bounded(found.text, name)), found.encoding, found.guessed)


def _bounded(text: str, name: str) -> str:
    if len(text) > MAX_SIGNS or max(len(text.split()), text.count("<")) > _MOST_TERMS:
        raise Trouble(TroubleCode.TEXT_FILE_LARGE, name=name)
    return text


def _turns(text: str) -> tuple[ImportedTurn, ...]:
    if web_page.is_web_page(text):
        return web_page.turns_of(text)
    return subtitles.turns_of(text) if subtitles.is_subtitles(text) else plain_text.turns_of(text)
