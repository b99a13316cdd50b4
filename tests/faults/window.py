"""A process that leads a session in the real window, by name as a person would, reporting as leader.py does.

The vault's secret comes on its standard input, which spares each try the seconds that a passphrase takes by design.
"""

from __future__ import annotations

import contextlib
import sys
import threading
from pathlib import Path

from faults.acts import EVERY_S, Acts
from faults.telling import TellingSessionLog, ordered, tell, telling_recorder, wait_for_end
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel

from balint_desktop import __main__ as program
from balint_desktop.app import desktop as app
from balint_desktop.rehearsal.hand import Hand, NotThere
from balint_desktop.ui.room.notices import RoomNotices
from balint_desktop.ui.session import flow as flow_module
from balint_desktop.vault.secret import VaultSecret

_LOOK_EVERY_MS = 20
_SAYS = ("recording-words", "recording-trouble")


class _Looks:
    """Reports what the screen shows about the recording, when it changes."""

    def __init__(self, desktop):
        self._desktop = desktop
        self._said = None
        self._timer = QTimer(desktop.shell, interval=_LOOK_EVERY_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self):
        shell, flow = self._desktop.shell, self._desktop.session.flow
        if flow is None or flow.session is None:
            return
        labels = [label for name in _SAYS for label in shell.findChildren(QLabel, name) if label.isVisible()]
        notices = [label.text() for each in shell.findChildren(RoomNotices) for label in each.findChildren(QLabel)]
        session = flow.session
        said = {
            "state": str(session.state.recording.state),
            "trouble": next((label.text() for label in labels if label.objectName() == _SAYS[1]), ""),
            "words": next((label.text() for label in labels if label.objectName() == _SAYS[0]), ""),
            "notices": notices,
        }
        if said != self._said:
            self._said = said
            tell("said", **said)


def _lead(desktop, given, over):
    """Go to the room, and act every tenth of a second until told to stop."""
    hand = Hand(Path(given["vault"]).parent)
    if "passphrase" in given:
        hand.type("unlock-secret", given["passphrase"])
        hand.press("unlock-open")
    else:
        desktop.context.vault.unlock(VaultSecret.from_text(given["secret"]))
        desktop.places.open()
    looks = _Looks(desktop)
    # With the passphrase, unlocking leads back to the room by itself.
    hand.wait("today", lambda: any(map(hand.sees, ("step", "return-to-session"))) or hand.names("get-ready-"))
    back = hand.sees("step") or hand.sees("return-to-session")
    if hand.sees("return-to-session"):
        hand.press("return-to-session")
    elif not back:
        hand.press(hand.names("get-ready-")[0])
        hand.wait("a microphone", lambda: hand.sees("open-room-without"))
        hand.press("open-room")
        hand.press("begin")
    hand.find_any("step")
    session = desktop.session.flow.session
    tell("leading", phase=session.state.phase, elapsed_s=session.elapsed_s(), back=back, looks=looks is not None)
    acts = Acts(session, given["seed"])
    while not over.is_set():
        # Start recording whenever the room offers it.
        if hand.sees("recording-again"):
            hand.press("recording-again")
        elif hand.sees("recording-start"):
            hand.press("recording-start")
            with contextlib.suppress(NotThere):
                hand.press("say-start-act")
        hand.live(EVERY_S)
        acts.act()
    session.recording.stop()
    hand.wait("the seal", lambda: str(session.recording.controller.state) == "idle")
    tell("stopped")


def main():
    """Run the process."""
    order, over = ordered(), threading.Event()
    wait_for_end(over.set)

    def during(desktop):
        try:
            _lead(desktop, order, over)
        finally:
            desktop.shell.may_close = lambda: True
            desktop.shell.close()

    flow_module.VaultSessionLog = TellingSessionLog
    flow_module.RecorderHandle = telling_recorder
    opened = app.main
    app.main = lambda arguments: opened(arguments, during)
    return program.main(["--data-dir", str(Path(order["vault"]).parent)])


if __name__ == "__main__":
    sys.exit(main())
