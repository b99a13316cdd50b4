"""Convert a sound file of another recorder in a child process, which holds no key and may crash."""

from __future__ import annotations

import os
from collections.abc import Generator
from pathlib import Path

from balint_desktop.capture.convert_protocol import Refusal, Refused, read_messages
from balint_desktop.capture.sound_child import SoundChild
from balint_desktop.domain.file_name import printable_name
from balint_desktop.domain.import_report import ImportReport
from balint_desktop.domain.trouble import Trouble, TroubleCode

_TROUBLES = {
    Refusal.UNREADABLE: TroubleCode.SOUND_UNREADABLE,
    Refusal.MISSING: TroubleCode.SOUND_MISSING,
    Refusal.UNSUPPORTED: TroubleCode.SOUND_UNSUPPORTED,
    Refusal.RATE: TroubleCode.SOUND_RATE,
    Refusal.TOO_LONG: TroubleCode.SOUND_TOO_LONG,
}


class ConvertedSound:
    """A sound file as Ogg Opus, 48 kHz, mono, read while it is converted. `report` is set at the end."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.report: ImportReport | None = None

    def chunks(self) -> Generator[bytes, None, None]:
        """Yield the audio in pieces. Close the generator to stop early. Raise Trouble if the import is refused."""
        if not self._path.is_file():
            raise self._trouble(Refused(Refusal.MISSING))
        name = os.fsencode(self._path.absolute())
        # Any exit code is accepted: the child reports the outcome itself, and if it does not, the file crashed it.
        child = SoundChild("convert", feed=(name,), fine=None)
        try:
            for message in read_messages(child.read):
                if isinstance(message, Refused):
                    raise self._trouble(message)
                if isinstance(message, ImportReport):
                    self.report = message
                else:
                    yield message
        finally:
            child.close()

    def _trouble(self, refused: Refused) -> Trouble:
        details = {"name": printable_name(self._path.name)}
        if refused.why is Refusal.UNSUPPORTED:
            details["kind"] = refused.kind
        return Trouble(_TROUBLES[refused.why], **details)
