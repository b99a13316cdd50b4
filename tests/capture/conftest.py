"""What the recorder's tests share: a private sound server, speech, and a recorder to hold."""

from small_disk import small_disk
from virtual_microphone import microphone, recording, spoken

__all__ = ["microphone", "recording", "small_disk", "spoken"]
