"""Search the recorder's memory from outside for every key, while it records. Linux only."""

from __future__ import annotations

import signal
import subprocess
import tempfile
from pathlib import Path

from faults.led import Ended
from faults.room import Room
from faults.stage import Stage
from faults.table import Row, Try, came_to_nothing

from balint_desktop.domain.trouble import Trouble
from balint_desktop.sealed.recording import read_key

_NAME = "The recorder's memory, searched for keys"
_STEP = 1 << 22
_BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_AFTER_S = 3.0


def memory_searched(room: Room, times: int, say) -> Row:
    """Search the recorder for what it must not have and, to prove the search works, for what it must."""
    tries = []
    for number in range(times):
        with tempfile.TemporaryDirectory(prefix="faults-") as folder:
            try:
                tries.append(_search(Stage(Path(folder), room.environment), number))
            except PermissionError:
                return Row(_NAME, not_run="another process's memory needs root, or permission to trace")
            except (Ended, Trouble, OSError, subprocess.SubprocessError) as error:
                say(f"{_NAME}: {error}")
                tries.append(came_to_nothing(error))
        say(f"{_NAME}: {tries[-1]}")
    return Row(_NAME, tries, "none there, and the public key is; in the app's own process the vault's and the log's")


def _search(stage: Stage, seed: int) -> Try:
    led = stage.lead("window", seed, stage.made.passphrase)
    vault_key = {"the vault's key": forms(stage.made.secret.identities[0].secret)}
    try:
        led.wait_for("leading")
        # Before the first recording the vault's key is in memory; the process is stopped during the search.
        led.kill(signal.SIGSTOP)
        before = found_in(led.process.pid, vault_key)
        led.kill(signal.SIGCONT)
        recorder = led.wait_for("recorder")
        led.wait(lambda one: one["what"] == "level" and one["seconds"] > _AFTER_S)
        secrets = forms_of_keys(stage, Path(recorder["folder"]).parent)
        recipient = read_key(Path(recorder["folder"]).parent, [secrets["the vault's key"][0].decode()]).recipient
        public = {"the recipient": forms(recipient)}
        in_recorder = found_in(recorder["pid"], {**secrets, **public})
        in_app = found_in(led.process.pid, {"the log's key": secrets["the log's key"]})
    finally:
        led.end()
    failed = [f"the recorder holds {name}" for name in secrets if name in in_recorder]
    failed += ["the search does not find the public key"] if "the recipient" not in in_recorder else []
    failed += ["the search does not find the vault's key in the app"] if not before else []
    failed += ["the search does not find the log's key in the app"] if not in_app else []
    return Try(failed=tuple(failed))


def forms_of_keys(stage: Stage, recording: Path) -> dict[str, list[bytes]]:
    """Return every key the recorder must not know, in each form in which memory may hold it."""
    made = stage.made
    vault_key = made.secret.identities[0].secret
    return {
        "the vault's key": forms(vault_key),
        "the recording's key": forms(read_key(recording, [vault_key]).secret),
        "the passphrase": [made.passphrase.encode(), made.passphrase.encode("utf-16-le")],
        "the recovery key": forms(made.recovery_key),
        "the log's key": [made.secret.log_key.encode(), bytes.fromhex(made.secret.log_key)],
    }


def forms(key: str) -> list[bytes]:
    """Return an age key as text and as its 32 raw bytes."""
    return [key.encode(), key.encode("utf-16-le"), _raw(key)]


def _raw(key: str) -> bytes:
    """Return the bytes of a key in Bech32 (BIP 173), without its checksum."""
    digits = [_BECH32.index(letter) for letter in key.lower().rsplit("1", 1)[1][:-6]]
    number = 0
    for digit in digits:
        number = number << 5 | digit
    return (number >> len(digits) * 5 % 8).to_bytes(len(digits) * 5 // 8, "big")


def found_in(pid: int, wanted: dict[str, list[bytes]]) -> set[str]:
    """Return the names of the values found in a process's memory in any form. Raise PermissionError."""
    overlap = max(len(form) for each in wanted.values() for form in each) - 1
    found = set()
    with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
        for begin, end in _regions(pid):
            for at in range(begin, end, _STEP):
                try:
                    memory.seek(at)
                    data = memory.read(min(_STEP + overlap, end - at))
                except (OSError, ValueError):
                    # Pages that belong to the kernel, or that were unmapped meanwhile.
                    break
                found |= {name for name, each in wanted.items() if any(form in data for form in each)}
    return found


def _regions(pid: int) -> list[tuple[int, int]]:
    regions = []
    for line in Path(f"/proc/{pid}/maps").read_text(encoding="utf-8").splitlines():
        span, rights = line.split()[:2]
        begin, end = (int(edge, 16) for edge in span.split("-"))
        if "r" in rights and "[v" not in line:
            regions.append((begin, end))
    return regions
