"""How the app has a sound file of another recorder read: by a child, which holds no key and may break."""

from __future__ import annotations

import os
from collections.abc import Generator
from pathlib import Path

from balint_desktop.capture.recorder_protocol import ConvertEnd
from balint_desktop.capture.sound_child import SoundChild
from balint_desktop.domain.trouble import Trouble, TroubleCode

_TROUBLES = {
    ConvertEnd.MISSING: TroubleCode.SOUND_MISSING,
    ConvertEnd.RATE: TroubleCode.SOUND_RATE,
    ConvertEnd.TOO_LONG: TroubleCode.SOUND_TOO_LONG,
}


class ConvertedSound:
    """A file as Ogg Opus, 48 kHz, mono, read as it is converted. `cut_short` is known at the end."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.cut_short = False

    def chunks(self) -> Generator[bytes, None, None]:
        """Yield the sound in pieces. Close the generator to stop early. Raise Trouble where the file is no good."""
        if not self._path.is_file():
            raise Trouble(TroubleCode.SOUND_MISSING, name=self._path.name)
        name = os.fsencode(self._path.absolute())
        child = SoundChild("convert", feed=(name,), fine=(ConvertEnd.WHOLE, ConvertEnd.CUT_SHORT))
        try:
            yield from child.chunks()
            self.cut_short = child.code == ConvertEnd.CUT_SHORT
        except Trouble as trouble:
            if trouble.code is not TroubleCode.CHILD_FAILED:
                raise
            code = _TROUBLES.get(ConvertEnd.of(child.code), TroubleCode.SOUND_UNREADABLE)
            raise Trouble(code, name=self._path.name) from trouble
        finally:
            child.close()
