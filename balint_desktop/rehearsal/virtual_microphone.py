"""A virtual microphone: a private PulseAudio that hears what is played to it. Linux only."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from balint_desktop.domain.trouble import Trouble, TroubleCode

DEVICE = "testmic"
"""The microphone's name in PortAudio's list."""
TOOLS = ("pulseaudio", "pactl", "paplay")
_START_S = 15.0

# "norewinds" makes the microphone's input equal to the played sound, bit for bit.
SINK = ("module-null-sink", "sink_name=cable", "rate=48000", "channels=2", "norewinds=1")
MICROPHONE = (
    "module-remap-source",
    *("source_name=mic", "master=cable.monitor", "channels=1"),
    *("master_channel_map=front-left", "channel_map=mono", "remix=no"),
)
CALL = "call"
"""The output on which a call is heard, where it was added; its monitor is CALL_MONITOR."""
CALL_MONITOR = f"{CALL}.monitor"
CALL_SINK = ("module-null-sink", f"sink_name={CALL}", "rate=48000", "channels=2", "norewinds=1")
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


class VirtualMicrophone:
    """A private sound server in a temporary folder, removed at the end of the block.

    `environment` holds the variables a process needs to connect to it.
    """

    def __init__(self) -> None:
        self.home = Path(tempfile.mkdtemp(prefix="microphone-"))
        self._playing: list[subprocess.Popen[bytes]] = []
        self.environment: Mapping[str, str] = {
            **os.environ,
            "PULSE_SERVER": f"unix:{self.home}/native",
            "PULSE_RUNTIME_PATH": f"{self.home}/run",
            "PULSE_STATE_PATH": f"{self.home}/state",
            "PULSE_COOKIE": f"{self.home}/cookie",
            "ALSA_CONFIG_PATH": f"{self.home}/asound.conf",
        }

    def __enter__(self) -> Self:
        """Start the sound server and wait until it answers. Raise Trouble TOOL_MISSING."""
        for tool in TOOLS:
            if shutil.which(tool) is None:
                raise Trouble(TroubleCode.TOOL_MISSING, name=tool)
        for folder in ("run", "state"):
            (self.home / folder).mkdir(mode=0o700)
        script = _PULSE.format(home=self.home, sink=" ".join(SINK), microphone=" ".join(MICROPHONE))
        (self.home / "pulse.pa").write_text(script, encoding="utf-8")
        (self.home / "asound.conf").write_text(_ALSA.format(device=DEVICE), encoding="utf-8")
        self.start_server()
        return self

    def start_server(self) -> None:
        """Start the sound server and wait until it answers. Raise Trouble."""
        options = ("-n", "--daemonize=yes", "--exit-idle-time=-1", "--realtime=no", "--high-priority=no")
        log = f"--log-target=newfile:{self.home}/pulse.log"
        self.run("pulseaudio", *options, "--use-pid-file=yes", log, "-F", f"{self.home}/pulse.pa")
        until_s = time.monotonic() + _START_S
        while self.run("pactl", "info").returncode != 0:
            if time.monotonic() > until_s:
                self.stop()
                raise Trouble(TroubleCode.CHILD_FAILED)
            time.sleep(0.05)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop the sound server and any playback."""
        self.stop()

    def stop(self) -> None:
        """Stop the sound server and any playback."""
        for playing in self._playing:
            if playing.poll() is None:
                playing.kill()
            playing.wait()
        self.run("pulseaudio", "--kill")
        shutil.rmtree(self.home, ignore_errors=True)

    def play(self, sound: Path, output: str = "cable") -> subprocess.Popen[bytes]:
        """Start playing a sound file (WAV) to the microphone, or on another output."""
        started = subprocess.Popen(
            ["paplay", f"--device={output}", str(sound)],  # noqa: S607  found on the path, as was looked for
            env=dict(self.environment),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._playing.append(started)
        return started

    def add_call(self) -> None:
        """Add an output on which a call is heard, beside the cable that the microphone hears."""
        self.run("pactl", "load-module", *CALL_SINK)

    def run(self, *command: str) -> subprocess.CompletedProcess[bytes]:
        """Run a command against this sound server, ignoring its result."""
        return subprocess.run(command, env=dict(self.environment), capture_output=True, check=False)


def speech(path: Path, text: str) -> Path:
    """Write synthetic speech as a WAV at 48 kHz, and return its path. Raise Trouble TOOL_MISSING."""
    for tool in ("espeak-ng", "ffmpeg"):
        if shutil.which(tool) is None:
            raise Trouble(TroubleCode.TOOL_MISSING, name=tool)
    spoken = subprocess.run(["espeak-ng", "-s", "150", "--stdout", text], capture_output=True, check=True)  # noqa: S607
    convert = ("ffmpeg", "-v", "error", "-y", "-f", "wav", "-i", "-", "-ar", "48000", "-ac", "1", str(path))
    subprocess.run(convert, input=spoken.stdout, check=True)
    return path
