"""`balint-desktop recordings import DIR`: a recording from a sealed copy that was shared with this vault."""

from __future__ import annotations

import argparse
from pathlib import Path

from balint_desktop.cli.days import local, typed_day
from balint_desktop.cli.find import find_group
from balint_desktop.cli.result import CommandResult, UsageError, print_json
from balint_desktop.cli.unlock import open_vault
from balint_desktop.data_folder import data_folder
from balint_desktop.domain.clock import SystemClock
from balint_desktop.domain.study.shared_session import SharedSession
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.i18n import tr
from balint_desktop.library.formats import FormatLibrary, shipped_bank
from balint_desktop.recordings.import_copy import copy_in, register_copy
from balint_desktop.text import shared_copies
from balint_desktop.vault.import_copy import CopyTarget, ImportedCopy, begin_copy, copy_groups
from balint_desktop.vault.older_copy import rebuild_session, typed_session
from balint_desktop.vault.shared_copy import FoundCopy, read_copy, require_absent
from balint_desktop.vault.vault import OpenVault

_OF_FILES = ("session", "begins_at")
_OF_COPIES = ("group", "new_group", "number", "on")


def add_to(parser: argparse.ArgumentParser) -> None:
    """Add the options of a sealed copy to `recordings import`."""
    parser.add_argument(
        "--group", metavar="ID", default="", help=tr("of a sealed copy: the group it goes to; see groups list")
    )
    parser.add_argument(
        "--new-group", metavar="NAME", default="", help=tr("of a sealed copy: create a group of this name for it")
    )
    parser.add_argument(
        "--number", metavar="N", type=int, help=tr("of a copy made by an earlier version: the session’s number")
    )
    parser.add_argument("--on", metavar="DAY", default="", help=tr("of a copy made by an earlier version: its day"))


def require_unused(options: argparse.Namespace) -> None:
    """Check that no option of a sealed copy stands beside a file. Raise UsageError."""
    if any(getattr(options, name) for name in _OF_COPIES):
        raise UsageError(tr("--group, --new-group, --number and --on are for the folder of a sealed copy."))


def run(options: argparse.Namespace, folder: Path) -> CommandResult:
    """Import the sealed copy in a folder. Raise Trouble, UsageError."""
    if any(getattr(options, name) for name in _OF_FILES):
        raise UsageError(tr("--session and --begins-at are for a sound file. A sealed copy brings its session along."))
    if options.group and options.new_group:
        raise UsageError(tr("Give --group or --new-group, not both."))
    with open_vault(options) as vault:
        found = read_copy(folder.absolute(), vault.secrets())
        require_absent(vault, found.recording)
        shared = found.shared or _rebuilt(vault, found, options)
        pending = begin_copy(vault, found, shared, _target(vault, options, shared))
        imported = register_copy(vault, pending, copy_in(pending), SystemClock())
    if options.json:
        print_json([_as_json(imported)])
    else:
        print(*shared_copies.imported(imported), sep="\n")
    return CommandResult()


def _rebuilt(vault: OpenVault, found: FoundCopy, options: argparse.Namespace) -> SharedSession:
    """Return the session of a copy of an earlier version, by what was typed. Raise Trouble."""
    if options.number is None or not options.on:
        raise Trouble(TroubleCode.SHARED_COPY_SAYS_TOO_LITTLE, folder=str(found.folder))
    typed = typed_session(options.number, typed_day(options.on), vault.log.retention.today())
    formats = FormatLibrary(data_folder(options.data_dir).formats, shipped_bank())
    return rebuild_session(found, typed, [(one.key, formats.text(one.key)) for one in formats.formats()])


def _target(vault: OpenVault, options: argparse.Namespace, shared: SharedSession) -> CopyTarget:
    """Return the group that was named, or the one an earlier recording of the same group went to. Raise UsageError."""
    if options.new_group:
        return CopyTarget(new_name=options.new_group)
    if options.group:
        return CopyTarget(find_group(vault.log, options.group).id)
    suggested = copy_groups(vault, shared).suggested
    if suggested is None:
        raise UsageError(
            tr("Say which group it goes to: --group ID for one that is here, or --new-group NAME to create one.")
        )
    return CopyTarget(suggested)


def _as_json(imported: ImportedCopy) -> dict[str, object]:
    shared = imported.shared
    return {
        "id": imported.recording,
        "session": shared.session,
        "number": shared.number,
        "began": local(shared.began_wall),
        "group": imported.group.id,
        "group_name": imported.group.name,
        "new_group": imported.is_new_group,
        "purposes": sorted(purpose.value for purpose in shared.purposes),
        "shared_for": shared.shared_for.value if shared.shared_for is not None else None,
    }
