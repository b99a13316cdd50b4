"""A small reader of project files that does what QualCoder does on import, by the rules that were found by running it.

It stores into tables whose names are unique, and is as unforgiving: a moment that is absent ends it, a second code of a
name has no id and takes its codings along, a text whose name is taken is not there, and a byte order mark is taken off
the text that positions count on. What a case has a code of its own guid for becomes text of that case.
"""

from __future__ import annotations

import io
import sqlite3
import zipfile
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

_SPACE = "{urn:QDA-XML:project:1.0}"
_TABLES = """
CREATE TABLE code_name (cid INTEGER PRIMARY KEY, name TEXT UNIQUE, owner TEXT NOT NULL, color TEXT);
CREATE TABLE code_cat (catid INTEGER PRIMARY KEY, name TEXT UNIQUE);
CREATE TABLE source (id INTEGER PRIMARY KEY, name TEXT UNIQUE, fulltext TEXT, date TEXT NOT NULL, owner TEXT NOT NULL);
CREATE TABLE code_text (cid INTEGER NOT NULL, fid INTEGER NOT NULL, seltext TEXT, pos0 INTEGER, pos1 INTEGER,
  owner TEXT NOT NULL, date TEXT NOT NULL, memo TEXT, UNIQUE (cid, fid, pos0, pos1, owner));
CREATE TABLE case_text (caseid INTEGER NOT NULL, fid INTEGER NOT NULL, pos0 INTEGER, pos1 INTEGER);
CREATE TABLE cases (caseid INTEGER PRIMARY KEY, name TEXT UNIQUE);
CREATE TABLE journal (name TEXT UNIQUE, jentry TEXT, date TEXT NOT NULL, owner TEXT NOT NULL);
"""


@dataclass
class QualCoderImport:
    """What is in its tables after an import."""

    codings: list[tuple[str, str, str, str, str]] = field(default_factory=list)
    """Code, coder, text, what is selected, memo."""
    case_texts: list[tuple[str, str]] = field(default_factory=list)
    """Case, and the text that is its."""
    journals: list[str] = field(default_factory=list)
    themes: list[str] = field(default_factory=list)


def read_as_qualcoder(data: bytes) -> QualCoderImport:
    """Import a project file. Raise AttributeError where a moment is absent, KeyError for a user."""
    return _Importer(zipfile.ZipFile(io.BytesIO(data))).imported()


class _Importer:
    def __init__(self, file):
        self._file = file
        self._root = ET.fromstring(file.read("project.qde").decode("utf-8-sig"))  # noqa: S314  our own file
        self._db = sqlite3.connect(":memory:")
        self._db.executescript(_TABLES)
        self._users = {one.get("guid"): one.get("name") for one in self._all("User")}
        self._codes = {}
        self._is_atlas = "ATLAS" in self._root.get("origin", "")

    def imported(self):
        for codes in self._all("Codes"):
            self._read_codes(codes)
        cases = {}
        for case in self._all("Case"):
            caseid = self._insert("INSERT INTO cases (name) VALUES (?)", case.get("name"))
            for ref in case.iter(f"{_SPACE}CodeRef"):
                cases[ref.get("targetGUID")] = caseid
        for source in self._all("TextSource"):
            self._read_source(source, cases)
        for note in self._all("Note"):
            text = self._text(note.get("plainTextPath"))
            self._insert(
                "INSERT INTO journal VALUES (?, ?, ?, ?)", note.get("name"), text, _moment(note), self._owner(note)
            )
        return self._found()

    def _read_codes(self, around):
        for code in around.findall(f"{_SPACE}Code"):
            if code.get("isCodable") == "true":
                values = (code.get("name"), "default", code.get("color"))
                self._codes[code.get("guid")] = self._insert(
                    "INSERT INTO code_name (name, owner, color) VALUES (?, ?, ?)", *values
                )
            else:
                self._insert("INSERT INTO code_cat (name) VALUES (?)", code.get("name"))
            self._read_codes(code)

    def _read_source(self, source, cases):
        text = self._text(source.get("plainTextPath"))
        values = (source.get("name"), text, _moment(source), self._owner(source))
        fid = self._insert("INSERT INTO source (name, fulltext, date, owner) VALUES (?, ?, ?, ?)", *values)
        for selection in source.findall(f"{_SPACE}PlainTextSelection"):
            begin, end = int(selection.get("startPosition")), int(selection.get("endPosition"))
            description = selection.find(f"{_SPACE}Description")
            memo = "" if description is None else description.text or ""
            when = _moment(selection)
            for coding in selection.findall(f"{_SPACE}Coding"):
                guid = coding.find(f"{_SPACE}CodeRef").get("targetGUID")
                if guid in cases:
                    self._insert("INSERT INTO case_text VALUES (?, ?, ?, ?)", cases[guid], fid, begin, end)
                    continue
                values = (self._codes.get(guid), fid, text[begin:end], begin, end, self._owner(coding), when, memo)
                self._insert("INSERT INTO code_text VALUES (?, ?, ?, ?, ?, ?, ?, ?)", *values)

    def _text(self, path):
        text = self._file.read(f"sources/{path.removeprefix('internal://')}").decode("utf-8")
        text = text.removeprefix("\ufeff")
        return text.replace("\r\n", "\n") if self._is_atlas else text

    def _owner(self, element):
        return self._users[element.get("creatingUser")]

    def _insert(self, sql, *values):
        """Insert a row and return its id; None where a name is taken or something it needs is absent."""
        try:
            return self._db.execute(sql, values).lastrowid
        except sqlite3.IntegrityError:
            return None

    def _all(self, tag):
        return self._root.iter(f"{_SPACE}{tag}")

    def _found(self):
        codings = self._db.execute(
            "SELECT code_name.name, code_text.owner, source.name, seltext, memo FROM code_text"
            " JOIN code_name USING (cid) JOIN source ON source.id = fid"
        ).fetchall()
        case_texts = self._db.execute(
            "SELECT cases.name, substr(fulltext, pos0 + 1, pos1 - pos0) FROM case_text JOIN cases USING (caseid)"
            " JOIN source ON source.id = fid"
        ).fetchall()
        journals = [entry for (entry,) in self._db.execute("SELECT jentry FROM journal")]
        themes = [name for (name,) in self._db.execute("SELECT name FROM code_cat")]
        self._db.close()
        return QualCoderImport(codings, case_texts, journals, themes)


def _moment(element):
    """Return a moment as it stores one: what is absent has no such method, which ends the import (its issue 1027)."""
    return element.get("creationDateTime").replace("T", " ").replace("Z", "")
