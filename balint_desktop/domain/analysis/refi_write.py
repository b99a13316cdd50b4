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
    inside = _element("Codes", {}, _codes(_by_parent(codes), None, {}))
    return _to_bytes(_element("CodeBook", {"xmlns": CODEBOOK_NAMESPACE, "origin": origin}, inside))


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


def _to_bytes(root: str) -> bytes:
    return f'<?xml version="1.0" encoding="utf-8"?>\n{root}'.encode()


def _element(tag: str, attributes: Mapping[str, str], inside: str = "") -> str:
    """Return an element with the attributes that are not empty, and its name although it is; `inside` is XML."""
    # As text from the first on: made of objects, a study takes twice as long.
    written = "".join([f' {name}="{_escaped(value)}"' for name, value in attributes.items() if value or name == "name"])
    return f"<{tag}{written}>{inside}</{tag}>" if inside else f"<{tag}{written}/>"


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

    def written(self) -> str:
        project = self._project
        variables = (
            _element("Variable", {"guid": guid, "name": name, "typeOfVariable": "Text"})
            for name, guid in self._variables.items()
        )
        return _element(
            "Project",
            {
                "xmlns": PROJECT_NAMESPACE,
                "name": project.name,
                "origin": project.origin,
                "creatingUserGUID": project.writer,
                "creationDateTime": project.created,
            },
            "".join(
                (
                    _around(
                        "Users", (_element("User", {"guid": one.guid, "name": one.name}) for one in project.coders)
                    ),
                    self._codebook(),
                    _around("Variables", variables),
                    _around("Cases", map(_case, project.cases)),
                    _around("Sources", map(self._source, project.sources)),
                    _around("Notes", map(self._note, project.notes)),
                    _around("Sets", map(_set, project.sets)),
                )
            ),
        )

    def _codebook(self) -> str:
        # A speaker's case is queried by a code of its own guid.
        codes = [*self._project.codes, *(ProjectCode(case.guid, case.name) for case in self._project.cases)]
        return _around("CodeBook", [_around("Codes", [_codes(_by_parent(codes), None, self._notes)])])

    def _source(self, source: ProjectSource) -> str:
        stamp = {
            "creatingUser": source.coder or self._project.writer,
            "creationDateTime": source.created or self._project.created,
        }
        about = {"guid": source.guid, "name": source.name, "plainTextPath": _path(source.guid), **stamp}
        inside = [self._passage(source, coding, stamp) for coding in self._codings[source.guid]]
        for number, (case, begin, end) in enumerate(self._spoken[source.guid]):
            guid = derived_guid(source.guid, case.guid, str(number))
            inside.append(_selection(guid, source, (begin, end), stamp, _coding(guid, case.guid, stamp)))
        inside.append(_refs("NoteRef", self._notes.get(source.guid, ())))
        for name, value in source.variables.items():
            ref = _element("VariableRef", {"targetGUID": self._variables[name]})
            inside.append(_element("VariableValue", {}, ref + _element("TextValue", {}, _escaped(value))))
        return _element("TextSource", about, "".join(inside))

    def _passage(self, source: ProjectSource, coding: ProjectCoding, stamp: Mapping[str, str]) -> str:
        own = {
            "creatingUser": coding.coder or stamp["creatingUser"],
            "creationDateTime": coding.created or stamp["creationDateTime"],
        }
        notes = _refs("NoteRef", self._notes.get(coding.guid, ()))
        inside = f"{_description(coding.memo)}{_coding(coding.guid, coding.code, own)}{notes}"
        return _selection(coding.guid, source, (coding.begin, coding.end), own, inside)

    def _note(self, note: ProjectNote) -> str:
        return _element(
            "Note",
            {
                "guid": note.guid,
                "name": note.name,
                "plainTextPath": _path(note.guid),
                "creatingUser": note.coder or self._project.writer,
                "creationDateTime": note.created or self._project.created,
            },
        )


def _around(tag: str, elements: Iterable[str]) -> str:
    """Return elements in one of their own around them; the schema allows none that is empty."""
    inside = "".join(elements)
    return _element(tag, {}, inside) if inside else ""


def _by_parent(codes: Iterable[ProjectCode]) -> Mapping[str | None, Sequence[ProjectCode]]:
    found: dict[str | None, list[ProjectCode]] = defaultdict(list)
    for code in codes:
        found[code.parent].append(code)
    return found


def _codes(
    codes: Mapping[str | None, Sequence[ProjectCode]],
    parent: str | None,
    notes: Mapping[str, Sequence[str]],
) -> str:
    return "".join(
        _element(
            "Code",
            {
                "guid": code.guid,
                "name": code.name,
                "isCodable": "true" if code.is_codable else "false",
                "color": code.colour,
            },
            _description(code.description)
            + _refs("NoteRef", notes.get(code.guid, ()))
            + _codes(codes, code.guid, notes),
        )
        for code in codes.get(parent, ())
    )


def _case(case: ProjectCase) -> str:
    return _element("Case", {"guid": case.guid, "name": case.name}, _refs("CodeRef", (case.guid,)))


def _set(one: ProjectSet) -> str:
    members = _refs("MemberCode", one.codes) + _refs("MemberSource", one.sources)
    return _element("Set", {"guid": one.guid, "name": one.name}, _description(one.description) + members)


def _selection(guid: str, source: ProjectSource, span: tuple[int, int], stamp: Mapping[str, str], inside: str) -> str:
    begin, end = span
    about = {
        "guid": guid,
        "name": source.text[begin:end],
        "startPosition": str(begin),
        "endPosition": str(end),
        **stamp,
    }
    return _element("PlainTextSelection", about, inside)


def _coding(selection: str, code: str, stamp: Mapping[str, str]) -> str:
    return _element("Coding", {"guid": derived_guid("coding", selection), **stamp}, _refs("CodeRef", (code,)))


def _refs(tag: str, guids: Iterable[str]) -> str:
    return "".join([_element(tag, {"targetGUID": guid}) for guid in guids])


def _description(text: str) -> str:
    return _element("Description", {}, _escaped(text)) if text else ""


def _path(guid: str) -> str:
    return f"internal://{guid}.txt"
