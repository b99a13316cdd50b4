"""Attacks by a backup that someone else made: its list, its files, and what it leaves in the way of the right one."""

from __future__ import annotations

import hashlib
import json
import os

from vault_attacks.registry import attack
from vault_attacks.worlds import code_of, made_vault, opened

from balint_desktop.domain.clock import SystemClock
from balint_desktop.sealed.manifest import Manifest
from balint_desktop.vault.backup import back_up
from balint_desktop.vault.restore import restore, verify_backup

SHA = hashlib.sha256(b"abc").hexdigest()


def backup_of(folder):
    """Return a proper backup's folder and the vault it is of."""
    made = made_vault(folder / "vault")
    (folder / "stick").mkdir()
    with opened(made.folder, made.secret) as vault:
        plan, _row = back_up(vault, folder / "stick", SystemClock())
    return plan.folder, made


def signed(document):
    """Return a list with the right checksum, as anybody can make one."""
    text = json.dumps(document, sort_keys=True)
    return json.dumps({**document, "sha256": hashlib.sha256(text.encode()).hexdigest()}).encode()


def listing(**changed):
    document = json.loads(Manifest("an-id", "backup", 1_772_000_000.0).to_json())
    del document["sha256"]
    return document | {name.replace("_", "-"): value for name, value in changed.items()}


def hostile(folder, data, files=()):
    """Make a backup folder of a list and some files."""
    there = folder / "balint-backup-hostile"
    there.mkdir()
    (there / "manifest.json").write_bytes(data)
    for name, content in files:
        (there / name).parent.mkdir(parents=True, exist_ok=True)
        (there / name).write_bytes(content)
    return there


def restored(folder, there):
    """Verify and restore into a folder without a vault; return the code, and whether the right one still fits there."""
    target = folder / "restored"
    code = code_of(lambda: restore(verify_backup(there), target))
    return f"{code}; the place is {'taken' if target.exists() else 'free'}"


def _list_attack(name, **changed):
    @attack("backup", name, "backup-list-damaged; the place is free")
    def act(folder):
        return restored(folder, hostile(folder, signed(listing(**changed))))


_list_attack("a size of 400 digits", files={"log.db": [10**400, SHA]})
_list_attack("a size below nothing", files={"log.db": [-1, SHA]})
_list_attack("a size that is true", files={"log.db": [True, SHA]})
_list_attack("a moment of 400 digits", made=10**400)
_list_attack("a fingerprint that is a page of text", files={"log.db": [3, "x" * 10_000]})
_list_attack("control signs in a file's name", files={"a\x1b[2J.age": [3, SHA]})
_list_attack("a file's name that reads backwards", files={"recordings/\u202ega.age": [3, SHA]})
_list_attack("control signs in what is left out", left_out=["\x07\x1b]0;title\x07"])
_list_attack("a file in a renewal's place", files={"renewal/both/passphrase.age": [3, SHA]})
_list_attack("a file that says where the vault was restored from", files={"restored-from.json": [3, SHA]})
_list_attack("a path that leads out", files={"../outside.age": [3, SHA]})


@attack("backup", "Infinity for a moment", "backup-list-damaged; the place is free")
def infinity(folder):
    return restored(folder, hostile(folder, signed(listing(made=float("inf")))))


@attack("backup", "a list nested a hundred thousand deep", "backup-list-damaged; the place is free")
def deep(folder):
    return restored(folder, hostile(folder, b'{"files": ' + b"[" * 100_000))


@attack("backup", "a pipe in place of the list", "backup-list-damaged; the place is free")
def pipe(folder):
    there = folder / "balint-backup-hostile"
    there.mkdir()
    os.mkfifo(there / "manifest.json")
    return restored(folder, there)


@attack("backup", "a device in place of the list", "backup-list-damaged; the place is free")
def device(folder):
    there = folder / "balint-backup-hostile"
    there.mkdir()
    (there / "manifest.json").symlink_to("/dev/zero")
    return restored(folder, there)


@attack("backup", "a pipe in place of a file in a proper backup", "backup-damaged; the place is free")
def pipe_for_file(folder):
    there, _made = backup_of(folder)
    (there / "passphrase.age").unlink()
    os.mkfifo(there / "passphrase.age")
    return restored(folder, there)


@attack("backup", "a link in place of a file in a proper backup", "backup-damaged; the place is free")
def link_for_file(folder):
    there, _made = backup_of(folder)
    (there / "passphrase.age").rename(folder / "aside.age")
    (there / "passphrase.age").symlink_to(folder / "aside.age")
    return restored(folder, there)


@attack("backup", "nothing but a log of three bytes", "backup-incomplete; the place is free")
def three_bytes(folder):
    there = hostile(folder, signed(listing(files={"log.db": [3, SHA]})), [("log.db", b"abc")])
    return restored(folder, there)


@attack("backup", "a log, and files that are no age files", "backup-incomplete; the place is free")
def no_keys(folder):
    log, junk = os.urandom(8192), os.urandom(300)
    files = {
        "log.db": [len(log), hashlib.sha256(log).hexdigest()],
        "passphrase.age": [len(junk), hashlib.sha256(junk).hexdigest()],
    }
    return restored(folder, hostile(folder, signed(listing(files=files)), [("log.db", log), ("passphrase.age", junk)]))


@attack("backup", "a proper backup without its log, restored as far as it is intact", "backup-incomplete")
def without_log(folder):
    there, _made = backup_of(folder)
    (there / "log.db").unlink()
    return code_of(lambda: restore(verify_backup(there), folder / "restored", intact_only=True))


@attack(
    "backup",
    "somebody else's proper backup, restored first: the right one still finds its place",
    "done, then done; opens: done; the other is set aside",
)
def wrong_first(folder):
    wrong, _stranger = backup_of(folder / "theirs")
    right, made = backup_of(folder / "ours")
    target = folder / "restored"
    first = code_of(lambda: restore(verify_backup(wrong), target))
    then = code_of(lambda: restore(verify_backup(right), target))

    def open_it():
        with opened(target, made.secret):
            pass

    aside = (folder / "restored-set-aside-1" / "log.db").exists()
    return f"{first}, then {then}; opens: {code_of(open_it)}; the other is {'set aside' if aside else 'gone'}"


@attack("backup", "a vault that was opened is never replaced by a backup", "vault-exists")
def not_over_an_opened_one(folder):
    there, made = backup_of(folder)
    target = folder / "restored"
    restore(verify_backup(there), target)
    with opened(target, made.secret):
        pass
    return code_of(lambda: restore(verify_backup(there), target))
