"""Encrypt files to age recipients, and decrypt them with age identities."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pyrage

from balint_desktop.domain.foreign import FOREIGN_ERRORS
from balint_desktop.domain.trouble import Trouble, TroubleCode

_HEADER = b"age-encryption.org/v1\n"
_NO_KEY_FITS = "No matching keys"


@dataclass(frozen=True, slots=True)
class Identity:
    """A key pair: the secret decrypts files sealed to the recipient."""

    secret: str = field(repr=False)
    recipient: str


def new_identity() -> Identity:
    """Return a new key pair."""
    made = pyrage.x25519.Identity.generate()
    return Identity(secret=str(made), recipient=str(made.to_public()))


def identity(secret: str) -> Identity:
    """Return the key pair of a secret (AGE-SECRET-KEY-1…). Raise Trouble WRONG_KEY if it is invalid."""
    return Identity(secret=secret, recipient=str(parse_identity(secret).to_public()))


def parse_identity(secret: str) -> pyrage.x25519.Identity:
    """Parse a secret into the library's type."""
    try:
        return pyrage.x25519.Identity.from_str(secret)
    except (pyrage.IdentityError, *FOREIGN_ERRORS) as error:
        raise Trouble(TroubleCode.WRONG_KEY) from error


def parse_recipient(recipient: str) -> pyrage.x25519.Recipient:
    """Parse a recipient (age1…) into the library's type. Raise Trouble WRONG_KEY if it is invalid."""
    try:
        return pyrage.x25519.Recipient.from_str(recipient)
    except (pyrage.RecipientError, *FOREIGN_ERRORS) as error:
        raise Trouble(TroubleCode.WRONG_KEY) from error


def seal(plaintext: bytes, recipients: Sequence[str]) -> bytes:
    """Encrypt plaintext to every recipient."""
    if not recipients:
        raise ValueError("sealing needs a recipient")
    return pyrage.encrypt(plaintext, [parse_recipient(recipient) for recipient in recipients])


def unseal(data: bytes, identities: Sequence[str]) -> bytes:
    """Decrypt a sealed file. Raise Trouble WRONG_KEY, or SEALED_DAMAGED if a key fits and the rest is invalid."""
    keys = [parse_identity(secret) for secret in identities]
    try:
        return pyrage.decrypt(data, keys)
    except (pyrage.DecryptError, OSError, *FOREIGN_ERRORS) as error:
        raise Trouble(_trouble_code(data, error)) from error


def _trouble_code(data: bytes, error: Exception) -> TroubleCode:
    if data.startswith(_HEADER) and is_wrong_key(error):
        return TroubleCode.WRONG_KEY
    return TroubleCode.SEALED_DAMAGED


def is_wrong_key(error: Exception) -> bool:
    """Return whether the library rejected a file because no key fits; a damaged key stanza gives the same error."""
    return _NO_KEY_FITS in str(error)
