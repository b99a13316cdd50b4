"""Fixtures for the recorder's tests: a private sound server, speech, and a recorder."""

from small_disk import small_disk
from virtual_microphone import microphone, recording, spoken

__all__ = ["microphone", "recording", "small_disk", "spoken"]
