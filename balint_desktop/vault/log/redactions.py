"""Pending redactions in the log: intent before a file is touched, ended with the audit row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from balint_desktop.domain.values import RecordingId
from balint_desktop.vault.log.audit import AuditAct, AuditTrail
from balint_desktop.vault.log.database import Database
from balint_desktop.vault.log.recordings import RecordingRows


@dataclass(frozen=True, slots=True)
class RedactionIntent:
    """An unfinished redaction: the part's fingerprint before it, and that of the file prepared to replace it."""

    recording: RecordingId
    part: int
    before: str
    after: str | None


class RedactionRows:
    """The table of pending redactions."""

    def __init__(self, database: Database, recordings: RecordingRows, audit: AuditTrail) -> None:
        self._database = database
        self._recordings = recordings
        self._audit = audit

    def begin(self, recording: RecordingId, part: int, before: str) -> None:
        """Record the intent to redact a part. A pending one retains its first fingerprint."""
        self._database.run(
            "INSERT INTO cuts VALUES (?, ?, ?, NULL) ON CONFLICT (recording_id, part) DO NOTHING",
            (recording, part, before),
        )

    def prepare(self, recording: RecordingId, part: int, after: str) -> None:
        """Store the fingerprint of the file that is about to replace the old one."""
        self._database.run(
            "UPDATE cuts SET sha256_after = ? WHERE recording_id = ? AND part = ?", (after, recording, part)
        )

    def finish(
        self, recording: RecordingId, part: int, seconds: float, after: str, spans: Sequence[tuple[float, float]]
    ) -> None:
        """Store the new fingerprint and chain each span (seconds of the part), in one transaction; never the content.

        If the recorder died, the log may lack the part's fingerprint; that before the redaction is chained in any case.
        """
        with self._database.together():
            row = next((p for p in self._recordings.recording(recording).parts if p.part == part), None)
            begun = self.of_part(recording, part)
            seen = row is None or row.sha256 is None or row.first_seen_at_recovery
            self._recordings.finish_part(recording, part, seconds, after, at_recovery=seen)
            details: dict[str, str | float | None]
            details = {"recording": recording, "part": part, "sha256_before": begun.before if begun else after}
            for from_s, until_s in spans:
                self._audit.add(AuditAct.PART_CUT, {**details, "from_s": from_s, "until_s": until_s, "sha256": after})
            self._database.run("DELETE FROM cuts WHERE recording_id = ? AND part = ?", (recording, part))

    def forget(self, recording: RecordingId, part: int) -> None:
        """Delete an intent that was never carried out: the part is unchanged."""
        self._database.run("DELETE FROM cuts WHERE recording_id = ? AND part = ?", (recording, part))

    def of_part(self, recording: RecordingId, part: int) -> RedactionIntent | None:
        """Return a part's pending redaction, None if there is none."""
        return next((c for c in self.pending() if (c.recording, c.part) == (recording, part)), None)

    def pending(self) -> tuple[RedactionIntent, ...]:
        """Return every pending redaction."""
        rows = self._database.run("SELECT recording_id, part, sha256_before, sha256_after FROM cuts ORDER BY rowid")
        return tuple(
            RedactionIntent(RecordingId(recording), part, before, after) for recording, part, before, after in rows
        )
