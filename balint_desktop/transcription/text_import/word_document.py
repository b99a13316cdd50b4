"""The text of a Word document (.docx), within limits: one member is unpacked, and no XML entity is resolved."""

from __future__ import annotations

import re
from xml.parsers import expat

from balint_desktop.domain.foreign import FOREIGN_ERRORS
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.untrusted_xml import DEEPEST, parse_xml, xml_parser
from balint_desktop.domain.untrusted_zip import ZipLimit, limit_of, opened_zip

_DOCUMENT = re.compile(r"word/document\d*\.xml")
_WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main}",
    "http://purl.oclc.org/ooxml/wordprocessingml/main}",
)
# What was moved away stands a second time where it is now; a fallback is the same once more for older programs.
_SKIPPED = {"moveFrom", "Fallback"}
_CODES: dict[ZipLimit | None, TroubleCode] = {
    ZipLimit.TOO_LARGE: TroubleCode.TEXT_FILE_LARGE,
    ZipLimit.PACKED_OTHERWISE: TroubleCode.TEXT_FILE_DAMAGED,
}
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def document_text(data: bytes, name: str) -> str:
    """Return the text of a document: an empty line after each paragraph, tabs between the cells of a table's row.

    Raise Trouble: TEXT_FILE_KIND for a zip of another kind, TEXT_FILE_LARGE, TEXT_FILE_DAMAGED.
    """
    reader = _Reader()
    try:
        reader.read(_document_xml(data, name))
    except (expat.ExpatError, *FOREIGN_ERRORS) as error:
        raise Trouble(TroubleCode.TEXT_FILE_DAMAGED, name=name) from error
    return reader.text


def _document_xml(data: bytes, name: str) -> bytes:
    code, xml = None, b""
    try:
        with opened_zip(data) as file:
            member = next((one for one in file.infolist() if _DOCUMENT.fullmatch(one.filename)), None)
            limit = limit_of(file, member) if member is not None else None
            code = TroubleCode.TEXT_FILE_KIND if member is None else _CODES.get(limit)
            if member is not None and limit is None:
                xml = file.read(member)
    except ValueError as error:
        raise Trouble(TroubleCode.TEXT_FILE_DAMAGED, name=name) from error
    if code is not None:
        raise Trouble(code, name=name)
    return xml


class _Reader:
    """Collects the text of a document while it is parsed. A document type, which declares entities, ends it."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._depth = 0
        self._skipped_from: int | None = None
        self._in_text = False
        self._rows = 0

    @property
    def text(self) -> str:
        return "".join(self._parts)

    def read(self, xml: bytes) -> None:
        """Parse a document. Raise ExpatError, ValueError."""
        parser = xml_parser()
        parser.StartElementHandler = self._begin
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parse_xml(parser, xml)

    def _begin(self, name: str, _attributes: object) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise ValueError("too deep")
        local = name.rpartition("}")[2]
        if local in _SKIPPED and self._skipped_from is None:
            self._skipped_from = self._depth
        if self._skipped_from is not None or not name.startswith(_WORD):
            return
        self._in_text = local == "t"
        self._rows += local == "tr"
        self._parts.append(_SIGNS.get(local, ""))

    def _end(self, name: str) -> None:
        if self._skipped_from == self._depth:
            self._skipped_from = None
        self._depth -= 1
        self._in_text = False
        if self._skipped_from is not None or not name.startswith(_WORD):
            return
        local = name.rpartition("}")[2]
        self._rows -= local == "tr"
        if local == "tc":
            self._parts.append("\t")
        elif local == "tr" or (local == "p" and not self._rows):
            self._parts.append("\n\n")
        elif local == "p":
            self._parts.append(" ")

    def _characters(self, text: str) -> None:
        if self._in_text and self._skipped_from is None:
            self._parts.append(text)
