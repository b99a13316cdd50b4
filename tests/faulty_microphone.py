"""A virtual microphone with faults: muted, unplugged, moved, and a sound server that freezes or dies."""

from __future__ import annotations

import contextlib
import os
import signal

from balint_desktop.rehearsal.virtual_microphone import CALL, MICROPHONE, SINK, VirtualMicrophone

OTHER_DEVICE = "othermic"
"""The name of a second microphone, where it was added."""
_ALSA_OTHER = f"""\
pcm.{OTHER_DEVICE} {{ type pulse device "{OTHER_DEVICE}" hint {{ show on description "Other microphone" }} }}
"""


class FaultyMicrophone(VirtualMicrophone):
    """The rehearsal's microphone, with every fault a microphone can have."""

    def stop(self):
        self.thaw()
        super().stop()

    def kill_server(self):
        """Kill the sound server as in a crash, and remove leftovers that would block the next one."""
        self._signal(signal.SIGKILL)
        (self.home / "run" / "pid").unlink(missing_ok=True)
        (self.home / "native").unlink(missing_ok=True)

    def add_another(self):
        """Plug in a second microphone beside the first, with a tone."""
        config = self.home / "asound.conf"
        config.write_text(config.read_text(encoding="utf-8") + _ALSA_OTHER, encoding="utf-8")
        self.run("pactl", "load-module", "module-sine-source", f"source_name={OTHER_DEVICE}", "rate=48000")

    def remove_call(self):
        """Remove the call's output, as when its headset is unplugged."""
        listed = self.run("pactl", "list", "short", "modules").stdout.decode()
        for line in listed.splitlines():
            if f"sink_name={CALL}" in line:
                self.run("pactl", "unload-module", line.split()[0])

    def mute(self, *, muted=True):
        """Mute the microphone: exact zeros."""
        self.run("pactl", "set-source-mute", "mic", "1" if muted else "0")

    def unplug(self):
        """Take the microphone away."""
        self.run("pactl", "unload-module", "module-null-sink")

    def plug_in(self):
        """Bring the microphone back."""
        for command in (
            ("load-module", *SINK),
            ("load-module", *MICROPHONE),
            ("set-default-sink", "cable"),
            ("set-default-source", "mic"),
        ):
            self.run("pactl", *command)

    def plug_in_microphone(self):
        """Bring the microphone alone back."""
        self.run("pactl", "load-module", *MICROPHONE)
        self.run("pactl", "set-default-source", "mic")

    def move_recorder(self, to):
        """Move the recording stream to another source, as a desktop does when a headset is plugged in or removed."""
        listed = self.run("pactl", "list", "short", "source-outputs").stdout.decode()
        for line in listed.splitlines():
            self.run("pactl", "move-source-output", line.split()[0], to)

    def freeze(self):
        """Suspend the sound server."""
        self._signal(signal.SIGSTOP)

    def thaw(self):
        """Resume the sound server."""
        self._signal(signal.SIGCONT)

    def _signal(self, number):
        """Send the sound server a signal, unless it was killed and removed."""
        pid = self.home / "run" / "pid"
        if pid.exists():
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(pid.read_text(encoding="ascii")), number)
