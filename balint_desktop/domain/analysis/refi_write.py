"""Write a project or a codebook in the exchange format REFI-QDA (QDA-XML 1.0, 18 March 2019).

A text is UTF-8 without a byte order mark, so that no program counts it as a character; each element names its user and
its moment, which one reader cannot do without; the names of codes and texts are unique over the whole file, since one
reader finds them by name; and a speaker is a case with a code of the same guid, as NVivo does it.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from xml.etree import ElementTree as ET

from balint_desktop.domain.analysis.project import (
    Project,
    ProjectCase,
    ProjectCode,
    ProjectCoding,
    ProjectNote,
    ProjectSet,
    ProjectSource,
)

PROJECT_MEMBER = "project.qde"
SOURCES_FOLDER = "sources"
PROJECT_NAMESPACE = "urn:QDA-XML:project:1.0"
CODEBOOK_NAMESPACE = "urn:QDA-XML:codebook:1.0"
# A zip needs a moment for each member: the earliest there is tells nothing.
_NO_MOMENT = (1980, 1, 1, 0, 0, 0)
_DERIVED = bytes.fromhex("5f1c3f5e8a584a109d5b2a0f4c8b7e10")
# The first two bits of this digit are always 10 (RFC 9562, 4.1).
_VARIANTS = "89ab" * 4
_TO_ESCAPE = re.compile("[^ !#-%'-;=?-~]")
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def project_to_qdpx(project: Project) -> bytes:
    """Return a project as a .qdpx file. Raise ValueError where a name of a code or a text stands twice."""
    _require_unique("code", [code.name for code in project.codes] + [case.name for case in project.cases])
    _require_unique("text", [source.name for source in project.sources])
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        _add(file, PROJECT_MEMBER, _to_bytes(_ProjectWriter(project).written()))
        texts = {one.guid: one.text for one in project.sources} | {one.guid: one.text for one in project.notes}
        for guid, text in texts.items():
            _add(file, f"{SOURCES_FOLDER}/{guid}.txt", text.encode())
    return packed.getvalue()


def codebook_to_qdc(codes: Sequence[ProjectCode], origin: str) -> bytes:
    """Return codes with names, descriptions, colours and nesting as a .qdc file."""
    root = _element("CodeBook", xmlns=CODEBOOK_NAMESPACE, origin=origin)
    _add_codes(ET.SubElement(root, "Codes"), _by_parent(codes), None, {})
    return _to_bytes(root)


def derived_guid(*names: str) -> str:
    """Return a guid that is the same for the same names: for elements that have none of their own."""
    # As uuid5 makes it, which costs three times as much: there is one for each coding.
    made = hashlib.sha1(_DERIVED + " ".join(names).encode(), usedforsecurity=False).hexdigest()
    return f"{made[:8]}-{made[8:12]}-5{made[13:16]}-{_VARIANTS[int(made[16], 16)]}{made[17:20]}-{made[20:32]}"


def _require_unique(kind: str, names: Sequence[str]) -> None:
    if len({name.casefold() for name in names}) < len(names):
        raise ValueError(f"the name of a {kind} stands twice")


def _add(file: zipfile.ZipFile, name: str, data: bytes) -> None:
    member = zipfile.ZipInfo(name, _NO_MOMENT)
    member.compress_type = zipfile.ZIP_DEFLATED
    # What is packed is small, and half of the time would go into the last third of its size.
    file.writestr(member, data, compresslevel=1)


def _to_bytes(root: ET.Element) -> bytes:
    pieces = ['<?xml version="1.0" encoding="utf-8"?>\n']
    _serialize(root, pieces)
    return "".join(pieces).encode()


def _serialize(element: ET.Element, pieces: list[str]) -> None:
    """Append the XML of an element. The library's own looks through all for namespaces first: half of the time."""
    pieces.append(f"<{element.tag}")
    for name, value in element.items():
        pieces.append(f' {name}="{_escaped(value)}"')
    text = element.text or ""
    if not text and not len(element):
        pieces.append("/>")
        return
    pieces.append(f">{_escaped(text)}")
    for child in element:
        _serialize(child, pieces)
    pieces.append(f"</{element.tag}>")


def _escaped(text: str) -> str:
    """Return a text as XML has it, in an attribute too, where a line end would become a space.

    Signs that no XML may hold are left out. Nearly every text is a guid or a number, which stands as it is.
    """
    if not _TO_ESCAPE.search(text):
        return text
    if not text.isprintable():
        text = _NOT_IN_XML.sub("", text)
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    return text if text.isprintable() else text.replace("\r", "&#13;").replace("\n", "&#10;").replace("\t", "&#9;")


