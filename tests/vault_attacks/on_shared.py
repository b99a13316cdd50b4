"""Attacks by a sealed copy that is imported: it reads nothing outside itself, and brings nothing back."""

from __future__ import annotations

import json
import os
from dataclasses import replace

import shared_copies
from clocks import WoundClock
from kept_vaults import keep_session
from vault_attacks.registry import NotHere, attack
from vault_attacks.worlds import code_of

from balint_desktop.domain.study.consent import Answer, Purpose
from balint_desktop.recordings.import_copy import copy_in, register_copy
from balint_desktop.sealed import names
from balint_desktop.sealed.keys import new_identity, seal
from balint_desktop.vault.consent_gate import permitted
from balint_desktop.vault.import_copy import CopyTarget, begin_copy
from balint_desktop.vault.log.consents import ConsentCollection
from balint_desktop.vault.shared_copy import read_copy, require_absent


def bring_in(vault, folder):
    found = read_copy(folder, vault.secrets())
    require_absent(vault, found.recording)
    pending = begin_copy(vault, found, found.shared, CopyTarget(new_name="From elsewhere"))
    register_copy(vault, pending, copy_in(pending), WoundClock())


def outcome_of(folder, spoil):
    """Spoil a sealed copy and import it; return what it comes to, and what is left in the vault."""
    shared = shared_copies.share(folder, redacted=False)
    vault = shared.here.open(WoundClock())
    spoil(shared)
    code = code_of(bring_in, vault, shared.folder)
    staged = list(vault.places.import_staging.glob("*")) if vault.places.import_staging.exists() else []
    rows = len(vault.log.recordings.recordings()) + len(vault.log.groups.groups())
    vault.close()
    return f"{code}; {rows} rows, {len(staged)} files left"


_NOTHING = "shared-copy-damaged; 0 rows, 0 files left"


def link_to(there, path):
    path.unlink()
    path.symlink_to(there)


@attack("shared", "sound that is a link to a file of this computer", _NOTHING)
def linked_sound(folder):
    def spoil(shared):
        sound = shared.folder / "01" / names.AUDIO
        mine = folder / "mine"
        mine.write_bytes(sound.read_bytes())
        link_to(mine, sound)

    return outcome_of(folder, spoil)


@attack("shared", "a part that is a link to a folder of this computer", _NOTHING)
def linked_part(folder):
    def spoil(shared):
        part = shared.folder / "02"
        part.rename(folder / "mine")
        part.symlink_to(folder / "mine", target_is_directory=True)

    return outcome_of(folder, spoil)


@attack("shared", "a list that is a link", _NOTHING)
def linked_list(folder):
    def spoil(shared):
        listed = shared.folder / "manifest.json"
        (folder / "mine").write_bytes(listed.read_bytes())
        link_to(folder / "mine", listed)

    return outcome_of(folder, spoil)


@attack("shared", "a pipe in place of the key, from which reading would never end", _NOTHING)
def pipe_for_key(folder):
    if not hasattr(os, "mkfifo"):
        raise NotHere("this system has no named pipes")

    def spoil(shared):
        (shared.folder / names.KEY).unlink()
        os.mkfifo(shared.folder / names.KEY)

    return outcome_of(folder, spoil)


@attack("shared", "an id that leads out of the vault", _NOTHING)
def id_leads_out(folder):
    return outcome_of(folder, lambda shared: shared_copies.relist(shared.folder, recording="../../../mine"))


@attack("shared", "a list that names a program", _NOTHING)
def names_a_program(folder):
    def spoil(shared):
        (shared.folder / "open-me.exe").write_bytes(b"MZ")
        shared_copies.relist(shared.folder)

    return outcome_of(folder, spoil)


@attack("shared", "a size in the list of half a petabyte", _NOTHING)
def huge_size(folder):
    def spoil(shared):
        found = shared_copies.listed(shared.folder)
        name = f"01/{names.AUDIO}"
        files = {**found.files, name: replace(found.files[name], size=1 << 49)}
        (shared.folder / "manifest.json").write_bytes(replace(found, files=files).to_json())

    return outcome_of(folder, spoil)


@attack("shared", "the key of another recording, sealed to this vault", _NOTHING)
def another_key(folder):
    def spoil(shared):
        other = new_identity()
        data = seal(f"{other.secret}\n".encode(), [shared.here.secret.recipient])
        (shared.folder / names.KEY).write_bytes(data)
        shared_copies.relist(shared.folder)

    return outcome_of(folder, spoil)


@attack("shared", "a session with a name among its codes", _NOTHING)
def name_for_code(folder):
    def spoil(shared):
        found = read_copy(shared.folder, [one.secret for one in shared.here.secret.identities])
        document = json.loads(found.shared.to_json())
        document["facts"][0]["fields"]["present"] = ["Ana Petrova"]
        (shared.folder / names.SESSION).write_bytes(seal(json.dumps(document).encode(), [found.key.recipient]))
        shared_copies.relist(shared.folder)

    return outcome_of(folder, spoil)


@attack(
    "shared",
    "a recording destroyed here, under another folder's name, and after the vault was opened again",
    "shared-copy-destroyed-here; shared-copy-destroyed-here; no key of it here",
)
def destroyed_comes_back(folder):
    shared = shared_copies.share(folder, redacted=False)
    vault = shared.here.open(WoundClock())
    bring_in(vault, shared.folder)
    vault.destroy(shared.recording, "the study ended")
    first = code_of(bring_in, vault, shared.folder)
    vault.close()
    renamed = shared.folder.rename(shared.folder.with_name("holiday"))
    vault = shared.here.open(WoundClock())
    second = code_of(bring_in, vault, renamed)
    left = (vault.places.recording(shared.recording) / names.KEY).exists()
    vault.close()
    return f"{first}; {second}; {'a key' if left else 'no key'} of it here"


@attack(
    "shared",
    "what was not agreed to elsewhere, entered as agreed to here",
    "used for: recording, transcription",
)
def agreed_here(folder):
    shared = shared_copies.share(folder, redacted=False)
    vault = shared.here.open(WoundClock())
    bring_in(vault, shared.folder)
    (group,) = vault.log.groups.groups()
    cells = [(member.code, Purpose.ANALYSIS) for member in group.participants]
    vault.log.consents.enter(group.id, cells, Answer.GIVEN, ConsentCollection(vault.log.consents.today()))
    uses = sorted(purpose.value for purpose in permitted(vault.log, shared.recording))
    vault.close()
    return f"used for: {', '.join(uses)}"


@attack("shared", "what a copy on a lost stick tells without a key", "no code, no day, no group, no session")
def on_a_lost_stick(folder):
    kept = keep_session(folder / "elsewhere", purposes=(Purpose.TRANSCRIPTION,))
    into = shared_copies.share_again(kept, folder / "stick")
    told = [str(into), *(str(path) for path in into.rglob("*"))]
    clear = b"".join(path.read_bytes() for path in into.rglob("*") if path.suffix in {".json", ".txt"})
    words = ("P1", "P2", "2026-03-04", "Wednesday", "a-group", "student-hour")
    found = [word for word in words if word.encode() in clear or any(word in name for name in told)]
    return ", ".join(found) or "no code, no day, no group, no session"
