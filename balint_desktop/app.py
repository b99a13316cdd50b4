"""What the window is made of: builds each part and connects them. Nobody imports this."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from balint_desktop import words
from balint_desktop.capture.decode_handle import encoded, open_pcm
from balint_desktop.data_folder import DataFolder, data_folder
from balint_desktop.domain.clock import SystemClock
from balint_desktop.domain.people import Weekday
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.exchange.vault_shelf import VaultShelf
from balint_desktop.format_library import FormatLibrary, shipped_bank
from balint_desktop.i18n import tr
from balint_desktop.ui.first_start import FirstStart, SettingUp
from balint_desktop.ui.group_form.editor import FormatChoice
from balint_desktop.ui.groups import GroupsPlace
from balint_desktop.ui.leading import Leading, LeadingParts
from balint_desktop.ui.log.place import LogPlace
from balint_desktop.ui.messages import Messages
from balint_desktop.ui.place import Place
from balint_desktop.ui.preferences import PreferencesFile
from balint_desktop.ui.printing import print_recovery_key
from balint_desktop.ui.recordings.place import RecordingsPlace
from balint_desktop.ui.recordings.playback import Playback
from balint_desktop.ui.recordings.sound import start_playing
from balint_desktop.ui.settings import SettingsNeeds, SettingsPlace
from balint_desktop.ui.settings_sections.vault import VaultCare
from balint_desktop.ui.shell import PlaceKey, Shell
from balint_desktop.ui.strength import strength_words
from balint_desktop.ui.theme import Theme
from balint_desktop.ui.today import TodayPlace, TodayView
from balint_desktop.ui.today_cards import next_sessions
from balint_desktop.ui.unlock import Unlock
from balint_desktop.ui.widgets.open_folder import open_folder
from balint_desktop.ui.work import Work
from balint_desktop.vault.opening import place_vault
from balint_desktop.vault.places import VaultPlaces
from balint_desktop.vault.secret import VaultSecret
from balint_desktop.vault.secret_child import ask_later
from balint_desktop.vault.secret_work import Asked, Errand
from balint_desktop.vault.vault import OpenVault, VaultState


class Window(QObject):
    """The parts of one window, and what leads from one to the other."""

    def __init__(self, app: QApplication, data: DataFolder) -> None:
        super().__init__()
        self.data = data
        self.clock = SystemClock()
        self.work = Work(self)
        self.messages = Messages(self)
        self._preferences = PreferencesFile(data.root / "window.json")
        chosen = self._preferences.load()
        self.theme = Theme(app, chosen.appearance, chosen.scale)
        self.bank = shipped_bank()
        self.formats = FormatLibrary(data.formats, self.bank)
        self.vault: OpenVault | None = None
        self.leading: Leading | None = None
        self.shell = Shell(self.messages)
        self.shell.may_close = self._may_close
        self.shell.lock_asked.connect(self.lock)
        self.shell.place_shown.connect(self._on_place_shown)

    # --- the gates ---

    def start(self, *, timer_only: bool) -> None:
        """Show the first page: the first start, the way into the vault, or the clock alone."""
        if timer_only:
            self.try_it()
        elif VaultPlaces(self.data.vault).exists():
            self.ask_to_unlock(self._open_vault)
        else:
            self._show_first_start()

    def try_it(self) -> None:
        """Offer the clock and the prompts alone, with nothing kept."""
        self._offer_places(with_vault=False)
        self.shell.show_place(PlaceKey.TODAY)

    def _show_first_start(self) -> None:
        setting_up = SettingUp(self._make_vault, self._place_vault, strength_words, print_recovery_key)
        gate = FirstStart(self.work, self.messages, setting_up)
        gate.try_asked.connect(self.try_it)
        gate.made.connect(lambda passphrase: self._open_made(gate, passphrase))
        self.shell.set_can_lock(False)
        self.shell.show_gate(gate)

    @property
    def _aside(self) -> Path:
        """Where a vault is made before its recovery key was typed back."""
        return self.data.vault.with_name("vault.being-made")

    def _make_vault(self, passphrase: str, made: Callable[[str], None], failed: Callable[[Trouble], None]) -> None:
        # What an earlier start left half made was never in use.
        shutil.rmtree(self._aside, ignore_errors=True)
        self._ask(Asked(Errand.MAKE, str(self._aside), new=passphrase), made, failed)

    def _place_vault(self) -> None:
        place_vault(self._aside, self.data.vault)

    def _open_made(self, gate: FirstStart, passphrase: str) -> None:
        def failed(trouble: Trouble) -> None:
            gate.opening_failed()
            self.messages.trouble(trouble)

        self._ask(Asked(Errand.OPEN, str(self.data.vault), passphrase), self._open_with_text, failed)

    def ask_to_unlock(self, opened: Callable[[VaultSecret], None]) -> None:
        """Show the page that opens the vault, and go on from there."""
        folder = str(self.data.vault)

        def open_with(
            errand: Errand, typed: str, done: Callable[[object], None], failed: Callable[[Trouble], None]
        ) -> None:
            self._ask(Asked(errand, folder, typed), lambda told: done(VaultSecret.from_text(told)), failed)

        gate = Unlock(
            folder,
            lambda typed, done, failed: open_with(Errand.OPEN, typed, done, failed),
            lambda typed, done, failed: open_with(Errand.OPEN_BY_KEY, typed, done, failed),
        )
        gate.opened.connect(opened)
        gate.clock_alone_asked.connect(self.try_it)
        self.shell.set_can_lock(False)
        self.shell.show_gate(gate)

    def _ask(self, asked: Asked, done: Callable[[str], None], failed: Callable[[Trouble], None]) -> None:
        """Do an errand in a child; the answer comes on this thread."""
        post = self.work.post
        ask_later(asked, lambda told: post(lambda: done(told)), lambda trouble: post(lambda: failed(trouble)))

    def _open_with_text(self, text: str) -> None:
        self._open_vault(VaultSecret.from_text(text))

    def _open_vault(self, secret: VaultSecret) -> None:
        try:
            self.vault = OpenVault(self.data.vault, secret, self.clock)
        except Trouble as trouble:
            self.messages.trouble(trouble)
            return
        self.messages.clear()
        self._offer_places(with_vault=True)
        self.shell.show_place(PlaceKey.TODAY)

    def _unlock_again(self, secret: VaultSecret, then: PlaceKey) -> None:
        if self.vault is not None:
            self.vault.unlock(secret)
        self.messages.clear()
        self._offer_places(with_vault=True)
        self.shell.show_place(then)

    def lock(self) -> None:
        """Close every place but the room, whose clock goes on; elsewhere, close the vault."""
        if self.vault is None:
            return
        if self.leading is not None and self.leading.led is not None:
            self.vault.lock()
            self.shell.close_places(keep=PlaceKey.SESSION)
            return
        self.shell.remove_places()
        self.vault.close()
        self.vault = None
        self.ask_to_unlock(self._open_vault)

    # --- the places ---

    def _offer_places(self, *, with_vault: bool) -> None:
        self.shell.remove_places()
        self.shell.add_place(PlaceKey.TODAY, tr("Today"), self._build_today)
        if with_vault:
            self.shell.add_place(PlaceKey.GROUPS, tr("Groups"), self._build_groups)
            self.shell.add_place(PlaceKey.LOG, tr("Log"), self._build_log)
            self.shell.add_place(PlaceKey.RECORDINGS, tr("Recordings"), self._build_recordings)
        self.shell.add_place(PlaceKey.SETTINGS, tr("Settings"), self._build_settings)
        self.shell.set_can_lock(with_vault)

    def _opened(self) -> OpenVault:
        if self.vault is None:
            raise Trouble(TroubleCode.VAULT_LOCKED)
        return self.vault

    def _build_today(self) -> Place:
        place = TodayPlace(self._look_at_today, self.messages)
        place.get_ready_asked.connect(lambda group: self._lead(lambda leading: leading.get_ready(group)))
        place.return_asked.connect(self._return_to_session)
        place.name_group_asked.connect(self._name_group)
        place.without_group_asked.connect(lambda: self._lead(lambda leading: leading.without_group()))
        return place

    def _look_at_today(self) -> TodayView:
        if self.vault is None:
            return TodayView(has_vault=False)
        log = self.vault.log
        groups = log.people.groups()
        held = {group.id: log.sessions.next_number(group.id) - 1 for group in groups}
        today = list(Weekday)[datetime.fromtimestamp(self.clock.now().wall).astimezone().weekday()]
        left = tr("Its clock goes on, and everything up to now is kept.") if log.sessions.unfinished() else ""
        return TodayView(tuple(next_sessions(groups, held, today)), left)

    def _build_groups(self) -> Place:
        return GroupsPlace(self._opened().log.people, self._format_choices, self.messages)

    def _name_group(self) -> None:
        self.shell.show_place(PlaceKey.GROUPS)
        place = self.shell.place(PlaceKey.GROUPS)
        if isinstance(place, GroupsPlace):
            place.new()

    def _format_choices(self) -> Sequence[FormatChoice]:
        return [FormatChoice(line.key, line.name) for line in self.formats.lines() if not line.problem]

    def _shelf(self) -> VaultShelf:
        return VaultShelf(self._opened(), open_pcm, encoded)

    def _build_log(self) -> Place:
        place = LogPlace(lambda: self._shelf().sessions(), self.work, self.messages)
        place.recording_wanted.connect(self._show_recording)
        return place

    def _build_recordings(self) -> Place:
        return RecordingsPlace(self._shelf, Playback(open_pcm, start_playing, self.work.post), self.work, self.messages)

    def _show_recording(self, recording: str) -> None:
        self.shell.show_place(PlaceKey.RECORDINGS)
        place = self.shell.place(PlaceKey.RECORDINGS)
        if isinstance(place, RecordingsPlace):
            place.show_recording(recording)

    def _on_place_shown(self, key: str) -> None:
        """Ask for the passphrase where a place needs keys that were let go of for a session."""
        locked = self.vault is not None and self.vault.state is not VaultState.OPEN
        if key == PlaceKey.RECORDINGS and locked:
            self.messages.clear()
            self.ask_to_unlock(lambda secret: self._unlock_again(secret, PlaceKey.RECORDINGS))

    def _build_settings(self) -> Place:
        care = None
        if self.vault is not None:
            folder = self.data.vault
            care = VaultCare(
                str(folder), self.lock, lambda: open_folder(folder), self._change_passphrase, strength_words
            )
        needs = SettingsNeeds(
            self.theme, self._preferences.save, self.formats, lambda: open_folder(self.data.formats), care
        )
        return SettingsPlace(needs, self.work, self.messages)

    def _change_passphrase(
        self, old: str, new: str, done: Callable[[], None], failed: Callable[[Trouble], None]
    ) -> None:
        asked = Asked(Errand.CHANGE, str(self.data.vault), old, new)

        def changed(_told: str) -> None:
            self._opened().note_passphrase_changed()
            done()

        self._ask(asked, changed, failed)

    # --- a session ---

    def _lead(self, begin: Callable[[Leading], None]) -> None:
        """Start a session's way through the window."""
        parts = LeadingParts(self.formats, self.bank, self.clock, self.theme, self.work, self.messages, self.vault)
        self.leading = Leading(parts, self)
        self.leading.page_changed.connect(self._show_session_page)
        self.leading.running_changed.connect(self.shell.set_session_running)
        self.leading.done.connect(self._on_session_done)
        self.messages.clear()
        try:
            begin(self.leading)
        except Trouble as trouble:
            self.messages.trouble(trouble)

    def _show_session_page(self, page: Place) -> None:
        self.shell.show_page(PlaceKey.SESSION, tr("Session"), page)

    def _return_to_session(self) -> None:
        vault = self._opened()
        row = vault.log.sessions.unfinished()
        if row is None:
            self.shell.refresh()
        elif vault.state is VaultState.OPEN:
            self._lead(lambda leading: leading.return_to(row))
        else:
            self.ask_to_unlock(self._unlock_and_return)

    def _unlock_and_return(self, secret: VaultSecret) -> None:
        self._unlock_again(secret, PlaceKey.TODAY)
        self._return_to_session()

    def _on_session_done(self) -> None:
        self.leading = None
        self.shell.drop_page(PlaceKey.SESSION)
        if self.vault is not None and self.vault.state is VaultState.LOCKED:
            self.lock()
            return
        self.shell.show_place(PlaceKey.TODAY)

    # --- the end ---

    def _may_close(self) -> bool:
        """Tell whether the window may close. While something is recorded, it says so once and stays."""
        if self.leading is not None and self.leading.is_recording:
            self.messages.wrong(tr("A recording is running. Stop it first; then the window can be closed."))
            return False
        return True

    def shutdown(self) -> None:
        """Let go of everything."""
        if self.leading is not None:
            self.leading.stop_recorder()
        self.work.shutdown()
        if self.vault is not None:
            self.vault.close()
            self.vault = None


