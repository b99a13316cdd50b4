"""`balint-desktop doctor`: check this computer part by part."""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from balint_desktop.cli import checks
from balint_desktop.cli.checks import CheckFailed, NotFound
from balint_desktop.cli.parsing import SubcommandParser
from balint_desktop.cli.result import CommandResult, print_json
from balint_desktop.command import own_command, own_session
from balint_desktop.data_folder import DataFolder, data_folder
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.i18n import tr
from balint_desktop.text.trouble import sentence

_LONGEST_S = 30.0


@dataclass(frozen=True, slots=True)
class Check:
    """One check. `apart` runs it in a separate process, for checks that can crash their process."""

    key: str
    name: str
    run: Callable[[DataFolder], str]
    in_child: bool = False


def add_to(acts: SubcommandParser) -> None:
    """Add the doctor's options."""
    parser = acts.only(run)
    parser.add_argument(
        "--self-test",
        action="store_true",
        help=tr("try this installation in a temporary folder: create a vault, record from a file, open it again"),
    )
    parser.add_argument("--json", action="store_true", help=tr("print one JSON object per line"))
    parser.add_argument("--only", metavar="CHECK", help=argparse.SUPPRESS)


def run(options: argparse.Namespace) -> CommandResult:
    """Run every check, printing one line each on standard output."""
    data = data_folder(options.data_dir)
    if options.only:
        return _run_one(options.only, data)
    if options.self_test:
        return _self_test(as_json=options.json)
    failed = [check.name for check in _checks() if not _report(check, data, as_json=options.json)]
    if not failed:
        return CommandResult()
    return CommandResult(
        tr("{count} of {all} checks failed: {names}. Each line above says what to do.").format(
            count=len(failed), all=len(_checks()), names=", ".join(failed)
        )
    )


def _self_test(*, as_json: bool) -> CommandResult:
    """Lead the installed program through a new vault, which is deleted afterwards."""
    from balint_desktop.rehearsal.self_test.steps import SelfTest  # noqa: PLC0415  the checks need none of it

    failed = ""
    # A file that a virus scanner still holds must not fail the test.
    with tempfile.TemporaryDirectory(prefix="balint-self-test-", ignore_cleanup_errors=True) as folder:
        for outcome in SelfTest(Path(folder)).run():
            _print_finding(outcome.key, outcome.name, outcome.detail, holds=outcome.holds, as_json=as_json)
            if outcome.holds is False:
                failed = outcome.name
    if not failed:
        return CommandResult()
    return CommandResult(tr("This installation does not work: {step}. Install the app again.").format(step=failed))


def _checks() -> tuple[Check, ...]:
    return (
        Check("display", tr("display"), checks.display, in_child=True),
        Check("microphone", tr("microphone"), checks.microphone),
        Check("call", tr("sound of a call"), checks.call),
        Check("opus", tr("Opus"), checks.opus),
        Check("sealing", tr("sealing"), checks.sealing),
        Check("log", tr("log"), checks.log),
        Check("disk", tr("disk"), checks.disk),
        Check("transcription", tr("transcription"), checks.transcription),
    )


def _report(check: Check, data: DataFolder, *, as_json: bool) -> bool:
    """Run one check and print its line; return whether it passed, or found nothing that everyone needs."""
    missing = ""
    holds: bool | None
    try:
        finding, holds = _run_apart(check.key) if check.in_child else _run_check(check, data), True
    except CheckFailed as failed:
        finding, holds = str(failed), False
    except NotFound as not_found:
        finding, holds, missing = str(not_found), None, tr("missing")
    _print_finding(check.key, check.name, finding, holds=holds, as_json=as_json, neither=missing)
    return holds is not False


def _print_finding(key: str, name: str, finding: str, *, holds: bool | None, as_json: bool, neither: str = "") -> None:
    """Print one line at once. `holds` is None for what was not run, or for what `neither` says instead."""
    if as_json:
        print_json([{"id": key, "ok": holds, "finding": finding}])
        sys.stdout.flush()
        return
    outcome = neither or tr("not run") if holds is None else tr("ok") if holds else tr("FAILED")
    print(f"{outcome:<7} {name}: {finding}", flush=True)


def _run_check(check: Check, data: DataFolder) -> str:
    try:
        return check.run(data)
    except Trouble as trouble:
        raise CheckFailed(_remedy(trouble)) from trouble


def _remedy(trouble: Trouble) -> str:
    """Return what to do about a failed check. A part that did not start sends people here, so not from here again."""
    if trouble.code is TroubleCode.CHILD_FAILED:
        return tr(
            "Part of the app did not start. Check that this computer plays and records sound in other programs; if it "
            "does, install the app again."
        )
    return sentence(trouble)


def _run_apart(key: str) -> str:
    """Run a check in a separate process. Raise CheckFailed."""
    try:
        done: subprocess.CompletedProcess[str] = subprocess.run(
            own_command("doctor", "--only", key),
            capture_output=True,
            text=True,
            timeout=_LONGEST_S,
            check=False,
            **own_session(),
        )
    except subprocess.TimeoutExpired as error:
        raise CheckFailed(tr("It did not respond. Restart the computer, then try again.")) from error
    if done.returncode == 0:
        return done.stdout.strip()
    # A crashed process prints its library's messages; a failed check prints its reason on the last line.
    lines = done.stderr.strip().splitlines()
    if done.returncode == 1 and lines:
        raise CheckFailed(lines[-1])
    raise CheckFailed(checks.no_display())


def _run_one(key: str, data: DataFolder) -> CommandResult:
    check = next((check for check in _checks() if check.key == key), None)
    if check is None:
        return CommandResult(tr("There is no check called {key}.").format(key=key))
    try:
        print(_run_check(check, data))
    except NotFound as not_found:
        print(not_found)
    except CheckFailed as failed:
        return CommandResult(str(failed))
    return CommandResult()
