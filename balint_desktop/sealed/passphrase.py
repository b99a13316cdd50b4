"""Open a passphrase file with the library's scrypt, or with our own slower one if the library refuses."""

from __future__ import annotations

import hashlib
import re

import pyrage

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.sealed.age_header import decode_base64, open_stanza, verify_header
from balint_desktop.sealed.chunks import unseal_payload

# The library adapts its work factor to the machine's load and offers no setting; 18 is age's own default, about a
# second on today's machines. Sealing again costs that second, so it is tried a few times and the best result is used.
WORK_FACTOR = 18
_TRIES = 8
_TOO_SLOW = "xcessive work"
_FACTOR = re.compile(rb"\Aage-encryption\.org/v1\n-> scrypt \S+ (\d+)\n")
# age-encryption.org/v1, "The scrypt recipient type": it is the only stanza in a header, with a salt and a work factor.
_STANZA = re.compile(rb"\Aage-encryption\.org/v1\n-> scrypt ([A-Za-z0-9+/]{22}) ([0-9]{1,2})\n([A-Za-z0-9+/]{43})\n")
_SALT = b"age-encryption.org/v1/scrypt"
_BLOCK = 8
# Two gigabytes. A file that needs more was not sealed by this app, which seals at about a second's work.
_MAX_WORK = 21


def seal_with_passphrase(plaintext: bytes, passphrase: str) -> bytes:
    """Seal plaintext with a passphrase. Takes seconds and half a gigabyte, and holds the interpreter lock (GIL)."""
    best, best_factor = b"", -1
    for _ in range(_TRIES):
        sealed = pyrage.passphrase.encrypt(plaintext, passphrase)
        factor = scrypt_factor(sealed)
        if factor > best_factor:
            best, best_factor = sealed, factor
        if best_factor >= WORK_FACTOR:
            break
    return best


def scrypt_factor(data: bytes) -> int:
    """Return the work factor in a passphrase file's header (its scrypt N is two to that power)."""
    found = _FACTOR.match(data)
    if found is None:
        raise Trouble(TroubleCode.SEALED_DAMAGED)
    return int(found.group(1))


def unseal_with_passphrase(data: bytes, passphrase: str) -> bytes:
    """Decrypt a passphrase file. Raise Trouble WRONG_PASSPHRASE or SEALED_DAMAGED."""
    if _FACTOR.match(data) is None:
        raise Trouble(TroubleCode.SEALED_DAMAGED)
    try:
        return pyrage.passphrase.decrypt(data, passphrase)
    except (pyrage.DecryptError, OSError) as error:
        if _TOO_SLOW in str(error):
            return unseal_with_own_scrypt(data, passphrase)
        wrong = _is_wrong_passphrase(error)
        raise Trouble(TroubleCode.WRONG_PASSPHRASE if wrong else TroubleCode.SEALED_DAMAGED) from error


def _is_wrong_passphrase(error: Exception) -> bool:
    return isinstance(error, pyrage.DecryptError) and "ecryption failed" in str(error)


def unseal_with_own_scrypt(data: bytes, passphrase: str) -> bytes:
    """Decrypt a passphrase file, however long scrypt takes. Raise Trouble WRONG_PASSPHRASE or SEALED_DAMAGED.

    The library measures the machine first, and rejects a file with sixteen times the work it can do in a second
    at that time. A busy machine must not be reported as a damaged file or a wrong passphrase.
    """
    stanza = _STANZA.match(data)
    if stanza is None or int(stanza.group(2)) > _MAX_WORK:
        raise Trouble(TroubleCode.SEALED_DAMAGED)
    work = 1 << int(stanza.group(2))
    try:
        salt, wrapped = decode_base64(stanza.group(1)), decode_base64(stanza.group(3))
        key = hashlib.scrypt(
            passphrase.encode(), salt=_SALT + salt, n=work, r=_BLOCK, p=1, maxmem=2 * 128 * _BLOCK * work, dklen=32
        )
    except ValueError as error:
        raise Trouble(TroubleCode.SEALED_DAMAGED) from error
    file_key = open_stanza(wrapped, bytes(12), key)
    if file_key is None:
        raise Trouble(TroubleCode.WRONG_PASSPHRASE)
    unsealed = unseal_payload(data, verify_header(data, file_key, stanza.end()))
    if not (unsealed.as_sealed and unsealed.ended):
        raise Trouble(TroubleCode.SEALED_DAMAGED)
    return b"".join(piece.plain for piece in unsealed.pieces)
