"""What importing a sound file found: how much was read and kept, and what stands against wiping the original."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields, replace
from enum import StrEnum
from math import isfinite
from typing import Any

from balint_desktop.domain.foreign import FOREIGN_ERRORS


class Finding(StrEnum):
    """A finding to report about an imported file."""

    DAMAGED = "damaged"
    """Part of the file could not be decoded."""
    CUT_SHORT = "cut-short"
    """The file is truncated: it ends inside a block, or before its own end marker."""
    LESS_THAN_SAID = "less-than-said"
    """The header gives a greater length than the file has."""
    MORE_THAN_SAID = "more-than-said"
    """The header gives a smaller length than the file has. All was read."""
    UNFINISHED = "unfinished"
    """The header gives no length, as after a recorder crash. All was read."""
    UNCHECKED = "unchecked"
    """The file gives no expected length."""
    JOINED = "joined"
    """The file is several files joined. All were read."""
    OPPOSED = "opposed"
    """The channels had opposite phase and would have cancelled each other; inverted before mixing."""
    SILENT_IN_PART = "silent-in-part"
    """A large part is digital silence, as where a copy was padded with zeros."""
    SILENT = "silent"
    QUIET = "quiet"


NEARLY_S = 0.1
"""Tolerance for equal lengths, in seconds: an MP3 frame more or less, a block of ADPCM."""
_LONGEST_KIND = 40
_DOUBTS = frozenset(
    {
        Finding.DAMAGED,
        Finding.CUT_SHORT,
        Finding.LESS_THAN_SAID,
        Finding.UNCHECKED,
        Finding.SILENT_IN_PART,
        Finding.SILENT,
        Finding.QUIET,
    }
)
"""Findings after which the sound may be incomplete. With any of them the original must not be wiped unheard."""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """Amounts read from a file and stored, in seconds.

    `said_s` is the length by its header, `lost_s` what could not be decoded. `level_db` is the loudness
    of the whole (full scale is 0), `against_loudest_db` that relative to the loudest single channel of the file.
    """

    kind: str
    read_s: float
    kept_s: float
    said_s: float | None = None
    lost_s: float = 0.0
    takes: int = 1
    silent_s: float = 0.0
    level_db: float | None = None
    against_loudest_db: float | None = None
    findings: tuple[Finding, ...] = ()

    @property
    def is_complete(self) -> bool:
        """Return whether the whole file was read, stored, and is audible."""
        return not _DOUBTS & set(self.findings)

    def keeping(self, kept_s: float) -> ImportReport:
        """Return the report with the sealed length as stored: less than was read is damage, whatever the cause."""
        findings = self.findings
        if self.read_s - kept_s > NEARLY_S and Finding.DAMAGED not in findings:
            findings = (Finding.DAMAGED, *findings)
        return replace(self, kept_s=round(kept_s, 3), findings=findings)

    def to_json(self) -> dict[str, Any]:
        """Return the report as plain values."""
        return asdict(self)

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> ImportReport:
        """Return the report from plain values. Raise ValueError where they are invalid."""
        names = {field.name for field in fields(cls)}
        try:
            report = cls(**{name: values[name] for name in names if name in values})
            findings = tuple(Finding(finding) for finding in report.findings)
        except FOREIGN_ERRORS as error:
            raise ValueError("no report of an import") from error
        numbers = (report.read_s, report.kept_s, report.lost_s, report.silent_s, report.said_s or 0.0, report.takes)
        sane = isinstance(report.kind, str) and all(
            isinstance(number, int | float) and isfinite(number) for number in numbers
        )
        if not sane:
            raise ValueError("no report of an import")
        # It comes from a process that a hostile file may have compromised.
        kind = "".join(sign for sign in report.kind if sign.isprintable())[:_LONGEST_KIND]
        return replace(report, kind=kind, findings=findings)
