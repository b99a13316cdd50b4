"""The script of the rehearsal, from the first start to playing the recording."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QPlainTextEdit

from balint_desktop.domain.session.formats import SessionFormat
from balint_desktop.i18n import tr
from balint_desktop.rehearsal.hand import Hand, now_s
from balint_desktop.rehearsal.virtual_microphone import CALL, CALL_MONITOR
from balint_desktop.text import durations

_MEMBERS = 3
_PRESENTER = "P2"
# Times of events as shares of the whole: in the hour these are 22:30, 28:30, and 15:00.
_PAUSE_AT = 0.375
_RESUME_AT = 0.475
_MARK_AT = 0.25
_MOMENT_S = 0.4


class Script:
    """Goes through the window step by step, prints each event, and takes pictures.

    With a `call` the session is online: what is spoken in the room ends with the pause, and the call speaks after it.
    """

    def __init__(
        self,
        hand: Hand,
        session_format: SessionFormat,
        speech: Path,
        say: Callable[[str], None],
        *,
        call: Path | None = None,
    ) -> None:
        self._hand = hand
        self._format = session_format
        self._speech = speech
        self._call = call
        self._say = say
        self._began_s = 0.0
        self._voice: subprocess.Popen[bytes] | None = None

    def set_up(self, passphrase: str) -> None:
        """Create a vault: type a passphrase, and confirm part of the recovery key."""
        hand = self._hand
        self._say(tr("Setting up: a passphrase and a recovery key"))
        hand.find_any("set-up")
        hand.picture("first-start")
        hand.press("set-up")
        hand.type("passphrase-first", passphrase)
        hand.type("passphrase-second", passphrase)
        hand.wait("passphrase-strength", lambda: bool(hand.reads("passphrase-strength")))
        hand.press("passphrase-next")
        hand.find_any("recovery-next")
        groups = {name: hand.reads(name) for name in hand.names("recovery-group-")}
        hand.press("recovery-next")
        hand.find_any("type-back-done")
        for name in hand.names("type-back-group-"):
            if not name.endswith("-label"):
                hand.type(name, groups[f"recovery-group-{name.rsplit('-', 1)[1]}"])
        hand.press("type-back-done")

    def create_group(self) -> None:
        """Fill in the form that follows the new vault: a group in which everyone agrees to be recorded."""
        hand = self._hand
        self._say(tr("Creating a group"))
        hand.find_any("group-name")
        hand.type("group-name", tr("Rehearsal group"))
        hand.count("group-count", _MEMBERS)
        hand.press("everyone-agreed-yes")
        hand.type("group-support", tr("the student support line"))
        hand.press("group-more")
        hand.choose("group-format", self._format.key)
        hand.picture("group")
        hand.press("group-save")

    def add_name(self) -> None:
        """Add a name to the sealed roster, show it once, and hide it again."""
        hand = self._hand
        self._say(tr("Adding a name to the roster and hiding it again"))
        hand.press("place-groups")
        # The group just created is open.
        hand.wait(tr("the group"), lambda: hand.sees("group-sections-members"))
        hand.press("group-sections-members")
        hand.press("member-change-open")
        hand.type("member-change-name", tr("Someone by the window"))
        hand.type("member-change-contact", tr("ask at the ward desk"))
        hand.press("member-change-do")
        hand.press("names-show")
        hand.wait(tr("the names"), lambda: hand.sees("members-names"))
        hand.live(_MOMENT_S)
        hand.press("names-show")
        hand.picture("members")

    def lead(self) -> None:
        """Lead the session in real time, phase by phase."""
        hand = self._hand
        whole_s = self._format.length_s
        acts: list[tuple[float, Callable[[], None]]] = [(phase.from_s, self._step) for phase in self._format.phases[1:]]
        acts += [
            (whole_s * _MARK_AT, self._mark),
            (whole_s * _PAUSE_AT, self._pause),
            (whole_s * _RESUME_AT, self._resume),
            (self._format.phases[3].from_s - 1.0, self._choose_presenter),
        ]
        self._report_phase()
        self._start_recording()
        for at_s, act in sorted(acts, key=lambda pair: pair[0]):
            hand.live(self._began_s + at_s - now_s())
            act()
        hand.live(self._began_s + whole_s - now_s())
        self._end()

    def get_ready(self) -> None:
        """Check attendance and microphone, and open the room: the session's clock starts."""
        hand = self._hand
        self._say(tr("Getting ready"))
        hand.press("place-today")
        hand.wait("get-ready", lambda: bool(hand.names("get-ready-")))
        hand.press(hand.names("get-ready-")[0])
        hand.wait(tr("a microphone"), lambda: hand.sees("open-room-without"))
        if self._call is not None:
            hand.find_any("computer-sound-output")
            hand.choose("computer-sound-output", CALL_MONITOR)
        hand.live(_MOMENT_S)
        hand.picture("get-ready")
        hand.press("open-room")
        hand.find_any("begin")
        self._began_s = now_s()
        hand.press("begin")
        hand.find_any("step")

    def _report(self, words: str) -> None:
        now = max(0, int(now_s() - self._began_s))
        self._say(f"{durations.clock(now):>5}  {words}")

    def _report_phase(self) -> None:
        self._report(self._hand.reads("phase-title"))

    def _start_recording(self) -> None:
        self._hand.press("recording-start")
        self._hand.press("say-start-act")
        self._hand.find_any("recording-pause")
        self._report(tr("Recording"))
        self._play(self._speech, "cable")

    def _play(self, sound: Path, output: str) -> None:
        self._voice = subprocess.Popen(
            ["paplay", f"--device={output}", str(sound)],  # noqa: S607  the rehearsal has looked for it
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def _stop_playing(self) -> None:
        if self._voice is not None:
            self._voice.terminate()
            self._voice.wait()

    def _step(self) -> None:
        self._hand.press("step")
        self._report_phase()
        if self._hand.reads("phase-title") == self._format.phases[4].title:
            self._hand.live(_MOMENT_S)
            self._hand.picture("room")

    def _choose_presenter(self) -> None:
        self._hand.press("open-who")
        self._hand.press(f"presents-1-{_PRESENTER}")
        self._hand.press("who-back")
        self._report(tr("The presenter is noted as {code}").format(code=_PRESENTER))

    def _mark(self) -> None:
        self._hand.press("mark")
        self._hand.press("mark-name-to-remove")
        self._report(tr("Marked: name to remove"))

    def _pause(self) -> None:
        self._hand.press("recording-pause")
        self._report(tr("Off the record"))
        if self._call is not None:
            self._stop_playing()
        self._hand.live(_MOMENT_S)
        self._hand.picture("off-the-record")

    def _resume(self) -> None:
        self._hand.press("recording-resume")
        self._hand.press("say-resume-act")
        self._report(tr("On the record again"))
        if self._call is not None:
            self._play(self._call, CALL)

    def _end(self) -> None:
        hand = self._hand
        hand.press("step")
        hand.press("end-now")
        self._report(tr("The session has ended; still recording"))
        hand.picture("ended")
        hand.press("recording-stop")
        hand.press("say-stop-act")
        hand.wait(tr("the seal"), lambda: hand.reads("recording-words") == tr("Recording sealed"))
        self._report(tr("The recording is sealed"))
        self._stop_playing()
        hand.press("to-debrief")

    def close(self) -> None:
        """Complete the debrief: the presenter, corrected after a slip, and two lines on process."""
        hand = self._hand
        hand.find_any("process-note")
        hand.press("presented-1-P1")
        hand.press("presented-1-P2")
        hand.find(QPlainTextEdit, "process-note").setPlainText(tr("A rehearsal with a synthetic voice."))
        hand.picture("debrief")
        hand.press("closing-done")
        self._say(tr("The debrief is done"))

    def review_session(self, passphrase: str) -> None:
        """View the session in the log, and its recording, which needs the vault's keys again."""
        hand = self._hand
        hand.wait(tr("the places"), lambda: hand.sees("place-log") or hand.sees("unlock-secret"))
        self._unlock(passphrase)
        hand.press("place-log")
        hand.press("log-open")
        hand.live(_MOMENT_S)
        hand.picture("log")
        hand.press("place-recordings")
        hand.wait(tr("the recordings"), lambda: hand.sees("recordings-open") or hand.sees("unlock-secret"))
        self._unlock(passphrase)
        hand.press("recordings-open")
        hand.find_any("recording-play")
        hand.live(_MOMENT_S)
        hand.picture("recording")
        self._say(tr("Opened again in the window: the log and the recording"))

    def _unlock(self, passphrase: str) -> None:
        hand = self._hand
        if hand.sees("unlock-secret"):
            hand.type("unlock-secret", passphrase)
            hand.press("unlock-open")
            hand.wait(tr("the vault"), lambda: not hand.sees("unlock-secret"))
