"""A choice in the system's own dialogs applies only to a page that still exists."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QFileDialog, QWidget
from qt_events import process_events

from balint_desktop.ui.export.last_folder import last_folder, remember_folder
from balint_desktop.ui.export.open_dialog import ask_for_file, ask_for_folder
from balint_desktop.ui.export.printing import print_text
from balint_desktop.ui.export.save_dialog import ask_where_to_save

ASK = {
    "getExistingDirectory": lambda page: ask_for_folder(page, "Where?"),
    "getOpenFileName": lambda page: ask_for_file(page, "Which?", "Lists (*.csv)"),
    "getSaveFileName": lambda page: ask_where_to_save(page, "Where?", "names.csv", ("Lists (*.csv)",)),
}


@pytest.fixture
def page(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    return made


def closes(page, choice):
    """Return a dialog during which the page is closed, as by locking, and which still returns a choice."""

    def answer(*_asked, **_options):
        page.deleteLater()
        process_events()
        return choice

    return answer


@pytest.mark.parametrize("dialog", ASK)
def test_a_choice_counts(page, monkeypatch, dialog):
    choice = "/there/list.csv" if dialog == "getExistingDirectory" else ("/there/list.csv", "Lists (*.csv)")
    monkeypatch.setattr(QFileDialog, dialog, lambda *_asked, **_options: choice)

    assert ASK[dialog](page) == Path("/there/list.csv")


@pytest.mark.parametrize("dialog", ASK)
def test_a_choice_for_a_page_closed_in_the_meantime_does_not_count(qapp, monkeypatch, dialog):
    page = QWidget()
    choice = "/there/list.csv" if dialog == "getExistingDirectory" else ("/there/list.csv", "Lists (*.csv)")
    monkeypatch.setattr(QFileDialog, dialog, closes(page, choice))

    assert ASK[dialog](page) is None


@pytest.mark.parametrize("first", ASK)
@pytest.mark.parametrize("dialog", ASK)
def test_each_dialog_opens_in_the_folder_of_the_last_one(page, monkeypatch, tmp_path, first, dialog):
    choice = str(tmp_path) if first == "getExistingDirectory" else (str(tmp_path / "list.csv"), "Lists (*.csv)")
    monkeypatch.setattr(QFileDialog, first, lambda *_asked, **_options: choice)
    ASK[first](page)
    asked = []

    def cancelled(_parent, _title, folder, *_more, **_options):
        asked.append(Path(folder))
        return "" if dialog == "getExistingDirectory" else ("", "")

    monkeypatch.setattr(QFileDialog, dialog, cancelled)
    ASK[dialog](page)

    assert asked == [tmp_path / "names.csv" if dialog == "getSaveFileName" else tmp_path]


def test_a_folder_that_has_gone_is_not_offered_again(tmp_path):
    stick = tmp_path / "stick"
    stick.mkdir()
    remember_folder(stick)
    assert last_folder() == stick

    stick.rmdir()

    assert last_folder() == Path.home()


def test_nothing_is_printed_for_a_page_closed_in_the_meantime(qapp, monkeypatch):
    page, printed = QWidget(), []
    monkeypatch.setattr(QPrintDialog, "exec", closes(page, QPrintDialog.DialogCode.Accepted))
    monkeypatch.setattr("balint_desktop.ui.export.paper.document", printed.append)
    print_text(page, "<p>The consents</p>")

    assert printed == []
