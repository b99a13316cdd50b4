"""Sharing and importing recordings in the window, on a real vault."""

from __future__ import annotations

import os
from dataclasses import replace

import pytest
from clocks import WoundClock
from kept_vaults import kept
from sounds import opus

from balint_desktop.capture.convert_handle import ConvertedSound
from balint_desktop.domain.study.consent import Purpose
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.recordings.service import RecordingService
from balint_desktop.recordings.summary import Condition
from balint_desktop.recordings.transfer import TransferService
from balint_desktop.sealed import parcel
from balint_desktop.ui.export.transfer_box import AppCloses, _Progress
from balint_desktop.ui.recordings.import_form import ImportForm
from balint_desktop.ui.recordings.place import RecordingsPlace
from balint_desktop.ui.recordings.share import ShareButton
from balint_desktop.ui.settings.backups import BackupsSection
from balint_desktop.ui.shell.messages import MessageKind
from balint_desktop.vault.log.transfers import TransferKind

__all__ = ["kept"]


@pytest.fixture
def vault(kept):
    opened = kept.made.open(WoundClock())
    yield opened
    opened.close()


@pytest.fixture
def carriage(vault):
    return TransferService(vault, RecordingService(vault, None, None), ConvertedSound, WoundClock())


@pytest.fixture
def stick(tmp_path):
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


class Bench:
    """The place Recordings on a real vault; the choosers return a stick and a file."""

    def __init__(self, carriage, playback, folder, doors):
        self.destroyed = []
        self.file = folder / "ZOOM0001.opus"
        self.work, messages = doors
        stick = folder / "stick"
        self.hand_over = ShareButton(carriage, *doors, ask=lambda *_: stick, destroy=self.destroyed.append)
        self.import_form = ImportForm(carriage, *doors, ask=lambda *_: self.file)
        self.place = RecordingsPlace(
            lambda: carriage.recordings,
            playback,
            self.work,
            messages,
            hand_over=self.hand_over,
            import_form=self.import_form,
        )


@pytest.fixture
def doors(work, messages):
    return work, messages


@pytest.fixture
def place(carriage, playback, doors, stick, window):
    bench = Bench(carriage, playback, stick.parent, doors)
    bench.settle = window.settle
    window.show(bench.place)
    bench.place.enter_view()
    bench.settle()
    return bench


@pytest.fixture
def window(look_at, qtbot, doors):
    """Show a widget, and wait for the work or for a message."""
    work, messages = doors

    class Window:
        show = staticmethod(look_at)

        def settle(self):
            qtbot.waitUntil(lambda: not work.busy)

        def wait(self):
            qtbot.waitUntil(lambda: messages.last is not None)

    return Window()


def test_a_recording_is_shared_from_its_page_and_destroying_is_the_next_step(kept, place, messages, stick):
    place.place._open_button.click()
    place.settle()
    place.place.page.use.use.choose(Purpose.TRANSCRIPTION)
    place.hand_over.box.button.click()
    place.settle()

    folder = stick / f"recording-{kept.recording}"
    assert parcel.verify_parcel(folder).is_whole
    assert str(folder) in messages.last.text
    assert (messages.last.action, messages.last.second_action) == ("Show in folder", "Destroy the recording here…")
    assert str(folder) in place.hand_over.custody.text()
    assert place.hand_over.box.button.isEnabled()
    messages.last.on_second_action()
    assert place.destroyed == [kept.recording]


def test_a_copy_is_shared_for_a_use_that_was_agreed_to_and_for_no_other(place, messages, stick):
    place.place._open_button.click()
    place.settle()
    assert not place.hand_over.box.button.isEnabled()

    place.place.page.use.use.choose(Purpose.SUPERVISION)
    place.hand_over.box.button.click()
    place.settle()

    assert messages.last.text.startswith("Not everyone has agreed to this use of the recording.")
    assert list(stick.iterdir()) == []


