"""Attacks by a disk that is full or read-only: an intact vault opens, gives what it holds, and makes room."""

from __future__ import annotations

import contextlib
import shutil
from unittest import mock

from vault_attacks.registry import attack
from vault_attacks.worlds import KILLED, LONG, code_of, disk_of, opened, recorded_vault, service, sources

from balint_desktop.domain.clock import SystemClock
from balint_desktop.domain.study.consent import Purpose
from balint_desktop.domain.study.doors import Door, Passage
from balint_desktop.sealed import disk
from balint_desktop.vault import destruction
from balint_desktop.vault.backup import back_up
from balint_desktop.vault.restore import verify_backup

FORMS = ("tmpfs", "ext4")
PASSAGE = Passage(Door.SOUND_FILE, KILLED, Purpose.TRANSCRIPTION)


def used_once(folder):
    """Return a recorded vault of this version: opened before, so that its log is up to date."""
    vault, secret = recorded_vault(folder)
    with opened(vault, secret):
        pass
    return vault, secret


def look(vault):
    """Return the conditions of all recordings, and whether the audit trail holds."""
    shelf = service(vault)
    found = sorted(shelf.verify(one).condition.value for one in shelf.sources())
    return f"{', '.join(found)}; trail broken at {vault.log.audit.broken_at()}"


def state(vault):
    return vault.read_only.code.value if vault.read_only else "open"


def _full_disk(form):
    @attack(
        "disk",
        f"a full disk ({form}): open and list",
        "open-for-reading-full; complete, interrupted; trail broken at None",
    )
    def opens(folder):
        with disk_of(folder, form) as small:
            vault, secret = used_once(small.folder / "vault")
            small.fill()
            with opened(vault, secret) as now:
                return f"{state(now)}; {look(now)}"

    @attack(
        "disk",
        f"a full disk ({form}): a vault of an earlier version",
        "open-for-reading-full; complete, interrupted; trail broken at None",
    )
    def opens_old(folder):
        with disk_of(folder, form) as small:
            vault, secret = recorded_vault(small.folder / "vault")
            small.fill()
            with opened(vault, secret) as now:
                return f"{state(now)}; {look(now)}"

    @attack(
        "disk",
        f"a full disk ({form}): export to another one, which the trail has once there is room",
        "960044 bytes; noted 1",
    )
    def exports(folder):
        with disk_of(folder, form) as small:
            vault, secret = used_once(small.folder / "vault")
            small.fill()
            with opened(vault, secret) as now:
                path = folder / "sound.wav"
                service(now).export(service(now).open(sources(now, KILLED)), path, PASSAGE)
                service(now).note_exported(PASSAGE)
                small.make_room()
            with opened(vault, secret) as now:
                noted = sum(row.act == "recording-exported" for row in now.log.audit.rows())
                return f"{path.stat().st_size} bytes; noted {noted}"

    @attack(
        "disk",
        f"a full disk ({form}): destroy to make room",
        "destroyed for “room, please”; witness W; complete, destroyed; trail broken at None; more room True",
    )
    def destroys(folder):
        with disk_of(folder, form) as small:
            vault, secret = used_once(small.folder / "vault")
            small.fill()
            with opened(vault, secret) as now:
                before = disk.free_bytes(vault)
                now.destroy(KILLED, "room, please", witness="W")
                row, record = now.log.keys.destroyed()[KILLED], now.log.deletions.records()[KILLED]
                more = disk.free_bytes(vault) > before
                return f"destroyed for “{row.reason}”; witness {record.witness}; {look(now)}; more room {more}"

    @attack(
        "disk",
        f"a full disk ({form}): destroy in a vault of an earlier version",
        "destroyed for “room, please”; complete, destroyed; trail broken at None",
    )
    def destroys_old(folder):
        with disk_of(folder, form) as small:
            vault, secret = recorded_vault(small.folder / "vault")
            small.fill()
            with opened(vault, secret) as now:
                now.destroy(KILLED, "room, please")
            small.make_room()
            with opened(vault, secret) as now:
                return f"destroyed for “{now.log.keys.destroyed()[KILLED].reason}”; {look(now)}"


