"""How the window is put together: one small builder for each place, and the ways between them.

What a place needs is imported by its builder: before the first paint there is Qt, the shell and one gate, no more.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from balint_desktop import resources
from balint_desktop.data_folder import DataFolder, data_folder
from balint_desktop.domain.clock import Clock, SystemClock, awake_s
from balint_desktop.domain.locking import idle_minutes
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.i18n import tr
from balint_desktop.ui import bugs, start_options
from balint_desktop.ui.locking import forgetting
from balint_desktop.ui.messages import Messages
from balint_desktop.ui.place import Place
from balint_desktop.ui.preferences import PreferencesFile
from balint_desktop.ui.shell import PlaceKey, Shell
from balint_desktop.ui.theme import STYLE, Theme
from balint_desktop.ui.work import Work
from balint_desktop.vault.places import VaultPlaces
from balint_desktop.vault.state import VaultState

if TYPE_CHECKING:
    from balint_desktop.exchange.carriage import Carriage
    from balint_desktop.format_library import FormatLibrary
    from balint_desktop.ui.leading import Leading
    from balint_desktop.ui.locking.warden import Warden
    from balint_desktop.ui.locking.watch import Watch
    from balint_desktop.ui.room.unlock_panel import UnlockPanel
    from balint_desktop.ui.settings_sections.renewal import Renewing
    from balint_desktop.ui.start.restore_page import RestorePage
    from balint_desktop.ui.unlock_form import Failed, Opened
    from balint_desktop.ui.vault_door import VaultDoor
    from balint_desktop.vault.renewal import Renewed
    from balint_desktop.vault.restoring import Restored
    from balint_desktop.vault.secret import VaultSecret
    from balint_desktop.vault.vault import OpenVault

_CLOSE_AGAIN_MS = 15_000
_LOCK_AFTER = "lock-after-minutes"


class Desktop:
    """The app: it owns the vault while it is open, and decides which gate or places the shell shows."""

    def __init__(
        self,
        app: QApplication,
        data: DataFolder,
        clock: Clock,
        *,
        timer_only: bool = False,
        awake_s: Callable[[], float] = awake_s,
        make_watch: Callable[[], Watch] | None = None,
    ) -> None:
        self._data = data
        self._clock = clock
        self._awake_s = awake_s
        self._make_watch = make_watch
        # Counts the times of locking: what was asked before one must not open the vault after it.
        self._locked_times = 0
        self._changes_passphrase = False
        self._timer_only = timer_only
        self._preferences = PreferencesFile(data.root / "window.json")
        chosen = self._preferences.load()
        self.theme = Theme(app, chosen.appearance, chosen.scale)
        self.work = Work()
        self.messages = Messages()
        self.vault: OpenVault | None = None
        self.leading: Leading | None = None
        self.shell = Shell(self.messages)
        # Runs while closing the window a second time would leave a running session.
        self._close_again = QTimer(self.shell, singleShot=True, interval=_CLOSE_AGAIN_MS)
        self.shell.may_close = self._may_close
        self.shell.may_show = self._may_show
        self.shell.lock_asked.connect(self._on_lock_key)

    def start(self) -> None:
        """Show the window: at its gate, or at once among the places where only the clock is wanted."""
        if self._timer_only:
            self._open_places()
        else:
            self.show_gate()
        self.shell.show()

    def shutdown(self) -> None:
        """Close the places, let what is being worked on come to its end, and give the vault back.

        A recorder that still runs seals what it has when this process ends.
        """
        self._close_again.stop()
        if "_warden" in vars(self):
            self._warden.stop()
        self.shell.remove_places()
        self.work.shutdown()
        self._close_vault()

    # --- the gates ---

    def show_gate(self) -> None:
        """Show the way to the vault: unlock it, or make one."""
        self.shell.remove_places()
        if VaultPlaces(self._data.vault).exists():
            self._show_unlock(self._open_places, tr("The clock alone, without the vault"), self._open_places)
        else:
            self._show_first_start()

    def _show_first_start(self) -> None:
        from balint_desktop.ui.first_start import FirstStart, SettingUp

        def print_key(parent: Place, key: str) -> None:
            from balint_desktop.ui.printing import print_recovery_key

            print_recovery_key(parent, key)

        def made(passphrase: str) -> None:
            self._door.by_passphrase(self._take)(passphrase, lambda _: self._open_places(), not_opened)

        def not_opened(trouble: Trouble) -> None:
            # The vault is there; opening it anew says what is the matter.
            self.show_gate()
            self.messages.trouble(trouble)

        def restored(what: Restored) -> None:
            from balint_desktop.exchange import carrying_words

            self.show_gate()
            self.messages.say(carrying_words.restored(what, str(self._data.vault)))

        setting_up = SettingUp(
            create=lambda passphrase, done, failed: self._door.create(passphrase, done, failed),
            confirm=lambda: self._door.confirm(),
            estimate=_strength_words,
            print_key=print_key,
            restore_page=self._build_restore_page,
        )
        gate = FirstStart(self.work, self.messages, setting_up)
        gate.try_asked.connect(self._try_it_now)
        gate.made.connect(made)
        gate.restored.connect(restored)
        self.shell.show_gate(gate)

    def _build_restore_page(self) -> RestorePage:
        from balint_desktop.ui.start.restore_page import RestorePage, Restoring
        from balint_desktop.vault.restoring import look_at_backup, restore

        vault = self._data.vault
        needs = Restoring(look_at_backup, lambda looked, sound: restore(looked, vault, what_is_sound=sound))
        return RestorePage(needs, self.work, self.messages)

    def _show_unlock(
        self, opened: Callable[[], None], other_words: str = "", other: Callable[[], None] | None = None
    ) -> None:
        from balint_desktop.ui.unlock import Unlock

        gate = Unlock(str(self._data.vault), self._by_passphrase, self._by_key, other_words)

        def on_opened(*, by_key: bool) -> None:
            opened()
            if self.vault is not None:
                self._tell_renewed(self.vault.take_news_of_renewal())
            self._cut_struck()
            if by_key:
                self.messages.say(
                    tr(
                        "Opened with the recovery key. If the passphrase is lost, set a new one under Settings: "
                        "there the recovery key stands in for the old passphrase."
                    )
                )

        gate.opened.connect(lambda _vault: on_opened(by_key=gate.by_key))
        gate.clock_alone.setVisible(other is not None)
        if other is not None:
            gate.other_asked.connect(other)
        self.shell.show_gate(gate)

    def _by_passphrase(self, typed: str, done: Opened, failed: Failed) -> None:
        self._door.by_passphrase(self._take_unless_locked_since())(typed, done, failed)

    def _by_key(self, typed: str, done: Opened, failed: Failed) -> None:
        self._door.by_key(self._take_unless_locked_since())(typed, done, failed)

    def _take_unless_locked_since(self) -> Callable[[VaultSecret], OpenVault]:
        asked_at = self._locked_times

        def take(secret: VaultSecret) -> OpenVault:
            if self._locked_times != asked_at:
                raise Trouble(TroubleCode.VAULT_LOCKED)
            return self._take(secret)

        return take

    @cached_property
    def _door(self) -> VaultDoor:
        from balint_desktop.ui.vault_door import VaultDoor

        return VaultDoor(self._data.vault, self.work)

    def _take(self, secret: VaultSecret) -> OpenVault:
        """Open the vault with its secret, or give an open one its keys back. Raise Trouble."""
        from balint_desktop.vault.vault import OpenVault

        if self.vault is None:
            self.vault = OpenVault(self._data.vault, secret, self._clock)
        else:
            self.vault.unlock(secret)
            if self._has_room:
                # In a session the keys that open recordings are not held.
                self.vault.begin_session()
        return self.vault

    def _cut_struck(self) -> None:
        """Cut what was struck from the recordings that the vault can read now, in the background."""
        from balint_desktop.capture.decode_handle import encoded, open_pcm
        from balint_desktop.exchange.vault_cutting import VaultCutting
        from balint_desktop.exchange.vault_shelf import VaultShelf
        from balint_desktop.ui.striking import cut_struck

        vault = self.vault
        if vault is None or vault.state is not VaultState.OPEN:
            return

        def done() -> bool:
            if self.shell.current is PlaceKey.RECORDINGS:
                self.shell.refresh()
            # No message in a session, and none about a vault that is closed.
            return self.vault is vault and not self._is_leading

        cut_struck(VaultCutting(vault, VaultShelf(vault, open_pcm, encoded)).cut_all, self.work, self.messages, done)

    # --- locking ---

    def lock(self) -> None:
        """Lock the vault. An open room stays in the window, and its clock and recording go on."""
        self._locked_times += 1
        if self.vault is None or self.vault.state is VaultState.LOCKED:
            self._forget_what_is_typed()
        else:
            forgetting.close_other_windows(self.shell)
            forgetting.clear_clipboard()
            self.messages.clear()
            if self._has_room:
                self._lock_around_room()
            else:
                self._lock_whole()
            forgetting.collect_soon()

    def _lock_whole(self) -> None:
        if self.vault is not None and self._changes_passphrase:
            # The log stays open for the moment until the change is noted there; the keys are gone at once.
            self.vault.lock()
        else:
            self._close_vault()
        self.show_gate()

    def _lock_around_room(self) -> None:
        if self.vault is None or self.leading is None:
            return
        self.vault.lock()
        self.shell.close_places(keep=PlaceKey.SESSION)
        self.leading.lock(self._unlock_panel)
        if not self.leading.shows_room or self.shell.current is not PlaceKey.SESSION:
            self.shell.show_place(PlaceKey.SESSION)

    def _forget_what_is_typed(self) -> None:
        """Forget a passphrase that was typed where it is asked for, and not used yet."""
        from balint_desktop.ui.unlock_form import UnlockForm

        for form in self.shell.findChildren(UnlockForm):
            form.forget()

    def _on_lock_key(self) -> None:
        """Lock; in a room that is locked, ask for the passphrase."""
        if self.vault is not None and self.vault.state is VaultState.LOCKED and self.leading is not None:
            self.leading.ask_to_unlock()
        else:
            self.lock()

    def _unlock_panel(self) -> UnlockPanel:
        from balint_desktop.ui.room.unlock_panel import UnlockPanel

        panel = UnlockPanel(self._by_passphrase, self._by_key)
        panel.opened.connect(lambda _vault: self._unlocked_in_session())
        return panel

    def _unlocked_in_session(self) -> None:
        self._warden.touched()
        if self.leading is not None:
            self.leading.unlock()
            if not self.leading.shows_room:
                self.shell.show_place(PlaceKey.SESSION)

    @cached_property
    def _warden(self) -> Warden:
        from balint_desktop.ui.locking.systems import watch_for
        from balint_desktop.ui.locking.warden import Warden, WardenNeeds

        watch = (self._make_watch or watch_for)()
        return Warden(WardenNeeds(self._clock, self._awake_s, watch, self._is_in_use, self.lock), self.shell)

    def _is_in_use(self) -> bool:
        """Tell whether nobody needs to touch the window: it is locked, a session's clock runs, or a recording plays."""
        if self.vault is None or self.vault.state is VaultState.LOCKED:
            return True
        if self.leading is not None and self.leading.has_room:
            return self.leading.is_under_way
        place = self.shell.place(self.shell.current) if self.shell.current is not None else None
        return place is not None and place.is_in_use

    def _close_vault(self) -> None:
        self._drop_leading()
        if self.vault is not None:
            self.vault.close()
            self.vault = None

    def _drop_leading(self) -> None:
        if self.leading is not None:
            self.leading.shutdown()
            # It belongs to the window, and would hold the vault as long as that stands.
            self.leading.deleteLater()
            self.leading = None

    # --- the places ---

    def _open_places(self) -> None:
        """Offer the places: those of the vault where one is open."""
        self.shell.remove_places()
        self._drop_leading()
        add = self.shell.add_place
        add(PlaceKey.TODAY, tr("Today"), self._build_today)
        add(PlaceKey.SESSION, tr("Session"), self._build_idle_session)
        if self.vault is not None:
            add(PlaceKey.GROUPS, tr("Groups"), self._build_groups)
            add(PlaceKey.LOG, tr("Log"), self._build_log)
            add(PlaceKey.RECORDINGS, tr("Recordings"), self._build_recordings)
        add(PlaceKey.SETTINGS, tr("Settings"), self._build_settings)
        self.shell.set_can_lock(self.vault is not None)
        if self.vault is not None:
            self._warden.minutes = idle_minutes(self.vault.log.setting(_LOCK_AFTER))
            self._warden.start()
        self.shell.show_place(PlaceKey.TODAY)

    def _build_today(self) -> Place:
        from balint_desktop.ui.today import TodayPlace
        from balint_desktop.ui.today_look import look_at_vault, look_without_vault

        vault = self.vault
        if vault is not None:
            place = TodayPlace(lambda: look_at_vault(vault.log, self._clock.now()), self.messages)
        else:
            is_made = VaultPlaces(self._data.vault).exists()
            way = "" if self._timer_only else tr("Open the vault") if is_made else tr("Set up a vault")
            place = TodayPlace(lambda: look_without_vault(way), self.messages)
        place.get_ready_asked.connect(lambda group: self._lead(lambda leading: leading.get_ready(group)))
        place.without_group_asked.connect(self._try_it_now)
        place.return_asked.connect(self._return_to_session)
        place.name_group_asked.connect(self._name_group)
        place.vault_asked.connect(self.show_gate)
        return place

    def _build_idle_session(self) -> Place:
        from balint_desktop.ui.idle_session import IdleSession

        place = IdleSession()
        place.today_asked.connect(self._show_today)
        return place

    def _build_groups(self) -> Place:
        from balint_desktop.joints import ReaderDesk
        from balint_desktop.ui.group_form.editor import FormatChoice
        from balint_desktop.ui.groups import GroupsPlace

        def formats() -> list[FormatChoice]:
            return [FormatChoice(line.key, line.name) for line in self._formats.lines() if not line.problem]

        readers = self._open_vault().readers
        return GroupsPlace(readers, formats, self.messages, ReaderDesk(readers))

    def _build_log(self) -> Place:
        from balint_desktop.capture.decode_handle import encoded, open_pcm
        from balint_desktop.exchange.vault_shelf import VaultShelf
        from balint_desktop.ui.log.place import LogPlace

        shelf = VaultShelf(self._open_vault(), open_pcm, encoded)
        place = LogPlace(shelf.sessions, self.work, self.messages)
        place.recording_wanted.connect(self._show_recording)
        return place

    def _build_recordings(self) -> Place:
        from balint_desktop.capture.decode_handle import encoded, open_pcm
        from balint_desktop.exchange import carrying_words
        from balint_desktop.exchange.vault_shelf import VaultShelf
        from balint_desktop.ui.recordings.bring_in import BringIn
        from balint_desktop.ui.recordings.hand_over import HandOver
        from balint_desktop.ui.recordings.place import RecordingsPlace
        from balint_desktop.ui.recordings.playback import Playback
        from balint_desktop.ui.recordings.sound import SoundDeck

        shelf = VaultShelf(self._open_vault(), open_pcm, encoded)
        playback = Playback(SoundDeck, self.work.post)
        carriage = self._carriage()
        place = RecordingsPlace(
            lambda: shelf,
            playback,
            self.work,
            self.messages,
            backups=lambda recording: carrying_words.backups_hold(carriage.backups_holding(recording)).splitlines(),
            hand_over=HandOver(
                carriage, self.work, self.messages, destroy=lambda recording: place.ask_to_destroy(recording)
            ),
            bring_in=BringIn(carriage, self.work, self.messages),
        )
        playback.setParent(place)
        return place

    def _build_settings(self) -> Place:
        from balint_desktop.ui.printing import print_floor_card
        from balint_desktop.ui.settings import SettingsNeeds, SettingsPlace
        from balint_desktop.ui.settings_sections.locking import LockingCare
        from balint_desktop.ui.settings_sections.vault import VaultCare
        from balint_desktop.ui.widgets.open_folder import open_folder

        care = locking = None
        if self.vault is not None:
            locking = LockingCare(self._warden.minutes, self._choose_idle_minutes, lambda: self._warden.knows_screen)
            care = VaultCare(
                folder=str(self.vault.folder),
                lock=self.lock,
                open_folder=lambda: open_folder(self._data.vault),
                change=self._change_passphrase,
                estimate=_strength_words,
            )
        needs = SettingsNeeds(
            theme=self.theme,
            remember=self._preferences.save,
            formats=self._formats,
            open_formats_folder=lambda: open_folder(self._data.formats),
            vault=care,
            renewing=self._renewing() if self.vault is not None else None,
            print_floor_card=print_floor_card,
            carriage=self._carriage() if self.vault is not None else None,
            locking=locking,
        )
        return SettingsPlace(needs, self.work, self.messages)

    def _renewing(self) -> Renewing:
        from balint_desktop.ui.printing import print_recovery_key
        from balint_desktop.ui.settings_sections.renewal import Renewing

        return Renewing(
            prepare=lambda old, new, made, failed: self._door.renew(old, new, made, failed),
            confirm=self._confirm_renewal,
            estimate=_strength_words,
            print_key=print_recovery_key,
        )

    def _confirm_renewal(self) -> None:
        """Let the new keys hold, and go through the gate: opening seals every recording to them. Raise Trouble."""
        if self._is_leading:
            raise Trouble(TroubleCode.VAULT_LOCKED)
        self._open_vault().confirm_renewal()
        self._close_vault()
        self.messages.clear()
        self.show_gate()
        self.messages.say(
            tr("The new keys hold from now on. Open the vault with the new passphrase: that finishes renewing them.")
        )

    def _tell_renewed(self, renewed: Renewed | None) -> None:
        if renewed is not None:
            from balint_desktop.ui.settings_sections.renewal_words import renewed_words

            self.messages.say(renewed_words(len(renewed.left)))

    def _carriage(self) -> Carriage:
        from balint_desktop.capture.convert_handle import ConvertedSound
        from balint_desktop.capture.decode_handle import encoded, open_pcm
        from balint_desktop.exchange.carriage import Carriage
        from balint_desktop.exchange.vault_shelf import VaultShelf

        vault = self._open_vault()
        return Carriage(vault, VaultShelf(vault, open_pcm, encoded), ConvertedSound, self._clock)

    def _choose_idle_minutes(self, minutes: int) -> None:
        self._warden.minutes = minutes
        try:
            self._open_vault().log.set_setting(_LOCK_AFTER, str(minutes))
        except Trouble as trouble:
            # The choice holds for today.
            self.messages.trouble(trouble)

    def _change_passphrase(
        self, old: str, new: str, done: Callable[[], None], failed: Callable[[Trouble], None]
    ) -> None:
        vault = self._open_vault()
        self._changes_passphrase = True

        def ended() -> None:
            self._changes_passphrase = False
            if vault is self.vault and vault.state is VaultState.LOCKED and not self._has_room:
                # It was locked meanwhile.
                self._close_vault()

        def changed() -> None:
            try:
                vault.note_passphrase_changed()
            except Trouble as trouble:
                failed(trouble)
            else:
                done()
            ended()

        def not_changed(trouble: Trouble) -> None:
            failed(trouble)
            ended()

        self._door.change(old, new, changed, not_changed)

    @cached_property
    def _formats(self) -> FormatLibrary:
        from balint_desktop.format_library import FormatLibrary, shipped_bank

        return FormatLibrary(self._data.formats, shipped_bank())

    def _open_vault(self) -> OpenVault:
        if self.vault is None:
            raise Trouble(TroubleCode.VAULT_LOCKED)
        return self.vault

    # --- the ways between ---

    def _name_group(self) -> None:
        from balint_desktop.ui.groups import GroupsPlace

        self.shell.show_place(PlaceKey.GROUPS)
        groups = self.shell.place(PlaceKey.GROUPS)
        if isinstance(groups, GroupsPlace):
            groups.new()

    def _show_recording(self, recording: str) -> None:
        from balint_desktop.domain.values import RecordingId
        from balint_desktop.ui.recordings.place import RecordingsPlace

        self.shell.show_place(PlaceKey.RECORDINGS)
        place = self.shell.place(PlaceKey.RECORDINGS)
        if isinstance(place, RecordingsPlace) and self.shell.current is PlaceKey.RECORDINGS:
            place.show_recording(RecordingId(recording))

    def _show_today(self) -> None:
        self.shell.show_place(PlaceKey.TODAY)

    def _may_show(self, key: PlaceKey) -> bool:
        """Ask for the passphrase where the vault is locked, and where recordings are wanted after a session.

        A session lets the keys to the recordings go. While locked, only its room may be seen.
        """
        if self._has_room and self.vault is not None and self.vault.state is VaultState.LOCKED:
            if key is PlaceKey.SESSION and self.leading is not None and self.leading.shows_room:
                return True
            self._show_unlock(self._unlocked_in_session)
            return False
        if key is not PlaceKey.RECORDINGS or self.vault is None or self.vault.state is VaultState.OPEN:
            return True
        self._show_unlock(lambda: self.shell.show_place(key), tr("Back to Today"), self._show_today)
        self.messages.say(tr("A session lets go of the keys to the recordings. The passphrase brings them back."))
        return False

    # --- one session ---

    def _try_it_now(self) -> None:
        if self.shell.current is None:
            self._open_places()
        self._lead(lambda leading: leading.without_group())

    def _return_to_session(self) -> None:
        vault = self._open_vault()
        row = vault.log.sessions.unfinished()
        if row is None:
            self.shell.refresh()
        elif vault.state is VaultState.OPEN:
            self._lead(lambda leading: leading.return_to(row))
        else:
            # How much of its recording is sealed can be seen with the keys alone.
            self._show_unlock(self._return_to_session, tr("Back to Today"), self._show_today)

    def _lead(self, go: Callable[[Leading], None]) -> None:
        """Begin one session's way through the window."""
        from balint_desktop.format_library import shipped_bank
        from balint_desktop.ui.leading import Leading, LeadingParts

        self.messages.clear()
        parts = LeadingParts(
            self._formats, shipped_bank(), self._clock, self.theme, self.work, self.messages, self.vault
        )
        leading = Leading(parts, self.shell)
        leading.page_changed.connect(lambda page: self.shell.put_place(PlaceKey.SESSION, page))
        leading.running_changed.connect(self.shell.set_session_running)
        leading.done.connect(self._on_session_done)
        self.leading = leading
        try:
            go(leading)
        except Trouble as trouble:
            self.messages.trouble(trouble)

    def _on_session_done(self) -> None:
        self._drop_leading()
        self.shell.close_places()
        if self.vault is not None and self.vault.state is VaultState.LOCKED:
            self._lock_whole()
        else:
            self._show_today()
            self._cut_struck()

    @property
    def _is_leading(self) -> bool:
        return self.leading is not None and self.leading.is_running

    @property
    def _has_room(self) -> bool:
        return self.leading is not None and self.leading.has_room

    def _may_close(self) -> bool:
        """Let the window close; in a session only at the second time of asking."""
        if not self._is_leading or self._close_again.isActive():
            return True
        self.messages.say(
            tr(
                "The session still runs. To leave it, close the window once more: what is recorded is sealed, and "
                "you can come back to where the room is."
            )
        )
        self._close_again.start()
        return False


