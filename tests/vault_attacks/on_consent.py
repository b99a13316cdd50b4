"""Attacks on the consent gate: whatever leaves the vault asks for its purpose, and a refusal names nobody."""

from __future__ import annotations

from functools import partial

from gate_attempts import ATTEMPTS, P1, P2, P10, Bench
from vault_attacks.registry import attack

from balint_desktop.domain.trouble import Trouble


def refused(attempt, folder):
    """Return what became of an attempt."""
    bench = Bench(folder)
    try:
        act = attempt(bench)
        before = sorted(folder.iterdir())
        act()
    except Trouble as trouble:
        if {P1, P2, P10} & set(map(str, trouble.details.values())):
            return "refused by the name of a person"
        return f"refused, {trouble.code}" if sorted(folder.iterdir()) == before else "refused, and a file was left"
    else:
        return "it passed"
    finally:
        bench.vault.close()


for one, code in ATTEMPTS:
    attack("consent", one.__name__.replace("_", " "), f"refused, {code}")(partial(refused, one))
