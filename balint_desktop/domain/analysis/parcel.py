"""Coding files that travel: to one coder the texts and their own work alone, and back what they made of them.

Each is a zip of JSON and text, sealed outside of here. A parcel to a coder holds nothing of anybody else's: no code, no
coding, no memo, no name of a code, no count. age does not say who sealed a file, so whoever returns the ticket is who
had the parcel.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from balint_desktop.domain.analysis.codebook import Codebook
from balint_desktop.domain.analysis.history import CoderWork
from balint_desktop.domain.analysis.study import Approach, Author, AuthorRole, Memo, RoundKind, StudyText, Workplace
from balint_desktop.domain.analysis.work_format import (
    book_from_plain,
    book_to_plain,
    memos_from_plain,
    memos_to_plain,
    text_from_plain,
    wall_from_plain,
    whole_from_plain,
    work_from_plain,
    work_to_plain,
)
from balint_desktop.domain.deidentify.approved import ApprovedText, approved_from_json, approved_to_json
from balint_desktop.domain.foreign import foreign_errors
from balint_desktop.domain.untrusted_zip import limit_of, opened_zip
from balint_desktop.domain.values import RecordingId, SessionKind

FORMAT = 1
PARCEL_ENDING = ".balint-coding"
CODES_ENDING = ".balint-codes"
TICKET_BYTES = 32
_OUT, _BACK = "balint-coding", "balint-codes"
_MANIFEST, _WORK, _FRAMEWORK, _README = "manifest.json", "work.json", "framework.json", "README.txt"
# A study of six sessions with 4,800 codings is some 3 MB.
_MOST_UNPACKED = 64 * 1024 * 1024
_MOST_ROUNDS = 1_000_000
_NO_MOMENT = (1980, 1, 1, 0, 0, 0)
_TICKET = re.compile(rf"[0-9a-f]{{{2 * TICKET_BYTES}}}")
_ID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_INSTRUCTIONS = """\
This file is for one coder. Open it in Balint Desktop with “Open a coding file…”: it is on Today while nothing is
analysed in your vault yet, and on Analysis after that. Code on your own, close your round, and send back the file that
Balint Desktop then makes.

