"""Fingerprint of a part: SHA-256 of its sealed audio and of tails left by a dead recorder."""

from __future__ import annotations

import hashlib
from pathlib import Path

from balint_desktop.sealed import names
from balint_desktop.sealed.disk import report_disk_errors
from balint_desktop.sealed.reading import sha256_of


def fingerprint_of(folder: Path) -> str:
    """Return a part's fingerprint now: of its sound, and of its tails where it has some. Raise Trouble."""
    tails = sorted(names.tails(folder), key=lambda pair: str(pair[0]))
    audio = sha256_of(folder)
    if not tails:
        return audio
    with report_disk_errors(folder):
        listing = "".join(f"{name} {hashlib.sha256(path.read_bytes()).hexdigest()}\n" for name, path in tails)
    return hashlib.sha256(f"{audio}\n{listing}".encode()).hexdigest()


def matches_fingerprint(folder: Path, fingerprint: str) -> bool:
    """Tell whether a part is what its fingerprint says.

    A part that was closed is known by its sound alone, and a tail that could not be removed then changes nothing.
    """
    return (folder / names.AUDIO).is_file() and fingerprint in {sha256_of(folder), fingerprint_of(folder)}
