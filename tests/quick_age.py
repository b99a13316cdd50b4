"""Seals with a passphrase at a minimal work factor: for vaults of tests, whose passphrase protects nothing.

A real one takes a second and half a gigabyte on purpose, and the tests would wait for it some hundred times. What is
measured or proven about the passphrase itself is tested on vaults that the app sealed.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os

from nacl.bindings import crypto_aead_chacha20poly1305_ietf_encrypt as encrypt

_FACTOR = 10
_LABEL = b"age-encryption.org/v1/scrypt"


def seal(plain: bytes, passphrase: str) -> bytes:
    """Return an ordinary age file (age-encryption.org/v1) of one chunk."""
    file_key, salt, nonce = os.urandom(16), os.urandom(16), os.urandom(16)
    wrapping = hashlib.scrypt(passphrase.encode(), salt=_LABEL + salt, n=1 << _FACTOR, r=8, p=1, dklen=32)
    wrapped = encrypt(file_key, b"", bytes(12), wrapping)
    header = b"age-encryption.org/v1\n-> scrypt %s %d\n%s\n---" % (_text(salt), _FACTOR, _text(wrapped))
    proof = hmac.digest(_derived(file_key, b"", b"header"), header, "sha256")
    chunk = encrypt(plain, b"", bytes(11) + b"\1", _derived(file_key, nonce, b"payload"))
    return header + b" " + _text(proof) + b"\n" + nonce + chunk


def _derived(key: bytes, salt: bytes, info: bytes) -> bytes:
    """HKDF with SHA-256, one block (RFC 5869)."""
    return hmac.digest(hmac.digest(salt or bytes(32), key, "sha256"), info + b"\1", "sha256")


def _text(data: bytes) -> bytes:
    return base64.b64encode(data).rstrip(b"=")
