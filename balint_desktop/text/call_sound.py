"""Why a call cannot be recorded on this computer, and what would help."""

from __future__ import annotations

import sys

from balint_desktop.i18n import tr


def no_source_words(platform: str = sys.platform) -> str:
    """Return why the call cannot be recorded, and what would help."""
    if platform == "win32":
        return tr(
            "The call itself cannot be recorded yet. Turn on Stereo Mix in the sound settings, or install a virtual "
            "cable such as VB-CABLE. This has not been tried on Windows."
        )
    if platform == "darwin":
        return tr(
            "The call itself cannot be recorded yet. Install BlackHole or Loopback, and let the call play on it. "
            "This has not been tried on macOS."
        )
    return tr(
        "This computer has no sound server, or its pactl tool (package pulseaudio-utils) is missing. Your microphone "
        "can still be recorded."
    )