def _strength_words(passphrase: str) -> object:
    """Estimate a passphrase; called in a thread, which is where zxcvbn's word lists are loaded."""
    from balint_desktop.ui.strength import strength_words

    return strength_words(passphrase)


def main(arguments: Sequence[str], during: Callable[[Desktop], None] | None = None) -> int:
    """Open the window and return the exit code once it is closed.

    `during` is called once the window is shown, on its thread; a rehearsal leads its session there.
    """
    options = start_options.parse(arguments)
    if not start_options.has_display():
        from balint_desktop import words

        print(words.sentence(Trouble(TroubleCode.NO_DISPLAY)), file=sys.stderr)  # noqa: T201  the answer of a command
        return 1
    app = QApplication(["balint-desktop", *STYLE])
    app.setApplicationName("balint-desktop")
    app.setApplicationDisplayName(tr("Balint Desktop"))
    app.setDesktopFileName("balint-desktop")
    app.setWindowIcon(QIcon(str(resources.folder("icons") / "balint-desktop.png")))
    desktop = Desktop(app, data_folder(options.data_dir), SystemClock(), timer_only=options.timer_only)
    sys.excepthook = bugs.hook_for(desktop.messages)
    desktop.start()
    if during is not None:
        QTimer.singleShot(0, lambda: during(desktop))
    code = app.exec()
    desktop.shutdown()
    return code
