"""Inputs for opening a recording: its folder, the vault's keys and the log's entry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from balint_desktop.domain.session.debrief import Destroyed
from balint_desktop.domain.session.recording_view import RecordingView
from balint_desktop.domain.session.session_record import StoredSession
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import RecordingId
from balint_desktop.recordings.summary import Condition
from balint_desktop.sealed import names
from balint_desktop.sealed.recording import read_key
from balint_desktop.vault.log.imported_copies import ImportedCopyRow
from balint_desktop.vault.log.transfers import ImportRow


@dataclass(frozen=True, slots=True)
class KnownPart:
    """The log's entry for one part. `unknown` is set if the log has the recording but not this part.

    `cutting` are the other fingerprints the part may have while a redaction is under way.
    """

    sha256: str | None = None
    seconds: float | None = None
    unknown: bool = False
    cutting: frozenset[str] = frozenset()

    @property
    def accepted(self) -> frozenset[str]:
        """Return the fingerprints accepted for the part; none if the log has no entry."""
        return self.cutting | (frozenset() if self.sha256 is None else {self.sha256})


@dataclass(frozen=True, slots=True)
class RecordingInputs:
    """A recording as stored in the vault. `identities` are the vault's own secret keys (AGE-SECRET-KEY-1…).

    `session` is the recorded session, and `fingerprints` are the SHA-256 of its parts by the log (None for a part
    whose recorder died); both are None if the log has no entry. `recipient` is the public half of the
    recording's key, `lengths` are its parts' seconds, `this_vault_reads` is whether it was sealed to this vault,
    and `readers` are the labels of the others, None if unknown: all by the log. `cutting` are the further
    fingerprints that parts may have during a redaction, or after one that a crash interrupted.
    `imported` is set if the recording was imported from a file, `shared_copy` if it came in a sealed copy. `has_sound`
    is false where a text is all there is of a session, or may be imported: what stands for a recording has no sound.
    """

    id: RecordingId
    folder: Path
    identities: tuple[str, ...] = field(default=(), repr=False)
    session: StoredSession | None = None
    fingerprints: Mapping[int, str | None] | None = None
    seconds: float | None = None
    recipient: str | None = None
    lengths: Mapping[int, float] = field(default_factory=dict)
    this_vault_reads: bool = False
    readers: tuple[str, ...] | None = None
    destroyed: Destroyed | None = None
    cutting: Mapping[int, frozenset[str]] = field(default_factory=dict)
    imported: ImportRow | None = None
    shared_copy: ImportedCopyRow | None = None
    has_sound: bool = True

    @property
    def view(self) -> RecordingView:
        """Return the session facts that apply to the recording. An imported recording has no parts in them.

        Redactions and pauses in the room apply to an imported recording too: it holds the same speech.
        """
        if self.session is None:
            return RecordingView()
        recorded = self.session.state().recording
        return recorded if recorded.id == self.id else replace(recorded, parts=())

    def part_folders(self) -> dict[int, Path]:
        """Return the folders of the parts on disk, by number."""
        if not self.folder.is_dir():
            return {}
        return {int(path.name): path for path in names.part_folders(self.folder)}

    def known(self, number: int) -> KnownPart:
        """Return the log's entry for a part."""
        if self.fingerprints is None:
            return KnownPart()
        sha256, cutting = self.fingerprints.get(number), self.cutting.get(number, frozenset())
        return KnownPart(sha256, self.lengths.get(number), number not in self.fingerprints, cutting)

    def is_removed(self, number: int) -> bool:
        """Return whether an absent part was once begun, by its fingerprint or the session's facts."""
        if (self.fingerprints or {}).get(number) is not None:
            return True
        return any(part.part == number for part in self.view.parts)


@dataclass(frozen=True, slots=True)
class RecordingKey:
    """A recording's key as read from its file: the secrets that open its parts, and the file's condition.

    age does not authenticate the sender: a key other than the log's is CHANGED, and opens what another
    sender sealed.
    """

    secrets: tuple[str, ...] = field(repr=False)
    condition: Condition
    trouble: Trouble | None = None


def recording_key(sources: RecordingInputs) -> RecordingKey:
    """Return a recording's key as far as this vault can open it."""
    try:
        key = read_key(sources.folder, sources.identities)
    except Trouble as trouble:
        if trouble.code is TroubleCode.WRONG_KEY and not sources.this_vault_reads:
            return RecordingKey((), Condition.NOT_OURS, trouble)
        code = TroubleCode.RECORDING_KEY_DAMAGED if sources.folder.is_dir() else TroubleCode.SEALED_DAMAGED
        return RecordingKey((), Condition.DAMAGED, Trouble(code, name=str(sources.folder / names.KEY)))
    if sources.recipient is not None and key.recipient != sources.recipient:
        return RecordingKey((key.secret,), Condition.CHANGED, Trouble(TroubleCode.RECORDING_CHANGED))
    return RecordingKey((key.secret,), Condition.COMPLETE)
