"""The pictures in the README: the real window, a real recorder, and a clock wound to one moment of a session.

`make pictures` writes them anew, the same ones each time: the day, the microphone and what it hears are settled here,
and the screen is a virtual one of the script's own. Nobody is in them: codes only, and a tone for a voice.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
import wave
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from clocks import WoundClock
from PySide6.QtCore import QLocale
from sounds import RATE_HZ, tone
from vaults import PASSPHRASE, make_vault

from balint_desktop import resources
from balint_desktop.app import desktop as app
from balint_desktop.domain.clock import Instant, earlier
from balint_desktop.domain.group.group import Group, Participant, Weekday
from balint_desktop.domain.session import facts as f
from balint_desktop.domain.session.debrief import Debrief, SessionSetting
from balint_desktop.domain.values import GroupId, SessionKind, participant_code
from balint_desktop.machine import Machine
from balint_desktop.rehearsal.hand import Hand, NotThere
from balint_desktop.rehearsal.screen import screen
from balint_desktop.rehearsal.virtual_microphone import DEVICE, VirtualMicrophone
from balint_desktop.session.recording_controller import ProcessState
from balint_desktop.ui.session import flow
from balint_desktop.ui.shell.preferences import Preferences, PreferencesFile
from balint_desktop.ui.theme.theme import Appearance
from balint_desktop.ui.widgets.level import LevelMeter

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "pictures"
SIZE = (1280, 720)
M = 60
WEEK_S = 7 * 24 * 60 * M
# Two o'clock on a Wednesday in London: the session begins then.
BEGAN_WALL = 1_795_010_400.0
MOMENT_S = 33 * M + 5
# A gap counts as a sleep from ten seconds.
WINDING_S = 5
TONE_S = 120
# The tone's share of the level bar.
TONE_SHARE = 0.59
MICROPHONE = "room-microphone"

CODES = tuple(participant_code(number) for number in range(1, 8))
GROUP = Group(
    GroupId("b"),
    "Psychiatry rotation, block B",
    participants=tuple(Participant(code, agreed_to_recording=True) for code in CODES),
    weekday=Weekday.WEDNESDAY,
    support="the student support line",
)
LAPTOP = Machine(hours_free=400.0, battery=86, on_charger=True)


def main(into=FOLDER):
    """Write the pictures into a folder; return the exit code."""
    settle_surroundings()
    clock = WoundClock(wall=BEGAN_WALL)
    app.SystemClock = lambda: clock
    flow.read_machine = lambda _folder: LAPTOP
    flow.can_keep_awake = lambda _within_s: True
    with (
        tempfile.TemporaryDirectory(prefix="pictures-") as folder,
        VirtualMicrophone() as microphone,
        screen() as shown,
    ):
        name_microphone(microphone)
        os.environ.update({**microphone.environment, **shown.environment})
        data = Path(folder) / "data"
        keep_past_sessions(make_vault(data / "vault").open(), clock.now())
        PreferencesFile(data / "window.json").save(Preferences(Appearance.LIGHT))
        microphone.play(steady_tone(Path(folder) / "tone.wav"))
        photographer = Photographer(clock, Path(folder), into)
        code = app.main(["--data-dir", str(data)], photographer.go_through)
    return code or (0 if photographer.went_through else 1)


def settle_surroundings():
    """Hide everything specific to this desktop, its time and its language."""
    for name in list(os.environ):
        if name in {"DISPLAY", "WAYLAND_DISPLAY", "XDG_CURRENT_DESKTOP"} or name.startswith("QT_"):
            del os.environ[name]
    os.environ["TZ"] = "Europe/London"
    time.tzset()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))


def name_microphone(microphone):
    """Give the virtual microphone a realistic name."""
    listed = Path(microphone.environment["ALSA_CONFIG_PATH"])
    listed.write_text(listed.read_text().replace(f"pcm.{DEVICE}", f"pcm.{MICROPHONE}"))


def steady_tone(path):
    """Write a tone, whose level is the same at every moment."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        # -27.4 dB, safely away from rounding to another tenth.
        file.writeframes(tone(1.0, loud=0.0603).tobytes() * TONE_S)
    return path