def test_without_a_way_to_destroy_it_is_not_offered(carriage, doors, kept, window, stick):
    section = window.show(ShareButton(carriage, *doors, ask=lambda *_: stick))
    shelf = carriage.recordings
    section.show_recording(shelf.read_summary(shelf.source(kept.recording)))
    section.set_purpose(Purpose.TRANSCRIPTION)
    section.box.button.click()
    window.wait()

    assert [doors[1].last.action, doors[1].last.second_action] == ["Show in folder", ""]


def test_a_trouble_on_the_way_is_reported_and_the_button_is_enabled_again(place, messages, stick, vault):
    place.place._open_button.click()
    place.settle()
    place.place.page.use.use.choose(Purpose.TRANSCRIPTION)
    for _ in range(2):
        place.hand_over.box.button.click()
        place.settle()

    assert messages.last.kind is MessageKind.TROUBLE
    assert "already" in messages.last.text
    assert place.hand_over.box.button.isEnabled()
    assert not place.hand_over.box.words.isVisible()
    assert len(vault.log.transfers.parcels(TransferKind.HAND_OVER)) == 1


def test_cancelling_the_file_dialog_does_nothing(carriage, work, messages, look_at):
    section = ShareButton(carriage, work, messages, ask=lambda *_: None)
    section.set_purpose(Purpose.TRANSCRIPTION)
    look_at(section)
    section.box.button.click()

    assert messages.last is None
    assert section.box.button.isEnabled()


@pytest.mark.parametrize(("condition", "shown"), [(c, c not in {Condition.IN_USE, Condition.EMPTY}) for c in Condition])
def test_a_recording_this_vault_cannot_read_can_be_shared_and_one_in_progress_cannot(
    place, kept, carriage, condition, shown
):
    listed = carriage.recordings.read_summary(carriage.recordings.source(kept.recording))
    place.hand_over.show_recording(replace(listed, condition=condition))

    assert place.hand_over.isVisibleTo(place.place.page) is shown


def bring(place, minutes=0, seconds=0):
    place.import_form.open_button.click()
    place.import_form.minutes.setValue(minutes)
    place.import_form.seconds.setValue(seconds)
    place.import_form.import_button.click()
    place.settle()
    place.settle()


def test_a_file_is_imported_listed_and_remembered_until_it_is_wiped(place, messages, vault, kept, carriage):
    place.file.write_bytes(opus(3.0))
    bring(place, 1, 30)

    (recording,) = set(vault.recording_folders()) - {kept.recording}
    opened = carriage.recordings.open(carriage.recordings.source(recording))
    assert opened.joined.from_s == 90.0
    assert "ZOOM0001.opus (Opus): 3 s read, 3 s imported and sealed." in messages.last.text
    assert messages.last.text.endswith("Delete it there.")
    assert place.place.table.model().rowCount() == 2
    assert place.import_form.wipe_list.isVisible()
    assert not place.import_form.form.isVisible()

    place.import_form.wipe_list.findChild(object, "wipe-1-done").click()
    assert not place.import_form.wipe_list.isVisible()
    assert vault.log.transfers.to_wipe() == ()


