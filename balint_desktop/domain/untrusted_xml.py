"""Parse XML that may be hostile: no document type, so no entity is declared, resolved or expanded; bounded depth."""

from __future__ import annotations

from collections.abc import Callable
from xml.parsers import expat

DEEPEST = 200


def xml_parser() -> expat.XMLParserType:
    """Return a parser that refuses a document type. Its names are namespace}name.

    Parsing raises ExpatError, ValueError.
    """
    parser = expat.ParserCreate(namespace_separator="}")
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    return parser


def parse_xml(parser: expat.XMLParserType, xml: bytes) -> None:
    """Parse a whole document."""
    parse: Callable[[bytes, bool], object] = parser.Parse
    parse(xml, True)  # noqa: FBT003  expat takes no keyword


def _refuse(*_declaration: object) -> None:
    raise ValueError("a document type")
