"""Passphrase work of the child process, as JSON requests and answers."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from balint_desktop.domain.clock import Clock
from balint_desktop.domain.foreign import foreign_errors
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.vault import opening, renewal_files
from balint_desktop.vault.passphrase_strength import require_enough
from balint_desktop.vault.secret import VaultSecret


class SecretTask(StrEnum):
    """The child's tasks. Its answer is the vault secret's text, or the recovery key of the vault or renewal created."""

    OPEN = "open"
    OPEN_BY_KEY = "open-by-key"
    MAKE = "make"
    CHANGE = "change"
    REPLACE = "replace"
    RESEAL = "reseal"
    RENEW = "renew"
    RENEW_BY_KEY = "renew-by-key"


@dataclass(frozen=True, slots=True)
class SecretRequest:
    """One request. `secret` is the current passphrase or recovery key, `new` a passphrase to set."""

    task: SecretTask
    folder: str
    secret: str = field(default="", repr=False)
    new: str = field(default="", repr=False)

    def to_json(self) -> bytes:
        """Return the request as one line."""
        message = {"task": self.task, "folder": self.folder, "secret": self.secret, "new": self.new}
        return json.dumps(message).encode() + b"\n"

    @classmethod
    def from_json(cls, line: bytes) -> SecretRequest:
        """Return the request from its line."""
        message = json.loads(line)
        return cls(SecretTask(message["task"]), message["folder"], message["secret"], message["new"])


def handle_request(asked: SecretRequest, clock: Clock) -> bytes:
    """Handle a request, and return the answer's line: the result, or the trouble's code and details."""
    try:
        return json.dumps({"answer": _ERRANDS[asked.task](asked, clock)}).encode() + b"\n"
    except Trouble as trouble:
        return json.dumps({"trouble": trouble.code, "details": trouble.details}).encode() + b"\n"


def parse_answer(line: bytes) -> str:
    """Return the child's answer. Raise the Trouble it reports."""
    with foreign_errors(Trouble(TroubleCode.CHILD_FAILED)):
        message = json.loads(line)
        if "trouble" in message:
            raise Trouble(TroubleCode(message["trouble"]), **message["details"])
        return str(message["answer"])


def _open(asked: SecretRequest, _clock: Clock) -> str:
    return opening.secret_by_passphrase(Path(asked.folder), asked.secret).to_text()


def _open_by_key(asked: SecretRequest, _clock: Clock) -> str:
    return opening.secret_by_recovery_key(Path(asked.folder), asked.secret).to_text()


def _make(asked: SecretRequest, clock: Clock) -> str:
    require_enough(asked.new)
    return opening.create_vault(Path(asked.folder), asked.new, clock)


def _change(asked: SecretRequest, _clock: Clock) -> str:
    require_enough(asked.new)
    secret = opening.secret_by_passphrase(Path(asked.folder), asked.secret)
    return _set(asked, secret)


def _replace(asked: SecretRequest, _clock: Clock) -> str:
    require_enough(asked.new)
    secret = opening.secret_by_recovery_key(Path(asked.folder), asked.secret)
    return _set(asked, secret)


def _reseal(asked: SecretRequest, _clock: Clock) -> str:
    """Seal the vault again with the passphrase it has, whatever is thought of its strength today."""
    secret = opening.secret_by_passphrase(Path(asked.folder), asked.secret)
    opening.set_passphrase(Path(asked.folder), secret, asked.secret)
    return secret.to_text()


def _renew(asked: SecretRequest, _clock: Clock) -> str:
    require_enough(asked.new)
    folder = Path(asked.folder)
    return renewal_files.prepare(folder, opening.secret_by_passphrase(folder, asked.secret), asked.new)


def _renew_by_key(asked: SecretRequest, _clock: Clock) -> str:
    require_enough(asked.new)
    folder = Path(asked.folder)
    return renewal_files.prepare(folder, opening.secret_by_recovery_key(folder, asked.secret), asked.new)


def _set(asked: SecretRequest, secret: VaultSecret) -> str:
    opening.set_passphrase(Path(asked.folder), secret, asked.new)
    return secret.to_text()


_ERRANDS: dict[SecretTask, Callable[[SecretRequest, Clock], str]] = {
    SecretTask.OPEN: _open,
    SecretTask.OPEN_BY_KEY: _open_by_key,
    SecretTask.MAKE: _make,
    SecretTask.CHANGE: _change,
    SecretTask.REPLACE: _replace,
    SecretTask.RESEAL: _reseal,
    SecretTask.RENEW: _renew,
    SecretTask.RENEW_BY_KEY: _renew_by_key,
}
