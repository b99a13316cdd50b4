"""The child to be killed: it does one act on a vault, given on standard input, and reports how long that took."""

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


def _destroy(vault, given):
    for recording in given["recordings"]:
        vault.destroy(RecordingId(recording), "the time agreed is over")


def _add_reader(vault, given):
    vault.readers.add([GroupId(given["group"])], Reader("Transcriber", given["recipient"]), earlier=True)


def _renew(vault, given):
    Path(given["aside"]).rename(RenewalLayout(vault.folder).prepared)
    vault.confirm_renewal()
    secret = VaultSecret.from_text(given["both"])
    OpenVault(Path(given["folder"]), secret, SystemClock()).close()


_ACTS = {"destroy": _destroy, "add-reader": _add_reader, "renew": _renew}


def main():
    content = json.loads(sys.stdin.read())
    vault = OpenVault(Path(content["folder"]), VaultSecret.from_text(content["secret"]), SystemClock())
    print("working", flush=True)
    began = time.perf_counter()
    _ACTS[sys.argv[1]](vault, content)
    vault.close()
    print(time.perf_counter() - began, flush=True)


if __name__ == "__main__":
    main()
