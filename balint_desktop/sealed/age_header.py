"""Parse and authenticate the header of an age file: unwrap its file key with one of our keys."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from balint_desktop.sealed.keys import parse_identity
from balint_desktop.sealed.stream import header_length

# age-encryption.org/v1, "The X25519 recipient type": a share and the wrapped file key, 32 bytes each, without padding.
_STANZA = re.compile(rb"-> X25519 ([A-Za-z0-9+/]{43})\n([A-Za-z0-9+/]{43})\n")
_MAC = re.compile(rb"\n---( [A-Za-z0-9+/]{43})\n")
_WRAP_INFO = b"age-encryption.org/v1/X25519"
_MAC_INFO = b"header"
VERSION_LINE = b"age-encryption.org/v1\n"
# Enough for several readers and age's decoy stanza; beyond this there are only chunks.
_LONGEST = 16 * 1024
_BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_BECH32_CHECKSUM = 6


@dataclass(frozen=True, slots=True)
class Header:
    """An age file's header. `length` includes the nonce; it is None if the header's end is not found.

    `stanza_end` is the end of our key's stanza: the chunks begin somewhere after it.
    """

    file_key: bytes = field(repr=False)
    sound: bool
    length: int | None
    stanza_end: int


def read_header(data: bytes, secrets: Sequence[str]) -> Header | None:
    """Parse the header with one of the secret keys (AGE-SECRET-KEY-1…); return None if none opens it.

    A header with a wrong MAC still gives its file key: each chunk is authenticated with it.
    """
    head = data[:_LONGEST]
    for stanza in _STANZA.finditer(head):
        for file_key in _file_keys(stanza, secrets):
            return verify_header(head, file_key, stanza.end())
    return None


def verify_header(data: bytes, file_key: bytes, stanza_end: int) -> Header:
    """Return the header with this file key, and whether its MAC is valid."""
    head = data[:_LONGEST]
    length = header_length(head)
    return Header(file_key, length is not None and _has_valid_mac(head, file_key), length, stanza_end)


def derive_key(secret: bytes, salt: bytes, info: bytes) -> bytes:
    """Return 32 bytes derived from a secret (HKDF-SHA-256, RFC 5869, one block)."""
    extracted = hmac.digest(salt, secret, hashlib.sha256)
    return hmac.digest(extracted, info + b"\x01", hashlib.sha256)


def seal_stanza(plain: bytes, nonce: bytes, key: bytes) -> bytes:
    """Encrypt a stanza or a chunk (ChaCha20-Poly1305)."""
    from nacl import bindings  # noqa: PLC0415  two megabytes that no session needs

    sealed: bytes = bindings.crypto_aead_chacha20poly1305_ietf_encrypt(plain, None, nonce, key)
    return sealed


def open_stanza(sealed: bytes, nonce: bytes, key: bytes) -> bytes | None:
    """Decrypt a stanza (ChaCha20-Poly1305); return None if it does not authenticate."""
    from nacl import bindings, exceptions  # noqa: PLC0415  two megabytes that no session needs

    try:
        plain: bytes = bindings.crypto_aead_chacha20poly1305_ietf_decrypt(sealed, None, nonce, key)
    except (exceptions.CryptoError, ValueError):
        return None
    return plain


def _file_keys(stanza: re.Match[bytes], secrets: Sequence[str]) -> Iterator[bytes]:
    from nacl import bindings, exceptions  # noqa: PLC0415  as above

    try:
        share, wrapped = (decode_base64(text) for text in stanza.groups())
    except binascii.Error:
        return
    for secret in secrets:
        scalar = _raw(secret)
        try:
            shared = bindings.crypto_scalarmult(scalar, share)
        except exceptions.RuntimeError:
            # A share of low order, which no age implementation writes.
            continue
        salt = share + bindings.crypto_scalarmult_base(scalar)
        file_key = open_stanza(wrapped, bytes(12), derive_key(shared, salt, _WRAP_INFO))
        if file_key is not None and len(file_key) == 16:
            yield file_key


def _has_valid_mac(head: bytes, file_key: bytes) -> bool:
    """Return whether the header's MAC is valid: it covers everything up to the three dashes."""
    mac = _MAC.search(head)
    if mac is None or not head.startswith(VERSION_LINE):
        return False
    try:
        return hmac.compare_digest(compute_mac(head[: mac.start(1)], file_key), decode_base64(mac.group(1)[1:]))
    except binascii.Error:
        return False


def compute_mac(header: bytes, file_key: bytes) -> bytes:
    """Return the MAC of a header, which ends with its three dashes."""
    return hmac.digest(derive_key(file_key, b"", _MAC_INFO), header, hashlib.sha256)


def encode_base64(data: bytes) -> bytes:
    """Encode bytes as a header's unpadded base64."""
    return base64.b64encode(data).rstrip(b"=")


def decode_base64(text: bytes) -> bytes:
    """Decode unpadded base64 of a header. Raise binascii.Error, a ValueError, if it is invalid."""
    return base64.b64decode(text + b"=" * (-len(text) % 4), validate=True)


def _raw(secret: str) -> bytes:
    """Return a secret key's 32 bytes. Raise Trouble WRONG_KEY if it is invalid."""
    text = str(parse_identity(secret)).lower()
    values = [_BECH32.index(letter) for letter in text.rpartition("1")[2][:-_BECH32_CHECKSUM]]
    bits = 0
    for value in values:
        bits = bits << 5 | value
    # 52 letters hold 260 bits; the last four are padding.
    return (bits >> 4).to_bytes(32, "big")