def test_a_truncated_file_is_listed_as_such_without_advice_to_wipe_it(place, messages, vault, kept):
    whole = opus(6.0)
    place.file.write_bytes(whole[: len(whole) // 2])
    bring(place)

    assert "The file is cut short" in messages.last.text
    assert "Do not delete the original yet" in messages.last.text
    conditions = {place.place.table.model().index(row, 4).data() for row in range(2)}
    assert "imported, possibly incomplete" in conditions
    words = place.import_form.wipe_list.findChild(object, "wipe-1-words").text()
    assert "The file is cut short" in words
    assert "Do not delete the original yet" in words


def test_a_file_name_that_is_not_text_is_shown_with_replacement_characters(place, messages, vault, kept):
    place.file = place.file.with_name(os.fsdecode(b"Sitzung_M\xe4rz.opus"))
    place.file.write_bytes(opus(3.0))
    bring(place)

    assert "Sitzung_M\N{REPLACEMENT CHARACTER}rz.opus (Opus): 3 s read" in messages.last.text
    assert vault.log.transfers.to_wipe()[0].original == "Sitzung_M\N{REPLACEMENT CHARACTER}rz.opus"


def test_a_file_that_is_not_sound_is_reported_and_the_form_stays(place, messages, vault, kept):
    place.file.write_text("Dear group")
    bring(place)

    assert "No audio could be read from ZOOM0001.opus." in messages.last.text
    assert place.import_form.form.isVisible()
    assert place.import_form.import_button.isEnabled()
    assert list(vault.recording_folders()) == [kept.recording]


def test_where_no_session_accepts_an_import_the_form_does_not_open(place, messages, vault):
    vault.log._database.run("UPDATE consents SET answer = 'declined'")
    place.import_form.open_button.click()

    assert "that can take a recording" in messages.last.text
    assert not place.import_form.form.isVisible()


def test_the_form_can_be_cancelled(place):
    place.file.write_bytes(opus(1.0))
    place.import_form.open_button.click()
    place.import_form.leave_button.click()

    assert not place.import_form.form.isVisible()
    assert place.import_form.open_button.isVisible()


def test_tab_follows_the_reading_order_of_the_form(place):
    place.file.write_bytes(opus(1.0))
    place.import_form.open_button.click()
    form = place.import_form
    order = [form.session, form.minutes, form.seconds, form.import_button, form.leave_button]
    at, seen = form.session, [form.session]
    for _ in range(30):
        at = at.nextInFocusChain()
        if at in order and at not in seen:
            seen.append(at)

    assert seen == order


# --- backups, in Settings ---


@pytest.fixture
def backups(carriage, doors, window, stick):
    section = window.show(BackupsSection(carriage, *doors, ask=lambda *_: stick))
    section.refresh()
    return section


def test_the_vault_is_backed_up_and_the_backup_listed(backups, messages, work, qtbot, stick):
    assert backups._none.isVisible()
    backups.box.button.click()
    qtbot.waitUntil(lambda: messages.last is not None)

    (made,) = stick.iterdir()
    assert parcel.verify_parcel(made).is_whole
    assert f"Backed up to {made}" in messages.last.text
    assert backups.table.model().rowCount() == 1
    assert backups.table.model().index(0, 1).data() == "1 recording"
    assert not backups._none.isVisible()


def test_a_backup_failure_is_reported(backups, messages, qtbot, monkeypatch, vault):
    def full(*_args):
        raise Trouble(TroubleCode.DISK_FULL)

    monkeypatch.setattr(parcel, "copy_verified", full)
    backups.box.button.click()
    qtbot.waitUntil(lambda: messages.last is not None)

    assert "full" in messages.last.text
    assert backups.box.button.isEnabled()
    assert vault.log.transfers.parcels() == ()


def test_progress_is_shown_in_per_cent(backups, window, monkeypatch):
    received = []
    monkeypatch.setattr(backups.box, "_on_progress", received.append)
    backups.box.button.click()
    window.wait()

    assert received == sorted(received)
    assert received[-1] == 100


def test_closing_the_app_stops_the_backup_and_leaves_nothing_incomplete(backups, carriage, doors, stick, monkeypatch):
    plan = carriage.begin_backup(stick)
    progress = _Progress(plan.bytes_in_all, doors[0], print, backups)
    doors[0].shutdown()

    with pytest.raises(AppCloses):
        carriage.copy(plan, progress.advance)

    assert list(stick.iterdir()) == []


def test_closing_the_app_stops_an_import_and_leaves_nothing(place, vault, kept):
    place.file.write_bytes(opus(60.0))
    place.import_form.open_button.click()
    pending = place.import_form._transfers.begin_import(place.import_form._chosen(), 0.0)
    place.work.shutdown()

    with pytest.raises(AppCloses):
        place.import_form._transfers.seal_import(pending, place.file, place.import_form._check_cancelled)

    assert list(vault.places.import_staging.iterdir()) == []
    assert list(vault.recording_folders()) == [kept.recording]
