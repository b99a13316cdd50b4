"""Fingerprint of a part: SHA-256 of its sealed audio and of tails left by a dead recorder."""

from __future__ import annotations

import hashlib
from pathlib import Path

from balint_desktop.sealed import names
from balint_desktop.sealed.disk import report_disk_errors
from balint_desktop.sealed.reading import sha256_of


def compute_fingerprint(folder: Path) -> str:
    """Compute a part's current fingerprint: of its sound and of any tails. Raise Trouble."""
    tails = sorted(names.tails(folder), key=lambda pair: str(pair[0]))
    audio = sha256_of(folder)
    if not tails:
        return audio
    with report_disk_errors(folder):
        listing = "".join(f"{name} {hashlib.sha256(path.read_bytes()).hexdigest()}\n" for name, path in tails)
    return hashlib.sha256(f"{audio}\n{listing}".encode()).hexdigest()


def matches_fingerprint(folder: Path, fingerprint: str) -> bool:
    """Return whether a part matches its fingerprint.

    A closed part is identified by its sound alone; a tail that could not be deleted then does not matter.
    """
    return (folder / names.AUDIO).is_file() and fingerprint in {sha256_of(folder), compute_fingerprint(folder)}
