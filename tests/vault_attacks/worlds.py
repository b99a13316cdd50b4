"""Where attacks happen: vaults, small disks that can be full or read-only, raw images, and what a call comes to."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import quick_age
import small_disk
from attacks import KEYS, VECTORS
from vault_attacks.registry import NotHere
from vaults import PASSPHRASE, make_vault

from balint_desktop.capture.decode_handle import encode_pcm, open_pcm
from balint_desktop.domain.clock import SystemClock
from balint_desktop.domain.trouble import Trouble
from balint_desktop.recordings.service import RecordingService
from balint_desktop.sealed import passphrase as passphrase_module
from balint_desktop.vault.opening import secret_by_passphrase, secret_by_recovery_key
from balint_desktop.vault.vault import OpenVault

__all__ = ["PASSPHRASE", "make_vault", "quick_age"]

KILLED, LONG = KEYS["killed"], KEYS["long"]
_IMAGE_BYTES = 48 << 20


def code_of(call, *args):
    """Return "done", or the code of the Trouble that a call raises. Anything else it raises is a failed attack."""
    try:
        call(*args)
    except Trouble as trouble:
        return trouble.code.value
    return "done"


def recorded_vault(folder):
    """Return a copy of the vault with two recordings, and its secret."""
    shutil.copytree(VECTORS / "as-sealed", folder)
    folder.chmod(0o700)
    return folder, secret_by_recovery_key(folder, KEYS["recovery_key"])


@contextlib.contextmanager
def opened(folder, secret=None):
    """Open a vault for the block."""
    vault = OpenVault(folder, secret or secret_by_recovery_key(folder, KEYS["recovery_key"]), SystemClock())
    try:
        yield vault
    finally:
        vault.close()


def service(vault):
    return RecordingService(vault, open_pcm, encode_pcm)


def sources(vault, recording):
    return next(one for one in service(vault).sources() if one.id == recording)


@contextlib.contextmanager
def disk_of(folder, form="tmpfs"):
    """Mount a small disk for the block, of memory or an ext4 image. Raise NotHere where this user may not."""
    place = folder / "disk"
    place.mkdir(parents=True)
    if form == "ext4":
        yield from _ext4(folder, place)
        return
    command = next((way for way in small_disk._ways() if small_disk._mounts(way, place)), None)
    if command is None:
        raise NotHere("mounting a small disk needs root, or sudo without a password")
    try:
        yield small_disk.SmallDisk(place, command)
    finally:
        subprocess.run([*command, "umount", "--lazy", str(place)], check=True)


def _ext4(folder, place):
    image = image_of(folder)
    if sys.platform != "linux" or os.geteuid() or not shutil.which("mkfs.ext4"):
        raise NotHere("mounting an ext4 image needs root and mkfs.ext4")
    with image.open("wb") as file:
        file.truncate(_IMAGE_BYTES)
    subprocess.run(["mkfs.ext4", "-q", "-F", "-m", "0", str(image)], check=True, capture_output=True)
    try:
        subprocess.run(["mount", "-o", "loop", str(image), str(place)], check=True, capture_output=True)
    except subprocess.CalledProcessError as error:
        raise NotHere("no ext4 image can be mounted here") from error
    try:
        place.chmod(0o700)
        yield small_disk.SmallDisk(place, [])
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


def image_of(folder):
    """Return the path of the image under a disk of ext4."""
    return folder / "image"


def carved(folder, needle):
    """Return how often bytes are found on the raw disk under a mounted ext4 image."""
    subprocess.run(["sync"], check=True)
    return image_of(folder).read_bytes().count(needle)


@contextlib.contextmanager
def sealing_quickly():
    """Seal with a minimal work factor in the block."""
    before, passphrase_module.WORK_FACTOR = passphrase_module.WORK_FACTOR, 10
    try:
        yield
    finally:
        passphrase_module.WORK_FACTOR = before


def opens_with(folder, passphrase):
    return code_of(secret_by_passphrase, folder, passphrase)


def made_vault(folder: Path):
    """Return a vault of this version without recordings, with its passphrase and keys."""
    return make_vault(folder)
