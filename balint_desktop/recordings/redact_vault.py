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

# What does not keep the other recordings from being cut: their list says how it is with each.
_LEFT_AS_IT_IS = {
    TroubleCode.NOT_CUT,
    TroubleCode.PART_IN_USE,
    TroubleCode.WRONG_KEY,
    TroubleCode.SEALED_DAMAGED,
    TroubleCode.HELD_STRUCK,
}
# Said before a file is touched.
_UNTOUCHED = {TroubleCode.NOT_CUT, TroubleCode.PART_IN_USE}


@dataclass(frozen=True, slots=True)
class RedactionResult:
    """What cutting came to: how many recordings, and how many seconds that had been struck."""

    recordings: int = 0
    struck_s: float = 0.0


class VaultRedaction:
    """Cuts what was struck, part by part. Runs on any thread; stops where the vault lets go of its keys."""

    def __init__(self, vault: OpenVault, shelf: RecordingService) -> None:
        self._vault = vault
        self._shelf = shelf

    def cut_all(self) -> RedactionResult:
        """Cut what was struck from every recording that this vault can read. Raise what the disk refuses."""
        recordings = 0
        # What was struck in a session may be in two recordings of it, and was struck once.
        struck: defaultdict[SessionId | None, list[Span]] = defaultdict(list)
        try:
            for sources in self._to_cut():
                done = self._cut_quietly(sources)
                recordings += bool(done)
                session = sources.session.id if sources.session is not None else None
                struck[session] += (span for part in done for span in part.struck)
        except Trouble as trouble:
            if trouble.code is not TroubleCode.VAULT_LOCKED:
                raise
        return RedactionResult(recordings, sum(map(span_seconds, struck.values())))

    def cut(self, sources: RecordingInputs) -> tuple[RedactedPart, ...]:
        """Cut what was struck from one recording.

        Raise Trouble: WRONG_KEY, PART_IN_USE, NOT_CUT, RECORDING_UNKNOWN, and HELD_STRUCK where a legal hold says that
        it covers what was struck. Any other hold lets it be cut: see `domain/study/holds.py`.
        """
        if sources.fingerprints is None:
            raise Trouble(TroubleCode.RECORDING_UNKNOWN, recording=sources.id)
        found = (self._cut_part(sources, part, path) for part, path in _folders(sources.folder).items())
        return tuple(part for part in found if part is not None)

    def _to_cut(self) -> tuple[RecordingInputs, ...]:
        """Return the recordings to look into. One that the log does not know is left alone: it may not be ours."""
        with self._vault.log_stays:
            self._vault.secrets()
            under_way = {intent.recording for intent in self._vault.log.cuts.under_way()}
            known = (sources for sources in self._shelf.sources() if sources.session is not None)
            found = tuple(sources for sources in known if sources.destroyed is None)
        return tuple(sources for sources in found if sources.id in under_way or sources.view.struck)

    def _cut_quietly(self, sources: RecordingInputs) -> tuple[RedactedPart, ...]:
        try:
            return self.cut(sources)
        except Trouble as trouble:
            if trouble.code not in _LEFT_AS_IT_IS:
                raise
            return ()

    def _cut_part(self, sources: RecordingInputs, part: int, folder: Path) -> RedactedPart | None:
        cuts = self._vault.log.cuts
        with self._vault.files_still, self._vault.log_stays:
            key = self._vault.recording_key(sources.id)
            intent = cuts.of_part(sources.id, part)
            if intent is None and not self._wanted(sources, part, key):
                return None
            if intent is None and self._vault.log.holds.keeps_struck(sources.id):
                raise Trouble(TroubleCode.HELD_STRUCK)
            cuts.begin(sources.id, part, self._checked(sources, part, folder))
            try:
                done = redact_part(folder, key, sources.view, lambda sha256: cuts.make_ready(sources.id, part, sha256))
            except Trouble as trouble:
                if trouble.code in _UNTOUCHED:
                    cuts.forget(sources.id, part)
                raise
            spans = [(cut.from_s, cut.until_s) for cut in done.spans]
            cuts.finish(sources.id, part, done.seconds, done.sha256, spans)
            return done

    def _wanted(self, sources: RecordingInputs, part: int, key: Identity) -> bool:
        return part in parts_to_redact(facts_of_parts(sources.folder, (key.secret,)), sources.view)

    def _checked(self, sources: RecordingInputs, part: int, folder: Path) -> str:
        """Return a part's fingerprint. One that is not the log's is never sealed anew: it would pass for ours.

        Raise Trouble NOT_CUT, PART_IN_USE.
        """
        if is_being_written(folder):
            raise Trouble(TroubleCode.PART_IN_USE)
        found = sha256_of(folder)
        if is_changed(folder, self._shelf.current(sources).known(part)):
            raise Trouble(TroubleCode.NOT_CUT, part=part)
        return found


def _folders(recording: Path) -> dict[int, Path]:
    return {int(path.name): path for path in names.part_folders(recording) if (path / names.AUDIO).exists()}
