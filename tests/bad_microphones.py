"""Unusable microphones: each an environment for the app and its children, as real as this machine allows."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
from pathlib import Path

import pytest

_NO_SERVER = {"PULSE_SERVER": "unix:/nothing", "PULSE_COOKIE": "/nothing"}
_ALSA_ALONE = "</usr/share/alsa/alsa.conf>\n"
_ALSA_HELD = """\
</usr/share/alsa/alsa.conf>
server.holder {{ host "localhost" socket "{socket}" }}
pcm.!default {{ type shm server holder pcm "held" hint {{ show on description "Held microphone" }} }}
"""
_EBUSY = 16


class BadSound:
    """Puts different sound systems around the app and its children."""

    def __init__(self, monkeypatch, folder, request):
        self._monkeypatch = monkeypatch
        self._folder = folder
        self._request = request
        self._undo = contextlib.ExitStack()

    def close(self):
        self._undo.close()

    def without_any(self):
        """Provide neither a sound server nor a device."""
        self._alsa(_ALSA_ALONE)

    def without_a_server(self):
        """Point ALSA to a missing sound server, as on a desktop whose server has died."""
        self._alsa("</usr/share/alsa/alsa.conf>\npcm.!default { type pulse hint { show on } }\n")

    def held(self):
        """Give ALSA one device held by another program: it answers that it is busy."""
        held = _HeldDevice(self._folder / "held")
        self._undo.callback(held.close)
        self._alsa(_ALSA_HELD.format(socket=held.path))

    def with_one_rate(self):
        """Provide a microphone that supports only 44.1 kHz."""
        self._request.getfixturevalue("microphone")
        self._stubborn(ONLY_RATE_HZ="44100")

    def busy(self):
        """Provide a microphone that exists and cannot be opened; deleting the returned file releases it."""
        self._request.getfixturevalue("microphone")
        held = self._folder / "busy"
        held.touch()
        self._stubborn(BUSY_WHILE=str(held))
        return held

    def _alsa(self, config):
        path = self._folder / "asound.conf"
        path.write_text(config, encoding="utf-8")
        self._set(ALSA_CONFIG_PATH=str(path), **_NO_SERVER)

    def _stubborn(self, **more):
        self._set(PYTHONPATH=str(Path(__file__).parent / "stubborn_sound"), **more)

    def _set(self, **environment):
        for name, value in environment.items():
            self._monkeypatch.setenv(name, value)


@pytest.fixture
def bad_sound(monkeypatch, tmp_path, request):
    made = BadSound(monkeypatch, tmp_path, request)
    yield made
    made.close()


class _HeldDevice:
    """The program that ALSA asks for the device (its shm plug-in): answers each time that it is busy."""

    def __init__(self, path):
        self.path = path
        self._server = socket.socket(socket.AF_UNIX)
        self._server.bind(str(path))
        self._server.listen()
        self._thread = threading.Thread(target=self._answer, daemon=True)
        self._thread.start()

    def _answer(self):
        with contextlib.suppress(OSError):
            while True:
                asked, _ = self._server.accept()
                with asked:
                    asked.recv(256)
                    asked.sendall(struct.pack("qii", -_EBUSY, 0, 0))

    def close(self):
        self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        self._thread.join()
