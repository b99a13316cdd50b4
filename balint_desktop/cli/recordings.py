"""`balint-desktop recordings`: list, verify, import, export and share."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from balint_desktop.capture.convert_handle import ConvertedSound
from balint_desktop.capture.decode_handle import encode_pcm, open_pcm
from balint_desktop.cli import import_copy
from balint_desktop.cli.consents import parse_purpose
from balint_desktop.cli.days import local
from balint_desktop.cli.find import find_session, unique_match
from balint_desktop.cli.parsing import SubcommandParser
from balint_desktop.cli.redaction import redact_in_vault, redact_outside, redactions
from balint_desktop.cli.result import CommandResult, UsageError, print_json, print_table
from balint_desktop.cli.unlock import open_vault
from balint_desktop.cli.vault import existing_folder, print_remarks
from balint_desktop.domain.clock import SystemClock
from balint_desktop.domain.file_name import printable_name
from balint_desktop.domain.study.consent import Purpose
from balint_desktop.domain.study.doors import USES, Door
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.i18n import tr, tr_n
from balint_desktop.recordings.export import ENDINGS
from balint_desktop.recordings.import_sound import register_import, seal_converted
from balint_desktop.recordings.inputs import RecordingInputs
from balint_desktop.recordings.service import RecordingService
from balint_desktop.recordings.summary import ALARMS, RecordingSummary, Verification
from balint_desktop.text import durations, imports, recordings, transfer
from balint_desktop.text.trouble import sentence
from balint_desktop.vault.consent_gate import permitted
from balint_desktop.vault.import_recording import begin_import
from balint_desktop.vault.transfer import share_recording
from balint_desktop.vault.vault import OpenVault

_MINUTES = re.compile(r"(\d{1,3}):([0-5]\d)")


def add_to(acts: SubcommandParser) -> None:
    """Add the subcommands of recordings."""
    acts.add("list", _list, as_json=True)
    verify = acts.add("verify", _verify, as_json=True)
    verify.add_argument("id", nargs="*", metavar="ID", help=tr("the recordings; all if none is named"))
    imported = acts.add("import", _import, as_json=True)
    imported.add_argument(
        "file",
        metavar="FILE or DIR",
        help=tr("WAV, FLAC, MP3, Ogg, M4A and others, or the folder of a sealed copy; it is not changed"),
    )
    imported.add_argument("--session", metavar="ID", help=tr("of a file: the session; see sessions list"))
    imported.add_argument("--begins-at", metavar="MM:SS", help=tr("of a file: its start on the session’s clock"))
    import_copy.add_to(imported)
    export = acts.add("export", _export, as_json=True)
    export.add_argument("id", metavar="ID")
    export.add_argument("--to", metavar="FILE", required=True, help=tr("a new file, .opus or .wav"))
    export.add_argument(
        "--not-encrypted",
        action="store_true",
        help=tr("confirm that the file is not encrypted, so anyone who has it can listen to it"),
    )
    export.add_argument(
        "--purpose", metavar="NAME", default="", help=tr("the purpose: {names}").format(names=_use_names())
    )
    share = acts.add("share", _share, as_json=True)
    share.add_argument("id", metavar="ID")
    share.add_argument("--to", metavar="DIR", required=True, help=tr("a folder, such as the university’s share"))
    share.add_argument(
        "--purpose", metavar="NAME", default="", help=tr("the purpose: {names}").format(names=_use_names())
    )
    redact = acts.add("redact", _redact)
    redact.add_argument("id", nargs="?", default="", metavar="ID")
    redact.add_argument("--folder", metavar="DIR", help=tr("a recording’s own folder outside a vault, instead of ID"))
    redact.add_argument("--identity", metavar="FILE", help=tr("the age identity file that opens it"))


def _list(options: argparse.Namespace) -> CommandResult:
    with open_vault(options) as vault:
        service = _service(vault)
        found = [(sources, service.read_summary(sources)) for sources in service.sources()]
        if options.json:
            print_json(_as_json(vault, *one) for one in found)
        else:
            headings = (
                tr("Recording"),
                tr("Began"),
                tr("Group"),
                tr("Number"),
                tr("Length"),
                tr("Sources"),
                tr("Condition"),
            )
            print_table(headings, [_row(one) for _, one in found], tr("No recordings in this vault."))
    return _attention(sum(1 for _, one in found if one.condition in ALARMS))


def _verify(options: argparse.Namespace) -> CommandResult:
    with open_vault(options) as vault:
        service = _service(vault)
        chosen = [_find(service, one) for one in options.id] if options.id else service.sources()
        verdicts = [service.verify(sources) for sources in chosen]
        if options.json:
            print_json(_verdict_as_json(verdict) for verdict in verdicts)
        else:
            for verdict in verdicts:
                print(f"{verdict.id}: {recordings.verdict(verdict)}", *redactions(vault, verdict.id), sep="\n")
        vault.log.check()
        broken = vault.log.audit.broken_at()
        if troubles := vault.prove_keys():
            return CommandResult(" ".join(sentence(trouble) for trouble in troubles))
        if broken is not None:
            return CommandResult(
                tr(
                    "The audit trail is broken from entry {entry}: the log was changed outside the app. "
                    "Compare it with a backup."
                ).format(entry=broken)
            )
        if not options.json:
            head = " ".join(vault.log.audit.head_words())
            print(tr("The audit trail is intact. Its eight words are: {words}").format(words=head))
    return _attention(sum(1 for verdict in verdicts if verdict.condition in ALARMS))


def _import(options: argparse.Namespace) -> CommandResult:
    file = Path(options.file)
    if file.is_dir():
        return import_copy.run(options, file)
    import_copy.require_unused(options)
    begins_s = _seconds(options.begins_at or "0:00")
    if not options.session:
        raise UsageError(tr("Give the session that the file belongs to: --session ID. See sessions list."))
    with open_vault(options) as vault:
        pending = begin_import(vault, find_session(vault.log, options.session), begins_s)
        sealed = seal_converted(pending, ConvertedSound(file))
        name = printable_name(file.name)
        register_import(vault, pending, sealed, name, SystemClock())
    report = sealed.report
    if options.json:
        print_json(
            [
                {
                    "id": pending.recording,
                    "session": pending.session,
                    "seconds": sealed.seconds,
                    "complete": report.is_complete,
                    "read_seconds": report.read_s,
                    "findings": list(report.findings),
                }
            ]
        )
    else:
        print(f"{pending.recording}: {imports.amount_sentence(name, report)}", *imports.findings(report), sep="\n")
    words = imports.original_words(name, report)
    if not report.is_complete:
        return CommandResult(words)
    if not options.json:
        print(words)
    return CommandResult()


def _export(options: argparse.Namespace) -> CommandResult:
    path = Path(options.to)
    if path.suffix.lower() not in ENDINGS:
        raise UsageError(tr("The file name must end in {endings}.").format(endings=tr(" or ").join(ENDINGS)))
    if not options.not_encrypted:
        raise UsageError(
            tr("The file would not be encrypted: anyone who has it can listen to it. To confirm, add --not-encrypted.")
        )
    purpose = _use(options)
    with open_vault(options) as vault:
        service = _service(vault)
        sources = _find(service, options.id)
        passage = service.pass_door(Door.SOUND_FILE, sources.id, purpose)
        opened = service.open(sources)
        service.pass_names(opened, path)
        service.export(opened, path, passage)
        service.note_exported(passage)
    if options.json:
        seconds = opened.joined.seconds
        print_json([{"id": sources.id, "file": str(path), "seconds": seconds, "purpose": purpose.value}])
        return CommandResult()
    print(
        tr("{path}: {long} of session time, not encrypted. Anyone who has the file can listen to it.").format(
            path=path, long=durations.duration_words(opened.joined.seconds)
        )
    )
    if silent := recordings.silences(opened.joined):
        print(tr("Silent stretches:"), silent, sep="\n")
    return CommandResult()


def _share(options: argparse.Namespace) -> CommandResult:
    into, purpose = existing_folder(options.to), _use(options)
    with open_vault(options) as vault:
        recording = _find(_service(vault), options.id).id
        if not options.json:
            print_remarks(into)
        shared = share_recording(vault, recording, purpose, into, SystemClock())
    if options.json:
        print_json([{"id": recording, "folder": shared.row.folder, "is_as_sealed": shared.is_as_sealed}])
    else:
        print(transfer.shared(shared.row, is_as_sealed=shared.is_as_sealed, approved_stays=shared.approved_stays))
    if shared.is_as_sealed:
        return CommandResult()
    return CommandResult(
        tr("The copy was made, but the recording has changed since it was sealed. Compare it with a backup.")
    )


def _use_names() -> str:
    return ", ".join(purpose.value for purpose in Purpose if purpose in USES)


def _use(options: argparse.Namespace) -> Purpose:
    """Return the use that a recording leaves for. Raise UsageError."""
    if not options.purpose:
        raise UsageError(tr("Give the purpose: --purpose with one of {names}.").format(names=_use_names()))
    return parse_purpose(options.purpose, _use_names())


def _redact(options: argparse.Namespace) -> CommandResult:
    if (answer := redact_outside(options)) is not None:
        return answer
    with open_vault(options) as vault:
        service = _service(vault)
        return redact_in_vault(vault, service, _find(service, options.id))


def _service(vault: OpenVault) -> RecordingService:
    return RecordingService(vault, open_pcm, encode_pcm)


def _find(service: RecordingService, named: str) -> RecordingInputs:
    """Return the recording with that id, or the only one with that prefix. Raise Trouble RECORDING_MISSING."""
    recordings = {sources.id: sources for sources in service.sources()}
    found = unique_match(recordings, named)
    if found is None:
        raise Trouble(TroubleCode.RECORDING_MISSING, recording=named)
    return recordings[found]


def _seconds(text: str) -> float:
    """Parse minutes and seconds into seconds. Raise UsageError."""
    found = _MINUTES.fullmatch(text)
    if found is None:
        raise UsageError(tr("Give the start in minutes and seconds, such as 0:00 or 12:30."))
    return float(found.group(1)) * 60 + float(found.group(2))


def _attention(count: int) -> CommandResult:
    if not count:
        return CommandResult()
    return CommandResult(
        tr_n(
            "{n} recording has a problem. It was left in place. Compare it with a backup.",
            "{n} recordings have a problem. They were left in place. Compare them with a backup.",
            count,
        ).format(n=count)
    )


def _row(one: RecordingSummary) -> tuple[str, ...]:
    return (
        one.id,
        "?" if one.began_wall is None else local(one.began_wall),
        one.group or "?",
        "?" if one.number is None else str(one.number),
        "?" if one.seconds is None else durations.clock(one.seconds),
        _sources(one),
        recordings.with_redacted(one),
    )


def _sources(one: RecordingSummary) -> str:
    if one.imported is not None:
        return tr("imported file")
    return "?" if one.number is None else recordings.sources_words(has_call=one.has_call)


def _as_json(vault: OpenVault, sources: RecordingInputs, one: RecordingSummary) -> dict[str, object]:
    session = sources.session
    known = session is not None
    return {
        "id": one.id,
        "session": session.id if session is not None else None,
        "group": session.setting.group if session is not None else None,
        "group_name": one.group or None,
        "number": one.number,
        "began": local(one.began_wall) if one.began_wall is not None else None,
        "seconds": one.seconds,
        "parts": one.parts,
        "call": one.has_call,
        "condition": one.condition.value,
        "not_recorded_seconds": one.not_recorded_s,
        "redaction": one.pending_redaction.value,
        "imported": _import_as_json(one),
        "sealed_copy": _copy_as_json(one),
        "purposes": sorted(purpose.value for purpose in permitted(vault.log, one.id)) if known else [],
    }


def _import_as_json(one: RecordingSummary) -> dict[str, object] | None:
    """Return the import report as JSON; `complete` is null for imports by an earlier version, which did not check."""
    if one.imported is None:
        return None
    report = one.imported.report
    if report is None:
        return {"complete": None}
    return {"complete": report.is_complete, "read_seconds": report.read_s, "findings": list(report.findings)}


def _copy_as_json(one: RecordingSummary) -> dict[str, object] | None:
    """Return how a recording from a sealed copy came; `shared_for` is null for a copy of an earlier version."""
    row = one.shared_copy
    if row is None:
        return None
    return {"imported": local(row.wall), "shared_for": row.shared_for.value if row.shared_for is not None else None}


def _verdict_as_json(verdict: Verification) -> dict[str, object]:
    return {
        "id": verdict.id,
        "condition": verdict.condition.value,
        "not_recorded_seconds": verdict.not_recorded_s,
        "key": verdict.key.value,
        "parts": [
            {
                "part": one.part,
                "condition": one.condition.value,
                "seconds": one.seconds,
                "lost_seconds": one.lost_s,
                "call": one.has_call,
            }
            for one in verdict.parts
        ],
    }
