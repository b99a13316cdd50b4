"""Read a project in the exchange format REFI-QDA, whoever wrote it, within limits and without resolving any entity.

Positions are counted as the standard has it, in characters of the text as it lies in the file, a byte order mark left
out. Here they become positions in the text with line feeds alone. Only ATLAS.ti counts a line end of two characters as
one, so its positions stay as they are.
"""

from __future__ import annotations

import functools
import re
import zipfile
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from xml.etree import ElementTree as ET
from xml.parsers import expat

from balint_desktop.domain.analysis.project import (
    Project,
    ProjectCase,
    ProjectCode,
    ProjectCoder,
    ProjectCoding,
    ProjectNote,
    ProjectSet,
    ProjectSource,
)
from balint_desktop.domain.foreign import FOREIGN_ERRORS
from balint_desktop.domain.untrusted_xml import parse_xml, xml_parser
from balint_desktop.domain.untrusted_zip import limit_of, opened_zip

_MOST_UNPACKED = 64 * 1024 * 1024
_MOST_MEMBERS = 10_000
_DEEPEST = 100
# A study of six sessions has some 50,000 elements and attributes; each costs the memory some hundred bytes.
_MOST_NODES = 2_000_000
# Each pair of them is compared.
_MOST_CODERS = 500
_COLOUR = re.compile("#[0-9A-Fa-f]{6}")
_POSITION = re.compile("[+-]?[0-9]{1,9}")
# A codebook of more codes is no one's to work with, and would hold up the window.
_MOST_CODES = 2_000
_INTERNAL = "internal://"
_ATLAS = "atlas"
_OTHER_SOURCES = ("PictureSource", "PDFSource", "AudioSource", "VideoSource")


class ProjectFileError(ValueError):
    """The bytes are no project that can be read, or more than may be unpacked."""


class CodebookTooLargeError(ProjectFileError):
    """A codebook has more codes than one can work with."""


def read_qdpx(data: bytes) -> Project:
    """Return the project in a .qdpx file. Raise ProjectFileError."""
    try:
        with opened_zip(data) as file:
            return _ProjectReader(_ArchiveMembers(file)).project()
    except ValueError as error:
        raise ProjectFileError("not a project file") from error


def read_qdc(data: bytes) -> tuple[ProjectCode, ...]:
    """Return the codes of a codebook, a .qdc file, none of an empty one.

    Raise ProjectFileError, CodebookTooLargeError.
    """
    if len(data) > _MOST_UNPACKED:
        raise CodebookTooLargeError("more than is read")
    root = _parsed(data)
    if root.tag != "CodeBook":
        raise ProjectFileError("not a codebook")
    codes = _child(root, "Codes")
    if codes is None:
        return ()
    if sum(one.tag == "Code" for one in codes.iter()) > _MOST_CODES:
        raise CodebookTooLargeError("more codes than one can work with")
    return tuple(_by_guid(_codes(codes, None)).values())


def _by_guid(codes: Iterable[ProjectCode]) -> dict[str, ProjectCode]:
    """Return codes by guid. Raise ProjectFileError where two have one: a code could be under itself."""
    found: dict[str, ProjectCode] = {}
    for code in codes:
        if code.guid in found:
            raise ProjectFileError("two codes have one guid")
        found[code.guid] = code
    return found