def _read_only(form):
    @attack(
        "disk",
        f"a read-only disk ({form}): open, list, export, and refuse to destroy",
        "open-for-reading-only; complete, interrupted; trail broken at None; 960044 bytes; disk-read-only",
    )
    def reads(folder):
        with disk_of(folder, form) as small:
            vault, secret = used_once(small.folder / "vault")
            small.set_read_only()
            with opened(vault, secret) as now:
                path = folder / "sound.wav"
                service(now).export(service(now).open(sources(now, KILLED)), path, PASSAGE)
                service(now).note_exported(PASSAGE)
                refused = code_of(now.destroy, KILLED, "room, please")
                return f"{state(now)}; {look(now)}; {path.stat().st_size} bytes; {refused}"

    @attack(
        "disk", f"a read-only disk ({form}) with an unmerged write-ahead log", "open-for-reading-only; the row is there"
    )
    def reads_ahead(folder):
        with disk_of(folder, form) as small:
            vault, secret = used_once(small.folder / "vault")
            with opened(vault, secret) as now:
                now.log.set_setting("written last", "yes")
                for ending in ("", "-wal"):
                    shutil.copyfile(vault / f"log.db{ending}", folder / f"log.db{ending}")
            for ending in ("", "-wal"):
                shutil.copyfile(folder / f"log.db{ending}", vault / f"log.db{ending}")
            small.set_read_only()
            with opened(vault, secret) as now:
                return f"{state(now)}; the row is {'there' if now.log.setting('written last') else 'lost'}"


for _form in FORMS:
    _full_disk(_form)
    _read_only(_form)


@attack(
    "disk",
    "killed between destroying on a full disk and its row in the log",
    "destroyed for “room, please”; complete, destroyed; trail broken at None",
)
def killed_while_destroying(folder):
    with disk_of(folder) as small:
        vault, secret = used_once(small.folder / "vault")
        small.fill()
        with opened(vault, secret) as now, mock.patch.object(destruction, "_add_intent", side_effect=InterruptedError):
            assert code_of(now.log.keys.intend_destroying, KILLED, "x", 0.0) == "disk-full"
            request = destruction.DestructionRequest(KILLED, "room, please", 5.0)
            with contextlib.suppress(InterruptedError):
                destruction.destroy_to_make_room(now.places, now.log, request, secret.identities)
        with opened(vault, secret) as now:
            return f"destroyed for “{now.log.keys.destroyed()[KILLED].reason}”; {look(now)}"


@attack("disk", "a legal hold on a full disk", "held; complete, interrupted; trail broken at None")
def hold_on_full_disk(folder):
    with disk_of(folder) as small:
        vault, secret = used_once(small.folder / "vault")
        small.fill()
        with (
            opened(vault, secret) as now,
            mock.patch.object(now.log.holds, "require_free", side_effect=disk.Trouble(disk.TroubleCode("held"))),
        ):
            return f"{code_of(now.destroy, KILLED, 'room, please')}; {look(now)}"


@attack(
    "disk",
    "room is made while the vault is open: everything can be written again",
    "open-for-reading-full, then open; done",
)
def room_again(folder):
    with disk_of(folder) as small:
        vault, secret = used_once(small.folder / "vault")
        small.fill()
        with opened(vault, secret) as now:
            before = state(now)
            small.make_room()
            return f"{before}, then {state(now)}; {code_of(now.log.set_setting, 'a', 'b')}"


@attack(
    "disk",
    "a backup asked of a log that was read into memory, where it is not encrypted",
    "done; every byte of the log sealed; whole",
)
def backup_from_memory(folder):
    with disk_of(folder) as small:
        vault, secret = used_once(small.folder / "vault")
        small.set_read_only()
        with opened(vault, secret) as now:
            (folder / "stick").mkdir()
            code = code_of(back_up, now, folder / "stick", SystemClock())
            (backup,) = (folder / "stick").iterdir()
            sealed = b"SQLite format" not in (backup / "log.db").read_bytes()
            whole = verify_backup(backup).is_whole
            return (
                f"{code}; {'every byte of the log sealed' if sealed else 'unencrypted'}; {'whole' if whole else 'not'}"
            )


@attack(
    "disk",
    "a disk that fills up in the open vault: destroying still makes room",
    "destroyed for “room, please”; destroyed, interrupted; trail broken at None",
)
def fills_up_later(folder):
    with disk_of(folder) as small:
        vault, secret = used_once(small.folder / "vault")
        with opened(vault, secret) as now:
            small.fill()
            now.destroy(LONG, "room, please")
            return f"destroyed for “{now.log.keys.destroyed()[LONG].reason}”; {look(now)}"
