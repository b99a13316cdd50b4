"""The rehearsal's child process: open the real window and lead a session by the script."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

from balint_desktop.app import desktop as app
from balint_desktop.data_folder import DataFolder
from balint_desktop.domain.trouble import Trouble
from balint_desktop.library.formats import FormatLibrary, shipped_bank
from balint_desktop.rehearsal.format import KEY
from balint_desktop.rehearsal.hand import Hand, NotThere
from balint_desktop.rehearsal.script import Script
from balint_desktop.text.trouble import sentence

_SIZE = (1280, 720)


def main(arguments: list[str]) -> int:
    """Lead the session that standard input describes. Return 0 without faults."""
    rehearsal = _Rehearsal(**json.loads(sys.stdin.readline()))
    code = app.main(arguments, rehearsal.lead)
    return code or (0 if rehearsal.passed else 1)


@dataclass(slots=True)
class _Rehearsal:
    """One scripted session. Its passphrase protects nobody: the vault holds a synthetic voice."""

    folder: str
    passphrase: str = field(repr=False)
    speech: str
    call: str = ""
    passed: bool = False

    def lead(self, desktop: app.Desktop) -> None:
        """Go through the window from the first start to the recording, then close it."""
        faults = _Faults()
        hand = Hand(Path(self.folder) / "pictures")
        desktop.shell.resize(*_SIZE)
        try:
            self._go_through(hand)
            self.passed = faults.count == 0
        except (NotThere, Trouble) as error:
            _print_error(sentence(error) if isinstance(error, Trouble) else str(error))
            hand.picture("where-it-stopped")
            self._stop_recording(desktop)
        desktop.shell.may_close = lambda: True
        desktop.shell.close()

    def _go_through(self, hand: Hand) -> None:
        formats = FormatLibrary(DataFolder(Path(self.folder) / "data").formats, shipped_bank())
        script = Script(
            hand, formats.load(KEY), Path(self.speech), _print_line, call=Path(self.call) if self.call else None
        )
        script.set_up(self.passphrase)
        script.create_group()
        script.add_name()
        script.get_ready()
        script.lead()
        script.close()
        script.review_session(self.passphrase)

    def _stop_recording(self, desktop: app.Desktop) -> None:
        if desktop.session.flow is not None and desktop.session.flow.session is not None:
            desktop.session.flow.session.recording.stop()


def _print_line(words: str) -> None:
    print(words, flush=True)


def _print_error(words: str) -> None:
    print(words, file=sys.stderr)


class _Faults:
    """Counts faults of the app that the window would only report."""

    def __init__(self) -> None:
        self.count = 0
        self._inner = sys.excepthook
        sys.excepthook = self._on_fault

    def _on_fault(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        self.count += not isinstance(error, Trouble)
        self._inner(kind, error, trace)
