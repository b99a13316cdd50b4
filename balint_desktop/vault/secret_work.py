"""What is done with a passphrase in a child process, so that the window never freezes: asked and answered in JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from balint_desktop.domain.clock import Clock
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.vault import opening, renewal_files
from balint_desktop.vault.passphrase_strength import require_enough
from balint_desktop.vault.secret import VaultSecret


class Errand(StrEnum):
    """What the child is asked for. Its answer is the vault secret's text, or the recovery key of what was made."""

    OPEN = "open"
    OPEN_BY_KEY = "open-by-key"
    MAKE = "make"
    CHANGE = "change"
    REPLACE = "replace"
    RENEW = "renew"
    RENEW_BY_KEY = "renew-by-key"


@dataclass(frozen=True, slots=True)
class Asked:
    """One errand. `secret` is the passphrase or recovery key at hand, `new` a passphrase to set."""

    errand: Errand
    folder: str
    secret: str = field(default="", repr=False)
    new: str = field(default="", repr=False)

    def to_json(self) -> bytes:
        """Return the errand as one line."""
        told = {"errand": self.errand, "folder": self.folder, "secret": self.secret, "new": self.new}
        return json.dumps(told).encode() + b"\n"

    @classmethod
    def from_json(cls, line: bytes) -> Asked:
        """Return the errand from its line."""
        told = json.loads(line)
        return cls(Errand(told["errand"]), told["folder"], told["secret"], told["new"])


def answer(asked: Asked, clock: Clock) -> bytes:
    """Do an errand, and return the answer's line: what was asked for, or the trouble's code and details."""
    try:
        return json.dumps({"answer": _ERRANDS[asked.errand](asked, clock)}).encode() + b"\n"
    except Trouble as trouble:
        return json.dumps({"trouble": trouble.code, "details": trouble.details}).encode() + b"\n"


def answered(line: bytes) -> str:
    """Return what the child answered. Raise the Trouble it met."""
    try:
        told = json.loads(line)
    except ValueError as error:
        raise Trouble(TroubleCode.CHILD_FAILED) from error
    if "trouble" in told:
        raise Trouble(TroubleCode(told["trouble"]), **told["details"])
    return str(told["answer"])


def _open(asked: Asked, _clock: Clock) -> str:
    return opening.secret_by_passphrase(Path(asked.folder), asked.secret).to_text()


def _open_by_key(asked: Asked, _clock: Clock) -> str:
    return opening.secret_by_recovery_key(Path(asked.folder), asked.secret).to_text()


def _make(asked: Asked, clock: Clock) -> str:
    require_enough(asked.new)
    return opening.create_vault(Path(asked.folder), asked.new, clock)


def _change(asked: Asked, _clock: Clock) -> str:
    require_enough(asked.new)
    secret = opening.secret_by_passphrase(Path(asked.folder), asked.secret)
    return _set(asked, secret)


def _replace(asked: Asked, _clock: Clock) -> str:
    require_enough(asked.new)
    secret = opening.secret_by_recovery_key(Path(asked.folder), asked.secret)
    return _set(asked, secret)


def _renew(asked: Asked, _clock: Clock) -> str:
    require_enough(asked.new)
    folder = Path(asked.folder)
    return renewal_files.prepare(folder, opening.secret_by_passphrase(folder, asked.secret), asked.new)


def _renew_by_key(asked: Asked, _clock: Clock) -> str:
    require_enough(asked.new)
    folder = Path(asked.folder)
    return renewal_files.prepare(folder, opening.secret_by_recovery_key(folder, asked.secret), asked.new)


def _set(asked: Asked, secret: VaultSecret) -> str:
    opening.set_passphrase(Path(asked.folder), secret, asked.new)
    return secret.to_text()


_ERRANDS: dict[Errand, Callable[[Asked, Clock], str]] = {
    Errand.OPEN: _open,
    Errand.OPEN_BY_KEY: _open_by_key,
    Errand.MAKE: _make,
    Errand.CHANGE: _change,
    Errand.REPLACE: _replace,
    Errand.RENEW: _renew,
    Errand.RENEW_BY_KEY: _renew_by_key,
}
