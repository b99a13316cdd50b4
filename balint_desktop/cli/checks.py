"""The checks of `balint-desktop doctor`: each returns a finding or fails with what to do about it."""

from __future__ import annotations

import os
import secrets
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from balint_desktop.capture.decode_handle import encode_pcm, open_pcm
from balint_desktop.data_folder import DataFolder
from balint_desktop.domain.clock import SystemClock
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.i18n import tr, tr_n
from balint_desktop.ogg.duration import duration_s
from balint_desktop.ogg.packet import RATE_HZ
from balint_desktop.sealed import names
from balint_desktop.sealed.disk import free_bytes, is_read_only
from balint_desktop.sealed.keys import new_identity
from balint_desktop.sealed.part import PartWriter
from balint_desktop.sealed.part_facts import PartFacts
from balint_desktop.sealed.reading import PartState, read_part
from balint_desktop.text.call_sound import no_source_words
from balint_desktop.text.trouble import sentence
from balint_desktop.transcription.engine_location import engine_command
from balint_desktop.transcription.model_store import ModelStore
from balint_desktop.vault.layout import VaultLayout, looks_synced
from balint_desktop.vault.log.log import Log, create_log

_MICROPHONE_S = 15.0
_GIB = 1 << 30
# An hour of a room is 11 MB at 24 kbit/s: enough for a term, with a margin.
_LEAST_FREE = _GIB
_LEAST_WIDTH, _LEAST_HEIGHT = 1280, 720


class CheckFailed(Exception):  # noqa: N818  the doctor's word
    """A failed check; its text is the remedy."""


class NotFound(Exception):  # noqa: N818  nothing has failed
    """Something that only some need is not there; its text says what would help."""


def no_display() -> str:
    """Return the remedy for a missing display."""
    return sentence(Trouble(TroubleCode.NO_DISPLAY))


def display(_data: DataFolder) -> str:
    """Open the display. Qt aborts the process where a system library is missing, so this runs in a separate process."""
    if sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        raise CheckFailed(no_display())
    from balint_desktop.ui.shell.start_options import display_size  # noqa: PLC0415  the other checks need no Qt

    width, height = display_size()
    if width < _LEAST_WIDTH or height < _LEAST_HEIGHT:
        raise CheckFailed(
            tr(
                "The screen is {width} by {height} points; the window needs 1280 by 720. Choose a higher resolution."
            ).format(width=width, height=height)
        )
    return tr("{width} by {height} points").format(width=width, height=height)


def microphone(_data: DataFolder) -> str:
    """Find a microphone that records at 48 kHz."""
    from balint_desktop.capture.devices_handle import list_devices  # noqa: PLC0415  starts a child of its own

    found = list_devices(_MICROPHONE_S)
    if not found:
        raise Trouble(TroubleCode.NO_MICROPHONE)
    usable = [one for one in found if one.rate_ok]
    if not usable:
        raise Trouble(TroubleCode.MICROPHONE_RATE)
    default = next((one for one in usable if one.is_default), usable[0])
    more = len(usable) - 1
    label = tr_n("{name}, and {n} more", "{name}, and {n} more", more) if more else "{name}"
    return label.format(name=default.name, n=more)


def call(_data: DataFolder) -> str:
    """Find what hears the sound of a call. Raise NotFound where nothing does: only online sessions need it."""
    from balint_desktop.capture.devices_handle import list_computer_sources  # noqa: PLC0415  starts a child of its own

    found = list_computer_sources(_MICROPHONE_S)
    if not found:
        raise NotFound(no_source_words())
    return tr("what plays on {output} can be recorded in an online session").format(output=found[0].output)


def opus(_data: DataFolder) -> str:
    """Encode a second of silence and decode it again."""
    ogg = b"".join(encode_pcm([bytes(RATE_HZ * 2)]))
    stream = open_pcm(ogg)
    try:
        decoded = stream.read(RATE_HZ * 4)
    finally:
        stream.close()
    if abs(duration_s(ogg) - 1.0) > 0.01 or abs(len(decoded) - RATE_HZ * 2) > RATE_HZ // 50:
        raise CheckFailed(tr("One second of audio was not encoded correctly. Reinstall the app."))
    return tr("one second of audio was encoded and decoded correctly")


def sealing(_data: DataFolder) -> str:
    """Seal a part in a temporary folder and open it again."""
    key = new_identity()
    plain = secrets.token_bytes(200_000)
    with tempfile.TemporaryDirectory() as folder:
        part = Path(folder) / names.part_name(1)
        writer = PartWriter(part, [key.recipient])
        writer.write(plain)
        writer.close(PartFacts(offset_s=0.0))
        back = read_part(part, [key.secret])
    if back.ogg != plain or back.state is not PartState.COMPLETE:
        raise CheckFailed(
            tr("A sealed file did not open again. Do not record with this installation. Reinstall the app.")
        )
    return tr("a sealed file opened again")


def log(data: DataFolder) -> str:
    """Create an encrypted log in a temporary folder, and check that the vault's files are complete."""
    with tempfile.TemporaryDirectory() as folder:
        path, key = Path(folder) / "log.db", secrets.token_hex(32)
        create_log(path, key, SystemClock())
        if path.read_bytes().startswith(b"SQLite format"):
            raise CheckFailed(tr("The log would not be encrypted. Do not use this installation. Reinstall the app."))
        Log(path, key, SystemClock()).close()
    places = VaultLayout(data.vault)
    if not places.exists():
        return tr("a new log can be encrypted; there is no vault in {folder} yet").format(folder=data.vault)
    if missing := ", ".join(_missing(places)):
        raise CheckFailed(
            tr("Missing from the vault in {folder}: {names}. Restore them from a backup.").format(
                folder=data.vault, names=missing
            )
        )
    return tr("a new log can be encrypted; the vault in {folder} has all its files, but was not opened").format(
        folder=data.vault
    )


def _missing(places: VaultLayout) -> Iterator[str]:
    for name in ("log.db", "passphrase.age", "recovery.age"):
        if not (places.folder / name).exists():
            yield name


def disk(data: DataFolder) -> str:
    """Check that the data folder is writable, private, and has enough free space."""
    folder = data.root
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    if is_read_only(folder):
        raise Trouble(TroubleCode.FOLDER_UNWRITABLE, folder=str(folder))
    if looks_synced(data.root):
        raise Trouble(TroubleCode.FOLDER_SHARED, folder=str(data.root))
    free = free_bytes(data.root)
    if free < _LEAST_FREE:
        raise Trouble(TroubleCode.DISK_LOW)
    return tr("{free:.0f} GB free in {folder}").format(free=free / 1e9, folder=data.root)


def transcription(data: DataFolder) -> str:
    """Say whether transcription is installed, and what to install. It is optional: its absence is no failure."""
    names = ", ".join(model.name for model in ModelStore(data.models).installed())
    if engine_command() is None:
        return tr("not installed (optional). To have first drafts written, install balint-desktop-transcribe")
    if not names:
        return tr("the program is installed; add a model with “balint-desktop models add” or in Settings")
    return tr("installed, with the model {names}").format(names=names)
