"""What the child `balint-desktop rehearsal` does: it opens the real window and leads a session in it by the script."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from types import TracebackType

from balint_desktop import app
from balint_desktop.cli.rehearsal_format import KEY
from balint_desktop.domain.trouble import Trouble
from balint_desktop.ui.rehearsal.hand import Hand, NotThere
from balint_desktop.ui.rehearsal.script import Script
from balint_desktop.words import sentence

_SIZE = (1280, 720)


def main(arguments: list[str]) -> int:
    """Lead the session that standard input describes. Return 0 where it went through without a fault."""
    stage = json.loads(sys.stdin.readline())
    faults = _Faults()
    _qt, window = app.build(arguments)
    faults.listen()
    window.shell.resize(*_SIZE)
    hand = Hand(Path(stage["folder"]) / "pictures")
    try:
        script = Script(hand, window.formats.load(KEY), Path(stage["speech"]), _say)
        script.set_up(stage["passphrase"])
        script.name_group()
        script.get_ready()
        script.lead()
        script.close()
        script.look_back(stage["passphrase"])
    except (NotThere, Trouble) as error:
        print(sentence(error) if isinstance(error, Trouble) else error, file=sys.stderr)  # noqa: T201
        hand.picture("where-it-stopped")
        return 1
    finally:
        window.shell.close()
        window.shutdown()
    return 1 if faults.count else 0


def _say(words: str) -> None:
    print(words, flush=True)  # noqa: T201  what a rehearsal is for


class _Faults:
    """Counts the faults of ours that the window would only speak of."""

    def __init__(self) -> None:
        self.count = 0

    def listen(self) -> None:
        """Stand before the window's own hook."""
        inner = sys.excepthook

        def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
            self.count += not isinstance(error, Trouble)
            inner(kind, error, trace)

        sys.excepthook = hook