class _ProjectWriter:
    """Builds the XML of a project, in the order that the schema wants."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._codings: dict[str, list[ProjectCoding]] = defaultdict(list)
        for coding in project.codings:
            self._codings[coding.source].append(coding)
        self._spoken: dict[str, list[tuple[ProjectCase, int, int]]] = defaultdict(list)
        for case in project.cases:
            for source, begin, end in case.spans:
                self._spoken[source].append((case, begin, end))
        self._notes: dict[str, list[str]] = defaultdict(list)
        for note in project.notes:
            for target in note.about:
                self._notes[target].append(note.guid)
        names = dict.fromkeys(name for source in project.sources for name in source.variables)
        self._variables = {name: derived_guid("variable", name) for name in names}

    def written(self) -> ET.Element:
        project = self._project
        root = _element(
            "Project",
            xmlns=PROJECT_NAMESPACE,
            name=project.name,
            origin=project.origin,
            creatingUserGUID=project.writer,
            creationDateTime=project.created,
        )
        _add_all(root, "Users", (_element("User", guid=one.guid, name=one.name) for one in project.coders))
        self._add_codebook(root)
        _add_all(
            root,
            "Variables",
            (
                _element("Variable", guid=guid, name=name, typeOfVariable="Text")
                for name, guid in self._variables.items()
            ),
        )
        _add_all(root, "Cases", map(_case, project.cases))
        _add_all(root, "Sources", map(self._source, project.sources))
        _add_all(root, "Notes", map(self._note, project.notes))
        _add_all(root, "Sets", map(_set, project.sets))
        return root

    def _add_codebook(self, root: ET.Element) -> None:
        # A speaker's case is queried by a code of its own guid.
        codes = [*self._project.codes, *(ProjectCode(case.guid, case.name) for case in self._project.cases)]
        if codes:
            _add_codes(ET.SubElement(ET.SubElement(root, "CodeBook"), "Codes"), _by_parent(codes), None, self._notes)

    def _source(self, source: ProjectSource) -> ET.Element:
        by, when = source.coder or self._project.writer, source.created or self._project.created
        element = _element(
            "TextSource",
            guid=source.guid,
            name=source.name,
            plainTextPath=_path(source.guid),
            creatingUser=by,
            creationDateTime=when,
        )
        for coding in self._codings[source.guid]:
            stamp = {"creatingUser": coding.coder or by, "creationDateTime": coding.created or when}
            selection = _selection(coding.guid, source, coding.begin, coding.end, stamp)
            _add_description(selection, coding.memo)
            selection.append(_coding(coding.guid, coding.code, stamp))
            _add_refs(selection, "NoteRef", self._notes.get(coding.guid, ()))
            element.append(selection)
        for number, (case, begin, end) in enumerate(self._spoken[source.guid]):
            guid, stamp = (
                derived_guid(source.guid, case.guid, str(number)),
                {"creatingUser": by, "creationDateTime": when},
            )
            selection = _selection(guid, source, begin, end, stamp)
            selection.append(_coding(guid, case.guid, stamp))
            element.append(selection)
        _add_refs(element, "NoteRef", self._notes.get(source.guid, ()))
        for name, value in source.variables.items():
            variable = ET.SubElement(element, "VariableValue")
            variable.append(_element("VariableRef", targetGUID=self._variables[name]))
            ET.SubElement(variable, "TextValue").text = value
        return element

    def _note(self, note: ProjectNote) -> ET.Element:
        return _element(
            "Note",
            guid=note.guid,
            name=note.name,
            plainTextPath=_path(note.guid),
            creatingUser=note.coder or self._project.writer,
            creationDateTime=note.created or self._project.created,
        )


def _add_all(root: ET.Element, tag: str, elements: Iterable[ET.Element]) -> None:
    """Add elements in one of their own around them; the schema allows none that is empty."""
    inside = list(elements)
    if inside:
        ET.SubElement(root, tag).extend(inside)


def _by_parent(codes: Iterable[ProjectCode]) -> Mapping[str | None, Sequence[ProjectCode]]:
    found: dict[str | None, list[ProjectCode]] = defaultdict(list)
    for code in codes:
        found[code.parent].append(code)
    return found


def _add_codes(
    into: ET.Element,
    codes: Mapping[str | None, Sequence[ProjectCode]],
    parent: str | None,
    notes: Mapping[str, Sequence[str]],
) -> None:
    for code in codes.get(parent, ()):
        element = _element(
            "Code",
            guid=code.guid,
            name=code.name,
            isCodable="true" if code.is_codable else "false",
            color=code.colour,
        )
        _add_description(element, code.description)
        _add_refs(element, "NoteRef", notes.get(code.guid, ()))
        _add_codes(element, codes, code.guid, notes)
        into.append(element)


def _case(case: ProjectCase) -> ET.Element:
    element = _element("Case", guid=case.guid, name=case.name)
    _add_refs(element, "CodeRef", (case.guid,))
    return element


def _set(one: ProjectSet) -> ET.Element:
    element = _element("Set", guid=one.guid, name=one.name)
    _add_description(element, one.description)
    _add_refs(element, "MemberCode", one.codes)
    _add_refs(element, "MemberSource", one.sources)
    return element


def _selection(guid: str, source: ProjectSource, begin: int, end: int, stamp: Mapping[str, str]) -> ET.Element:
    return _element(
        "PlainTextSelection",
        guid=guid,
        name=source.text[begin:end],
        startPosition=str(begin),
        endPosition=str(end),
        **stamp,
    )


def _coding(selection: str, code: str, stamp: Mapping[str, str]) -> ET.Element:
    coding = _element("Coding", guid=derived_guid("coding", selection), **stamp)
    _add_refs(coding, "CodeRef", (code,))
    return coding


def _add_refs(element: ET.Element, tag: str, guids: Iterable[str]) -> None:
    for guid in guids:
        element.append(_element(tag, targetGUID=guid))


def _add_description(element: ET.Element, text: str) -> None:
    if text:
        ET.SubElement(element, "Description").text = text


def _element(tag: str, **attributes: str) -> ET.Element:
    """Return an element with the attributes that are not empty, and its name although it is."""
    return ET.Element(tag, {name: value for name, value in attributes.items() if value or name == "name"})


def _path(guid: str) -> str:
    return f"internal://{guid}.txt"
