"""A log's file as it is on disk, its pages decrypted one by one: what reading rows would not show."""

from __future__ import annotations

import subprocess

_PAGE, _RESERVED = 4096, 80
_AHEAD, _FRAME, _FIRST = 32, 24, b"\0\0\0\1"


def pages(path, log_key):
    """Return every page of an SQLCipher file as it was written, including deleted cells and free pages."""
    data = path.read_bytes()
    return b"".join(_plain(data[at : at + _PAGE], log_key, first=at == 0) for at in range(0, len(data), _PAGE))


def pages_ahead(path, log_key):
    """Return every page in the write-ahead log, each behind its frame's header."""
    data = path.read_bytes() if path.exists() else b""
    frames = range(_AHEAD, len(data), _FRAME + _PAGE)
    return b"".join(
        _plain(data[at + _FRAME : at + _FRAME + _PAGE], log_key, first=data[at : at + 4] == _FIRST) for at in frames
    )


def _plain(page, log_key, *, first):
    key = bytes.fromhex(log_key)[:32].hex()
    begin = 16 if first else 0
    iv = page[-_RESERVED : -_RESERVED + 16].hex()
    command = ["openssl", "enc", "-d", "-aes-256-cbc", "-nopad", "-K", key, "-iv", iv]
    return subprocess.run(command, input=page[begin:-_RESERVED], capture_output=True, check=True).stdout