def _parsed(data: bytes) -> ET.Element:
    """Return the root of an XML text. Raise ProjectFileError."""
    builder, depth, nodes = ET.TreeBuilder(), 0, 0
    # Of the name alone: whatever the namespace is called. There are thousands of elements, and few names.
    local = functools.lru_cache(maxsize=256)(lambda tag: tag.rpartition("}")[2])

    def begin(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth, nodes
        depth += 1
        nodes += 1 + len(attributes)
        if depth > _DEEPEST or nodes > _MOST_NODES:
            raise ProjectFileError("nested too deep, or too many elements")
        builder.start(local(tag), attributes)

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(local(tag))

    parser = xml_parser()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = begin, end
    parser.CharacterDataHandler = builder.data
    try:
        parse_xml(parser, data)
        return builder.close()
    except (expat.ExpatError, AssertionError, *FOREIGN_ERRORS) as error:
        raise ProjectFileError("not XML") from error


class _ArchiveMembers:
    """The members of an archive by their names without case, read within limits."""

    def __init__(self, file: zipfile.ZipFile) -> None:
        self._file = file
        self._by_name = {one.filename.casefold(): one for one in file.infolist()}
        if len(self._by_name) < len(file.infolist()):
            raise ProjectFileError("two members have one name")
        self._left = _MOST_UNPACKED

    def read(self, name: str) -> bytes | None:
        """Return a member, None without one. Raise ProjectFileError beyond the limits, for all that was read too."""
        member = self._by_name.get(name.casefold())
        if member is None:
            return None
        if limit_of(self._file, member, most_unpacked=self._left, most_members=_MOST_MEMBERS) is not None:
            raise ProjectFileError("beyond the limits of an archive")
        self._left -= member.file_size
        return self._file.read(member)


class _FileText:
    """A text as it lies in a file, and its positions with line feeds alone."""

    def __init__(self, data: bytes, *, counts_line_ends_once: bool) -> None:
        text = _decoded(data)
        is_kept = "\r" not in text or counts_line_ends_once
        self._pairs = () if is_kept else tuple(found.start() for found in re.finditer("\r\n", text))
        self.text = text.replace("\r\n", "\n").replace("\r", "\n")

    def place(self, position: int) -> int:
        return position - bisect_left(self._pairs, position)


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


class _ProjectReader:
    """Reads a project element by element. References to what is not there are counted as left out."""

    def __init__(self, members: _ArchiveMembers) -> None:
        data = members.read("project.qde")
        if data is None:
            raise ProjectFileError("no project in the archive")
        self._members = members
        self._root = _parsed(data)
        if self._root.tag != "Project":
            raise ProjectFileError("no project")
        self._origin = self._root.get("origin", "")
        self._left_out: Counter[str] = Counter()
        self._noted: dict[str, list[str]] = {}
        self._codings: list[ProjectCoding] = []
        self._cases: dict[str, ProjectCase] = {}
        self._codes: dict[str, ProjectCode] = {}

    def project(self) -> Project:
        root = self._root
        book = _child(root, "CodeBook")
        codes = _child(book, "Codes") if book is not None else None
        if codes is not None:
            self._codes = _by_guid(self._read_codes(codes))
        self._cases = dict(self._read_cases())
        variables = {_guid(one): one.get("name", "") for one in _inside(root, "Variables", "Variable")}
        sources = tuple(self._read_sources(variables))
        cases = self._cases_with_spans()
        notes = tuple(self._read_notes())
        coders = tuple(ProjectCoder(_guid(one), one.get("name", "")) for one in _inside(root, "Users", "User"))
        if len({one.guid for one in coders} | {one.coder for one in self._codings}) > _MOST_CODERS:
            raise ProjectFileError("more coders than any study has")
        self._left_out.update(
            {"Link": len(list(_inside(root, "Links", "Link"))), "Graph": len(list(_inside(root, "Graphs", "Graph")))}
        )
        return Project(
            name=root.get("name", ""),
            origin=self._origin,
            coders=coders,
            codes=tuple(code for code in self._codes.values() if code.guid not in self._cases),
            sources=sources,
            codings=tuple(one for one in self._codings if one.code not in self._cases),
            notes=notes,
            cases=cases,
            sets=tuple(self._read_sets()),
            writer=_bare(root.get("creatingUserGUID", "")),
            created=root.get("creationDateTime", ""),
            left_out={kind: count for kind, count in self._left_out.items() if count},
        )

    def _read_codes(self, codes: ET.Element) -> Iterator[ProjectCode]:
        for element in codes.iter():
            if element.tag == "Code":
                self._note_all(_guid(element), element)
        yield from _codes(codes, None)

    def _read_cases(self) -> Iterator[tuple[str, ProjectCase]]:
        for element in _inside(self._root, "Cases", "Case"):
            for ref in _children(element, "CodeRef"):
                guid = _target(ref)
                yield guid, ProjectCase(guid, element.get("name", ""))

    def _cases_with_spans(self) -> tuple[ProjectCase, ...]:
        spans: dict[str, list[tuple[str, int, int]]] = {guid: [] for guid in self._cases}
        for coding in self._codings:
            if coding.code in spans:
                spans[coding.code].append((coding.source, coding.begin, coding.end))
        return tuple(ProjectCase(guid, case.name, tuple(spans[guid])) for guid, case in self._cases.items())

    def _read_sources(self, variables: Mapping[str, str]) -> Iterator[ProjectSource]:
        for parent in _children(self._root, "Sources"):
            for element in parent:
                if element.tag in _OTHER_SOURCES:
                    self._left_out[element.tag] += 1
                elif element.tag == "TextSource":
                    source = self._read_source(element, variables)
                    if source is not None:
                        yield source

    def _read_source(self, element: ET.Element, variables: Mapping[str, str]) -> ProjectSource | None:
        guid = _guid(element)
        file_text = self._text_of(element)
        if file_text is None:
            self._left_out["TextSource"] += 1
            return None
        self._note_all(guid, element)
        for selection in _children(element, "PlainTextSelection"):
            self._read_selection(guid, selection, file_text)
        for coding in _children(element, "Coding"):
            self._add_coding(coding, ProjectCoding("", guid, 0, len(file_text.text), ""))
        values = {}
        for value in _children(element, "VariableValue"):
            ref, texts = _child(value, "VariableRef"), [one for one in value if one.tag != "VariableRef"]
            if ref is not None and texts:
                values[variables.get(_target(ref), "")] = texts[0].text or ""
        return ProjectSource(guid, element.get("name", ""), file_text.text, *_stamp(element), values)

    def _read_selection(self, source: str, selection: ET.Element, file_text: _FileText) -> None:
        begin = file_text.place(_position(selection.get("startPosition", "")))
        end = file_text.place(_position(selection.get("endPosition", "")))
        self._note_all(_guid(selection), selection)
        coder, created = _stamp(selection)
        description = _child(selection, "Description")
        memo = (description.text or "") if description is not None else ""
        codings = list(_children(selection, "Coding"))
        guid = _guid(selection) if len(codings) == 1 else ""
        passage = ProjectCoding(guid, source, begin, end, "", coder, created, selection.get("name", ""), memo)
        for coding in codings:
            self._add_coding(coding, passage)

    def _add_coding(self, coding: ET.Element, passage: ProjectCoding) -> None:
        """Add a coding of a passage, which has what the coding does not say of itself."""
        ref = _child(coding, "CodeRef")
        code = _target(ref) if ref is not None else ""
        if code not in self._codes and code not in self._cases:
            self._left_out["Coding"] += 1
            return
        coder, created = _stamp(coding)
        self._codings.append(
            ProjectCoding(
                *(passage.guid or _guid(coding), passage.source, passage.begin, passage.end, code),
                *(coder or passage.coder, created or passage.created, passage.quoted, passage.memo),
            )
        )

    def _text_of(self, element: ET.Element) -> _FileText | None:
        content = _child(element, "PlainTextContent")
        once = _ATLAS in self._origin.casefold()
        if content is not None:
            return _FileText((content.text or "").encode(), counts_line_ends_once=once)
        path = element.get("plainTextPath", "")
        if not path.startswith(_INTERNAL):
            # A file elsewhere on somebody's computer.
            return None
        data = self._members.read(f"sources/{path.removeprefix(_INTERNAL)}")
        return None if data is None else _FileText(data, counts_line_ends_once=once)

    def _read_notes(self) -> Iterator[ProjectNote]:
        for element in _inside(self._root, "Notes", "Note"):
            text = self._text_of(element)
            description = _child(element, "Description")
            words = text.text if text is not None else (description.text or "" if description is not None else None)
            if words is None:
                self._left_out["Note"] += 1
                continue
            guid = _guid(element)
            about = tuple(dict.fromkeys(self._noted.get(guid, ())))
            yield ProjectNote(guid, element.get("name", ""), words, *_stamp(element), about)

    def _read_sets(self) -> Iterator[ProjectSet]:
        for element in _inside(self._root, "Sets", "Set"):
            description = _child(element, "Description")
            yield ProjectSet(
                _guid(element),
                element.get("name", ""),
                (description.text or "") if description is not None else "",
                tuple(_target(one) for one in _children(element, "MemberSource")),
                tuple(_target(one) for one in _children(element, "MemberCode")),
            )

    def _note_all(self, guid: str, element: ET.Element) -> None:
        for ref in _children(element, "NoteRef"):
            self._noted.setdefault(_target(ref), []).append(guid)


def _codes(parent: ET.Element, parent_guid: str | None) -> Iterator[ProjectCode]:
    for element in _children(parent, "Code"):
        description = _child(element, "Description")
        guid = _guid(element)
        yield ProjectCode(
            guid,
            element.get("name", ""),
            (description.text or "") if description is not None else "",
            _colour(element.get("color", "")),
            parent_guid,
            is_codable=element.get("isCodable", "true") in {"true", "1"},
        )
        yield from _codes(element, guid)


def _position(value: str) -> int:
    """Return a position, which may be outside of its text: placing checks each. Raise ProjectFileError."""
    if not _POSITION.fullmatch(value.strip()):
        raise ProjectFileError("not a position")
    return int(value)


def _colour(value: str) -> str:
    return value if _COLOUR.fullmatch(value) else ""


def _stamp(element: ET.Element) -> tuple[str, str]:
    return _bare(element.get("creatingUser", "")), element.get("creationDateTime", "")


def _children(element: ET.Element, tag: str) -> Iterator[ET.Element]:
    return (one for one in element if one.tag == tag)


def _child(element: ET.Element, tag: str) -> ET.Element | None:
    for one in element:
        if one.tag == tag:
            return one
    return None


def _inside(root: ET.Element, around: str, tag: str) -> Iterator[ET.Element]:
    for parent in _children(root, around):
        yield from _children(parent, tag)


def _guid(element: ET.Element) -> str:
    return _bare(element.get("guid", ""))


def _target(element: ET.Element) -> str:
    return _bare(element.get("targetGUID", ""))


def _bare(guid: str) -> str:
    """Return a guid as it is compared: without braces, in small letters."""
    return guid.strip().strip("{}").lower()