def keep_past_sessions(vault, today):
    """Store the group's first two sessions, each with a recording."""
    try:
        vault.log.groups.save_group(GROUP)
        for number, presenter, step_minutes, note in (
            (1, CODES[4], (4, 6, 13, 18, 45, 55), "Slow to begin. Much advice at first, less after ten minutes."),
            (2, CODES[1], (3, 5, 11.5, 16, 45.5, 55), "The silences were easier to bear than last week."),
        ):
            text = resources.text("formats/student-hour.toml")
            setting = SessionSetting(GROUP.id, number, SessionKind.CASE, GROUP.format_key, text)
            session = vault.log.sessions.start(setting)
            recording = vault.new_recording(GROUP, session)
            for fact in past_facts(earlier(today, (3 - number) * WEEK_S), recording, presenter, step_minutes):
                vault.log.sessions.add_fact(session, fact)
            vault.log.sessions.close(session, Debrief(note))
            for _prompt in range(5 + number):
                vault.log.sessions.count_prompt(session)
    finally:
        vault.close()


def past_facts(began, recording, presenter, step_minutes):
    def at(minutes):
        return Instant(began.wall + minutes * M, began.boot + minutes * M, began.boot_id)

    steps = [f.StepTaken(at=at(minute), phase=phase) for phase, minute in enumerate(step_minutes, start=1)]
    happened = [
        *steps,
        f.RecordingStarted(at=at(1), recording=recording, part=1),
        f.PresenterChosen(at=at(step_minutes[1] + 0.2), case=1, code=presenter),
        f.RecordingPaused(at=at(24)),
        f.RecordingResumed(at=at(25.5)),
    ]
    ending = [f.Ended(at=at(60)), f.RecordingStopped(at=at(60.4))]
    return [f.Began(at=at(0), present=CODES), *sorted(happened, key=lambda fact: fact.at.wall), *ending]


class Photographer:
    """Steps through the window to each moment, as a facilitator would, and takes its picture."""

    def __init__(self, clock, aside, into):
        self._clock = clock
        self._into = into
        self._hand = Hand(aside)
        self.went_through = False

    def go_through(self, desktop):
        desktop.shell.resize(*SIZE)
        try:
            self._unlock()
            self._log()
            self._get_ready()
            self._lead_to_the_moment(desktop)
            self._room(desktop)
            self.went_through = True
        except NotThere as error:
            print(error, file=sys.stderr)
        finally:
            self._end(desktop)

    def _unlock(self):
        self._hand.type("unlock-secret", PASSPHRASE)
        self._hand.press("unlock-open")

    def _log(self):
        self._hand.press("place-log")
        self._hand.press("log-open")
        self._take("log")

    def _get_ready(self):
        self._hand.press("place-today")
        self._hand.press(f"get-ready-{GROUP.id}")
        self._hand.wait("the microphone", lambda: self._hand.sees("open-room-without"))
        self._hand.choose("microphone", MICROPHONE)
        self._hear("ready-level")
        self._take("get-ready")

    def _lead_to_the_moment(self, desktop):
        hand = self._hand
        hand.press("open-room")
        hand.press("begin")
        for minute in (3, 5, 12, 17):
            self._wind_to(desktop, minute * M)
            hand.press("step")
            if minute == 5:
                hand.press("open-who")
                hand.press(f"presents-1-{CODES[2]}")
                hand.press("who-back")
        self._wind_to(desktop, MOMENT_S)
        # Only now: a recorder says nothing while the clock is wound, and would be taken for one that stands still.
        hand.press("recording-start")
        hand.press("say-start-act")
        hand.find_any("recording-pause")
        hand.press("chip-solving")
        self._hear("recording-level")

    def _room(self, desktop):
        self._take("room-light")
        desktop.context.theme.choose(Appearance.DARK)
        self._take("room-dark")

    def _wind_to(self, desktop, second):
        session = desktop.session.flow.session
        while (left_s := second - session.elapsed_s()) > 0:
            self._clock.advance(min(WINDING_S, left_s))
            session.tick()
        # A clock that moves on while the machine does not would be taken for a sleep, and lock the vault.
        desktop.locking.warden.start()
        desktop.session.flow.page.refresh()

    def _hear(self, level):
        meter = self._hand.find(LevelMeter, level)
        # Never reset: a level like the one before is not reported again.
        self._hand.wait("the tone", lambda: meter.share > TONE_SHARE)

    def _take(self, name):
        taken = self._hand.picture(name)
        self._into.mkdir(exist_ok=True)
        shutil.move(taken, self._into / f"{name}.png")

    def _end(self, desktop):
        session = desktop.session.flow.session if desktop.session.flow is not None else None
        if session is not None and session.recording.controller is not None:
            session.recording.stop()
            self._hand.wait("the seal", lambda: session.recording.controller.state is ProcessState.IDLE)
        desktop.shell.may_close = lambda: True
        desktop.shell.close()


if __name__ == "__main__":
    raise SystemExit(main(*map(Path, sys.argv[1:])))
