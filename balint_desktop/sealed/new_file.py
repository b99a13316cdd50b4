"""Write a new file outside the vault, for the owner only: complete or not at all, and never overwriting."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
from collections.abc import Iterable
from pathlib import Path

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.sealed.disk import flush_to_disk, open_new, rename, trouble_from_os_error


def write_new(path: Path, data: Iterable[bytes]) -> None:
    """Write a new file. Raise Trouble if it exists or the folder is not writable; nothing is left behind then."""
    if path.exists() or path.is_symlink():
        raise Trouble(TroubleCode.EXPORT_EXISTS, name=str(path))
    unfinished = path.with_name(f".{path.name}.{secrets.token_hex(4)}.unfinished")
    try:
        with os.fdopen(open_new(unfinished), "wb") as file:
            file.writelines(data)
            file.flush()
            flush_to_disk(file.fileno())
        _into_place(unfinished, path)
    except OSError as error:
        raise _trouble(error, path) from error
    finally:
        with contextlib.suppress(OSError):
            unfinished.unlink(missing_ok=True)


def _into_place(unfinished: Path, path: Path) -> None:
    """Move the file to its final name without replacing an existing file."""
    try:
        os.link(unfinished, path)
    except FileExistsError:
        raise
    except OSError:
        # USB sticks have no hard links: rename instead, after another check.
        if path.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST)) from None
        rename(unfinished, path)


def _trouble(error: OSError, path: Path) -> Trouble:
    if isinstance(error, FileExistsError):
        return Trouble(TroubleCode.EXPORT_EXISTS, name=str(path))
    return trouble_from_os_error(error, path)
