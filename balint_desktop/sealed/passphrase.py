"""Seal and open passphrase files: age's scrypt recipient, always with the same work."""

from __future__ import annotations

import hashlib
import os
import re

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.sealed.age_header import (
    VERSION_LINE,
    compute_mac,
    decode_base64,
    encode_base64,
    open_stanza,
    seal_stanza,
    verify_header,
)
from balint_desktop.sealed.chunks import seal_one_chunk, unseal_payload

# age's own default: 256 MiB, and about a second on today's machines. pyrage follows the speed of the machine that
# seals and offers no setting, so that a vault made on a fast one may not open on an old one.
WORK_FACTOR = 18
# Two gigabytes, the most that pyrage chose for any vault of an earlier version. Nothing above it is computed.
MAX_WORK_FACTOR = 21
# age-encryption.org/v1, "The scrypt recipient type": it is the only stanza in a header, with a salt and a work factor.
_STANZA = re.compile(
    re.escape(VERSION_LINE) + rb"-> scrypt ([A-Za-z0-9+/]{22}) ([1-9][0-9]?)\n([A-Za-z0-9+/]{43})\n---"
)
_SALT = b"age-encryption.org/v1/scrypt"
_BLOCK = 8
_NONCE = bytes(12)


def seal_with_passphrase(plaintext: bytes, passphrase: str) -> bytes:
    """Seal at most 64 KiB with a passphrase. Takes a second and 256 MiB."""
    file_key, salt = os.urandom(16), os.urandom(16)
    wrapped = seal_stanza(file_key, _NONCE, _derive(passphrase, salt, WORK_FACTOR))
    lines = (b"-> scrypt %s %d" % (encode_base64(salt), WORK_FACTOR), encode_base64(wrapped), b"---")
    header = VERSION_LINE + b"\n".join(lines)
    return header + b" " + encode_base64(compute_mac(header, file_key)) + b"\n" + seal_one_chunk(plaintext, file_key)


def scrypt_factor(data: bytes) -> int:
    """Return the work factor in a passphrase file's header (its scrypt N is two to that power). Raise Trouble."""
    return int(_stanza(data).group(2))


def unseal_with_passphrase(data: bytes, passphrase: str) -> bytes:
    """Decrypt a passphrase file. Raise Trouble WRONG_PASSPHRASE, SEALED_DAMAGED, or TOO_MUCH_WORK without trying."""
    stanza = _stanza(data)
    try:
        salt, wrapped = decode_base64(stanza.group(1)), decode_base64(stanza.group(3))
        key = _derive(passphrase, salt, int(stanza.group(2)))
    except ValueError as error:
        raise Trouble(TroubleCode.SEALED_DAMAGED) from error
    except MemoryError as error:
        raise Trouble(TroubleCode.MEMORY_SHORT) from error
    file_key = open_stanza(wrapped, _NONCE, key)
    if file_key is None:
        raise Trouble(TroubleCode.WRONG_PASSPHRASE)
    unsealed = unseal_payload(data, verify_header(data, file_key, stanza.end()))
    if not (unsealed.as_sealed and unsealed.ended):
        raise Trouble(TroubleCode.SEALED_DAMAGED)
    return b"".join(piece.plain for piece in unsealed.pieces)


def _stanza(data: bytes) -> re.Match[bytes]:
    stanza = _STANZA.match(data)
    if stanza is None:
        raise Trouble(TroubleCode.SEALED_DAMAGED)
    if int(stanza.group(2)) > MAX_WORK_FACTOR:
        raise Trouble(TroubleCode.TOO_MUCH_WORK)
    return stanza


def _derive(passphrase: str, salt: bytes, factor: int) -> bytes:
    """Return the key of a passphrase. Raise ValueError, MemoryError."""
    work = 1 << factor
    # What a terminal typed in another encoding comes as surrogates: its own bytes are what counts.
    typed = passphrase.encode("utf-8", "surrogateescape")
    most = 2 * 128 * _BLOCK * work
    return hashlib.scrypt(typed, salt=_SALT + salt, n=work, r=_BLOCK, p=1, maxmem=most, dklen=32)
