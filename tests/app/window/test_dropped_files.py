"""A file dropped on the window: names lead to a group's preview, sound to the import form, and a room takes neither."""

from __future__ import annotations

import pytest
from desktop_bench import GROUP, DesktopBench
from kept_sessions import P1, TEXT, at
from kept_vaults import keep_session
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from qt_events import process_events
from shared_copies import share_again

from balint_desktop.domain.group.group import Group, new_participants
from balint_desktop.domain.session import facts as f
from balint_desktop.domain.session.debrief import Debrief, SessionSetting
from balint_desktop.domain.study.consent import Purpose
from balint_desktop.domain.trouble import TroubleCode
from balint_desktop.domain.values import GroupId, SessionKind
from balint_desktop.ui.shell.shell import PlaceKey


@pytest.fixture
def bench(qapp, tmp_path, qtbot, monkeypatch):
    made = DesktopBench(qapp, tmp_path, qtbot, monkeypatch).open()
    yield made
    made.close()


@pytest.fixture
def roster(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("Name\nAda Mori\nChi Ngata\n")
    return path


def drop(bench, *paths):
    """Drop files, and return whether the window takes them."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    args = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    entered = QDragEnterEvent(QPointF(9, 9).toPoint(), *args)
    entered.ignore()
    QApplication.sendEvent(bench.shell, entered)
    if entered.isAccepted():
        QApplication.sendEvent(bench.shell, QDropEvent(QPointF(9, 9), *args))
        process_events()
    return entered.isAccepted()


def members(bench):
    return bench.shell.place(PlaceKey.GROUPS).page.sections.section("members")


def test_names_are_previewed_in_the_only_group(bench, roster, qtbot):
    assert drop(bench, roster)
    qtbot.waitUntil(lambda: not members(bench).importing.isHidden())

    assert bench.shell.current is PlaceKey.GROUPS
    assert members(bench).importing.heading.text() == "Import from list.csv"


def test_names_are_previewed_in_the_group_in_view(bench, roster, qtbot):
    other = Group(GroupId("other"), "Block C", participants=new_participants(5))
    bench.vault.log.groups.save_group(other)
    bench.shell.show_place(PlaceKey.GROUPS)
    bench.shell.place(PlaceKey.GROUPS).show_group_of(other.id)
    assert drop(bench, roster)
    qtbot.waitUntil(lambda: not members(bench).importing.isHidden())

    assert members(bench)._group.id == other.id


def test_with_several_groups_and_none_in_view_the_window_says_what_to_do(bench, roster):
    bench.vault.log.groups.save_group(Group(GroupId("other"), "Block C"))
    drop(bench, roster)

    assert bench.desktop.context.messages.last.text == "Open a group first, then drop the list of names there."


def test_sound_opens_the_import_form(bench, tmp_path):
    rows = bench.vault.log.sessions
    session = rows.start(SessionSetting(GROUP.id, 1, SessionKind.CASE, "student-hour", TEXT))
    rows.add_fact(session, f.Began(at=at(0), present=(P1,)))
    rows.add_fact(session, f.Ended(at=at(60)))
    rows.close(session, Debrief())
    sound = tmp_path / "talk.m4a"
    sound.write_bytes(b"")
    assert drop(bench, sound)

    assert bench.shell.current is PlaceKey.RECORDINGS
    assert bench.reads("import-file") == "File: talk.m4a"


def test_the_folder_of_a_sealed_copy_opens_its_form(bench, tmp_path, qtbot):
    # The vaults of the tests have one identity: what one shares, the other opens.
    folder = share_again(keep_session(tmp_path / "elsewhere", purposes=[Purpose.TRANSCRIPTION]), tmp_path / "stick")
    assert drop(bench, folder)
    qtbot.waitUntil(lambda: bench.reads("import-copy-about").startswith("Session 3, "))

    assert bench.shell.current is PlaceKey.RECORDINGS
    assert not drop(bench, tmp_path)
    place = bench.shell.place(PlaceKey.RECORDINGS)
    place._import_copy.group.choose("new")
    place._import_copy.name.setText("From Ana")
    bench.press("import-copy-do")
    qtbot.waitUntil(lambda: bool(place.table.chosen_key()))
    bench.press("recordings-open")
    assert "Imported from a sealed copy on " in bench.reads("recording-condition")


def test_several_files_and_other_kinds_are_not_taken(bench, roster, tmp_path):
    picture = tmp_path / "seats.png"
    picture.write_bytes(b"")

    assert not drop(bench, roster, roster)
    assert not drop(bench, picture)


def test_a_room_takes_no_file(bench, roster):
    bench.lead(record=False)

    assert not drop(bench, roster)
    assert bench.shell.current is PlaceKey.SESSION


def test_a_coding_file_leads_to_analysis_also_in_a_vault_without_any(bench, tmp_path, qtbot):
    told = []
    bench.desktop.context.messages.trouble = lambda trouble, *_: told.append(trouble.code)
    path = tmp_path / "round-1.balint-coding"
    path.write_bytes(b"no coding file")
    was_listed = bench.shell.place(PlaceKey.ANALYSIS) is not None
    taken = drop(bench, path)
    qtbot.waitUntil(lambda: bool(told))

    assert (was_listed, taken) == (False, True)
    assert bench.shell.current is PlaceKey.ANALYSIS
    assert told == [TroubleCode.CODING_FILE_UNREADABLE]


def test_a_word_document_is_taken_where_coding_files_are_shown_and_nowhere_else(bench, tmp_path):
    path = tmp_path / "coder.docx"
    path.write_bytes(b"document")

    assert not drop(bench, path)
