"""The child that is killed: it does one act on a vault, told on standard input, and says how long that took."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from balint_desktop.domain.clock import SystemClock
from balint_desktop.domain.group.group import Reader
from balint_desktop.domain.values import GroupId, RecordingId
from balint_desktop.vault.renewal_files import RenewalLayout
from balint_desktop.vault.secret import VaultSecret
from balint_desktop.vault.vault import OpenVault


def _destroy(vault, told):
    for recording in told["recordings"]:
        vault.destroy(RecordingId(recording), "the time agreed is over")


def _add_reader(vault, told):
    vault.readers.add([GroupId(told["group"])], Reader("Transcriber", told["recipient"]), earlier=True)


def _renew(vault, told):
    Path(told["aside"]).rename(RenewalLayout(vault.folder).prepared)
    vault.confirm_renewal()
    secret = VaultSecret.from_text(told["both"])
    OpenVault(Path(told["folder"]), secret, SystemClock()).close()


_ACTS = {"destroy": _destroy, "add-reader": _add_reader, "renew": _renew}


def main():
    told = json.loads(sys.stdin.read())
    vault = OpenVault(Path(told["folder"]), VaultSecret.from_text(told["secret"]), SystemClock())
    print("working", flush=True)
    began = time.perf_counter()
    _ACTS[sys.argv[1]](vault, told)
    vault.close()
    print(time.perf_counter() - began, flush=True)


if __name__ == "__main__":
    main()
