"""`balint-desktop keeping`: list what is due and what is held; record that a transcript was verified."""

from __future__ import annotations

import argparse
import json

from balint_desktop.cli.result import CommandResult, table
from balint_desktop.cli.unlock import open_vault
from balint_desktop.data_folder import data_folder
from balint_desktop.domain.study.retention import RetainedItem, RetentionStatus, StartEvent, due_first
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import RecordingId
from balint_desktop.i18n import tr, tr_n
from balint_desktop.text import retention
from balint_desktop.text.days import parse_day
from balint_desktop.vault.retention import GroupRetention
from balint_desktop.vault.vault import OpenVault


def run(options: argparse.Namespace) -> CommandResult:
    """Do one act on the vault. Raise Trouble."""
    with open_vault(data_folder(options.data_dir).vault, options.passphrase_file) as vault:
        if options.act == "verified":
            return _verified(vault, options.id, options.on, options.by)
        return _list(vault, as_json=options.json)


def _list(vault: OpenVault, *, as_json: bool) -> CommandResult:
    today = vault.log.keeping.today()
    found = [
        (group.name, one)
        for group in vault.log.people.groups()
        for one in due_first(GroupRetention(vault.log, group.id, today, vault.rosters.has).things())
        if one.clock is not None or one.thing.is_held
    ]
    if as_json:
        print(json.dumps({"keeping": [_as_json(name, one) for name, one in found]}, ensure_ascii=False, indent=2))
    elif found:
        headings = (tr("Group"), tr("What"), tr("Due"), tr("How it is"))
        print(table([headings, *(_row(name, one) for name, one in found)]))
    else:
        print(tr("No period is entered in this vault, and no hold stands."))
    due = sum(1 for _, one in found if one.is_over)
    if not due:
        return CommandResult()
    return CommandResult(
        tr_n(
            "{n} thing is past its time; nothing is destroyed by itself.",
            "{n} things are past their time; nothing is destroyed by itself.",
            due,
        ).format(n=due)
    )


def _verified(vault: OpenVault, recording: str, on: str, by: str) -> CommandResult:
    day, log = parse_day(on), vault.log
    found = [row for row in log.recordings.recordings() if row.id.startswith(recording)]
    group = log.kept_recordings.group_of(found[0].id) if len(found) == 1 and recording else None
    if group is None:
        raise Trouble(TroubleCode.RECORDING_MISSING, recording=recording)
    kept = _of(vault, found[0].id)
    recorded = kept.thing.events.get(StartEvent.RECORDED) if kept is not None else None
    log.keeping.note_event(group, StartEvent.TRANSCRIPT_VERIFIED, day, by, recording=found[0].id, not_before=recorded)
    after = _of(vault, found[0].id)
    if after is not None:
        print(retention.status_words(after, retention.iso))
    return CommandResult()


def _of(vault: OpenVault, recording: RecordingId) -> RetainedItem | None:
    group = vault.log.kept_recordings.group_of(recording)
    if group is None:
        return None
    return GroupRetention(vault.log, group, vault.log.keeping.today(), vault.rosters.has).of_recording(recording)


def _row(group: str, one: RetainedItem) -> tuple[str, ...]:
    due = one.due.isoformat() if one.due is not None and one.standing is not RetentionStatus.GONE else ""
    return group, retention.item_words(one), due, retention.item_sentence(one, retention.iso)


def _as_json(group: str, one: RetainedItem) -> dict[str, object]:
    return {
        "group": group,
        "kind": one.thing.kind.value,
        "recording": one.thing.recording,
        "session": one.thing.number,
        "code": one.thing.code,
        "standing": one.standing.value,
        "started": one.started.isoformat() if one.started is not None else None,
        "due": one.due.isoformat() if one.due is not None else None,
        "source": one.clock.source if one.clock is not None else None,
    }
