"""Transfer views: named, in reading order, by keyboard alone, and fitting at every size and theme."""

from __future__ import annotations

from pathlib import Path

import accessible
import pytest
from clocks import WoundClock
from kept_vaults import keep_session
from PySide6.QtCore import QCoreApplication
from qt_events import process_events

from balint_desktop.domain.import_report import Finding, ImportReport
from balint_desktop.domain.study.consent import Purpose
from balint_desktop.recordings.service import RecordingService
from balint_desktop.recordings.transfer import TransferService
from balint_desktop.sealed.manifest import Manifest
from balint_desktop.sealed.parcel import VerifiedParcel
from balint_desktop.ui.recordings.import_form import ImportForm
from balint_desktop.ui.recordings.place import RecordingsPlace
from balint_desktop.ui.recordings.playback import Playback
from balint_desktop.ui.recordings.share import ShareButton
from balint_desktop.ui.settings.backups import BackupsSection
from balint_desktop.ui.shell.messages import Messages
from balint_desktop.ui.shell.place import Place
from balint_desktop.ui.shell.shell import PlaceKey, Shell
from balint_desktop.ui.theme.theme import Appearance
from balint_desktop.ui.vault_access.restore_page import RestorePage, Restoring
from balint_desktop.vault.backup import back_up
from balint_desktop.vault.transfer import share_recording


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    folder = tmp_path_factory.mktemp("kept")
    made = keep_session(folder / "data", purposes=[Purpose.TRANSCRIPTION])
    vault = made.made.open()
    back_up(vault, folder, WoundClock())
    share_recording(vault, made.recording, Purpose.TRANSCRIPTION, folder, WoundClock())
    found = ImportReport("WAV", 90.0, 90.0, findings=(Finding.CUT_SHORT, Finding.DAMAGED))
    vault.log.transfers.add_import("another", 0.0, "ZOOM0001.WAV", found)
    vault.log.transfers.add_import("a-whole-one", 0.0, "ZOOM0003.WAV", ImportReport("WAV", 90.0, 90.0))
    vault.close()
    return made


class Window:
    """The shell, with the views that transfer something."""

    def __init__(self, vault, work, theme, qtbot):
        self.messages = Messages()
        self.shell = Shell(self.messages)
        self.theme = theme
        self.work = work
        self.qtbot = qtbot
        self.carriage = TransferService(vault, RecordingService(vault, None, None), None, WoundClock())

    def backups(self):
        place = Place("settings", "Settings")
        section = BackupsSection(self.carriage, self.work, self.messages, ask=lambda *_: None)
        section.refresh()
        section.box.words.announce("Copying and verifying: 12%")
        place.body.addWidget(section)
        place.body.addStretch(1)
        self._show(PlaceKey.SETTINGS, place)

    def recordings(self):
        doors = (self.work, self.messages)
        playback = Playback(lambda *_: None, self.work.post)
        self.import_form = ImportForm(self.carriage, *doors, ask=lambda *_: Path("/media/zoom/ZOOM0002.WAV"))
        self.place = RecordingsPlace(
            lambda: self.carriage.recordings,
            playback,
            *doors,
            hand_over=ShareButton(self.carriage, *doors, ask=lambda *_: None),
            import_form=self.import_form,
        )
        playback.setParent(self.place)
        self._show(PlaceKey.RECORDINGS, self.place)

    def importing(self):
        self.recordings()
        self.import_form.open_button.click()

    def handing_over(self):
        self.recordings()
        self.place._open_button.click()
        self.qtbot.waitUntil(lambda: not self.work.busy)

    def restore(self):
        page = RestorePage(Restoring(lambda _: None, lambda *_: None, lambda *_: None), self.work, self.messages)
        changed = tuple(f"recordings/0b5c1c5e-0000-4000-8000-000000000000/{n:02d}/audio.opus.age" for n in range(9))
        page._on_verified(VerifiedParcel(Path("/stick"), Manifest("i", "backup", 0.0), "", changed))
        place = Place("first-start", "Welcome", centred=True)
        place.body.addWidget(page)
        self.shell.show_gate(place)

    def _show(self, key, place):
        self.shell.add_place(key, place.heading, lambda: place)
        self.shell.show_place(key)
        self.qtbot.waitUntil(lambda: not self.work.busy)


@pytest.fixture
def window(kept, work, theme, qtbot, look_at):
    vault = kept.made.open(WoundClock())
    made = Window(vault, work, theme, qtbot)
    look_at(made.shell)
    yield made
    made.shell.close()
    vault.close()


def settle():
    for _ in range(4):
        QCoreApplication.sendPostedEvents()
        process_events()


@pytest.mark.parametrize("view", ["backups", "recordings", "importing", "handing_over", "restore"])
def test_it_has_names_an_order_and_keys_and_fits_at_every_size_and_theme(window, view):
    getattr(window, view)()
    settle()
    assert accessible.nameless(window.shell) == []
    assert accessible.tab_stops(window.shell)
    assert accessible.out_of_reading_order(window.shell) == []
    assert accessible.unreachable(window.shell) == []

    for appearance in (Appearance.LIGHT, Appearance.DARK, Appearance.CONTRAST):
        for scale in (1.0, 2.0):
            window.theme.choose(appearance)
            window.theme.set_scale(scale)
            window.shell.resize(1280, 720)
            settle()
            assert window.shell.size().toTuple() == (1280, 720)
            assert accessible.cut(window.shell) == [], (appearance, scale)
