"""Encrypt and decrypt with age, to keys."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import pyrage

from balint_desktop.domain.trouble import Trouble, TroubleCode

# The library fits its work factor to how busy the machine is and takes no wish; 18 is age's own default, about a
# second on today's machines. Sealing again costs that second, so it is tried a few times and the best is kept.
WORK_FACTOR = 18
_TRIES = 8
_SCRYPT_STANZA = re.compile(rb"\Aage-encryption\.org/v1\n-> scrypt \S+ (\d+)\n")
_HEADER = b"age-encryption.org/v1\n"
_NO_KEY_FITS = "No matching keys"
_TOO_SLOW = "xcessive work"


@dataclass(frozen=True, slots=True)
class Identity:
    """A key pair: the secret opens what is sealed to the recipient."""

    secret: str = field(repr=False)
    recipient: str


def new_identity() -> Identity:
    """Return a fresh key pair."""
    made = pyrage.x25519.Identity.generate()
    return Identity(secret=str(made), recipient=str(made.to_public()))


def identity(secret: str) -> Identity:
    """Return the key pair of a secret (AGE-SECRET-KEY-1…). Raise Trouble WRONG_KEY where it is none."""
    return Identity(secret=secret, recipient=str(parse_identity(secret).to_public()))


def parse_identity(secret: str) -> pyrage.x25519.Identity:
    """Return the library's form of a secret."""
    try:
        return pyrage.x25519.Identity.from_str(secret)
    except pyrage.IdentityError as error:
        raise Trouble(TroubleCode.WRONG_KEY) from error


def parse_recipient(recipient: str) -> pyrage.x25519.Recipient:
    """Return the library's form of a recipient (age1…). Raise Trouble WRONG_KEY where it is none."""
    try:
        return pyrage.x25519.Recipient.from_str(recipient)
    except pyrage.RecipientError as error:
        raise Trouble(TroubleCode.WRONG_KEY) from error


def seal(plaintext: bytes, recipients: Sequence[str]) -> bytes:
    """Return plaintext sealed to every recipient."""
    if not recipients:
        raise ValueError("sealing needs a recipient")
    return pyrage.encrypt(plaintext, [parse_recipient(recipient) for recipient in recipients])


def unseal(data: bytes, identities: Sequence[str]) -> bytes:
    """Return what was sealed. Raise Trouble WRONG_KEY, or SEALED_DAMAGED where a key fits and the rest does not."""
    keys = [parse_identity(secret) for secret in identities]
    try:
        return pyrage.decrypt(data, keys)
    except (pyrage.DecryptError, OSError) as error:
        raise Trouble(_why(data, error)) from error


def _why(data: bytes, error: Exception) -> TroubleCode:
    if data.startswith(_HEADER) and is_wrong_key(error):
        return TroubleCode.WRONG_KEY
    return TroubleCode.SEALED_DAMAGED


def is_wrong_key(error: Exception) -> bool:
    """Tell whether the library refused a file because no key fits, which a damaged line of the key looks like, too."""
    return _NO_KEY_FITS in str(error)


def seal_with_passphrase(plaintext: bytes, passphrase: str) -> bytes:
    """Return plaintext sealed with a passphrase. Takes seconds and half a gigabyte, and holds the interpreter lock."""
    best, best_factor = b"", -1
    for _ in range(_TRIES):
        sealed = pyrage.passphrase.encrypt(plaintext, passphrase)
        factor = scrypt_factor(sealed)
        if factor > best_factor:
            best, best_factor = sealed, factor
        if best_factor >= WORK_FACTOR:
            break
    return best


def unseal_with_passphrase(data: bytes, passphrase: str) -> bytes:
    """Return what was sealed. Raise Trouble WRONG_PASSPHRASE or SEALED_DAMAGED."""
    if _SCRYPT_STANZA.match(data) is None:
        raise Trouble(TroubleCode.SEALED_DAMAGED)
    try:
        return pyrage.passphrase.decrypt(data, passphrase)
    except (pyrage.DecryptError, OSError) as error:
        if _TOO_SLOW in str(error):
            from balint_desktop.sealed.passphrase import unseal_with_own_scrypt  # noqa: PLC0415  hardly ever needed

            return unseal_with_own_scrypt(data, passphrase)
        wrong = _is_wrong_passphrase(error)
        raise Trouble(TroubleCode.WRONG_PASSPHRASE if wrong else TroubleCode.SEALED_DAMAGED) from error


def _is_wrong_passphrase(error: Exception) -> bool:
    return isinstance(error, pyrage.DecryptError) and "ecryption failed" in str(error)


def scrypt_factor(data: bytes) -> int:
    """Return the work factor that a passphrase file's header names (its scrypt N is two to that power)."""
    found = _SCRYPT_STANZA.match(data)
    if found is None:
        raise Trouble(TroubleCode.SEALED_DAMAGED)
    return int(found.group(1))
