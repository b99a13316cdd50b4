"""Attacks by links inside recordings/: nothing outside the vault is read as a recording, changed or destroyed."""

from __future__ import annotations

import os

from vault_attacks.registry import attack
from vault_attacks.worlds import LONG, code_of, opened, recorded_vault, service

from balint_desktop.domain.clock import SystemClock
from balint_desktop.sealed import names
from balint_desktop.vault.backup import back_up


def outside(folder, path):
    """Move a file or folder out of the vault and put a link to it in its place. Return where it is now."""
    there = folder / "outside"
    path.rename(there)
    path.symlink_to(there, target_is_directory=there.is_dir())
    return there


def content(path):
    files = [path] if path.is_file() else sorted(one for one in path.rglob("*") if one.is_file())
    return {str(one): one.read_bytes() for one in files}


def destroyed(folder, inner):
    """Destroy a recording with a link at a place in it; return the outcome, and what became of its target."""
    vault, secret = recorded_vault(folder / "vault")
    there = outside(folder, vault / "recordings" / LONG / inner)
    before = content(there)
    with opened(vault, secret) as now:
        code = code_of(now.destroy, LONG, "asked for")
        counted = LONG in now.log.keys.destroyed()
    same = content(there) == before
    return (
        f"{code}; {'counted' if counted else 'not counted'} as destroyed; outside {'as it was' if same else 'changed'}"
    )


_REFUSED = "link-in-vault; not counted as destroyed; outside as it was"


@attack("links", "destroying a recording whose folder is a link", _REFUSED)
def linked_folder(folder):
    return destroyed(folder, "")


@attack("links", "destroying a recording whose key is a link", _REFUSED)
def linked_key(folder):
    return destroyed(folder, names.KEY)


@attack("links", "destroying a recording with a part that is a link", _REFUSED)
def linked_part(folder):
    return destroyed(folder, "01")


@attack("links", "destroying a recording with sound that is a link", _REFUSED)
def linked_sound(folder):
    return destroyed(folder, f"01/{names.AUDIO}")


@attack(
    "links",
    "a link that comes between the intent and the destroying",
    "not yet destroyed; outside as it was; then destroyed",
)
def link_after_intent(folder):
    vault, secret = recorded_vault(folder / "vault")
    with opened(vault, secret) as now:
        now.log.keys.intend_destroying(LONG, "asked for", 1.0)
    key = vault / "recordings" / LONG / names.KEY
    there = outside(folder, key)
    before = content(there)
    with opened(vault, secret) as now:
        done = now.log.keys.destroyed()[LONG].completed_wall is not None
    same = content(there) == before
    key.unlink()
    there.rename(key)
    with opened(vault, secret) as now:
        then = now.log.keys.destroyed()[LONG].completed_wall is not None and not key.exists()
    return (
        f"{'destroyed' if done else 'not yet destroyed'}; outside {'as it was' if same else 'changed'};"
        f" then {'destroyed' if then else 'left'}"
    )


@attack("links", "a key with a second name outside: overwritten by both", "done; the other name holds zeros")
def hard_link(folder):
    vault, secret = recorded_vault(folder / "vault")
    other = folder / "another name"
    os.link(vault / "recordings" / LONG / names.KEY, other)
    with opened(vault, secret) as now:
        code = code_of(now.destroy, LONG, "asked for")
    return f"{code}; the other name holds {'zeros' if not any(other.read_bytes()) else 'the key'}"


@attack(
    "links",
    "a recording behind a link counts by its fingerprint, and a link of unknown name as none",
    "complete; a folder unknown to the log: 0",
)
def linked_stranger(folder):
    vault, secret = recorded_vault(folder / "vault")
    outside(folder, vault / "recordings" / LONG)
    (vault / "recordings" / "0000").symlink_to(folder / "outside")
    with opened(vault, secret) as now:
        shelf = service(now)
        found = {one.id: shelf.verify(one).condition.value for one in shelf.sources()}
    return f"{found[LONG]}; a folder unknown to the log: {sum(one == '0000' for one in found)}"


@attack("links", "a backup takes no file that a link leads to", "done; 0 files from outside")
def backup_follows_no_link(folder):
    vault, secret = recorded_vault(folder / "vault")
    (folder / "outside.age").write_bytes(b"age-encryption.org/v1\nsomething of mine")
    (vault / "extra.age").symlink_to(folder / "outside.age")
    (vault / "recordings" / LONG / "extra.age").symlink_to(folder / "outside.age")
    (folder / "stick").mkdir()
    with opened(vault, secret) as now:
        plan, _row = back_up(now, folder / "stick", SystemClock())
    copied = [path for path in plan.folder.rglob("*") if path.is_file() and b"something of mine" in path.read_bytes()]
    return f"done; {len(copied)} files from outside"
