"""Importing a sealed copy in the window, on real vaults."""

from __future__ import annotations

import pytest
from clocks import WoundClock
from kept_sessions import GROUP
from shared_copies import as_earlier_version, share

from balint_desktop.domain.group.group import Group, Participant
from balint_desktop.domain.values import GroupId, ParticipantCode
from balint_desktop.library.formats import FormatLibrary, shipped_bank
from balint_desktop.recordings.service import RecordingService
from balint_desktop.recordings.transfer import TransferService
from balint_desktop.ui.recordings.import_copy_form import ImportCopyForm
from balint_desktop.ui.shell.messages import MessageKind


@pytest.fixture
def shared(tmp_path):
    return share(tmp_path, redacted=False)


@pytest.fixture
def vault(shared):
    opened = shared.here.open(WoundClock())
    yield opened
    opened.close()


class Bench:
    """The form on a real vault; the chooser returns the copy's folder."""

    def __init__(self, form, settle, imported):
        self.form = form
        self.settle = settle
        self.imported = imported

    def open(self):
        self.form.open_button.click()
        self.settle()

    def press_import(self):
        self.form.import_button.click()
        self.settle()


@pytest.fixture
def bench(vault, shared, work, messages, *, look_at, qtbot, tmp_path):
    transfers = TransferService(vault, RecordingService(vault, None, None), None, WoundClock())
    formats = FormatLibrary(tmp_path / "formats", shipped_bank())
    form = ImportCopyForm(transfers, formats, work, messages, ask=lambda *_: shared.folder)
    imported = []
    form.imported.connect(lambda: imported.append(True))
    look_at(form)
    return Bench(form, lambda: qtbot.waitUntil(lambda: not work.busy), imported)


def test_a_copy_is_shown_before_it_is_imported(bench):
    bench.open()

    assert bench.form.form.isVisible()
    assert bench.form.about.text().startswith("Session 3, ")
    assert bench.form.about.text().endswith("with P1, P2.")
    assert bench.form.uses.text() == "Everyone in it agreed to: Transcription."
    assert not bench.form.number.isVisible()


def test_it_goes_into_a_new_group_by_the_name_typed(bench, vault, messages, shared):
    bench.open()
    assert bench.form.name.isVisible()
    bench.form.name.setText("Ana’s group")
    bench.press_import()

    assert [group.name for group in vault.log.groups.groups()] == ["Ana’s group"]
    assert [row.id for row in vault.log.recordings.recordings()] == [shared.recording]
    assert messages.last.text == (
        "Session 3 was imported into the new group Ana’s group. Everyone in it agreed to: Transcription."
    )
    assert (bench.form.form.isVisible(), bench.form.open_button.isVisible(), bench.imported) == (False, True, [True])


def test_without_a_name_it_says_so_and_nothing_is_imported(bench, vault):
    bench.open()
    bench.press_import()

    assert bench.form.problem.text() == "Enter a name for the new group."
    assert vault.log.recordings.recordings() == ()


def test_with_groups_here_one_has_to_be_chosen(bench, vault):
    vault.log.groups.save_group(
        Group(GroupId("own-group"), "Tuesday", participants=(Participant(ParticipantCode("P1")),))
    )
    bench.open()
    assert not bench.form.name.isVisible()
    bench.press_import()
    assert bench.form.problem.text() == "Choose a group first."

    bench.form.group.choose("own-group")
    bench.press_import()

    assert vault.log.recordings.recordings() == ()


def test_the_group_of_an_earlier_import_is_chosen_already(bench, vault):
    vault.log.groups.save_group(Group(GROUP, "Ana’s group"))
    vault.log.imported_copies.mark_group(GROUP, 0.0)
    bench.open()

    assert bench.form.group.value() == GROUP
    bench.press_import()
    assert len(vault.log.groups.groups()) == 1


def test_a_copy_of_an_earlier_version_asks_for_number_and_day(bench, vault, shared):
    as_earlier_version(shared.folder)
    bench.open()
    assert bench.form.number.isVisible()
    bench.form.name.setText("Ana’s group")
    bench.press_import()
    assert bench.form.problem.text()

    bench.form.number.setValue(4)
    bench.form.day.setText("2026-03-04")
    bench.press_import()

    (row,) = vault.log.sessions.sessions()
    assert row.setting.number == 4


def test_a_copy_that_is_here_already_is_said_and_no_form_is_shown(bench, messages):
    bench.open()
    bench.form.name.setText("Ana’s group")
    bench.press_import()
    bench.open()

    assert "is in this vault already" in messages.last.text
    assert not bench.form.form.isVisible()


def test_what_was_wrong_with_one_folder_is_not_beside_the_next(bench, messages, shared):
    manifest = (shared.folder / "manifest.json").read_bytes()
    (shared.folder / "manifest.json").unlink()
    bench.open()
    (shared.folder / "manifest.json").write_bytes(manifest)
    bench.open()

    assert bench.form.form.isVisible()
    assert messages.last is None


def test_a_folder_without_a_copy_is_said(bench, messages, shared):
    (shared.folder / "manifest.json").unlink()
    bench.open()

    assert messages.last.kind is MessageKind.TROUBLE
    assert "There is no sealed copy of a recording" in messages.last.text
    assert bench.form.open_button.isEnabled()


def test_cancel_imports_nothing(bench, vault):
    bench.open()
    bench.form.name.setText("Ana’s group")
    bench.form.leave_button.click()

    assert not bench.form.form.isVisible()
    assert vault.log.groups.groups() == ()


def test_a_copy_that_is_damaged_is_said_after_copying_and_nothing_is_left(bench, vault, messages, shared):
    bench.open()
    path = shared.folder / "01" / "audio.opus.age"
    data = path.read_bytes()
    path.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    bench.form.name.setText("Ana’s group")
    bench.press_import()

    assert "has changed since it was made: 01/audio.opus.age" in messages.last.text
    assert list(vault.places.import_staging.iterdir()) == []
    assert bench.form.import_button.isEnabled()
