"""Parse a recovery key as people copy it from paper."""

from __future__ import annotations

import re

_BEGINS = "AGE-SECRET-KEY-1"
_BEGINS_BARE = _BEGINS.replace("-", "")
# Bech32 leaves these out because they look like others; behind the fixed beginning they can only be a misreading.
# Its checksum then tells whether the key is right.
# What follows the beginning: 58 of the 32 letters that bech32 has.
_BARE = re.compile("[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}")
_MISREAD = str.maketrans("OIB1", "0L8L")


def normalise_key(typed: str) -> str:
    """Return a typed key as age writes it: spaces, dashes and small letters do not matter.

    The fixed beginning may be left out, and look-alikes (the letter O for the digit 0) are put right.
    """
    joined = "".join(typed.split()).replace("-", "").upper()
    return _BEGINS + joined.removeprefix(_BEGINS_BARE).translate(_MISREAD)


def looks_like_key(typed: str) -> bool:
    """Tell whether typed is meant as a recovery key rather than a passphrase; whether it is right shows later."""
    joined = "".join(typed.split()).replace("-", "").upper()
    return joined.startswith(_BEGINS_BARE) or bool(_BARE.fullmatch(joined.translate(_MISREAD)))
