"""Two vaults for tests: one shares a sealed copy to the reader key of the other."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from bad_vaults import files
from clocks import WoundClock
from kept_vaults import Kept, keep_session
from vaults import Made, make_vault

from balint_desktop.domain.group.group import Reader
from balint_desktop.domain.study.consent import Purpose
from balint_desktop.domain.trouble import Trouble
from balint_desktop.domain.values import RecordingId
from balint_desktop.recordings.import_copy import copy_in, register_copy
from balint_desktop.recordings.service import RecordingService
from balint_desktop.sealed import manifest as manifests
from balint_desktop.sealed import names
from balint_desktop.sealed.keys import new_identity
from balint_desktop.sealed.manifest import Manifest
from balint_desktop.sealed.verified_copy import read_back
from balint_desktop.vault.import_copy import CopyTarget, begin_copy
from balint_desktop.vault.secret import VaultSecret
from balint_desktop.vault.shared_copy import read_copy, require_absent
from balint_desktop.vault.transfer import share_recording

NEW = CopyTarget(new_name="  Ana’s\u202e group ")


@dataclass(frozen=True)
class Shared:
    """A recording shared from one vault with another: both vaults, and the copy's folder."""

    here: Made
    elsewhere: Kept
    folder: Path

    @property
    def recording(self) -> RecordingId:
        return self.elsewhere.recording


def vault_of_its_own(folder):
    """Make a vault with an identity of its own: those of the tests are copies of one, and would all open the copy."""
    made = make_vault(folder)
    return replace(made, secret=VaultSecret((new_identity(),), made.secret.log_key))


def share(
    data,
    *,
    purposes=(Purpose.TRANSCRIPTION,),
    purpose=Purpose.TRANSCRIPTION,
    prepare=lambda _vault: None,
    make_here=vault_of_its_own,
    **kept,
):
    """Keep a session in one vault, and share it with another; `prepare` changes the first before that."""
    here = make_here(data / "here" / "vault")
    elsewhere = keep_session(
        data / "elsewhere", readers=[Reader("Transcriber", here.secret.recipient)], purposes=purposes, **kept
    )
    return Shared(here, elsewhere, share_again(elsewhere, data / "stick", prepare, purpose))


def share_again(elsewhere, into, prepare=lambda _vault: None, purpose=Purpose.TRANSCRIPTION):
    """Share a recording into a folder that is made for it; return the copy's folder."""
    into.mkdir(parents=True)
    vault = elsewhere.made.open(WoundClock())
    try:
        prepare(vault)
        row = share_recording(vault, elsewhere.recording, purpose, into, WoundClock()).row
    finally:
        vault.close()
    return Path(row.folder)


def listed(folder):
    """Return a copy's list."""
    return Manifest.from_json((folder / manifests.NAME).read_bytes())


def relist(folder, **changes):
    """Write a copy's list anew, as someone would who has changed its files; `changes` are fields of the list."""
    before = listed(folder)
    files = {
        str(path.relative_to(folder)): read_back(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != manifests.NAME
    }
    fields = {"id": before.id, "kind": before.kind, "made_wall": before.made_wall, "recording": before.recording}
    (folder / manifests.NAME).write_bytes(Manifest(**{**fields, "files": files, **changes}).to_json())


def as_earlier_version(folder):
    """Turn a copy into one of an earlier version, which has no session with it."""
    (folder / names.SESSION).unlink()
    relist(folder)


def opened(made):
    return made.open(WoundClock())


def service(vault):
    return RecordingService(vault, None, None)


def bring_in(vault, folder, target=NEW, shared=None):
    """Import a copy in one go, as the command does."""
    found = read_copy(folder, vault.secrets())
    require_absent(vault, found.recording)
    pending = begin_copy(vault, found, shared or found.shared, target)
    return register_copy(vault, pending, copy_in(pending), WoundClock())


def code_of(vault, folder, target=NEW):
    """Try to import a copy; return the trouble's code, and check that nothing was left."""
    before = files(vault.folder)
    with pytest.raises(Trouble) as raised:
        bring_in(vault, folder, target)
    now = files(vault.folder)
    assert {name for name in now if not name.startswith("log.db")} == {n for n in before if not n.startswith("log.db")}
    assert vault.log.sessions.sessions() == ()
    return raised.value.code


@pytest.fixture
def shared(tmp_path):
    """A recording shared with a vault of its own identity."""
    return share(tmp_path, redacted=False)


@pytest.fixture
def vault(shared):
    """The vault that it was shared with, open."""
    made = opened(shared.here)
    yield made
    made.close()
