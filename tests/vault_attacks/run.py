"""`make attacks`: play every attack on the vault, and print what came of each."""

from __future__ import annotations

import importlib
import pkgutil
import sys
import tempfile
from pathlib import Path

import vault_attacks
from vault_attacks.registry import ATTACKS, Attack, NotHere

# What each kind is about; a module on_….py adds its attacks.
KINDS = {
    "disk": "A disk that is full or read-only",
    "carving": "Replaced secrets on the raw disk",
    "recovery": "The recovery key's file",
    "parsing": "Texts and files from elsewhere",
    "scrypt": "The work that a passphrase takes",
    "backup": "Hostile backups",
    "links": "Links inside the vault",
    "shared": "Sealed copies from elsewhere",
    "folders": "Who may read new folders",
    "memory": "The recorder's memory",
    "signs": "Control and bidirectional signs",
    "work-factor": "Vaults of faster machines",
    "consent": "Ways past the consent gate",
    "licences": "Licences of what is shipped",
}


def load() -> None:
    """Import every module of attacks, which adds them to the table."""
    for found in pkgutil.iter_modules(vault_attacks.__path__):
        if found.name.startswith("on_"):
            importlib.import_module(f"vault_attacks.{found.name}")


def main() -> int:
    """Play all attacks and print them by kind; return 1 if one has another outcome than it must have."""
    load()
    failed = 0
    for kind in dict.fromkeys([*KINDS, *(attack.kind for attack in ATTACKS)]):
        print(f"\n{KINDS.get(kind, kind)}")
        for attack in (one for one in ATTACKS if one.kind == kind):
            mark, outcome = _played(attack)
            failed += mark == "NOT"
            print(f"  {mark:4} {attack.name}: {outcome}", flush=True)
    print(f"\n{len(ATTACKS)} attacks, {failed} with another outcome than they must have.")
    return 1 if failed else 0


def _played(attack: Attack) -> tuple[str, str]:
    with tempfile.TemporaryDirectory(prefix="attack-") as folder:
        try:
            outcome = attack.act(Path(folder))
        except NotHere as reason:
            return "-", f"not played here: {reason}"
        except Exception as error:  # noqa: BLE001  whatever it is, the table says so and goes on
            return "NOT", f"{type(error).__name__}: {error}"
    return ("held", outcome) if outcome == attack.outcome else ("NOT", f"{outcome}, not {attack.outcome}")


if __name__ == "__main__":
    sys.exit(main())
