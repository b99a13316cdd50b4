"""The notice after an export: Open and Show in folder."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget

from balint_desktop.ui.export import saved_notice
from balint_desktop.ui.export.saved_notice import show_copied, show_saved
from balint_desktop.ui.shell.banner import Banner
from balint_desktop.ui.shell.messages import MessageKind, Messages


@pytest.fixture
def messages(qtbot):
    return Messages()


@pytest.fixture
def opened(monkeypatch):
    found = []

    def open_url(url):
        found.append(url.toLocalFile())
        return True

    monkeypatch.setattr(saved_notice.QDesktopServices, "openUrl", open_url)
    return found


def test_a_saved_file_can_be_opened_and_shown_in_its_folder(messages, opened, tmp_path, qtbot):
    file = tmp_path / "über uns.pdf"
    file.write_bytes(b"%PDF")
    banner = Banner(messages)
    qtbot.addWidget(banner)
    show_saved(messages, file)

    banner.findChild(QWidget, "banner-action").click()
    assert opened == [str(file)]
    banner.findChild(QWidget, "banner-second-action").click()
    assert opened[1:] == [str(tmp_path)]
    assert str(file) in banner.words


def test_a_folder_of_files_has_one_button(messages, opened, tmp_path):
    show_saved(messages, tmp_path)

    assert (messages.last.action, messages.last.second_action) == ("Show in folder", "")
    messages.last.on_action()
    assert opened == [str(tmp_path)]


def test_a_file_that_has_gone_or_that_nothing_opens_is_said(messages, monkeypatch, tmp_path):
    file = tmp_path / "a.ics"
    show_saved(messages, file)
    messages.last.on_action()
    assert messages.last.text == f"{file} is no longer there."

    file.touch()
    monkeypatch.setattr(saved_notice.QDesktopServices, "openUrl", lambda _url: False)
    show_saved(messages, file)
    messages.last.on_action()
    assert messages.last.kind is MessageKind.TROUBLE
    assert messages.last.text == f"No program on this computer can open {file}."


@pytest.mark.parametrize(
    ("platform", "asked"),
    [("win32", ("explorer.exe", ["/select,", "{}"])), ("darwin", ("/usr/bin/open", ["-R", "{}"]))],
)
def test_the_file_is_selected_where_the_system_can(monkeypatch, tmp_path, platform, asked):
    found = []
    monkeypatch.setattr(saved_notice.sys, "platform", platform)
    monkeypatch.setattr(saved_notice.QProcess, "startDetached", lambda *started: (found.append(started), (True, 1))[1])
    file = tmp_path / "a.pdf"
    file.touch()

    assert saved_notice.show_in_folder(file)
    assert found == [(asked[0], [one.format(file) for one in asked[1]])]


def test_the_first_message_again_has_no_second_button(messages, tmp_path, qtbot):
    banner = Banner(messages)
    qtbot.addWidget(banner)
    (tmp_path / "a.pdf").touch()
    show_saved(messages, tmp_path / "a.pdf")
    messages.inform("Plain.")

    assert not banner.findChild(QWidget, "banner-second-action").isVisibleTo(banner)


def test_a_sealed_copy_can_be_shown_in_its_folder_and_followed_by_a_next_step(messages, opened, tmp_path, qtbot):
    folder = tmp_path / "a backup of {braces}"
    folder.mkdir()
    banner = Banner(messages)
    qtbot.addWidget(banner)
    asked = []
    show_copied(messages, folder, f"Backed up to {folder}.", "Destroy…", lambda: asked.append("destroy"))

    assert str(folder) in messages.last.text
    banner.findChild(QWidget, "banner-action").click()
    assert opened == [str(tmp_path)]
    banner.findChild(QWidget, "banner-second-action").click()
    assert asked == ["destroy"]
