"""Layout of an age file: header end, and number of whole chunks."""

from __future__ import annotations

# age seals 64 KiB of plaintext at a time and adds a 16-byte authentication tag (age-encryption.org/v1, "STREAM").
CHUNK = 64 * 1024
SEALED_CHUNK = CHUNK + 16
NONCE = 16
_HEADER_END = b"\n---"


def header_length(data: bytes | bytearray) -> int | None:
    """Return the number of bytes before the first chunk, None if the header is incomplete."""
    mac = data.find(_HEADER_END)
    if mac < 0:
        return None
    line_end = data.find(b"\n", mac + 1)
    if line_end < 0 or len(data) < line_end + 1 + NONCE:
        return None
    return line_end + 1 + NONCE


def whole_chunks(data: bytes) -> int:
    """Return the number of whole chunks in a sealed file, not counting a shorter last one."""
    header = header_length(data)
    return 0 if header is None else (len(data) - header) // SEALED_CHUNK
