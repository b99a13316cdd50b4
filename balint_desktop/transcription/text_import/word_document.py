"""The text of a Word document (.docx), within limits: one member is unpacked, and no XML entity is resolved."""

from __future__ import annotations

from collections.abc import Mapping

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.word_parts import (
    DOCUMENT,
    FALLBACK,
    SIGNS,
    WordFileError,
    WordFileFault,
    WordXmlReader,
    word_parts,
)

# What was moved away stands a second time where it is now.
_SKIPPED = {"moveFrom", FALLBACK}
_CODES = {
    WordFileFault.KIND: TroubleCode.TEXT_FILE_KIND,
    WordFileFault.LARGE: TroubleCode.TEXT_FILE_LARGE,
    WordFileFault.DAMAGED: TroubleCode.TEXT_FILE_DAMAGED,
}
_TEXT = "document"


def document_text(data: bytes, name: str) -> str:
    """Return the text of a document: an empty line after each paragraph, tabs between the cells of a table's row.

    Raise Trouble: TEXT_FILE_KIND for a zip of another kind, TEXT_FILE_LARGE, TEXT_FILE_DAMAGED.
    """
    reader = _Reader()
    try:
        reader.read(word_parts(data, {_TEXT: DOCUMENT})[_TEXT])
    except WordFileError as error:
        raise Trouble(_CODES[error.fault], name=name) from error
    return reader.text


class _Reader(WordXmlReader):
    """Collects the text of a document as it reads with all changes taken."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: list[str] = []
        self._skipped_from: int | None = None
        self._in_text = False
        self._rows = 0

    @property
    def text(self) -> str:
        return "".join(self._parts)

    def begin(self, local: str, attributes: Mapping[str, str], *, is_word: bool) -> None:  # noqa: ARG002
        if local in _SKIPPED and self._skipped_from is None:
            self._skipped_from = self.depth
        if self._skipped_from is not None or not is_word:
            return
        self._in_text = local == "t"
        self._rows += local == "tr"
        self._parts.append(SIGNS.get(local, ""))

    def end(self, local: str, *, is_word: bool) -> None:
        is_skipped = self._skipped_from is not None and self._skipped_from != self.depth
        if self._skipped_from == self.depth:
            self._skipped_from = None
        self._in_text = False
        if is_skipped or not is_word:
            return
        self._rows -= local == "tr"
        if local == "tc":
            self._parts.append("\t")
        elif local == "tr" or (local == "p" and not self._rows):
            self._parts.append("\n\n")
        elif local == "p":
            self._parts.append(" ")

    def characters(self, text: str) -> None:
        if self._in_text and self._skipped_from is None:
            self._parts.append(text)
