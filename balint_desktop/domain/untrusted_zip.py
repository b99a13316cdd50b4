"""Unpack a zip that may be hostile: bounded sizes, known ways of packing, nothing encrypted."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum, auto

MOST_UNPACKED = 16 * 1024 * 1024
MOST_MEMBERS = 5_000
# A list of more members than this, counted before it is read, since each costs the memory a kilobyte.
_MOST_LISTED = 100_000
_LISTED = b"PK\x01\x02"
_ENCRYPTED = 0x1


class ZipLimit(Enum):
    """Why a member is not unpacked."""

    TOO_LARGE = auto()
    PACKED_OTHERWISE = auto()


@contextmanager
def opened_zip(data: bytes) -> Iterator[zipfile.ZipFile]:
    """Open an archive. Raise ValueError for whatever a damaged or hostile one raises in the block."""
    if data.count(_LISTED) > _MOST_LISTED:
        raise ValueError("an archive of too many members")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            yield file
    except Exception as error:
        # A hostile or damaged archive may raise almost any exception.
        raise ValueError("an archive that cannot be read") from error


def limit_of(
    file: zipfile.ZipFile,
    member: zipfile.ZipInfo,
    *,
    most_unpacked: int = MOST_UNPACKED,
    most_members: int = MOST_MEMBERS,
) -> ZipLimit | None:
    """Return why a member is not to be unpacked, None where it may be. `most_unpacked` is in bytes.

    It never yields more than its declared size, whatever is packed into it; other ways of packing than the two usual
    ones may ask for any amount of memory.
    """
    if len(file.infolist()) > most_members or member.file_size > most_unpacked:
        return ZipLimit.TOO_LARGE
    is_usual = member.compress_type in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
    return None if is_usual and not member.flag_bits & _ENCRYPTED else ZipLimit.PACKED_OTHERWISE
