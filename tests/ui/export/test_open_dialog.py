"""A choice in the system's own dialogs applies only to a page that still exists."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QFileDialog, QWidget
from qt_events import process_events

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


def test_nothing_is_printed_for_a_page_closed_in_the_meantime(qapp, monkeypatch):
    page, printed = QWidget(), []
    monkeypatch.setattr(QPrintDialog, "exec", closes(page, QPrintDialog.DialogCode.Accepted))
    monkeypatch.setattr("balint_desktop.ui.export.paper.document", printed.append)
    print_text(page, "<p>The consents</p>")

    assert printed == []
