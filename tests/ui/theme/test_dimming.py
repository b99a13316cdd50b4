"""Dimming: what is in view turns dark at once, a hidden page is left alone, and what is shown later is dark too."""

from __future__ import annotations

import pytest
import shiboken6
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QStackedWidget, QVBoxLayout, QWidget

from balint_desktop.ui.theme import colours as c
from balint_desktop.ui.theme.style_sheet import colours_alone
from balint_desktop.ui.widgets.buttons import button
from balint_desktop.ui.widgets.card import Card


class Restyled(QObject):
    """Notes which widgets are given another style."""

    def __init__(self, qapp):
        super().__init__()
        self.names = []
        qapp.installEventFilter(self)

    def eventFilter(self, watched, event):  # noqa: N802  Qt's name
        if event.type() == QEvent.Type.StyleChange:
            self.names.append(watched.objectName())
        return False


@pytest.fixture
def window(look_at):
    """A page in view with a hidden panel on it, and a page out of view."""
    made = QWidget()
    made.pages = QStackedWidget()
    QVBoxLayout(made).addWidget(made.pages)
    for name in ("shown", "hidden"):
        page = QWidget(objectName=name)
        column = QVBoxLayout(page)
        page.words = QLabel("words", objectName=f"{name}-words")
        page.panel = QLabel("more", objectName=f"{name}-panel")
        page.card = Card(f"{name}-card")
        page.card.body.addWidget(button("Press", f"{name}-button"))
        for widget in (page.words, page.panel, page.card):
            column.addWidget(widget)
        made.pages.addWidget(page)
        setattr(made, name, page)
    made.shown.panel.hide()
    return look_at(made)


def ink(of):
    return of.palette().color(QPalette.ColorRole.WindowText).name()


def paper(of):
    """Return the colour painted where a widget has nothing on it."""
    return of.grab().toImage().pixelColor(1, 1).name()


def test_what_is_in_view_is_dimmed_and_restored(window, theme):
    before = window.grab().toImage()
    theme.set_dimmed(True)

    assert ink(window.shown.words) == c.DIM.ink
    assert paper(window) == c.DIM.paper
    assert window.shown.card.grab().toImage().pixelColor(30, 30).name() == c.DIM.card

    theme.set_dimmed(False)

    assert window.grab().toImage() == before
    assert not any(widget.styleSheet() for widget in window.findChildren(QWidget))


def test_a_page_out_of_view_is_not_restyled(window, theme, qapp):
    seen = Restyled(qapp)
    theme.set_dimmed(True)
    theme.set_dimmed(False)
    qapp.removeEventFilter(seen)

    assert "shown-words" in seen.names
    assert not [name for name in seen.names if name.startswith("hidden") or name == "shown-panel"]


def test_a_panel_that_opens_while_dimmed_is_dimmed_and_restored(window, theme):
    theme.set_dimmed(True)
    window.shown.panel.show()
    window.pages.setCurrentWidget(window.hidden)

    assert [ink(of) for of in (window.shown.panel, window.hidden.words)] == [c.DIM.ink] * 2

    theme.set_dimmed(False)

    assert [ink(of) for of in (window.shown.panel, window.hidden.words)] == [c.LIGHT.ink] * 2


def test_a_widget_that_was_deleted_while_dimmed_is_forgotten(window, theme):
    theme.set_dimmed(True)
    shiboken6.delete(window.shown.words)
    theme.set_dimmed(False)

    assert not theme.dimmed


def test_a_sheet_of_colours_leaves_every_size_to_the_other_sheet():
    sheet = "QLabel { color: red; padding: 3px } QPushButton { border: 1px solid red; margin: 0 } QLabel { margin: 0 }"

    assert colours_alone(sheet, frozenset({"QLabel", "QWidget"})) == "QLabel { color: red }"
    assert colours_alone(sheet, frozenset({"QPushButton"})) == "QPushButton { border: 1px solid red }"
