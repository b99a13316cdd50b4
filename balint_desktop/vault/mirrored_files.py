"""Mirrored files: two identical copies, the intact one repairing the other."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.sealed import disk, rewrite_file

Unseal = Callable[[bytes], bytes]


def mirrored_paths(folder: Path, name: str) -> tuple[Path, Path]:
    """Return the paths of a file's two copies."""
    return folder / name, folder / f"copy-of-{name}"


def write_mirrored(folder: Path, name: str, data: bytes) -> None:
    """Write both copies, one after the other, and overwrite the old ones. Raise Trouble.

    What was sealed with an old passphrase must not be found on the raw disk: it would still open.
    """
    for path in mirrored_paths(folder, name):
        rewrite_file.rewrite(path, data)


def end_replaced(folder: Path, name: str) -> None:
    """Overwrite what an interrupted `write_mirrored` left. Call under the vault's lock. Raise Trouble."""
    for path in mirrored_paths(folder, name):
        rewrite_file.recover(path, None)


def read_mirrored(folder: Path, name: str, unseal: Unseal) -> bytes:
    """Return the contents of the first copy that opens, and repair the other. Raise Trouble.

    `unseal` raises Trouble SEALED_DAMAGED for a damaged file, and another code for a wrong key.
    """
    copies = {path: data for path in mirrored_paths(folder, name) if (data := disk.read_or_none(path)) is not None}
    if not copies:
        raise Trouble(TroubleCode.VAULT_FILE_MISSING, name=name)
    refusals: list[Trouble] = []
    for data in dict.fromkeys(copies.values()):
        try:
            opened = unseal(data)
        except Trouble as trouble:
            refusals.append(trouble)
            continue
        _repair(folder, name, copies, data)
        return opened
    # A wrong passphrase for the intact copy takes precedence over damage to the other.
    refusals.sort(key=lambda trouble: trouble.code in {TroubleCode.SEALED_DAMAGED, TroubleCode.TOO_MUCH_WORK})
    if refusals[0].code is TroubleCode.SEALED_DAMAGED:
        raise Trouble(TroubleCode.VAULT_FILE_DAMAGED, name=name) from refusals[0]
    raise refusals[0]


def _repair(folder: Path, name: str, copies: dict[Path, bytes], good: bytes) -> None:
    for path in mirrored_paths(folder, name):
        if copies.get(path) != good:
            # A full disk must not block a vault that opens; the next unlock tries again.
            with contextlib.suppress(Trouble):
                rewrite_file.rewrite(path, good)
