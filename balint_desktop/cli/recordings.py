"""`balint-desktop recordings`: list, verify and export."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from balint_desktop.capture.decode_handle import encode_pcm, open_pcm
from balint_desktop.cli.redaction import cut_in_vault, cut_outside, cuts_told
from balint_desktop.cli.result import CommandResult, UsageError, table
from balint_desktop.cli.transfer import run_bring_in, run_hand_over, run_sessions, seconds_told
from balint_desktop.cli.unlock import open_vault
from balint_desktop.cli.vault import folder_told
from balint_desktop.data_folder import data_folder
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.i18n import tr, tr_n
from balint_desktop.recordings.export import ENDINGS
from balint_desktop.recordings.inputs import RecordingInputs
from balint_desktop.recordings.service import RecordingService
from balint_desktop.recordings.summary import ALARMS, RecordingSummary
from balint_desktop.text import durations, recordings
from balint_desktop.vault.vault import OpenVault


def run(options: argparse.Namespace) -> CommandResult:
    """Do one act on the vault. Raise Trouble, UsageError."""
    if options.act == "export":
        _check_export(options)
    into = folder_told(options.to) if options.act == "hand-over" else Path()
    begins_s = seconds_told(options.begins_at) if options.act == "bring-in" else 0.0
    if options.act == "cut" and (answer := cut_outside(options)) is not None:
        return answer
    with open_vault(data_folder(options.data_dir).vault, options.passphrase_file) as vault:
        shelf = RecordingService(vault, open_pcm, encode_pcm)
        acts: dict[str, Callable[[], CommandResult]] = {
            "list": lambda: _list(shelf, as_json=options.json),
            "verify": lambda: _verify(vault, shelf, options.id),
            "export": lambda: _export(shelf, options.id, Path(options.to)),
            "cut": lambda: cut_in_vault(vault, shelf, _find(shelf, options.id)),
            "sessions": lambda: run_sessions(vault, shelf),
            "bring-in": lambda: run_bring_in(vault, shelf, Path(options.file), options.session, begins_s),
            "hand-over": lambda: run_hand_over(vault, _find(shelf, options.id).id, into),
        }
        return acts[options.act]()


def _list(shelf: RecordingService, *, as_json: bool) -> CommandResult:
    listed = [shelf.look(sources) for sources in shelf.sources()]
    if as_json:
        print(json.dumps({"recordings": [_as_json(one) for one in listed]}, ensure_ascii=False, indent=2))
    elif listed:
        headings = (tr("Recording"), tr("Began (UTC)"), tr("Group"), tr("Session"), tr("Length"), tr("Condition"))
        print(table([headings, *(_row(one) for one in listed)]))
    else:
        print(tr("There is no recording in this vault."))
    return _alarms(listed)


def _verify(vault: OpenVault, shelf: RecordingService, ids: Sequence[str]) -> CommandResult:
    chosen = [_find(shelf, one) for one in ids] if ids else shelf.sources()
    verdicts = [shelf.verify(sources) for sources in chosen]
    for verdict in verdicts:
        print(f"{verdict.id}: {recordings.verdict(verdict)}", *cuts_told(vault, verdict.id), sep="\n")
    vault.log.check()
    broken = vault.log.audit.broken_at()
    if broken is not None:
        return CommandResult(
            tr(
                "The audit trail does not hold from entry {entry} on: the log was changed from outside. "
                "Compare it with a backup."
            ).format(entry=broken)
        )
    print(tr("The audit trail is whole. Its head: {words}").format(words=" ".join(vault.log.audit.head_words())))
    found = sum(1 for verdict in verdicts if verdict.condition in ALARMS)
    return _attention(found)


def _export(shelf: RecordingService, recording: str, path: Path) -> CommandResult:
    sources = _find(shelf, recording)
    opened = shelf.open(sources)
    shelf.export(opened, path)
    shelf.note_exported(sources.id)
    print(
        tr("{path}: {long} of session time, in the clear. Whoever has the file can hear it.").format(
            path=path, long=durations.duration_words(opened.joined.seconds)
        )
    )
    if silent := recordings.silences(opened.joined):
        print(tr("Silent in it:"), silent, sep="\n")
    return CommandResult()


def _check_export(options: argparse.Namespace) -> None:
    if Path(options.to).suffix.lower() not in ENDINGS:
        raise UsageError(tr("Name a file that ends in {endings}.").format(endings=tr(" or ").join(ENDINGS)))
    if not options.in_the_clear:
        raise UsageError(
            tr("The file would be in the clear: whoever has it can hear it. Add --in-the-clear if you mean it.")
        )


def _find(shelf: RecordingService, recording: str) -> RecordingInputs:
    """Return the recording with that id, or the only one whose id begins so. Raise Trouble."""
    found = [sources for sources in shelf.sources() if sources.id.startswith(recording)]
    if len(found) != 1 or not recording:
        raise Trouble(TroubleCode.RECORDING_MISSING, recording=recording)
    return found[0]


def _alarms(listed: Sequence[RecordingSummary]) -> CommandResult:
    return _attention(sum(1 for one in listed if one.condition in ALARMS))


def _attention(count: int) -> CommandResult:
    if not count:
        return CommandResult()
    return CommandResult(
        tr_n(
            "{n} recording is not as it should be; it was left where it is. Compare it with a backup.",
            "{n} recordings are not as they should be; they were left where they are. Compare them with a backup.",
            count,
        ).format(n=count)
    )


def _row(one: RecordingSummary) -> tuple[str, ...]:
    return (
        one.id,
        _date(one),
        one.group or "?",
        "?" if one.number is None else str(one.number),
        "?" if one.seconds is None else durations.clock(one.seconds),
        recordings.with_redacted(one),
    )


def _as_json(one: RecordingSummary) -> dict[str, object]:
    return {
        "id": one.id,
        "began": _date(one) if one.began_wall is not None else None,
        "group": one.group or None,
        "session": one.number,
        "seconds": one.seconds,
        "parts": one.parts,
        "condition": one.condition.value,
        "struck": one.struck.value,
        "imported": _import_as_json(one),
    }


def _import_as_json(one: RecordingSummary) -> dict[str, object] | None:
    """Return what importing found; `complete` is null where an earlier version imported it, which did not look."""
    if one.imported is None:
        return None
    report = one.imported.report
    if report is None:
        return {"complete": None}
    return {"complete": report.is_complete, "read_seconds": report.read_s, "findings": list(report.findings)}


def _date(one: RecordingSummary) -> str:
    if one.began_wall is None:
        return "?"
    return datetime.fromtimestamp(one.began_wall, UTC).strftime("%Y-%m-%d %H:%M")
