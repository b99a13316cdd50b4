"""Reseal the keys of earlier recordings, crash-safe."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from balint_desktop.domain.group.group import Reader
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import RecordingId
from balint_desktop.sealed import names
from balint_desktop.sealed.keys import Identity
from balint_desktop.sealed.recording import SealedKey, read_key, reader_count, sealed_key, write_keys
from balint_desktop.vault.destruction import NEW
from balint_desktop.vault.layout import VaultLayout
from balint_desktop.vault.log.audit import AuditAct
from balint_desktop.vault.log.log import Log
from balint_desktop.vault.log.recordings import RecordingRow


@dataclass(frozen=True, slots=True)
class ResealResult:
    """The result of resealing: how many recordings were resealed, and which could not be."""

    done: int = 0
    left: tuple[RecordingId, ...] = ()


@dataclass(frozen=True, slots=True)
class Sealer:
    """Dependencies of resealing: the recordings, the log, and the vault's own identities, the current one first."""

    places: VaultLayout
    log: Log
    identities: tuple[Identity, ...]

    @property
    def secrets(self) -> tuple[str, ...]:
        """Return the secret keys that open what this vault may read."""
        return tuple(one.secret for one in self.identities)

    def finish(self) -> ResealResult:
        """Reseal the keys the log has pending. A file that does not open now is left for the next time. Raise Trouble.

        All files first, then the log for all of them: interrupted in between, it is repeated.
        """
        sealed: list[SealedKey] = []
        done: dict[RecordingId, tuple[Reader, ...]] = {}
        left: list[RecordingId] = []
        for recording, readers in self.log.keys.resealings().items():
            try:
                sealed += self._sealed(recording, readers)
            except Trouble as trouble:
                if trouble.code not in {TroubleCode.WRONG_KEY, TroubleCode.SEALED_DAMAGED}:
                    raise
                left.append(recording)
                if trouble.code is TroubleCode.WRONG_KEY:
                    self.log.keys.give_up_resealing(recording)
            else:
                done[recording] = readers
        write_keys(sealed)
        with self.log.together():
            for recording, readers in done.items():
                self.log.keys.set_sealed_to(recording, readers)
                self.log.audit.add(AuditAct.RECORDING_RESEALED, {"recording": recording, "to": _keys_of(readers)})
        return ResealResult(len(done), tuple(left))

    def _sealed(self, recording: RecordingId, readers: Sequence[Reader]) -> list[SealedKey]:
        """Return a recording's key and its texts', sealed to this vault and these readers. Raise Trouble."""
        recipients = [self.identities[0].recipient, *(reader.recipient for reader in readers)]
        is_destroyed = recording in self.log.keys.destroyed()
        folders = (*(() if is_destroyed else (self.places.recording(recording),)), *self.texts_of(recording))
        return [SealedKey(folder, sealed_key(read_key(folder, self.secrets), recipients)) for folder in folders]

    def texts_of(self, recording: RecordingId) -> tuple[Path, ...]:
        """Return the folders of a recording's transcript and approved text, and of those that take their places.

        Each has the same readers as the recording; an approved text may outlast it.
        """
        places = self.places
        folders = (
            *(places.transcript(recording), places.rewritten_transcript(recording) / NEW),
            *(places.approved_text(recording), places.rewritten_approved_text(recording) / NEW),
        )
        return tuple(folder for folder in folders if (folder / names.KEY).exists())

    def readers_of(self, row: RecordingRow) -> tuple[Reader, ...] | None:
        """Return a recording's recipients besides this vault, None if unknown. Raise Trouble.

        An older version did not store them, and the file reveals only whether there are others.
        """
        kept = self.log.keys.sealed_to(row.id)
        if kept is not None:
            return kept
        folders = (self.places.recording(row.id), *self.texts_of(row.id))
        others = reader_count(next((one for one in folders if one.exists()), folders[0])) - row.this_vault_reads
        return None if others else ()


def _keys_of(readers: Sequence[Reader]) -> str:
    return " ".join(sorted(reader.recipient for reader in readers))
