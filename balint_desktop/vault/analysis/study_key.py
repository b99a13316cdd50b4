"""The key of a study: an age identity, to which what comes back is sealed, and the raw key of its database."""

from __future__ import annotations

import contextlib
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.sealed import disk, keys, names
from balint_desktop.sealed.keys import Identity
from balint_desktop.sealed.recording import SealedKey, write_keys

_DATABASE_KEY = re.compile(r"^# database-key: ([0-9a-f]{64})$", re.MULTILINE)
_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class StudyKey:
    """What opens a study. As text it is an age identity file, which stock age accepts unchanged."""

    identity: Identity
    database: str = field(repr=False)

    def to_text(self) -> str:
        """Return the key as an age identity file."""
        lines = ("# Balint Desktop: the key of an analysis.", f"# database-key: {self.database}", self.identity.secret)
        return "\n".join(lines) + "\n"

    @classmethod
    def from_text(cls, text: str) -> StudyKey:
        """Return the key from its text. Raise Trouble STUDY_DAMAGED."""
        found = _DATABASE_KEY.search(text)
        lines = [line.strip() for line in text.splitlines() if line and not line.startswith("#")]
        if found is None or len(lines) != 1:
            raise Trouble(TroubleCode.STUDY_DAMAGED)
        try:
            return cls(keys.identity(lines[0]), found.group(1))
        except Trouble as trouble:
            raise Trouble(TroubleCode.STUDY_DAMAGED) from trouble


def new_study_key() -> StudyKey:
    """Return a fresh key."""
    return StudyKey(keys.new_identity(), secrets.token_hex(_KEY_BYTES))


def write_study_key(folder: Path, key: StudyKey, recipient: str) -> None:
    """Seal a study's key to the vault. Raise Trouble."""
    write_keys([SealedKey(folder, keys.seal(key.to_text().encode(), [recipient]))])


def read_study_key(folder: Path, identities: Sequence[str]) -> StudyKey:
    """Return a study's key. Raise Trouble: STUDY_DAMAGED, WRONG_KEY where it is sealed to another vault."""
    path = folder / names.KEY
    with disk.report_disk_errors(path):
        try:
            data = disk.read_small_file(path)
        except FileNotFoundError:
            raise Trouble(TroubleCode.STUDY_DAMAGED) from None
    try:
        return StudyKey.from_text(keys.unseal(data, identities).decode())
    except UnicodeDecodeError as error:
        raise Trouble(TroubleCode.STUDY_DAMAGED) from error
    except Trouble as trouble:
        if trouble.code is TroubleCode.WRONG_KEY:
            raise
        raise Trouble(TroubleCode.STUDY_DAMAGED) from trouble


def resealed_study_key(folder: Path, identities: Sequence[Identity]) -> SealedKey | None:
    """Return a study's key sealed to the first identity alone, None where it is so already.

    Raise Trouble STUDY_DAMAGED where none of them opens it, or it is not there: its copy in a backup needs the old one.
    """
    data = disk.read_or_none(folder / names.KEY) or b""
    secrets_held = [one.secret for one in identities]
    with contextlib.suppress(Trouble):
        keys.unseal(data, secrets_held[:1])
        return None
    try:
        opened = keys.unseal(data, secrets_held)
    except Trouble as trouble:
        raise Trouble(TroubleCode.STUDY_DAMAGED) from trouble
    return SealedKey(folder, keys.seal(opened, [identities[0].recipient]))
