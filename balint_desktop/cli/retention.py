"""`balint-desktop retention`: list what is due and what is held; record that a transcript was verified."""

from __future__ import annotations

import argparse

from balint_desktop.cli.days import typed_day
from balint_desktop.cli.find import unique_match
from balint_desktop.cli.parsing import SubcommandParser
from balint_desktop.cli.result import CommandResult, print_json, print_table
from balint_desktop.cli.unlock import open_vault
from balint_desktop.domain.group.group import Group
from balint_desktop.domain.study.retention import RetainedItem, RetainedKind, RetentionStatus, StartEvent, due_first
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import RecordingId
from balint_desktop.i18n import tr, tr_n
from balint_desktop.text import retention
from balint_desktop.vault.retention import GroupRetention
from balint_desktop.vault.vault import OpenVault


def add_to(acts: SubcommandParser) -> None:
    """Add the subcommands of retention."""
    acts.add("list", _list, as_json=True)
    verified = acts.add("verified", _verified)
    verified.add_argument("id", metavar="ID", help=tr("the recording"))
    verified.add_argument("--on", metavar="DAY", required=True, help=tr("the day, such as 2026-03-04"))
    verified.add_argument("--by", metavar="WHO", required=True, help=tr("who, as a role such as coordinator"))


def _list(options: argparse.Namespace) -> CommandResult:
    with open_vault(options) as vault:
        today = vault.log.retention.today()
        found = [
            (group, one)
            for group in vault.log.groups.groups()
            for one in due_first(GroupRetention(vault.log, group.id, today, vault.rosters.has_code_key).items())
            if one.clock is not None or one.retained.is_held
        ]
    if options.json:
        print_json(_as_json(group, one) for group, one in found)
    else:
        headings = (tr("Group"), tr("What"), tr("Due"), tr("State"))
        none = tr("No retention periods or legal holds in this vault.")
        print_table(headings, [_row(group, one) for group, one in found], none)
    due = sum(1 for _, one in found if one.is_over)
    if not due:
        return CommandResult()
    return CommandResult(
        tr_n(
            "{n} item is overdue. Nothing is destroyed automatically.",
            "{n} items are overdue. Nothing is destroyed automatically.",
            due,
        ).format(n=due)
    )


def _verified(options: argparse.Namespace) -> CommandResult:
    day = typed_day(options.on)
    with open_vault(options) as vault:
        log = vault.log
        recording = unique_match((row.id for row in log.recordings.recordings()), options.id)
        group = log.retained_recordings.group_of(recording) if recording is not None else None
        if recording is None or group is None:
            raise Trouble(TroubleCode.RECORDING_MISSING, recording=options.id)
        kept = _of(vault, recording)
        recorded = kept.retained.events.get(StartEvent.RECORDED) if kept is not None else None
        verified = StartEvent.TRANSCRIPT_VERIFIED
        log.retention.note_event(group, verified, day, options.by, recording=recording, not_before=recorded)
        after = _of(vault, recording)
    if after is not None:
        print(retention.status_words(after, retention.iso))
    return CommandResult()


def _of(vault: OpenVault, recording: RecordingId) -> RetainedItem | None:
    group = vault.log.retained_recordings.group_of(recording)
    if group is None:
        return None
    return GroupRetention(vault.log, group, vault.log.retention.today(), vault.rosters.has_code_key).of_recording(
        recording
    )


def _row(group: Group, one: RetainedItem) -> tuple[str, ...]:
    due = one.due.isoformat() if one.due is not None and one.status is not RetentionStatus.GONE else ""
    return group.name, retention.item_words(one), due, retention.item_sentence(one, retention.iso)


def _as_json(group: Group, one: RetainedItem) -> dict[str, object]:
    thing = one.retained
    return {
        "id": f"{thing.kind.value}{'-in-vault' if thing.is_in_vault else ''}:{thing.recording or group.id}",
        "group": group.id,
        "group_name": group.name,
        "kind": thing.kind.value,
        "recording": thing.recording,
        "in_vault": thing.kind is RetainedKind.AUDIO or thing.is_in_vault,
        "waits_for_speaker": thing.waits_for_speaker,
        "number": thing.number,
        # Kept for programs that read it; a form has a person only where a withdrawal starts its period.
        "member": None,
        "standing": one.status.value,
        "started": one.started.isoformat() if one.started is not None else None,
        "due": one.due.isoformat() if one.due is not None else None,
        "source": one.clock.source if one.clock is not None else None,
    }
