"""How the window reads the recordings of an open vault: their sound is decoded and encoded by children."""

from __future__ import annotations

from balint_desktop.capture.decode_handle import encode_pcm, open_pcm
from balint_desktop.recordings.service import RecordingService
from balint_desktop.vault.vault import OpenVault


def shelf_of(vault: OpenVault) -> RecordingService:
    """Return the recordings of a vault."""
    return RecordingService(vault, open_pcm, encode_pcm)
