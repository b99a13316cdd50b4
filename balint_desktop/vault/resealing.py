"""Sealing the keys of earlier recordings anew: each file is the old one or the new one, whatever happens meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from balint_desktop.domain.people import Reader
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import RecordingId
from balint_desktop.sealed.keys import Identity
from balint_desktop.sealed.recording import read_key, reader_count, write_key
from balint_desktop.vault.audit import Act
from balint_desktop.vault.log import Log
from balint_desktop.vault.log_recordings import RecordingRow
from balint_desktop.vault.places import VaultPlaces


@dataclass(frozen=True, slots=True)
class Resealed:
    """What became of resealing: how many recordings were, and which could not be."""

    done: int = 0
    left: tuple[RecordingId, ...] = ()


@dataclass(frozen=True, slots=True)
class Sealer:
    """What resealing needs: the recordings, the log, and the vault's own identities, the current one first."""

    places: VaultPlaces
    log: Log
    identities: tuple[Identity, ...]

    @property
    def secrets(self) -> tuple[str, ...]:
        """Return the secret keys that open what this vault may read."""
        return tuple(one.secret for one in self.identities)

    def finish(self) -> Resealed:
        """Seal anew what the log says is to be. A file that does not open now is left for the next time."""
        done, left = 0, []
        for recording, readers in self.log.keys.resealings().items():
            try:
                self._reseal(recording, readers)
            except Trouble as trouble:
                if trouble.code not in {TroubleCode.WRONG_KEY, TroubleCode.SEALED_DAMAGED}:
                    raise
                left.append(recording)
                if trouble.code is TroubleCode.WRONG_KEY:
                    self.log.keys.give_up_resealing(recording)
            else:
                done += 1
        return Resealed(done, tuple(left))

    def _reseal(self, recording: RecordingId, readers: Sequence[Reader]) -> None:
        folder = self.places.recording(recording)
        recipients = [self.identities[0].recipient, *(reader.recipient for reader in readers)]
        write_key(folder, read_key(folder, self.secrets), recipients)
        with self.log.together():
            self.log.keys.set_sealed_to(recording, readers)
            self.log.audit.add(
                Act.RECORDING_RESEALED,
                {"recording": recording, "to": " ".join(sorted(reader.recipient for reader in readers))},
            )

    def readers_of(self, row: RecordingRow) -> tuple[Reader, ...] | None:
        """Return to whom a recording is sealed besides this vault, None where nobody can tell. Raise Trouble.

        An older version did not keep it, and the file does not say: only that there is nobody else.
        """
        kept = self.log.keys.sealed_to(row.id)
        if kept is not None:
            return kept
        others = reader_count(self.places.recording(row.id)) - row.this_vault_reads
        return None if others else ()
