"""Parse a recovery key as people copy it from paper."""

from __future__ import annotations

import re

_BEGINS = "AGE-SECRET-KEY-1"
_BEGINS_BARE = _BEGINS.replace("-", "")
# Bech32 leaves these out because they look like others; after the fixed prefix they can only be a misreading.
# Its checksum then shows whether the key is right.
# The length after the prefix: 58 characters of bech32's 32-letter alphabet.
_BARE = re.compile("[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}")
_MISREAD = str.maketrans("OIB1", "0L8L")


def normalise_key(typed: str) -> str:
    """Return a typed key in age's spelling: spaces, dashes and lower case do not matter.

    The fixed prefix may be left out, and look-alikes (the letter O for the digit 0) are corrected.
    """
    joined = "".join(typed.split()).replace("-", "").upper()
    return _BEGINS + joined.removeprefix(_BEGINS_BARE).translate(_MISREAD)


def looks_like_key(typed: str) -> bool:
    """Return whether the text looks like a recovery key rather than a passphrase; it is verified later."""
    joined = "".join(typed.split()).replace("-", "").upper()
    return joined.startswith(_BEGINS_BARE) or bool(_BARE.fullmatch(joined.translate(_MISREAD)))
