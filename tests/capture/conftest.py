"""What the recorder's tests share: a private sound server, speech, and a recorder to hold."""

from virtual_microphone import microphone, recording, spoken

__all__ = ["microphone", "recording", "spoken"]
