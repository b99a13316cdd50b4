"""`balint-desktop recordings redact`: remove redacted audio, in a vault or in a recording's own folder."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from balint_desktop.cli.result import CommandResult, UsageError
from balint_desktop.i18n import tr
from balint_desktop.recordings.inputs import RecordingInputs
from balint_desktop.recordings.redact_part import RedactedPart, redact_folder
from balint_desktop.recordings.redact_vault import VaultRedaction
from balint_desktop.recordings.service import RecordingService
from balint_desktop.text import durations, recordings
from balint_desktop.vault.log.audit import AuditAct
from balint_desktop.vault.vault import OpenVault

_SECRET = "AGE-SECRET-KEY-1"


def redact_outside(options: argparse.Namespace) -> CommandResult | None:
    """Redact a recording in its own folder, where the options name one; return None where they name a vault's.

    Raise Trouble, UsageError.
    """
    if options.folder is None and options.identity is None:
        if not options.id:
            raise UsageError(tr("Name a recording in the vault, or a folder with --folder and --identity."))
        return None
    if options.id or options.folder is None or options.identity is None:
        raise UsageError(tr("For a recording’s own folder, give --folder and --identity, and no ID."))
    folder = Path(options.folder)
    if not folder.is_dir():
        raise UsageError(tr("There is no folder {folder}.").format(folder=folder))
    return _print_result(redact_folder(folder, _identities(options.identity)))


def redact_in_vault(vault: OpenVault, service: RecordingService, sources: RecordingInputs) -> CommandResult:
    """Redact one recording of the vault. Raise Trouble."""
    return _print_result(VaultRedaction(vault, service).cut(sources))


def redactions(vault: OpenVault, recording: str) -> list[str]:
    """Return the audit trail's redactions of a recording, a line each: when, where, and both fingerprints."""
    rows = (row for row in vault.log.audit.rows() if row.act == AuditAct.PART_CUT)
    facts = ((row.wall, json.loads(row.details)) for row in rows)
    return [_row(wall, one) for wall, one in facts if one["recording"] == recording]


def _row(wall: float, facts: Mapping[str, Any]) -> str:
    return tr("Removed on {when} (UTC): part {part}, {span}. SHA-256 before {before}, after {after}").format(
        when=datetime.fromtimestamp(wall, UTC).strftime("%Y-%m-%d %H:%M"),
        part=facts["part"],
        span=durations.span_words(facts["from_s"], facts["until_s"]),
        before=facts["sha256_before"],
        after=facts["sha256"],
    )


def _print_result(parts: Sequence[RedactedPart]) -> CommandResult:
    for part in parts:
        print(recordings.redacted_part(part))
    print(
        tr("The removed stretches have been deleted from the recording.")
        if parts
        else tr("There is nothing to delete.")
    )
    return CommandResult()


def _identities(file: str) -> tuple[str, ...]:
    """Return the secret keys of an age identity file."""
    try:
        lines = Path(file).read_text(encoding="ascii").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(tr("The identity file {file} cannot be read.").format(file=file)) from error
    found = tuple(line.strip() for line in lines if line.startswith(_SECRET))
    if not found:
        raise UsageError(tr("The file {file} contains no age identity (AGE-SECRET-KEY-1…).").format(file=file))
    return found
