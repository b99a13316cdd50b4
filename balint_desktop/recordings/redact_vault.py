"""Remove redacted audio from a vault's recordings: intent in the log first, audit row last."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from balint_desktop.domain.session.recording_view import Span
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import SessionId
from balint_desktop.recordings.condition import is_changed
from balint_desktop.recordings.inputs import RecordingInputs
from balint_desktop.recordings.pending_redaction import facts_of_parts, parts_to_redact
from balint_desktop.recordings.redact_part import RedactedPart, redact_part
from balint_desktop.recordings.redaction import span_seconds
from balint_desktop.recordings.service import RecordingService
from balint_desktop.sealed import names
from balint_desktop.sealed.keys import Identity
from balint_desktop.sealed.reading import is_being_written, sha256_of
from balint_desktop.vault.vault import OpenVault

# Troubles that skip one recording and leave the others to be redacted: the list shows each one's condition.
_SKIPPED = {
    TroubleCode.NOT_CUT,
    TroubleCode.PART_IN_USE,
    TroubleCode.WRONG_KEY,
    TroubleCode.SEALED_DAMAGED,
    TroubleCode.HELD_STRUCK,
}
# Raised before a file is touched.
_UNTOUCHED = {TroubleCode.NOT_CUT, TroubleCode.PART_IN_USE}


@dataclass(frozen=True, slots=True)
class RedactionResult:
    """Result of a redaction: the number of recordings, and the seconds of redacted sound."""

    recordings: int = 0
    redacted_s: float = 0.0


class VaultRedaction:
    """Redacts recordings part by part. Runs on any thread; stops when the vault drops its keys."""

    def __init__(self, vault: OpenVault, recordings: RecordingService) -> None:
        self._vault = vault
        self._recordings = recordings

    def cut_all(self) -> RedactionResult:
        """Redact every recording that this vault can read. Raise Trouble for disk errors."""
        recordings = 0
        # One redaction of a session may affect two recordings of it, and is counted once.
        struck: defaultdict[SessionId | None, list[Span]] = defaultdict(list)
        try:
            for sources in self._to_cut():
                done = self._cut_quietly(sources)
                recordings += bool(done)
                session = sources.session.id if sources.session is not None else None
                struck[session] += (span for part in done for span in part.redacted)
        except Trouble as trouble:
            if trouble.code is not TroubleCode.VAULT_LOCKED:
                raise
        return RedactionResult(recordings, sum(map(span_seconds, struck.values())))

    def cut(self, sources: RecordingInputs) -> tuple[RedactedPart, ...]:
        """Redact one recording.

        Raise Trouble: WRONG_KEY, PART_IN_USE, NOT_CUT, RECORDING_UNKNOWN, and HELD_STRUCK if a legal hold explicitly
        covers the redacted stretch. Any other hold permits redaction: see `domain/study/holds.py`.
        """
        if sources.fingerprints is None:
            raise Trouble(TroubleCode.RECORDING_UNKNOWN, recording=sources.id)
        found = (self._cut_part(sources, part, path) for part, path in _folders(sources.folder).items())
        return tuple(part for part in found if part is not None)

    def _to_cut(self) -> tuple[RecordingInputs, ...]:
        """Return the recordings to check. One without a log entry is skipped: it may belong to another vault."""
        with self._vault.log_stays:
            self._vault.secrets()
            under_way = {intent.recording for intent in self._vault.log.redactions.pending()}
            known = (sources for sources in self._recordings.sources() if sources.session is not None)
            found = tuple(sources for sources in known if sources.destroyed is None)
        return tuple(sources for sources in found if sources.id in under_way or sources.view.redacted)

    def _cut_quietly(self, sources: RecordingInputs) -> tuple[RedactedPart, ...]:
        try:
            return self.cut(sources)
        except Trouble as trouble:
            if trouble.code not in _SKIPPED:
                raise
            return ()

    def _cut_part(self, sources: RecordingInputs, part: int, folder: Path) -> RedactedPart | None:
        cuts = self._vault.log.redactions
        with self._vault.files_still, self._vault.log_stays:
            key = self._vault.recording_key(sources.id)
            intent = cuts.of_part(sources.id, part)
            if intent is None and not self._needs_redaction(sources, part, key):
                return None
            if intent is None and self._vault.log.holds.retains_redacted(sources.id):
                raise Trouble(TroubleCode.HELD_STRUCK)
            cuts.begin(sources.id, part, self._verified_sha256(sources, part, folder))
            try:
                done = redact_part(folder, key, sources.view, lambda sha256: cuts.prepare(sources.id, part, sha256))
            except Trouble as trouble:
                if trouble.code in _UNTOUCHED:
                    cuts.forget(sources.id, part)
                raise
            spans = [(cut.from_s, cut.until_s) for cut in done.spans]
            cuts.finish(sources.id, part, done.seconds, done.sha256, spans)
            return done

    def _needs_redaction(self, sources: RecordingInputs, part: int, key: Identity) -> bool:
        return part in parts_to_redact(facts_of_parts(sources.folder, (key.secret,)), sources.view)

    def _verified_sha256(self, sources: RecordingInputs, part: int, folder: Path) -> str:
        """Return a part's fingerprint. A part that differs from the log's is not sealed again: it would pass as ours.

        Raise Trouble NOT_CUT, PART_IN_USE.
        """
        if is_being_written(folder):
            raise Trouble(TroubleCode.PART_IN_USE)
        found = sha256_of(folder)
        if is_changed(folder, self._recordings.current(sources).known(part)):
            raise Trouble(TroubleCode.NOT_CUT, part=part)
        return found


def _folders(recording: Path) -> dict[int, Path]:
    return {int(path.name): path for path in names.part_folders(recording) if (path / names.AUDIO).exists()}
