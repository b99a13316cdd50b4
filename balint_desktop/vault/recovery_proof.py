"""Prove the sealed key files: whether what the paper key and the passphrase open is still what was sealed to them.

Nobody opens `recovery.age` for years, and whoever can write to the disk can put another file in its place. So the log
keeps its SHA-256, and every opening, verification and backup compares both copies with it. A vault of an earlier
version has none: what its two copies agree on is taken for the file. The same of `passphrase.age`: unlocking by
passphrase finds out which copy opens, but unlocking by the recovery key reads neither, and only the log can tell.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
from pathlib import Path

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.sealed import disk, rewrite_file
from balint_desktop.sealed.passphrase import scrypt_factor
from balint_desktop.sealed.stream import header_length
from balint_desktop.vault import renewal_files
from balint_desktop.vault.layout import PASSPHRASE_FILE, RECOVERY_FILE
from balint_desktop.vault.log.log import Log
from balint_desktop.vault.mirrored_files import mirrored_paths
from balint_desktop.vault.renewal_files import RenewalLayout

_KNOWN = "recovery-sha256"
_KNOWN_PASSPHRASE = "passphrase-sha256"
# While keys are renewed: the files that may take its place.
_EXPECTED = "recovery-expected-sha256"
_HEADER = re.compile(rb"\Aage-encryption\.org/v1\n(-> [^\n]+\n([A-Za-z0-9+/]{64}\n)*[A-Za-z0-9+/]{0,63}\n)+--- ")
_SHORTEST = 200


def store_proof(log: Log, sealed: bytes) -> None:
    """Store the fingerprint of a recovery file that was just sealed. Raise Trouble."""
    log.set_setting(_KNOWN, _sha256(sealed))


def expect_renewed(log: Log, vault: Path) -> None:
    """Store the fingerprints of a prepared renewal's recovery files, before it takes effect. Raise Trouble."""
    places = RenewalLayout(vault).prepared
    files = [places / name / RECOVERY_FILE for name in ("both", "new")]
    with disk.report_disk_errors(vault):
        log.set_setting(_EXPECTED, " ".join(_sha256(path.read_bytes()) for path in files))


def prove_recovery(log: Log, vault: Path) -> Trouble | None:
    """Compare both copies with the log, mend one from the other, and return what is wrong with both, None if nothing.

    RECOVERY_KEY_UNPROVEN if neither is the file that was sealed.
    """
    folder = renewal_files.current_files(vault)
    paths = mirrored_paths(folder, RECOVERY_FILE)
    copies = {path: disk.read_or_none(path) for path in paths}
    known, expected = log.setting(_KNOWN), log.setting(_EXPECTED).split()
    found = [data for data in copies.values() if data is not None and _is_proven(data, known, expected)]
    # Two that fit at once are an unfinished renewal, or two strangers where nothing is known yet.
    proven = next((data for data in found if _sha256(data) == known), found[0] if len(set(found)) == 1 else None)
    if proven is None:
        return Trouble(TroubleCode.RECOVERY_KEY_UNPROVEN, name=RECOVERY_FILE)
    # A disk that cannot be written to leaves both for the next time.
    with contextlib.suppress(Trouble):
        for path, data in copies.items():
            if data != proven and not disk.is_link(path):
                rewrite_file.rewrite(path, proven)
        if _sha256(proven) != known:
            log.set_setting(_KNOWN, _sha256(proven))
        if expected and not renewal_files.is_unfinished(vault):
            log.set_setting(_EXPECTED, "")
    return None


def prove_passphrase(log: Log, vault: Path) -> Trouble | None:
    """Mend one copy of the passphrase file from the other, and return what is wrong with both, None if nothing.

    Two that agree are taken for the file, as after a change of the passphrase. Of two that differ, the one that the
    log knows is the file, else the only one that is a passphrase file at all. PASSPHRASE_FILE_UNPROVEN if none is.
    """
    paths = mirrored_paths(renewal_files.current_files(vault), PASSPHRASE_FILE)
    copies = {path: disk.read_or_none(path) for path in paths}
    intact = {data for data in copies.values() if data is not None and _is_passphrase_file(data)}
    known = log.setting(_KNOWN_PASSPHRASE)
    proven = next((data for data in intact if _sha256(data) == known or len(intact) == 1), None)
    if proven is None:
        return Trouble(TroubleCode.PASSPHRASE_FILE_UNPROVEN, name=PASSPHRASE_FILE)
    # A disk that cannot be written to leaves both for the next time.
    with contextlib.suppress(Trouble):
        for path, data in copies.items():
            if data != proven and not disk.is_link(path):
                rewrite_file.rewrite(path, proven)
        if _sha256(proven) != known:
            log.set_setting(_KNOWN_PASSPHRASE, _sha256(proven))
    return None


def _is_proven(data: bytes, known: str, expected: list[str]) -> bool:
    if not known:
        return len(data) >= _SHORTEST and b"\n-> X25519 " in data and _HEADER.match(data) is not None
    return _sha256(data) in {known, *expected}


def _is_passphrase_file(data: bytes) -> bool:
    try:
        scrypt_factor(data)
    except Trouble:
        return False
    return len(data) >= _SHORTEST and header_length(data) is not None


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
