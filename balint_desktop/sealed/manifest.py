"""The manifest of a parcel: every file with its size and SHA-256."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from balint_desktop.domain.foreign import FOREIGN_ERRORS
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.sealed.verified_copy import Copied

NAME = "manifest.json"
_VERSION = 1
# A petabyte, and the year 9999 in seconds since 1970: beyond them a number is no size and no date.
_LARGEST = 1 << 50
_LAST_WALL = 253_402_300_799
_SHA256 = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Manifest:
    """The list of a parcel's files. It is not encrypted and names no person: only ids, sizes and fingerprints.

    `kind` is the parcel's kind, `made_wall` its creation time (seconds since 1970), `recording` its recording
    if it has only one, and `left_out` the parts it lacks because a recorder held them.
    """

    id: str
    kind: str
    made_wall: float
    recording: str = ""
    files: Mapping[str, Copied] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()

    def to_json(self) -> bytes:
        """Return the manifest as JSON text with a checksum: its last entry is the SHA-256 of the others."""
        document = self._document()
        return json.dumps({**document, "sha256": _fingerprint(document)}, indent=1).encode()

    def _document(self) -> dict[str, object]:
        files = {name: [of.size, of.sha256] for name, of in sorted(self.files.items())}
        head: dict[str, object] = {
            "balint-desktop-parcel": _VERSION,
            "id": self.id,
            "kind": self.kind,
            "made": self.made_wall,
        }
        head["recording"] = self.recording
        return {**head, "left-out": list(self.left_out), "files": files}

    @classmethod
    def from_json(cls, data: bytes) -> Manifest:
        """Parse and verify a manifest. Raise Trouble: VAULT_NEWER, or BACKUP_LIST_DAMAGED if it is invalid."""
        try:
            document = json.loads(data, parse_constant=_refuse)
            fingerprint = document.pop("sha256")
            if document["balint-desktop-parcel"] > _VERSION:
                raise Trouble(TroubleCode.VAULT_NEWER)
            if fingerprint != _fingerprint(document):
                raise Trouble(TroubleCode.BACKUP_LIST_DAMAGED)
            files = {name: _copied(size, sha256) for name, (size, sha256) in document["files"].items()}
            manifest = cls(
                str(document["id"]),
                str(document["kind"]),
                float(document["made"]),
                str(document["recording"]),
                files,
                tuple(str(name) for name in document["left-out"]),
            )
        except FOREIGN_ERRORS as error:
            raise Trouble(TroubleCode.BACKUP_LIST_DAMAGED) from error
        texts = (manifest.id, manifest.kind, manifest.recording, *manifest.left_out)
        is_sane = 0 <= manifest.made_wall < _LAST_WALL and all(text.isprintable() for text in texts)
        if not is_sane or not all(_stays_inside(name) for name in manifest.files):
            raise Trouble(TroubleCode.BACKUP_LIST_DAMAGED)
        return manifest


def _copied(size: object, sha256: object) -> Copied:
    """Return a file's size and fingerprint. Raise ValueError for what no disk holds and no file has."""
    if type(size) is not int or not 0 <= size < _LARGEST or not _SHA256.fullmatch(str(sha256)):
        raise ValueError("no size or fingerprint of a file")
    return Copied(size, str(sha256))


def _refuse(constant: str) -> float:
    """Refuse NaN and Infinity, which JSON does not have."""
    raise ValueError(constant)


def _fingerprint(document: Mapping[str, object]) -> str:
    return hashlib.sha256(json.dumps(document, sort_keys=True).encode()).hexdigest()


def _stays_inside(name: str) -> bool:
    """Return whether a file's path stays inside the parcel: a manifest is untrusted input."""
    steps = name.split("/")
    return name.isprintable() and not ({"", ".", ".."} & set(steps) or any(sign in name for sign in ("\\", ":")))
