"""The parts of a Word document (.docx) that may be hostile: unpacked within limits, parsed without any entity."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from xml.parsers import expat

from balint_desktop.domain.foreign import FOREIGN_ERRORS
from balint_desktop.domain.untrusted_xml import DEEPEST, parse_xml, xml_parser
from balint_desktop.domain.untrusted_zip import ZipLimit, limit_of, opened_zip

DOCUMENT = re.compile(r"word/document\d*\.xml")
WORD_NAMESPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main}",
    "http://purl.oclc.org/ooxml/wordprocessingml/main}",
)
# A fallback is the same once more for older programs.
FALLBACK = "Fallback"
SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


class WordFileFault(StrEnum):
    """Why a document cannot be read."""

    KIND = "kind"
    """It is a zip of another kind."""
    LARGE = "large"
    DAMAGED = "damaged"


class WordFileError(ValueError):
    """The bytes are no Word document, or more than may be unpacked."""

    def __init__(self, fault: WordFileFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


_FAULTS = {ZipLimit.TOO_LARGE: WordFileFault.LARGE, ZipLimit.PACKED_OTHERWISE: WordFileFault.DAMAGED}


def word_parts(data: bytes, wanted: Mapping[str, re.Pattern[str]]) -> dict[str, bytes]:
    """Return the XML of the parts that a document has, by the name each is wanted under. Raise WordFileError.

    The first member whose whole name fits is the part. A file without the text itself is no document.
    """
    found: dict[str, bytes] = {}
    fault: WordFileFault | None = None
    try:
        with opened_zip(data) as file:
            members = file.infolist()
            if not any(DOCUMENT.fullmatch(one.filename) for one in members):
                fault = WordFileFault.KIND
            for name, pattern in wanted.items():
                member = next((one for one in members if pattern.fullmatch(one.filename)), None)
                limit = limit_of(file, member) if member is not None else None
                if limit is not None:
                    fault = fault or _FAULTS[limit]
                elif member is not None and fault is None:
                    found[name] = file.read(member)
    except ValueError as error:
        raise WordFileError(WordFileFault.DAMAGED) from error
    if fault is not None:
        raise WordFileError(fault)
    return found


class WordXmlReader:
    """Base of what reads a part of a document while it is parsed: names without their namespaces, a bounded depth."""

    def __init__(self) -> None:
        self._depth = 0

    def read(self, xml: bytes) -> None:
        """Parse a part. Raise WordFileError."""
        parser = xml_parser()
        parser.StartElementHandler = self._begin
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self.characters
        try:
            parse_xml(parser, xml)
        except WordFileError:
            raise
        except (expat.ExpatError, *FOREIGN_ERRORS) as error:
            raise WordFileError(WordFileFault.DAMAGED) from error

    def begin(self, local: str, attributes: Mapping[str, str], *, is_word: bool) -> None:
        """Take the beginning of an element; `is_word` is whether it is one of Word's own text."""
        raise NotImplementedError

    def end(self, local: str, *, is_word: bool) -> None:
        """Take the end of an element."""
        raise NotImplementedError

    def characters(self, text: str) -> None:
        """Take text."""

    @property
    def depth(self) -> int:
        """Return how deep the element is that begins or ends."""
        return self._depth

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise ValueError("too deep")
        self.begin(name.rpartition("}")[2], attributes, is_word=name.startswith(WORD_NAMESPACES))

    def _end(self, name: str) -> None:
        self.end(name.rpartition("}")[2], is_word=name.startswith(WORD_NAMESPACES))
        self._depth -= 1


def attribute(attributes: Mapping[str, str], local: str) -> str:
    """Return the value of an attribute by its name without its namespace, empty without one."""
    return next((value for name, value in attributes.items() if name.rpartition("}")[2] == local), "")
