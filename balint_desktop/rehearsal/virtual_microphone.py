"""A virtual microphone: a private PulseAudio that hears what is played to it. Linux only."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from balint_desktop.domain.trouble import Trouble, TroubleCode

DEVICE = "testmic"
"""The name PortAudio lists the microphone under."""
OTHER_DEVICE = "othermic"
"""The name of a second one, where it was added."""
TOOLS = ("pulseaudio", "pactl", "paplay")
_START_S = 15.0

# "norewinds" keeps what the microphone hears equal to what was played, bit for bit.
_SINK = ("module-null-sink", "sink_name=cable", "rate=48000", "channels=2", "norewinds=1")
_MICROPHONE = (
    "module-remap-source",
    *("source_name=mic", "master=cable.monitor", "channels=1"),
    *("master_channel_map=front-left", "channel_map=mono", "remix=no"),
)
_PULSE = """\
load-module module-native-protocol-unix socket={home}/native auth-anonymous=1
load-module {sink}
load-module {microphone}
set-default-sink cable
set-default-source mic
"""
_ALSA = """\
</usr/share/alsa/alsa.conf>
pcm.!default {{ type pulse hint {{ show on description "Default" }} }}
ctl.!default {{ type pulse }}
pcm.{device} {{ type pulse device "mic" hint {{ show on description "Test microphone" }} }}
"""
_ALSA_OTHER = f"""\
pcm.{OTHER_DEVICE} {{ type pulse device "{OTHER_DEVICE}" hint {{ show on description "Other microphone" }} }}
"""


class VirtualMicrophone:
    """A private sound server in a folder of its own, gone with the block it is used in.

    `environment` is what a process needs to find it.
    """

    def __init__(self) -> None:
        self._home = Path(tempfile.mkdtemp(prefix="microphone-"))
        self._playing: list[subprocess.Popen[bytes]] = []
        self.environment: Mapping[str, str] = {
            **os.environ,
            "PULSE_SERVER": f"unix:{self._home}/native",
            "PULSE_RUNTIME_PATH": f"{self._home}/run",
            "PULSE_STATE_PATH": f"{self._home}/state",
            "PULSE_COOKIE": f"{self._home}/cookie",
            "ALSA_CONFIG_PATH": f"{self._home}/asound.conf",
        }

    def __enter__(self) -> Self:
        """Start the sound server and wait until it answers. Raise Trouble TOOL_MISSING."""
        for tool in TOOLS:
            if shutil.which(tool) is None:
                raise Trouble(TroubleCode.TOOL_MISSING, name=tool)
        for folder in ("run", "state"):
            (self._home / folder).mkdir(mode=0o700)
        script = _PULSE.format(home=self._home, sink=" ".join(_SINK), microphone=" ".join(_MICROPHONE))
        (self._home / "pulse.pa").write_text(script, encoding="utf-8")
        (self._home / "asound.conf").write_text(_ALSA.format(device=DEVICE), encoding="utf-8")
        self.start_server()
        return self

    def start_server(self) -> None:
        """Start the sound server, also after it was killed, and wait until it answers. Raise Trouble."""
        options = ("-n", "--daemonize=yes", "--exit-idle-time=-1", "--realtime=no", "--high-priority=no")
        log = f"--log-target=newfile:{self._home}/pulse.log"
        self._run("pulseaudio", *options, "--use-pid-file=yes", log, "-F", f"{self._home}/pulse.pa")
        until_s = time.monotonic() + _START_S
        while self._run("pactl", "info").returncode != 0:
            if time.monotonic() > until_s:
                self._stop()
                raise Trouble(TroubleCode.CHILD_FAILED)
            time.sleep(0.05)

    def kill_server(self) -> None:
        """End the sound server as a crash would, and tidy up what it leaves in the next one's way."""
        self._signal("SIGKILL")
        (self._home / "run" / "pid").unlink(missing_ok=True)
        (self._home / "native").unlink(missing_ok=True)

    def add_another(self) -> None:
        """Plug in a second microphone beside the first: it hears a tone."""
        config = self._home / "asound.conf"
        config.write_text(config.read_text(encoding="utf-8") + _ALSA_OTHER, encoding="utf-8")
        self._run("pactl", "load-module", "module-sine-source", f"source_name={OTHER_DEVICE}", "rate=48000")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the sound server, and whatever still plays."""
        self._stop()

    def _stop(self) -> None:
        for playing in self._playing:
            if playing.poll() is None:
                playing.kill()
            playing.wait()
        self.thaw()
        self._run("pulseaudio", "--kill")
        shutil.rmtree(self._home, ignore_errors=True)

    def play(self, sound: Path) -> subprocess.Popen[bytes]:
        """Start playing a sound file (WAV) to the microphone."""
        started = subprocess.Popen(
            ["paplay", "--device=cable", str(sound)],  # noqa: S607  found on the path, as was looked for
            env=dict(self.environment),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._playing.append(started)
        return started

    def mute(self, *, muted: bool = True) -> None:
        """Mute the microphone: exact zeros."""
        self._run("pactl", "set-source-mute", "mic", "1" if muted else "0")

    def unplug(self) -> None:
        """Take the microphone away."""
        self._run("pactl", "unload-module", "module-null-sink")

    def plug_in(self) -> None:
        """Bring the microphone back."""
        for command in (
            ("load-module", *_SINK),
            ("load-module", *_MICROPHONE),
            ("set-default-sink", "cable"),
            ("set-default-source", "mic"),
        ):
            self._run("pactl", *command)

    def move_recorder(self, to: str) -> None:
        """Give whoever records another source, as a desktop does when a headset comes or goes."""
        listed = self._run("pactl", "list", "short", "source-outputs").stdout.decode()
        for line in listed.splitlines():
            self._run("pactl", "move-source-output", line.split()[0], to)

    def freeze(self) -> None:
        """Let the sound server stand still."""
        self._signal("SIGSTOP")

    def thaw(self) -> None:
        """Let it go on."""
        self._signal("SIGCONT")

    def _signal(self, name: str) -> None:
        """Send the sound server a signal by its name: Windows, where there is no such server, has not all of them."""
        pid = self._home / "run" / "pid"
        if pid.exists():
            os.kill(int(pid.read_text(encoding="ascii")), signal.Signals[name])

    def _run(self, *command: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(command, env=dict(self.environment), capture_output=True, check=False)


def speech(path: Path, text: str) -> Path:
    """Write synthetic speech as a WAV at 48 kHz, and return its path. Raise Trouble TOOL_MISSING."""
    for tool in ("espeak-ng", "ffmpeg"):
        if shutil.which(tool) is None:
            raise Trouble(TroubleCode.TOOL_MISSING, name=tool)
    said = subprocess.run(["espeak-ng", "-s", "150", "--stdout", text], capture_output=True, check=True)  # noqa: S607
    convert = ("ffmpeg", "-v", "error", "-y", "-f", "wav", "-i", "-", "-ar", "48000", "-ac", "1", str(path))
    subprocess.run(convert, input=said.stdout, check=True)
    return path
