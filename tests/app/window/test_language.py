"""The language is chosen in Settings, and the whole window speaks it at once."""

from __future__ import annotations

import json

import pytest
from desktop_bench import DesktopBench
from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QComboBox, QPushButton
from qt_events import process_events

from balint_desktop import i18n


@pytest.fixture
def bench(qapp, tmp_path, qtbot, monkeypatch):
    before = QLocale()
    made = DesktopBench(qapp, tmp_path, qtbot, monkeypatch)
    yield made.open()
    made.close()
    QLocale.setDefault(before)
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    made.desktop.context.language.choose("en")
    i18n.use(("en",))


def choose(bench, tag):
    bench.shell.show_place("settings")
    field = bench.find("language", QComboBox)
    field.setCurrentIndex(field.findData(tag))
    field.activated.emit(field.currentIndex())
    process_events()


def words(bench, name):
    return bench.find(name, QPushButton).text()


def test_the_window_speaks_a_chosen_language_at_once(bench):
    choose(bench, "de")

    assert [words(bench, name) for name in ("place-today", "place-settings", "lock")] == [
        "Heute",
        "Einstellungen",
        "Sperren",
    ]
    assert bench.shell.current == "settings"


def test_the_choice_is_kept(bench, tmp_path):
    choose(bench, "de")

    assert json.loads((tmp_path / "window.json").read_text())["language"] == "de"


def test_a_change_of_the_look_keeps_the_language(bench, tmp_path):
    choose(bench, "de")
    bench.press("appearance-dark")

    assert json.loads((tmp_path / "window.json").read_text())["language"] == "de"
    assert words(bench, "place-today") == "Heute"


def test_the_systems_language_can_be_chosen_again(bench):
    choose(bench, "de")
    choose(bench, "")

    assert words(bench, "place-today") == "Today"