texts/ has each text twice: as plain text, exactly as it is coded, and as JSON with its turns. Positions count
characters of the plain text (Unicode code points), ends not included.
"""
_BACK_INSTRUCTIONS = """\
This file is for the study that the texts came from: codes, codings and memos of one coder, as JSON.
"""


class NewerParcelError(ValueError):
    """A coding file of a later version."""


@dataclass(frozen=True, slots=True)
class ParcelText:
    """A text in a parcel: what the study knows of it, and the approved text itself."""

    about: StudyText
    text: ApprovedText


@dataclass(frozen=True, slots=True)
class CodingParcel:
    """What goes to a coder for a round. `recipient` is the study's public key, to which the answer is sealed.

    `earlier` is that coder's own work of earlier rounds; `framework` the codes of the version that the round uses, None
    in an open round.
    """

    study: str
    name: str
    question: str
    approach: Approach
    governance: str
    author: Author
    recipient: str
    ticket: str
    round: int
    kind: RoundKind
    opened_wall: float
    wanted_by: str
    texts: tuple[ParcelText, ...]
    earlier: Mapping[int, CoderWork] = field(default_factory=dict)
    framework: Codebook | None = None
    framework_version: int | None = None


@dataclass(frozen=True, slots=True)
class CodedText:
    """A text that was coded: which version, by its fingerprint."""

    version: int
    sha256: str


@dataclass(frozen=True, slots=True)
class CodingReturn:
    """What comes back from a coder: the closed round. `sha256` is the fingerprint that their own trail chains."""

    study: str
    round: int
    ticket: str
    closed_wall: float
    sha256: str
    texts: Mapping[RecordingId, CodedText]
    work: CoderWork
    memos: tuple[Memo, ...] = ()


def parcel_to_zip(parcel: CodingParcel) -> bytes:
    """Return a parcel as a zip, always the same bytes."""
    members: dict[str, bytes] = {_README: _INSTRUCTIONS.encode()}
    listed = []
    for at, one in enumerate(parcel.texts, start=1):
        # Which names were left on purpose is for the gate of the vault that approved it.
        text = replace(one.text, left=())
        members[f"texts/{at:03}.txt"] = text.text.encode()
        members[f"texts/{at:03}.json"] = approved_to_json(text)
        listed.append(_study_text_to_plain(one.about))
    manifest = {
        "kind": _OUT,
        "format": FORMAT,
        "study": parcel.study,
        "name": parcel.name,
        "question": parcel.question,
        "approach": parcel.approach.value,
        "governance": parcel.governance,
        "recipient": parcel.recipient,
        "ticket": parcel.ticket,
        "round": parcel.round,
        "round_kind": parcel.kind.value,
        "opened_wall": parcel.opened_wall,
        "wanted_by": parcel.wanted_by,
        "texts": listed,
        "author": _author_to_plain(parcel.author),
        "framework_version": parcel.framework_version,
    }
    members[_MANIFEST] = _json(manifest)
    members[_WORK] = _json({str(number): work_to_plain(work) for number, work in sorted(parcel.earlier.items())})
    if parcel.framework is not None:
        members[_FRAMEWORK] = _json(book_to_plain(parcel.framework))
    return _zip(members)


def read_parcel(data: bytes) -> CodingParcel:
    """Return a parcel. Raise NewerParcelError; ValueError for anything that is none."""
    members = _members(data)
    with _parcel_errors():
        manifest = _manifest(members, _OUT)
        texts = []
        for at, plain in enumerate(manifest["texts"], start=1):
            about, text = _study_text_from_plain(plain), approved_from_json(members[f"texts/{at:03}.json"])
            if text.sha256 != about.sha256 or text.version != about.version:
                raise ValueError("not the text that the parcel says it is")
            texts.append(ParcelText(about, text))
        if not texts or len({one.about.recording for one in texts}) != len(texts):
            raise ValueError("a parcel has texts, each once")
        version = manifest["framework_version"]
        return CodingParcel(
            study=_matching(_ID, manifest["study"]),
            name=text_from_plain(manifest["name"]),
            question=text_from_plain(manifest["question"]),
            approach=Approach(manifest["approach"]),
            governance=text_from_plain(manifest["governance"]),
            author=_author_from_plain(manifest["author"]),
            recipient=text_from_plain(manifest["recipient"]),
            ticket=_matching(_TICKET, manifest["ticket"]),
            round=_round(manifest["round"]),
            kind=RoundKind(manifest["round_kind"]),
            opened_wall=wall_from_plain(manifest["opened_wall"]),
            wanted_by=text_from_plain(manifest["wanted_by"]),
            texts=tuple(texts),
            earlier={_round(int(number)): work_from_plain(one) for number, one in json.loads(members[_WORK]).items()},
            framework=book_from_plain(json.loads(members[_FRAMEWORK])) if _FRAMEWORK in members else None,
            framework_version=None if version is None else _round(version),
        )


def return_to_zip(coded: CodingReturn) -> bytes:
    """Return what a coder sends back as a zip, always the same bytes."""
    manifest = {
        "kind": _BACK,
        "format": FORMAT,
        "study": coded.study,
        "round": coded.round,
        "ticket": coded.ticket,
        "closed_wall": coded.closed_wall,
        "sha256": coded.sha256,
        "texts": {recording: [one.version, one.sha256] for recording, one in coded.texts.items()},
    }
    work = {**work_to_plain(coded.work), "memos": memos_to_plain(coded.memos)}
    return _zip({_README: _BACK_INSTRUCTIONS.encode(), _MANIFEST: _json(manifest), _WORK: _json(work)})


def read_return(data: bytes) -> CodingReturn:
    """Return what a coder sent back. Raise NewerParcelError; ValueError for anything that is none."""
    members = _members(data)
    with _parcel_errors():
        manifest = _manifest(members, _BACK)
        plain = json.loads(members[_WORK])
        return CodingReturn(
            study=_matching(_ID, manifest["study"]),
            round=_round(manifest["round"]),
            ticket=_matching(_TICKET, manifest["ticket"]),
            closed_wall=wall_from_plain(manifest["closed_wall"]),
            sha256=_matching(_SHA256, manifest["sha256"]),
            texts={
                RecordingId(_matching(_ID, recording)): CodedText(_round(version), _matching(_SHA256, sha256))
                for recording, (version, sha256) in manifest["texts"].items()
            },
            work=work_from_plain(plain),
            memos=memos_from_plain(plain["memos"]),
        )


def _parcel_errors() -> Any:
    return foreign_errors(ValueError("not a coding file"))


def _manifest(members: Mapping[str, bytes], kind: str) -> Mapping[str, Any]:
    manifest: Mapping[str, Any] = json.loads(members[_MANIFEST])
    if manifest["kind"] != kind:
        raise ValueError("another kind of file")
    return manifest


def _members(data: bytes) -> dict[str, bytes]:
    """Return the members of a zip, each in bounds. Raise NewerParcelError, ValueError."""
    with opened_zip(data) as file:
        infos = file.infolist()
        if len({one.filename for one in infos}) != len(infos) or any(limit_of(file, one) for one in infos):
            raise ValueError("members that are not read")
        if sum(one.file_size for one in infos) > _MOST_UNPACKED:
            raise ValueError("more than is unpacked")
        members = {one.filename: file.read(one) for one in infos}
    with _parcel_errors():
        version = json.loads(members[_MANIFEST])["format"]
    if isinstance(version, int) and version > FORMAT:
        raise NewerParcelError("a coding file of a later version")
    if version != FORMAT:
        raise ValueError("not a coding file")
    return members


def _zip(members: Mapping[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            member = zipfile.ZipInfo(name, _NO_MOMENT)
            member.compress_type = zipfile.ZIP_DEFLATED
            file.writestr(member, data)
    return packed.getvalue()


def _json(message: object) -> bytes:
    return json.dumps(message, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _study_text_to_plain(text: StudyText) -> dict[str, Any]:
    return {
        "recording": text.recording,
        "name": text.name,
        "number": text.number,
        "kind": text.kind.value,
        "version": text.version,
        "sha256": text.sha256,
    }


def _study_text_from_plain(plain: Mapping[str, Any]) -> StudyText:
    return StudyText(
        RecordingId(_matching(_ID, plain["recording"])),
        *(
            text_from_plain(plain["name"]),
            whole_from_plain(plain["number"]),
            SessionKind(plain["kind"]),
            _round(plain["version"]),
        ),
        sha256=_matching(_SHA256, plain["sha256"]),
    )


def _author_to_plain(author: Author) -> dict[str, Any]:
    return {
        "id": author.id,
        "label": author.label,
        "role": author.role.value,
        "led_group": author.led_group,
        "positionality": author.positionality,
    }


def _author_from_plain(plain: Mapping[str, Any]) -> Author:
    return Author(
        *(text_from_plain(plain["id"]), text_from_plain(plain["label"]), AuthorRole(plain["role"]), Workplace.HERE),
        positionality=text_from_plain(plain["positionality"]),
        led_group=bool(plain["led_group"]),
    )


def _matching(pattern: re.Pattern[str], value: object) -> str:
    text = text_from_plain(value)
    if not pattern.fullmatch(text):
        raise ValueError("not an id or a fingerprint")
    return text


def _round(value: object) -> int:
    number = whole_from_plain(value)
    if not 1 <= number <= _MOST_ROUNDS:
        raise ValueError("not a number from 1")
    return number