def build(arguments: Sequence[str]) -> tuple[QApplication, Window]:
    """Build the window that the command line asks for, and show it."""
    told = _parsed(arguments)
    app = QApplication.instance() or QApplication(["balint-desktop"])
    app.setApplicationName("balint-desktop")
    app.setApplicationDisplayName(tr("Balint Desktop"))
    app.setDesktopFileName("balint-desktop")
    window = Window(app, data_folder(told.data_dir))
    sys.excepthook = _excepthook(window)
    window.start(timer_only=told.timer_only)
    window.shell.show()
    return app, window


def _parsed(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="balint-desktop",
        description="Lead a Balint group: the clock, the prompts, a sealed recording, the log.",
        epilog="Commands: recordings, formats, doctor, rehearse; each answers --help.",
    )
    parser.add_argument("--timer-only", action="store_true", help="the clock and the prompts, with nothing kept")
    parser.add_argument("--data-dir", metavar="DIR", help="keep everything under this folder")
    return parser.parse_args(list(arguments))


def _excepthook(
    window: Window,
) -> Callable[[type[BaseException], BaseException, TracebackType | None], None]:
    """Return what happens with a fault of ours: its kind and place on standard error, never what was in it."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if isinstance(error, Trouble):
            window.messages.trouble(error)
            return
        place = ""
        while trace is not None:
            place = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}"
            trace = trace.tb_next
        print(f"balint-desktop: {kind.__name__} at {place}", file=sys.stderr)  # noqa: T201  there is no log file
        window.messages.wrong(
            tr("Something in the app went wrong. What was kept so far is safe; go on, or start the app again.")
        )

    return hook


def _has_display() -> bool:
    if sys.platform in {"win32", "darwin"} or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def main(arguments: Sequence[str]) -> int:
    """Open the window; return the exit code."""
    _parsed(arguments)
    if not _has_display():
        print(words.sentence(Trouble(TroubleCode.NO_DISPLAY)), file=sys.stderr)  # noqa: T201
        return 1
    app, window = build(arguments)
    code = app.exec()
    window.shutdown()
    return code
