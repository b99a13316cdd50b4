"""The vault secret: identities and the log's key."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, field

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.sealed.keys import Identity, identity, new_identity

# The version written. It is stored in the file so that an older app can distinguish "newer" from "damaged".
_VERSION = 1
_VERSION_LINE = re.compile(r"^# vault: ([0-9]{1,9})$", re.MULTILINE)
_LOG_KEY = re.compile(r"^# log-key: ([0-9a-f]{64})$", re.MULTILINE)
_NEXT_LOG_KEY = re.compile(r"^# next-log-key: ([0-9a-f]{64})$", re.MULTILINE)
_LOG_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class VaultSecret:
    """The identities of a vault, the current one first, and its log's raw key (hexadecimal).

    During a key renewal there is more than one identity, and a key that the log gets at the end.
    """

    identities: tuple[Identity, ...] = field(repr=False)
    log_key: str = field(repr=False)
    next_log_key: str = field(default="", repr=False)

    @property
    def recipient(self) -> str:
        """Return the recipient that new recordings are sealed to."""
        return self.identities[0].recipient

    def to_text(self) -> str:
        """Return the secret as an age identity file, which stock age accepts unchanged."""
        lines = ["# Balint Desktop: the vault secret. Whoever has this file reads everything in the vault."]
        lines += [f"# vault: {_VERSION}", f"# log-key: {self.log_key}"]
        if self.next_log_key:
            lines.append(f"# next-log-key: {self.next_log_key}")
        lines += [*(one.secret for one in self.identities)]
        return "\n".join(lines) + "\n"

    @classmethod
    def from_text(cls, text: str) -> VaultSecret:
        """Return the secret from its text. Raise Trouble: VAULT_NEWER, VAULT_FILE_DAMAGED if it is not a secret."""
        version = _VERSION_LINE.search(text)
        if version is not None and int(version.group(1)) > _VERSION:
            raise Trouble(TroubleCode.VAULT_NEWER)
        found = _LOG_KEY.search(text)
        keys = [line for line in text.splitlines() if line and not line.startswith("#")]
        if found is None or not keys:
            raise Trouble(TroubleCode.VAULT_FILE_DAMAGED)
        try:
            identities = tuple(identity(key.strip()) for key in keys)
        except Trouble as trouble:
            raise Trouble(TroubleCode.VAULT_FILE_DAMAGED) from trouble
        following = _NEXT_LOG_KEY.search(text)
        return cls(identities, found.group(1), following.group(1) if following is not None else "")


def combined_secret(new: VaultSecret, old: VaultSecret) -> VaultSecret:
    """Return the secret in effect during a renewal: it opens what is sealed to the new or the old one."""
    return VaultSecret((*new.identities, *old.identities), old.log_key, next_log_key=new.log_key)


def final_secret(secret: VaultSecret) -> VaultSecret:
    """Return the secret that remains once nothing is sealed to the old one."""
    return VaultSecret(secret.identities[:1], secret.next_log_key)


def new_secret() -> VaultSecret:
    """Return a fresh secret."""
    return VaultSecret(identities=(new_identity(),), log_key=secrets.token_hex(_LOG_KEY_BYTES))
